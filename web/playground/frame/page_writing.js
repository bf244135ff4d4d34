// Writing on the page: what keys, clicks and buttons do to the elements.

import { document, real } from '../../base/unclobbered.js';
import {
  BLOCKS,
  INLINE,
  WITHIN,
  blankParagraph,
  caretIn,
  insertText,
  isCode,
  isEmpty,
  isNamed,
  isPlain,
  markAt,
  setCaret,
  setFormat,
  typeOver,
} from './page_blocks.js';
import { PageEdit } from './page_edit.js';
import { ownOf } from './page_own.js';
import { sourceOf } from './page_pictures.js';
import {
  cellBelow,
  cellBeside,
  changeTable,
  isCell,
  isInBlankEnd,
  makeTable,
  removeElement,
  tableOf,
} from './page_table.js';

/**
 * @typedef {import('./page_messages.js').Place} Place
 * @typedef {import('./page_messages.js').Write} Write
 */

// Enter makes another of them.
const REPEATED = /^(p|li)$/;
const HEADING = /^h[1-6]$/;
/** Types of input of keys, and the commands that do the same. @type {Record<string, string[]>} */
const COMMANDS = {
  Enter: ['insertParagraph'],
  LineBreak: ['insertLineBreak'],
  Backspace: ['deleteContentBackward', 'delete'],
  Delete: ['deleteContentForward', 'forwardDelete'],
};
// Milliseconds that one waits until an edit is on the page: one with an error is not shown.
const LONGEST = 2000;

export class PageWriting extends PageEdit {
  /** What is typed while a move to another cell waits. @type {(() => void)[] | undefined} */
  typed = undefined;
  /** Ends the wait for the page. @type {ReturnType<typeof setTimeout> | undefined} */
  longest = undefined;
  /** The page has had nothing to write in. */
  blank = false;

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
        if (!this.composing) return;
        this.composing = false;
        this.changed();
      },
    };
    // A click on the page moves the focus to the source for a moment; it comes back to the window.
    addEventListener('focus', () => this.focus());
    for (const [name, act] of Object.entries(acts))
      // Chromium does not trust its own end of a composition, which begins by a person alone.
      document.addEventListener(
        name,
        (event) => (event.isTrusted || name === 'compositionend') && act(event),
        { capture: name === 'click' },
      );
  }

  /** @param {Write} message */
  hear({ begin, end, value, done, same, refused, late, format, url, table, text, picture, added }) {
    if (begin) this.beginInView();
    if (end) this.leave();
    if (value) this.value.begin();
    if (picture || added || format || text || table)
      this.settled(() => {
        const { block, pictures } = this;
        // Meanwhile the block may have gone.
        const there = !!block && (!picture || pictures.set(picture, block));
        if (!there || (added && !pictures.add(added, block))) return this.post({ lost: true });
        if (format) this.format(format, url);
        if (table) this.changeTable(table);
        if (text) this.insert(text);
        if (picture || added) this.changed();
      });
    if (done && !same) this.awaited = true;
    if (this.awaited) {
      clearTimeout(this.longest);
      this.longest = setTimeout(() => this.block && this.shown(), LONGEST);
    }
    if (done || refused || late) this.answered(!!done, !!refused);
  }

  /** @param {MouseEvent} event */
  pick({ target, type }) {
    if (!(target instanceof Element)) return;
    const own = type === 'dblclick' && ownOf(target);
    if (own) return this.settled(() => this.post({ own }));
    const image = type === 'dblclick' && target instanceof HTMLImageElement ? target : undefined;
    if (this.written?.contains(target)) return image && this.pictures.ask(image);
    this.value.end(true);
    const block = real(target).closest(BLOCKS);
    // A table that was begun here need not be on the page yet.
    const within = isCell(block) && this.block && tableOf(block) === tableOf(this.block);
    if (block instanceof HTMLElement && (within || this.placeOf(block)))
      return this.settled(() => {
        if (within && this.has(tableOf(block))) this.edit(block);
        else this.begin(block);
        if (image) this.pictures.ask(image);
      });
    if (this.block && type === 'click') return this.leave();
    this.settled(() => {
      this.end();
      this.value.ask(target, image && sourceOf(image));
    });
  }

  /** The first block in view, or that of the selection; a page without one gets its text. */
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
    this.blank = true;
    this.post({ blank: true });
  }

  shown() {
    const [gone] = this.block && !document.contains(this.block) ? this.places : [];
    clearTimeout(this.longest);
    super.shown();
    if (gone && document.hasFocus()) this.resume(gone);
    if (!this.blank || this.block) return;
    const block = [...document.querySelectorAll(BLOCKS)].find((one) => this.placeOf(one));
    if (!(block instanceof HTMLElement)) return;
    this.blank = false;
    this.begin(block);
    getSelection()?.selectAllChildren(block);
  }

  /** Undone: one goes on in the first block from the place on. @param {Place} place */
  resume([part]) {
    const mark = this.content().marks[part];
    const isBehind = (/** @type {Element} */ one) =>
      !!mark && !!(mark.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    const next = [...document.querySelectorAll(BLOCKS)].find(isBehind);
    if (next instanceof HTMLElement && this.placeOf(next)) this.begin(next, 0);
  }

  end() {
    this.typed = undefined;
    super.end();
  }

  // ---- keys ----

  /** @param {KeyboardEvent} event */
  press(event) {
    const { key, ctrlKey, metaKey, shiftKey, altKey, isComposing } = event;
    if (isComposing) return;
    if (this.typed && key === 'Tab') {
      this.typed.push(() => this.press(event));
      return event.preventDefault();
    }
    if (this.value.element) return this.value.press(event) && event.preventDefault();
    const act = () => {
      if (key === 'F2') return () => (this.block ? this.leave() : this.beginInView());
      if (!this.block) return undefined;
      if (key === 'Escape') return () => this.leave();
      if (key === 'Tab' && isCell(this.block)) return this.tab(this.block, shiftKey);
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

  /**
   * Does what a key would have done, had this script been there: one that the browser acts on is
   * its command.
   * @param {KeyboardEvent} typed
   */
  repeat(typed) {
    const event = new KeyboardEvent(typed.type, typed);
    const { key, shiftKey } = typed;
    this.press(event);
    if (event.defaultPrevented || !this.written) return;
    const name = key === 'Enter' && shiftKey ? 'LineBreak' : key;
    const [inputType, command = inputType] = COMMANDS[name] ?? ['insertText'];
    if ([...key].length > 1 && inputType === 'insertText') return;
    const data = inputType === 'insertText' ? key : null;
    const input = new InputEvent('beforeinput', { cancelable: true, inputType, data });
    this.before(input);
    if (!input.defaultPrevented) document.execCommand(command, false, data ?? '');
  }

  /** @param {InputEvent} event */
  before(event) {
    const { inputType, dataTransfer, data } = event;
    if (this.value.element) return this.value.before(event);
    if (!this.block) return;
    if (this.typed) {
      const enters = inputType === 'insertParagraph';
      this.typed.push(() => (enters ? this.split() : data && this.insert(data)));
      return event.preventDefault();
    }
    const given = dataTransfer?.getData('text/plain') ?? data ?? '';
    const files = [...(dataTransfer?.files ?? [])].filter(({ type }) => /^image\//.test(type));
    /** @type {Record<string, () => void>} */
    const own = {
      insertParagraph: () => this.split(),
      ...(isCode(this.block) && { insertLineBreak: () => this.split() }),
      insertReplacementText: () => this.replace(event.getTargetRanges()[0], given),
      historyUndo: () => this.post({ turn: -1 }),
      historyRedo: () => this.post({ turn: 1 }),
      formatBold: () => this.settled(() => this.format('strong')),
      formatItalic: () => this.settled(() => this.format('em')),
      insertFromPaste: () => (files.length ? this.post({ files }) : this.insert(given)),
      insertFromDrop: () => files.length && this.post({ files }),
    };
    const act = own[inputType] ?? this.menu(data ?? '') ?? this.atMark(inputType, data);
    const over = !act && inputType === 'insertText' && typeOver(data ?? '');
    if (over) this.changed();
    if (!act) return over && event.preventDefault();
    event.preventDefault();
    act();
  }

  /** What a sign does in an empty block. @param {string} typed */
  menu(typed) {
    const { block } = this;
    if (typed !== '/' || !block || !isEmpty(block)) return null;
    if (!isNamed(block) && block.localName !== 'li') return null;
    const { left, bottom } = block.getBoundingClientRect();
    return () => this.post({ menu: [left, bottom] });
  }

  /**
   * The mark of a footnote goes as a whole, and what is typed beside it is not in it.
   * @param {string} inputType @param {string | null} data
   */
  atMark(inputType, data) {
    const selection = getSelection();
    const mark =
      this.block && selection?.isCollapsed && markAt(this.block, /Forward/.test(inputType));
    if (!mark) return null;
    if (/^delete/.test(inputType))
      return () => {
        mark.remove();
        this.changed();
      };
    if (inputType !== 'insertText' || !data || !mark.contains(selection.focusNode)) return null;
    return () => {
      const behind = document.createRange();
      behind.setStartAfter(mark);
      selection.collapse(behind.startContainer, behind.startOffset);
      this.insert(data);
    };
  }

  /**
   * Autocorrect and spell checking put another text there.
   * @param {StaticRange | undefined} range
   * @param {string} text
   */
  replace(range, text) {
    if (range)
      getSelection()?.setBaseAndExtent(
        range.startContainer,
        range.startOffset,
        range.endContainer,
        range.endOffset,
      );
    this.insert(text);
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
    if (isCode(block)) return this.insert('\n');
    if (isCell(block)) return this.move(() => this.below(block));
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
    for (const { name } of [...next.attributes])
      if (/^(contenteditable|role|aria-)/.test(name)) next.removeAttribute(name);
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

  // ---- tables ----

  /**
   * Moves to another cell once all that was written is in the source. What is typed until then is
   * typed there.
   * @param {() => void} act
   */
  move(act) {
    /** @type {(() => void)[]} */
    const typed = (this.typed = []);
    this.settled(() => {
      this.typed = undefined;
      act();
      while (typed.length && !this.typed) typed.shift()?.();
      /** @type {typeof typed | undefined} */ (this.typed)?.push(...typed);
    });
  }

  /** @param {HTMLTableCellElement} cell */
  enter(cell) {
    if (this.group.some((one) => one !== cell && one.contains(cell))) this.edit(cell);
    else this.begin(cell);
    setCaret(cell, cell.textContent?.length ?? 0);
  }

  /** @param {HTMLTableCellElement} cell @param {boolean} back */
  tab(cell, back) {
    const next = cellBeside(cell, back ? -1 : 1);
    if (next) return () => this.move(() => this.enter(next));
    return back ? undefined : () => this.move(() => this.changeTable('row'));
  }

  /**
   * Enter: the cell below; behind the last row another one. One that has stayed empty goes, and the
   * text behind the table begins.
   * @param {HTMLTableCellElement} cell
   */
  below(cell) {
    const next = cellBelow(cell);
    if (next) return this.enter(next);
    this.changeTable(isInBlankEnd(cell) ? 'end' : 'row');
  }

  /** @param {string} what */
  changeTable(what) {
    const { block } = this;
    const table = isCell(block) && tableOf(block);
    if (!table) return;
    if (!this.has(table)) {
      if (!this.placeOf(table)) return;
      this.take([table]);
    }
    const behind = what === 'end' || what === 'no-table' ? blankParagraph() : undefined;
    if (what === 'end') removeElement(real(block).parentElement ?? undefined);
    if (what === 'no-table') this.group = [];
    if (behind) {
      table.after(behind);
      this.group.push(behind);
      if (what === 'no-table') table.remove();
    }
    const next = behind ?? changeTable(block, what, this.pictures);
    if (!next) return this.focus();
    this.edit(next);
    setCaret(next, 0);
    this.changed();
  }

  /** Enter in an empty item ends its list. @param {HTMLElement} item */
  endList(item) {
    const list = item.parentElement;
    if (!list || item.nextElementSibling || !this.placeOf(list)) return;
    const next = blankParagraph();
    list.after(next);
    item.remove();
    this.take([list]);
    this.group.push(next);
    this.edit(next);
    setCaret(next, 0);
  }

  /** Delete where a block ends: the one behind it continues it. */
  mergeNext() {
    const next = this.block && !isCode(this.block) && real(this.block).nextElementSibling;
    if (!(next instanceof HTMLElement) || !next.matches(BLOCKS) || !this.placeOf(next)) return;
    if (!isPlain(next) || isCell(next)) return;
    this.edit(next);
    this.merge();
  }

  /** Backspace where a block begins: it continues the one before. */
  merge() {
    const { block, group } = this;
    const joins = block && !isCell(block) && !isCode(block);
    const before = joins && real(block).previousElementSibling;
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
    if (!block || isCode(block)) return;
    if (!INLINE.test(name)) return this.rename(name);
    if (setFormat(block, name, url, this.known)) this.changed();
  }

  /** @param {string} name of the block */
  rename(name) {
    const { block, group } = this;
    const inner = WITHIN[name];
    const item = name === 'table' && block?.localName === 'li' && isPlain(block);
    if (!block || block.localName === name || !(item || isNamed(block))) return;
    const caret = caretIn(block);
    const next = name === 'table' ? makeTable() : document.createElement(name);
    const cell = next instanceof HTMLTableElement && next.rows[0].cells[0];
    const text = cell || (inner ? document.createElement(inner) : next);
    if (!cell || !isEmpty(block)) text.replaceChildren(...block.childNodes);
    if (inner) next.append(text);
    if (item) block.replaceChildren(next);
    else {
      block.replaceWith(next);
      group[group.indexOf(block)] = next;
    }
    this.edit(text);
    setCaret(text, caret);
    this.changed();
  }
}
