// A project in a link: `#p1=` and its JSON, compressed by deflate-raw, as base64url. Fragments are
// not sent to hosts.

import { fromBase64, toBase64 } from './base64.js';
import { cleanPath } from './file_content.js';
import { LARGEST, MOST_FILES } from './limits.js';
import { PREFIX } from './link_prefix.js';
import { deflate, inflate } from './streams.js';

/**
 * @typedef {import('./project.js').Project} Project
 * @typedef {import('./project.js').Start} Start
 */

// Limits of unpacked bytes, in all and for each byte of the link, so that a small link can't fill
// the memory.
const LARGEST_SHARED = 1 << 20;
const RATIO = 100;

/** @param {Uint8Array} bytes */
const toBase64url = (bytes) =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
/** @param {string} text */
const fromBase64url = (text) => fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));

/**
 * The fragment for a project.
 * @param {Project} project
 * @param {string} open the file that is shown
 */
export async function toFragment(project, open) {
  await project.loadAll();
  const files = [...project.files].map(([path, content]) =>
    content instanceof Uint8Array ? [path, toBase64url(content), 1] : [path, content],
  );
  const json = new TextEncoder().encode(JSON.stringify({ title: project.title, open, files }));
  if (json.length > LARGEST_SHARED)
    throw new Error(
      `The project has ${Math.ceil(json.length / 1024)} KB; a link can hold ${LARGEST_SHARED / 1024}.`,
    );
  return PREFIX + toBase64url(await deflate(json));
}

/**
 * The project in a fragment; throws an error with the reason if it is invalid.
 * @param {string} fragment
 * @returns {Promise<Start>}
 */
export async function fromFragment(fragment) {
  let json;
  try {
    const packed = fromBase64url(fragment.slice(PREFIX.length));
    json = await inflate(packed, Math.min(LARGEST_SHARED, RATIO * packed.length + 1024));
  } catch (error) {
    throw new Error(`The link is damaged or incomplete. (${/** @type {Error} */ (error).message})`);
  }
  return projectOf(JSON.parse(new TextDecoder().decode(json)));
}

/**
 * Validates untrusted data as a project: its types and paths.
 * @param {any} data
 * @returns {Start}
 */
function projectOf(data) {
  /** @type {Start['files']} */
  const files = Object.create(null);
  /** @type {string[]} */
  const named = [];
  let size = 0;
  const entries = Array.isArray(data?.files) ? data.files : [];
  if (entries.length > MOST_FILES)
    throw new Error(
      `The link has ${entries.length.toLocaleString()} files; ${MOST_FILES.toLocaleString()} can be opened.`,
    );
  for (const entry of entries) {
    const [path, content, packed] = Array.isArray(entry) ? entry : [];
    const clean = typeof path === 'string' ? cleanPath(path) : '';
    if (!clean && typeof path === 'string') named.push(path);
    if (!clean || typeof content !== 'string') continue;
    size += content.length;
    if (size > LARGEST) break;
    files[clean] = packed ? fromBase64url(content) : content;
  }
  return {
    title: String(data?.title ?? '').slice(0, 200),
    open: String(data?.open ?? ''),
    files,
    trusted: false,
    left: { named },
  };
}
