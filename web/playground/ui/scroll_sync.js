// Synchronizes source and preview: they scroll together, and a click on the page selects its source
// line.

import { watchHand } from './user_scroll.js';

/**
 * @typedef {import('../editor/editor.js').Editor} Editor
 * @typedef {import('./preview.js').Preview} Preview
 * @typedef {import('../frame/scroll_positions.js').Place} Place
 * @typedef {import('../render/renderer.js').Renderer} Renderer
 */

export class Sync {
  /** The source file of the page in view. */
  source = '';
  /**
   * The lines in which the parts begin, until something changes.
   * @type {Promise<Uint32Array> | undefined}
   */
  known = undefined;
  frame = 0;

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
