// The shell on another host than the site, for an index.html that is the only file beside the
// sources. That page has the hash of this entry; the entry knows the hashes of the other files, and
// refuses what differs.

import { make, own } from '../base/elements.js';
import { site } from '../base/site_state.js';
import { trusted } from '../base/trusted_html.js';
import { set } from '../base/util.js';
import { Failure } from '../base/failure.js';

/**
 * By paths in `meridian/`: the file's SHA-256 in Base64, and after blanks the modules that it
 * imports. Of the files that most first pages take; the build inserts them.
 * @typedef {Record<string, string>} Hashes
 */
/** @type {Hashes} */
// @ts-ignore: nothing has them where this runs as it is
const FIRST = typeof MERIDIAN_HASHES === 'object' ? MERIDIAN_HASHES : {};
// The file with those of all others.
const REST = 'hashes.json';

const { fetch } = globalThis;

/** @type {Promise<Hashes> | undefined} */
let rest;

/** @param {string} path @returns {Promise<string>} */
async function entryOf(path) {
  if (!FIRST[path]) {
    rest ??= fetchFile(site.folder + REST).then((response) => response.json());
    rest.catch(() => (rest = undefined)); // a failure may be the network's
  }
  const entry = FIRST[path] ?? (await rest)?.[path];
  if (!entry) throw new Failure(path, 'This release has no such file.');
  return entry;
}

/** @param {string} url @returns {string | undefined} the path of a file of the shell */
const pathIn = (url) =>
  url.startsWith(site.folder) ? url.slice(site.folder.length).replace(/[?#].*/, '') : undefined;

/**
 * The `integrity` of a file of the shell, as requests and elements take it; nothing for others.
 * @param {string} url
 */
async function integrityOf(url) {
  const path = pathIn(url);
  return path && `sha256-${(await entryOf(path)).split(' ')[0]}`;
}

const differs = (/** @type {string} */ url) =>
  new Failure(
    url,
    'The file is not the one of this release, so it is not used.',
    'Write index.html again with `meridian init`.',
  );

/** @param {string} url @param {RequestInit} [init] */
async function fetchFile(url, init) {
  const integrity = await integrityOf(url);
  try {
    return await fetch(url, { ...init, integrity });
  } catch (error) {
    // Browsers don't say whether it was the connection.
    if (integrity && (await fetch(url, init).catch(() => undefined))?.ok) throw differs(url);
    throw error;
  }
}

/** The text of a page of the shell, whose script has an address and a hash. @param {string} url */
async function readPage(url) {
  const html = await (await fetchFile(url)).text();
  const [before, path, after] = html.split(/(?<=<script src=")([^"]+)/);
  const address = new URL(path, url).href;
  const integrity = await integrityOf(address);
  return trusted.createHTML(`${before}${address}" crossorigin integrity="${integrity}${after}`);
}

/** Imports a module of the shell. @param {string} url */
async function importFile(url) {
  await compare(url);
  return import(url);
}

/** Paths of modules that are compared, or being compared. @type {Map<string, Promise<unknown>>} */
const compared = new Map();

/**
 * Rejects where a module of the shell, or one that it imports, is not the one with the hash.
 * @param {string} url
 * @returns {Promise<unknown>}
 */
function compare(url) {
  const path = pathIn(url);
  if (!path) return Promise.resolve();
  const known = compared.get(path) ?? compareAll(url, path);
  compared.set(path, known);
  known.catch(() => compared.delete(path)); // a failure may be the network's
  return known;
}

/** @param {string} url @param {string} path */
async function compareAll(url, path) {
  const [hash, ...imports] = (await entryOf(path)).split(' ');
  await Promise.all([
    preload(url, `sha256-${hash}`),
    ...imports.map((name) => compare(new URL(name, url).href)),
  ]);
}

// WebKit preloads modules without a look at the hash, as of version 26.
const BY_PRELOAD = !/^Apple/.test(navigator.vendor);

/**
 * Preloads a module. An import takes the very module that was compared; where a browser preloads
 * none, the file is compared before.
 * @param {string} href
 * @param {string} integrity
 */
async function preload(href, integrity) {
  const link = make('link', { rel: 'modulepreload', integrity, crossorigin: '', href });
  if (!BY_PRELOAD || !link.relList.supports('modulepreload')) return fetchFile(href);
  try {
    await new Promise((resolve, reject) => {
      Object.assign(link, { onload: resolve, onerror: reject });
      own('head').append(link);
    });
  } catch {
    await fetchFile(href); // tells why
    throw differs(href);
  } finally {
    link.remove();
  }
}

if (!import.meta.url.startsWith(`${location.origin}/`)) {
  site.foreign = true;
  site.folder = new URL('.', import.meta.url).href;
  site.secure = async (element, url) => {
    const integrity = await integrityOf(url);
    if (!integrity) return;
    set(element, 'crossorigin', '');
    set(element, 'integrity', integrity);
  };
  // For all its scripts: base/foreign.js.
  Object.assign(window, { meridian: { fetchFile, importFile, readPage } });
}
