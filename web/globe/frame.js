// What the element is made of, in its shadow.

import { STYLE } from './style.js';

const WORDS = {
  globe: 'Globe. Arrow keys turn it, plus and minus zoom, N and P go from stop to stop.',
  hint: 'Drag to orbit · Click, then scroll to zoom · Hover for the name',
  hintUsed: 'Drag to orbit · Scroll to zoom · Hover for the name',
  hintTouch: 'Drag sideways to orbit · Pinch to zoom · Tap for the name',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  home: 'Back to the first view',
  play: 'Follow the journey',
  pause: 'Pause',
  list: 'Stops',
  failed: 'The globe could not be loaded.',
};
const SVG = 'http://www.w3.org/2000/svg';
const SHAPES = {
  zoomIn: 'M12 5v14M5 12h14',
  zoomOut: 'M5 12h14',
  home: 'M12 3.5v4m0 9v4m8.5-8.5h-4m-9 0h-4M12 16.5a4.5 4.5 0 1 1 .01 0',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8 5.5v13M16 5.5v13',
};

/** @typedef {ReturnType<typeof makeFrame>} Frame */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, string>} [attributes] @param {Node[]} children @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @param {HTMLElement} element with words of its own in `data-…` @param {Record<'zoomIn' | 'zoomOut' | 'home' | 'play', () => void>} acts */
export function makeFrame(element, acts) {
  const word = (/** @type {keyof typeof WORDS} */ key) => element.dataset[key] ?? WORDS[key];
  const button = (/** @type {keyof typeof acts} */ name) => {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    const shape = svg.appendChild(document.createElementNS(SVG, 'path'));
    shape.setAttribute('d', SHAPES[name]);
    const made = make('button', { type: 'button', 'aria-label': word(name), title: word(name) }, svg);
    made.addEventListener('click', acts[name]);
    return made;
  };
  const canvas = make('canvas', { part: 'globe', tabindex: '0', role: 'application', 'aria-label': word('globe'), 'aria-describedby': 'hint' });
  const tip = make('div', { part: 'tooltip', class: 'tip', hidden: '' });
  const live = make('div', { class: 'live', 'aria-live': 'polite' });
  const probe = make('i', { class: 'probe' });
  const stage = make('div', { part: 'stage', class: 'stage' }, make('slot', { name: 'still' }), canvas, tip);
  const hint = make('p', { part: 'hint', class: 'hint', id: 'hint' });
  const playButton = button('play');
  const controls = make('div', { part: 'controls', class: 'controls', role: 'group' }, button('zoomIn'), button('zoomOut'), button('home'), playButton);
  const list = make('div', { part: 'list', class: 'list', role: 'region', 'aria-label': word('list') }, make('slot'));
  const pane = make('div', { class: 'pane' }, stage, hint, controls);
  const body = make('div', { class: 'body' }, make('div', { class: 'front' }, make('slot', { name: 'facts' }), pane), list);

  const root = element.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  root.append(make('div', { class: 'root' }, body), probe, live);

  const frame = {
    canvas,
    tip,
    live,
    probe,
    stage,
    list,
    /** @param {boolean} used the reader has taken hold of the globe */
    tellHint(used) {
      const touch = matchMedia('(hover: none)').matches;
      hint.textContent = word(touch ? 'hintTouch' : used ? 'hintUsed' : 'hint');
    },
    /** @param {boolean} playing */
    showPlaying(playing) {
      const name = playing ? 'pause' : 'play';
      playButton.querySelector('path')?.setAttribute('d', SHAPES[name]);
      playButton.setAttribute('aria-label', word(name));
      playButton.title = word(name);
    },
    /** @param {string} reason */
    fail(reason) {
      stage.hidden = !element.querySelector('[slot="still"]');
      canvas.hidden = controls.hidden = true;
      hint.textContent = `${word('failed')} (${reason})`;
    },
  };
  frame.tellHint(element.getAttribute('zoom') === 'always');
  return frame;
}
