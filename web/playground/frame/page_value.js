// A value that the page shows, such as its title, is written in place. The page around the frame
// writes it into its file, once it is done.

import { held } from '../../base/dom_patch.js';
import { document, real } from '../../base/unclobbered.js';
import { insertText } from './page_blocks.js';
import { setWritten, unsetWritten } from './page_marks.js';

/**
 * What was meant that the page's own text does not make: a text with single spaces, the day or the
 * picture that it shows.
 * @typedef {{ text: string, day?: string, picture?: string }} Missing
 */

const BREAKS = /^insert(Paragraph|LineBreak)$/;
// What a browser does to a text; formats, lists and files have no place in a value.
const TEXT = /^(insert(Text|CompositionText|ReplacementText)|delete|history)/;

/** @param {Element} element */
const textOf = (element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();

export class PageValue {
  /** What is written in. @type {HTMLElement | undefined} */
  element = undefined;
  was = '';
  /** Its content as it was. @type {Node[]} */
  content = [];
  /** What was meant last. @type {Element | undefined} */
  asked = undefined;

  /**
   * @param {(wrote: { begins?: boolean, ends?: boolean, value?: string, missing?: Missing }) =>
   *   void} post
   */
  constructor(post) {
    this.post = post;
  }

  /**
   * Reports what was meant that the page's own text does not make.
   * @param {Element} target
   * @param {string} [picture] the path of its file
   */
  ask(target, picture) {
    this.asked = target;
    const text = textOf(target);
    const day = real(target).closest('time')?.getAttribute('datetime') ?? undefined;
    if (text || picture) this.post({ missing: { text, day, picture } });
  }

  /** What was meant shows a value alone. */
  begin() {
    const element = this.asked;
    if (!(element instanceof HTMLElement) || !document.contains(element)) return;
    this.element = held.element = element;
    this.was = textOf(element);
    this.content = [...element.childNodes].map((node) => node.cloneNode(true));
    setWritten(element);
    element.focus({ preventScroll: true });
    getSelection()?.selectAllChildren(element);
    this.post({ begins: true });
  }

  /** @param {boolean} keep what was written */
  end(keep) {
    const { element, was, content } = this;
    if (!element) return;
    const value = textOf(element);
    this.element = held.element = undefined;
    unsetWritten(element);
    element.blur();
    const changed = keep && value && value !== was;
    if (!changed) element.replaceChildren(...content);
    this.post(changed ? { ends: true, value } : { ends: true });
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key means something here */
  press({ key, isComposing }) {
    if (isComposing || !/^(Enter|Escape|F2)$/.test(key)) return false;
    this.end(key !== 'Escape');
    return true;
  }

  /** @param {InputEvent} event */
  before(event) {
    const { inputType, dataTransfer, data } = event;
    if (BREAKS.test(inputType)) this.end(true);
    if (inputType === 'insertFromPaste')
      insertText(dataTransfer?.getData('text/plain') ?? data ?? '');
    if (!TEXT.test(inputType)) event.preventDefault();
  }
}
