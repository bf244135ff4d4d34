// Pictures that are pasted or dropped: where they go, and what they are called.

import { isPicture } from '../../base/file_kinds.js';
import { contentOf } from '../project/file_content.js';
import { LARGEST_PICTURE, OWN_PROJECT } from '../project/limits.js';
import { shrunk } from './shrink.js';

/** @typedef {import('../project/project.js').Project} Project */

const USUAL = ['images', 'assets/images', 'assets/img', 'img'];
// Names that programs give to what has none.
const UNNAMED = /^(image|unnamed|blob|untitled|pasted[ -]?\w*|screenshot|clipboard)?(\.\w+)?$/i;

/** The folder with most of the site's pictures. @param {string[]} paths */
export function pictureFolder(paths) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const path of paths) {
    const [folder] = path.split(/\/(?=[^/]*$)/);
    if (isPicture(path) && path.includes('/') && !/(^|\/)[_.]/.test(path))
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const most = [...counts].sort(([a, i], [b, j]) => j - i || (a < b ? -1 : 1))[0]?.[0];
  return (
    most ?? USUAL.find((folder) => paths.some((path) => path.startsWith(`${folder}/`))) ?? USUAL[0]
  );
}

/** @param {string} text */
export const slug = (text) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');

/** The ending of a kind of picture. @param {string} type */
const endOf = (type) => type.split('/')[1]?.replace(/\W.*/, '').replace('jpeg', 'jpg');

/**
 * A path that is free, and the words of the name.
 * @param {Pick<File, 'name' | 'type'>} file
 * @param {string} page that it is pasted into
 * @param {Set<string>} taken
 * @param {string} folder
 */
function nameFor({ name, type }, page, taken, folder) {
  const known = !UNNAMED.test(name);
  const own = name.replace(/\.\w+$/, '');
  const about = (page.split('/').pop() ?? '')
    .replace(/\.\w+$/, '')
    .replace(/^\d{4}-\d\d-\d\d-/, '');
  const base = slug(known ? own : about) || 'picture';
  const kind = endOf(type);
  const extension = isPicture(name) ? (name.split('.').pop() ?? '').toLowerCase() : kind;
  for (let number = known ? 0 : 1; ; number++) {
    const path = `${folder}/${base}${number ? `-${number}` : ''}.${extension}`;
    if (taken.has(path.toLowerCase())) continue;
    return { path, alt: known ? own.replace(/[-_]+/g, ' ').trim() : 'Picture' };
  }
}

/**
 * The pictures as files of the project, and the Markdown that shows them. Throws if they are too
 * large.
 * @param {Project} project
 * @param {File[]} files
 * @param {string} page
 * @param {Parameters<typeof shrunk>[1]} how
 */
export async function picturesOf(project, files, page, how) {
  const { paths, base } = project;
  const large = files.find(({ size }) => size > LARGEST_PICTURE);
  if (large) throw new Error(`${large.name} has more than ${LARGEST_PICTURE >> 20} MB.`);
  if (paths.length + files.length > OWN_PROJECT.most)
    throw new Error(`A project can have ${OWN_PROJECT.most.toLocaleString()} files.`);
  const folder = pictureFolder(paths);
  const taken = new Set(paths.map((path) => path.toLowerCase()));
  /**
   * @type {{ path: string, alt: string, markdown: string, content:
   *   import('../project/file_content.js').Content }[]}
   */
  const made = [];
  for (const file of files) {
    const { bytes, type } = await shrunk(file, how);
    const name = type === file.type ? file.name : file.name.replace(/\.\w+$/, `.${endOf(type)}`);
    const { path, alt } = nameFor({ name, type }, page, taken, folder);
    taken.add(path.toLowerCase());
    const content = contentOf(path, bytes);
    const address = `/${encodeURI(path)}`;
    const target = base ? `{{ '${address}' | relative_url }}` : address;
    made.push({ path, alt, markdown: `![${alt}](${target})`, content });
  }
  return made;
}
