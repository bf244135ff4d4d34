// Forgejo and Gitea as hosts, as on codeberg.org. One call changes files, makes the commit and
// moves the branch. https://codeberg.org/api/swagger

import { encoded } from '../../net/source_index.js';
import { fromBase64, toBase64 } from '../project/base64.js';
import {
  Fault,
  again,
  ask,
  faultBy,
  landedAmong,
  linkOf,
  madeAfter,
  perhapsGone,
  stateOf,
} from './host.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('./host.js').Host} Host
 * @typedef {import('./host.js').Draft} Draft
 * @typedef {import('./host.js').File} File
 * @typedef {import('./host.js').Branch} Branch
 */

// Entries of a list at once: the limits that hosts have unless they change them.
const [PAGE, TREE_PAGE] = [50, 1000];
// Pages of pull requests in which one is looked for.
const PULL_PAGES = 20;
// Looks at a fork that is being made.
const FORK_LOOKS = 20;

/** What an answer means. @type {[RegExp, import('./host.js').Kind][]} */
const FAULTS = [
  [/^401 /, 'token'],
  [/^429 /, 'limited'],
  // Somebody else has changed, made or deleted a file, or was faster.
  [
    /sha does not match|file already exists|object does not exist|out.of.date|non-fast-forward/i,
    'moved',
  ],
  [/^5/, 'server'],
  [/^(?!403)[^]*secret/i, 'secret'],
  [/^413 |too large|exceeds/i, 'large'],
  [/(branch|pull request|the same name) already exists/i, 'exists'],
  [/cannot commit to branch|protected/i, 'protected'],
  [/^403 /, 'rights'],
  [/^404 /, 'gone'],
  [/^(409|423) /, 'busy'],
];
/** @type {Parameters<typeof ask>[2]} */
const faultOf = (status, headers, answer) =>
  faultBy(FAULTS, status, headers, typeof answer?.message === 'string' ? answer.message : '');

/** @implements {Host} */
export class Forgejo {
  /** The largest file in bytes. */
  largest = 50 << 20;
  stores = false;
  words = {
    request: 'pull request',
    placeholder: '40 letters and digits',
    form: () =>
      'In its form, give it the permissions “repository”: “Read and write”, and “user”: “Read”.',
    can: (/** @type {string} */ name) => [
      `read and change files in ${name}`,
      'open a pull request there',
      'change and delete all your repositories',
    ],
    cannot: ['change your account', 'see your password'],
    rights: '“repository”, read and write, and “user”, read',
    warn: () => '',
  };
  #token = '';
  #site;

  /** @param {string} site such as https://codeberg.org */
  constructor(site) {
    this.#site = site;
    this.key = `Forgejo ${site}`;
    this.door = {
      site,
      authorize: `${site}/login/oauth/authorize`,
      token: `${site}/login/oauth/access_token`,
      scope: 'write:repository read:user',
      can: () => ['change and delete all your repositories', 'open pull requests'],
      cannot: this.words.cannot,
    };
    this.name = site === 'https://codeberg.org' ? 'Codeberg' : new URL(site).host;
  }

  /** @param {string} token '' forgets it */
  signIn(token) {
    this.#token = token;
  }

  /**
   * @param {'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} method
   * @param {string} path
   * @param {object} [body]
   */
  async call(method, path, body) {
    /** @type {Record<string, string>} */
    const headers = this.#token ? { authorization: `Bearer ${this.#token}` } : {};
    return (await ask(`${this.#site}/api/v1${path}`, { method, headers, body }, faultOf)).answer;
  }

  /** @param {string} path */
  #get(path) {
    return again(() => this.call('GET', path));
  }

  async account() {
    const { login } = await this.#get('/user');
    return { login: String(login) };
  }

  /** @param {string} name */
  async repository(name) {
    const found = await this.#get(`/repos/${name}`);
    return {
      name: String(found.full_name),
      branch: String(found.default_branch),
      // Anybody sees the rights of the anonymous.
      push: !!found.permissions?.push && !found.archived,
    };
  }

  /** @param {string} name @param {string} branch */
  async head(name, branch) {
    const { commit } = await this.#get(`/repos/${name}/branches/${encoded(branch)}`);
    return { commit: String(commit?.id), tree: String(commit?.id) };
  }

  /** @param {string} name @param {string} tree a commit names it */
  async files(name, tree) {
    const files = new Map();
    for (let [page, seen] = [1, 0]; ; page++) {
      const found = await this.#get(
        `/repos/${name}/git/trees/${tree}?recursive=true&per_page=${TREE_PAGE}&page=${page}`,
      );
      /** @type {any[]} */
      const entries = found.tree ?? [];
      for (const { path, type, sha, mode, size = -1 } of entries)
        if (type === 'blob') files.set(String(path), { sha: String(sha), mode, size });
      seen += entries.length;
      if (!entries.length || seen >= Number(found.total_count ?? 0)) return files;
    }
  }

  /** @param {string} name @param {string} sha */
  async blob(name, sha) {
    return fromBase64(String((await this.#get(`/repos/${name}/git/blobs/${sha}`)).content));
  }

  /** @param {Draft} _ @param {File} file @param {Uint8Array} bytes */
  async send(_, file, bytes) {
    file.content = toBase64(bytes);
  }

  async prepare() {
    return '';
  }

  /**
   * What others have pushed meanwhile stays: a file is changed only if its hash is `sha`, a file
   * that is to be created must not be there, and the host pushes without force.
   * @param {Draft} draft
   * @param {string} branch
   * @param {{ fresh: boolean }} how
   */
  async land(draft, branch, { fresh }) {
    const { name, message, files } = draft;
    if (fresh) await this.#branch(draft, branch);
    const changed = files.flatMap(({ path, sha, base, from, origin, content }) => {
      if (!sha) return [{ operation: 'delete', path, sha: base }];
      // A rename keeps the mode.
      if (from !== undefined && !base)
        return [{ operation: 'update', path, from_path: from, sha: origin, content }];
      const gone = from === undefined ? [] : [{ operation: 'delete', path: from, sha: origin }];
      return base
        ? [...gone, { operation: 'update', path, sha: base, content }]
        : [...gone, { operation: 'create', path, content }];
    });
    const body = { branch, message, files: changed };
    const { commit } = await this.call('POST', `/repos/${name}/contents`, body);
    return { commit: String(commit?.sha), parent: String(commit?.parents?.[0]?.sha) };
  }

  /**
   * Makes a branch at the draft's commit, which a fork may not have yet. One that is there already
   * is taken if nothing was added to it.
   * @param {Draft} draft
   * @param {string} branch
   */
  async #branch({ name, source, head }, branch) {
    const make = () =>
      this.call('POST', `/repos/${name}/branches`, {
        new_branch_name: branch,
        old_ref_name: head.commit,
      });
    try {
      if ((await perhapsGone(make)) || source === name) return;
      await this.#sync(name);
      await make();
    } catch (error) {
      const { kind } = /** @type {Fault} */ (error);
      if (!['exists', 'busy'].includes(kind)) throw error;
      if ((await this.head(name, branch)).commit !== head.commit) throw new Fault('exists');
    }
  }

  /** Brings a fork up to its parent. @param {string} name */
  async #sync(name) {
    const synced = await perhapsGone(async () => {
      await this.call('POST', `/repos/${name}/sync_fork`);
      return true;
    });
    if (synced) return;
    // Gitea's word for it.
    const { branch } = await this.repository(name);
    await this.call('POST', `/repos/${name}/merge-upstream`, { branch });
  }

  /** @param {Draft} draft @param {string} branch */
  async landed(draft, branch) {
    const list = `/repos/${draft.name}/commits?sha=${encodeURIComponent(branch)}&limit=${PAGE}&stat=false&files=false&verification=false`;
    /** @type {any[]} */
    const commits = (await perhapsGone(() => this.#get(list))) ?? [];
    return landedAmong(
      this,
      draft,
      commits.map(({ sha, parents, commit }) => ({
        commit: String(sha),
        parent: String(parents?.[0]?.sha),
        message: String(commit?.message),
      })),
    );
  }

  /** The account's fork, made if it is missing. @param {string} name */
  async fork(name) {
    const { login } = await this.account();
    let fork = `${login}/${name.split('/')[1]}`;
    const there = await perhapsGone(() => this.#get(`/repos/${fork}`));
    if (there?.parent?.full_name === name) return fork;
    ({ full_name: fork } = await this.call('POST', `/repos/${name}/forks`, {}));
    return madeAfter(FORK_LOOKS, name, async () => {
      const made = await perhapsGone(() => this.#get(`/repos/${fork}`));
      return made && !made.empty ? String(fork) : undefined;
    });
  }

  /**
   * @param {string} name
   * @param {{ from: Branch, base: string, title: string, body: string }} pull
   */
  async createPull(name, { from, ...pull }) {
    const head = `${from.name.split('/')[0]}:${from.branch}`;
    const made = await this.call('POST', `/repos/${name}/pulls`, { head, ...pull });
    return { number: Number(made.number), url: String(made.html_url) };
  }

  /** @param {string} name @param {Branch} from */
  async findPull(name, from) {
    for (let page = 1; page <= PULL_PAGES; page++) {
      /** @type {any[]} */
      const list = await this.#get(
        `/repos/${name}/pulls?state=open&sort=recentupdate&limit=${PAGE}&page=${page}`,
      );
      const found = list.find(
        ({ head }) => head?.ref === from.branch && head?.repo?.full_name === from.name,
      );
      if (found) return { number: Number(found.number), url: String(found.html_url) };
      if (list.length < PAGE) break;
    }
    return undefined;
  }

  /** @type {Host['deployment']} */
  async deployment(name, commit) {
    const all = await this.call('GET', `/repos/${name}/commits/${commit}/status`);
    const [last] = all.statuses ?? [];
    return last && { state: stateOf(String(all.state)), url: linkOf(last.target_url) };
  }

  /** Codeberg has its sites below the owner's name. @param {string} name */
  async siteOf(name) {
    const [owner, repository] = name.split('/');
    return this.name === 'Codeberg' ? `https://${owner}.codeberg.page/${repository}/` : '';
  }

  /** @param {string} name @param {string} commit */
  commitAddress(name, commit) {
    return `${this.#site}/${name}/commit/${commit}`;
  }

  /** Its end, which no host sees, is the path. @type {Host['rawAddress']} */
  rawAddress(name, commit, path) {
    const file = encoded(path);
    return `${this.#site}/api/v1/repos/${name}/raw/${file}?ref=${commit}#/${file}`;
  }

  tokenForm() {
    return `${this.#site}/user/settings/applications`;
  }
}
