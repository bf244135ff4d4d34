// Sections of somebody's home page, for a page of somebody else's: nothing goes in that is not on a list.

import DOMPurify from 'dompurify';
/** @typedef {import('./format.js').Profile} Profile */
/** What the card's script has already. @typedef {Pick<typeof import('./format.js'), 'address' | 'places'> & Pick<typeof import('./source.js'), 'take'> & Pick<typeof import('./draw.js'), 'make' | 'heading'>} Tools */

/** @type {import('dompurify').Config} */
const CONFIG = {
  ALLOWED_TAGS: ['#text', 'a', 'abbr', 'b', 'bdi', 'blockquote', 'br', 'caption', 'cite', 'code', 'dd', 'del', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'q', 's', 'samp', 'section', 'small', 'span', 'strong', 'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr', 'u', 'ul', 'var', 'wbr'],
  ALLOWED_ATTR: ['alt', 'colspan', 'datetime', 'dir', 'height', 'href', 'id', 'lang', 'rowspan', 'scope', 'src', 'start', 'title', 'width'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};
const HEADING = 'h1, h2, h3, h4, h5, h6';
// Nodes and characters of one section.
const NODES = 2000;
const SIZE = 64 << 10;

/** @param {string} text */
const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** The home page's content behind the wall, by profile. @type {WeakMap<Profile, Promise<DocumentFragment>>} */
const known = new WeakMap();

/** @param {Profile} profile @param {Tools} tools */
async function contentOf(profile, { take, places, address }) {
  const { root, raw, home } = profile;
  const html = String(profile.content ?? JSON.parse((await take(`${root}profile-home.json`, /json|^text\/plain/i)) ?? '{}').content ?? '');
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
  return /** @type {DocumentFragment} */ (/** @type {unknown} */ (purify.sanitize(html, CONFIG)));
}

/** What stands below a heading, up to the next one of its rank or a higher one; nothing when there is no such heading. @param {Profile} profile @param {string} name its text, or its id @param {number} level of its heading here @param {Tools} tools */
export async function section(profile, name, level, tools) {
  const { make } = tools;
  if (!known.has(profile)) known.set(profile, contentOf(profile, tools));
  const content = /** @type {DocumentFragment} */ (await known.get(profile));
  const wanted = plain(name);
  const heading = [...content.querySelectorAll(HEADING)].find(({ textContent, id }) => plain(textContent ?? '') === wanted || plain(id) === wanted);
  if (!heading) return undefined;
  const html = make('div', { class: 'html' });
  let left = NODES;
  for (let node = heading.nextSibling; node; node = node.nextSibling) {
    if (node instanceof Element && node.matches(HEADING) && node.localName <= heading.localName) break;
    left -= node instanceof Element ? node.querySelectorAll('*').length + 1 : 1;
    if (left < 0 || (html.textContent?.length ?? 0) > SIZE) break;
    html.append(node.cloneNode(true));
  }
  // Ids are the page's that the card is in; headings are below that of the section.
  for (const element of html.querySelectorAll('[id]')) element.removeAttribute('id');
  for (const element of html.querySelectorAll(HEADING)) element.replaceWith(make(`h${Math.min(6, level + 1)}`, {}, ...element.childNodes));
  return make('section', { part: 'section' }, tools.heading(heading.textContent?.trim() ?? '', level), html);
}
