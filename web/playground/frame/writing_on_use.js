// Loads the script of writing on the page with its first use, through the frame's port. What is
// typed meanwhile is kept and typed once something can be written in.

import { held, patch, patchAttributes } from '../../base/dom_patch.js';
import { document, real } from '../../base/unclobbered.js';
import { run } from './globe_assets.js';
import { ownOf } from './page_own.js';

/**
 * @typedef {import('./page_writing.js').PageWriting} PageWriting
 * @typedef {typeof import('./page_writing.js').PageWriting} Writing
 * @typedef {import('./page_messages.js').Write} Write
 * @typedef {import('./page_messages.js').Wrote} Wrote
 */

/** What that script takes from this one. */
const lent = { document, held, ownOf, patch, patchAttributes, real };

// Keys with a meaning where text is written; the others remain the browser's.
const KEYS = /^(Enter|Backspace|Delete|Escape|F2|Tab)$/;

/** Whether a key is for the text that one writes. @param {KeyboardEvent} event */
const isTyped = (event) => {
  const { key, ctrlKey, metaKey } = event;
  if (KEYS.test(key)) return true;
  return [...key].length === 1 && (event.getModifierState('AltGraph') || !(ctrlKey || metaKey));
};

export class WritingOnUse {
  /** @type {PageWriting | undefined} */
  writing = undefined;
  /** The script is requested. */
  asked = false;
  /** What began it. @type {((writing: PageWriting) => void)[]} */
  acts = [];
  /** What was typed since. @type {KeyboardEvent[]} */
  keys = [];

  /**
   * @param {ConstructorParameters<Writing>[0]} content
   * @param {(wrote: Wrote) => void} post
   * @param {() => void} show shows the page again, as its source says
   * @param {() => void} ask requests the script
   */
  constructor(content, post, show, ask) {
    this.content = content;
    this.post = post;
    this.show = show;
    this.ask = ask;
  }

  /** Listens to the document, which may be a new one. */
  listen() {
    this.writing?.listen();
    document.addEventListener('dblclick', (event) => {
      if (event.isTrusted && !this.writing) this.use((writing) => writing.pick(event));
    });
    document.addEventListener('keydown', (event) => {
      if (!event.isTrusted || this.writing || event.isComposing) return;
      if (this.asked ? !isTyped(event) : event.key !== 'F2') return;
      event.preventDefault();
      if (this.asked) this.keys.push(event);
      else this.use((writing) => writing.press(event));
    });
    // What was typed for another place has none.
    document.addEventListener('click', () => (this.keys = []), { capture: true });
  }

  /** @param {(writing: PageWriting) => void} act */
  use(act) {
    this.acts.push(act);
    if (this.asked) return;
    this.asked = true;
    // The page keeps the focus meanwhile.
    this.post({ awaits: true });
    this.ask();
  }

  /** @param {Write} message */
  hear(message) {
    if (message.script !== undefined) return this.take(message.script);
    if (this.writing) return this.writing.hear(message);
    if (message.begin) this.use((writing) => writing.hear(message));
    if (message.end) this.acts = this.keys = [];
  }

  /** The page has changed. */
  shown() {
    this.writing?.shown();
  }

  /** @param {string} script '' if it can't be loaded */
  take(script) {
    const { acts } = this;
    const begin = (/** @type {Writing} */ Writing) =>
      (this.writing = new Writing(this.content, (wrote) => this.report(wrote), this.show));
    Object.assign(window, { meridianWriting: { ...lent, begin } });
    // The policy refuses the script of another release.
    run(script);
    Reflect.deleteProperty(window, 'meridianWriting');
    this.acts = [];
    this.asked = false;
    this.post({ ends: true, unloaded: !this.writing });
    if (!this.writing) return void (this.keys = []);
    this.writing.listen();
    for (const act of acts) act(this.writing);
  }

  /** @param {Wrote} wrote */
  report(wrote) {
    this.post(wrote);
    // The caret is placed after the message.
    if (wrote.begins) queueMicrotask(() => this.type());
  }

  /** Types what was typed too early. */
  type() {
    for (const key of this.keys.splice(0)) this.writing?.repeat(key);
  }
}
