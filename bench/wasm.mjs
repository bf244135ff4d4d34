// The benchmarks' own modules (see CMakeLists.txt): texts in, texts out.
import { readFileSync } from 'node:fs';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The functions of build/wasm/bench/NAME.wasm. */
export function load(name) {
  const module = new WebAssembly.Module(
    readFileSync(new URL(`../build/wasm/bench/${name}.wasm`, import.meta.url)),
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
    const at = exports.bench_alloc(text.length * 3);
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
    const result = exports[`bench_${name}`](...numbers);
    for (const at of copies) exports.bench_free(at);
    return result;
  };
  /** The same for a function that returns a text. */
  const text = (name, ...values) => {
    const at = call(name, ...values);
    const size = new DataView(exports.memory.buffer).getUint32(at, true);
    const result = decoder.decode(new Uint8Array(exports.memory.buffer, at + 4, size));
    exports.bench_free(at);
    return result;
  };
  return { call, text };
}
