// The worker that turns a photo upright, makes it smaller and writes it anew, without what its
// camera noted. The encoders are the browser's own.

/**
 * `made` is missing if the picture stays as it is, or can't be read.
 * @typedef {{ bytes: Uint8Array, type: string }} Picture
 * @typedef {{ made?: Picture }} Reply
 */

// Of photos, and of drawings and screenshots, whose edges stay: for encoders 1 is lossless.
const [PHOTO, DRAWING] = [0.82, 1];
// To write a pixel as WebP takes about so many times as long as to read one of a JPEG, and a JPEG a
// tenth of that. Where it would take more than these milliseconds, as on slow phones, a photo
// becomes a JPEG, which is a fifth larger.
const [TIMES, MOST] = [11, 750];
// Photos that have nothing transparent.
const OPAQUE = /jpeg|hei[cf]/;
// Frames of an animation, which a canvas would not keep.
const MOVES = /acTL|ANIM/;

// A JPEG's decoder can scale by eighths while it reads.
const STEPS = 8;
// The markers of a JPEG's segments that hold its size: SOF0 to SOF15, without DHT, JPG and DAC.
const isSize = (/** @type {number} */ marker) =>
  marker >> 4 === 0xc && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * The sides of a JPEG in pixels, as its header has them.
 * @param {DataView} bytes
 */
function sidesOf(bytes) {
  for (let at = 2; at + 9 <= bytes.byteLength && bytes.getUint8(at) === 0xff;) {
    const marker = bytes.getUint8(at + 1);
    if (isSize(marker)) return [bytes.getUint16(at + 7), bytes.getUint16(at + 5)];
    at += marker === 0xff ? 1 : 2 + bytes.getUint16(at + 2);
  }
  return undefined;
}

/**
 * A JPEG that is decoded at little more than the size that is asked for, in half the time, where
 * the browser can do this and turns it upright (Chromium 138).
 * @param {Blob} file @param {number} longest
 */
async function readScaled(file, longest) {
  const turns = typeof VideoFrame === 'function' && 'rotation' in VideoFrame.prototype;
  if (!turns || typeof ImageDecoder !== 'function') return undefined;
  const data = await file.arrayBuffer();
  const sides = sidesOf(new DataView(data));
  const steps = sides && Math.ceil((STEPS * longest) / Math.max(...sides));
  if (!steps || steps >= STEPS) return undefined;
  const [desiredWidth, desiredHeight] = sides.map((side) => Math.ceil((side * steps) / STEPS));
  const type = 'image/jpeg';
  const decoder = new ImageDecoder({ data, type, desiredWidth, desiredHeight });
  const { image, complete } = await decoder.decode().finally(() => decoder.close());
  if (!complete) return image.close();
  const { displayWidth: width, displayHeight: height } = image;
  return { image, width, height, pixels: sides[0] * sides[1] };
}

/** @param {Blob} file @param {'image/png' | string} type @param {number} longest */
async function read(file, type, longest) {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 4096).arrayBuffer());
  if (/png|webp/.test(type) && MOVES.test(head)) return undefined;
  const scaled = /jpeg$/.test(type) && (await readScaled(file, longest).catch(() => undefined));
  if (scaled) return scaled;
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (!image) return undefined;
  const { width, height } = image;
  return { image, width, height, pixels: width * height };
}

/**
 * @param {{ file: Blob, type: string, noted: boolean, longest: number }} question
 * @returns {Promise<Reply>}
 */
async function answer({ file, type, noted, longest }) {
  const begin = performance.now();
  const picture = await read(file, type, longest);
  if (!picture) return {};
  const { image, width, height, pixels } = picture;
  const took = performance.now() - begin;
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
  const context = canvas.getContext('2d');
  if (!context) return {};
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const drawing = type === 'image/png';
  const write = (/** @type {string} */ kind) =>
    canvas.convertToBlob({ type: kind, quality: drawing ? DRAWING : PHOTO });
  // Where a browser does not write WebP it gives PNG.
  const slow = (TIMES * took * canvas.width * canvas.height) / pixels > MOST;
  let best = await write(slow && OPAQUE.test(type) ? 'image/jpeg' : 'image/webp');
  if (best.type === 'image/png' && !drawing) best = await write('image/jpeg');
  const same = canvas.width * canvas.height === pixels && !noted && /(jpeg|png|webp)$/.test(type);
  if (same && best.size >= file.size) return {};
  return { made: { bytes: new Uint8Array(await best.arrayBuffer()), type: best.type } };
}

export {};

addEventListener('message', async ({ data }) =>
  postMessage(await answer(data).catch(() => /** @type {Reply} */ ({}))),
);
