// Kinds of a site's files, by their names and first bytes.

/** Files of settings: the first that is there counts (Jekyll's Configuration#config_files). */
export const CONFIGS = ['_config.yml', '_config.yaml', '_config.toml'];

/** Names of these, and of such as `--config` may add to them. */
export const CONFIG = /^_config[^/]*\.(ya?ml|toml)$/;

/** Names of what style sheets are made of: sheets, configuration, data and includes. */
export const INPUTS_OF_SHEETS = /\.(s?css|sass)$|^_(config|data|includes)\b/;

/** The line that opens front matter. */
export const FRONT_MATTER = /^---[ \t]*\r?\n/;
