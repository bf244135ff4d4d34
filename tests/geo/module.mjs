// globe.wasm as wasm/globe.h describes it, array by array: for tests of the module. Pages use
// web/globe/sphere.js.

import { Trap, instantiate } from '../../web/engine/abi.js';

/** @typedef {import('../../web/engine/abi.js').Native} Native */

// Offsets in a globe's data: wasm/globe.h.
const GLOBE_FIELDS = {
  versor: 0,
  scale: 32,
  width: 40,
  height: 48,
  pixelRatio: 56,
  lift: 64,
  progress: 72,
  sunTime: 80,
  cluster: 88,
  labelHeight: 96,
};
const GLOBE_WORDS = {
  layers: 104,
  detail: 108,
  maxLabels: 112,
  settle: 116,
  points: 184,
  dots: 200,
  labels: 212,
  travellerSeen: 232,
  regions: 236,
  stops: 248,
};
/**
 * @typedef {keyof typeof GLOBE_FIELDS} GlobeNumber
 * @typedef {keyof typeof GLOBE_WORDS} GlobeWord
 */
const GLOBE_LAYER = 120;
const GLOBE_ANSWER = 272;
const TRAVELLER = 224;

/**
 * Layers of paths, in the order in which they lie. Night is four of them, each to be filled by
 * itself.
 */
export const GRATICULE = 0,
  LAND_CUT = 1,
  LAND_WHOLE = 2,
  COAST_CUT = 3,
  VISITED = 4,
  SELECTED = 5,
  BORDERS = 6,
  NIGHT = 7,
  LEGS = 11,
  TRAVELLED = 12,
  LAYERS = 13;

/**
 * One globe in an instance of its module. What its arrays hold changes with each frame; they are
 * views, never copies.
 */
export class Globe {
  /** @param {WebAssembly.Exports} exports */
  constructor(exports) {
    this.native = /** @type {Record<string, Native>} */ (/** @type {unknown} */ (exports));
    this.memory = /** @type {WebAssembly.Memory} */ (exports.memory);
    this.native._initialize?.();
    this.at = this.native.globe_new() >>> 0;
    /** @type {Map<number, Float32Array | Float64Array | Uint32Array | Uint8Array>} */
    this.views = new Map();
  }

  /**
   * The array to which the data points at an offset, up to the end of the memory; made again only
   * when it has moved.
   * @template {Float32ArrayConstructor | Float64ArrayConstructor | Uint32ArrayConstructor |
   *   Uint8ArrayConstructor} T
   * @param {number} offset
   * @param {T} type
   * @param {number} [length] of one that lies at the offset itself
   * @returns {InstanceType<T>}
   */
  view(offset, type, length) {
    const { buffer } = this.memory;
    let words = this.views.get(0);
    if (words?.buffer !== buffer) {
      this.views.clear();
      this.views.set(0, (words = new Uint32Array(buffer)));
    }
    const place = length ? this.at + offset : words[(this.at + offset) >> 2];
    let view = this.views.get(offset || -1);
    if (view?.byteOffset !== place)
      this.views.set(offset || -1, (view = new type(buffer, place, length)));
    return /** @type {InstanceType<T>} */ (view);
  }

  /** @param {GlobeNumber} name @param {number} value @param {number} [index] */
  set(name, value, index = 0) {
    this.view(0, Float64Array, 13)[GLOBE_FIELDS[name] / 8 + index] = value;
  }
  /** @param {GlobeNumber} name @param {number} [index] */
  get(name, index = 0) {
    return this.view(0, Float64Array, 13)[GLOBE_FIELDS[name] / 8 + index];
  }
  /** @param {GlobeWord} name @param {number} value */
  setWord(name, value) {
    this.view(104, Uint32Array, 38)[(GLOBE_WORDS[name] - 104) / 4] = value;
  }
  /** @param {GlobeWord} name */
  word(name) {
    return this.view(104, Uint32Array, 38)[(GLOBE_WORDS[name] - 104) / 4];
  }

  /** A layer's paths are those from layer[k] to layer[k + 1]. */
  get layer() {
    return this.view(GLOBE_LAYER, Uint32Array, LAYERS + 1);
  }
  get xy() {
    return this.view(176, Float32Array);
  }
  get ends() {
    return this.view(180, Uint32Array);
  }
  get pointXy() {
    return this.view(188, Float32Array);
  }
  get pointStop() {
    return this.view(192, Uint32Array);
  }
  get pointSize() {
    return this.view(196, Uint32Array);
  }
  get dotXy() {
    return this.view(204, Float32Array);
  }
  get dotRegion() {
    return this.view(208, Uint32Array);
  }
  get labelXy() {
    return this.view(216, Float32Array);
  }
  get labelStop() {
    return this.view(220, Uint32Array);
  }
  get traveller() {
    return this.view(TRAVELLER, Float32Array, 2);
  }
  get regionCode() {
    return this.view(240, Uint8Array);
  }
  get regionFlags() {
    return this.view(244, Uint8Array);
  }
  get stopLon() {
    return this.view(252, Float64Array);
  }
  get stopLat() {
    return this.view(256, Float64Array);
  }
  get stopPriority() {
    return this.view(260, Float32Array);
  }
  get stopLabel() {
    return this.view(264, Float32Array);
  }
  get stopFlags() {
    return this.view(268, Uint8Array);
  }

  /** Calls globe_NAME of this globe. @param {string} name @param {number[]} values */
  call(name, ...values) {
    return this.native['globe_' + name](this.at, ...values);
  }
  frame() {
    this.native.globe_frame(this.at);
  }
  /**
   * 0 land, 1 detailed land, 2 countries; false when the bytes are broken.
   * @param {number} file
   * @param {Uint8Array} bytes
   */
  load(file, bytes) {
    const copy = this.native.globe_alloc(bytes.length) >>> 0;
    if (!copy) throw new Trap('out of memory');
    new Uint8Array(this.memory.buffer, copy, bytes.length).set(bytes);
    const good = this.call('load', file, copy, bytes.length);
    this.native.globe_free(copy);
    return Boolean(good);
  }
  /** [x, y, seen] of a stop. @param {number} stop */
  locate(stop) {
    this.call('locate', stop);
    return this.view(GLOBE_ANSWER, Float64Array, 3);
  }
  /** [λ, φ, hit] of a point of the screen. @param {number} x @param {number} y */
  place(x, y) {
    this.call('place', x, y);
    return this.view(GLOBE_ANSWER, Float64Array, 3);
  }
}

/** A globe in an instance of its own. @param {WebAssembly.Module} module */
export async function makeGlobe(module) {
  return new Globe(await instantiate(module, {}));
}
