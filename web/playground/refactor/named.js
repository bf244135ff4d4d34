// What has a name in a text besides files: headings, tags, categories and citation keys. Finds it
// at the cursor, all places that have its name, and what else changes with them.

import { decode } from '../../base/util.js';
import { anchorsOf, changedIds, headingIds, idsOf, use, written } from './anchors.js';
import { linksIn } from './links.js';
import { addressIn, changedLinks, plain } from './targets.js';
import { FRONT, inTemplates, keysIn, renamedTerm, termsIn, wrongKey } from './terms.js';

/**
 * @typedef {import('./targets.js').Site} Site
 * @typedef {import('./targets.js').Use} Use
 */
/**
 * `from`, `to`: a heading's text in its file.
 * @typedef {{ kind: 'heading' | 'tag' | 'category' | 'citation key', name: string, path: string,
 *   from: number, to: number }} Named
 */
/** The HTML of a page, '' without one. @typedef {(url: string) => Promise<string>} Page */

const DATA = /(^|\/)_data\/|\.(bib|json|csv|tsv)$/i;

/**
 * The tag, category or citation key at a place of a text.
 * @param {string} path
 * @param {string} text
 * @param {number} pos
 * @returns {Named | undefined}
 */
export function nameAt(path, text, pos) {
  const at = (/** @type {{ from: number, to: number }} */ { from, to }) => from <= pos && pos <= to;
  const term = termsIn(path, text).find(at);
  if (term) return { kind: term.kind, name: term.name, path, from: term.from, to: term.to };
  const keys = keysIn(path, text);
  const line = [text.lastIndexOf('\n', pos - 1) + 1, text.indexOf('\n', pos)];
  const key =
    keys.find(at) ??
    // The first line of an entry of BibTeX.
    keys.find(({ from, entry }) => entry && from >= line[0] && (line[1] < 0 || from < line[1]));
  return key && { kind: 'citation key', name: key.name, path, from: key.from, to: key.to };
}

const HEADING = /^(?:[ \t]*>)*[ \t]{0,3}#{1,6}[ \t]*/;
// `{#id}`, `{: #id}`, and the marks that close a heading.
const END = /(?:[ \t]*\{[#:][^{}]*\})?[ \t]*$/;

/**
 * The lines of headings in a text whose lines the core does not know, as Liquid wrote part of it.
 * @param {string} text
 */
export function headingLines(text) {
  const front = FRONT.exec(text)?.[0].split('\n').length ?? 1;
  /** @type {Set<number>} */
  const found = new Set();
  let [fence, before] = ['', false];
  for (const [at, line] of text.split('\n').entries()) {
    if (at < front - 1) continue;
    const mark = /^\s*(?:>\s?)*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence) fence = mark.startsWith(fence) ? '' : fence;
    else if (mark) fence = mark;
    else if (/^(?:[ \t]*>)*[ \t]{0,3}#{1,6}[ \t]+\S/.test(line)) found.add(at + 1);
    else if (before && /^(=+|-+)\s*$/.test(line)) found.add(at);
    before = !fence && !mark && /^ {0,3}[^\s>#*+|{-]/.test(line);
  }
  return found;
}

/**
 * The text of the heading in a line that the core says is one.
 * @param {string} path
 * @param {string} text
 * @param {number} number of the line, from 1
 * @returns {Named | undefined}
 */
export function headingIn(path, text, number) {
  let from = 0;
  for (let line = 1; line < number; line++) from = text.indexOf('\n', from) + 1;
  const newline = text.indexOf('\n', from);
  let line = text.slice(from, newline < 0 ? text.length : newline).replace(/\r$/, '');
  const marks = HEADING.exec(line)?.[0] ?? '';
  const begin = marks.length || (/^(?:[ \t]*>)*[ \t]*/.exec(line)?.[0].length ?? 0);
  const body = line.slice(begin);
  line = body.slice(0, body.length - (END.exec(body)?.[0].length ?? 0));
  if (marks) line = line.replace(/(^|[ \t])#+$/, '');
  line = line.trimEnd();
  return line
    ? { kind: 'heading', name: line, path, from: from + begin, to: from + begin + line.length }
    : undefined;
}

/**
 * @param {string} path
 * @param {string} text
 * @param {{ from: number, to: number, by: string }} edit
 * @returns {Use}
 */
const edited = (path, text, { from, to, by }) => ({
  path,
  link: { from, to, text: text.slice(from, to), kind: 'address' },
  target: '',
  by,
});

/**
 * The places that have the name itself.
 * @param {Named} named
 * @param {string} name the new one
 * @param {Map<string, string>} texts
 * @returns {Use[]}
 */
export function placesOf(named, name, texts) {
  const { kind, path } = named;
  if (kind === 'heading') {
    const text = texts.get(path) ?? '';
    return [edited(path, text, { from: named.from, to: named.to, by: name })];
  }
  return [...texts].flatMap(([path, text]) => {
    if (!text.includes(named.name) && !/["']/.test(text)) return [];
    if (kind === 'citation key')
      return keysIn(path, text)
        .filter((key) => key.name === named.name)
        .map((key) => edited(path, text, { ...key, by: name }));
    const terms = termsIn(path, text)
      .filter((term) => term.kind === kind && term.name === named.name)
      .map((term) => renamedTerm(text, term, name));
    const templates = DATA.test(path)
      ? []
      : inTemplates(text, kind, named.name).map(({ from, to, word }) => {
          if (word && /^[\w-]+$/.test(name)) return { from, to, by: name };
          const quote = name.includes('"') ? "'" : '"';
          const by = `${quote}${name}${quote}`;
          return { from: from - 1, to: to + Number(!word), by: word ? `[${by}]` : by };
        });
    return [...terms, ...templates].map((edit) => edited(path, text, edit));
  });
}

/** A name in an address, as Jekyll's `slugify` makes it. @param {string} name */
export const slug = (name) =>
  name
    .toLowerCase()
    .replace(/[^\p{M}\p{L}\p{Nd}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** Links to anchors of a heading. @param {Named} named @param {string} name @param {Site} before
 * @param {Map<string, string>} ids
 */
function toHeading(named, name, before, ids) {
  const [own] = ids.keys();
  return anchorsOf(before).flatMap(({ path, anchor, target }) => {
    if (target !== named.path) return [];
    if (anchor.note && anchor.text.trim() === named.name)
      return [use(path, anchor, named.path, /[[\]|#^]/.test(name) ? (ids.get(own) ?? name) : name)];
    const id = ids.get(decode(anchor.text));
    return id === undefined ? [] : [use(path, anchor, named.path, written(id, anchor.text))];
  });
}

/**
 * Links to anchors that have the name, on pages that list tags, categories or entries.
 * @param {Named} named
 * @param {string} name
 * @param {Site} before
 * @param {[before: Page, after: Page]} pages
 * @param {(url: string) => string} moved
 */
async function toNames(named, name, before, pages, moved) {
  const pairs = new Map([
    [slug(named.name), slug(name)],
    [named.name, name],
  ]);
  /** @type {Use[]} */
  const uses = [];
  /** @type {Map<string, Promise<Set<string>[]>>} */
  const known = new Map();
  for (const { path, anchor, url } of anchorsOf(before)) {
    const old = decode(anchor.text);
    if (!url) continue;
    const end = [...pairs.keys()].find((one) => one && old.endsWith(one));
    if (end === undefined) continue;
    const ids =
      known.get(url) ??
      Promise.all([pages[0](url), pages[1](moved(url))].map(async (html) => idsOf(await html)));
    known.set(url, ids);
    const [had, has] = await ids;
    if (!had.has(old) || has.has(old)) continue;
    const start = old.slice(0, old.length - end.length);
    const id = [pairs.get(end), slug(name), name]
      .map((one) => start + one)
      .find((one) => has.has(one));
    if (id) uses.push(use(path, anchor, '', written(id, anchor.text)));
  }
  return uses;
}

/**
 * Links to the pages that a site makes for a name, such as /tag/NAME/.
 * @param {Named} named
 * @param {string} name
 * @param {Site} before
 * @param {Site} after
 */
function toArchives(named, name, before, after) {
  const [old, now] = [slug(named.name), slug(name)];
  return [...before.texts].flatMap(([path, text]) =>
    linksIn(path, text).flatMap((link) => {
      const address = link.kind === 'address' ? addressIn(before, link.text) : undefined;
      if (!address?.startsWith('/')) return [];
      const page = plain(address);
      if (!before.all?.has(page) || after.all?.has(page)) return [];
      const [bare] = link.text.split(/[?#]/);
      const parts = bare.split('/');
      const names = parts.map((part) => decode(part).replace(/\.html?$/, ''));
      const at = Math.max(names.lastIndexOf(old), names.lastIndexOf(named.name));
      if (at < 0) return [];
      const ending = /\.html?$/.exec(parts[at])?.[0] ?? '';
      for (const one of [now, name]) {
        const made = [...parts];
        made[at] = encodeURI(one) + ending;
        const by = made.join('/');
        if (after.all?.has(plain(addressIn(before, by) ?? '')))
          return [edited(path, text, { ...link, by: by + link.text.slice(bare.length) })];
      }
      return [];
    }),
  );
}

/**
 * Changes in the order of their places, none within another.
 * @param {Use[]} uses
 */
export function merged(uses) {
  /** @type {Use[]} */
  const all = [];
  const order = new Map(uses.map(({ path }, at) => [path, at]));
  const sorted = [...uses].sort(
    (a, b) =>
      Number(order.get(a.path)) - Number(order.get(b.path)) ||
      a.link.from - b.link.from ||
      b.link.to - a.link.to,
  );
  for (const one of sorted) {
    const last = all[all.length - 1];
    if (!last || last.path !== one.path || last.link.to <= one.link.from) all.push(one);
    // The anchor of a link that changes as a whole.
    else if (last.link.from < one.link.from && last.by.includes('#'))
      all[all.length - 1] = { ...last, by: last.by.replace(/#.*/s, () => `#${one.by}`) };
  }
  return all.filter(({ link, by }) => link.text !== by);
}

/**
 * What changes when the name is another: links, and what is to be said of them.
 * @param {Named} named
 * @param {string} name
 * @param {{ site: Site, page: Page }} before
 * @param {{ site: Site, page: Page }} after
 * @returns {Promise<{ uses: Use[], said: string[] }>}
 */
export async function linksOf(named, name, before, after) {
  if (named.kind === 'heading') {
    const url = before.site.urls.get(named.path);
    if (url === undefined)
      return {
        uses: [],
        said: ['The file is not a page of the site: links to it are not searched.'],
      };
    const [had, has] = [headingIds(await before.page(url)), headingIds(await after.page(url))];
    const ids = changedIds(had, has);
    const [[old, now] = ['', '']] = ids;
    const said = old
      ? [`Its anchor #${old} becomes #${now}.`]
      : ['Its anchor stays as it is, so links to it still work.'];
    if (/-\d+$/.test(now) && had.includes(now.replace(/-\d+$/, '')))
      said.push('The page has a heading of this name already: the anchor gets a number.');
    return { uses: toHeading(named, name, before.site, ids), said };
  }
  const same = (/** @type {string} */ path) => path;
  const moved = changedLinks(before.site, after.site, same);
  const addresses = [...before.site.urls].filter(([path, url]) => {
    const now = after.site.urls.get(path);
    return now !== undefined && now !== url;
  });
  const to = new Map(addresses.map(([path, url]) => [url, after.site.urls.get(path) ?? url]));
  const uses = [
    ...toArchives(named, name, before.site, after.site),
    ...moved,
    ...(await toNames(
      named,
      name,
      before.site,
      [before.page, after.page],
      (url) => to.get(url) ?? url,
    )),
  ];
  const said = [];
  if (addresses.length)
    said.push(
      addresses.length === 1
        ? 'One page gets another address, as it has the category in it.'
        : `${addresses.length.toLocaleString()} pages get other addresses, as they have the category in them.`,
    );
  if (
    named.kind === 'category' &&
    [...before.site.paths].some(
      (path) =>
        path
          .split(/\/?_posts\//)[0]
          .split('/')
          .includes(named.name) && /(^|\/)_posts\//.test(path),
    )
  )
    said.push('Posts in the folder of this name keep the category: rename the folder, too.');
  return { uses, said };
}

/**
 * What is to be said of a name before it is taken; `wrong`: it can't be.
 * @param {Named} named
 * @param {string} name
 * @param {Map<string, string>} texts
 * @returns {{ wrong?: string, said: string[] }}
 */
export function taken(named, name, texts) {
  if (named.kind === 'heading' || name === named.name) return { said: [] };
  let files = 0;
  if (named.kind === 'citation key') {
    const wrong = wrongKey(name);
    if (wrong) return { wrong, said: [] };
    for (const [path, text] of texts)
      if (/\.bib$/i.test(path) && keysIn(path, text).some((key) => key.entry && key.name === name))
        return { wrong: `${path} has an entry “${name}” already.`, said: [] };
    return { said: [] };
  }
  for (const [path, text] of texts)
    if (termsIn(path, text).some((term) => term.kind === named.kind && term.name === name)) files++;
  return {
    said: files
      ? [
          `There is a ${named.kind} “${name}” already, in ${files === 1 ? 'one file' : `${files.toLocaleString()} files`}: the two become one.`,
        ]
      : [],
  };
}
