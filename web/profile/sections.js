// Sections of somebody's home page, for a page of somebody else's: nothing goes in that is not on a list.

import DOMPurify from 'dompurify';
/** @typedef {import('./format.js').Profile} Profile */
/** What the card's script has already. @typedef {Pick<typeof import('./format.js'), 'address' | 'places'> & Pick<typeof import('./source.js'), 'take'> & Pick<typeof import('../elements.js'), 'make'> & { heading: (title: string) => Node }} Tools */

/** @type {import('dompurify').Config} */
const CONFIG = {
  ALLOWED_TAGS: ['#text', 'a', 'abbr', 'b', 'bdi', 'blockquote', 'br', 'caption', 'cite', 'code', 'dd', 'del', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'q', 's', 'samp', 'section', 'small', 'span', 'strong', 'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr', 'u', 'ul', 'var', 'wbr'],
  ALLOWED_ATTR: ['alt', 'colspan', 'datetime', 'dir', 'height', 'href', 'lang', 'rowspan', 'scope', 'src', 'start', 'title', 'width'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};
const HEADING = 'h1, h2, h3, h4, h5, h6';
// Elements of one section.
const NODES = 2000;

/**
 * A section's nodes behind the wall, beginning with its heading. @param {Profile} profile @param {number} number from 0 @param {Tools} tools
 */
async function contentOf({ root, raw, home, html: made }, number, { take, places, address }) {
  const html = made ? made[number] : JSON.parse((await take(`${root}profile-sections/${number + 1}.json`, /json|^text\/plain/i)) ?? '{}').html;
  const at = places({ url: home }, root, raw);
  const purify = DOMPurify();
  purify.addHook('afterSanitizeAttributes', (element) => {
    for (const name of ['href', 'src']) {
      if (!element.hasAttribute(name)) continue;
      const value = element.getAttribute(name) ?? '';
      const to = name === 'src' ? at.file(value) : address(value, home);
      if (to) element.setAttribute(name, to);
      else element.removeAttribute(name);
    }
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
  return /** @type {DocumentFragment} */ (/** @type {unknown} */ (purify.sanitize(String(html ?? ''), CONFIG)));
}

/** By number: cards of the same person share them. @type {WeakMap<Profile, Promise<DocumentFragment>[]>} */
const known = new WeakMap();

/** What stands below a heading; nothing when it is not there any more. @param {Profile} profile @param {number} number of the section, from 0 @param {number} level of its heading here @param {Tools} tools */
export async function section(profile, number, level, tools) {
  const { make, heading } = tools;
  if (!known.has(profile)) known.set(profile, []);
  const contents = /** @type {Promise<DocumentFragment>[]} */ (known.get(profile));
  const asked = (contents[number] ??= contentOf(profile, number, tools));
  asked.catch(() => delete contents[number]);
  const content = /** @type {DocumentFragment} */ ((await asked).cloneNode(true));
  const title = content.querySelector(HEADING);
  if (!title) return undefined;
  title.remove();
  const elements = content.querySelectorAll('*');
  // In reverse, so that nobody is left without those around it.
  for (let at = elements.length; at-- > NODES; ) elements[at].remove();
  // Headings are below that of the section.
  for (const element of content.querySelectorAll(HEADING)) element.replaceWith(make(/** @type {'h3'} */ (`h${Math.min(6, level + 1)}`), {}, ...element.childNodes));
  return make('section', { part: 'section' }, heading(title.textContent?.trim() ?? ''), make('div', { class: 'html' }, content));
}
