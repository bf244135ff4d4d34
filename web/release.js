// Which release this is: the build writes the same word into everything that is delivered together.

/** @type {string} */
// @ts-ignore: esbuild knows it; what runs as it is here has none
export const RELEASE = typeof MERIDIAN_RELEASE === 'string' ? MERIDIAN_RELEASE : '';
