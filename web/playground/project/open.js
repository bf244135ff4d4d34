// Opens a local folder or archive as a project.

import { describeLeft } from './left_out.js';
import { NO_SOURCE, cleanPath, contentOf } from './file_content.js';
import { OWN_PROJECT } from './limits.js';
import { unzip } from './zip.js';

/** @typedef {import('./project.js').Start} Start */

/**
 * Files as a project, without their common folder.
 * @param {string} title
 * @param {[path: string, bytes: Uint8Array][]} files
 * @param {string[]} [linked] what is no file
 * @returns {Start}
 */
function projectOf(title, files, linked) {
  const all = files.map(([path, bytes]) => /** @type {const} */ ([cleanPath(path), bytes]));
  const clean = all.filter(([path]) => path && !NO_SOURCE.test(path));
  const named = files.filter((_, at) => !all[at][0]).map(([path]) => path);
  const last = new Map(clean.map(([path], at) => [path, at]));
  const twice = [
    ...new Set(clean.filter(([path], at) => last.get(path) !== at).map(([path]) => path)),
  ];
  const [top = ''] = clean[0]?.[0].match(/^[^/]+\//) ?? [];
  const root = top && clean.every(([path]) => path.startsWith(top)) ? top.length : 0;
  const entries = clean.map(([path, bytes]) => [path.slice(root), contentOf(path, bytes)]);
  if (!entries.length)
    throw new Error(`It contains no files. ${describeLeft({ named, linked })}`.trim());
  return {
    title: root ? top.slice(0, -1) : title,
    trusted: true,
    touched: true,
    files: Object.fromEntries(entries),
    left: { named, linked, twice },
  };
}

/**
 * @param {import('./dropped.js').Local[]} files of a folder of the reader's
 * @returns {Promise<Start>}
 */
export async function fromFolder(files) {
  const wanted = files.filter(([path]) => !NO_SOURCE.test(path));
  if (wanted.length > OWN_PROJECT.most)
    throw new Error(
      `The folder has ${wanted.length.toLocaleString()} files; ${OWN_PROJECT.most.toLocaleString()} can be opened.`,
    );
  if (wanted.reduce((sum, [, { size }]) => sum + size, 0) > OWN_PROJECT.largest)
    throw new Error(`The folder has more than ${OWN_PROJECT.largest >> 20} MB.`);
  return projectOf(
    '',
    await Promise.all(
      wanted.map(
        async ([path, file]) =>
          /** @type {[string, Uint8Array]} */ ([path, new Uint8Array(await file.arrayBuffer())]),
      ),
    ),
  );
}

/** @param {File} file @returns {Promise<Start>} */
export async function fromArchive(file) {
  if (file.size > OWN_PROJECT.largest)
    throw new Error(`The archive has more than ${OWN_PROJECT.largest >> 20} MB.`);
  /** @type {string[]} */
  const linked = [];
  const files = await unzip(new Uint8Array(await file.arrayBuffer()), OWN_PROJECT, linked);
  return projectOf(file.name.replace(/\.zip$/i, ''), files, linked);
}
