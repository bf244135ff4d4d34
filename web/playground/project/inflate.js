// DEFLATE (RFC 1951) is unpacked here where the browser can't: Safari before 16.4.

export const TOO_LARGE = 'It is larger than can be opened.';
const DAMAGED = 'The compressed data is damaged.';

const LONGEST_CODE = 15; // bits
const WINDOW = 32_768; // bytes that a distance goes back at most
// The order in which a block names the lengths of the codes of lengths (3.2.7).
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * The least value and the number of extra bits of each code (3.2.5).
 * @param {number} codes
 * @param {number} least of the first code
 * @param {number} group codes with the same number of bits
 */
function rangesOf(codes, least, group) {
  const ranges = [];
  for (let code = 0; code < codes; code++) {
    const bits = Math.max(0, Math.floor(code / group) - 1);
    ranges.push({ least, bits });
    least += 1 << bits;
  }
  return ranges;
}
const DISTANCES = rangesOf(30, 1, 2);
const LENGTHS = [...rangesOf(28, 3, 4), { least: 258, bits: 0 }];

/** @typedef {{ counts: number[], symbols: number[] }} Code by length, in order (3.2.2) */

/** @param {number[]} lengths of each symbol's code; 0: it has none @returns {Code} */
function codeOf(lengths) {
  const counts = Array(LONGEST_CODE + 1).fill(0);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  let free = 1;
  for (const count of counts.slice(1)) free = 2 * free - count;
  // More codes than there are bits for.
  if (free < 0) throw new Error(DAMAGED);
  const symbols = lengths.flatMap((length, symbol) => (length ? [symbol] : []));
  return { counts, symbols: symbols.sort((a, b) => lengths[a] - lengths[b] || a - b) };
}

/** @param {[length: number, symbols: number][]} runs */
const fixed = (runs) => codeOf(runs.flatMap(([length, symbols]) => Array(symbols).fill(length)));
// prettier-ignore
const FIXED = [fixed([[8, 144], [9, 112], [7, 24], [8, 8]]), fixed([[5, 30]])];

/** Reads bits, the lowest of each byte first. */
class Bits {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0; // in bits
  }

  /** @param {number} count */
  take(count) {
    let value = 0;
    for (let bit = 0; bit < count; bit++, this.at++) {
      const byte = this.bytes[this.at >> 3];
      if (byte === undefined) throw new Error(DAMAGED);
      value |= ((byte >> (this.at & 7)) & 1) << bit;
    }
    return value;
  }

  /** The next symbol. @param {Code} code */
  symbol({ counts, symbols }) {
    // The first code of each length, and where its symbol stands.
    for (let length = 1, value = 0, first = 0, index = 0; length <= LONGEST_CODE; length++) {
      value |= this.take(1);
      if (value - first < counts[length]) return symbols[index + value - first];
      index += counts[length];
      first = (first + counts[length]) << 1;
      value <<= 1;
    }
    throw new Error(DAMAGED);
  }

  /** A code's value. @param {{ least: number, bits: number } | undefined} range */
  within(range) {
    if (!range) throw new Error(DAMAGED);
    return range.least + this.take(range.bits);
  }

  /** @param {number} count of bytes, from the next whole one */
  whole(count) {
    const from = (this.at + 7) >> 3;
    if (from + count > this.bytes.length) throw new Error(DAMAGED);
    this.at = (from + count) << 3;
    return this.bytes.subarray(from, from + count);
  }
}

/** The unpacked bytes, in a buffer that grows. */
class Output {
  /** @param {number} most */
  constructor(most) {
    this.most = most;
    this.bytes = new Uint8Array(Math.min(most, 2 * WINDOW));
    this.size = 0;
  }

  /** Makes room. @param {number} more */
  reserve(more) {
    const size = this.size + more;
    if (size > this.most) throw new Error(TOO_LARGE);
    if (size <= this.bytes.length) return;
    const bytes = new Uint8Array(Math.min(this.most, 2 * size));
    bytes.set(this.bytes.subarray(0, this.size));
    this.bytes = bytes;
  }

  /** @param {ArrayLike<number>} bytes */
  put(bytes) {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.size);
    this.size += bytes.length;
  }

  /** Repeats what stands before. @param {number} length @param {number} distance in bytes */
  repeat(length, distance) {
    if (distance > this.size) throw new Error(DAMAGED);
    this.reserve(length);
    for (; length; length--, this.size++) this.bytes[this.size] = this.bytes[this.size - distance];
  }
}

/** The codes that a block brings (3.2.7). @param {Bits} bits @returns {Code[]} */
function codesOf(bits) {
  const literals = bits.take(5) + 257;
  const all = literals + bits.take(5) + 1;
  const named = Array(ORDER.length).fill(0);
  for (let count = bits.take(4) + 4, at = 0; at < count; at++) named[ORDER[at]] = bits.take(3);
  const code = codeOf(named);
  /** @type {number[]} */
  const lengths = [];
  while (lengths.length < all) {
    const symbol = bits.symbol(code);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol > 16)
      lengths.push(...Array(symbol === 17 ? bits.take(3) + 3 : bits.take(7) + 11).fill(0));
    else if (lengths.length)
      lengths.push(...Array(bits.take(2) + 3).fill(lengths[lengths.length - 1]));
    else throw new Error(DAMAGED);
  }
  if (lengths.length > all) throw new Error(DAMAGED);
  return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals))];
}

/** @param {Bits} bits @param {Output} output */
function unpackStored(bits, output) {
  const head = bits.whole(4);
  const [size, inverse] = [head[0] | (head[1] << 8), head[2] | (head[3] << 8)];
  if ((size ^ inverse) !== 0xffff) throw new Error(DAMAGED);
  output.put(bits.whole(size));
}

/** @param {Bits} bits @param {Output} output @param {Code[]} codes */
function unpackCoded(bits, output, [literals, distances]) {
  const END = 256;
  for (let symbol; (symbol = bits.symbol(literals)) !== END;)
    if (symbol < END) output.put([symbol]);
    else {
      const length = bits.within(LENGTHS[symbol - END - 1]);
      output.repeat(length, bits.within(DISTANCES[bits.symbol(distances)]));
    }
}

/**
 * The bytes of DEFLATE; throws if they are damaged, others follow, or there are more than `most`.
 * @param {Uint8Array} packed
 * @param {number} most
 */
export function unpack(packed, most) {
  const [bits, output] = [new Bits(packed), new Output(most)];
  for (let last = 0; !last;) {
    last = bits.take(1);
    const kind = bits.take(2);
    if (kind === 3) throw new Error(DAMAGED);
    if (kind === 0) unpackStored(bits, output);
    else unpackCoded(bits, output, kind === 1 ? FIXED : codesOf(bits));
  }
  if ((bits.at + 7) >> 3 !== packed.length) throw new Error(DAMAGED);
  return output.bytes.slice(0, output.size);
}
