// Names of files in texts of others, and files under other names.

/** @typedef {import('./project.js').Project} Project */

/**
 * Tells whether a text has the name of one of these files: only then may it link to it.
 * @param {Project} project
 * @param {string[]} paths
 */
export function mentioned(project, paths) {
  const names = paths.map((path) =>
    path
      .slice(path.lastIndexOf('/') + 1)
      .replace(/\.[^.]*$/, '')
      .replace(/^\d{4}-\d\d-\d\d-/, ''),
  );
  // The first page of a folder is linked to by the folder's name.
  const all = names.map((name, at) =>
    name === 'index' ? (paths[at].split('/').slice(-2, -1)[0] ?? '') : name,
  );
  return [...project.files].some(
    ([path, text]) =>
      typeof text === 'string' && !paths.includes(path) && all.some((name) => text.includes(name)),
  );
}

/**
 * The changes that rename a file, or all below a folder.
 * @param {Project} project
 * @param {string} from
 * @param {string} to
 * @returns {import('./edits.js').FileChange[]}
 */
export const renaming = (project, from, to) =>
  [...project.files]
    .filter(([path]) => path === from || path.startsWith(`${from}/`))
    .flatMap(([path, content]) => [
      [path, content, undefined],
      [to + path.slice(from.length), undefined, content],
    ]);
