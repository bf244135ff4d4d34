// The content of the page in the frame: its parts, and which nodes are whose.

import { patchBetween } from '../../base/dom_patch.js';
import { document, real } from '../../base/unclobbered.js';

/**
 * The page around the content, where in it the content belongs (-1: there is none apart), its
 * parts, and the last change that it knows.
 * @typedef {{ shell: string, at: number, parts: string[], turn: number }} Page
 */
/**
 * Parts from `first` on, so many that go, and others that come; `turn` counts changes. `anew`: the
 * same as that one, which has its colours now.
 * @typedef {{ first: number, gone: number, come: string[], turn: number, anew?: boolean }} Change
 */

// A comment stands before each part and behind the last. Another can't be taken for it.
const MARK = `part ${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
const SIGN = `<!--${MARK}-->`;

/** @param {Node} node */
const isMark = (node) => node instanceof Comment && node.nodeValue === MARK;

/**
 * The marks in a tree, if they are those of so many parts and stand beside each other.
 * @param {Element} body
 * @param {number} parts
 * @returns {ChildNode[]}
 */
function marksIn(body, parts) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  /** @type {ChildNode[]} */
  const marks = [];
  for (let node; (node = walker.nextNode());)
    if (isMark(node)) marks.push(/** @type {Comment} */ (node));
  return marks.length === parts + 1 &&
    marks.every(({ parentNode }) => parentNode === marks[0].parentNode)
    ? marks
    : [];
}

export class Content {
  /** @type {Page} */
  page = { shell: '', at: -1, parts: [], turn: 0 };
  /**
   * The marks of the parts in the document, as far as they stand beside each other: else each
   * change is shown as a whole page.
   * @type {ChildNode[]}
   */
  marks = [];
  /**
   * The same in the page as it was parsed, where scripts may have made something else of it.
   * @type {ChildNode[]}
   */
  sources = [];

  /**
   * @param {(html: string) => Document} read
   * @param {(root: Document, part: boolean) => void} prepare what is done to all that is read: a
   *   page,
   *   or part of one
   */
  constructor(read, prepare) {
    this.read = read;
    this.prepare = prepare;
  }

  /** The page as a document. */
  parse() {
    const { shell, at, parts } = this.page;
    // Of a page without a layout the first mark would stand before all.
    const outside = shell.slice(0, Math.max(0, at));
    const before = outside.trim() ? outside : '<body>';
    const page = this.read(
      at < 0 ? shell : before + SIGN + parts.map((part) => part + SIGN).join('') + shell.slice(at),
    );
    this.prepare(page, false);
    return page;
  }

  /**
   * Finds the parts in the document, which is the page now.
   * @param {Element} body
   * @param {Element} [source] what scripts have made that of: changes are made in both
   */
  find(body, source) {
    const { at, parts } = this.page;
    [this.marks, this.sources] = [body, source].map((tree) =>
      tree && at >= 0 ? marksIn(tree, parts.length) : [],
    );
  }

  /**
   * @param {Change} change
   * @param {(part: string) => boolean} needsWhole
   * @returns {boolean} false: the page has to be shown as a whole
   */
  change({ first, gone, come, turn }, needsWhole) {
    this.page.turn = turn;
    if (!gone && !come.length) return true;
    const left = this.page.parts.splice(first, gone, ...come);
    if (left.some(needsWhole) || come.some(needsWhole)) return false;
    /**
     * The change where these marks are; false: it can't be made.
     * @param {ChildNode[]} marks
     * @param {ChildNode[]} nodes
     */
    const make = (marks, nodes) => {
      const begin = marks[first];
      const parent = begin?.parentElement;
      // Nothing goes: they come before what stands behind the mark.
      const end = gone ? marks[first + gone] : begin?.nextSibling;
      if (!parent || (gone && !end)) return false;
      patchBetween(parent, begin.nextSibling, end, nodes);
      // Without any part in their place the mark behind them goes, too.
      if (gone && !come.length) end?.remove();
      /** @type {ChildNode[]} */
      const made = [];
      if (come.length)
        for (let node = begin.nextSibling; node && node !== end; node = real(node).nextSibling)
          if (isMark(node)) made.push(node);
      marks.splice(first + 1, come.length && gone ? gone - 1 : gone, ...made);
      return true;
    };
    // Without the tag a comment at the beginning would stand before all, a sheet in the head.
    const page = this.read(`<body>${come.map((part) => part + SIGN).join('')}`);
    // Where parts go, the last mark is there already.
    const { lastChild } = page.body;
    if (gone && come.length && lastChild) real(lastChild).remove();
    this.prepare(page, true);
    const nodes = [...page.body.childNodes];
    if (nodes.filter(isMark).length !== Math.max(0, come.length - (gone ? 1 : 0))) return false;
    const copies = this.sources.length
      ? nodes.map((node) => /** @type {ChildNode} */ (real(node).cloneNode(true)))
      : [];
    const made = make(this.marks, nodes);
    if (made && this.sources.length) make(this.sources, copies);
    return made;
  }
}
