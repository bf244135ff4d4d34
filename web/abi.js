// The C functions of the modules as methods. The only script that knows pointers; what they promise is in wasm/abi.h.
//
// A view into a module's memory is made anew for each access: any call may grow the memory, which detaches older views.

/**
 * What the core answers to a request for a page.
 * @typedef {{
 *   status: number,
 *   html: string,
 *   json: {
 *     diagnostics?: Diagnostic[], dependencies?: string[], source?: string, title?: string,
 *     paths?: string[], zones?: string[], modules?: string[],
 *     url?: string,
 *   },
 * }} Answer
 *
 * @typedef {{
 *   severity: 'error' | 'warning' | 'info', file?: string, line?: number, column?: number,
 *   message: string, remedy?: string, excerpt?: string,
 * }} Diagnostic
 *
 * One transition of a time zone: from this second on (Unix time), minutes east of Greenwich, abbreviation.
 * @typedef {[from: number, offset: number, name: string]} Transition
 *
 * The CommonMark module: source bytes in, flat tree block out, a view that lives until the next call.
 * @typedef {(source: Uint8Array, flags: number) => Uint8Array | undefined} Parse
 *
 * A C function of a module: numbers in, number out.
 * @typedef {(...numbers: number[]) => number} Native
 */

// Status of an Answer; 0 is Ready.
export const NEEDS = 1;
export const REDIRECT = 2;
export const NOT_FOUND = 3;

/** A module stopped in the middle: its instance must not be used again. */
export class Trap extends Error {
  name = 'Trap';
}

/**
 * An instance's functions that take texts, with its memory and allocator.
 * @param {WebAssembly.Exports} exports @param {string} prefix of the module's function names
 */
function wrap(exports, prefix) {
  const native = /** @type {Record<string, Native>} */ (/** @type {unknown} */ (exports));
  const memory = /** @type {WebAssembly.Memory} */ (exports.memory);
  const bytes = (/** @type {number} */ pointer, /** @type {number} */ length) =>
    new Uint8Array(memory.buffer, pointer, length);
  const u32 = (/** @type {number} */ pointer) => new DataView(memory.buffer).getUint32(pointer, true);

  /** Copies bytes into the module. @param {Uint8Array} data */
  const copy = (data) => {
    const pointer = native[prefix + 'alloc'](data.length || 1) >>> 0;
    if (!pointer) throw new Trap('out of memory');
    bytes(pointer, data.length).set(data);
    return pointer;
  };

  /**
   * Calls a function: a text becomes a pair of pointer and length. Whatever it throws is a trap (an unreachable
   * instruction, a bad access, no stack left).
   * @param {string} name @param {(number | string | Uint8Array)[]} values
   */
  const call = (name, ...values) => {
    try {
      /** @type {number[]} */
      const copies = [];
      const numbers = values.flatMap((value) => {
        if (typeof value === 'number') return value;
        const data = typeof value === 'string' ? new TextEncoder().encode(value) : value;
        const pointer = copy(data);
        copies.push(pointer);
        return [pointer, data.length];
      });
      const result = native[prefix + name](...numbers);
      for (const pointer of copies) native[prefix + 'free'](pointer);
      return result >>> 0;
    } catch (error) {
      throw error instanceof Trap ? error : new Trap(String(error));
    }
  };
  native._initialize?.();
  return { bytes, u32, copy, call };
}

/** What the core can be told: names of its C functions, behind them the texts that they take. @typedef {'put' | 'put_missing' | 'list' | 'options' | 'zone' | 'theme'} Verb */

/** The core with one workspace. */
export class Core {
  /** @param {ReturnType<typeof wrap>} instance */
  constructor(instance) {
    this.instance = instance;
    this.workspace = instance.call('workspace_new');
  }

  /** @param {Verb} verb @param {(string | Uint8Array)[]} texts */
  tell(verb, ...texts) {
    this.instance.call(verb, this.workspace, ...texts);
  }

  /** @param {string} url @returns {Answer} */
  render(url) {
    const { call, u32, bytes } = this.instance;
    const block = call('render', this.workspace, url);
    // u32 total | u32 status | u32 html length | u32 json length | html | json
    const html = u32(block + 8);
    const text = (/** @type {number} */ from, /** @type {number} */ length) =>
      new TextDecoder().decode(bytes(block + from, length));
    const answer = {
      status: u32(block + 4),
      html: text(16, html),
      json: JSON.parse(text(16 + html, u32(block + 12))),
    };
    call('free', block);
    return answer;
  }
}

/**
 * Instantiates a module. Of what it imports beside `own` nothing does anything: there is no file to write to, and an exit
 * ends in a trap.
 * @param {WebAssembly.Module} module @param {Record<string, Native>} own
 */
async function instantiate(module, own) {
  /** @type {WebAssembly.Imports} */
  const imports = {};
  for (const { module: space, name } of WebAssembly.Module.imports(module)) {
    (imports[space] ??= {})[name] = own[name] ?? (() => 8); // EBADF
  }
  return (await WebAssembly.instantiate(module, imports)).exports;
}

/**
 * An instance of the core. It may call `parse` in the middle of a render, which gives undefined until the other module is
 * loaded.
 * @param {WebAssembly.Module} module @param {Parse} parse
 */
export async function makeCore(module, parse) {
  /** @type {ReturnType<typeof wrap>} */
  let instance;
  const mer_commonmark = (/** @type {number} */ source, /** @type {number} */ length, /** @type {number} */ flags) => {
    const tree = parse(instance.bytes(source >>> 0, length), flags);
    return tree ? instance.copy(tree) : 0;
  };
  instance = wrap(await instantiate(module, { mer_commonmark }), 'mer_');
  return new Core(instance);
}

/** An instance of the CommonMark module. @param {WebAssembly.Module} module @returns {Promise<Parse>} */
export async function makeCommonMark(module) {
  const { call, bytes, u32 } = wrap(await instantiate(module, {}), 'cm_');
  return (source, flags) => {
    const tree = call('parse', flags, source);
    return tree ? bytes(tree, 4 + u32(tree)) : undefined;
  };
}

// Where things lie in a globe's data: wasm/globe.h.
const GLOBE_FIELDS = {
  versor: 0, scale: 32, width: 40, height: 48, pixelRatio: 56, lift: 64, progress: 72, sunTime: 80, cluster: 88, labelHeight: 96,
};
const GLOBE_WORDS = {
  layers: 104, detail: 108, maxLabels: 112, settle: 116, points: 184, dots: 200, labels: 212, travellerSeen: 232, regions: 236, stops: 248,
};
/** @typedef {keyof typeof GLOBE_FIELDS} GlobeNumber @typedef {keyof typeof GLOBE_WORDS} GlobeWord */
const GLOBE_LAYER = 120;
const GLOBE_ANSWER = 272;
const TRAVELLER = 224;

/** Layers of paths, in the order in which they lie. Night is four of them, each to be filled by itself. */
export const GRATICULE = 0, LAND_CUT = 1, LAND_WHOLE = 2, COAST_CUT = 3, VISITED = 4, SELECTED = 5, BORDERS = 6, NIGHT = 7, LEGS = 11, TRAVELLED = 12, LAYERS = 13;

/** One globe in an instance of its module. What its arrays hold changes with each frame; they are views, never copies. */
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
   * The array to which the data points at an offset, up to the end of the memory; made again only when it has moved.
   * @template {Float32ArrayConstructor | Float64ArrayConstructor | Uint32ArrayConstructor | Uint8ArrayConstructor} T
   * @param {number} offset @param {T} type @param {number} [length] of one that lies at the offset itself
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
    if (view?.byteOffset !== place) this.views.set(offset || -1, (view = new type(buffer, place, length)));
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
  /** 0 land, 1 detailed land, 2 countries; false when the bytes are broken. @param {number} file @param {Uint8Array} bytes */
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
