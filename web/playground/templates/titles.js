// The templates of a new project, by name. Their files are in templates.js, but for the first.

const TITLES = {
  note: 'A note',
  home: 'A home page',
  site: 'A complete site',
  globe: 'A globe',
  cv: 'A CV',
};
/** @type {[name: string, title: string][]} */
export const TEMPLATES = Object.entries(TITLES);

/**
 * A project that nobody has changed.
 * @param {keyof typeof TITLES} name
 * @param {{ open: string, files: Record<string, string> }} start
 * @returns {import('../project/project.js').Start}
 */
export const template = (name, start) => ({
  title: TITLES[name],
  trusted: true,
  delivered: true,
  ...start,
});
