// PNG pictures as Chromium's screenshots are: eight bits for each of three or four channels, not
// interlaced (W3C PNG, third edition).
import { deflateSync, inflateSync } from 'node:zlib';

/**
 * @typedef {{ width: number, height: number, data: Uint8Array }} Picture `data`: red, green, blue
 *   and opacity of each pixel, row by row
 */

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
// Colour types, and how many bytes a pixel of theirs has.
const CHANNELS = { 2: 3, 6: 4 };
const RGBA = 6;

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});
const crc = (bytes) =>
  ~bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), ~0) >>> 0;

/** The neighbour that the three neighbours' plane is nearest to (PNG, 9.4). */
function paeth(left, up, corner) {
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

const FILTERS = [() => 0, (left) => left, (left, up) => up, (left, up) => (left + up) >> 1, paeth];

/**
 * @param {Buffer} file
 * @returns {Picture} throws an Error when the file is no such picture
 */
export function readPng(file) {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error('not a PNG file');
  const parts = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = 8; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      channels = CHANNELS[body[9]];
      if (body[8] !== 8 || !channels || body[12])
        throw new Error(`a PNG file of depth ${body[8]}, colour type ${body[9]}, not read here`);
    }
    if (kind === 'IDAT') parts.push(body);
    at += 12 + length;
  }
  const bytes = inflateSync(Buffer.concat(parts));
  const line = width * channels;
  if (!channels || bytes.length !== (line + 1) * height) throw new Error('a PNG file cut short');
  unfilter(bytes, line, height, channels);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = y * (line + 1) + 1; x < width; x++, to += 4, from += channels)
      for (let c = 0; c < channels; c++) data[to + c] = bytes[from + c];
  }
  return { width, height, data };
}

/** Undoes the filter of each row, in place. */
function unfilter(bytes, line, height, channels) {
  for (let y = 0; y < height; y++) {
    const begin = y * (line + 1) + 1;
    const filter = FILTERS[bytes[begin - 1]];
    if (!filter) throw new Error(`a PNG file with filter ${bytes[begin - 1]}`);
    if (filter === FILTERS[0]) continue;
    for (let x = 0; x < line; x++) {
      const at = begin + x;
      const left = x >= channels ? bytes[at - channels] : 0;
      const up = y ? bytes[at - line - 1] : 0;
      const corner = y && x >= channels ? bytes[at - line - 1 - channels] : 0;
      bytes[at] += filter(left, up, corner);
    }
  }
}

/** @param {Picture} picture */
export function writePng({ width, height, data }) {
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(data.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, RGBA], 8);
  const chunk = (kind, body) => {
    const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc(named));
    return [length, named, sum];
  };
  return Buffer.concat([
    SIGNATURE,
    ...chunk('IHDR', head),
    ...chunk('IDAT', deflateSync(rows, { level: 3 })),
    ...chunk('IEND', Buffer.alloc(0)),
  ]);
}
