// The content of the page in the frame: its parts, and which nodes belong to each.

import { held, patchBetween } from '../../base/dom_patch.js';
import { document, real } from '../../base/unclobbered.js';

/**
 * The HTML around the content, the offset of the content in it (-1: there is none), its parts, and
 * the last applied change.
 * @typedef {{ shell: string, at: number, parts: string[], turn: number }} Page
 */
/**
 * A change: from part `first` on, `gone` parts are replaced by `come`; `turn` numbers changes.
 * `anew`: repeats a change with highlighted code and formulas.
 * @typedef {{ first: number, gone: number, come: string[], turn: number, anew?: boolean }} Change
 */

// A comment before each part and after the last, with a random text that a page can't contain.
const MARK = `part ${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
const SIGN = `<!--${MARK}-->`;

/** @param {Node} node */
const isMark = (node) => node instanceof Comment && node.nodeValue === MARK;

/** What a person writes in, if the last node before this one has it. @param {ChildNode} [mark] */
function writtenBefore(mark) {
  let node = mark?.previousSibling;
  while (node instanceof Text && !node.nodeValue?.trim()) node = real(node).previousSibling;
  return node && held.element && real(node).contains(held.element) ? node : undefined;
}

/**
 * The marks in a tree, if there is one for each part and all have the same parent.
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
   * The parts' marks in the document, if they are siblings; otherwise each change shows the whole
   * page.
   * @type {ChildNode[]}
   */
  marks = [];
  /**
   * The same in the parsed page, which scripts may have changed in the document.
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

  /** Parses the page. */
  parse() {
    const { shell, at, parts } = this.page;
    // In a page without a layout the first mark would come before everything.
    const outside = shell.slice(0, Math.max(0, at));
    const before = outside.trim() ? outside : '<body>';
    const page = this.read(
      at < 0 ? shell : before + SIGN + parts.map((part) => part + SIGN).join('') + shell.slice(at),
    );
    this.prepare(page, false);
    return page;
  }

  /**
   * Finds the parts in the document after it has become the page.
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
     * Applies a change at these marks; false if that is impossible.
     * @param {ChildNode[]} marks
     * @param {ChildNode[]} nodes
     */
    const make = (marks, nodes) => {
      const begin = marks[first];
      const parent = begin?.parentElement;
      // A new block that was written on the page stands before the mark.
      const written = gone ? undefined : writtenBefore(begin);
      if (written) written.before(begin);
      // Nothing is removed: insert before the node after the mark.
      const end = gone ? marks[first + gone] : (written ?? begin)?.nextSibling;
      if (!parent || (gone && !end)) return false;
      patchBetween(parent, begin.nextSibling, end, nodes);
      // If no part replaces them, the mark after them is removed, too.
      if (gone && !come.length) end?.remove();
      /** @type {ChildNode[]} */
      const made = [];
      if (come.length)
        for (let node = begin.nextSibling; node && node !== end; node = real(node).nextSibling)
          if (isMark(node)) made.push(node);
      marks.splice(first + 1, come.length && gone ? gone - 1 : gone, ...made);
      return true;
    };
    // Without the tag a comment at the beginning would precede everything, and a style sheet would
    // be in the head.
    const page = this.read(`<body>${come.map((part) => part + SIGN).join('')}`);
    // Where parts are removed, the last mark exists already.
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
