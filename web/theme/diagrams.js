// Diagrams: code of the language `mermaid` becomes an image when it comes near. Loaded by pages
// with such code, also written ones; mermaid loads when the first is near. Until then, without
// scripts and after a mistake the code stands there. A page with mermaid of its own is left to it.

import { Artist, CODE, INVERTED, imageOf, mistakeOf } from '../base/diagrams.js';
import { adoptSheet } from '../base/adopt_sheet.js';
import { own } from '../base/elements.js';
import { development } from '../base/local_host.js';
import { foreign, RELEASE } from '../base/release.js';
import { document } from '../base/unclobbered.js';
import { isDark } from '../base/util.js';

/** @typedef {import('../base/diagrams.js').Drawing} Drawing */
/** @typedef {import('../base/diagrams.js').Mistake} Mistake */

const { src } = /** @type {HTMLScriptElement} */ (own('currentScript'));

// How far below and above the window a diagram is near.
const NEAR = '100%';
// Drawings that are kept for pages that are patched or come again.
const MOST_KEPT = 100;
// On paper it is light, and nothing scrolls.
const SHEET = `@media screen{.meridian-diagram.dark img{filter:${INVERTED}}}@media print{.meridian-diagram img{max-width:100%!important}}`;

/** Those of the page. */
const blocks = () =>
  [...document.querySelectorAll(CODE)].map((code) => /** @type {Element} */ (code.parentElement));

/** @param {Element} block */
const textOf = (block) => block.textContent ?? '';

/** @param {Element} block @param {boolean} hidden */
const hide = (block, hidden) => {
  /** @type {HTMLElement} */ (block).style.display = hidden ? 'none' : '';
};

/** @param {Mistake} mistake */
function explain(mistake) {
  const place = mistakeOf(mistake);
  if (development) console.warn(`${location.pathname}: ${place.textContent}`);
  return place;
}

function begin() {
  const artist = new Artist(new URL(`diagrams.html?${RELEASE}`, src).href);
  /** By their text. @type {Map<string, Drawing | Mistake>} */
  const kept = new Map();
  /**
   * Blocks that were found: the text of each, what stands in its place, or below it, and whether
   * that is to be tried again.
   * @type {WeakMap<Element, { text: string, place?: Element, passing?: boolean }>}
   */
  const found = new WeakMap();

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting) {
          observer.unobserve(target);
          draw(target);
        }
    },
    { rootMargin: `${NEAR} 0px` },
  );
  const sizes =
    typeof ResizeObserver === 'function'
      ? new ResizeObserver((entries) => {
          // Keyboard users scroll with the arrow keys.
          for (const { target } of entries)
            if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
            else target.removeAttribute('tabindex');
        })
      : undefined;

  /** @param {Element} block */
  async function draw(block) {
    const text = textOf(block);
    const drawing = kept.get(text) ?? (await artist.draw(text));
    const mistake = 'reason' in drawing ? drawing : undefined;
    if (kept.size >= MOST_KEPT) kept.clear();
    if (!mistake?.passing) kept.set(text, drawing);
    // It may have been edited meanwhile, or asked for twice.
    const state = found.get(block);
    if (!block.isConnected || textOf(block) !== text || state?.place?.isConnected) return;
    const place = 'reason' in drawing ? explain(drawing) : picture(block, drawing);
    found.set(block, { text, place, passing: mistake?.passing });
    block.after(place);
    hide(block, !mistake);
  }

  /** @param {Element} block @param {Drawing} drawing */
  function picture(block, drawing) {
    const place = imageOf(drawing);
    const image = /** @type {HTMLImageElement} */ (place.firstElementChild);
    image.onerror = () => {
      place.replaceWith(explain({ reason: 'The browser can’t read what was drawn' }));
      hide(block, false);
    };
    sizes?.observe(place);
    queueMicrotask(shade);
    return place;
  }

  function shade() {
    for (const place of document.querySelectorAll('.meridian-diagram'))
      place.classList.toggle('dark', isDark(place));
  }

  function look() {
    if (document.querySelector('script[src*="mermaid" i]')) return;
    for (const block of blocks()) {
      const [text, old] = [textOf(block), found.get(block)];
      if (old?.text === text && (!old.place || old.place.isConnected)) continue;
      old?.place?.remove();
      hide(block, false);
      found.set(block, { text });
      if (kept.has(text)) draw(block);
      else observer.observe(block);
    }
  }

  // Pages are patched and exchanged.
  let due = false;
  new MutationObserver(() => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      look();
    });
  }).observe(own('documentElement'), { childList: true, subtree: true });
  adoptSheet(own('documentElement').ownerDocument, SHEET);
  const schemes = matchMedia('(prefers-color-scheme: dark)');
  schemes.addEventListener('change', shade);
  new MutationObserver(shade).observe(own('documentElement'), { attributes: true });
  // Later: the shell removes with a page what the page's scripts listen to while they are read.
  setTimeout(() => {
    addEventListener('online', () => {
      artist.missing = 0;
      for (const block of blocks()) {
        const state = found.get(block);
        if (state?.passing) state.place?.remove();
      }
    });
    addEventListener('beforeprint', () => {
      for (const block of blocks()) if (found.has(block)) draw(block);
    });
  });
  look();
}

// One for all pages of a visit. No element can have this name.
const BEGUN = Symbol.for('meridian-diagrams');
const global = /** @type {any} */ (window);
// In the playground's frames, which have no origin, diagrams are drawn already.
if (!global[BEGUN] && !foreign() && self.origin !== 'null') {
  global[BEGUN] = true;
  begin();
}
