// Shows sections of a foreign home page: only elements and attributes of an allow-list.

import DOMPurify from 'dompurify';
import { real } from '../base/unclobbered.js';
import { readSlices } from '../base/html_slices.js';

export { RELEASE as release } from '../base/release.js';

/** @typedef {import('./validate.js').Profile} Profile */
/**
 * Functions of the card's script.
 * @typedef {Pick<typeof import('./validate.js'), 'address' | 'places'> & Pick<typeof
 *   import('./fetch_file.js'), 'fetchText'> & Pick<typeof import('../base/elements.js'), 'make'> &
 *     {
 *   heading: (title: string) => Node, told: (reason: string) => void }} Tools
 */

/** @type {import('dompurify').Config} */
const CONFIG = {
  ALLOWED_TAGS: [
    '#text',
    'a',
    'abbr',
    'b',
    'bdi',
    'blockquote',
    'br',
    'caption',
    'cite',
    'code',
    'dd',
    'del',
    'div',
    'dl',
    'dt',
    'em',
    'figcaption',
    'figure',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'hr',
    'i',
    'img',
    'ins',
    'kbd',
    'li',
    'mark',
    'ol',
    'p',
    'pre',
    'q',
    's',
    'samp',
    'section',
    'small',
    'span',
    'strong',
    'sub',
    'sup',
    'table',
    'tbody',
    'td',
    'tfoot',
    'th',
    'thead',
    'time',
    'tr',
    'u',
    'ul',
    'var',
    'wbr',
  ],
  ALLOWED_ATTR: [
    'alt',
    'colspan',
    'datetime',
    'dir',
    'height',
    'href',
    'lang',
    'rowspan',
    'scope',
    'src',
    'start',
    'title',
    'width',
  ],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};
const HEADING = 'h1, h2, h3, h4, h5, h6';
// Limits of a section: characters (as profile.json has), elements, and their depth. A card is a
// summary of a page, not the page.
const LONGEST = 256 << 10;
const LIMITS = { elements: 2000, depth: 100 };
// Rows and columns of a cell: a table is laid out for all of them, whether they exist or not.
const SPAN = 50;
// Characters of an attribute, except for addresses, which have another limit.
const VALUE = 1000;
// Slices that are parsed before yielding.
const PIECES = 8;

/** Yields to the page around the card. */
const rest = () => new Promise((resolve) => setTimeout(resolve));

/** The Trusted Types policy that parses and sanitises, where a page requires one. */
const policy = (() => {
  const asItIs = {
    createHTML: (/** @type {string} */ text) => text,
    createScriptURL: (/** @type {string} */ url) => url,
  };
  try {
    const { trustedTypes } = /** @type {any} */ (window);
    return trustedTypes?.createPolicy('dompurify', asItIs);
  } catch {
    // The page has a policy of this name, and allows no second.
    return undefined;
  }
})();

/** Parses a section as an inert document. @param {string} html */
async function read(html) {
  const slices = readSlices(
    html.slice(0, LONGEST),
    LIMITS,
    (piece) => policy?.createHTML(piece) ?? piece,
  );
  for (let pieces = 1; ; pieces++) {
    const { done, value } = slices.next();
    if (done) return { ...value, cut: value.cut || html.length > LONGEST };
    if (pieces % PIECES === 0) await rest();
  }
}

/**
 * The sanitised nodes of a section, beginning with its heading; `cut`: content was omitted.
 * @param {Profile} profile
 * @param {number} number from 0
 * @param {Tools} tools
 * @returns {Promise<{ nodes: DocumentFragment, cut: boolean }>}
 */
async function contentOf({ root, raw, home, html: made }, number, { fetchText, places, address }) {
  const html = made
    ? made[number]
    : JSON.parse(
        (await fetchText(`${root}profile-sections/${number + 1}.json`, /json|^text\/plain/i)) ??
          '{}',
      ).html;
  const at = places({ url: home }, root, raw);
  const { page, cut } = await read(String(html ?? ''));
  const purify = DOMPurify();
  purify.addHook('afterSanitizeAttributes', (element) => {
    for (const name of ['href', 'src']) {
      if (!element.hasAttribute(name)) continue;
      const value = element.getAttribute(name) ?? '';
      const to = name === 'src' ? at.file(value) : address(value, home);
      if (to) element.setAttribute(name, to);
      else element.removeAttribute(name);
    }
    limit(element);
    if (element.localName === 'a') {
      element.setAttribute('rel', 'noopener ugc');
      element.setAttribute('referrerpolicy', 'no-referrer');
    }
    if (element.localName === 'img') {
      if (!element.hasAttribute('src')) return element.remove();
      element.setAttribute('loading', 'lazy');
      element.setAttribute('referrerpolicy', 'no-referrer');
      if (!element.hasAttribute('alt')) element.setAttribute('alt', '');
    }
  });
  const section = page.createElement('div');
  while (page.body.firstChild) section.append(page.body.firstChild);
  // Forms are not on the list: one whose fields shadow its properties would be removed with its
  // text.
  for (const form of section.querySelectorAll('form'))
    real(form).replaceWith(...real(form).childNodes);
  const nodes = /** @type {unknown} */ (
    purify.sanitize(section, { ...CONFIG, TRUSTED_TYPES_POLICY: policy })
  );
  return { nodes: /** @type {DocumentFragment} */ (nodes), cut };
}

/** Limits attributes that would affect the page around. @param {Element} element */
function limit(element) {
  for (const name of ['width', 'height'])
    if (element.localName !== 'img') element.removeAttribute(name);
  for (const name of ['colspan', 'rowspan'])
    if (parseInt(element.getAttribute(name) ?? '') > SPAN) element.setAttribute(name, String(SPAN));
  for (const { name, value } of element.attributes)
    if (value.length > VALUE && name !== 'href' && name !== 'src')
      element.setAttribute(name, value.slice(0, VALUE));
}

/**
 * By number, shared by cards of the same person.
 * @type {WeakMap<Profile, ReturnType<typeof contentOf>[]>}
 */
const known = new WeakMap();

/**
 * The content below a heading; undefined when the heading no longer exists.
 * @param {Profile} profile
 * @param {number} number of the section, from 0
 * @param {number} level of its heading here
 * @param {Tools} tools
 */
export async function section(profile, number, level, tools) {
  const { make, heading, told } = tools;
  if (!known.has(profile)) known.set(profile, []);
  const contents = /** @type {ReturnType<typeof contentOf>[]} */ (known.get(profile));
  const asked = (contents[number] ??= contentOf(profile, number, tools));
  asked.catch(() => delete contents[number]);
  const { nodes, cut } = await asked;
  const content = /** @type {DocumentFragment} */ (nodes.cloneNode(true));
  const title = content.querySelector(HEADING);
  if (!title) return undefined;
  title.remove();
  if (cut) told(`section ${number + 1} is longer than what a card shows`);
  // Headings are one level below the section's.
  for (const element of content.querySelectorAll(HEADING))
    element.replaceWith(
      make(/** @type {'h3'} */ (`h${Math.min(6, level + 1)}`), {}, ...element.childNodes),
    );
  return make(
    'section',
    { part: 'section' },
    heading((title.textContent ?? '').trim().slice(0, VALUE)),
    make('div', { class: 'html' }, content),
  );
}
