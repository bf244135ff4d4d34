// globe.wasm as plain names: the only script that knows its pointers; what they promise is in wasm/globe.h. What a frame gives lies
// in the module's memory and is read there: nothing is copied, and nothing is made anew while the sphere turns.

import { instantiate, wrap } from '../abi.js';

// GlobeData's offsets, in bytes: numbers of eight bytes, then words of four.
const [VERSOR, SCALE, WIDTH, HEIGHT, RATIO, LIFT, PROGRESS, SUN, CLUSTER, LABEL_HEIGHT] = [0, 32, 40, 48, 56, 64, 72, 80, 88, 96];
const [LAYERS, DETAIL, MAX_LABELS, SETTLE, LAYER, XY, ENDS] = [104, 108, 112, 116, 120, 176, 180];
const [POINTS, DOTS, LABELS, TRAVELLER, REGIONS, STOPS, ANSWER] = [184, 200, 212, 224, 236, 248, 272];

/** Numbers that a view has, and where they lie. */
const NUMBERS = {
  scale: SCALE, width: WIDTH, height: HEIGHT, ratio: RATIO, lift: LIFT, progress: PROGRESS, sun: SUN, cluster: CLUSTER, labelHeight: LABEL_HEIGHT,
};

/** Layers in the order in which their paths lie. */
export const LAYER_NAMES = /** @type {const} */ ([
  'graticule', 'landCut', 'landWhole', 'coastCut', 'visited', 'selected', 'borders', 'night1', 'night2', 'night3', 'night4', 'legs', 'travelled',
]);

/** Files that load() takes, by their numbers. */
export const [LAND, DETAILED, COUNTRIES] = [0, 1, 2];
// Flags of regions and stops.
export const VISITED = 1;
export const SELECTED = 2;
export const HIDDEN = 1;
export const APART = 2;

/** @typedef {{ lon: number, lat: number, priority: number, label: number, flags: number }} Point `label`: its width in pixels, 0: none */

export class Sphere {
  /** @param {WebAssembly.Module} module */
  static async make(module) {
    return new Sphere(wrap(await instantiate(module, {}), 'globe_'));
  }

  /** @param {ReturnType<typeof wrap>} instance */
  constructor(instance) {
    this.call = instance.call;
    this.native = instance.native;
    this.memory = instance.memory;
    this.data = this.call('new');
    const { buffer } = this.memory;
    /** @type {Float64Array} */
    this.f64 = new Float64Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.u8 = new Uint8Array(buffer);
  }

  /** Views of the memory, made anew when it has grown. */
  look() {
    const { buffer } = this.memory;
    if (this.f64.buffer === buffer) return;
    this.f64 = new Float64Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.u8 = new Uint8Array(buffer);
  }

  /** @param {number} offset */
  word(offset) {
    return this.u32[(this.data + offset) >> 2];
  }

  /** @param {keyof typeof NUMBERS} name @param {number} value */
  set(name, value) {
    this.f64[(this.data + NUMBERS[name]) >> 3] = value;
  }
  /** @param {keyof typeof NUMBERS} name */
  get(name) {
    return this.f64[(this.data + NUMBERS[name]) >> 3];
  }
  /** @param {number} mask a bit for each layer */
  setLayers(mask) {
    this.u32[(this.data + LAYERS) >> 2] = mask;
  }
  /** @param {boolean} detail @param {number} labels at most @param {boolean} settle */
  setDrawing(detail, labels, settle) {
    this.u32[(this.data + DETAIL) >> 2] = Number(detail);
    this.u32[(this.data + MAX_LABELS) >> 2] = labels;
    this.u32[(this.data + SETTLE) >> 2] = Number(settle);
  }

  /** The rotation, four numbers in place. */
  get versor() {
    const at = (this.data + VERSOR) >> 3;
    return this.f64.subarray(at, at + 4);
  }

  /** @param {number} file @param {Uint8Array} bytes */
  load(file, bytes) {
    const good = this.call('load', this.data, file, bytes);
    this.look();
    return good !== 0;
  }

  /** @param {Point[]} points */
  setStops(points) {
    this.call('reserve', this.data, points.length);
    this.look();
    const [lon, lat] = [this.word(STOPS + 4) >> 3, this.word(STOPS + 8) >> 3];
    const [priority, label] = [this.word(STOPS + 12) >> 2, this.word(STOPS + 16) >> 2];
    const flags = this.word(STOPS + 20);
    for (let i = 0; i < this.word(STOPS); i++) {
      const point = points[i];
      this.f64[lon + i] = point.lon;
      this.f64[lat + i] = point.lat;
      this.f32[priority + i] = point.priority;
      this.f32[label + i] = point.label;
      this.u8[flags + i] = point.flags;
    }
    this.update();
  }

  get stops() {
    return this.word(STOPS);
  }

  /** @param {(index: number) => number} flags of each stop */
  flagStops(flags) {
    const at = this.word(STOPS + 20);
    for (let i = 0; i < this.word(STOPS); i++) this.u8[at + i] = flags(i);
    this.update();
  }

  update() {
    this.call('update', this.data);
    this.look();
  }

  /** @param {(code: string) => number} flags of a region of ISO 3166 */
  flagRegions(flags) {
    const [codes, at] = [this.word(REGIONS + 4), this.word(REGIONS + 8)];
    for (let i = 0; i < this.word(REGIONS); i++) this.u8[at + i] = flags(this.region(i, codes));
  }
  /** @param {number} index */
  region(index, codes = this.word(REGIONS + 4)) {
    return String.fromCharCode(this.u8[codes + 2 * index], this.u8[codes + 2 * index + 1]);
  }

  // What happens in each frame allocates nothing: the functions are called without wrap()'s lists.

  frame() {
    this.native.globe_frame(this.data);
  }
  /** @param {number} lon @param {number} lat */
  turn(lon, lat) {
    this.native.globe_look(this.data, lon, lat, 0);
  }
  /** @param {number} x @param {number} y */
  grab(x, y) {
    this.native.globe_grab(this.data, x, y);
  }
  /** @param {number} x @param {number} y */
  drag(x, y) {
    this.native.globe_drag(this.data, x, y, 1);
  }
  /** Begins a flight; gives its angle in radians. @param {number} lon @param {number} lat @param {number} scale NaN: as it is */
  fly(lon, lat, scale) {
    return this.native.globe_fly(this.data, lon, lat, scale);
  }
  /** @param {number} t from 0 to 1 */
  flight(t) {
    this.native.globe_flight(this.data, t);
  }

  /** The stop nearest to a place of the picture, -1: none. @param {number} x @param {number} y @param {number} radius */
  pick(x, y, radius) {
    return this.native.globe_pick(this.data, x, y, radius);
  }
  /** @param {number} x @param {number} y */
  pickRegion(x, y) {
    const index = this.native.globe_pick_region(this.data, x, y, 6);
    return index < 0 ? '' : this.region(index);
  }
  /** Where on the sphere a place of the picture is. @param {number} x @param {number} y */
  place(x, y) {
    this.native.globe_place(this.data, x, y);
    return this.answer();
  }
  /** Where in the picture a stop is: x, y, and whether it is seen. @param {number} stop */
  locate(stop) {
    this.native.globe_locate(this.data, stop);
    return this.answer();
  }
  /** Opens the cluster that a stop is in; -1 closes it. @param {number} stop */
  open(stop) {
    this.native.globe_open(this.data, stop);
  }
  answer() {
    const at = (this.data + ANSWER) >> 3;
    return [this.f64[at], this.f64[at + 1], this.f64[at + 2]];
  }

  /**
   * Draws the paths of some layers, one behind the other.
   * @param {{ moveTo(x: number, y: number): void, lineTo(x: number, y: number): void, closePath(): void }} pen
   * @param {number} first @param {number} [last] layers
   * @param {boolean} [close] each path is a ring
   */
  trace(pen, first, last = first, close = false) {
    const { f32, u32 } = this;
    const layer = (this.data + LAYER) >> 2;
    const xy = this.word(XY) >> 2;
    const ends = this.word(ENDS) >> 2;
    const from = u32[layer + first];
    for (let path = from, at = path ? u32[ends + path - 1] : 0; path < u32[layer + last + 1]; path++) {
      const end = u32[ends + path];
      pen.moveTo(f32[xy + 2 * at], f32[xy + 2 * at + 1]);
      for (at++; at < end; at++) pen.lineTo(f32[xy + 2 * at], f32[xy + 2 * at + 1]);
      if (close) pen.closePath();
    }
  }

  /** Each point that is seen. @param {(x: number, y: number, stop: number, size: number) => void} tell */
  points(tell) {
    const [xy, stop, size] = [this.word(POINTS + 4) >> 2, this.word(POINTS + 8) >> 2, this.word(POINTS + 12) >> 2];
    for (let i = 0; i < this.word(POINTS); i++) tell(this.f32[xy + 2 * i], this.f32[xy + 2 * i + 1], this.u32[stop + i], this.u32[size + i]);
  }
  /** Each region that is only a dot. @param {(x: number, y: number, flags: number) => void} tell */
  dots(tell) {
    const [xy, region, flags] = [this.word(DOTS + 4) >> 2, this.word(DOTS + 8) >> 2, this.word(REGIONS + 8)];
    for (let i = 0; i < this.word(DOTS); i++) tell(this.f32[xy + 2 * i], this.f32[xy + 2 * i + 1], this.u8[flags + this.u32[region + i]]);
  }
  /** Each label that has a place: the left end of its middle line. @param {(x: number, y: number, stop: number) => void} tell */
  labels(tell) {
    const [xy, stop] = [this.word(LABELS + 4) >> 2, this.word(LABELS + 8) >> 2];
    for (let i = 0; i < this.word(LABELS); i++) tell(this.f32[xy + 2 * i], this.f32[xy + 2 * i + 1], this.u32[stop + i]);
  }
  /** Where the traveller of `progress` is, undefined when behind the sphere. */
  traveller() {
    const at = (this.data + TRAVELLER) >> 2;
    return this.u32[at + 2] ? [this.f32[at], this.f32[at + 1]] : undefined;
  }
}
