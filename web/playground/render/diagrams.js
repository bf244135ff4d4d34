// Draws diagrams of the page in view before the frame gets it, as images. While one is edited its
// last picture stands there until the next one is drawn; other diagrams stay as they are.

import { Artist, CODE, INVERTED, imageOf, mistakeOf } from '../../base/diagrams.js';
import { make } from '../../base/elements.js';
import { RELEASE } from '../../base/release.js';
import { escaped } from '../../base/util.js';

/** @typedef {import('../../base/diagrams.js').Drawing} Drawing */
/** @typedef {import('../../base/diagrams.js').Mistake} Mistake */

// A code block as the core writes it.
const BLOCKS = /<pre[^<>]*><code class="language-mermaid"[^<>]*>[^<]*<\/code><\/pre>/g;
// Each keystroke within a diagram makes another one, of some 30 KB. So many are kept, and all that
// were seen a moment ago, in milliseconds: those of the page in view.
const [MOST, UNSEEN] = [200, 10_000];
// A diagram is another one after an edit if that much of it is the same.
const SIMILAR = 0.5;
// What is asked for while diagrams are drawn: the page, and two edits.
const MOST_BATCHES = 3;
// A page that stands by itself has the theme's sheet, and its dark colours.
const DARK_PAGE = `@media screen{html[data-theme=dark] .meridian-diagram img{filter:${INVERTED}}}@media screen and (prefers-color-scheme:dark){html:not([data-theme=light]) .meridian-diagram img{filter:${INVERTED}}}`;

/**
 * Set by the loader of this module: a page has one policy of Trusted Types. `parse` makes an inert
 * document.
 * @type {{ folder: string, parse: (html: string) => Document }}
 */
export const given = { folder: '', parse: () => document };

/**
 * By its block: what stands there, and the last picture of the diagram that was edited until it was
 * this one; when that was seen last, in milliseconds.
 * @typedef {{ html: string, picture: string, seen: number }} State
 * @type {Map<string, State>}
 */
let known = new Map();
/** @type {Artist | undefined} */
let artist;

/** Another project: its diagrams have another frame. */
export function renew() {
  artist?.close();
  artist = undefined;
  known = new Map();
  batches = [];
}

/** The diagrams of a part. @param {string} html @returns {string[]} */
export const found = (html) => html.match(BLOCKS) ?? [];

/** The text between the tags of a block. @param {string} block */
const inner = (block) => block.replace(/<[^<>]*>/g, '');

/**
 * The part of the longer text, 0 to 1, that both have at their begins and ends.
 * @param {string} one
 * @param {string} other
 */
function similarity(one, other) {
  const shorter = Math.min(one.length, other.length);
  let [begin, end] = [0, 0];
  while (begin < shorter && one[begin] === other[begin]) begin++;
  while (end < shorter - begin && one.at(-1 - end) === other.at(-1 - end)) end++;
  return (begin + end) / Math.max(one.length, other.length);
}

/**
 * The picture of the diagram that this one was before an edit; '' if there is none.
 * @param {string} block
 * @param {Set<string>} shown diagrams that are not edited
 */
function pictureBefore(block, shown) {
  let [picture, best] = ['', SIMILAR];
  const text = inner(block);
  for (const [other, state] of known) {
    const similar = state.picture && !shown.has(other) ? similarity(text, inner(other)) : 0;
    if (similar >= best) [picture, best] = [state.picture, similar];
  }
  return picture;
}

/**
 * Keeps a diagram as the latest one that was seen.
 * @param {string} block
 * @param {State} state
 */
function keep(block, state) {
  const now = performance.now();
  known.delete(block);
  const [oldest] = known;
  if (known.size >= MOST && oldest[1].seen < now - UNSEEN) known.delete(oldest[0]);
  known.set(block, Object.assign(state, { seen: now }));
}

/**
 * The HTML with diagrams as images; `lacks` receives those that are to be drawn.
 * @param {string} html
 * @param {Set<string>} lacks
 */
export function finish(html, lacks) {
  const shown = new Set(found(html));
  return html.replace(BLOCKS, (block) => {
    let state = known.get(block);
    if (!state) {
      const picture = pictureBefore(block, shown);
      state = { html: picture || block, picture, seen: 0 };
      lacks.add(block);
    }
    keep(block, state);
    return state.html;
  });
}

/** @param {Drawing} drawing */
const pictureOf = (drawing) =>
  imageOf({ ...drawing, name: '' }).outerHTML.replace(
    'alt=""',
    () => `alt="${escaped(drawing.name)}"`,
  );

/**
 * What stands in place of a block after a mistake: the last picture, or the code.
 * @param {string} block
 * @param {string} picture
 * @param {Mistake} mistake
 */
const withMistake = (block, picture, mistake) =>
  `${picture ? `<div style="opacity:.4">${picture}</div>` : block}${mistakeOf(mistake).outerHTML}`;

/** Batches of diagrams that are drawn, one diagram of each in turn. @type {string[][]} */
let batches = [];

/**
 * Draws diagrams, for the next call.
 * @param {Set<string>} lacks
 */
export async function prepare(lacks) {
  const batch = [...lacks];
  batches.push(batch);
  // Each keystroke asks for a diagram. Those that the page still has are asked for again.
  if (batches.length > MOST_BATCHES)
    for (const block of batches.shift()?.splice(0) ?? []) known.delete(block);
  const project = known;
  for (let block; (block = batch.shift()) !== undefined;) {
    const drawing = await draw(given.parse(`<body>${block}`).querySelector('code'));
    const state = project.get(block);
    if (!state) continue;
    if ('reason' in drawing) state.html = withMistake(block, state.picture, drawing);
    else state.html = state.picture = pictureOf(drawing);
  }
  batches = batches.filter((other) => other !== batch);
}

/** @param {Element | null} code */
function draw(code) {
  artist ??= new Artist(new URL(`diagrams.html?${RELEASE}`, given.folder).href);
  return artist.draw(code?.textContent ?? '');
}

/**
 * Draws all diagrams of a document that will stand by itself.
 * @param {Document} page
 */
export async function setIn(page) {
  const codes = [...page.querySelectorAll(CODE)];
  for (const code of codes) {
    const drawing = await draw(code);
    const block = /** @type {Element} */ (code.parentElement);
    if ('reason' in drawing) block.after(mistakeOf(drawing));
    else block.replaceWith(imageOf(drawing));
  }
  if (codes.length) page.head.append(make('style', {}, DARK_PAGE));
}
