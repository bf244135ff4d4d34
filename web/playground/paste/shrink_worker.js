// The worker that turns a photo upright, makes it smaller and writes it anew, without what its
// camera noted. The encoders are the browser's own.

/**
 * `made` is missing if the picture stays as it is, or can't be read.
 * @typedef {{ bytes: Uint8Array, type: string }} Picture
 * @typedef {{ made?: Picture }} Reply
 */

// Pixels of the longer side: twice the width of a text, for displays of high density.
const LONGEST = 2000;
// Of photos, and of drawings and screenshots, whose edges stay: for encoders 1 is lossless.
const [PHOTO, DRAWING] = [0.82, 1];
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
 * @param {{ file: Blob, type: string, noted: boolean }} question
 * @returns {Promise<Reply>}
 */
async function answer({ file, type, noted }) {
  const bitmap = await read(file, type);
  if (!bitmap) return {};
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
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
  let best = await write('image/webp');
  if (best.type !== 'image/webp' && !drawing) best = await write('image/jpeg');
  const same = scale === 1 && !noted && /(jpeg|png|webp)$/.test(type);
  if (same && best.size >= file.size) return {};
  return { made: { bytes: new Uint8Array(await best.arrayBuffer()), type: best.type } };
}

export {};

addEventListener('message', async ({ data }) =>
  postMessage(await answer(data).catch(() => /** @type {Reply} */ ({}))),
);
