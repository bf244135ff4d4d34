// The view of a globe: land, stops and orientation, drawn when something has changed.

import { FONT, paint, readInks } from './painter.js';
import { COUNTRIES, DETAILED, HIDDEN, LAYER_NAMES, SELECTED, VISITED } from './sphere.js';

/**
 * @typedef {import('./stops.js').Stop} Stop
 * @typedef {import('./shadow_dom.js').Frame} Frame
 * @typedef {import('./sphere.js').Sphere} Sphere
 */
/**
 * @typedef {(elapsed: number) => boolean} Mover moves by so many milliseconds; false: it has come
 *   to rest
 */

// Zoom from which the detailed land is loaded.
const DETAIL_FROM = 2.5;
const MOST_LABELS = 60;
// Above this number of stops names are compared one by one.
const MOST_NAMED = 2000;
// Radius of the sphere relative to the picture's smaller side: legs rise above it within the
// picture.
const SHARE = 0.44;
// The largest latitude of a first view, so that no globe begins with a pole in the centre.
const HIGHEST = 50;
const RADIAN = Math.PI / 180;

/**
 * The centre of all stops, λ, φ, so that the first view shows most of them.
 * @param {Stop[]} stops
 */
export function middleOf(stops) {
  let [x, y, z] = [0, 0, 0];
  for (const { lon, lat } of stops) {
    if (!Number.isFinite(lon + lat)) continue;
    x += Math.cos(lat * RADIAN) * Math.cos(lon * RADIAN);
    y += Math.cos(lat * RADIAN) * Math.sin(lon * RADIAN);
    z += Math.sin(lat * RADIAN);
  }
  return [
    Math.atan2(y, x) / RADIAN,
    Math.max(-HIGHEST, Math.min(HIGHEST, Math.atan2(z, Math.hypot(x, y)) / RADIAN)),
  ];
}

export class View {
  /** @type {Stop[]} */
  stops = [];
  chosen = -1;
  /** Zoom: 1 shows the whole sphere. */
  zoomed = 1;
  /** True if the detailed land is drawn. */
  close = false;
  /** Device pixels per CSS pixel. */
  ratio = 1;
  /** The filter of stops. @type {(stop: Stop) => boolean} */
  wanted = () => true;
  /**
   * Active animations by name: a flight, a fling, a journey, auto-rotation.
   * @type {Map<string, Mover>}
   */
  movers = new Map();
  /** Called after each frame. */
  drawn = () => {};
  visible = true;
  waiting = 0;
  last = 0;
  asked = false;
  /** The countries for shading, as loaded. @type {Uint8Array | undefined} */
  countries = undefined;
  /** @type {import('./painter.js').Inks | undefined} */
  inks = undefined;

  /**
   * @param {HTMLElement} element whose attributes say how
   * @param {Frame} frame
   * @param {Sphere} sphere with its land
   * @param {() => Promise<Uint8Array>} detail fetches the detailed land
   */
  constructor(element, frame, sphere, detail) {
    this.element = element;
    this.frame = frame;
    this.sphere = sphere;
    this.detail = detail;
    this.pen = /** @type {CanvasRenderingContext2D} */ (frame.canvas.getContext('2d'));
  }

  // ---- content ----

  /** @param {Stop[]} stops */
  show(stops) {
    this.stops = stops;
    this.chosen = -1;
    this.apply();
    const [lon, lat] = this.home;
    this.sphere.turn(lon, lat);
    this.zoomed = 1;
    this.measure();
  }

  /** The centre of the first view. */
  get home() {
    const centre = (this.element.getAttribute('center') ?? '').split(',').map(Number);
    return centre.length === 2 && centre.every(Number.isFinite)
      ? centre
      : middleOf(this.stops.filter(this.wanted));
  }

  /** Updates for other stops and attributes. */
  apply() {
    const { sphere, stops, element } = this;
    this.pen.font = FONT;
    const named = element.getAttribute('labels') !== 'none' && stops.length <= MOST_NAMED;
    sphere.setStops(
      stops.map((stop, at) => ({
        lon: stop.lon,
        lat: stop.lat,
        priority: stop.kind === 'home' ? 2 : at === 0 || at === stops.length - 1 ? 1 : 0,
        label: named ? this.pen.measureText(stop.name).width : 0,
        flags: this.wanted(stop) ? 0 : HIDDEN,
      })),
    );
    const without =
      (element.getAttribute('arcs') === 'none' ? 'legs travelled ' : '') +
      (element.hasAttribute('night') ? '' : 'night1 night2 night3 night4');
    sphere.setLayers(
      LAYER_NAMES.reduce((mask, name, at) => (without.includes(name) ? mask : mask | (1 << at)), 0),
    );
    sphere.set('sun', Date.now());
    sphere.set('progress', -1);
    this.shade();
  }

  /** @param {Uint8Array} countries */
  addCountries(countries) {
    this.countries = countries;
    this.sphere.load(COUNTRIES, countries);
    this.shade();
  }

  shade() {
    const visited = new Set(this.stops.filter(this.wanted).map(({ code }) => code));
    const chosen = this.stops[this.chosen]?.code;
    this.sphere.flagRegions(
      (code) => (visited.has(code) ? VISITED : 0) | (code === chosen ? SELECTED : 0),
    );
    this.invalidate();
  }

  /** Updates for another size of the picture. */
  measure() {
    const { sphere } = this;
    const { stage, canvas } = this.frame;
    const { clientWidth: width, clientHeight: height } = stage;
    if (!width) return;
    this.ratio = Math.min(3, devicePixelRatio || 1);
    canvas.width = Math.round(width * this.ratio);
    canvas.height = Math.round(height * this.ratio);
    sphere.set('width', width);
    sphere.set('height', height);
    sphere.set('ratio', this.ratio);
    this.scale(this.zoomed);
    this.draw();
  }

  /** The sphere's radius in pixels at zoom 1. */
  get whole() {
    return Math.min(this.sphere.get('width'), this.sphere.get('height')) * SHARE;
  }

  /** @param {number} zoom */
  scale(zoom) {
    this.zoomed = zoom;
    this.close = zoom >= DETAIL_FROM;
    this.sphere.set('scale', this.whole * zoom);
    if (this.close && !this.asked) {
      this.asked = true;
      this.detail().then(
        (land) => this.sphere.load(DETAILED, land) && this.invalidate(),
        () => {},
      );
    }
    this.invalidate();
  }

  // ---- frames ----

  /** Reads the colours again. */
  recolour() {
    this.inks = undefined;
    this.invalidate();
  }

  /** Draws at once. */
  repaint() {
    this.inks = undefined;
    this.draw();
  }

  /** Requests a frame. */
  invalidate() {
    if (this.visible && !this.waiting) this.waiting = requestAnimationFrame(this.step);
  }

  step = (/** @type {number} */ time) => {
    this.waiting = 0;
    const elapsed = Math.min(64, time - (this.last || time));
    if (this.movers.size)
      for (const [name, move] of this.movers) if (!move(elapsed)) this.movers.delete(name);
    this.last = this.movers.size ? time : 0;
    this.draw();
    if (this.last) this.invalidate();
  };

  /** Starts or stops drawing, depending on visibility. @param {boolean} visible */
  notice(visible) {
    this.visible = visible;
    if (visible) return this.invalidate();
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
  }

  draw() {
    const { sphere } = this;
    if (!this.frame.canvas.width) return;
    this.inks ??= readInks(this.frame.canvas);
    sphere.setDrawing(this.close, MOST_LABELS, !this.movers.size);
    sphere.frame();
    this.paint(this.pen, this.ratio);
    this.drawn();
  }

  /**
   * Draws the last frame, on this canvas or another.
   * @param {CanvasRenderingContext2D} pen
   * @param {number} ratio pixels to a CSS pixel
   */
  paint(pen, ratio = 1) {
    paint(
      pen,
      this.sphere,
      /** @type {import('./painter.js').Inks} */ (this.inks),
      this.stops,
      this.chosen,
      ratio,
    );
  }
}
