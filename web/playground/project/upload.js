// Adds local files to the open project.

import { isPicture } from '../../base/file_kinds.js';
import { OWN_PROJECT } from './limits.js';
import { cleanPath, contentOf } from './file_content.js';

/** @typedef {import('./file_content.js').Content} Content */

/**
 * Adds files to a folder, or none of them: throws if a limit is exceeded.
 * @param {import('./project.js').Project} project
 * @param {import('./dropped.js').Local[]} files
 * @param {string | undefined} folder none: where such files belong
 * @returns {Promise<{ paths: string[], before: [path: string, content: Content | undefined][],
 *   left: import('./left_out.js').Left }>} what is there now, what was there, and what was omitted
 */
export async function upload(project, files, folder) {
  if (project.files.size + files.length > OWN_PROJECT.most)
    throw new Error(`A project can have ${OWN_PROJECT.most.toLocaleString()} files.`);
  if (files.reduce((sum, [, { size }]) => sum + size, 0) > OWN_PROJECT.largest)
    throw new Error(`These are more than ${OWN_PROJECT.largest >> 20} MB.`);
  /** @type {[string, Content][]} */
  const read = [];
  const [named, unread] = [/** @type {string[]} */ ([]), /** @type {string[]} */ ([])];
  for (const [name, file] of files) {
    const usual = !name.includes('/') && isPicture(name) ? 'images' : '';
    // By itself first: in a folder a drive would be a name.
    const path = cleanPath(name) && cleanPath(`${folder ?? usual}/${name}`);
    if (!path) named.push(name);
    else
      await file.arrayBuffer().then(
        (bytes) => read.push([path, contentOf(path, new Uint8Array(bytes))]),
        () => unread.push(path),
      );
  }
  const before = read.map(
    ([path]) => /** @type {[string, Content | undefined]} */ ([path, project.files.get(path)]),
  );
  for (const [path, content] of read) project.put(path, content);
  return { paths: read.map(([path]) => path), before, left: { named, unread } };
}
