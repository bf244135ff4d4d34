// The release: the build writes the same word into all files that are delivered together.

/** @type {string} */
// @ts-ignore: esbuild knows it; what runs as it is here has none
export const RELEASE = typeof MERIDIAN_RELEASE === 'string' ? MERIDIAN_RELEASE : '';

/**
 * Returns a module if it has the same release, else throws: files of two releases may not fit
 * together.
 * @template {{ release?: string }} T
 * @param {T} module
 * @returns {T}
 */
export function same(module) {
  if (module.release !== RELEASE) throw new Error('a file of another release');
  return module;
}

/**
 * The same for a wasm module or templates, which end with their release.
 * @template {Uint8Array} T
 * @param {T} bytes
 */
export function sameBytes(bytes) {
  same({ release: String.fromCharCode(...bytes.slice(-9)).match(RELEASE)?.[0] });
  return bytes;
}

/** Tells whether the shell of this page has another release. Written pages have no shell. */
export function foreign() {
  const { meridian } = /** @type {any} */ (window);
  return (meridian?.release ?? RELEASE) !== RELEASE;
}
