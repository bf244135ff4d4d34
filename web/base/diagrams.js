// Diagrams: has them drawn, one after the other, in a frame without an origin, and shows them as
// images. In an image nothing runs or loads, links lead nowhere, style sheets end at its border: so
// whatever mermaid makes of somebody's text can't do anything to the page.

import { make, own } from './elements.js';
import { pageForFrame } from './foreign.js';

/**
 * A drawing: an image of SVG, its size in CSS pixels, and its name for who can't see it.
 * @typedef {{ svg: string, width: number, height: number, name: string }} Drawing
 *
 * Why there is none; `line` of the text, from 1, where it is known; `passing`: not for the text.
 * @typedef {{ reason: string, line?: number, passing?: boolean }} Mistake
 */

/** A filter: in the dark texts keep their contrast, whatever the colours, and hues stay. */
export const INVERTED = 'invert(.9) hue-rotate(180deg)';
export const CODE = 'pre > code.language-mermaid';

// Milliseconds until mermaid has come, on a slow connection, and for one diagram: what is within
// mermaid's limits of size takes less than a second.
const [COMING, ONE] = [60_000, 10_000];
// … after the load event of a document that has not said that it is ready: a file is missing.
const LOADED = 1000;
// … until it is tried again.
const AGAIN = 10_000;
// Frames that are ended for one page: one that hangs holds up the page in some browsers.
const MOST_ENDED = 2;
// How far a drawing shrinks to fit: smaller, its text of 16 pixels can't be read. Else it scrolls.
const SMALLEST = 0.65;

const MISSING = 'The program that draws them did not come';

/** @param {number} time milliseconds @param {string} reason @returns {Promise<never>} */
const late = (time, reason) =>
  new Promise((_, reject) => setTimeout(() => reject(new Error(reason)), time));

export class Artist {
  /** @type {Promise<MessagePort> | undefined} */
  port = undefined;
  /** @type {HTMLIFrameElement | undefined} */
  frame = undefined;
  /** @type {Promise<unknown>} */
  last = Promise.resolve();
  ended = 0;
  /** A time of `performance.now()`: until then the frame is known not to come. */
  missing = 0;

  /** @param {string} address of diagrams.html */
  constructor(address) {
    this.address = address;
  }

  /** @param {string} text @returns {Promise<Drawing | Mistake>} */
  draw(text) {
    const drawing = this.last.then(() => this.ask(text));
    this.last = drawing;
    return drawing;
  }

  /** @param {string} text @returns {Promise<Drawing | Mistake>} */
  async ask(text) {
    if (this.ended >= MOST_ENDED) return { reason: 'Other diagrams took too long' };
    if (performance.now() < this.missing) return { reason: MISSING, passing: true };
    let port;
    try {
      port = await (this.port ??= this.open());
    } catch {
      this.close();
      this.missing = performance.now() + AGAIN;
      return { reason: MISSING, passing: true };
    }
    try {
      const answer = new Promise((resolve) => {
        port.onmessage = ({ data }) => resolve(data);
      });
      port.postMessage(text);
      return await Promise.race([answer, late(ONE, `It took more than ${ONE / 1000} seconds`)]);
    } catch (/** @type {any} */ error) {
      this.ended++;
      this.close();
      return { reason: error.message };
    }
  }

  /** @returns {Promise<MessagePort>} */
  async open() {
    const frame = make('iframe', {
      // Scripts alone: no origin, no windows, no forms.
      sandbox: 'allow-scripts',
      ...(await pageForFrame(this.address)),
      title: 'Diagrams',
      tabindex: '-1',
      'aria-hidden': 'true',
    });
    // It needs a layout to measure texts.
    frame.style.cssText =
      'position:fixed;inset:0 auto auto 0;width:1024px;height:768px;max-width:none;border:0;visibility:hidden;z-index:-1;pointer-events:none';
    this.frame = frame;
    const ready = new Promise((resolve) => {
      const hear = (/** @type {MessageEvent} */ { source, data }) => {
        if (source !== frame.contentWindow || data !== 'meridian-diagrams') return;
        removeEventListener('message', hear);
        resolve(undefined);
      };
      addEventListener('message', hear);
    });
    // Not in the body, whose content pages patch and exchange.
    own('documentElement').append(frame);
    const loaded = new Promise((resolve) => (frame.onload = resolve));
    await Promise.race([ready, late(COMING, MISSING), loaded.then(() => late(LOADED, MISSING))]);
    const { port1, port2 } = new MessageChannel();
    frame.contentWindow?.postMessage('', '*', [port2]);
    return port1;
  }

  close() {
    this.frame?.remove();
    this.port = this.frame = undefined;
  }
}

/** The element that shows a drawing. @param {Drawing} drawing */
export function imageOf({ svg, width, height, name }) {
  const image = make('img', {
    src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`,
    alt: name,
    width: String(width),
    height: String(height),
    style: `display:block;margin:auto;height:auto;max-width:max(100%,${Math.round(width * SMALLEST)}px)`,
  });
  return make(
    'div',
    { class: 'meridian-diagram', style: 'direction:ltr;overflow-x:auto;margin-block:1.5em' },
    image,
  );
}

/** What is said of a diagram that is not drawn. @param {Mistake} mistake */
export const mistakeOf = ({ reason, line }) =>
  make(
    'p',
    { class: 'meridian-diagram-mistake', lang: 'en', dir: 'ltr' },
    `This diagram is not drawn${line ? `, see its line ${line}` : ''}: ${reason}.`,
  );
