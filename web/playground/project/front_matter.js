// What a new file begins with: the front matter that its neighbours have in common.

import { MARKDOWN, ending } from '../../base/file_kinds.js';
import { nameOf } from './file_content.js';

/** @typedef {import('./project.js').Project} Project */

const PAGE = ending(`${MARKDOWN}|html`);
const DATED = /^\d{4}-\d\d-\d\d-/;
// Keys with a value for each file.
const OWN = /^(title|permalink|slug|redirect_from|excerpt|description)$/;
// Neighbours that are read.
const MOST = 200;

const today = () => {
  const now = new Date();
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/** The path that is proposed in a folder. @param {string} folder */
export function proposedPath(folder) {
  const dated = /(^|\/)_posts(\/|$)/.test(folder);
  return `${folder && `${folder}/`}${dated ? `${today()}-` : ''}new.md`;
}

/** The front matter of a file, without its lines of dashes. @param {string} text */
export const frontMatterOf = (text) =>
  /^\uFEFF?---\s*\n([^]*?\n)---\s*(?:\n|$)/.exec(text)?.[1] ?? '';

/**
 * The lines of front matter by key; nested ones stay with their key.
 * @param {string} text
 * @returns {Map<string, string>}
 */
function entriesOf(text) {
  const front = frontMatterOf(text);
  /** @type {Map<string, string>} */
  const entries = new Map();
  let key = '';
  for (const line of front.split('\n')) {
    const [, name] = /^([\w-]+)\s*:/.exec(line) ?? [];
    if (name) entries.set((key = name), line.trimEnd());
    else if (key && /^[\s-]/.test(line) && line.trim())
      entries.set(key, `${entries.get(key)}\n${line.trimEnd()}`);
  }
  return entries;
}

/**
 * @param {Project} project
 * @param {string} path of a new file
 * @param {string} [title] else that of its name
 */
export function firstText(project, path, title = '') {
  if (!PAGE.test(path)) return '';
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  title ||= nameOf(path)
    .replace(/\.\w+$/, '')
    .replace(DATED, '')
    .replace(/[-_]+/g, ' ');
  const beside = project.paths
    .filter(
      (one) => one !== path && PAGE.test(one) && one.slice(0, one.lastIndexOf('/') + 1) === folder,
    )
    .slice(-MOST)
    .map((one) => entriesOf(project.text(one) ?? ''))
    .filter((entries) => entries.size);
  /** @type {string[]} */
  const lines = [`title: ${/[:#'"[\]{}&*!|>%@`]/.test(title) ? JSON.stringify(title) : title}`];
  for (const key of new Set(beside.flatMap((entries) => [...entries.keys()]))) {
    const values = beside.flatMap((entries) => entries.get(key) ?? []);
    if (OWN.test(key) || values.length * 2 <= beside.length) continue;
    if (key === 'date') lines.push(`date: ${today()}`);
    else if (values.every((value) => value === values[0])) lines.push(values[0]);
  }
  return `---\n${lines.sort((a, b) => Number(/^layout:/.test(b)) - Number(/^layout:/.test(a))).join('\n')}\n---\n\n`;
}
