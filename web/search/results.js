// Results as elements. Texts of an index are text: nothing of them becomes HTML.

import { make } from '../base/elements.js';

/**
 * @typedef {import('./reader.js').Answer} Answer
 * @typedef {import('./reader.js').Result} Result
 */

/** A text with its marks as elements. @param {import('./reader.js').Marked} text */
const marked = (text) =>
  text
    .split(/(\x02[^\x03]*\x03?)/)
    .filter(Boolean)
    .map((part) => (part[0] === '\x02' ? make('mark', {}, unmarked(part)) : part));

/** @param {import('./reader.js').Marked} text */
const unmarked = (text) => text.replace(/[\x02\x03]/g, '');

/** A label as readers write names: `teaching` as Teaching. @param {string} label */
export const readable = (label) =>
  label.charAt(0).toUpperCase() + label.slice(1).replace(/[-_]/g, ' ');

/**
 * A language by its name in the page's own.
 * @param {string} tag @param {string} page the page's language
 */
export function languageName(tag, page) {
  try {
    return new Intl.DisplayNames(page || 'en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // which is none
  }
}

/** @param {string} href @param {(Node | string)[]} children */
const link = (href, ...children) => make('a', { href }, ...children);
/** @param {string} name of its class @param {(Node | string)[]} children */
const part = (name, ...children) => make('span', { class: name, dir: 'auto' }, ...children);

/**
 * A page that was found, with its sections.
 * @param {Result} result
 * @param {(route: string) => string} hrefOf
 */
function item({ url, title, collection, year, sections }, hrefOf) {
  const about = [readable(collection), year].filter(Boolean).join(' · ');
  // What stands behind a heading with the page's title is the page's beginning.
  const isBegin = (/** @type {import('./reader.js').Section} */ { id, heading }) =>
    !id || unmarked(heading) === unmarked(title);
  const whole = sections.find(isBegin);
  const made = make(
    'li',
    {},
    link(
      hrefOf(url),
      part('title', ...marked(title || url)),
      ...(about ? [part('about', about)] : []),
      ...(whole?.snippet ? [part('snippet', ...marked(whole.snippet))] : []),
    ),
  );
  const inside = sections.filter((section) => !isBegin(section));
  if (inside.length)
    made.append(
      make(
        'ol',
        {},
        ...inside.map(({ id, heading, snippet }) =>
          make(
            'li',
            {},
            link(
              hrefOf(`${url}#${encodeURIComponent(id)}`),
              part('title', ...marked(heading || id)),
              part('snippet', ...marked(snippet)),
            ),
          ),
        ),
      ),
    );
  return made;
}

/** @param {Answer} answer @param {(route: string) => string} hrefOf */
export const resultList = ({ results }, hrefOf) =>
  make('ol', {}, ...results.map((result) => item(result, hrefOf)));
