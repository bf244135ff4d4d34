// Makes a profile from raw sources: what profile.json would contain, computed by the core in a
// worker, one source at a time. If the page does not allow a worker or wasm, or a source exceeds a
// limit, there is no card, with the reason.

import { fetchFile } from '../base/foreign.js';
import { READY } from '../engine/abi.js';
import { complete, supply } from '../engine/complete.js';
import { RELEASE, same, sameBytes } from '../base/release.js';
import { readPart } from '../net/byte_ranges.js';
import { MANIFEST } from '../net/source_index.js';
import { transitions } from '../engine/time_zones.js';
import { profileOf } from './validate.js';
import { fetchBytes } from './fetch_file.js';
import { wishes } from './show_attribute.js';

export { RELEASE as release };

/**
 * @typedef {import('./validate.js').Profile} Profile
 * @typedef {import('./worker.js').ProfileRequest} Request
 */
/**
 * Sources whose list the worker has, as `name`. `root`: their folder; `come`: the fetched files by
 * path; the number of files and bytes.
 * @typedef {{ name: string, root: string, come: Map<string, Promise<Uint8Array | undefined>>,
 *   files: number, size: number }} Source
 */

// Files that this script loads, in a form that bundlers resolve. The gazetteer's files are beside
// the core.
const CORE = new URL('./live.wasm', import.meta.url);
const WORKER = new URL('./profile-worker.js', import.meta.url);
/** @type {Record<string, URL>} */
const OWN = {
  'live.wasm': CORE,
  'bibliography.wasm': new URL('./bibliography.wasm', import.meta.url),
  'commonmark.wasm': new URL('./commonmark.wasm', import.meta.url),
  'sass.wasm': new URL('./sass.wasm', import.meta.url),
  'travel.wasm': new URL('./travel.wasm', import.meta.url),
  'theme.txt': new URL('./theme.txt', import.meta.url),
  'more.txt': new URL('./more.txt', import.meta.url),
  'words.txt': new URL('./words.txt', import.meta.url),
  'plugins.txt': new URL('./plugins.txt', import.meta.url),
  'extras.txt': new URL('./extras.txt', import.meta.url),
  'emoji.txt': new URL('./emoji.txt', import.meta.url),
};

// Limits for one source: fetched files and bytes, milliseconds for an answer of the core.
const FILES = 100;
const BYTES = 2 << 20;
const TIME = 15_000;
// Bytes of a list of files: GitHub's API gives up to 7 MB, for 100,000 files. The worker reads it.
const LIST = 8 << 20;

/**
 * The list of a repository's files, as bytes of JSON.
 * @param {string} name `owner/name`
 * @param {string} branch
 */
async function listOfGitHub(name, branch) {
  const list = await fetchBytes(
    `https://api.github.com/repos/${name}/git/trees/${encodeURIComponent(branch)}?recursive=1`,
    LIST,
    /json/,
  );
  if (!list) throw new Error(`${name} is not public on GitHub`);
  return list;
}

/** … and of a site's files. @param {string} root */
async function listOfSite(root) {
  const list = await fetchBytes(root + MANIFEST, LIST, /json|^text\/plain/i);
  if (!list) throw new Error(`${new URL(root).host} has neither profile.json nor ${MANIFEST}`);
  return list;
}

/**
 * @param {string} name the address of a site, or `github:owner/name`, perhaps `@branch`
 * @returns {Promise<Source>}
 */
async function listed(name) {
  const [repository, branch = 'HEAD'] = name.replace(/^github:/, '').split('@');
  const source = name.startsWith('github:')
    ? { list: await listOfGitHub(repository, branch), repository, branch }
    : { list: await listOfSite(name) };
  return {
    name,
    root: await ask({ source: { name, ...source } }),
    come: new Map(),
    files: 0,
    size: 0,
  };
}

/**
 * A file of the shell, which is this script's own.
 * @param {string | URL} url
 * @param {RequestInit} [init]
 */
async function own(url, init) {
  const response = await fetchFile(String(url), init);
  if (!response.ok) throw new Error(`${url} can’t be fetched (${response.status})`);
  return response;
}
/** @type {Map<string, Promise<any>>} */
const kept = new Map();
/**
 * @template T
 * @param {string} name
 * @param {(response: Response) => Promise<T>} read
 * @returns {Promise<T>}
 */
function once(name, read) {
  if (!kept.has(name)) kept.set(name, own(OWN[name]).then(read));
  const promise = /** @type {Promise<T>} */ (kept.get(name));
  promise.catch(() => kept.delete(name));
  return promise;
}
const pack = (/** @type {string} */ name) => bytes(`${name}.txt`).then(sameBytes);
const bytesOf = async (/** @type {Response} */ response) =>
  new Uint8Array(await response.arrayBuffer());
const bytes = (/** @type {string} */ name) => once(name, bytesOf);
/** The gazetteer asks for a part once. @param {string} name */
const part = (name) => readPart(new URL(name, CORE).href, own, bytesOf);
const module = (/** @type {string} */ name) =>
  once(name, async (response) => {
    const binary = await response.arrayBuffer();
    sameBytes(new Uint8Array(binary));
    return WebAssembly.compile(binary).catch((error) => {
      throw new Error(`this page’s policy or browser allows no WebAssembly (${error.message})`);
    });
  });

/** @type {ReturnType<typeof begin> | undefined} */
let thread;
async function begin() {
  // A worker of another host starts with a script of this page, which imports it. The core's
  // address gives the host: a bundler may have inlined the small worker script as a data: address.
  const script =
    CORE.origin === location.origin
      ? ''
      : URL.createObjectURL(
          new Blob([`import ${JSON.stringify(WORKER)};`], { type: 'text/javascript' }),
        );
  try {
    const worker = script
      ? new Worker(script, { type: 'module', name: 'meridian-profile' })
      : new Worker(new URL('./profile-worker.js', import.meta.url), {
          type: 'module',
          name: 'meridian-profile',
        });
    const { data } = await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = reject;
    });
    return { worker, release: data };
  } catch {
    throw new Error('this page’s policy or browser allows no worker');
  } finally {
    if (script) URL.revokeObjectURL(script);
  }
}

/** @param {Request} request @returns {Promise<any>} */
async function ask(request) {
  const { worker } = await (thread ??= begin().then(same));
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const late = setTimeout(() => {
      // The next request starts another.
      worker.terminate();
      thread = undefined;
      port1.close();
      reject(new Error(`the sources take more than ${TIME / 1000} seconds`));
    }, TIME);
    port1.onmessage = ({ data: { answer, trap } }) => {
      clearTimeout(late);
      port1.close();
      if (trap) reject(new Error(`the sources can’t be rendered: ${trap}`));
      else resolve(answer);
    };
    worker.postMessage(request, [port2]);
  });
}

/**
 * Fetches a file, once.
 * @param {Source} source
 * @param {string} path
 * @param {string | undefined} url where it lies, if it does
 */
function fileOf(source, path, url) {
  const { come, root } = source;
  const { host } = new URL(root);
  const load = async () => {
    if (!url) return undefined;
    if (++source.files > FILES) throw new Error(`${host}: more than ${FILES} files are needed`);
    const data = await fetchBytes(url, BYTES - source.size);
    if (data && (source.size += data.length) > BYTES)
      throw new Error(`${host}: more than ${BYTES >> 20} MB are needed`);
    return data;
  };
  const file = come.get(path) ?? load();
  come.set(path, file);
  return file;
}

/**
 * Fetches what the core needs.
 * @param {Source} source
 * @returns {import('../engine/complete.js').Host}
 */
const hostOf = (source) => ({
  async file(path) {
    const [url] = await ask({ where: { name: source.name, paths: [path] } });
    const data = await fileOf(source, path, url);
    return ask({ tell: data ? ['put', path, data] : ['put_missing', path] });
  },
  zone: (name) => ask({ tell: ['zone', name, JSON.stringify(transitions(name) ?? [])] }),
  async module(name) {
    if (/^(bibliography|commonmark|sass|travel)$/.test(name))
      return ask({ [name]: await module(`${name}.wasm`) });
    // A card shows code without colours.
    if (name === 'rouge') return ask({ [name]: null });
    if (name.startsWith('places/'))
      return ask({ places: [[name, await part(name).catch(() => new Uint8Array())]] });
    return ask({ tell: ['theme', await pack(name)] });
  },
});

/** By root: cards of the same person share fetched files. @type {Map<string, Promise<Source>>} */
const sources = new Map();
/** @param {string} root @param {boolean} anew @returns {Promise<Source>} */
function sourceOf(root, anew) {
  const known = !anew && sources.get(root);
  if (known) return known;
  const asked = listed(root);
  sources.set(root, asked);
  return asked;
}

/** @param {string} root @param {string} wanted @param {boolean} anew @returns {Promise<Profile>} */
async function made(root, wanted, anew) {
  const source = await sourceOf(root, anew);
  const [start, theme] = await Promise.all([module('live.wasm'), pack('theme')]);
  await ask({
    start,
    changes: [
      ['live_stranger'],
      ['theme', theme],
      ['options', JSON.stringify({ time: new Date(), environment: 'production' })],
    ],
    listOf: source.name,
  });
  const names = wishes(wanted).map(({ name }) => name);
  const host = hostOf(source);
  const { status, sections, json } = await complete(
    source.name,
    () => ask({ ask: ['profile', names.join(' ')] }),
    (needs) => supply(host, needs),
  );
  if (status === READY)
    return Object.assign(profileOf(json, source.root, true), { html: sections });
  throw new Error(
    `the sources can’t be rendered: ${json.diagnostics?.[0]?.message ?? 'there is no reason why'}`,
  );
}

/** A queue of sources: they share a worker. @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * @param {string} root of a site, or `github:owner/name`
 * @param {string} wanted what the card's attribute `show` says; `*`: all
 * @param {boolean} anew even if its files are known
 * @returns {Promise<Profile>}
 */
export function fromSources(root, wanted, anew) {
  const profile = last.then(() => made(root, wanted, anew));
  // The next attempt may succeed.
  last = profile.catch(() => void sources.delete(root));
  return profile;
}
