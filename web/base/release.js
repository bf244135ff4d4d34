// Which release this is: the build writes the same word into everything that is delivered together.

/** @type {string} */
// @ts-ignore: esbuild knows it; what runs as it is here has none
export const RELEASE = typeof MERIDIAN_RELEASE === 'string' ? MERIDIAN_RELEASE : '';

/**
 * What a script has loaded, if it is of the same release: with another it may not agree on
 * anything.
 * @template {{ release?: string }} T @param {T} module @returns {T}
 */
export function same(module) {
  if (module.release !== RELEASE) throw new Error('a file of another release');
  return module;
}

/**
 * The same for a module or templates, at whose end it stands.
 * @template {Uint8Array} T
 * @param {T} bytes
 */
export function sameBytes(bytes) {
  same({ release: String.fromCharCode(...bytes.slice(-9)).match(RELEASE)?.[0] });
  return bytes;
}

/**
 * Whether the shell that shows the page is of another release. A page that the command wrote has
 * none.
 */
export function foreign() {
  const { meridian } = /** @type {any} */ (window);
  return (meridian?.release ?? RELEASE) !== RELEASE;
}
