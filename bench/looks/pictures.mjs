// How far two screenshots differ, and where.

/** @typedef {import('./png.mjs').Picture} Picture */

// The difference of a channel, of 255, that nobody sees: one browser on one machine draws equal
// pages equally, but for the edges of a picture that is scaled to a fraction of a pixel.
const UNSEEN = 8;
// How much of the reference is left in the picture of the differences.
const FADED = 0.25;
const [RED, BLUE] = [
  [220, 0, 40],
  [40, 80, 220],
];

/**
 * Compares two pictures pixel by pixel, from the upper left corner. What only one of them has
 * differs.
 * @param {Picture} reference
 * @param {Picture} ours
 * @returns {{ differing: number, share: number, first: number, picture: Picture }} `share`: of all
 *   pixels, 0 to 1; `first`: the first row that differs, or -1; `picture`: the reference,
 *   faded, with differing pixels in red, and in blue what lies beyond one of them
 */
export function differences(reference, ours) {
  const [width, height] = [
    Math.max(reference.width, ours.width),
    Math.max(reference.height, ours.height),
  ];
  const data = new Uint8Array(width * height * 4).fill(255);
  let [differing, first] = [0, -1];
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 4) {
      const a = y < reference.height && x < reference.width ? (y * reference.width + x) * 4 : -1;
      const b = y < ours.height && x < ours.width ? (y * ours.width + x) * 4 : -1;
      const colour = a < 0 || b < 0 ? BLUE : equal(reference.data, a, ours.data, b) ? null : RED;
      if (colour) {
        data.set(colour, to);
        differing++;
        if (first < 0) first = y;
      } else {
        for (let c = 0; c < 3; c++) data[to + c] = 255 - (255 - reference.data[a + c]) * FADED;
      }
    }
  }
  const share = width * height ? differing / (width * height) : 0;
  return { differing, share, first, picture: { width, height, data } };
}

function equal(a, from, b, at) {
  for (let c = 0; c < 4; c++) if (Math.abs(a[from + c] - b[at + c]) > UNSEEN) return false;
  return true;
}
