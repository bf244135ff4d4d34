// The search of a site, delivered as `search.js`: what the button and the keys open.

import { own } from '../base/elements.js';
import { same } from '../base/release.js';
import { SearchDialog } from './dialog.js';
import { preparedIndex } from './prepared.js';
import { Reader } from './reader.js';
import { stemOf } from './stems.js';
import { wordsOf } from './words.js';

export { RELEASE as release } from '../base/release.js';

/**
 * `root`: the path at which the site begins; `hrefOf`: the address of a route, where it is not
 * root + route. `pages`: what an index is made of where none was `prepared`, and `version` of the
 * files that they are made of.
 * @typedef {{
 *   root: string,
 *   hrefOf?: (route: string) => string,
 *   prepared?: boolean | Promise<boolean>,
 *   pages?: import('../engine/searchable_pages.js').Pages,
 *   version?: () => number,
 * }} Site
 */

/** The dialog, by the language of the page. @type {Map<string, SearchDialog>} */
const dialogs = new Map();

/** The version of the files when a live index was complete. */
let indexed = -1;
/** @type {Promise<Reader> | undefined} */
let opened;
/** What is shown of an index that grows. @type {(text: [number, number] | undefined) => void} */
let tell = () => {};

/** @param {Site} site @returns {Promise<Reader>} */
async function openLive({ pages, version = () => 0 }) {
  if (!pages) throw new Error('There is no index.');
  const { liveIndex } = await import('./live.js').then(same);
  /** @type {{ reader?: Reader, head?: Uint8Array }} */
  const shown = {};
  const source = await liveIndex(pages, (head, done, all) => {
    if (head) {
      shown.head = head;
      shown.reader?.show(head);
    }
    if (done === all) indexed = version();
    tell(done === all ? undefined : [done, all]);
  });
  const reader = await Reader.open(source);
  // The index may have grown while that was opened.
  if (shown.head) reader.show(shown.head);
  return (shown.reader = reader);
}

/** @param {Site} site */
async function openIndex(site) {
  const { prepared = true, pages } = site;
  if (!(await prepared)) return openLive(site);
  const reading = Reader.open(preparedIndex(site.root));
  return pages ? reading.catch(() => openLive(site)) : reading;
}

/** @param {Site} site */
function finder(site) {
  opened ??= openIndex(site);
  opened.catch(() => (opened = undefined)); // the next search tries again
  return opened;
}

/** @param {Site} site */
export async function openSearch(site) {
  const { root, hrefOf = (/** @type {string} */ route) => root + route.replace(/^\//, '') } = site;
  const { lang } = own('documentElement');
  stemOf(lang); // with the first files
  let dialog = dialogs.get(lang);
  if (!dialog) {
    dialog = new SearchDialog(await wordsOf(lang), lang, hrefOf, () => finder(site));
    dialogs.set(lang, dialog);
  }
  if (indexed >= 0 && site.version && indexed !== site.version()) {
    opened = undefined;
    indexed = -1;
  }
  tell = (progress) => dialog?.progress(progress);
  dialog.show();
}
