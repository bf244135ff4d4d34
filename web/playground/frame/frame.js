// The script of the frame that shows the page: a document without an origin. It gets pages and
// changes, requests their files, and reports followed links. untrusted.js or trusted.js starts it
// and decides what a page may contain.

import { INVERTED } from '../../base/diagrams.js';
import { isDark, perhaps } from '../../base/util.js';
import { patch, patchAttributes } from '../../base/dom_patch.js';
import { tellPatched } from '../../base/patches.js';
import { PAGE, readAtOnce } from '../../base/html_slices.js';
import { parse, trusted } from '../../base/trusted_html.js';
import { Content } from './content.js';
import { ownOf } from './page_own.js';
import { keepPictures, markPictures, pictures } from './picture_marks.js';
import { mark, texts } from './word_marks.js';
import { scrollToPlace, watchPlaces } from './scroll_positions.js';
import { document, real } from '../../base/unclobbered.js';
import { give, run, settleGlobes, supplyBy } from './globe_assets.js';
import { HERE, askBy, forget, heldBack, rewriteUrls, showBy, putFiles } from './resources.js';
import { WritingOnUse } from './writing_on_use.js';

/**
 * To the frame: a page to show, what changed in its parts (said again to who has heard it by
 * `line`), or files that it asked for. `base`: the page's address; null: there is no such file.
 * `run`: a script of the theme; `bytes`: a file for it.
 * @typedef {{ page?: import('./content.js').Page & { base: string }, change?:
 *   import('./content.js').Change, fresh?: boolean, files?: [path: string, bytes: Uint8Array |
 *   null, type: string][], scheme?: string, forget?: string[],
 *   run?: string, bytes?: [path: string, bytes: Uint8Array | null], scroll?:
 *     import('./scroll_positions.js').Place, line?: MessagePort, write?:
 *     import('./page_messages.js').Write, ask?: 'shown', mark?: import('./word_marks.js').Marks }}
 * ToFrame
 * From it: for each page, change, files or `forget`, in their order, what of the page is not shown,
 * and how many milliseconds that took; files that it lacks, the address of a link, whether it needs
 * another frame; for the theme's scripts their names, and files; where the reader scrolls to and
 * points at; its texts and pictures. `missed`: what has its colours now has another place here.
 * @typedef {{ need?: string[], go?: string, again?: boolean, held?: ReturnType<typeof heldBack> & {
 *   cut?: boolean }, took?: number, missed?: boolean, script?: string, bytes?: string,
 *   scrolled?: import('./scroll_positions.js').Place, pointed?: [place:
 *     import('./scroll_positions.js').Place, text: string],
 *     wrote?: import('./page_messages.js').Wrote, shown?: { texts: string[],
 *     pictures: string[] } }} FromFrame
 */

/**
 * How this frame shows pages. `sanitize`: what one goes through before it is shown; `write`:
 * whether it becomes the document, rather than what the document is made the same as.
 * @typedef {import('./resources.js').Mode & { sanitize?: (page: Document) => void, write?: (page:
 *   Document, base: string, written: () => void) => boolean }} Mode
 */
/** @type {Mode} */
let mode;
let base = '/';
/** True if the end of the page was omitted. */
let cut = false;

/** @param {string} html */
function read(html) {
  if (mode.own) return parse(html);
  const slices = readAtOnce(html, PAGE, (piece) => trusted.createHTML(piece));
  cut ||= slices.cut;
  return slices.page;
}

/** Prepares all HTML before it is put into the document. */
const content = new Content(read, (root, part) => {
  rewriteUrls(root, base, part);
  mode.sanitize?.(root);
});
const edit = new WritingOnUse(
  () => content,
  (wrote) => post({ wrote }),
  () => show(false),
  () => post({ script: 'writing' }),
);
/** @type {MessagePort} */
let port;
/** The port to the core's worker. @type {MessagePort | undefined} */
let line;
/** The last change from there, and its time in milliseconds. */
let ahead = { turn: 0, took: 0 };

/** @param {FromFrame} message */
export const post = (message) => port.postMessage(message);
askBy((need) => post({ need }));
supplyBy(
  (script) => post({ script }),
  (bytes) => post({ bytes }),
);

/** @param {boolean} fresh another page than before */
function show(fresh) {
  cut = false;
  const page = content.parse();
  settleGlobes(page, base);
  // Until the page is shown no changes are applied.
  content.marks = [];
  if (mode.write?.(page, base, () => content.find(document.body, page.body))) return;
  const { documentElement, head, body } = document;
  // A frameset page has no body.
  const next = page.body ?? page.createElement('body');
  const scheme = documentElement.getAttribute('data-theme');
  patchAttributes(documentElement, page.documentElement);
  patchAttributes(body, next);
  if (scheme) documentElement.setAttribute('data-theme', scheme);
  // The frame's policy still applies after its element is removed.
  patch(head, page.head);
  patch(body, next);
  content.find(body);
  if (fresh) scrollTo(0, 0);
}

/**
 * Tells whether a part needs a patch of the whole page: it contains elements that are compared with
 * the page.
 * @param {string} part
 */
const needsWhole = (part) =>
  (mode.own ? /<(script|meridian-globe)/i : /<meridian-globe/i).test(part);

/** Applies a change, unless it was applied before. @param {import('./content.js').Change} change */
function make(change) {
  const later = change.turn - content.page.turn;
  if (later > 0 || (later === 0 && change.anew))
    return void (content.change(change, needsWhole) || show(false));
  // The parts have other positions by now.
  if (change.anew) post({ missed: true });
}

/**
 * Listens to the worker's port, where changes arrive earlier. A change whose predecessor is missing
 * comes once more through the page's port, in order.
 * @param {MessagePort} another
 */
function listenTo(another) {
  line?.close();
  line = another;
  // A new worker counts from the beginning: until the next page, or change, none is next.
  content.page.turn = -1;
  line.onmessage = ({ data: { change } }) => {
    if (change.turn !== content.page.turn + 1) return;
    const begin = performance.now();
    make(change);
    ahead = { turn: change.turn, took: performance.now() - begin };
    edit.shown();
  };
}

/** The page's own script for diagrams does not run here. */
function shadeDiagrams() {
  for (const place of document.querySelectorAll('.meridian-diagram')) {
    const image = place.querySelector('img');
    if (image) image.style.filter = isDark(place) ? INVERTED : '';
  }
}

/** @param {MessageEvent<ToFrame>} event */
function hear({ data }) {
  const begin = performance.now();
  if (data.line) listenTo(data.line);
  if (data.run) run(data.run);
  if (data.bytes) give(...data.bytes);
  if (data.forget) forget(data.forget);
  if (data.files) putFiles(data.files);
  if (data.scheme !== undefined) document.documentElement.setAttribute('data-theme', data.scheme);
  if (data.page) {
    ({ base } = data.page);
    content.page = data.page;
  }
  const { page, change, files, forget: gone } = data;
  if (change) make(change);
  else if (page || files || gone) show(!!data.fresh);
  if (data.write) edit.hear(data.write);
  shadeDiagrams();
  if (page || change || files || gone) {
    keepPictures();
    edit.shown();
    tellPatched();
    post({
      held: { ...heldBack(), cut },
      took: change?.turn === ahead.turn && !change.anew ? ahead.took : performance.now() - begin,
    });
  }
  if (data.scroll) scrollToPlace(content.marks, data.scroll);
  if (data.ask) post({ shown: { texts: texts(), pictures: pictures() } });
  if (data.mark) {
    if (markPictures(data.mark.kind, data.mark.pictures)) show(false);
    keepPictures();
    mark(data.mark);
  }
}

// Milliseconds in which a second click may come, which asks for the source of a footnote's mark:
// the page stays where it is.
const DOUBLE_CLICK = 300;
let jumping = 0;

/** @param {MouseEvent} event */
function follow(event) {
  // Also within a globe, SVG and MathML.
  const link = event
    .composedPath()
    .find(
      (node) =>
        node instanceof Element &&
        ['href', 'xlink:href'].some((name) => real(node).hasAttribute(name)),
    );
  if (!(link instanceof Element) || event.defaultPrevented) return;
  event.preventDefault();
  const href = link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? '';
  try {
    if (!href.startsWith('#'))
      return post({ go: new URL(href, HERE + base).href.replace(HERE, '') });
    const id = decodeURIComponent(href.slice(1));
    const jump = () =>
      (document.getElementById(mode.ids + id) ?? document.getElementById(id))?.scrollIntoView();
    clearTimeout(jumping);
    if (!event.detail || !ownOf(link)) jump();
    else if (event.detail < 2) jumping = window.setTimeout(jump, DOUBLE_CLICK);
  } catch {
    // An invalid address leads nowhere.
  }
}

/** Reports the reader's actions. A document that is written again has lost its listeners. */
export function listen() {
  edit.listen();
  document.addEventListener('click', follow);
  document.addEventListener('submit', (event) => event.preventDefault());
  watchPlaces(
    () => content.marks,
    (scrolled) => post({ scrolled }),
    (place, text) => post({ pointed: [place, text] }),
  );
}

/** @param {Mode} chosen */
export function begin(chosen) {
  // With an origin, untrusted content could read the site's storage: without the sandbox attribute
  // nothing is shown.
  if (self.origin !== 'null' || parent === window)
    return document.body.append('A part of the playground, which shows nothing by itself.');
  showBy((mode = chosen));
  // A page beside this document; for a `srcdoc`, the page that wrote it.
  const home = new URL(document.baseURI).origin;
  // Only the page that created this frame may hand over a port.
  addEventListener('message', (event) => {
    if (event.source !== parent || event.origin !== home || !event.ports[0] || port) return;
    port = event.ports[0];
    port.onmessage = hear;
  });
  // Another document in its place would not know the mark.
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', shadeDiagrams);
  parent.postMessage({ ready: location.hash || document.documentElement.dataset.mark }, home);
  perhaps(() => history.replaceState(null, '', location.href.replace(/[?#].*/s, '')));
  listen();
}
