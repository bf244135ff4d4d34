// The state of the site that is open: where it begins, what its host is known to hold, which
// sources are there.

import { document } from './unclobbered.js';

/**
 * An entry of the manifest; what else it holds is for the core.
 * @typedef {{ path: string, at?: string }} Entry
 *
 * The files that the host is known to hold; `json` is the manifest's own text.
 * @typedef {{
 *   kind: 'manifest' | 'github' | 'listing' | 'names',
 *   files: (string | Entry)[],
 *   complete: boolean,
 *   source?: string,
 *   pages?: Record<string, string[]>,
 *   routes?: string,
 *   json?: string,
 * }} Listing
 */

/**
 * The state of the site that is open; more.js, which has its own copy of this script, shares
 * it.
 */
export let site = {
  /** The path at which it begins, with slashes at both ends. */
  root: '/',
  /** The folder of the sources below the root, empty or with a slash at its end. */
  source: '',
  /** Where a source lies that isn't at its own path. @type {Map<string, string>} */
  moved: new Map(),
  /** @type {Listing} */
  listing: { kind: 'names', files: [], complete: false },
  /** Paths that the list names. @type {Set<string>} */
  listed: new Set(),
  /** Address of `meridian/`. */
  folder: '',
  /**
   * Bytes of sources by path, as the core was given them; null: not there.
   * @type {Map<string, Uint8Array | null>}
   */
  files: new Map(),
  /** Sources on their way. @type {Map<string, Promise<Uint8Array | null>>} */
  coming: new Map(),
  /**
   * Whether addresses are real paths: the host gives the shell for a path that it does not have.
   */
  byPath: true,
  /** The route of the page that is open. */
  shown: '',
  /**
   * Where a policy asks for Trusted Types, what makes an address one that code may come from; of
   * mount.js.
   * @param {string} url
   */
  trust: (url) => url,
};
/** The author's own machine. */
export const development = /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);

/** @param {typeof site} other */
export function share(other) {
  site = other;
}

/** The content of a `<meta name="meridian-…">` of the shell. @param {string} name */
export const meta = (name) =>
  document.querySelector(`meta[name="meridian-${name}"]`)?.getAttribute('content') ?? undefined;
