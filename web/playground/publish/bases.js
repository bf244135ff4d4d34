// What a repository has: the content of changed files as it is there, and changes taken back to it.

import { fetchFile } from '../../net/limited_fetch.js';
import { contentOf, isText } from '../project/file_content.js';
import { LARGEST } from '../project/limits.js';
import { isLoaded, withLineEnds } from './changes.js';

/**
 * @typedef {import('../project/file_content.js').Content} Content
 * @typedef {import('../project/project.js').Project} Project
 * @typedef {import('./changes.js').Change} Change
 */

export class Bases {
  /** By hash. @type {Map<string, Promise<string | Uint8Array>>} */
  #known = new Map();

  /**
   * @param {() => { upstream: import('../project/project.js').Upstream | undefined, account:
   *   import('./account.js').Account }} of
   */
  constructor(of) {
    this.of = of;
  }

  clear() {
    this.#known.clear();
  }

  /** A text or bytes in the repository. @param {string} sha @param {string} path */
  content(sha, path) {
    const { upstream, account } = this.of();
    if (!upstream) return Promise.resolve('');
    const { host } = account;
    let found = this.#known.get(sha);
    if (!found) {
      const bytes = account.login
        ? host.blob(upstream.name, sha)
        : fetchFile(this.address(path), path, LARGEST).then(
            (bytes) => bytes ?? host.blob(upstream.name, sha),
          );
      found = bytes.then((bytes) => /** @type {string | Uint8Array} */ (contentOf(path, bytes)));
      found.catch(() => this.#known.delete(sha));
      this.#known.set(sha, found);
    }
    return found.catch(() => {
      throw new Error(`${path} can’t be fetched from ${host.name}.`);
    });
  }

  /** The address of a file at the last commit that is in the project. @param {string} path */
  address(path) {
    const { upstream, account } = this.of();
    const { name = '', commit = '', folder = '' } = upstream ?? {};
    return account.host.rawAddress(name, commit, folder + path);
  }

  /** @param {Change} change */
  async texts({ path, from, base, content }) {
    if (!isText(path)) return undefined;
    const before = base ? await this.content(base, from ?? path) : '';
    // Not fetched: as it was.
    const after = content === undefined ? '' : isLoaded(content) ? content : before;
    return typeof before === 'string' && typeof after === 'string' ? { before, after } : undefined;
  }

  /**
   * The editor writes `\n`: a file with other line ends keeps them.
   * @param {Project} project
   * @param {Change[]} changes
   */
  async keepLineEnds(project, changes) {
    for (const change of changes) {
      const texts = change.base && change.sha && (await this.texts(change).catch(() => undefined));
      const text = texts && withLineEnds(texts.after, texts.before);
      if (texts && text !== texts.after && project.files.get(change.path) === texts.after)
        project.put(change.path, /** @type {string} */ (text));
    }
  }

  /**
   * The steps that take a change back.
   * @param {Change} change
   * @returns {Promise<import('../project/edits.js').FileChange[]>}
   */
  async stepsBack({ kind, path, from, base, content }) {
    const before = base ? await this.content(base, from ?? path) : undefined;
    return kind === 'renamed'
      ? [
          [path, content, undefined],
          [from ?? path, undefined, before],
        ]
      : [[path, content, before]];
  }

  /**
   * A project's files with its changes, and as they are in the repository.
   * @param {Project} project
   * @param {Change[]} changes
   * @param {(change: Change) => boolean} chosen
   */
  async beforeAndAfter(project, changes, chosen) {
    const files = Object.fromEntries(project.files);
    const [before, after] = [{ ...files }, files];
    for (const change of changes) {
      const { kind, path, from = path, base } = change;
      // What is no text is fetched when a page shows it.
      const was =
        kind === 'renamed'
          ? files[path]
          : base
            ? isText(path)
              ? await this.content(base, from)
              : { from: this.address(from), size: -1 }
            : undefined;
      for (const side of chosen(change) ? [before] : [before, after]) {
        delete side[path];
        if (was !== undefined) side[from] = was;
      }
    }
    return { before, after };
  }
}
