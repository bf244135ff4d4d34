// What the element is made of, in its shadow: the stage, its hint, and the list beside it.

import { STYLE } from './style.js';

const WORDS = {
  globe: 'Globe. Arrow keys turn it, plus and minus zoom, N and P go from stop to stop.',
  hint: 'Drag to orbit · Click, then scroll to zoom · Hover for the name',
  hintUsed: 'Drag to orbit · Scroll to zoom · Hover for the name',
  hintTouch: 'Drag sideways to orbit · Pinch to zoom · Tap for the name',
  list: 'Stops',
  stops: 'stops',
  countries: 'countries / regions',
  failed: 'The globe could not be loaded.',
};

/** @typedef {ReturnType<typeof makeFrame>} Frame */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, string>} [attributes] @param {Node[]} children @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @param {ShadowRoot} root @param {string} text */
export function dress(root, text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** @param {HTMLElement} element with words of its own in `data-…` */
export function makeFrame(element) {
  const word = (/** @type {keyof typeof WORDS} */ key) => element.dataset[key] ?? WORDS[key];
  const canvas = make('canvas', { part: 'globe', tabindex: '0', role: 'application', 'aria-label': word('globe'), 'aria-describedby': 'hint' });
  const stage = make('div', { part: 'stage', class: 'stage' }, make('slot', { name: 'still' }), canvas);
  const hint = make('p', { part: 'hint', class: 'hint', id: 'hint' });
  const controls = make('div', { part: 'controls', class: 'controls', role: 'group' });
  const list = make('div', { part: 'list', class: 'list', role: 'region', 'aria-label': word('list') }, make('slot'));
  const pane = make('div', { class: 'pane' }, stage, hint, controls);
  const stats = make('p', { part: 'stats', class: 'stats' });
  const facts = make('slot', { name: 'facts' }, stats);
  const body = make('div', { class: 'body' }, make('div', { class: 'front' }, facts, pane), list);
  const root = element.attachShadow({ mode: 'open' });
  dress(root, STYLE);
  root.append(make('div', { class: 'root' }, body));

  const frame = {
    root,
    canvas,
    stage,
    hint,
    pane,
    controls,
    list,
    /** @param {boolean} used the reader has taken hold of the globe */
    tellHint(used) {
      hint.textContent = word(matchMedia('(hover: none)').matches ? 'hintTouch' : used ? 'hintUsed' : 'hint');
    },
    /** Where the page does not say the numbers itself. @param {number} stops @param {number} countries 0: not known */
    tellStats(stops, countries) {
      stats.textContent = `${stops} ${word('stops')}` + (countries ? ` · ${countries} ${word('countries')}` : '');
    },
    /** @param {string} reason '': it is there after all */
    fail(reason) {
      canvas.hidden = controls.hidden = !!reason;
      stage.hidden = !!reason && !element.querySelector('[slot=still]');
      if (reason) hint.textContent = `${word('failed')} (${reason})`;
      else frame.tellHint(element.getAttribute('zoom') === 'always');
    },
  };
  frame.fail('');
  return frame;
}
