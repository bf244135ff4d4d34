// Completes keys and values of front matter and data by what other files of the project have, and
// keys that the core knows.

import { MARKDOWN, ending } from '../../base/file_kinds.js';
import { FRONT } from './words.js';

/**
 * @typedef {import('@codemirror/autocomplete').CompletionContext} Context
 * @typedef {import('@codemirror/autocomplete').CompletionResult} Result
 * @typedef {import('../project/project.js').Project} Project
 */

// Files that are read, and characters of each.
const [MOST, LONGEST] = [2000, 3000];
const BOOLEAN =
  /^(published|search|sitemap|hidden|toc|private|publish|render_with_liquid|strip_title|author_profile|comments|share|related|read_time)$/;
const PAGE = ending(`${MARKDOWN}|html`);
const LISTS = /^(tags|categories|tag|category)$/;

/**
 * Keys in use with their values, in front matter or data of other files.
 * @param {Project} project
 * @param {string} path
 * @param {boolean} data
 */
function inUse(project, path, data) {
  /** @type {Map<string, Map<string, number>>} */
  const keys = new Map();
  const add = (/** @type {string} */ key, /** @type {string} */ value) => {
    const values = keys.get(key) ?? new Map();
    keys.set(key, values);
    const clean = value.trim().replace(/^["']|["']$/g, '');
    if (clean && clean.length < 80 && !/^[[{>|&*]/.test(clean))
      values.set(clean, (values.get(clean) ?? 0) + 1);
  };
  let read = 0;
  for (const [other, content] of project.files) {
    if (typeof content !== 'string' || ++read > MOST) continue;
    if (data ? other !== path : !PAGE.test(other)) continue;
    const text = data
      ? content.slice(0, 10 * LONGEST)
      : (/^\uFEFF?---\s*\n([^]*?)\n---/.exec(content.slice(0, LONGEST))?.[1] ?? '');
    let list = '';
    for (const line of text.split('\n')) {
      const [, key, value] = /^(?:\s*-\s+)?\s*([A-Za-z_][\w-]*)\s*:(?:\s+(.*))?$/.exec(line) ?? [];
      if (key && (data || !/^\s/.test(line))) {
        list = key;
        const items = /^\[(.*)\]\s*$/.exec(value ?? '')?.[1];
        if (items !== undefined) for (const item of items.split(',')) add(key, item);
        else if (LISTS.test(key) && value && !/["']/.test(value) && /^(tags|categories)$/.test(key))
          for (const item of value.split(/\s+/)) add(key, item);
        else add(key, value ?? '');
      } else {
        const item = /^\s*-\s+([^:]+)$/.exec(line)?.[1];
        if (item && list) add(list, item);
      }
    }
  }
  return keys;
}

/**
 * @param {Context} context
 * @param {string} path
 * @param {Project} project
 * @param {boolean} data a file of data, else front matter
 * @returns {Result | null}
 */
export function completeFront({ state, pos, explicit }, path, project, data) {
  const { doc } = state;
  const { from, text, number } = doc.lineAt(pos);
  const before = text.slice(0, pos - from);
  if (/(^|\s)#/.test(before)) return null;
  const key = data ? /^(?:\s*(?:-\s+)?)([\w-]*)$/.exec(before) : /^([\w-]*)$/.exec(before);
  if (key && (key[1] || explicit)) {
    const used = inUse(project, path, data);
    const known = data ? [] : FRONT;
    const set = new Set(
      data ? [] : (doc.toString().match(/^[\w-]+(?=\s*:)/gm) ?? []).filter((one) => one !== key[1]),
    );
    const names = new Set([...used.keys(), ...known.map(([name]) => name)]);
    const options = [...names]
      .filter((name) => !set.has(name))
      .map((name) => ({
        label: name,
        type: 'property',
        detail: [...(used.get(name)?.keys() ?? [])].slice(0, 3).join(' · '),
        info: known.find(([one]) => one === name)?.[1],
        apply: `${name}: `,
      }));
    return options.length ? { from: pos - key[1].length, options, validFor: /^[\w-]*$/ } : null;
  }
  let [, name, value] = /^\s*(?:-\s+)?([\w-]+)\s*:\s+(.*)$/.exec(before) ?? [];
  const item = /^\s*-\s+(.*)$/.exec(before);
  if (!name && item) {
    value = item[1];
    for (let line = number - 1; line > 0 && !name; line--) {
      const above = doc.line(line).text;
      if (/^\s*-\s/.test(above)) continue;
      name = /^([\w-]+)\s*:\s*$/.exec(above)?.[1] ?? '';
      break;
    }
  }
  if (!name) return null;
  const begun = /[^\s,[]*$/.exec(value)?.[0] ?? '';
  const used = inUse(project, path, data);
  const values = new Map(used.get(name));
  if (/^(tag|tags)$/.test(name))
    for (const [one, count] of [...(used.get('tags') ?? []), ...(used.get('tag') ?? [])])
      values.set(one, count);
  if (/^(category|categories)$/.test(name))
    for (const [one, count] of [...(used.get('categories') ?? []), ...(used.get('category') ?? [])])
      values.set(one, count);
  if (!data && name === 'layout') {
    values.clear();
    for (const one of project.paths) {
      const [, layout] = /^_layouts\/(.+)\.\w+$/.exec(one) ?? [];
      if (layout) values.set(layout, 0);
    }
    for (const [one, count] of used.get('layout') ?? []) values.set(one, count);
    values.set('none', 0);
  }
  if (!data && BOOLEAN.test(name))
    for (const one of ['true', 'false']) values.set(one, values.get(one) ?? 0);
  // Its own half-written value is none.
  if (values.get(begun) === 1) values.delete(begun);
  const options = [...values]
    .filter(([label]) => !/^(title|date|permalink)$/.test(name) || label.length < 40)
    .map(([label, count]) => ({
      label,
      type: 'constant',
      detail: count > 1 ? `${count} files` : '',
    }));
  return options.length && !/^(title|date|permalink)$/.test(name)
    ? { from: pos - begun.length, options, validFor: /^[^\s,[\]]*$/ }
    : null;
}
