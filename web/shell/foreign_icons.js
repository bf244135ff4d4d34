// Icons of a shell on another host: browsers show no part of another host's picture, so each
// becomes a part of the page.

import { makeIn } from '../base/elements.js';
import { site } from '../base/site_state.js';
import { bytesOf, fetchShellFile } from '../net/fetch.js';

const SVG = 'http://www.w3.org/2000/svg';

/** Pictures by their address, once they are there. @type {Map<string, Document>} */
const pictures = new Map();
/** @type {Map<string, Promise<unknown>>} */
const coming = new Map();

/** @param {string} url */
async function load(url) {
  const text = new TextDecoder().decode(await bytesOf(await fetchShellFile(url)));
  pictures.set(url, site.parse(text));
}

/**
 * Fills a group with what a part of a picture has.
 * @param {Element} group
 * @param {Element | null | undefined} part
 */
function fill(group, part) {
  if (!part) return;
  for (const { name, value } of part.attributes)
    if (/^(fill|stroke)/.test(name)) group.setAttribute(name, value);
  group.append(...[...part.childNodes].map((node) => node.cloneNode(true)));
}

/**
 * Puts a part of a picture in the place of a `<use>`: at once where it is there, else when it
 * comes.
 * @param {Element} use
 * @param {string} href of the part
 */
export function putInline(use, href) {
  if (!href.startsWith(site.folder)) return;
  const [url, id] = href.split('#');
  const group = makeIn(SVG, 'g');
  use.replaceWith(group);
  const show = () => fill(group, pictures.get(url)?.getElementById(id));
  if (pictures.has(url)) return show();
  // Without its icon a link has its text.
  coming.set(url, coming.get(url) ?? load(url));
  coming.get(url)?.then(show, () => coming.delete(url));
}
