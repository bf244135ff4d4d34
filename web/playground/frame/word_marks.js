// Marks of words: those by which the page differs from another version of it. They are drawn over
// the text; nothing in the document changes.

import { adoptSheet } from '../../base/adopt_sheet.js';
import { document } from '../../base/unclobbered.js';

/**
 * `kind`: what is marked is gone in the other version, comes with this one, or is only other;
 * `words`: places in the texts of the page; `sheet`: how marks look, sent by the page outside.
 * @typedef {[text: number, from: number, to: number]} Words
 * @typedef {{ kind: 'gone' | 'come' | 'other', words: Words[], pictures:
 *   import('./picture_marks.js').Marked[], sheet: string }} Marks
 */

// Texts of a page: a longer one is marked as far as that.
const MOST = 20_000;
const NOT_SHOWN = /^(script|style|template|noscript|textarea|title)$/i;

/** @type {Text[]} */
let nodes = [];
let dressed = false;

/** The texts of the page, in order. */
export function texts() {
  nodes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; nodes.length < MOST && (node = /** @type {Text | null} */ (walker.nextNode()));)
    if (node.data.trim() && !NOT_SHOWN.test(node.parentNode?.nodeName ?? '')) nodes.push(node);
  return nodes.map(({ data }) => data);
}

/** Marks words of these texts, and no others. @param {Marks} marks */
export function mark({ kind, words, sheet }) {
  if (!dressed) adoptSheet(document, sheet);
  dressed = true;
  // Browsers before 2024 show no marks of words.
  if (!globalThis.CSS?.highlights) return;
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
