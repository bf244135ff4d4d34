// Below a note, the notes that link to it, and a picture of it and its neighbours; pages of tags.
// Delivered as `notes.js`, which the shell loads behind the text of a page that has a place for it.

import { escaped } from '../base/util.js';
import { prepared } from './prepared.js';

export { RELEASE as release } from '../base/release.js';

/**
 * `place`: gets what belongs below the note, and has the words for it; `url`: the note's address
 * from the site's root; `folder`: of the shell; `shards`: how many files of prepared links there
 * are, 0 for none; `pages`: what they are made of then, and `version` of the files that those are
 * made of; `parse` makes a body of HTML; `rewrite`: the addresses in it are written anew.
 * @typedef {{
 *   place: HTMLElement, url: string, root: string, folder: string, shards: number,
 *   pages: import('../engine/searchable_pages.js').Pages,
 *   version: () => number,
 *   parse: (html: string) => HTMLElement,
 *   rewrite: (scope: ParentNode) => void,
 * }} View
 */

// Notes that are read without being asked for: more of them would cost a visitor's host a request
// each.
const MOST = 100;

/** @type {{ version: number, links: Promise<import('./live.js').LiveLinks> } | undefined} */
let read;
/** All notes are read, however many there are. */
let asked = false;

/** Links of notes that are read here. @param {View} view */
async function live({ pages, root, version }) {
  if (read && read.version !== version()) read = undefined;
  if (!read) {
    const mine = (read = {
      version: version(),
      links: import('./live.js').then(({ readLinks }) => readLinks(pages, root.slice(0, -1))),
    });
    mine.links.then(
      () => (mine.version = version()), // sources have come meanwhile
      () => read === mine && (read = undefined),
    );
  }
  return read.links;
}

/** @param {View} view @param {string} html */
function fill({ place, parse, rewrite }, html) {
  const body = parse(html);
  rewrite(body);
  place.replaceChildren(...body.childNodes);
}

/**
 * A button that starts reading, in the place of what is read.
 * @param {View} view
 * @param {string} text
 */
function offer(view, text) {
  fill(view, `<button>${escaped(text)}</button>`);
  view.place.hidden = false;
  const button = /** @type {HTMLButtonElement} */ (view.place.firstChild);
  button.onclick = () => {
    asked = true;
    button.disabled = true;
    showLinks(view);
  };
}

/** @param {View} view */
async function htmlOf(view) {
  const { place, url, root, shards, pages } = view;
  const words = (place.dataset.words ?? '').split('|');
  if (shards) {
    let html = await prepared(shards, root, url);
    // Words and root are not known when it is written: their places are control characters.
    for (const [i, word] of words.entries())
      html = html?.replaceAll(String.fromCharCode(i + 1), () => escaped(word));
    return html?.replaceAll('href="/', () => `href="${escaped(root)}`);
  }
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (
    /** @type {unknown} */ (navigator)
  );
  if (!asked && (connection?.saveData || (await pages.count()) > MOST)) {
    offer(view, words[3]);
    return undefined;
  }
  return (await live(view)).write(url, words.join('|'));
}

/** @param {View} view */
export async function showLinks(view) {
  const { place, folder } = view;
  const html = await htmlOf(view);
  // Another page may be there by now.
  if (!html || !place.isConnected) return;
  fill(view, `<link rel="stylesheet" href="${escaped(folder)}notes.css">${html}`);
  const sheet = /** @type {HTMLLinkElement} */ (place.firstChild);
  sheet.onload = sheet.onerror = () => (place.hidden = false);
}
