// The C functions of the modules as methods. The only script that knows pointers; what they promise
// is in wasm/abi.h.
//
// A view into a module's memory is made anew for each access: any call may grow the memory, which
// detaches older views.

/**
 * The core's answer to a request for a page.
 * @typedef {{
 *   status: number,
 *   html: string,
 *   json: {
 *     diagnostics?: Diagnostic[], dependencies?: string[], source?: string, title?: string,
 *     type?: string,
 *     paths?: string[], zones?: string[], modules?: string[],
 *     url?: string,
 *     files?: OutputFile[], meridian?: { card?: unknown, shell?: unknown } | null,
 *     globe?: boolean, places?: boolean,
 *   },
 * }} Answer
 *
 * A file that the site writes.
 * @typedef {{ path: string, kind: 'page' | 'redirect' | 'static', source: string }} OutputFile
 *
 * @typedef {{
 *   severity: 'error' | 'warning' | 'info', file?: string, line?: number, column?: number,
 *   message: string, remedy?: string, excerpt?: string,
 * }} Diagnostic
 *
 * One transition of a time zone: from this second on (Unix time), seconds east of Greenwich,
 * abbreviation.
 * @typedef {[from: number, offset: number, name: string]} Transition
 *
 * The CommonMark module: source bytes in, flat tree block out, a view that lives until the next
 * call.
 * @typedef {(source: Uint8Array, flags: number) => Uint8Array | undefined} Parse
 *
 * kramdown's module: a request in (wasm/kramdown_request.h), flags and HTML out; empty when the
 * module trapped.
 * @typedef {(request: Uint8Array) => Uint8Array} ConvertKramdown
 *
 * Of travel.wasm: the gazetteer's files in, `put` with no bytes if one can't be had; what its other
 * functions answer out.
 * @typedef {{ put(file: string, bytes: Uint8Array): void, ask(name: 'itinerary' | 'complete',
 *   ...values: (number | Uint8Array)[]): Uint8Array }} Travel
 *
 * The Sass module: a sheet with the files that it imports in, CSS with diagnostics out
 * (core/sass/bundle.h); empty when the module trapped.
 * @typedef {(bundle: Uint8Array) => Uint8Array} CompileSass
 *
 * The module that reads BibTeX: a request in, JSON out (core/include/meridian/scholar.h); empty
 * when the module trapped or can't be had.
 * @typedef {(request: Uint8Array) => Uint8Array} AnswerBibliography
 *
 * The module with the lexers of code: the name of a language and the code in, HTML out; empty when
 * there is no lexer, or when it gave up.
 * @typedef {(name: string | Uint8Array, code: string | Uint8Array) => Uint8Array} Highlight
 *
 * Calls a function of a site's plugin (plugins.js).
 * @typedef {(request: Uint8Array, lookUp: (expression: string) => string) => Uint8Array} CallPlugin
 *
 * A C function of a module: numbers in, number out.
 * @typedef {(...numbers: number[]) => number} Native
 */

// Status of an Answer; 0 is Ready.
export const READY = 0;
export const NEEDS = 1;
export const REDIRECT = 2;
export const NOT_FOUND = 3;

/** A module trapped: its instance must not be used again. */
export class Trap extends Error {
  name = 'Trap';
}

/**
 * Wraps an instance: functions that take texts, its memory and its allocator.
 * @param {WebAssembly.Exports} exports
 * @param {string} prefix of the module's function names
 */
export function wrap(exports, prefix) {
  const native = /** @type {Record<string, Native>} */ (/** @type {unknown} */ (exports));
  const memory = /** @type {WebAssembly.Memory} */ (exports.memory);
  const bytes = (/** @type {number} */ pointer, /** @type {number} */ length) =>
    new Uint8Array(memory.buffer, pointer, length);
  const u32 = (/** @type {number} */ pointer) =>
    new DataView(memory.buffer).getUint32(pointer, true);

  /** Copies bytes into the module. @param {Uint8Array} data */
  const copy = (data) => {
    const pointer = native[prefix + 'alloc'](data.length || 1) >>> 0;
    if (!pointer) throw new Trap('out of memory');
    bytes(pointer, data.length).set(data);
    return pointer;
  };

  /**
   * Calls a function; a text is passed as a pointer and a length. Any exception is a trap (an
   * unreachable instruction, an access out of bounds, stack overflow).
   * @param {string} name
   * @param {(number | string | Uint8Array)[]} values
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
  return { bytes, u32, copy, call, native, memory };
}

/**
 * Commands of the core: names of its C functions, which take texts.
 * @typedef {'put' | 'put_missing' | 'list' | 'options' | 'zone' | 'theme' | 'live_stranger' |
 *   'live_author'} Verb
 */

/** Decodes with a leading byte order mark, which counts in sizes and is written to pages. */
export const exact = new TextDecoder('utf-8', { ignoreBOM: true });

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
    const answer = this.answer('render', url);
    // A byte order mark before the doctype would be text to the parser.
    answer.html = answer.html.replace(/^\uFEFF/, '');
    return answer;
  }

  /**
   * The answer of a C function.
   * @param {string} name
   * @param {string[]} texts that it takes
   * @returns {Answer}
   */
  answer(name, ...texts) {
    const { call, u32, bytes } = this.instance;
    const block = call(name, this.workspace, ...texts);
    // u32 total | u32 status | u32 html length | u32 json length | html | json
    const html = u32(block + 8);
    const text = (/** @type {number} */ from, /** @type {number} */ length) =>
      exact.decode(bytes(block + from, length));
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
 * The imports of a module. Those other than `own` are stubs: there is no file to write to, and an
 * exit ends in a trap.
 * @param {WebAssembly.Module} module
 * @param {Record<string, Native>} own
 */
function importsOf(module, own = {}) {
  /** @type {WebAssembly.Imports} */
  const imports = {};
  for (const { module: space, name } of WebAssembly.Module.imports(module)) {
    (imports[space] ??= {})[name] = own[name] ?? (() => 8); // EBADF
  }
  return imports;
}

/** @param {WebAssembly.Module} module @param {Record<string, Native>} [own] */
export const instantiate = async (module, own) =>
  (await WebAssembly.instantiate(module, importsOf(module, own))).exports;

/**
 * A function that a module imports: bytes of its memory and a number in, a block out, which is
 * copied into its memory; 0 when there is none.
 * @param {() => ReturnType<typeof wrap>} instance of the module
 * @param {Parse} run
 */
const asImport =
  (instance, run) =>
  (/** @type {number} */ source, /** @type {number} */ length, /** @type {number} */ number) => {
    const block = run(instance().bytes(source >>> 0, length), number);
    return block ? instance().copy(block) : 0;
  };

/**
 * What a module calls while it works: other modules once they are loaded, and a site's plugins.
 * @typedef {{
 *   bibliography?: AnswerBibliography, commonmark?: Parse, kramdown?: ConvertKramdown,
 *   plugins?: { call: (...request: Parameters<CallPlugin>) => Uint8Array | undefined },
 *   rouge?: Highlight, sass?: CompileSass, travel?: Travel,
 * }} Others
 */

/** The language's name and its code come one behind the other. @param {Others} others */
const colouring = (others) => (/** @type {Uint8Array} */ both, /** @type {number} */ size) =>
  others.rouge?.(both.subarray(0, size), both.subarray(size));

/**
 * An instance of the core.
 * @template {Core} T
 * @param {new (instance: ReturnType<typeof wrap>) => T} Kind
 * @param {WebAssembly.Module} module
 * @param {Others} [others] looked at in each call
 */
export async function makeCore(Kind, module, others = {}) {
  /** @type {ReturnType<typeof wrap>} */
  // eslint-disable-next-line prefer-const -- the functions that it imports use it
  let instance;
  const other = (/** @type {Parse} */ run) => asImport(() => instance, run);
  const lookUp = (/** @type {string} */ expression) => {
    const { call, bytes, u32 } = instance;
    const block = call('value', expression);
    const json = exact.decode(bytes(block + 4, u32(block)));
    call('free', block);
    return json;
  };
  instance = wrap(
    await instantiate(module, {
      mer_bibliography: other((request) => others.bibliography?.(request)),
      mer_commonmark: other((source, flags) => others.commonmark?.(source, flags)),
      mer_itinerary: other((stops, byDate) => others.travel?.ask('itinerary', byDate, stops)),
      mer_kramdown: other((request) => others.kramdown?.(request)),
      mer_plugin: other((request) => others.plugins?.call(request, lookUp)),
      mer_rouge: other(colouring(others)),
      mer_sass: other((bundle) => others.sass?.(bundle)),
    }),
    'mer_',
  );
  return new Kind(instance);
}

/**
 * An instance of the CommonMark module.
 * @param {WebAssembly.Module} module
 * @returns {Promise<Parse>}
 */
export async function makeCommonMark(module) {
  const { call, bytes, u32 } = wrap(await instantiate(module), 'cm_');
  return (source, flags) => {
    const tree = call('parse', flags, source);
    return tree ? bytes(tree, 4 + u32(tree)) : undefined;
  };
}

/**
 * An instance of the gazetteer's module.
 * @param {WebAssembly.Module} module
 * @returns {Promise<Travel>}
 */
export async function makeTravel(module) {
  const { call, bytes, u32 } = wrap(await instantiate(module), 'travel_');
  return {
    put: (file, data) => void call('put', file, data),
    ask: (name, ...values) => {
      const block = call(name, ...values);
      return bytes(block, 4 + u32(block));
    },
  };
}

/**
 * A function of a module from texts to a block (u32 length | bytes). Its instance is made at the
 * first call, and anew at the next one after a trap, whose answer is an empty block.
 * @param {WebAssembly.Module | null} module null: it can't be had, all blocks are empty
 * @param {string} prefix of the module's function names
 * @param {string} name
 * @param {WebAssembly.Exports} [first] of the first instance
 * @param {(instance: () => ReturnType<typeof wrap>) => Record<string, Native>} [imports]
 */
function answering(module, prefix, name, first, imports) {
  let instance = first && wrap(first, prefix);
  const own = imports?.(() => /** @type {NonNullable<typeof instance>} */ (instance));
  return (/** @type {(string | Uint8Array)[]} */ ...texts) => {
    if (!module) return new Uint8Array(4);
    try {
      instance ??= wrap(new WebAssembly.Instance(module, importsOf(module, own)).exports, prefix);
      const block = instance.call(name, ...texts);
      return instance.bytes(block, 4 + instance.u32(block));
    } catch {
      instance = undefined;
      return new Uint8Array(4);
    }
  };
}

/**
 * The Sass module. Each sheet gets an instance of its own: what a sheet takes of memory is freed
 * with it, and a trap loses nothing.
 * @param {WebAssembly.Module} module
 * @returns {CompileSass}
 */
export const makeSass = (module) => (bundle) => answering(module, 'sass_', 'compile')(bundle);

/**
 * The module with the lexers of code.
 * @param {WebAssembly.Module | null} module null: no code is coloured
 * @param {WebAssembly.Exports} [first] of the first instance: in a page Chromium before 114 makes
 *   none of this size at once
 * @returns {Highlight}
 */
export const makeRouge = (module, first) => answering(module, 'rouge_', 'highlight', first);

/**
 * The module that converts kramdown.
 * @param {WebAssembly.Module} module
 * @param {Others} others of the core that calls it
 * @returns {ConvertKramdown}
 */
export const makeKramdown = (module, others) =>
  answering(module, 'kd_', 'convert', undefined, (instance) => ({
    mer_rouge: asImport(instance, colouring(others)),
  }));

/**
 * A parser of Markdown for a page without the core: a text in, HTML out; an empty block when it
 * gave up.
 * @param {WebAssembly.Module} module
 * @param {'cm_' | 'kd_'} prefix of its function names: CommonMark's, kramdown's
 */
export const makeMarkdown = async (module, prefix) =>
  answering(module, prefix, 'html', await instantiate(module));

/**
 * The module that reads BibTeX. It keeps the files that it read last.
 * @param {WebAssembly.Module | null} module null: it can't be had
 * @returns {AnswerBibliography}
 */
export const makeBibliography = (module) => answering(module, 'bib_', 'answer');
