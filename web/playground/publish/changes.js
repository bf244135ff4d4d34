// What a project changed since it was read from its repository.

import { gitHash } from '../../base/hashes.js';
import { encoded } from '../../net/source_index.js';
import { nameOf } from '../project/file_content.js';
import { partChanged } from '../history/versions.js';

/**
 * @typedef {import('../project/project.js').Project} Project
 * @typedef {import('../project/file_content.js').Content} Content
 */
/**
 * A changed file. `from`: its path in the repository, of a renamed file; `sha`: git's hash of its
 * content, '' if it is deleted; `base`: that in the repository, '' of a new file; `content`: its
 * state now, whatever is typed while it is sent.
 * @typedef {{ kind: 'changed' | 'new' | 'renamed' | 'deleted', path: string, from?: string, sha:
 *   string, base: string, content?: Content }} Change
 */

// Digits of git's hash.
const SHA = 40;
// Characters of a message's first line: git's own tools cut longer ones.
const LONGEST = 72;

const encoder = new TextEncoder();

/** @param {Content | undefined} content @returns {content is string | Uint8Array} */
export const isLoaded = (content) => typeof content === 'string' || content instanceof Uint8Array;

/** @param {string | Uint8Array} content */
export const bytesOf = (content) =>
  typeof content === 'string' ? encoder.encode(content) : content;

/** @param {string | Uint8Array} content */
export const shaOf = async (content) => (await gitHash(bytesOf(content), SHA)) ?? '';

/** Hashes of a project's files, kept while a file is the same. */
export class Hashes {
  /** @type {Map<string, { content: Content, sha: string }>} */
  known = new Map();

  /** @param {string} path @param {string | Uint8Array} content */
  async of(path, content) {
    const known = this.known.get(path);
    if (known && known.content === content) return known.sha;
    const sha = await shaOf(content);
    this.known.set(path, { content, sha });
    return sha;
  }
}

/**
 * Changed files, sorted by path; a file that is deleted and, with the same content, new elsewhere,
 * is renamed.
 * @param {Project} project
 * @param {Hashes} hashes
 * @returns {Promise<Change[]>}
 */
export async function changesOf(project, hashes) {
  const { upstream } = project;
  if (!upstream) return [];
  const { blobs, folder } = upstream;
  const missing = Object.keys(blobs).filter((path) => !project.has(path));
  /** @type {Change[]} */
  const changes = [];
  for (const [path, content] of [...project.files]) {
    const base = Object.hasOwn(blobs, path) ? blobs[path] : '';
    // What was not fetched is as it was, perhaps elsewhere.
    const origin = (/** @type {string} */ from) =>
      !isLoaded(content) && content.from.endsWith(`/${encoded(folder + from)}`);
    const moved = isLoaded(content) || (base && origin(path)) ? '' : missing.find(origin);
    const sha = isLoaded(content) ? await hashes.of(path, content) : moved ? blobs[moved] : base;
    if (sha && sha !== base)
      changes.push({ kind: base ? 'changed' : 'new', path, sha, base, content });
  }
  for (const from of missing) {
    const base = blobs[from];
    const same = changes.filter(({ kind, sha }) => kind === 'new' && sha === base);
    const twin = same.find(({ path }) => nameOf(path) === nameOf(from)) ?? same[0];
    if (twin) Object.assign(twin, { kind: 'renamed', from, base });
    else changes.push({ kind: 'deleted', path: from, sha: '', base });
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * The first file that is not any more as it was published; '' if all are.
 * @param {Project} project
 * @param {Hashes} hashes
 * @param {Change[]} sent
 */
export async function changedSince(project, hashes, sent) {
  for (const { path, sha } of sent) {
    const content = project.files.get(path);
    // What is not fetched is as it is in the repository.
    if (content !== undefined && !isLoaded(content)) continue;
    if ((content === undefined ? '' : await hashes.of(path, content)) !== sha) return path;
  }
  return '';
}

/**
 * A text with the line ends of another one: the editor's are always `\n`.
 * @param {string} text
 * @param {string} like
 */
export function withLineEnds(text, like) {
  const windows = /\r\n/.test(like) && !/[^\r]\n/.test(like);
  return windows && !text.includes('\r') ? text.replaceAll('\n', '\r\n') : text;
}

/** `about` of `_pages/about.md`, `my-trip` of `_posts/2026-01-02-my-trip.md`. */
const titleOf = (/** @type {string} */ path) => {
  const title = nameOf(path)
    .replace(/^\d{4}-\d\d-\d\d-/, '')
    .replace(/(.)\.[^.]*$/, '$1');
  return title[0].toUpperCase() + title.slice(1);
};

/** The word that replaced another one, where nothing else changed. */
function correctedWord(/** @type {string} */ before, /** @type {string} */ after) {
  const [a, b] = [before, after].map((text) => text.split(/([^\p{L}\p{N}’'-]+)/u));
  const differ = a.flatMap((word, at) => (word === b[at] ? [] : [at]));
  return a.length === b.length && differ.length === 1 ? b[differ[0]].trim() : '';
}

/** @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/**
 * Proposes a message: its first line says what was changed, a list follows if that does not fit.
 * @param {Change[]} changes
 * @param {(change: Change) => { before: string, after: string } | undefined} textsOf a changed file
 */
export function proposedMessage(changes, textsOf) {
  const said = changes.map((change) => {
    const { kind, path, from = '' } = change;
    if (kind === 'new') return `add ${nameOf(path)}`;
    if (kind === 'deleted') return `delete ${nameOf(path)}`;
    if (kind === 'renamed') {
      const [now, was] = [nameOf(path), nameOf(from)];
      return now === was
        ? `move ${now} to ${path.slice(0, -now.length) || '/'}`
        : `rename ${was} to ${now}`;
    }
    const texts = textsOf(change);
    if (!texts) return `${titleOf(path)}: change`;
    const word = correctedWord(texts.before, texts.after);
    return `${titleOf(path)}: ${word ? `correct “${word}”` : partChanged(texts.before, texts.after).slice(0, 40)}`;
  });
  const line = said.join('; ');
  const first = line[0]?.toUpperCase() + line.slice(1);
  if (first.length <= LONGEST) return first;
  if (said.length === 1) return short(first);
  return `Change ${changes.length} files\n\n${said.map((one) => `- ${one}`).join('\n')}`;
}
