// Which version of the site is kept, and whether the host still has that one. `meridian.json` and
// the worker's own file decide: without either, or without `offline` in the manifest, the worker
// removes itself.

import { gitHash } from '../base/hashes.js';
import { RELEASE } from '../base/release.js';
import { INDEX, MANIFEST } from '../server/storage.js';
import { LARGEST, SCOPE, forget, forgetAll, keep, kept, worker } from './kept_files.js';
import { SHELL, Version, addressOf, ask } from './version.js';

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
  const response = await kept(KEPT);
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
  const [entry, list, page] = await Promise.all([
    ask(SCOPE + ENTRY),
    ask(SCOPE + MANIFEST),
    ask(SCOPE, { method: 'HEAD' }),
  ]);
  if (isGone(entry) || isGone(list)) return end();
  if (!entry.ok || !list.ok) return;
  const [script, text] = [await entry.text(), await list.text()];
  const manifest = parsed(text);
  // Some hosts answer every address with a page; a manifest that is cut off is being uploaded.
  const isOn = manifest ? manifest.offline : !/^\s*</.test(text);
  if (!isOn || !script.includes('meridian/offline.js?')) return end();
  if (!manifest) return;
  if (!script.includes(`"${RELEASE}"`)) {
    outdated = true;
    return void worker.registration.update().catch(() => {});
  }
  const policies = [...page.headers]
    .filter(([name]) => POLICY.test(name))
    .map((header) => `  ${header.join(': ')}\n`)
    .join('');
  const old = await current();
  // The browser may have removed what was kept.
  if (old?.text === text && old.policies === policies && (await kept(KEPT)))
    return void (outdated = !!(await kept(OLD)));
  outdated = true;
  const next = new Version(text, policies);
  const linked = await next.complete();
  await keep(KEPT, new Blob([text]), { [POLICIES]: encodeURIComponent(policies) });
  version = Promise.resolve(next);
  outdated = false;
  await replaced?.();
  // Pages that nobody has read yet shall have their style, and not that of another release.
  for (const url of linked) {
    if (!next.isFile(placeOf(url))) continue;
    const response = await ask(url).catch(() => undefined);
    if (response && isKept(response, url, next)) await keepFile(url, response);
  }
}

/**
 * Tells whether the host's answer is one of the site's files, whole and from its own address. The
 * host's index of the search is not kept: the core makes that of the version that is.
 * @param {Response} response
 * @param {string} url
 * @param {Version} of
 */
export function isKept({ status, type, redirected }, url, of) {
  const place = placeOf(url);
  const whole = status === 200 && type === 'basic' && !redirected;
  return whole && of.isFile(place) && !place.startsWith(INDEX);
}

/** Keeps a file where there is room for it. @param {string} url @param {Response} response */
export async function keepFile(url, response) {
  const body = await response.blob();
  if (body.size <= LARGEST) await keep(url, body, response.headers).catch(() => {});
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
  await keep(OLD, new Blob());
}

/** Forgets what belongs to other versions. */
export async function clean() {
  const now = await current();
  if (!now) return;
  const texts = new Set(now.addressesOfTexts());
  await forget((url) => {
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
  await forgetAll();
}
