// The Markdown dialect of a project: kramdown or GitHub's. `_config.yml` sets it; a folder without
// Jekyll's files has GitHub's.

import { CONFIGS } from '../../base/site_files.js';

/** @typedef {import('./project.js').Project} Project @typedef {'kramdown' | 'GitHub'} Dialect */

/** Tells whether a path is that of settings, which the dialect depends on. @param {string} path */
export const isConfig = (path) => CONFIGS.includes(path);

const MARKDOWN = /^markdown[ \t]*:[ \t]*["']?([\w-]*).*$/m;
const JEKYLL = /^(_config\.(ya?ml|toml)$|_(layouts|includes|posts|drafts|pages)\/)/;
// Plugins that GitHub Pages enables without a configuration; with one they must be listed.
const PLAIN = [
  'optional-front-matter',
  'readme-index',
  'default-layout',
  'titles-from-headings',
  'relative-links',
]
  .map((name) => `  - jekyll-${name}\n`)
  .join('');

/** The file with the project's settings. @param {Project} project */
export const configOf = ({ paths }) => CONFIGS.find((path) => paths.includes(path)) ?? CONFIGS[0];

/** @param {Project} project */
const isJekyll = (project) => project.paths.some((path) => JEKYLL.test(path));

/** @param {Project} project @returns {Dialect} */
export function dialectOf(project) {
  if (!isJekyll(project)) return 'GitHub';
  const [, engine = ''] = MARKDOWN.exec(project.text(configOf(project)) ?? '') ?? [];
  return /^(gfm|commonmark)/i.test(engine) ? 'GitHub' : 'kramdown';
}

/** Switches the dialect of the whole project. @param {Project} project */
export function toggleDialect(project) {
  const plain = !isJekyll(project);
  const line = `markdown: ${dialectOf(project) === 'GitHub' ? 'kramdown' : 'GFM'}`;
  const config = project.text(configOf(project)) ?? '';
  const rest = config && !config.endsWith('\n') ? config + '\n' : config;
  project.put(
    configOf(project),
    MARKDOWN.test(config)
      ? config.replace(MARKDOWN, line)
      : `${rest}${line}\n${plain ? `plugins:\n${PLAIN}` : ''}`,
  );
}
