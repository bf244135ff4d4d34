// Which version of the site is kept, and whether the host still has that one. `meridian.json` and
// the worker's own file decide: without either, or without `offline` in the manifest, the worker
// removes itself.

import { gitHash } from '../base/hashes.js';
import { SCOPE, ask, worker } from '../base/kept_files.js';
import { RELEASE } from '../base/release.js';
import { INDEX, MANIFEST } from '../server/storage.js';
import { SHELL, addressOf, askHost, files } from './shell_files.js';
import { Version } from './version.js';

const ENTRY = 'meridian-offline.js';
// The manifest of the version that is kept. Another release makes a version of its own.
const KEPT = `${SCOPE}${MANIFEST}?${RELEASE}`;
// Says that this manifest is older than the host's files.
const OLD = `${KEPT}&old`;
const POLICIES = 'x-meridian-policies';
// Headers of the host's pages that have a meaning for pages made here.
const POLICY =
  /^(content-security-policy(-report-only)?|permissions-policy|referrer-policy|x-frame-options|cross-origin-\w+-policy|document-policy|origin-agent-cluster)$/;

/** @type {Promise<Version | undefined> | undefined} */
let version;
/** @type {Promise<void> | undefined} */
let looking;
/** The host has another version, which is not kept as a whole. */
let outdated = false;
/** The site is not to be kept any more. */
let ended = false;

export const isOutdated = () => outdated;
export const hasEnded = () => ended;

/** The version that is kept; undefined: there is none. */
export const current = () => (version ??= load().catch(() => undefined));

async function load() {
  const response = await files.find(KEPT);
  const policies = decodeURIComponent(response?.headers.get(POLICIES) ?? '');
  return response && new Version(await response.text(), policies);
}

/**
 * Looks for changes, once for all navigations that wait for it. Rejects when the host can't be
 * reached.
 */
export async function look() {
  if (!ended) await (looking ??= check(clean).finally(() => (looking = undefined)));
}

/** Tells whether a host says that there is no such file. @param {Response} response */
const isGone = ({ status }) => status >= 400 && status < 500 && ![408, 425, 429].includes(status);

/** @param {string} policies lines of headers */
const namesIn = (policies) => policies.split('\n').map((line) => line.replace(/:.*/, ''));

/**
 * The lines of headers that the host gives its pages. Some hosts refuse HEAD, or answer it without
 * them: where it lacks one that is kept, the page itself is asked for. An answer that failed, or
 * that is another site's, replaces nothing.
 * @param {string} [old] those that are kept
 * @returns {Promise<string | undefined>} undefined: they can't be told, and none are kept
 */
async function policiesOfHost(old) {
  for (const method of old === undefined ? ['GET'] : ['HEAD', 'GET']) {
    const page = await ask(SCOPE, { method }).catch(() => undefined);
    if (!page?.ok || !page.url.startsWith(SCOPE)) continue;
    const policies = [...page.headers]
      .filter(([name]) => POLICY.test(name))
      .map((header) => `  ${header.join(': ')}\n`)
      .join('');
    const names = namesIn(policies);
    if (method === 'GET' || namesIn(old ?? '').every((name) => names.includes(name)))
      return policies;
  }
  return old;
}

/** The manifest as an object; undefined when it is none. @param {string} text */
function parsed(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Compares the site with the host's, and keeps the host's version when it is another one. Rejects
 * when the host can't be reached.
 * @param {() => unknown} [replaced]  is called when another version is kept as a whole
 */
export async function check(replaced) {
  const old = await current();
  const [entry, list, policies] = await Promise.all([
    ask(SCOPE + ENTRY),
    ask(SCOPE + MANIFEST),
    policiesOfHost(old?.policies),
  ]);
  if (isGone(entry) || isGone(list)) return end();
  if (!entry.ok || !list.ok) return;
  const [script, text] = [await entry.text(), await list.text()];
  const manifest = parsed(text);
  // Some hosts answer every address with a page; a manifest that is cut off is being uploaded.
  // The command puts a copy of this script into the file where the shell is on another host.
  const isOn = manifest ? manifest.offline : !/^\s*</.test(text);
  if (!isOn || !script.includes('meridian/offline.js?')) return end();
  if (!manifest) return;
  if (!script.includes(`"${RELEASE}"`)) {
    outdated = true;
    return void worker.registration.update().catch(() => {});
  }
  // Pages are not kept without the headers that protect them.
  if (policies === undefined) return;
  // The browser may have removed what was kept.
  if (old?.text === text && old.policies === policies && (await files.find(KEPT)))
    return void (outdated = !!(await files.find(OLD)));
  outdated = true;
  const next = new Version(text, policies);
  const linked = await next.complete();
  await files.keep(KEPT, new Blob([text]), { [POLICIES]: encodeURIComponent(policies) });
  version = Promise.resolve(next);
  outdated = false;
  await replaced?.();
  // Pages that nobody has read yet shall have their style, and not that of another release.
  for (const url of linked) {
    if (!isKept(url, next)) continue;
    const response = await askHost(url).catch(() => undefined);
    if (response) await keepFile(url, response, next);
  }
}

/**
 * Tells whether an address is that of one of the site's files. The host's index of the search is
 * not kept: the core makes that of the version that is.
 * @param {string} url
 * @param {Version} of
 */
const isKept = (url, of) => of.isFile(placeOf(url)) && !placeOf(url).startsWith(INDEX);

/**
 * Keeps a file of the site where the host's answer is that file, and there is room for it.
 * @param {string} url
 * @param {Response} response
 * @param {Version} of
 */
export async function keepFile(url, response, of) {
  if (isKept(url, of)) await files.keepAnswer(url, response).catch(() => {});
}

/**
 * Compares a page's own text with the host's. Another one shows that the manifest is old: then the
 * host answers until the manifest is another one.
 * @param {string} url of the page
 */
export async function compare(url) {
  const source = (await current())?.sourceOf(`/${placeOf(url)}`);
  const response = source && (await ask(addressOf(source[0])));
  if (!response?.ok) return;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if ((await gitHash(bytes)) === source?.[1].git) return;
  outdated = true;
  await files.keep(OLD, new Blob());
}

/** Forgets what belongs to other versions. */
export async function clean() {
  const now = await current();
  if (!now) return;
  const texts = new Set(now.addressesOfTexts());
  await files.forget((url) => {
    if (url === KEPT || (url === OLD && outdated) || texts.has(url)) return true;
    const place = placeOf(url);
    const { search } = new URL(url);
    return now.isFile(place) && (!place.startsWith(SHELL) || !search || search === `?${RELEASE}`);
  });
}

/** The path of an address below the root, without percent-encoding. @param {string} url */
export function placeOf(url) {
  const [path] = url.slice(SCOPE.length).split(/[?#]/, 1);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Removes the worker and what it keeps. Open pages are answered by the host from now on. */
async function end() {
  ended = true;
  version = Promise.resolve(undefined);
  await worker.registration.unregister();
  await files.forgetAll();
}
