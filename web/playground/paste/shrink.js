// Photos become as small as a page needs, in a worker of their own, and lose what a camera noted:
// the place above all. Other pictures stay as they are.

/**
 * @typedef {import('./shrink_worker.js').Picture} Picture
 * @typedef {import('./shrink_worker.js').Reply} Reply
 */

const KINDS = /^image\/(jpeg|png|webp|avif|hei[cf])$/;
const HEIC = /hei[cf]$/i;
// Smaller ones are left alone, unless a camera noted something.
const SMALL = 20 << 10;
// Milliseconds for a picture: slow phones take some seconds.
const PATIENCE = 30_000;
// How notes begin in JPEG, PNG and WebP.
const NOTES = ['Exif\0\0', 'eXIf', 'EXIF'];

/** Tells whether a camera noted something. @param {Uint8Array} bytes */
export function hasNotes(bytes) {
  const text = new TextDecoder('latin1').decode(bytes);
  return NOTES.some((mark) => text.includes(mark));
}

/** A browser may give such files no type. @param {File} file */
const typeOf = ({ type, name }) => type || (HEIC.test(name) ? 'image/heic' : '');

/**
 * @param {Worker} worker
 * @param {object} question
 * @returns {Promise<Reply>}
 */
function asked(worker, question) {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error('The picture takes too long to be made smaller.'));
    const timer = setTimeout(late, PATIENCE);
    worker.onmessage = ({ data }) => (clearTimeout(timer), resolve(data));
    worker.onerror = () => reject(new Error('What makes pictures smaller can’t be loaded.'));
    worker.postMessage(question);
  }).finally(() => worker.terminate());
}

// Pixels of the longer side: twice the width of a text, for displays of high density. A site may
// have another number: some phones draw no more than the last one.
const [USUAL, LEAST, MOST] = [2000, 200, 8000];

/**
 * How pictures are made smaller in a playground, by the site's setting.
 * @param {Pick<import('../playground.js').Playground, 'renderer' | 'loop' | 'worker'>} playground
 */
export async function shrinkIn({ renderer, loop, worker }) {
  const keys = ['site', 'meridian', 'pictures'];
  const set = await renderer.inspect(loop.url, keys).catch(() => undefined);
  const pixels = Number(set?.text);
  const longest = pixels >= LEAST && pixels <= MOST ? Math.round(pixels) : USUAL;
  return { begin: worker, longest };
}

/**
 * A picture as it goes into the project. Throws if the browser can't read its format.
 * @param {File} file
 * @param {{ begin: (name: string) => Promise<Worker>, longest: number }} how `begin`: a worker's
 *   file; `longest`: pixels of the longer side, at most
 * @returns {Promise<Picture>}
 */
export async function shrunk(file, { begin, longest }) {
  const type = typeOf(file);
  // Browsers of before 2023 can't draw in a worker.
  const draws = KINDS.test(type) && typeof OffscreenCanvas !== 'undefined';
  // It begins while the file is read.
  const early = draws && file.size >= SMALL ? begin('shrink-worker.js') : undefined;
  early?.catch(() => {});
  const bytes = new Uint8Array(await file.arrayBuffer());
  const noted = hasNotes(bytes);
  if (!draws || (bytes.length < SMALL && !noted && !HEIC.test(type))) return { bytes, type };
  const found = await asked(await (early ?? begin('shrink-worker.js')), {
    file,
    type,
    noted,
    longest,
  });
  if (found.made) return found.made;
  if (HEIC.test(type))
    throw new Error(
      `${file.name} is a HEIC picture, which this browser can’t read. Save it as JPEG first, or add it in Safari.`,
    );
  return { bytes, type };
}
