// Interaction with a globe: rotation, zoom, flights, selection of stops. Loaded after the first
// picture.

import { addCard } from './card.js';
import { addControls } from './controls.js';
import { listen } from './gestures.js';
import { make } from '../base/elements.js';
import { resizes } from '../base/resizes.js';
import { real } from '../base/unclobbered.js';
import { adoptSheet } from '../base/adopt_sheet.js';
import { HANDLED, LISTED } from './interaction_style.js';
import { COUNTRIES } from './sphere.js';
import { wordsOf } from './words.js';

export { RELEASE as release } from '../base/release.js';

/**
 * @typedef {import('./stops.js').Stop} Stop
 * @typedef {import('./view.js').View} View
 * @typedef {import('./shadow_dom.js').GlobeElement} Element
 *
 * Loads what few readers ask for (more.js).
 * @typedef {() => Promise<{ filterYears(globe: Interaction, years: string): void }>} More
 */

// Maximal zoom of the sphere.
const CLOSEST = 24;
// Minimal zoom after a flight to a stop.
const CLOSE = 1.6;
// Milliseconds: minimal and maximal time of a flight, and the time in which a fling's speed falls
// to 1/e.
const FLIGHT = [300, 1400];
const DAMPING = 325;
// Degrees per second of auto-rotation, and per step of the arrow keys.
const ROTATION = 6;
const STEP = 10;
const RADIAN = Math.PI / 180;
// Pixels around a stop that select it, for mouse and touch.
const [MOUSE, FINGER] = [12, 24];

// Some phones claim that they can hover; a finger on the globe says otherwise.
const PHONE = '(hover: none), (pointer: coarse), (max-width: 30em)';

/** True if reduced motion is preferred. */
export const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Fetches countries with detailed coastlines, once for all globes.
 * @type {() => Promise<Uint8Array>}
 */
let closer;

/**
 * @param {Element} element
 * @param {View} view
 * @param {More} more
 * @param {(url: URL) => () => Promise<Uint8Array>} file what fetches a file, once
 */
export async function begin(element, view, more, file) {
  closer ??= file(new URL('./countries-50m.bin', import.meta.url));
  return new Interaction(element, view, more, await wordsOf(element));
}

export class Interaction {
  used = false;
  /** True if the last pointer on the globe was a finger. */
  touched = false;
  /** True if detailed countries are loaded or loading. */
  refined = false;
  hovered = -1;
  changing = 0;
  years = '';

  /**
   * @param {Element} element
   * @param {View} view
   * @param {More} more
   * @param {import('./words.js').Words} words
   */
  constructor(element, view, more, words) {
    this.element = element;
    this.view = view;
    this.more = more;
    this.words = words;
    const { root, list, canvas } = view.frame;
    canvas.setAttribute('aria-label', words.globe);
    list.setAttribute('aria-label', words.list);
    adoptSheet(root, HANDLED);
    adoptSheet(real(/** @type {Document | ShadowRoot} */ (element.getRootNode())), LISTED);
    this.live = root.appendChild(make('div', { class: 'live', 'aria-live': 'polite' }));
    this.card = addCard(view);
    this.controls = addControls(this);
    // Keyboard users scroll the list with the arrow keys.
    resizes(() => (list.tabIndex = this.scrolls ? 0 : -1)).observe(list);
    view.drawn = () => {
      this.card.place(this.meant);
      this.refine();
    };
    this.listen();
    this.apply();
  }

  /** Updates for other stops or attributes. */
  apply() {
    this.openList();
    this.showHint();
    this.rotate();
    const years = this.element.getAttribute('year') ?? '';
    if (years === this.years) return;
    this.years = years;
    this.more().then(
      ({ filterYears }) => filterYears(this, years),
      () => {},
    );
  }

  /** Updates a list that was made anew. */
  renew() {
    this.years = '';
    this.apply();
    this.view.stops[this.view.chosen]?.element?.setAttribute('aria-current', 'true');
  }

  /** Announces the current state, and shows the numbers if the page does not. */
  showHint() {
    const { words, used } = this;
    const { frame, stops } = this.view;
    const touch = this.touched || matchMedia(PHONE).matches;
    frame.hint.textContent = touch
      ? words.hintTouch
      : used || this.always
        ? words.hintUsed
        : words.hint;
    const countries = new Set(stops.map(({ code, country }) => code || country).filter(Boolean))
      .size;
    frame.stats.textContent =
      words.counted('stops', stops.length) +
      (countries ? ` · ${words.counted('countries', countries)}` : '');
  }

  /** The wheel zooms without a click before. */
  get always() {
    return this.element.getAttribute('zoom') === 'always';
  }

  get scrolls() {
    const { list } = this.view.frame;
    return list.scrollHeight > list.clientHeight + 1;
  }

  /** The number of the selected stop, -1: none. */
  get meant() {
    return this.hovered >= 0 ? this.hovered : this.view.chosen;
  }

  /** Turns names in the list into buttons, for keyboard use. */
  openList() {
    for (const { element } of this.view.stops) {
      const name = element?.querySelector('b, strong');
      if (!name || name.closest('a, button')) continue;
      const button = make('button', { type: 'button' });
      name.replaceWith(button);
      button.append(name);
    }
  }

  /** @param {string[]} names of what is to come to rest */
  stop(...names) {
    for (const name of names) this.view.movers.delete(name);
  }

  /**
   * @param {string} name of which there is one at a time
   * @param {import('./view.js').Mover} mover
   */
  move(name, mover) {
    this.view.movers.set(name, mover);
    this.view.invalidate();
  }

  listen() {
    const { view, element } = this;
    const { sphere } = view;
    const { canvas } = view.frame;
    listen(canvas, {
      grab: (x, y) => {
        this.pause();
        this.stop('swing', 'flight', 'rotation');
        sphere.grab(x, y);
        canvas.classList.add('held');
      },
      drag: (x, y) => {
        sphere.drag(x, y);
        view.invalidate();
      },
      release: (vx, vy) => {
        canvas.classList.remove('held');
        if (Math.hypot(vx, vy) > 0.05 && !still()) this.swing(vx, vy);
        else this.rest();
      },
      zoom: (factor, x, y) => this.zoomBy(factor, x, y),
      turn: (right, up) => this.turnBy(right, up),
      hover: (x, y) => {
        const stop = sphere.pick(x, y, MOUSE);
        canvas.classList.toggle('over', stop >= 0);
        this.hover(stop);
      },
      leave: () => this.hover(-1),
      tap: (x, y, touch) => {
        canvas.classList.remove('held');
        this.select(sphere.pick(x, y, touch ? FINGER : MOUSE));
        sphere.open(view.chosen);
      },
      double: (x, y) => {
        const [lon, lat, hit] = sphere.place(x, y);
        if (hit) this.fly(lon, lat, Math.min(CLOSEST, view.zoomed * 2));
      },
      step: (by) => this.step(by),
      home: () => this.goHome(),
      enter: () => this.card.follow(),
      escape: () => {
        const open = view.chosen >= 0;
        sphere.open(-1);
        this.select(-1);
        return open;
      },
      used: () => {
        this.used = true;
        this.showHint();
      },
      always: () => this.always,
    });
    canvas.addEventListener('pointerdown', ({ pointerType }) => {
      const touched = pointerType === 'touch';
      if (touched === this.touched) return;
      this.touched = touched;
      this.showHint();
    });
    // A stop of the list is selected: the globe turns to it.
    element.addEventListener('click', (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      const item = target.closest?.('li, [data-lon]');
      const index = view.stops.findIndex((stop) => stop.element && stop.element === item);
      if (index < 0 || target.closest('a[href]:not([href^="#"])')) return;
      event.preventDefault();
      this.flyTo(index);
      this.reveal();
    });
  }

  // ---- the view ----

  /** Scrolls to the globe if its centre is outside of the window. */
  reveal() {
    const { stage } = this.view.frame;
    const { top, bottom } = stage.getBoundingClientRect();
    const middle = (top + bottom) / 2;
    if (middle >= 0 && middle <= innerHeight) return;
    stage.scrollIntoView({ block: 'center', behavior: still() ? 'instant' : 'smooth' });
  }

  /**
   * Zooms around a point; returns whether the view changed.
   * @param {number} factor
   * @param {number} [x]
   * @param {number} [y] what stays where it is in the picture
   */
  zoomBy(factor, x, y) {
    const { view } = this;
    const { sphere } = view;
    const zoom = Math.min(CLOSEST, Math.max(1, view.zoomed * factor));
    if (zoom === view.zoomed) return false;
    this.stop('flight', 'swing');
    const [px, py] = [x ?? sphere.get('width') / 2, y ?? sphere.get('height') / 2];
    sphere.grab(px, py);
    view.scale(zoom);
    sphere.drag(px, py);
    this.viewChanged();
    return true;
  }

  /** @param {number} right @param {number} up steps */
  turnBy(right, up) {
    const { view } = this;
    const step = view.whole * STEP * RADIAN;
    this.stop('flight', 'swing', 'rotation');
    view.sphere.nudge(-right * step, up * step);
    this.viewChanged();
    view.invalidate();
  }

  /** @param {number} vx @param {number} vy pixels a millisecond */
  swing(vx, vy) {
    let force = 1;
    this.move('swing', (elapsed) => {
      this.view.sphere.nudge(vx * elapsed * force, vy * elapsed * force);
      force *= Math.exp(-elapsed / DAMPING);
      if (force > 0.01) return true;
      this.rest();
      return false;
    });
  }

  /** Ends a drag, perhaps with a fling. */
  rest() {
    this.viewChanged();
    this.rotate();
  }

  /** Auto-rotation, if it is enabled and reduced motion is not preferred. */
  rotate() {
    if (!this.element.hasAttribute('rotate') || still()) return this.stop('rotation');
    this.move('rotation', (elapsed) => {
      const { sphere } = this.view;
      if (this.meant < 0)
        sphere.nudge((sphere.get('scale') * ROTATION * RADIAN * elapsed) / 1000, 0);
      return true;
    });
  }

  /** Loads detailed coastlines for countries when zoomed in. */
  refine() {
    const { view } = this;
    const { close } = view;
    if (!view.countries || close === this.refined) return;
    this.refined = close;
    const show = (/** @type {Uint8Array} */ countries) => {
      if (this.refined !== close) return;
      view.sphere.load(COUNTRIES, countries);
      view.shade();
    };
    if (close) closer().then(show, () => {});
    else show(view.countries);
  }

  viewChanged() {
    this.changing ||= setTimeout(() => {
      this.changing = 0;
      this.element.emit('meridian-view-change', this.getView());
    }, 100);
  }

  getView() {
    const { sphere, zoomed } = this.view;
    const [lon, lat] = sphere.place(sphere.get('width') / 2, sphere.get('height') / 2);
    return { lon, lat, zoom: zoomed };
  }

  goHome() {
    const [lon, lat] = this.view.home;
    this.select(-1);
    return this.fly(lon, lat, 1);
  }

  /**
   * Flies to a position; north stays up.
   * @param {number} lon
   * @param {number} lat
   * @param {number} [zoom]
   * @returns {Promise<void>} when it is there
   */
  fly(lon, lat, zoom = this.view.zoomed) {
    const { view } = this;
    const from = this.getView();
    this.pause();
    this.stop('swing', 'rotation');
    const finish = () => {
      view.sphere.turn(lon, lat);
      view.scale(zoom);
      this.rest();
    };
    if (still()) return Promise.resolve(finish());
    const east = ((lon - from.lon + 540) % 360) - 180;
    const north = lat - from.lat;
    const angle = Math.hypot(east * Math.cos(((lat + from.lat) / 2) * RADIAN), north) * RADIAN;
    const time =
      FLIGHT[0] +
      (FLIGHT[1] - FLIGHT[0]) * Math.min(1, angle + Math.abs(Math.log(zoom / from.zoom)) / 4);
    // Interpolates the height over the ground; over half a great circle the whole sphere is visible
    // on the way.
    const [low, high] = [1 / from.zoom, 1 / zoom];
    const rise = Math.max(0, angle / Math.PI - (low + high) / 2);
    let passed = 0;
    return new Promise((resolve) => {
      this.move('flight', (elapsed) => {
        passed += elapsed || 16;
        if (passed >= time) {
          finish();
          resolve();
          return false;
        }
        const t = passed / time;
        const eased = t * t * (3 - 2 * t);
        view.sphere.turn(from.lon + east * eased, from.lat + north * eased);
        view.scale(1 / (low + (high - low) * eased + rise * 4 * eased * (1 - eased)));
        return true;
      });
    });
  }

  // ---- stops ----

  /** Selects a stop by its number or name, and flies to it. @param {number | string} stop */
  async flyTo(stop) {
    const { view } = this;
    const index =
      typeof stop === 'number' ? stop : view.stops.findIndex(({ name }) => name === stop);
    const { lon, lat } = view.stops[index] ?? {};
    if (!Number.isFinite(lon)) return;
    this.select(index);
    await this.fly(lon, lat, Math.max(view.zoomed, CLOSE));
  }

  /** Selects the next stop that has a position. @param {number} by 1 or -1 */
  step(by) {
    const { stops, wanted } = this.view;
    let at = this.view.chosen < 0 && by < 0 ? 0 : this.view.chosen;
    for (let tries = stops.length; tries--;) {
      at = (at + by + stops.length) % stops.length;
      if (Number.isFinite(stops[at].lon) && wanted(stops[at])) return this.flyTo(at);
    }
  }

  /** @param {number} index -1: none */
  select(index) {
    const { view } = this;
    if (index === view.chosen) return;
    view.stops[view.chosen]?.element?.removeAttribute('aria-current');
    view.chosen = index;
    this.hovered = -1;
    const stop = view.stops[index];
    const { list } = view.frame;
    stop?.element?.setAttribute('aria-current', 'true');
    if (stop?.element && this.scrolls) {
      const [a, b] = [stop.element.getBoundingClientRect(), list.getBoundingClientRect()];
      list.scrollBy({
        top: a.top - b.top - (b.height - a.height) / 2,
        behavior: still() ? 'instant' : 'smooth',
      });
    }
    this.card.fill(stop);
    this.live.textContent = stop
      ? [stop.name, stop.region, stop.country, stop.when, stop.note].filter(Boolean).join(', ')
      : '';
    view.shade();
    this.element.emit('meridian-select', { index, stop });
  }

  /** @param {number} index */
  hover(index) {
    if (index === this.hovered) return;
    this.hovered = index;
    this.card.fill(this.view.stops[this.meant]);
    this.card.place(this.meant);
  }

  /** Pauses the journey. */
  pause() {
    if (!this.view.movers.has('journey')) return;
    this.stop('journey');
    this.controls.showPlaying(false);
  }
}
