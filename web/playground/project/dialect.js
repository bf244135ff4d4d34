// The Markdown dialect of a project: kramdown or GitHub's. `_config.yml` sets it; a folder without
// Jekyll's files has GitHub's.

/** @typedef {import('./project.js').Project} Project @typedef {'kramdown' | 'GitHub'} Dialect */

/** The files, besides the list of paths, that the dialect depends on. */
export const CONFIG = '_config.yml';
const MARKDOWN = /^markdown[ \t]*:[ \t]*["']?([\w-]*).*$/m;
const JEKYLL = /^(_config\.ya?ml$|_(layouts|includes|posts|drafts|pages)\/)/;
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

/** @param {Project} project */
const isJekyll = (project) => project.paths.some((path) => JEKYLL.test(path));

/** @param {Project} project @returns {Dialect} */
export function dialectOf(project) {
  if (!isJekyll(project)) return 'GitHub';
  const [, engine = ''] = MARKDOWN.exec(project.text(CONFIG) ?? '') ?? [];
  return /^(gfm|commonmark)/i.test(engine) ? 'GitHub' : 'kramdown';
}

/** Switches the dialect of the whole project. @param {Project} project */
export function toggleDialect(project) {
  const plain = !isJekyll(project);
  const line = `markdown: ${dialectOf(project) === 'GitHub' ? 'kramdown' : 'GFM'}`;
  const config = project.text(CONFIG) ?? '';
  const rest = config && !config.endsWith('\n') ? config + '\n' : config;
  project.put(
    CONFIG,
    MARKDOWN.test(config)
      ? config.replace(MARKDOWN, line)
      : `${rest}${line}\n${plain ? `plugins:\n${PLAIN}` : ''}`,
  );
}
