// Writing on the page: an element is edited in place, and each change is reported as what became of
// the elements. The core finds the change of the source that makes it. What keys and buttons do is
// in page_writing.js.

import { held, patch, patchAttributes } from '../../base/dom_patch.js';
import { document } from '../../base/unclobbered.js';
import {
  caretIn,
  dropBlankEnd,
  htmlOf,
  isCode,
  isEmpty,
  isGone,
  seen,
  setCaret,
  withAll,
} from './page_blocks.js';
import { setWritten, unsetWritten } from './page_marks.js';
import { PagePictures } from './page_pictures.js';
import { isCell } from './page_table.js';
import { PageValue } from './page_value.js';

/**
 * @typedef {import('./page_messages.js').Place} Place
 * @typedef {import('./page_messages.js').Wrote} Wrote
 */

// Milliseconds until an edit that came too early is sent again, if no change of the page comes.
const AGAIN = 400;
// … and how often.
const TRIES = 20;

export class PageEdit {
  /** The element that is written in. @type {HTMLElement | undefined} */
  block = undefined;
  /** What the page's elements have become. @type {HTMLElement[]} */
  group = [];
  /** The numbers of the page's elements. @type {Map<Element, number>} */
  known = new Map();
  /** Their places, until the elements are others. @type {[HTMLElement, HTMLElement] | undefined} */
  ends = undefined;
  /** Where they are, until one of them is gone. @type {Place[]} */
  places = [];
  elements = 0;
  /** How often the last edit came too early. */
  early = 0;
  /** The elements of the edit that is on its way. @type {Element[] | undefined} */
  sent = undefined;
  /** Other elements are edited since. */
  taken = false;
  /** Something has changed since. */
  more = false;
  composing = false;
  /** An edit is in the source, and not on the page yet. */
  awaited = false;
  /** What waits for that: it needs the places of elements. @type {(() => void) | undefined} */
  next = undefined;
  /**
   * @param {() => { marks: ChildNode[], page: { turn: number } }} content
   * @param {(wrote: Wrote) => void} post
   * @param {() => void} show shows the page again, as its source says
   */
  constructor(content, post, show) {
    this.content = content;
    this.post = post;
    this.show = show;
    this.value = new PageValue(post);
    this.pictures = new PagePictures(post);
    held.patch = (from, to) =>
      this.patch(/** @type {HTMLElement} */ (from), /** @type {Element} */ (to));
    held.keeps = (node) =>
      this.has(node) && (this.isNewer || isGone(/** @type {Element} */ (node)));
  }

  /** The element that is written in. */
  get written() {
    return this.block ?? this.value.element;
  }

  /** @param {HTMLElement} block @param {number} [caret] */
  begin(block, caret) {
    this.end();
    this.take([block]);
    this.edit(block);
    if (caret !== undefined) setCaret(block, caret);
    this.post({ begins: true });
  }

  /** Moves the caret into a block. @param {HTMLElement} block */
  edit(block) {
    unsetWritten(this.block);
    this.block = held.element = block;
    setWritten(block);
    this.focus();
    const item = block.localName === 'li' && 'item';
    this.post({ within: isCell(block) ? 'table' : isCode(block) ? 'code' : item || '' });
  }

  /** Gives the block the focus, and keeps the caret. */
  focus() {
    const block = this.written;
    if (!block || document.activeElement === block) return;
    const selection = getSelection();
    const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = selection ?? {};
    block.focus({ preventScroll: true });
    // The focus may move the caret to the begin.
    if (anchorNode && focusNode && block.contains(anchorNode) && block.contains(focusNode))
      selection?.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  }

  /** Ends once all that was written is in the source. */
  leave() {
    this.value.end(true);
    this.settled(() => this.end());
  }

  end() {
    const { block, group } = this;
    if (!block) return;
    unsetWritten(block);
    block.blur();
    if (isCode(block)) dropBlankEnd(block);
    this.block = held.element = undefined;
    if (group.every(isGone) && this.known.size && !this.sent) this.send();
    for (const one of group) if (isEmpty(one) && group.length > 1) one.remove();
    this.group = [];
    this.sent = this.next = undefined;
    this.more = this.awaited = false;
    this.post({ ends: true });
  }

  /** These are elements of the page, as its source says. @param {HTMLElement[]} blocks */
  take(blocks) {
    this.taken = true;
    this.group = blocks;
    this.between(blocks);
    this.number(blocks.flatMap(withAll));
  }

  /**
   * The block before those that are edited belongs to them. Their numbers stay those of the page:
   * an emptied one has lost its elements here.
   * @param {HTMLElement} before
   */
  takeToo(before) {
    const own = withAll(before);
    const rest = [...this.known].map(
      ([element, at]) => /** @type {const} */ ([element, own.length + at]),
    );
    this.known = new Map([...own.map((one, at) => /** @type {const} */ ([one, at])), ...rest]);
    this.elements += own.length;
    this.taken = true;
    this.group = [before, ...this.group];
    this.ends = [before, this.ends?.[1] ?? before];
    this.find();
  }

  /** @param {HTMLElement[]} blocks */
  between(blocks) {
    this.ends = [blocks[0], blocks[blocks.length - 1]];
    this.places = [];
    this.find();
  }

  /** Where the elements are now. */
  find() {
    const places = (this.ends ?? []).map((end) => this.placeOf(end));
    if (places.every((place) => place)) this.places = /** @type {Place[]} */ (places);
    return this.places;
  }

  /** @param {Element[]} elements */
  number(elements) {
    this.known = new Map(elements.map((element, at) => [element, at]));
    this.pictures.keep(this.known);
    this.elements = elements.length;
  }

  /** @param {Element} element @returns {Place | undefined} */
  placeOf(element) {
    const { marks } = this.content();
    if (!document.contains(element)) return undefined;
    const follows = (/** @type {Node} */ a, /** @type {Node} */ b) =>
      !!(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
    const part = marks.filter((mark) => follows(mark, element)).length - 1;
    if (part < 0 || part + 1 >= marks.length) return undefined;
    const { localName } = element;
    const others = [...document.querySelectorAll(localName)];
    const before = others.filter((one) => follows(marks[part], one) && follows(one, element));
    return [part, localName, before.length];
  }

  // ---- changes ----

  /** Something was typed. */
  changed() {
    if (!this.block || this.composing) return;
    this.more = true;
    if (!this.sent) this.send();
  }

  send() {
    const { elements, group } = this;
    const [first, last] = this.find();
    const blocks = group.filter((block) => !isGone(block));
    // Until it is left, a block may be empty.
    this.more = false;
    if (!first || !last || (!blocks.length && this.block)) return;
    this.taken = false;
    const { known, pictures } = this;
    /** @type {Element[]} */
    const written = (this.sent = []);
    const html = blocks.map((block) => htmlOf(block, { known, pictures, written })).join('');
    this.post({ edit: { first, last, elements, html, turn: this.content().page.turn } });
  }

  /** @param {boolean} done @param {boolean} refused */
  answered(done, refused) {
    const { sent, block, group } = this;
    this.sent = undefined;
    if (!sent || !block) return;
    const stuck = !done && !refused && ++this.early > TRIES;
    if (stuck) this.post({ stuck });
    if (refused || stuck) return this.restore();
    if (done) for (const one of sent) this.pictures.changed.delete(one);
    if (done && this.taken) {
      this.early = 0;
    } else if (done) {
      // What was written is the page now: the next change is one of these elements.
      const blocks = group.filter((one) => sent.includes(one));
      const own = blocks.some((one) => one.contains(block)) ? [block] : blocks;
      if (own.length) this.between(own);
      this.early = 0;
      this.group = group.flatMap((one) =>
        sent.includes(one) ? own.filter((other) => one.contains(other)) : [one],
      );
      // Those that have gone since are still in the source.
      const isOwn = (/** @type {Element} */ element) =>
        !document.contains(element) || own.some((one) => one.contains(element));
      this.number(sent.filter(isOwn));
    } else {
      this.more = true;
      setTimeout(() => this.block && this.more && !this.sent && this.send(), AGAIN);
    }
    if (this.more && done) this.send();
    else this.goOn();
  }

  /** The page has changed. */
  shown() {
    this.awaited = false;
    if (this.block && !document.contains(this.block)) return this.end();
    if (this.more && !this.sent) this.send();
    else this.goOn();
  }

  /** Acts once the page is what was written. @param {() => void} act */
  settled(act) {
    this.next = act;
    this.goOn();
  }

  goOn() {
    const { next } = this;
    if (!next || (this.block && (this.sent || this.more || this.awaited))) return;
    this.next = undefined;
    this.find(); // elements that are replaced have no place any more
    next();
  }

  /** The change can't be written: shows the page as it is. */
  restore() {
    const { block } = this;
    const [place] = this.find();
    this.early = 0;
    this.more = this.awaited = false;
    const caret = block ? caretIn(block) : 0;
    this.block = held.element = undefined;
    this.group = [];
    this.show();
    if (!place) return;
    const { marks } = this.content();
    for (const one of document.querySelectorAll(place[1])) {
      const there = this.placeOf(one);
      if (!(one instanceof HTMLElement) || `${there}` !== `${place}` || !marks.length) continue;
      unsetWritten(one);
      this.take([one]);
      this.edit(one);
      return setCaret(one, Math.max(0, caret - 1));
    }
  }

  /** Whether a node is one of those that are edited. @param {Node | undefined} node */
  has(node) {
    return this.group.some((block) => block === node);
  }

  /** What was typed since is newer than the page. */
  get isNewer() {
    return this.composing || this.more || !!this.sent;
  }

  /**
   * The page has another version of an element.
   * @param {HTMLElement} from
   * @param {Element} to
   * @returns {boolean} false: it is patched as any other
   */
  patch(from, to) {
    if (from === this.value.element) return true;
    const isNewer = this.has(from) && this.isNewer;
    if (!isNewer && from !== this.block) return false;
    // Code may have other colours now.
    const same = seen(from) === seen(to) && (!isCode(from) || from.textContent !== to.textContent);
    if (isNewer || same) {
      // By its id a header is found again.
      if (to.id) from.id = to.id;
      return true;
    }
    const caret = caretIn(from);
    // Without the marks the element would lose the focus.
    setWritten(/** @type {HTMLElement} */ (to));
    patchAttributes(from, to);
    patch(from, to);
    this.take([from]);
    setCaret(from, caret);
    return true;
  }
}
