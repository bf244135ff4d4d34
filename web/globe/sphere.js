// globe.wasm with readable names: the only script that knows its pointers; wasm/globe.h documents
// its functions. A frame's data is read in place from the module's memory: nothing is copied, and
// nothing is allocated while the sphere turns.

// Offsets in GlobeData, in units of eight bytes and of four.
const NUMBERS = { scale: 4, width: 5, height: 6, ratio: 7, lift: 8, progress: 9, sun: 10 };
const ANSWER = 34;
const [LAYERS, DETAIL, MAX_LABELS, SETTLE, LAYER, XY, ENDS] = [26, 27, 28, 29, 30, 44, 45];
const [POINTS, DOTS, LABELS, TRAVELLER, SEEN, REGIONS, STOPS] = [46, 50, 53, 56, 58, 59, 62];

/** Layers in the order in which their paths lie. */
export const LAYER_NAMES = /** @type {const} */ ([
  'graticule',
  'landCut',
  'landWhole',
  'coastCut',
  'visited',
  'selected',
  'borders',
  'night1',
  'night2',
  'night3',
  'night4',
  'legs',
  'travelled',
]);

/** Numbers of the files that load() takes. */
export const [LAND, DETAILED, COUNTRIES] = [0, 1, 2];
/** Flags of regions. */
export const [VISITED, SELECTED] = [1, 2];
/** Flag of stops: hidden by a filter. */
export const HIDDEN = 1;

/**
 * @typedef {{ lon: number, lat: number, priority: number, label: number, flags: number }} Point
 *   `label`: its width in pixels, 0: none
 */

export class Sphere {
  /** @param {BufferSource} bytes globe.wasm */
  static async make(bytes) {
    return new Sphere((await WebAssembly.instantiate(bytes)).instance.exports);
  }

  /** @param {WebAssembly.Exports} exports */
  constructor(exports) {
    this.native = /** @type {Record<string, import('../engine/abi.js').Native>} */ (exports);
    this.memory = /** @type {WebAssembly.Memory} */ (exports.memory);
    this.data = this.native.globe_new();
    this.seen = this.views();
  }

  /** Arrays of the module's memory, read in place. */
  views() {
    const { buffer } = this.memory;
    const words = new Uint32Array(buffer, this.data, 2 * ANSWER);
    const floats = (/** @type {number} */ word) => new Float32Array(buffer, words[word]);
    const integers = (/** @type {number} */ word) => new Uint32Array(buffer, words[word]);
    return {
      words,
      numbers: new Float64Array(buffer, this.data, ANSWER),
      /** The last result of place() and locate(). */
      answer: new Float64Array(buffer, this.data + 8 * ANSWER, 3),
      xy: floats(XY),
      ends: integers(ENDS),
      pointXy: floats(POINTS + 1),
      pointStop: integers(POINTS + 2),
      pointSize: integers(POINTS + 3),
      dotXy: floats(DOTS + 1),
      dotRegion: integers(DOTS + 2),
      /** The left ends of their centre lines. */
      labelXy: floats(LABELS + 1),
      labelStop: integers(LABELS + 2),
      /** Position of the traveller of `progress`. */
      traveller: new Float32Array(buffer, this.data + 4 * TRAVELLER, 2),
      regionFlags: new Uint8Array(buffer, words[REGIONS + 2], words[REGIONS]),
    };
  }

  /** @param {keyof typeof NUMBERS} name @param {number} value */
  set(name, value) {
    this.seen.numbers[NUMBERS[name]] = value;
  }
  /** @param {keyof typeof NUMBERS} name */
  get(name) {
    return this.seen.numbers[NUMBERS[name]];
  }
  /** @param {number} mask a bit for each layer */
  setLayers(mask) {
    this.seen.words[LAYERS] = mask;
  }
  /** @param {boolean} detail @param {number} labels at most @param {boolean} settle */
  setDrawing(detail, labels, settle) {
    this.seen.words[DETAIL] = Number(detail);
    this.seen.words[MAX_LABELS] = labels;
    this.seen.words[SETTLE] = Number(settle);
  }

  /** @param {number} file @param {Uint8Array} bytes */
  load(file, bytes) {
    const { native, data } = this;
    const at = native.globe_alloc(bytes.length);
    new Uint8Array(this.memory.buffer, at).set(bytes);
    const good = native.globe_load(data, file, at, bytes.length);
    native.globe_free(at);
    this.seen = this.views();
    return good !== 0;
  }

  /** @param {Point[]} points */
  setStops(points) {
    const { native, data } = this;
    native.globe_reserve(data, points.length);
    this.seen = this.views();
    const { words } = this.seen;
    const { buffer } = this.memory;
    const [lon, lat] = [
      new Float64Array(buffer, words[STOPS + 1]),
      new Float64Array(buffer, words[STOPS + 2]),
    ];
    const [priority, label] = [
      new Float32Array(buffer, words[STOPS + 3]),
      new Float32Array(buffer, words[STOPS + 4]),
    ];
    const flags = new Uint8Array(buffer, words[STOPS + 5]);
    for (let i = 0; i < words[STOPS]; i++) {
      const point = points[i];
      lon[i] = point.lon;
      lat[i] = point.lat;
      priority[i] = point.priority;
      label[i] = point.label;
      flags[i] = point.flags;
    }
    native.globe_update(data);
    this.seen = this.views();
  }

  /** @param {(code: string) => number} flags of a region of ISO 3166 */
  flagRegions(flags) {
    const { regionFlags, words } = this.seen;
    const codes = new Uint8Array(this.memory.buffer, words[REGIONS + 1]);
    for (let i = 0; i < regionFlags.length; i++)
      regionFlags[i] = flags(String.fromCharCode(codes[2 * i], codes[2 * i + 1]));
  }

  frame() {
    this.native.globe_frame(this.data);
  }
  /** @param {number} lon @param {number} lat to the middle */
  turn(lon, lat) {
    this.native.globe_look(this.data, lon, lat, 0);
  }
  /** @param {number} x @param {number} y */
  grab(x, y) {
    this.native.globe_grab(this.data, x, y);
  }
  /** @param {number} x @param {number} y */
  drag(x, y) {
    this.native.globe_drag(this.data, x, y);
  }
  /**
   * Rotates by a number of pixels at the centre of the picture.
   * @param {number} dx
   * @param {number} dy
   */
  nudge(dx, dy) {
    const [x, y] = [this.get('width') / 2, this.get('height') / 2];
    this.grab(x, y);
    this.drag(x + dx, y + dy);
  }

  /**
   * The stop nearest to a point of the picture, -1: none.
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   */
  pick(x, y, radius) {
    return this.native.globe_pick(this.data, x, y, radius);
  }
  /**
   * The position on the sphere at a point of the picture: λ, φ, and whether it is on the sphere.
   * @param {number} x
   * @param {number} y
   */
  place(x, y) {
    this.native.globe_place(this.data, x, y);
    return this.seen.answer;
  }
  /**
   * The position of a stop in the picture: x, y, and whether it is visible.
   * @param {number} stop
   */
  locate(stop) {
    this.native.globe_locate(this.data, stop);
    return this.seen.answer;
  }
  /** Expands the cluster of a stop; -1 collapses it. @param {number} stop */
  open(stop) {
    this.native.globe_open(this.data, stop);
  }

  // Numbers of visible points, of regions drawn as dots, of labels.
  get points() {
    return this.seen.words[POINTS];
  }
  get dots() {
    return this.seen.words[DOTS];
  }
  get labels() {
    return this.seen.words[LABELS];
  }
  /** True if the traveller is on the visible side. */
  get travels() {
    return this.seen.words[SEEN];
  }

  /**
   * Draws the paths of some layers in order. Rings end where they begin, and filled paths need not
   * be closed: closePath() would examine the whole path each time.
   * @param {{ moveTo(x: number, y: number): void, lineTo(x: number, y: number): void }} pen
   * @param {number} first
   * @param {number} last layers
   */
  trace(pen, first, last) {
    const { xy, ends, words } = this.seen;
    for (
      let path = words[LAYER + first], at = path ? ends[path - 1] : 0;
      path < words[LAYER + last + 1];
      path++
    ) {
      const end = ends[path];
      pen.moveTo(xy[2 * at], xy[2 * at + 1]);
      for (at++; at < end; at++) pen.lineTo(xy[2 * at], xy[2 * at + 1]);
    }
  }

  /**
   * Draws a layer of even steps, except at the ends of a path: curves through every second point
   * take half the calls.
   * @param {{ moveTo(x: number, y: number): void, lineTo(x: number, y: number): void,
   *   quadraticCurveTo(u: number, v: number, x: number, y: number): void }} pen
   * @param {number} layer
   */
  curve(pen, layer) {
    const { xy, ends, words } = this.seen;
    for (
      let path = words[LAYER + layer], at = path ? ends[path - 1] : 0;
      path < words[LAYER + layer + 1];
      path++
    ) {
      const end = 2 * ends[path];
      let i = 2 * at;
      at = ends[path];
      pen.moveTo(xy[i], xy[i + 1]);
      for (i += 2; i < end;) {
        pen.lineTo(xy[i], xy[i + 1]);
        for (; i + 6 < end; i += 4)
          pen.quadraticCurveTo(
            2 * xy[i + 2] - (xy[i] + xy[i + 4]) / 2,
            2 * xy[i + 3] - (xy[i + 1] + xy[i + 5]) / 2,
            xy[i + 4],
            xy[i + 5],
          );
        i += 2;
      }
    }
  }
}
