// The shell's files beside written pages: those that they name, and those that these load, by the
// list `shell.json` (cmake/shell_list.py). As cli/shell_names.cpp.

import { site } from '../../base/site_state.js';
import { bytesOf, fetchShellFile, request } from '../../net/fetch.js';

/** @typedef {import('../project/zip.js').File} File */
/** @typedef {import('../../engine/abi.js').Answer} Answer */
/** @typedef {{ files: Record<string, string[]>, classes: Record<string, string[]> }} ShellList */

// Files of the shell that are fetched at a time.
const AT_ONCE = 32;
// An address in the shell, and a class of Font Awesome or Academicons; as long as any is.
// Again from the name on: a site's own path may be `/meridian`.
const ADDRESS = /meridian\/(?=([\w./-]{1,80}))/g;
const CLASS = /(?:fa|ai)-[\w./-]{0,77}/g;
const LIST = 'shell.json';
const ICON_SHEET = 'icons.css';
// A file that is copied as it is, and that may load files of the shell.
const READ = /\.(?:x?html|htm|m?js|css)$/;

/**
 * A file of the theme; an HTML page is not accepted, as hosts send one for missing files.
 * @param {string} url
 */
const fileOf = (url) => (url.endsWith('.html') ? request(url, url) : fetchShellFile(url));

export class ShellFiles {
  /** @type {Set<string>} */
  #names = new Set();
  #all;

  /** @param {Answer['json']['meridian']} settings */
  constructor(settings) {
    this.#all = settings?.shell === 'all';
    // Pages of other people load these.
    if (settings?.card) for (const name of ['embed.html', 'profile.js']) this.add(name);
  }

  /** Adds what a page, a script or a style sheet names. @param {string} text */
  read(text) {
    for (const [, name] of text.matchAll(ADDRESS)) this.#names.add(name);
    for (const [name] of text.matchAll(CLASS)) this.#names.add(name);
  }

  /** The same for a file that is copied as it is. @param {string} path @param {Uint8Array} bytes */
  readFile(path, bytes) {
    if (READ.test(path)) this.read(new TextDecoder().decode(bytes));
  }

  /** A file of the folder, or a folder in it with a final slash. @param {string} name */
  add(name) {
    this.#names.add(name);
  }

  /** @param {ShellList} list @returns {string[]} */
  #named({ files, classes }) {
    const all = Object.keys(files).filter((name) => !name.endsWith('/'));
    if (this.#all) return [...all, LIST];
    const kept = new Set();
    const keep = (/** @type {string[]} */ open) => {
      for (let name; (name = open.pop()) !== undefined;) {
        if (kept.has(name)) continue;
        kept.add(name);
        open.push(...(own(files, name) ?? []));
      }
    };
    keep([...this.#names]);
    // Other sheets have icons of their own for the same classes.
    if (kept.has(ICON_SHEET)) keep([...this.#names].flatMap((name) => own(classes, name) ?? []));
    return all.filter((name) => kept.has(name));
  }

  /**
   * Fetches the files that were named.
   * @param {(said: string) => void} report
   * @returns {Promise<File[]>}
   */
  async fetch(report) {
    if (!this.#names.size && !this.#all) return [];
    /** @type {ShellList} */
    const list = JSON.parse(await (await fetchShellFile(site.folder + LIST)).text());
    const wanted = this.#named(list);
    /** @type {File[]} */
    const files = [];
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      const some = wanted
        .slice(at, at + AT_ONCE)
        .map(
          async (name) =>
            /** @type {File} */ ([
              `meridian/${name}`,
              await bytesOf(await fileOf(site.folder + name)),
            ]),
        );
      files.push(...(await Promise.all(some)));
      report(`${files.length} of ${wanted.length} files of the theme`);
    }
    return files;
  }
}

/**
 * @param {Record<string, string[]>} lists
 * @param {string} name
 */
const own = (lists, name) => (Object.hasOwn(lists, name) ? lists[name] : undefined);
