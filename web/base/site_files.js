// Kinds of a site's files, by their names and first bytes.

/** Names of what style sheets are made of: sheets, configuration, data and includes. */
export const INPUTS_OF_SHEETS = /\.(s?css|sass)$|^_(config|data|includes)\b/;

/** The line that opens front matter. */
export const FRONT_MATTER = /^---[ \t]*\r?\n/;
