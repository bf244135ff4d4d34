// A host of repositories, as publishing uses it: the interface, its faults, and one request with a
// limit of time.

import { task } from '../../net/fetch.js';

/**
 * An account on the host.
 * @typedef {{ login: string }} Account
 */
/**
 * A repository: `branch` is its default, `push`: the account may change it.
 * @typedef {{ name: string, branch: string, push: boolean }} Repository
 */
/**
 * The last commit of a branch, and what names its tree.
 * @typedef {{ commit: string, tree: string }} Head
 */
/**
 * A file of a tree; `size` -1: unknown.
 * @typedef {{ sha: string, mode: string, size: number }} Entry
 */
/**
 * A file of a commit that is to be made. `sha`: git's hash of it, '' if it is deleted; `base`:
 * that on the branch, '' if it is not there; `from`, `origin`: path and hash on the branch of a
 * renamed file; `content`: what is sent with the commit, in base64.
 * @typedef {{ path: string, mode: string, sha: string, base: string, from?: string, origin?:
 *   string, content?: string }} File
 */
/**
 * A commit that is to be made in the repository `name`, on top of `head`, which is one of `source`:
 * another repository if `name` is a fork of it.
 * @typedef {{ name: string, source: string, head: Head, message: string, files: File[] }} Draft
 */
/** A commit on a branch. @typedef {{ commit: string, parent: string }} Landed */
/** A branch of a repository. @typedef {{ name: string, branch: string }} Branch */
/** A pull request. @typedef {{ number: number, url: string }} Pull */
/**
 * What the reader is told about a host. `request`: what it calls a pull request; `form`: what to
 * choose in the form for a token; `rights`: those that a token needs; `warn`: about a token.
 * @typedef {{ request: string, placeholder: string, form: (name: string) => string, can: (name:
 *   string) => string[], cannot: string[], rights: string, warn: (token: string) => string }} Words
 */
/** What a host does with a commit, and where it says more. @typedef {{ state: 'building' | 'done' |
 *   'failed', url: string }} Deployment
 */
/**
 * How one signs in on the host's own page (OAuth). `token`: where a code becomes a token, '' if
 * that takes an exchange; `can`: what the token may do, with the app's id; `cannot`: what it may
 * not.
 * @typedef {{ site: string, authorize: string, token: string, scope: string, can: (client: string)
 *   => string[], cannot: string[] }} Door
 */
/**
 * What publishing needs of a host. Each call throws a `Fault`. `land` may have acted although no
 * answer came, as may `createPull`: they are never repeated before a look. `stores`: it takes files
 * one by one before the commit; others take them with it.
 * @typedef {{
 *   name: string,
 *   key: string,
 *   words: Words,
 *   door: Door,
 *   largest: number,
 *   stores: boolean,
 *   signIn(token: string): void,
 *   account(): Promise<Account>,
 *   repository(name: string): Promise<Repository>,
 *   head(name: string, branch: string): Promise<Head>,
 *   files(name: string, tree: string): Promise<Map<string, Entry>>,
 *   blob(name: string, sha: string): Promise<Uint8Array<ArrayBuffer>>,
 *   send(draft: Draft, file: File, bytes: Uint8Array): Promise<void>,
 *   prepare(draft: Draft): Promise<string>,
 *   land(draft: Draft, branch: string, how: { prepared: string, fresh: boolean }): Promise<Landed>,
 *   landed(draft: Draft, branch: string, prepared: string): Promise<Landed | undefined>,
 *   fork(name: string): Promise<string>,
 *   createPull(name: string, pull: { from: Branch, base: string, title: string, body: string }):
 *     Promise<Pull>,
 *   findPull(name: string, from: Branch): Promise<Pull | undefined>,
 *   deployment(name: string, commit: string): Promise<Deployment | undefined>,
 *   siteOf(name: string): Promise<string>,
 *   commitAddress(name: string, commit: string): string,
 *   rawAddress(name: string, commit: string, path: string): string,
 *   tokenForm(name: string): string,
 *   call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object):
 *     Promise<any>,
 * }} Host
 * `call`: one request of its API, which is not repeated.
 * `deployment`: what the host tells of it, undefined if it tells nothing; `siteOf`: the address of
 * the repository's public site, '' if it does not tell.
 * `prepare` gives the name of the commit if it exists before its branch has it, else ''; `fresh`:
 * the branch is made.
 */

/**
 * What a host offers for a first site. `words`, `tokenForm`: of a token that may do all of it;
 * `branch`: the one that the site is shown from, '' for the repository's default; `address`: that
 * of the site, in words; `files`: what the host needs beside the site's own, by path; `settings`:
 * how the site's page learns which files there are. `create`: a public repository of the account,
 * still empty; `begin`: its first commit, of one file; `enable` switches the site on, and gives its
 * address, '' if that is not known; `by…`: where the reader does it by hand, `how` in words.
 * @typedef {{ words: Words, tokenForm: string, branch: string, address(name:
 *   string): string, files: Record<string, string>, settings(name: string): string, create(name:
 *   string): Promise<Repository>, begin(name: string, path: string, bytes:
 *   Uint8Array, message: string): Promise<{ commit: string }>, enable(name: string, branch:
 *   string): Promise<string>, byCreating(name: string): string, byEnabling(name: string): string,
 *   how(name: string): string }} First
 */

/**
 * Why a call failed. `lost`: no answer, or not all of it, so it may have acted; `unknown`: even a
 * look did not show whether it has; `undone`: a look showed that it has not; `part`: a part of the
 * playground can't be loaded.
 * @typedef {'offline' | 'lost' | 'token' | 'rights' | 'limited' | 'protected' | 'checks' | 'gone' |
 *   'busy' | 'moved' | 'exists' | 'secret' | 'large' | 'refused' | 'server' | 'renamed' |
 *   'unknown' | 'undone' | 'many' | 'elsewhere' | 'part'} Kind
 */
/**
 * `status`: the number of the answer; `said`: the host's own words; `until`: when it answers again,
 * in milliseconds since 1970; `path`: the file concerned; `name`: the branch or repository.
 * @typedef {{ status?: number, said?: string, until?: number, path?: string, name?: string,
 *   size?: number, commit?: string }} Facts
 */

export class Fault extends Error {
  /** @param {Kind} kind @param {Facts} [facts] */
  constructor(kind, facts = {}) {
    super(kind);
    this.kind = kind;
    this.facts = facts;
  }
}

// Milliseconds between tries of a call that changes nothing when it is made twice.
const PAUSES = [500, 2000];
// … and between looks at a fork, which hosts make behind their answer.
const FORK_PAUSE = 1000;

/**
 * What an answer without success means, by the status and the words of the host: the first row
 * that fits `STATUS words`.
 * @param {[RegExp, Kind][]} rows
 * @param {number} status
 * @param {Headers} headers
 * @param {string} said
 */
export function faultBy(rows, status, headers, said) {
  const [, kind] = rows.find(([pattern]) => pattern.test(`${status} ${said}`)) ?? [];
  /** @type {Facts} */
  const facts = { status, said };
  const wait = kind === 'limited' && Number(headers.get('retry-after'));
  if (wait) facts.until = Date.now() + wait * 1000;
  return new Fault(kind ?? 'refused', facts);
}

/**
 * What a look gives once it is there; `busy` when it is not after so many looks.
 * @template T
 * @param {number} looks
 * @param {string} name of the repository that is copied
 * @param {() => Promise<T | undefined>} look
 */
export async function madeAfter(looks, name, look) {
  for (let left = looks; ;) {
    const made = await look();
    if (made) return made;
    if (!--left) throw new Fault('busy', { name });
    await task(FORK_PAUSE);
  }
}

/**
 * A call that may be made again: it reads, or makes an object that its content names.
 * @template T
 * @param {() => Promise<T>} act
 */
export async function again(act) {
  for (const pause of PAUSES) {
    try {
      return await act();
    } catch (error) {
      const { kind } = /** @type {Fault} */ (error);
      if (kind !== 'lost' && kind !== 'server') throw error;
    }
    await task(pause);
  }
  return act();
}

/**
 * Looks for a commit of which the answer was lost, among those of a branch: it has the message and
 * the files of the draft.
 * @param {Pick<Host, 'files'>} host
 * @param {Draft} draft
 * @param {(Landed & { message: string })[]} commits of the branch, the last one first
 * @returns {Promise<Landed | undefined>}
 */
export async function landedAmong(host, { name, head, message, files }, commits) {
  for (const { commit, parent, message: said } of commits) {
    if (commit === head.commit) break;
    if (said.trim() !== message.trim()) continue;
    const tree = await host.files(name, commit);
    const has = (/** @type {string} */ path, /** @type {string} */ sha) =>
      (tree.get(path)?.sha ?? '') === sha;
    if (files.every(({ path, sha, from }) => has(path, sha) && (!from || has(from, ''))))
      return { commit, parent };
  }
  return undefined;
}

/**
 * What is there, or undefined if it is not.
 * @template T
 * @param {() => Promise<T>} look
 */
export async function perhapsGone(look) {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Fault && error.kind === 'gone') return undefined;
    throw error;
  }
}

// Milliseconds to wait for an answer, and for each kilobyte that is sent (a slow mobile network).
const [PATIENCE, PER_KILOBYTE] = [30_000, 50];
// An answer: the list of 100,000 files has 30 MB.
const LONGEST = 64 << 20;
// It has no body.
const NO_CONTENT = 204;

/**
 * One request. Throws `lost` when there is no complete answer.
 * @param {string} url
 * @param {RequestInit & { body?: string }} init
 * @returns {Promise<{ status: number, headers: Headers, text: string }>}
 */
export async function request(url, init) {
  const patience = PATIENCE + ((init.body?.length ?? 0) / 1024) * PER_KILOBYTE;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const response = await fetch(url, {
      // The token is in a header of its own; no cookie goes along, and no cache has the answer.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      // A redirect could lead the token to another host.
      redirect: 'manual',
      ...init,
      signal: stop.signal,
    });
    if (response.type === 'opaqueredirect') throw new Fault('renamed');
    const { status, headers } = response;
    if (Number(headers.get('content-length')) > LONGEST) throw new Fault('many');
    return { status, headers, text: await response.text() };
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(globalThis.navigator?.onLine === false ? 'offline' : 'lost');
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The state of a deployment by a host's word for that of its pipelines.
 * @param {string} word
 * @returns {Deployment['state']}
 */
export const stateOf = (word) =>
  /^success/.test(word)
    ? 'done'
    : /^(fail|error|cancel|skipped)/.test(word)
      ? 'failed'
      : 'building';

/** An address of an answer; '' if it is none of a page. @param {unknown} said */
export const linkOf = (said) =>
  typeof said === 'string' && /^https?:\/\/[^\s"'<>]+$/.test(said) ? said : '';

/** An answer as JSON; throws `lost` when it is cut off. @param {string} text */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault('lost');
  }
}

/**
 * The answer of an API as JSON; `fault` tells what an answer without success means.
 * @param {string} url
 * @param {{ method: string, headers: Record<string, string>, body?: object }} how
 * @param {(status: number, headers: Headers, answer: any) => Fault} fault
 */
export async function ask(url, { method, headers, body }, fault) {
  const {
    status,
    headers: given,
    text,
  } = await request(url, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (status >= 200 && status < 300)
    return { answer: status === NO_CONTENT ? undefined : parsed(text), headers: given };
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    // The status says enough.
  }
  throw fault(status, given, answer);
}
