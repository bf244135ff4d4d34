// Synchronizes source and preview: they scroll together, and a click on the page selects its source
// line.

import { watchHand } from './user_scroll.js';

/**
 * @typedef {import('../editor/editor.js').Editor} Editor
 * @typedef {import('./preview.js').Preview} Preview
 * @typedef {import('../frame/scroll_positions.js').Place} Place
 * @typedef {import('../render/renderer.js').Renderer} Renderer
 */

// Milliseconds after a keystroke until the page follows the caret: its change is on the page then.
const TYPED = 120;
// Milliseconds after which a new page may move: its sheets and pictures come by and by.
const SETTLING = [500, 1500, 3000];
// The caret is within its line.
const LATE = 0.5;

export class Sync {
  /** The source file of the page in view. */
  source = '';
  /**
   * The lines in which the parts begin, until something changes.
   * @type {Promise<Uint32Array> | undefined}
   */
  known = undefined;
  frame = 0;
  /** The next page is to show the place of the caret. */
  aimed = false;
  /** Somebody writes on the page: the source does not take the focus. */
  onPage = false;
  /** Called with what is written there. @type {Preview['wrote']} */
  wrote = () => {};
  /** Called when a page is shown. */
  shows = () => {};
  /** Timer after the last change of the source. */
  typing = 0;

  /**
   * @param {Editor} editor
   * @param {Preview} preview
   * @param {Renderer} renderer
   * @param {(path: string) => Promise<unknown>} open shows a file
   */
  constructor(editor, preview, renderer, open) {
    this.editor = editor;
    this.preview = preview;
    this.renderer = renderer;
    this.open = open;
    const { scrollDOM } = editor.view;
    this.hand = watchHand(scrollDOM);
    scrollDOM.addEventListener('scroll', () => this.scrolled(), { passive: true });
    preview.scrolled = (place) => this.follow(place);
    preview.pointed = (place, text) => this.goTo(place, text);
    preview.wrote = (wrote) => {
      const begins = wrote.begins || wrote.awaits;
      if (begins || wrote.ends) this.onPage = !!begins;
      if (begins) preview.frame.focus();
      this.wrote(wrote);
    };
  }

  /**
   * Resets for another page, or for changed lines.
   * @param {string} [source] the file that it is made of
   */
  changed(source = this.source) {
    this.source = source;
    this.known = undefined;
  }

  /** @returns {Promise<Uint32Array>} */
  lines() {
    return (this.known ??= this.renderer.lines(this.source).catch(() => new Uint32Array()));
  }

  /** The page is shown. */
  shown() {
    this.shows();
    if (!this.aimed || this.apart) return;
    this.aimed = false;
    this.typed();
    const { scrollDOM } = this.editor.view;
    const { scrollTop } = scrollDOM;
    // Unless the reader has scrolled since.
    for (const late of SETTLING)
      setTimeout(() => scrollDOM.scrollTop === scrollTop && this.typed(), late);
  }

  /** The source was changed: what is typed comes into view on the page. */
  typed() {
    clearTimeout(this.typing);
    if (this.apart) return;
    this.typing = window.setTimeout(async () => {
      const lines = await this.lines();
      const { doc, selection } = this.editor.view.state;
      const place = placeOf(lines, doc.lineAt(selection.main.head).number + LATE, doc.lines);
      if (place && !this.apart) this.preview.post({ scroll: { ...place, lazy: true } });
    }, TYPED);
  }

  get apart() {
    return this.editor.path !== this.source;
  }

  /** The source was scrolled: scrolls the page. */
  scrolled() {
    if (!this.hand.scrolls() || this.apart) return;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(async () => {
      const place = placeOf(
        await this.lines(),
        this.editor.topLine,
        this.editor.view.state.doc.lines,
      );
      if (place) this.preview.post({ scroll: place });
    });
  }

  /** The page was scrolled: scrolls the source. @param {Place} place */
  async follow({ part, share }) {
    if (this.apart) return;
    const lines = await this.lines();
    if (part >= lines.length) return;
    this.hand.rest();
    this.editor.scrollTo(
      part === 0 && share === 0 ? 1 : between(lines, part, share, this.editor.view.state.doc.lines),
    );
  }

  /** @param {Place} place @param {string} text around it, as it stands on the page */
  async goTo({ part, share }, text) {
    if (!this.source) return;
    const lines = await this.lines();
    if (part >= lines.length) return;
    if (this.apart) await this.open(this.source);
    if (this.onPage) return;
    const { doc } = this.editor.view.state;
    const first = Math.min(lines[part], doc.lines);
    let last = Math.min(doc.lines, Math.max(first, (lines[part + 1] ?? doc.lines + 1) - 1));
    while (last > first && !doc.line(last).text.trim()) last--;
    // The word may be in another line than its height suggests.
    const expected = Math.round(first + share * (last - first));
    let [best, column] = [expected, 1];
    for (let line = first, distance = Infinity; line <= last; line++) {
      const at = text ? doc.line(line).text.indexOf(text) : -1;
      if (at < 0 || Math.abs(line - expected) >= distance) continue;
      [best, column, distance] = [
        line,
        [...doc.line(line).text.slice(0, at)].length + 1,
        Math.abs(line - expected),
      ];
    }
    this.editor.goTo(best, column);
  }
}

/**
 * @param {Uint32Array} lines
 * @param {number} part
 * @param {number} share
 * @param {number} all how many lines there are
 */
function between(lines, part, share, all) {
  const next = lines[part + 1] ?? all + 1;
  return lines[part] + share * Math.max(0, next - lines[part]);
}

/**
 * @param {Uint32Array} lines
 * @param {number} line with its fraction
 * @param {number} all how many there are
 * @returns {Place | undefined}
 */
function placeOf(lines, line, all) {
  if (!lines.length) return undefined;
  let [low, high] = [0, lines.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lines[middle] <= line) low = middle;
    else high = middle;
  }
  if (line < lines[0]) return { part: 0, share: 0 };
  const next = lines[low + 1] ?? all + 1;
  return { part: low, share: Math.min(1, (line - lines[low]) / Math.max(1, next - lines[low])) };
}
