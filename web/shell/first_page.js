// The first page of a visit while the core is on its way, where nothing was written for the site:
// delivered as `first-page.js`. All of the source's text, by the same parser as the core's, in the
// frame that the theme gives it (build/frames.mjs). The core's page takes its place.

import { makeMarkdown } from '../engine/abi.js';
import { decode, escaped } from '../base/util.js';

export { RELEASE as release } from '../base/release.js';

/** @typedef {readonly [path: string, data: Uint8Array | null | undefined]} Tried */

/** By layout; see build/frames.mjs for the marks in them. @type {Record<string, string>} */
// @ts-ignore: nothing has them where this runs as it is
const frames = typeof MERIDIAN_FRAMES === 'object' ? MERIDIAN_FRAMES : {};

// Settings by which a page gets another frame, or its text another dialect.
const SETTINGS =
  /^(theme|remote_theme|defaults|kramdown|markdown|commonmark|meridian|highlighter|lang|locale|permalink|header\w*|masthead\w*|sass)[ \t]*:/m;
// Of front matter, what changes neither.
const KEYS = /^(layout|title|permalink|description|excerpt)$/;
// Titles that are the same before and after typography.
const TITLE = /^(?!.*(--|\.\.))[\p{L}\p{N}][\p{L}\p{N} ,.()/+?!–—-]*$/u;
// What only the core can follow: Liquid; in HTML files within notes, and elements that load or run
// something.
const TEMPLATE = /\{\{|\{%/;
const ACTIVE = /<(script|iframe|frame|form|object|embed|template|base|link|meta)\b|src="note:/i;
// A text as large takes the page's thread a tenth of a second on a phone.
const LARGEST = 400_000;

/** A plain scalar of YAML; empty where it may be another. @param {string} text */
const scalar = (text) => {
  const [, , quoted, bare] =
    /^\s*(?:(["'])([^"'\\]*)\1|([^"'#&*!|>%@`{}[\]]*))\s*$/.exec(text) ?? [];
  const value = (quoted ?? bare ?? '').trim();
  return value.includes(': ') ? '' : value;
};

/**
 * A source's front matter and text; undefined where another frame may be needed.
 * @param {string} source
 */
function partsOf(source) {
  const [whole, front] = /^---[ \t]*\n([^]*?)^---[ \t]*\n/m.exec(source) ?? ['', ''];
  if (/^---/.test(source) && !source.startsWith(whole || '\0')) return undefined;
  /** @type {Record<string, string>} */
  const data = {};
  for (const line of front.split('\n').filter((line) => line.trim())) {
    const [, key, value] = /^([\w-]+):(.*)$/.exec(line) ?? [];
    if (!key || !KEYS.test(key)) return undefined;
    data[key] = scalar(value);
  }
  return { data, text: source.slice(whole.length), fronted: !!whole };
}

/**
 * Addresses in the HTML of a plain folder's page, which lie beside its source, as the core leads
 * them.
 * @param {string} html
 * @param {string} path of the source
 * @param {string} root of the site
 */
const lead = (html, path, root) =>
  html.replace(/( (?:href|src)=")([^"#?:]+)(?=["#?])/g, (all, before, url) => {
    if (url.startsWith('/')) return all;
    const { pathname } = new URL(url, `http://site.invalid/${path}`);
    const page = pathname
      .slice(1)
      .replace(/(^|\/)(readme|index)\.md$/i, '$1')
      .replace(/\.md$/i, '/');
    return before + root + page;
  });

/**
 * Whether a Jekyll page of the root has this address.
 * @param {string} route @param {string} path of its source @param {string} [permalink]
 */
function isAt(route, path, permalink) {
  const name = path.replace(/\.\w+$/, '');
  const url = permalink || (name === 'index' ? '/' : `/${name}.html`);
  const bare = (/** @type {string} */ text) => decode(text).replace(/\.html$/, '');
  return bare(url) === bare(route);
}

/**
 * A document with the page; undefined where it would differ from the core's by more than what only
 * the core knows.
 * @param {{
 *   route: string, root: string, folder: string,
 *   config: Promise<Uint8Array | null | undefined>, pages: Promise<Tried>[],
 *   load: (module: 'commonmark' | 'kramdown') => Promise<WebAssembly.Module>,
 * }} site `route`: the page's path; `folder`: address of the shell's files; `config`: null: the
 *   host has none; `pages`: its likely sources, the most likely first; `load`: once for each name
 * @returns {Promise<string | undefined>}
 */
export async function firstPage({ route, root, folder, config, pages, load }) {
  const utf8 = new TextDecoder();
  const bytes = await config;
  if (bytes === undefined) return undefined;
  const plain = bytes === null;
  const name = plain ? 'commonmark' : 'kramdown';
  const settings = bytes ? utf8.decode(bytes) : '';
  if (SETTINGS.test(settings)) return undefined;
  const loading = load(name); // the core needs it, whatever its page is
  let [path, data] = await pages[0];
  if (!data && plain && pages.length > 1) [path, data] = await pages[1];
  if (!data || data.length > LARGEST) return undefined;
  const source = utf8.decode(data).replace(/\r\n/g, '\n');
  const parts = partsOf(source);
  const layout = plain ? '' : parts?.data.layout || '-';
  const title = plain ? '' : (parts?.data.title ?? '');
  if (
    !parts ||
    plain === parts.fronted ||
    !Object.hasOwn(frames, layout) ||
    TEMPLATE.test(source) ||
    !(plain || (TITLE.test(title) && isAt(route, path, parts.data.permalink)))
  )
    return undefined;
  const toHtml = await makeMarkdown(await loading, plain ? 'cm_' : 'kd_');
  let text = utf8.decode(toHtml(parts.text).subarray(4));
  if (!text || ACTIVE.test(text)) return undefined;
  // Where a note is, is not known yet.
  if (plain)
    text = lead(text.replace(/(<a) href="note:[^"]*"/g, '$1 class="note-link"'), path, root);
  const [, named = ''] = plain
    ? route === '/'
      ? (/^# +(.+?) *#*$/m.exec(source) ?? [])
      : []
    : (/^title:(.*)$/m.exec(settings) ?? []);
  const site = TITLE.test(scalar(named)) ? scalar(named) : '';
  /** @type {Record<string, string>} */
  const values = {
    '\uE000': escaped(site),
    '\uE001': escaped(title),
    '\uE002': text,
    4321: String(new Date().getFullYear()),
  };
  return frames[layout]
    .replace('"/meridian/', () => `"${folder}`)
    .replace(/href="\/"/g, () => `href="${root}"`)
    .replace(/[\uE000-\uE002]|4321/g, (mark) => values[mark]);
}
