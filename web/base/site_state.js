// The state of the open site: its root, the files that its host is known to have, the sources that
// are loaded.

import { document } from './unclobbered.js';

/**
 * An entry of the manifest; what else it holds is for the core. `at`: where it lies, from the root
 * or an address.
 * @typedef {{ path: string, at?: string, page?: boolean, git?: string, size?: number }} Entry
 *
 * The files that the host is known to hold; `json` is the manifest's own text; `sass` names the
 * file with the text of all Sass; `search`: there is an index of the site; `offline`: a service
 * worker may keep it; `notes`: how many files have links between its notes; `segmentFor`: of a
 * manifest in segments, gives the listing with what a page needs as well, where it is another one.
 * @typedef {{
 *   kind: 'manifest' | 'github' | 'listing' | 'names',
 *   files: (string | Entry)[],
 *   complete: boolean,
 *   source?: string,
 *   pages?: Record<string, string[]>,
 *   routes?: string,
 *   sass?: string,
 *   search?: boolean,
 *   offline?: boolean,
 *   notes?: number,
 *   json?: string,
 *   segmentFor?: (page: string, give: (listing: Listing) => void) => Promise<unknown>,
 * }} Listing
 */

/** The state of the open site; more.js, which has its own copy of this script, shares it. */
export let site = {
  /** The path of the root, with slashes at both ends. */
  root: '/',
  /** The folder of the sources below the root, empty or with a slash at its end. */
  source: '',
  /** The paths of sources that do not lie at their own path. @type {Map<string, string>} */
  moved: new Map(),
  /** @type {Listing} */
  listing: { kind: 'names', files: [], complete: false },
  /** The files of a theme on another host, which are listed as well. @type {Entry[]} */
  borrowed: [],
  /** Adds them to the list that the core gets. @param {string} list as JSON */
  withTheme: (list) => list,
  /** The listed paths. @type {Set<string>} */
  listed: new Set(),
  /** The listed paths that the manifest knows as templates. @type {Set<string>} */
  made: new Set(),
  /**
   * The style sheets that are pages, by route their compiled forms, as the command wrote them.
   * @type {Record<string, string> | undefined}
   */
  sheets: undefined,
  /** Address of `meridian/`. */
  folder: '',
  /** It lies on another host: see foreign_shell.js. */
  foreign: false,
  /**
   * Makes the browser compare what an element loads from there with its hash.
   * @type {(element: Element, url: string) => Promise<void>}
   */
  secure: async () => {},
  /**
   * The bytes of sources by path, as the core has them; null: the host has no such file.
   * @type {Map<string, Uint8Array | null>}
   */
  files: new Map(),
  /** Sources that are being fetched. @type {Map<string, Promise<Uint8Array | null>>} */
  coming: new Map(),
  /** Characters of the shell's script, where it stands in its page. */
  inlined: 0,
  /** The program of the host, as it says. */
  server: '',
  /**
   * Whether the host gives the shell for unknown paths: as its 404 page, or as one that it has.
   * @type {'' | 'lost' | 'found' | undefined}
   */
  gives: undefined,
  /** True with path routing: the host gives the shell for unknown paths. */
  byPath: true,
  /** The route of the open page. */
  shown: '',
  /** The path of its source. */
  written: '',
  /** The address at which GitHub shows the folder of the sources, with a slash at its end. */
  tree: '',
  /** Makes a TrustedScriptURL where a policy requires one; set by mount.js. @param {string} url */
  trust: (url) => url,
  /**
   * Parses a document where a policy requires TrustedHTML; set by mount.js.
   * @type {(html: string) => Document}
   */
  parse: () => document,
};
export { development } from './local_host.js';

/** @param {typeof site} other */
export function share(other) {
  site = other;
}

/** The content of a `<meta name="meridian-…">` of the shell. @param {string} name */
export const meta = (name) =>
  document.querySelector(`meta[name="meridian-${name}"]`)?.getAttribute('content') ?? undefined;
