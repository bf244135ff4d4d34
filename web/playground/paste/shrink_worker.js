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

/** @param {Blob} file @param {'image/png' | string} type */
async function read(file, type) {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 4096).arrayBuffer());
  if (/png|webp/.test(type) && MOVES.test(head)) return undefined;
  const upright = { imageOrientation: /** @type {const} */ ('from-image') };
  return createImageBitmap(file, upright).catch(() => undefined);
}

/**
 * @param {{ file: Blob, type: string, noted: boolean, longest: number }} question
 * @returns {Promise<Reply>}
 */
async function answer({ file, type, noted, longest }) {
  const begin = performance.now();
  const bitmap = await read(file, type);
  if (!bitmap) return {};
  const took = performance.now() - begin;
  const pixels = bitmap.width * bitmap.height;
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  const context = canvas.getContext('2d');
  if (!context) return {};
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const drawing = type === 'image/png';
  const write = (/** @type {string} */ kind) =>
    canvas.convertToBlob({ type: kind, quality: drawing ? DRAWING : PHOTO });
  // Where a browser does not write WebP it gives PNG.
  const slow = (TIMES * took * canvas.width * canvas.height) / pixels > MOST;
  let best = await write(slow && OPAQUE.test(type) ? 'image/jpeg' : 'image/webp');
  if (best.type === 'image/png' && !drawing) best = await write('image/jpeg');
  const same = scale === 1 && !noted && /(jpeg|png|webp)$/.test(type);
  if (same && best.size >= file.size) return {};
  return { made: { bytes: new Uint8Array(await best.arrayBuffer()), type: best.type } };
}

export {};

addEventListener('message', async ({ data }) =>
  postMessage(await answer(data).catch(() => /** @type {Reply} */ ({}))),
);
