// Marks of words: those by which the page differs from another version of it. They are drawn over
// the text; nothing in the document changes.

import { adoptSheet } from '../../base/adopt_sheet.js';
import { document } from '../../base/unclobbered.js';

/**
 * `kind`: the words are gone in the other version, come with this one, or are only other ones;
 * `words`: places in the texts of the page.
 * @typedef {[text: number, from: number, to: number]} Words
 * @typedef {{ kind: 'gone' | 'come' | 'other', words: Words[] }} Marks
 */

// Texts of a page: a longer one is marked as far as that.
const MOST = 20_000;
// Not by colour alone: a line through the words, or below them.
const SHEET = ['gone', 'come', 'other']
  .map((kind, at) => {
    const tint = ['#f7c5c0', '#b9e6c3', '#f6dd8b'][at];
    const line = at ? 'underline' : 'line-through';
    const style = at < 2 ? 'solid' : 'dotted';
    const decoration = `text-decoration-line:${line};text-decoration-style:${style}`;
    return `::highlight(meridian-${kind}){color:#000;background:${tint};${decoration}}`;
  })
  .join('');
const NOT_SHOWN = /^(script|style|template|noscript|textarea|title)$/i;

/** @type {Text[]} */
let nodes = [];

/** The texts of the page, in order. */
export function texts() {
  nodes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; nodes.length < MOST && (node = /** @type {Text | null} */ (walker.nextNode()));)
    if (node.data.trim() && !NOT_SHOWN.test(node.parentNode?.nodeName ?? '')) nodes.push(node);
  return nodes.map(({ data }) => data);
}

/** Marks words of these texts, and no others. @param {Marks} marks */
export function mark({ kind, words }) {
  // Browsers before 2024 show no marks.
  if (!globalThis.CSS?.highlights) return;
  if (!CSS.highlights.size) adoptSheet(document, SHEET);
  const ranges = words.flatMap(([text, from, to]) => {
    const node = nodes[text];
    if (!node || to > node.data.length) return [];
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [range];
  });
  CSS.highlights.clear();
  CSS.highlights.set(`meridian-${kind}`, new Highlight(...ranges));
}
