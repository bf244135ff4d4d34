// The content of the page in the frame: its parts, and which nodes are whose.

import { patchBetween } from '../patch.js';
import { trusted } from '../trusted.js';

/** What stands around the content, where in it that belongs (-1: there is none apart), its parts, and the last change that it knows. @typedef {{ shell: string, at: number, parts: string[], turn: number }} Page */
/** Parts from `first` on, so many that go, and others that come; `turn` counts changes. @typedef {{ first: number, gone: number, come: string[], turn: number }} Change */

// A comment stands before each part and behind the last. Another can't be taken for it.
const MARK = `part ${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
const SIGN = `<!--${MARK}-->`;

/** @param {Node} node */
const isMark = (node) => node.nodeType === Node.COMMENT_NODE && node.nodeValue === MARK;

/** A document that runs nothing and loads nothing. @param {string} html */
const parse = (html) => new DOMParser().parseFromString(trusted.createHTML(html), 'text/html');

export class Content {
  /** @type {Page} */
  page = { shell: '', at: -1, parts: [], turn: 0 };
  /** The marks of the parts in the document, as far as they stand beside each other: else each change is shown as a whole page. @type {ChildNode[]} */
  marks = [];

  /** @param {(root: Document, part: boolean) => void} lead what is done to all that is parsed: a page, or part of one */
  constructor(lead) {
    this.lead = lead;
  }

  /** The page as a document. */
  parse() {
    const { shell, at, parts } = this.page;
    // Of a page without a layout the first mark would stand before all.
    const outside = shell.slice(0, Math.max(0, at));
    const before = outside.trim() ? outside : '<body>';
    const page = parse(at < 0 ? shell : before + SIGN + parts.map((part) => part + SIGN).join('') + shell.slice(at));
    this.lead(page, false);
    return page;
  }

  /** Finds the parts in the document, which is the page now. @param {Element} body */
  find(body) {
    this.marks = [];
    if (this.page.at < 0) return;
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
    /** @type {ChildNode[]} */
    const marks = [];
    for (let node; (node = walker.nextNode()); ) if (isMark(node)) marks.push(/** @type {Comment} */ (node));
    const whole = marks.length === this.page.parts.length + 1 && marks.every(({ parentNode }) => parentNode === marks[0].parentNode);
    if (whole) this.marks = marks;
  }

  /** @param {Change} change @param {(part: string) => boolean} needsWhole @returns {boolean} false: the page has to be shown as a whole */
  change({ first, gone, come, turn }, needsWhole) {
    this.page.turn = turn;
    if (!gone && !come.length) return true;
    const left = this.page.parts.splice(first, gone, ...come);
    if (left.some(needsWhole) || come.some(needsWhole)) return false;
    const begin = this.marks[first];
    const parent = begin?.parentElement;
    // Nothing goes: they come before what stands behind the mark.
    const end = gone ? this.marks[first + gone] : begin?.nextSibling;
    if (!parent || (gone && !end)) return false;
    // Without the tag a comment at the beginning would stand before all, a sheet in the head.
    const page = parse(`<body>${come.map((part) => part + SIGN).join('')}`);
    // Where parts go, the last mark is there already.
    if (gone && come.length) page.body.lastChild?.remove();
    this.lead(page, true);
    const nodes = [...page.body.childNodes];
    if (nodes.filter(isMark).length !== Math.max(0, come.length - (gone ? 1 : 0))) return false;
    patchBetween(parent, begin.nextSibling, end, nodes);
    // Without any part in their place the mark behind them goes, too.
    if (gone && !come.length) end?.remove();
    /** @type {ChildNode[]} */
    const made = [];
    if (come.length) for (let node = begin.nextSibling; node && node !== end; node = node.nextSibling) if (isMark(node)) made.push(node);
    this.marks.splice(first + 1, come.length && gone ? gone - 1 : gone, ...made);
    return true;
  }
}
