// Writing on the page: an element is edited in place, and each change is reported as what became of
// the elements. The core finds the change of the source that makes it.

import { held, patch, patchAttributes } from '../../base/dom_patch.js';
import { document, real } from '../../base/unclobbered.js';
import {
  BLOCKS,
  INLINE,
  WITHIN,
  caretIn,
  htmlOf,
  insertText,
  isEmpty,
  isNamed,
  isPlain,
  nameOf,
  seen,
  setCaret,
  typeOver,
  withAll,
} from './page_blocks.js';
import { PagePictures, sourceOf } from './page_pictures.js';
import { PageValue } from './page_value.js';

/**
 * @typedef {import('./page_messages.js').Place} Place
 * @typedef {import('./page_messages.js').Write} Write
 * @typedef {import('./page_messages.js').Wrote} Wrote
 */

// Enter makes another of them.
const REPEATED = /^(p|li)$/;
const HEADING = /^h[1-6]$/;
// Milliseconds until an edit that came too early is sent again, if no change of the page comes.
const AGAIN = 400;
// … and how often.
const TRIES = 20;
// Milliseconds that one waits until an edit is on the page: one with an error is not shown.
const LONGEST = 2000;

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
    held.keeps = (node) => this.has(node) && (this.isNewer || isEmpty(node));
  }

  /**
   * Listens to the document, which may be a new one. What a script of the page dispatches is
   * nobody's writing.
   */
  listen() {
    /** @type {Record<string, (event: any) => void>} */
    const acts = {
      dblclick: (event) => this.pick(event),
      click: (event) => {
        if (!this.written) return;
        const inside = event.target instanceof Node && this.written.contains(event.target);
        // Neither a link nor the source is meant.
        event.preventDefault();
        if (!inside) this.pick(event);
      },
      keydown: (event) => this.press(event),
      beforeinput: (event) => this.before(event),
      input: () => this.changed(),
      compositionstart: () => (this.composing = true),
      compositionend: () => {
        this.composing = false;
        this.changed();
      },
    };
    // A click on the page moves the focus to the source for a moment; it comes back to the window.
    addEventListener('focus', () => this.focus());
    for (const [name, act] of Object.entries(acts))
      document.addEventListener(name, (event) => event.isTrusted && act(event), {
        capture: name === 'click',
      });
  }

  /** The element that is written in. */
  get written() {
    return this.block ?? this.value.element;
  }

  /** @param {Write} message */
  hear({ begin, end, value, done, same, refused, late, format, url, text, picture, added }) {
    if (begin) this.beginInView();
    if (end) this.leave();
    if (value) this.value.begin();
    if (picture || added || format || text)
      this.settled(() => {
        const { block, pictures } = this;
        // Meanwhile the block may have gone.
        const there = !!block && (!picture || pictures.set(picture, block));
        if (!there || (added && !pictures.add(added, block))) return this.post({ lost: true });
        if (format) this.format(format, url);
        if (text) this.insert(text);
        if (picture || added) this.changed();
      });
    if (done && !same) this.awaited = true;
    if (this.awaited) setTimeout(() => this.block && this.shown(), LONGEST);
    if (done || refused || late) this.answered(!!done, !!refused);
  }

  /** @param {MouseEvent} event */
  pick({ target, type }) {
    if (!(target instanceof Element)) return;
    const image = type === 'dblclick' && target instanceof HTMLImageElement ? target : undefined;
    if (this.written?.contains(target)) return image && this.pictures.ask(image);
    this.value.end(true);
    const block = real(target).closest(BLOCKS);
    if (block instanceof HTMLElement && this.placeOf(block))
      return this.settled(() => {
        this.begin(block);
        if (image) this.pictures.ask(image);
      });
    if (this.block && type === 'click') return this.leave();
    this.settled(() => {
      this.end();
      this.value.ask(target, image && sourceOf(image));
    });
  }

  /** The first block in view, or that of the selection. */
  beginInView() {
    const { anchorNode } = getSelection() ?? {};
    const chosen = anchorNode?.parentElement?.closest(BLOCKS);
    const blocks = [chosen, ...document.querySelectorAll(BLOCKS)];
    for (const block of blocks)
      if (
        block instanceof HTMLElement &&
        this.placeOf(block) &&
        (block === chosen || block.getBoundingClientRect().top >= 0)
      )
        return this.begin(block, 0);
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
    this.block?.removeAttribute('contenteditable');
    this.block = held.element = block;
    block.contentEditable = 'true';
    this.focus();
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
    block.removeAttribute('contenteditable');
    block.blur();
    this.block = held.element = undefined;
    if (group.every(isEmpty) && this.known.size && !this.sent) this.send();
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
    const blocks = group.filter((block) => !isEmpty(block));
    // Until it is left, a block may be empty.
    this.more = false;
    if (!first || !last || (!blocks.length && this.block)) return;
    this.taken = false;
    this.sent = blocks.flatMap(withAll);
    const html = blocks.map((block) => htmlOf(block, this)).join('');
    this.post({ edit: { first, last, elements, html, turn: this.content().page.turn } });
  }

  /** @param {boolean} done @param {boolean} refused */
  answered(done, refused) {
    const { sent, block, group } = this;
    this.sent = undefined;
    if (!sent || !block) return;
    if (refused || ++this.early > TRIES) return this.restore();
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
      const all = new Set(own.flatMap((one) => [...withAll(one)]));
      this.number(sent.filter((element) => all.has(element)));
    } else {
      this.more = true;
      setTimeout(() => this.block && this.shown(), AGAIN);
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
      one.removeAttribute('contenteditable');
      this.take([one]);
      this.edit(one);
      return setCaret(one, Math.max(0, caret - 1));
    }
  }

  // ---- keys ----

  /** @param {KeyboardEvent} event */
  press(event) {
    const { key, ctrlKey, metaKey, shiftKey, altKey, isComposing } = event;
    if (isComposing) return;
    if (this.value.element) return this.value.press(event) && event.preventDefault();
    const act = () => {
      if (key === 'F2') return () => (this.block ? this.leave() : this.beginInView());
      if (!this.block) return undefined;
      if (key === 'Escape') return () => this.leave();
      if (key === 'Backspace' && caretIn(this.block) === 0 && getSelection()?.isCollapsed)
        return () => this.settled(() => this.merge());
      const { length } = this.block.textContent ?? '';
      if (key === 'Delete' && caretIn(this.block) >= length && getSelection()?.isCollapsed)
        return () => this.settled(() => this.mergeNext());
      if (!(ctrlKey || metaKey) || altKey) return undefined;
      /** @type {Record<string, () => void>} */
      const keys = {
        z: () => this.post({ turn: shiftKey ? 1 : -1 }),
        y: () => this.post({ turn: 1 }),
        b: () => this.settled(() => this.format('strong')),
        i: () => this.settled(() => this.format('em')),
        e: () => this.settled(() => this.format('code')),
        k: () => this.post({ link: true }),
      };
      return keys[key.toLowerCase()];
    };
    const done = act();
    if (!done) return;
    event.preventDefault();
    done();
  }

  /** @param {InputEvent} event */
  before(event) {
    const { inputType, dataTransfer, data } = event;
    if (this.value.element) return this.value.before(event);
    if (!this.block) return;
    const files = [...(dataTransfer?.files ?? [])].filter(({ type }) => /^image\//.test(type));
    /** @type {Record<string, () => void>} */
    const own = {
      insertParagraph: () => this.split(),
      historyUndo: () => this.post({ turn: -1 }),
      historyRedo: () => this.post({ turn: 1 }),
      formatBold: () => this.settled(() => this.format('strong')),
      formatItalic: () => this.settled(() => this.format('em')),
      insertFromPaste: () =>
        files.length
          ? this.post({ files })
          : this.insert(dataTransfer?.getData('text/plain') ?? data ?? ''),
      insertFromDrop: () => files.length && this.post({ files }),
    };
    const act = own[inputType] ?? this.menu(data ?? '');
    const over = !act && inputType === 'insertText' && typeOver(data ?? '');
    if (over) this.changed();
    if (!act) return over && event.preventDefault();
    event.preventDefault();
    act();
  }

  /** What a sign does in an empty block. @param {string} typed */
  menu(typed) {
    if (typed !== '/' || !this.block || !isEmpty(this.block) || !isNamed(this.block)) return null;
    const { left, bottom } = this.block.getBoundingClientRect();
    return () => this.post({ menu: [left, bottom] });
  }

  /** @param {string} text */
  insert(text) {
    insertText(text, this.block);
    this.changed();
  }

  /** Enter: what is behind the caret goes to a new block. */
  split() {
    const { block, group } = this;
    const selection = getSelection();
    const heads = !!block && HEADING.test(block.localName);
    if (!block || !selection?.rangeCount || !(heads || REPEATED.test(block.localName))) return;
    if (block.localName === 'li' && isEmpty(block)) return this.endList(block);
    selection.deleteFromDocument();
    const range = selection.getRangeAt(0);
    range.setEnd(block, block.childNodes.length);
    const rest = range.extractContents();
    const next = heads
      ? document.createElement('p')
      : /** @type {HTMLElement} */ (block.cloneNode(false));
    next.removeAttribute('id');
    next.removeAttribute('contenteditable');
    next.append(rest);
    block.after(next);
    const number = this.known.get(block);
    if (number !== undefined && !heads) this.known.set(next, number);
    group.splice(group.indexOf(block) + 1, 0, next);
    // An empty block has no height without it.
    if (!next.hasChildNodes()) next.append(document.createElement('br'));
    this.edit(next);
    setCaret(next, 0);
    this.changed();
  }

  /** Enter in an empty item ends its list. @param {HTMLElement} item */
  endList(item) {
    const list = item.parentElement;
    if (!list || item.nextElementSibling || !this.placeOf(list)) return;
    const next = document.createElement('p');
    next.append(document.createElement('br'));
    list.after(next);
    item.remove();
    this.take([list]);
    this.group.push(next);
    this.edit(next);
    setCaret(next, 0);
  }

  /** Delete where a block ends: the one behind it continues it. */
  mergeNext() {
    const next = this.block && real(this.block).nextElementSibling;
    if (!(next instanceof HTMLElement) || !next.matches(BLOCKS) || !this.placeOf(next)) return;
    if (!isPlain(next)) return;
    this.edit(next);
    this.merge();
  }

  /** Backspace where a block begins: it continues the one before. */
  merge() {
    const { block, group } = this;
    const before = block && real(block).previousElementSibling;
    if (!block || !(before instanceof HTMLElement) || !before.matches(BLOCKS)) return;
    if (!isPlain(before)) return;
    if (![before, block].every((one) => group.includes(one))) {
      if (!this.placeOf(before)) return;
      if (isEmpty(block)) this.takeToo(before);
      else this.take([before, block]);
    }
    const at = (before.textContent ?? '').length;
    before.append(...(isEmpty(block) ? [] : block.childNodes));
    block.remove();
    this.group = this.group.filter((one) => one !== block);
    this.edit(before);
    setCaret(before, at);
    this.changed();
  }

  /**
   * Sets a format, or takes it away; a name of a block changes the block.
   * @param {string} name
   * @param {string} [url] of a link
   */
  format(name, url) {
    const { block } = this;
    const selection = getSelection();
    if (!block || !selection?.rangeCount) return;
    if (!INLINE.test(name)) return this.rename(name);
    const range = selection.getRangeAt(0);
    const common = range.commonAncestorContainer;
    const around = common instanceof Element ? common : common.parentElement;
    const inside = [...block.querySelectorAll('*')].find(
      (one) => nameOf(one) === name && one.contains(around),
    );
    if (inside && name === 'a' && url) {
      inside.setAttribute('href', url);
      this.known.delete(inside);
    } else if (inside) inside.replaceWith(...inside.childNodes);
    else if (selection.isCollapsed || !block.contains(common)) return;
    else {
      const made = document.createElement(name);
      if (name === 'a') made.setAttribute('href', url ?? '');
      made.append(range.extractContents());
      range.insertNode(made);
      selection.selectAllChildren(made);
    }
    this.changed();
  }

  /** @param {string} name of the block */
  rename(name) {
    const { block, group } = this;
    const inner = WITHIN[name];
    if (!block || block.localName === name || !isNamed(block)) return;
    const caret = caretIn(block);
    const next = document.createElement(name);
    const text = inner ? document.createElement(inner) : next;
    text.append(...block.childNodes);
    if (inner) next.append(text);
    block.replaceWith(next);
    group[group.indexOf(block)] = next;
    this.edit(text);
    setCaret(text, caret);
    this.changed();
  }

  /** Whether a node is one of those that are edited. @param {Node} node */
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
    if (from === this.value.element || (this.has(from) && this.isNewer)) return true;
    if (from !== this.block) return false;
    if (seen(from) === seen(to)) return true;
    const caret = caretIn(from);
    // Without it the element would lose the focus.
    to.setAttribute('contenteditable', 'true');
    patchAttributes(from, to);
    patch(from, to);
    this.take([from]);
    setCaret(from, caret);
    return true;
  }
}
