// One version of the site: its manifest, the sources that the manifest names by their hashes, and
// the pages that the core makes of them.

import { gitHash } from '../base/hashes.js';
import { MOST_KEPT, SCOPE, ask } from '../base/kept_files.js';
import { RELEASE, sameBytes } from '../base/release.js';
import { fileOfStems } from '../base/stem_files.js';
import { encode } from '../server/bytes.js';
import { Failure } from '../server/failure.js';
import { createHandler } from '../server/handler.js';
import { bytesOf } from '../server/response_bytes.js';
import { MANIFEST, MOST_BYTES } from '../server/storage.js';
import { SHELL, addressOf, askHost, files } from './shell_files.js';

/**
 * A file of the manifest. `git`: hash of a text, which other files have none of.
 * @typedef {{ path: string, at?: string, size?: number, git?: string }} Listed
 */

// What a page with a search loads when that is opened.
const OF_SEARCH = ['search.js', 'search.wasm', 'search-words.js'];
// A browser has six connections to a host without HTTP/2.
const AT_ONCE = 6;
// Pages that are made to learn which modules, style sheets and scripts pages take: one to three
// seconds of a phone's processor. Those of further pages are kept when a page is read.
const MOST_MADE = 100;
const STAMPED = /^[\w-]+\.(wasm|txt)$/;
const LANGUAGE = /<html[^>]*\slang="?([\w-]+)/i;
const LINKED = /<(?:link|script)\b[^>]*?\s(?:href|src)="([^"#]+)"/g;

/**
 * The bytes of a file, undefined when there is none. What is kept at `key` is not asked for.
 * @param {string} url
 * @param {string} key
 * @param {(bytes: Uint8Array) => unknown} check  rejects when they are not those that are wanted
 */
async function bytesAt(url, key, check) {
  const old = await files.find(key);
  if (old) return new Uint8Array(await old.arrayBuffer());
  const failure = new Failure(503, url, 'it can’t be had', 'deploy the site as a whole');
  const response = await askHost(url).catch(() => undefined);
  if (response?.status === 404) return undefined;
  if (!response?.ok) throw failure;
  const bytes = await bytesOf(response, MOST_BYTES);
  try {
    await check(bytes);
  } catch {
    throw failure;
  }
  // Without room the page is made all the same.
  await files
    .keep(key, new Blob([/** @type {BlobPart} */ (bytes)]))
    .catch(() => (hadNoRoom = true));
  return bytes;
}

/** Some file could not be kept. */
let hadNoRoom = false;

/** Compiled modules by name. @type {Map<string, Promise<WebAssembly.Module | undefined>>} */
const compiled = new Map();

/** A file of the shell's folder, of this release. @param {string} name */
function partOf(name) {
  const url = `${addressOf(SHELL + name)}?${RELEASE}`;
  return bytesAt(url, url, (bytes) => STAMPED.test(name) && sameBytes(bytes));
}

/** @param {string} name */
async function compile(name) {
  const bytes = await partOf(name);
  return bytes && WebAssembly.compile(/** @type {BufferSource} */ (bytes));
}

/** @type {import('../server/engine.js').Modules} */
const modules = {
  get(name) {
    if (!name.endsWith('.wasm')) return partOf(name);
    const module = compiled.get(name) ?? compile(name);
    compiled.set(name, module);
    module.catch(() => compiled.delete(name));
    return module;
  },
};

export class Version {
  /**
   * @param {string} text the manifest
   * @param {string} policies lines of headers that the host gives its pages
   */
  constructor(text, policies) {
    const { files: listed, pages = {}, source = '' } = JSON.parse(text);
    this.text = text;
    this.policies = policies;
    /** By route, what the page is made of: its own source comes first. */
    this.pages = pages;
    this.routes = Object.keys(pages);
    /** By path from the root. @type {Map<string, Listed>} */
    this.files = new Map(
      listed.map((/** @type {Listed} */ file) => [file.at ?? source + (file.path ?? file), file]),
    );
    const { origin, pathname } = new URL(SCOPE);
    this.answer = createHandler({
      sources: { get: (place, known) => this.get(place, known) },
      modules,
      options: {
        url: origin,
        baseurl: pathname.slice(0, -1),
        // Pages are at hand: none has to be fetched before a click.
        headers: `/*\n! Speculation-Rules\n${policies}`,
        // Another version has another handler.
        maxAge: Infinity,
      },
    });
  }

  /** @type {import('../server/storage.js').Sources['get']} */
  async get(place, known) {
    if (place === MANIFEST)
      return known ? { etag: known } : { bytes: encode(this.text), etag: MANIFEST };
    const { git } = this.files.get(place) ?? {};
    if (git) return { bytes: await this.source(place, git), etag: git };
    const response = await ask(addressOf(place)).catch(() => files.find(addressOf(place)));
    if (response?.status === 404) return undefined;
    if (!response?.ok) throw new Failure(503, place, 'it can’t be had', 'ask again');
    return { bytes: await bytesOf(response) };
  }

  /** A text, as the manifest says that it is. @param {string} place @param {string} git */
  async source(place, git) {
    return bytesAt(addressOf(place), this.addressOfText(place), async (bytes) => {
      if ((await gitHash(bytes)) !== git) throw new Error('another version');
    });
  }

  /** The address at which a text is kept. @param {string} place */
  addressOfText(place) {
    return `${addressOf(place)}?${this.files.get(place)?.git}`;
  }

  /** The place and hash of the text that a page is written in. @param {string} route */
  sourceOf(route) {
    const [path] = this.pages[route] ?? [];
    return [...this.files].find(([, file]) => file.git && file.path === path);
  }

  /** The addresses at which its texts are kept. */
  addressesOfTexts() {
    const texts = [...this.files].filter(([, { git }]) => git);
    return texts.map(([place]) => this.addressOfText(place));
  }

  /** Tells whether a file is sent as the host has it. @param {string} place */
  isFile(place) {
    const file = this.files.get(place);
    return place.startsWith(SHELL) || (!!file && !file.git);
  }

  /**
   * Tells whether a path without a page is this site's: others may lie below its root.
   * @param {string} place
   */
  hasFolder(place) {
    const folder = `/${place.split('/', 1)}/`;
    return !place.includes('/') || this.routes.some((route) => route.startsWith(folder));
  }

  /**
   * Fetches all texts, makes pages, and gives the addresses of the files that pages link to.
   * Rejects when a text is not as the manifest says, or can't be kept.
   */
  async complete() {
    let size = 0;
    for (const { git, size: own } of this.files.values()) size += (git && own) || 0;
    if (size > MOST_KEPT) throw new RangeError('the sources are too large');
    hadNoRoom = false;
    const had = await files.addresses();
    const rest = [...this.files];
    const next = async () => {
      for (let file = rest.pop(); file; file = rest.pop()) {
        const [place, { git }] = file;
        if (git && !had.has(this.addressOfText(place))) await this.source(place, git);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    /** @type {Set<string>} */
    const linked = new Set();
    const stems = new Set();
    for (const route of this.routes.slice(0, MOST_MADE)) {
      const { url } = new Request(SCOPE + route.slice(1));
      const response = await this.answer(new Request(url));
      if (response.status === 503) throw new Error('not all is there');
      const html = await response.text();
      for (const [, link] of html.matchAll(LINKED)) linked.add(new URL(link, url).href);
      stems.add(fileOfStems(html.match(LANGUAGE)?.[1] ?? ''));
    }
    if (linked.has(addressOf(`${SHELL}search-keys.js`))) {
      for (const name of [...OF_SEARCH, ...stems].filter(Boolean))
        linked.add(`${addressOf(SHELL + name)}?${RELEASE}`);
      await modules.get('indexer.wasm');
    }
    if (hadNoRoom) throw new RangeError('there is no room');
    return [...linked].filter((url) => url.startsWith(SCOPE));
  }
}
