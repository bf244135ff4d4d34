// What a globe does: it turns, zooms, flies, shows which stop is meant. Made when land and stops are there.

import { listen } from './gestures.js';
import { Motion } from './motion.js';
import { paint, readInks } from './painter.js';
import { LAYER_NAMES, DETAILED, SELECTED, VISITED } from './sphere.js';

/** @typedef {import('./stops.js').Stop} Stop @typedef {import('./frame.js').Frame} Frame @typedef {import('./sphere.js').Sphere} Sphere */

// How much larger than the picture the sphere gets, and from when on the detailed land is worth its bytes.
const CLOSEST = 24;
const DETAIL_FROM = 2.5;
const LABEL_FONT = '12px system-ui, sans-serif';
const MOST_LABELS = 60;
// Beyond so many stops names are looked at one by one.
const MOST_NAMED = 2000;
// The sphere's radius by the picture's smaller side.
const SHARE = 0.47;
// Milliseconds: a flight takes between these, and what is left of a swing after one of them is 1/e.
const FLIGHT = [300, 1400];
const DAMPING = 325;
// Degrees a second of slow rotation.
const ROTATION = 6;

/** The reader wants no movement. */
export const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export class View {
  /**
   * @param {HTMLElement} element whose attributes say how @param {Frame} frame @param {Sphere} sphere with its land
   * @param {Stop[]} stops @param {() => Promise<Uint8Array>} detail fetches the detailed land
   */
  constructor(element, frame, sphere, stops, detail) {
    this.element = element;
    this.frame = frame;
    this.sphere = sphere;
    this.stops = stops;
    this.detail = detail;
    this.chosen = -1;
    this.hovered = -1;
    this.zoomed = 1;
    this.changing = 0;
    this.asked = false;
    /** @type {import('./painter.js').Inks | undefined} */
    this.inks = undefined;
    this.pen = /** @type {CanvasRenderingContext2D} */ (frame.canvas.getContext('2d'));
    this.picture = { width: 0, height: 0, ratio: 1, chosen: -1, font: LABEL_FONT, name: (/** @type {number} */ stop) => this.stops[stop]?.name ?? '' };
    this.motion = new Motion((moving) => this.draw(moving));
    this.listen();
    this.openList();
    this.apply();
    this.goHome(true);
    this.measure();
  }

  /** Names in the list become buttons: the keyboard gets to them. */
  openList() {
    for (const { element } of this.stops) {
      const name = element?.querySelector('b, strong');
      if (!name || name.closest('a, button')) continue;
      const button = document.createElement('button');
      button.type = 'button';
      name.replaceWith(button);
      button.append(name);
    }
  }

  /** @param {string} type @param {object} detail */
  tell(type, detail) {
    return this.element.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }

  /** Colours may be others now. */
  recolour() {
    this.inks = undefined;
    this.motion.invalidate();
  }

  // ---- what is shown ----------------------------------------------------------------------------------------------

  apply() {
    const { sphere, stops } = this;
    this.pen.font = LABEL_FONT;
    const labels = this.element.getAttribute('labels') !== 'none';
    sphere.setStops(
      stops.map(({ name, lon, lat, kind }, at) => ({
        lon,
        lat,
        priority: kind === 'home' ? 2 : at === 0 || at === stops.length - 1 ? 1 : 0,
        label: labels && stops.length <= MOST_NAMED ? this.pen.measureText(name).width : 0,
        flags: 0,
      })),
    );
    const without = [...(this.element.getAttribute('arcs') === 'none' ? ['legs', 'travelled'] : []), ...(this.element.hasAttribute('night') ? [] : ['night1', 'night2', 'night3', 'night4'])];
    sphere.setLayers(LAYER_NAMES.reduce((mask, name, at) => (without.includes(name) ? mask : mask | (1 << at)), 0));
    sphere.set('sun', Date.now());
    sphere.set('progress', -1);
    this.shade();
    this.rotate();
    this.motion.invalidate();
  }

  shade() {
    const visited = new Set(this.stops.map(({ code }) => code));
    const chosen = this.stops[this.chosen]?.code;
    this.sphere.flagRegions((code) => (visited.has(code) ? VISITED : 0) | (code === chosen ? SELECTED : 0));
    this.motion.invalidate();
  }

  measure() {
    const { sphere } = this;
    const { stage, canvas, list } = this.frame;
    // Whoever has no pointer scrolls it by the arrow keys.
    list.tabIndex = list.scrollHeight > list.clientHeight + 1 ? 0 : -1;
    const { clientWidth: width, clientHeight: height } = stage;
    if (!width) return;
    const ratio = Math.min(3, devicePixelRatio || 1);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    sphere.set('width', width);
    sphere.set('height', height);
    sphere.set('ratio', ratio);
    this.scale();
    this.draw(false);
  }

  /** The sphere's radius in pixels when it is all in the picture. */
  get whole() {
    const { clientWidth, clientHeight } = this.frame.stage;
    return Math.min(clientWidth, clientHeight) * SHARE;
  }

  scale() {
    this.sphere.set('scale', this.whole * this.zoomed);
    if (this.zoomed >= DETAIL_FROM && !this.asked) {
      this.asked = true;
      this.detail().then((land) => this.sphere.load(DETAILED, land) && this.motion.invalidate(), () => {});
    }
    this.motion.invalidate();
  }

  /** @param {boolean} moving */
  draw(moving) {
    const { sphere, picture } = this;
    if (!this.frame.canvas.width) return;
    this.inks ??= readInks(this.frame.probe);
    sphere.setDrawing(this.zoomed >= DETAIL_FROM, MOST_LABELS, !moving);
    sphere.frame();
    picture.width = sphere.get('width');
    picture.height = sphere.get('height');
    picture.ratio = sphere.get('ratio');
    picture.chosen = this.chosen;
    paint(this.pen, sphere, this.inks, picture);
    this.placeTip();
  }

  // ---- the reader -------------------------------------------------------------------------------------------------

  listen() {
    const { sphere, motion } = this;
    const { canvas, tip } = this.frame;
    listen(canvas, {
      grab: (x, y) => {
        motion.stop('swing', 'flight', 'rotation', 'journey');
        sphere.grab(x, y);
        canvas.classList.add('held');
      },
      drag: (x, y) => {
        sphere.drag(x, y);
        motion.invalidate();
      },
      release: (vx, vy) => {
        canvas.classList.remove('held');
        if (Math.hypot(vx, vy) > 0.05 && !still()) this.swing(vx, vy);
        else this.rest();
      },
      zoom: (factor, x, y) => this.zoomBy(factor, x, y),
      turn: (right, up) => this.turnBy(right, up),
      hover: (x, y) => {
        const stop = sphere.pick(x, y, 12);
        canvas.classList.toggle('over', stop >= 0);
        this.hover(stop);
      },
      leave: () => this.hover(-1),
      tap: (x, y, touch) => {
        canvas.classList.remove('held');
        const stop = sphere.pick(x, y, touch ? 24 : 12);
        if (stop < 0) sphere.open(-1);
        else sphere.open(stop);
        this.select(stop, false);
      },
      double: (x, y) => {
        const [lon, lat, hit] = sphere.place(x, y);
        if (hit) this.fly(lon, lat, Math.min(CLOSEST, this.zoomed * 2));
      },
      step: (by) => {
        const { length } = this.stops;
        for (let n = 1; n <= length; n++) {
          const next = (this.chosen + (this.chosen < 0 && by < 0 ? 0 : by * n) + length * 2) % length;
          if (Number.isFinite(this.stops[next].lon)) return this.flyTo(next);
        }
      },
      home: () => this.goHome(),
      enter: () => {
        const { url } = this.stops[this.chosen] ?? {};
        if (url) tip.querySelector('a')?.click();
      },
      escape: () => {
        const open = this.chosen >= 0;
        sphere.open(-1);
        this.select(-1, false);
        return open;
      },
      used: () => this.frame.tellHint(true),
      always: () => this.element.getAttribute('zoom') === 'always',
    });
  }

  /** @param {number} factor @param {number} [x] @param {number} [y] what stays where it is in the picture */
  zoomBy(factor, x, y) {
    const { sphere } = this;
    const zoomed = Math.min(CLOSEST, Math.max(1, this.zoomed * factor));
    if (zoomed === this.zoomed) return false;
    this.motion.stop('flight', 'swing');
    if (x !== undefined && y !== undefined) sphere.grab(x, y);
    this.zoomed = zoomed;
    this.scale();
    if (x !== undefined && y !== undefined) sphere.drag(x, y);
    this.viewChanged();
    return true;
  }

  /** @param {number} right @param {number} up steps */
  turnBy(right, up) {
    const { sphere } = this;
    const [x, y] = [sphere.get('width') / 2, sphere.get('height') / 2];
    const step = (sphere.get('scale') * Math.PI) / 18 / this.zoomed;
    this.motion.stop('flight', 'swing', 'rotation');
    sphere.grab(x, y);
    sphere.drag(x - right * step, y + up * step);
    this.viewChanged();
    this.motion.invalidate();
  }

  /** @param {number} vx @param {number} vy pixels a millisecond */
  swing(vx, vy) {
    const { sphere } = this;
    const [x, y] = [sphere.get('width') / 2, sphere.get('height') / 2];
    let force = 1;
    this.motion.start('swing', (elapsed) => {
      sphere.grab(x, y);
      sphere.drag(x + vx * elapsed * force, y + vy * elapsed * force);
      force *= Math.exp(-elapsed / DAMPING);
      if (force > 0.01) return true;
      this.rest();
      return false;
    });
  }

  /** The reader has let go. */
  rest() {
    this.viewChanged();
    this.rotate();
  }

  /** Slow rotation, where it is wanted and the reader likes movement. */
  rotate() {
    const { sphere } = this;
    if (!this.element.hasAttribute('rotate') || still()) return this.motion.stop('rotation');
    this.motion.start('rotation', (elapsed) => {
      if (this.hovered >= 0 || this.chosen >= 0) return true;
      const [x, y] = [sphere.get('width') / 2, sphere.get('height') / 2];
      sphere.grab(x, y);
      sphere.drag(x + (sphere.get('scale') * Math.PI * ROTATION * elapsed) / 180_000, y);
      return true;
    });
  }

  viewChanged() {
    if (!this.changing) {
      this.changing = setTimeout(() => {
        this.changing = 0;
        this.tell('meridian-view-change', this.getView());
      }, 100);
    }
  }

  getView() {
    const { sphere } = this;
    const [lon, lat] = sphere.place(sphere.get('width') / 2, sphere.get('height') / 2);
    return { lon, lat, zoom: this.zoomed };
  }

  // ---- stops ------------------------------------------------------------------------------------------------------

  /** Where most stops are, so that the first view shows them. @param {boolean} [now] without a flight */
  goHome(now = false) {
    const said = (this.element.getAttribute('center') ?? '').split(',').map(Number);
    let [lon, lat] = said;
    if (said.length !== 2 || !said.every(Number.isFinite)) {
      let [x, y, z] = [0, 0, 0];
      for (const { lon, lat } of this.stops) {
        if (!Number.isFinite(lon + lat)) continue;
        const [l, f] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
        x += Math.cos(f) * Math.cos(l);
        y += Math.cos(f) * Math.sin(l);
        z += Math.sin(f);
      }
      lon = (Math.atan2(y, x) * 180) / Math.PI;
      lat = Math.max(-50, Math.min(50, (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI));
    }
    if (now) {
      this.zoomed = 1;
      this.sphere.turn(lon, lat);
      this.motion.invalidate();
    } else {
      this.select(-1, false);
      this.fly(lon, lat, 1);
    }
  }

  /** @param {number} lon @param {number} lat @param {number} [zoom] */
  fly(lon, lat, zoom = this.zoomed) {
    const { sphere, motion } = this;
    motion.stop('swing', 'rotation', 'journey');
    const angle = sphere.fly(lon, lat, this.whole * zoom);
    const finish = () => {
      sphere.flight(1);
      this.zoomed = zoom;
      this.scale();
      this.rest();
    };
    if (still()) return Promise.resolve(finish());
    const time = FLIGHT[0] + (FLIGHT[1] - FLIGHT[0]) * Math.min(1, angle + Math.abs(Math.log(zoom / this.zoomed)) / 4);
    let passed = 0;
    return new Promise((resolve) => {
      motion.start('flight', (elapsed) => {
        passed += elapsed || 16;
        sphere.flight(Math.min(1, passed / time));
        this.zoomed = sphere.get('scale') / this.whole;
        if (passed < time) return true;
        finish();
        resolve(undefined);
        return false;
      });
    });
  }

  /** Goes to a stop, by its number or its name. @param {number | string} stop */
  async flyTo(stop) {
    const index = typeof stop === 'number' ? stop : this.stops.findIndex(({ name }) => name === stop);
    const { lon, lat } = this.stops[index] ?? {};
    if (!Number.isFinite(lon)) return;
    this.select(index, true);
    await this.fly(lon, lat, Math.max(this.zoomed, 1.6));
  }

  /** @param {number} index -1: none @param {boolean} announce to a screen reader */
  select(index, announce) {
    if (index === this.chosen) return;
    const before = this.stops[this.chosen]?.element;
    before?.removeAttribute('aria-current');
    this.chosen = index;
    this.hovered = -1;
    const stop = this.stops[index];
    if (stop?.element) {
      stop.element.setAttribute('aria-current', 'true');
      const { list } = this.frame;
      if (list.scrollHeight > list.clientHeight + 1) {
        const [a, b] = [stop.element.getBoundingClientRect(), list.getBoundingClientRect()];
        list.scrollBy({ top: a.top - b.top - (b.height - a.height) / 2, behavior: still() ? 'instant' : 'smooth' });
      }
    }
    this.fillTip(stop);
    if (announce || stop) this.frame.live.textContent = stop ? [stop.name, stop.region, stop.country, stop.when, stop.note].filter(Boolean).join(', ') : '';
    this.shade();
    this.tell('meridian-select', { index, stop });
  }

  /** @param {number} index */
  hover(index) {
    if (index === this.hovered) return;
    this.hovered = index;
    this.fillTip(this.stops[index] ?? this.stops[this.chosen]);
    this.placeTip();
  }

  /** @param {Stop | undefined} stop */
  fillTip(stop) {
    const { tip } = this.frame;
    tip.hidden = !stop;
    tip.replaceChildren();
    if (!stop) return;
    const add = (/** @type {string} */ tag, /** @type {string} */ text) => {
      const made = Object.assign(document.createElement(tag), { textContent: text });
      tip.append(made);
      return made;
    };
    if (/^(https?:|\/|\.|[\w-]+\/)/.test(stop.image)) {
      const picture = /** @type {HTMLImageElement} */ (add('img', ''));
      picture.alt = '';
      picture.src = new URL(stop.image, document.baseURI).href;
    }
    if (stop.url && /^https?:$/.test(new URL(stop.url, document.baseURI).protocol)) {
      const link = /** @type {HTMLAnchorElement} */ (add('a', stop.name));
      link.href = stop.url;
    } else add('b', stop.name);
    const line = [stop.country, stop.when].filter(Boolean).join(' · ');
    if (line) add('span', line);
    if (stop.note) add('p', stop.note);
  }

  placeTip() {
    const index = this.hovered >= 0 ? this.hovered : this.chosen;
    const { sphere } = this;
    const { tip } = this.frame;
    if (tip.hidden || index < 0) return;
    const [x, y, seen] = sphere.locate(index);
    tip.style.visibility = seen ? '' : 'hidden';
    tip.style.setProperty('--x', `${((100 * x) / sphere.get('width')).toFixed(2)}%`);
    tip.style.setProperty('--y', `${y.toFixed(1)}px`);
    tip.classList.toggle('below', y < tip.offsetHeight + 24);
  }

  pause() {
    this.motion.stop('journey');
    this.frame.showPlaying(false);
  }
}
