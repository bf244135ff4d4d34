// A wasm module in which one function traps when it is called: its body becomes `unreachable`.

const [EXPORTS, CODE] = [7, 10];
// No locals; `unreachable`, `end`.
const BODY = [0x03, 0x00, 0x00, 0x0b];

/** Reads unsigned LEB128, names, and the bytes between. @param {Uint8Array} bytes */
function reader(bytes, at = 0) {
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (size) => bytes.subarray(at, (at += size));
  return {
    number,
    take,
    name: () => Buffer.from(take(number())).toString(),
    more: () => at < bytes.length,
  };
}

/** @param {number} value */
function leb(value) {
  const bytes = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}

/** @param {Uint8Array} section of exports @param {string} wanted */
function indexOf(section, wanted) {
  const { number, name, take } = reader(section);
  for (let count = number(); count > 0; count--) {
    const found = name();
    take(1);
    const index = number();
    if (found === wanted) return index;
  }
  throw new Error(`nothing is exported as ${wanted}`);
}

/** @param {Uint8Array} section of code @param {number} which function */
function withoutBody(section, which) {
  const { number, take } = reader(section);
  const count = number();
  const bodies = Array.from({ length: count }, (_, at) => {
    const body = take(number());
    return at === which ? Buffer.from(BODY) : Buffer.from([...leb(body.length), ...body]);
  });
  return Buffer.concat([Buffer.from(leb(count)), ...bodies]);
}

/** @param {Uint8Array} module @param {string} name of an exported function @returns {Buffer} */
export function trapping(module, name) {
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(module)).filter(
    ({ kind }) => kind === 'function',
  ).length;
  const { take, number, more } = reader(module);
  const parts = [Buffer.from(take(8))];
  let which = -1;
  while (more()) {
    const [kind] = take(1);
    let section = Buffer.from(take(number()));
    if (kind === EXPORTS) which = indexOf(section, name) - imported;
    if (kind === CODE) section = withoutBody(section, which);
    parts.push(Buffer.from([kind, ...leb(section.length)]), section);
  }
  return Buffer.concat(parts);
}
