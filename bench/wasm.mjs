// The benchmarks' own modules (see CMakeLists.txt) and delivered ones: texts in, texts out.
import { readFileSync } from 'node:fs';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The functions of a module in build/wasm/.
 * @param {string} name
 * @param {string} [prefix] of its functions: that of the benchmarks' own, whose texts are released
 *   here, or of a delivered one, whose texts are its own
 */
export function load(name, prefix = 'bench_') {
  const folder = prefix === 'bench_' ? 'bench/' : '';
  const module = new WebAssembly.Module(
    readFileSync(new URL(`../build/wasm/${folder}${name}.wasm`, import.meta.url)),
  );
  const imports = {};
  for (const { module: space, name: word } of WebAssembly.Module.imports(module))
    (imports[space] ??= {})[word] = () => 8;
  const { exports } = new WebAssembly.Instance(module, imports);
  exports._initialize?.();

  /**
   * Copies a text into the module: its address and size. UTF-8 takes at most three bytes for a unit
   * of UTF-16.
   */
  const put = (text) => {
    const at = exports[`${prefix}alloc`](text.length * 3);
    return [
      at,
      encoder.encodeInto(text, new Uint8Array(exports.memory.buffer, at, text.length * 3)).written,
    ];
  };
  /** Calls a function; texts become addresses and sizes. */
  const call = (name, ...values) => {
    const copies = [];
    const numbers = values.flatMap((value) => {
      if (typeof value === 'number') return value;
      const copy = put(value);
      copies.push(copy[0]);
      return copy;
    });
    const result = exports[prefix + name](...numbers);
    for (const at of copies) exports[`${prefix}free`](at);
    return result;
  };
  /** The same for a function that returns a text. */
  const text = (name, ...values) => {
    const at = call(name, ...values);
    const size = new DataView(exports.memory.buffer).getUint32(at, true);
    const result = decoder.decode(new Uint8Array(exports.memory.buffer, at + 4, size));
    if (folder) exports.bench_free(at);
    return result;
  };
  return { call, text };
}
