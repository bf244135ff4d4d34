// A profile of raw sources: what profile.json would say, made by the core in a thread of its own, one source after the other. Whatever the
// page does not allow (a thread, wasm) or a source does not keep to is a reason why there is no card.

import { NEEDS, READY } from '../abi.js';
import { MANIFEST, sourcesInTree, sourcesOfManifest } from '../sources.js';
import { transitions } from '../zones.js';
import { profileOf } from './format.js';
import { take, takeBytes } from './source.js';
import { wishes } from './wishes.js';

/** @typedef {import('./format.js').Profile} Profile @typedef {import('../serving.js').Request} Request */
/** The folder of the sources, what lies where, and the list of that as the core reads it. @typedef {{ root: string, entries: import('../sources.js').Entry[], list: string }} Sources */
/** … with what has come of them, by path, how many files and bytes that is. @typedef {Sources & { come: Map<string, Promise<Uint8Array | undefined>>, files: number, size: number }} Source */

// What this script loads, each address as a bundler reads it. The gazetteer's thousands of files lie beside the core, wherever that is.
const CORE = new URL('./live.wasm', import.meta.url);
const WORKER = new URL('./profile-worker.js', import.meta.url);
/** @type {Record<string, URL>} */
const OWN = {
  'live.wasm': CORE,
  'commonmark.wasm': new URL('./commonmark.wasm', import.meta.url),
  'travel.wasm': new URL('./travel.wasm', import.meta.url),
  'theme.txt': new URL('./theme.txt', import.meta.url),
  'more.txt': new URL('./more.txt', import.meta.url),
  'words.txt': new URL('./words.txt', import.meta.url),
  'plugins.txt': new URL('./plugins.txt', import.meta.url),
  'emoji.txt': new URL('./emoji.txt', import.meta.url),
};

// Of one source: files and bytes that are fetched, rounds of asking, milliseconds for an answer of the core.
const FILES = 100;
const BYTES = 2 << 20;
const ROUNDS = 40;
const TIME = 15_000;
// Of a collection whose documents have their dates in their names: the latest that are read. A card shows ten at most.
const LATEST = 40;
// Names of files alone.
const LIST = 4 << 20;

/**
 * Without the older documents of a collection that has many: whoever has written for years is shown by what came last. Documents without a
 * date in their names stay. @template T @param {T[]} files `{path}` or a path each @returns {T[]}
 */
function withoutOlder(files) {
  const dated = files.flatMap((file) => {
    const parts = String(/** @type {any} */ (file)?.path ?? file).split('/');
    const name = parts.pop() ?? '';
    const label = parts.findIndex((part) => part.startsWith('_'));
    return label >= 0 && /^\d{4}-\d\d?-\d\d?-.*\.(md|markdown|html?)$/i.test(name) ? { file, name, folder: parts.slice(0, label + 1).join('/') } : [];
  });
  /** How many of a folder are read. @type {Map<string, number>} */
  const read = new Map();
  const older = new Set();
  for (const { file, folder } of dated.sort((a, b) => (a.name < b.name ? 1 : -1))) {
    const count = read.get(folder) ?? 0;
    if (count < LATEST) read.set(folder, count + 1);
    else older.add(file);
  }
  return files.filter((file) => !older.has(file));
}

/** @param {string} said `owner/name`, perhaps `@branch` @returns {Promise<Sources>} */
async function fromGitHub(said) {
  const [name, branch = 'HEAD'] = said.split('@');
  const text = await take(`https://api.github.com/repos/${name}/git/trees/${encodeURIComponent(branch)}?recursive=1`, /json/, LIST);
  if (text === undefined) throw new Error(`${name} is no public repository on GitHub`);
  const sources = sourcesInTree(withoutOlder(JSON.parse(text).tree), 'https://raw.githubusercontent.com/', name, branch);
  return { ...sources, list: JSON.stringify({ files: sources.entries.map(({ path }) => path), complete: true }) };
}

/** @param {string} root @returns {Promise<Sources>} */
async function fromSite(root) {
  const list = await take(root + MANIFEST, /json|^text\/plain/i, LIST);
  if (list === undefined) throw new Error(`${new URL(root).host} has neither profile.json nor ${MANIFEST}`);
  const manifest = JSON.parse(list);
  if (Array.isArray(manifest?.files)) manifest.files = withoutOlder(manifest.files);
  return { ...sourcesOfManifest(manifest, root), list: JSON.stringify(manifest) };
}

/** @param {string} name of a file of the shell, which is this script's own */
async function own(name) {
  const response = await fetch(OWN[name] ?? new URL(name, CORE));
  if (!response.ok) throw new Error(`${name} can’t be had (${response.status})`);
  return response;
}
/** @type {Map<string, Promise<any>>} */
const kept = new Map();
/** @template T @param {string} name @param {(response: Response) => Promise<T>} read @returns {Promise<T>} */
function once(name, read) {
  if (!kept.has(name)) kept.set(name, own(name).then(read));
  const promise = /** @type {Promise<T>} */ (kept.get(name));
  promise.catch(() => kept.delete(name));
  return promise;
}
const bytes = (/** @type {string} */ name) => once(name, async (response) => new Uint8Array(await response.arrayBuffer()));
const module = (/** @type {string} */ name) =>
  once(name, async (response) => {
    const binary = await response.arrayBuffer();
    return WebAssembly.compile(binary).catch((error) => {
      throw new Error(`this page’s policy or browser allows no WebAssembly (${error.message})`);
    });
  });

/** @type {Promise<Worker> | undefined} */
let thread;
async function begin() {
  // A thread of another host begins with a script of this page's, which loads it. The core tells whose host it is: a bundler may have put
  // a script as small as the thread's into its address.
  const script = CORE.origin === location.origin ? '' : URL.createObjectURL(new Blob([`import ${JSON.stringify(WORKER)};`], { type: 'text/javascript' }));
  try {
    const worker = script ? new Worker(script, { type: 'module', name: 'meridian-profile' }) : new Worker(new URL('./profile-worker.js', import.meta.url), { type: 'module', name: 'meridian-profile' });
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = reject;
    });
    return worker;
  } catch {
    throw new Error('this page’s policy or browser allows no worker');
  } finally {
    if (script) URL.revokeObjectURL(script);
  }
}

/** @param {Request} request @returns {Promise<any>} */
async function ask(request) {
  const worker = await (thread ??= begin());
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const late = setTimeout(() => {
      // Whoever asks next has another.
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

/** A file, asked for once. @param {Source} source @param {string} path */
function fileOf(source, path) {
  const { come, entries, root } = source;
  const { host } = new URL(root);
  const load = async () => {
    const url = entries.find((entry) => entry.path === path)?.from;
    if (!url) return undefined;
    if (++source.files > FILES) throw new Error(`${host}: more than ${FILES} files are needed`);
    const data = await takeBytes(url, BYTES - source.size);
    if (data && (source.size += data.length) > BYTES) throw new Error(`${host}: more than ${BYTES >> 20} MB are needed`);
    return data;
  };
  const file = come.get(path) ?? load();
  come.set(path, file);
  return file;
}

/** What the core lacks. @param {{ paths?: string[], zones?: string[], modules?: string[] }} needs @param {Source} source */
async function supply({ paths = [], zones = [], modules = [] }, source) {
  const files = await Promise.all(paths.map(async (path) => /** @type {const} */ ([path, await fileOf(source, path)])));
  for (const [path, data] of files) await ask({ tell: data ? ['put', path, data] : ['put_missing', path] });
  for (const zone of zones) await ask({ tell: ['zone', zone, JSON.stringify(transitions(zone) ?? [])] });
  for (const name of modules) {
    if (name === 'commonmark' || name === 'travel') await ask({ [name]: await module(`${name}.wasm`) });
    else if (name.startsWith('places/')) await ask({ places: [[name, await bytes(name).catch(() => new Uint8Array())]] });
    else await ask({ tell: ['theme', await bytes(`${name}.txt`)] });
  }
}

/** By root: cards that show something else of the same person share what has come. @type {Map<string, Promise<Source>>} */
const sources = new Map();
/** @param {string} root @param {boolean} anew @returns {Promise<Source>} */
function sourceOf(root, anew) {
  const known = !anew && sources.get(root);
  if (known) return known;
  const asked = (root.startsWith('github:') ? fromGitHub(root.slice('github:'.length)) : fromSite(root)).then((found) => ({ ...found, come: new Map(), files: 0, size: 0 }));
  sources.set(root, asked);
  return asked;
}

/** @param {string} root @param {string} wanted @param {boolean} anew @returns {Promise<Profile>} */
async function made(root, wanted, anew) {
  const source = await sourceOf(root, anew);
  const [start, theme] = await Promise.all([module('live.wasm'), bytes('theme.txt')]);
  await ask({ start, changes: [['live_stranger'], ['theme', theme], ['options', JSON.stringify({ time: new Date(), environment: 'production' })], ['list', source.list]] });
  for (let round = 0; round < ROUNDS; round++) {
    const { status, html, json } = await ask({ ask: ['profile', wishes(wanted).map(({ name }) => name).join(' ')] });
    if (status === READY) return Object.assign(profileOf(json, source.root, true), { html: JSON.parse(html) });
    if (status !== NEEDS) throw new Error(`the sources can’t be rendered: ${json.diagnostics?.[0]?.message ?? 'there is no reason why'}`);
    await supply(json, source);
  }
  throw new Error('the sources never are all there');
}

/** One source after the other: they share a thread. @type {Promise<unknown>} */
let last = Promise.resolve();

/** @param {string} root of a site, or `github:owner/name` @param {string} wanted what the card's attribute `show` says; `*`: all @param {boolean} anew even if its files are known @returns {Promise<Profile>} */
export function fromSources(root, wanted, anew) {
  const profile = last.then(() => made(root, wanted, anew));
  // It may go better the next time.
  last = profile.catch(() => void sources.delete(root));
  return profile;
}
