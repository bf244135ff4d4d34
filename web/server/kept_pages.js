// Finished pages, kept as long as nothing has changed that they are made of.

import { tagOf } from './versions.js';

/**
 * A page as it is sent. `url`: where a redirect leads. `bytes`: missing when only the etag is kept.
 * @typedef {{ etag: string, url?: string, bytes?: Uint8Array }} Page
 *
 * What is known of a page: the version of the sources that it was made of, or last found to be the
 * same in, and the model of that version. `tags`: the files that it is made of with their etags;
 * undefined: any file may change it. `until`: what isNews() was asked last.
 * @typedef {{
 *   etag: string, url?: string, number: number, model: number, tags?: [string, string][],
 *   until?: number,
 * }} Kept
 */
/** @typedef {import('./versions.js').Version} Version */

// An isolate has 128 MB on the hosts that we know; the core and its files may need 100.
const MOST_BYTES = 12 << 20;
// A few larger pages would displace all others; of them the etag is kept.
const LARGEST = MOST_BYTES / 8;
// A page's etag and its list of files take about a kilobyte.
const MOST_PAGES = 10_000;

export class KeptPages {
  /** The one that was used last is the last one, here and below. @type {Map<string, Kept>} */
  pages = new Map();
  /** @type {Map<string, Uint8Array>} */
  bodies = new Map();
  size = 0;

  /**
   * The page of a version, where it was made.
   * @param {string} path
   * @param {Version} version
   * @returns {Page | undefined}
   */
  get(path, version) {
    const kept = this.pages.get(path);
    if (!kept) return undefined;
    if (kept.number !== version.number) {
      const same = kept.tags?.every(([file, tag]) => tagOf(version, file) === tag);
      if (kept.model !== version.model || !same) {
        this.remove(path);
        return undefined;
      }
      kept.number = version.number;
    }
    renew(this.pages, path, kept);
    const bytes = this.bodies.get(path);
    if (bytes) renew(this.bodies, path, bytes);
    return { etag: kept.etag, url: kept.url, bytes };
  }

  /**
   * @param {string} path
   * @param {Page} page
   * @param {Version} version
   * @param {[string, string][]} [tags]
   */
  add(path, { etag, url, bytes }, { number, model }, tags) {
    this.remove(path);
    this.pages.set(path, { etag, url, number, model, tags });
    if (bytes && bytes.length <= LARGEST) {
      this.bodies.set(path, bytes);
      this.size += bytes.length;
    }
    for (const [old] of this.pages) {
      if (this.pages.size <= MOST_PAGES) break;
      this.remove(old);
    }
    for (const [old] of this.bodies) {
      if (this.size <= MOST_BYTES) break;
      this.removeBody(old);
    }
  }

  /** Whether this is asked for a page the first time. @param {string} path @param {number} until */
  isNews(path, until) {
    const kept = this.pages.get(path);
    if (!kept || kept.until === until) return false;
    kept.until = until;
    return true;
  }

  /** @param {string} path */
  remove(path) {
    this.pages.delete(path);
    this.removeBody(path);
  }

  /** @param {string} path */
  removeBody(path) {
    this.size -= this.bodies.get(path)?.length ?? 0;
    this.bodies.delete(path);
  }
}

/** @template T @param {Map<string, T>} map @param {string} key @param {T} value */
function renew(map, key, value) {
  map.delete(key);
  map.set(key, value);
}
