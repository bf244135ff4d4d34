// Adds local files to the open project.

import { OWN_PROJECT } from './limits.js';
import { cleanPath, contentOf } from './file_content.js';

/** @typedef {import('./file_content.js').Content} Content */

/**
 * Adds files to a folder. Throws if a limit is exceeded.
 * @param {import('./project.js').Project} project
 * @param {File[]} files
 * @param {string | undefined} folder none: where such files belong
 * @returns {Promise<{ paths: string[], before: [path: string, content: Content | undefined][] }>}
 *   what is there now, and what was there
 */
export async function upload(project, files, folder) {
  if (project.files.size + files.length > OWN_PROJECT.most)
    throw new Error(`A project can have ${OWN_PROJECT.most.toLocaleString()} files.`);
  if (files.reduce((sum, { size }) => sum + size, 0) > OWN_PROJECT.largest)
    throw new Error(`These are more than ${OWN_PROJECT.largest >> 20} MB.`);
  /** @type {[string, Content | undefined][]} */
  const before = [];
  for (const file of files) {
    const usual = /\.(png|jpe?g|gif|svg|webp|avif)$/i.test(file.name) ? 'images' : '';
    const path = cleanPath(`${folder ?? usual}/${file.name}`);
    if (!path) continue;
    before.push([path, project.files.get(path)]);
    project.put(path, contentOf(path, new Uint8Array(await file.arrayBuffer())));
  }
  return { paths: before.map(([path]) => path), before };
}
