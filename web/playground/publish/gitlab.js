// GitLab as a host, on gitlab.com or of one's own. One call makes the commit and moves the branch.
// https://docs.gitlab.com/api/commits/

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

// Rights: Developers may push. https://docs.gitlab.com/api/access_requests/#valid-access-levels
const DEVELOPER = 30;
// Entries of a list at once: GitLab gives no more.
const PAGE = 100;
// Looks at a fork that is being made.
const FORK_LOOKS = 30;

/** What the host says. @param {any} answer */
function saidBy(answer) {
  const said = answer?.message ?? answer?.error_description ?? answer?.error ?? '';
  return typeof said === 'string' ? said : JSON.stringify(said);
}

/** What an answer means. @type {[RegExp, import('./host.js').Kind][]} */
const FAULTS = [
  [/^401 /, 'token'],
  [/^429 /, 'limited'],
  [/^5/, 'server'],
  [/secrets? (detected|found)|PUSH BLOCKED/i, 'secret'],
  [/^413 |too large|larger than|exceeds/i, 'large'],
  [/branch called .* already exists|merge request already exists|already been taken/i, 'exists'],
  // Somebody else has changed, made or deleted a file meanwhile.
  [/has changed since|file .*(already exists|doesn.t exist|does not exist)/i, 'moved'],
  [/protected branch|not allowed to push into this branch/i, 'protected'],
  [/^403 /, 'rights'],
  [/^404 /, 'gone'],
  [/^409 /, 'busy'],
];
/** @type {Parameters<typeof ask>[2]} */
const faultOf = (status, headers, answer) => faultBy(FAULTS, status, headers, saidBy(answer));

/** @implements {Host} */
export class GitLab {
  name = 'GitLab';
  /** The largest file in bytes. */
  largest = 100 << 20;
  stores = false;
  words = {
    request: 'merge request',
    placeholder: 'glpat-…',
    form: (/** @type {string} */ name) =>
      `Its scope must be “api”. Who maintains ${name} can make one for this project alone, in its settings under “Access tokens”, with the role “Developer”.`,
    can: (/** @type {string} */ name) => [
      `read and change files in ${name}`,
      'open a merge request there',
      'do whatever your account may do, unless it is of one project',
    ],
    cannot: ['see your password'],
    rights: 'the scope “api”, and the role “Developer” in this project',
    warn: () => '',
  };
  #token = '';
  #site;

  /** @param {string} site such as https://gitlab.com */
  constructor(site) {
    this.#site = site;
    this.key = `GitLab ${site}`;
    this.door = {
      site,
      authorize: `${site}/oauth/authorize`,
      token: `${site}/oauth/token`,
      scope: 'api',
      can: () => ['do whatever your account may do'],
      cannot: this.words.cannot,
    };
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
  #ask(method, path, body) {
    /** @type {Record<string, string>} */
    const headers = this.#token ? { authorization: `Bearer ${this.#token}` } : {};
    return ask(`${this.#site}/api/v4${path}`, { method, headers, body }, faultOf);
  }

  /** @type {Host['call']} */
  async call(method, path, body) {
    return (await this.#ask(method, path, body)).answer;
  }

  /** @param {string} path @param {string} [name] of a project */
  async #get(path, name) {
    return (await again(() => this.#ask('GET', name ? this.#at(name, path) : path))).answer;
  }

  /** @param {string} name @param {string} path */
  #at(name, path) {
    return `/projects/${encodeURIComponent(name)}${path}`;
  }

  async account() {
    const { username } = await this.#get('/user');
    return { login: String(username) };
  }

  /** @param {string} name */
  async repository(name) {
    const found = await this.#get('', name);
    const { project_access: own, group_access: shared } = Object(found.permissions);
    const level = Math.max(own?.access_level ?? 0, shared?.access_level ?? 0);
    return {
      name: String(found.path_with_namespace),
      branch: String(found.default_branch),
      push: level >= DEVELOPER && !found.archived,
    };
  }

  /** @param {string} name @param {string} branch */
  async head(name, branch) {
    const path = `/repository/branches/${encodeURIComponent(branch)}`;
    const { commit } = await this.#get(path, name);
    return { commit: String(commit?.id), tree: String(commit?.id) };
  }

  /** @param {string} name @param {string} tree a commit names it */
  async files(name, tree) {
    const list = `/repository/tree?ref=${tree}&recursive=true&per_page=${PAGE}&pagination=keyset`;
    const files = new Map();
    for (let next = ''; ;) {
      const page = this.#at(name, `${list}${next}`);
      const { answer, headers } = await again(() => this.#ask('GET', page));
      for (const { path, id, mode, type } of answer)
        if (type === 'blob') files.set(String(path), { sha: String(id), mode, size: -1 });
      const [, address] = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '') ?? [];
      if (!address) return files;
      const token = new URL(address).searchParams.get('page_token') ?? '';
      const from = `&page_token=${encodeURIComponent(token)}`;
      // A list without end would be one that repeats itself.
      if (from === next) throw new Fault('many');
      next = from;
    }
  }

  /** @param {string} name @param {string} sha */
  async blob(name, sha) {
    return fromBase64(String((await this.#get(`/repository/blobs/${sha}`, name)).content));
  }

  /** @param {Draft} _ @param {File} file @param {Uint8Array} bytes */
  async send(_, file, bytes) {
    file.content = toBase64(bytes);
  }

  async prepare() {
    return '';
  }

  /**
   * What others have pushed meanwhile stays: a new branch begins at `start_sha`; on an old one
   * `last_commit_id` makes GitLab refuse a file that has changed since that commit, and a file that
   * is to be created must not be there.
   * @param {Draft} draft
   * @param {string} branch
   * @param {{ fresh: boolean }} how
   */
  async land({ name, source, head, message, files }, branch, { fresh }) {
    const known = fresh ? {} : { last_commit_id: head.commit };
    const actions = files.flatMap(({ path, mode, sha, base, from, content }) => {
      const moved = from !== undefined;
      const text = { content, encoding: 'base64' };
      if (!sha) return [{ action: 'delete', file_path: path, ...known }];
      if (moved && !base)
        return [{ action: 'move', file_path: path, previous_path: from, ...text, ...known }];
      const gone = moved ? [{ action: 'delete', file_path: from, ...known }] : [];
      if (base) return [...gone, { action: 'update', file_path: path, ...text, ...known }];
      const execute = mode === '100755' ? { execute_filemode: true } : {};
      return [...gone, { action: 'create', file_path: path, ...text, ...execute }];
    });
    const start = fresh && {
      start_sha: head.commit,
      ...(source !== name && { start_project: source }),
    };
    const body = { branch, commit_message: message, actions, ...start };
    const made = await this.call('POST', this.#at(name, '/repository/commits'), body);
    return { commit: String(made.id), parent: String(made.parent_ids?.[0]) };
  }

  /** @param {Draft} draft @param {string} branch */
  async landed(draft, branch) {
    const list = `/repository/commits?ref_name=${encodeURIComponent(branch)}&per_page=${PAGE}`;
    /** @type {any[]} */
    const commits = (await perhapsGone(() => this.#get(list, draft.name))) ?? [];
    return landedAmong(
      this,
      draft,
      commits.map(({ id, parent_ids: [parent = ''], message }) => ({
        commit: String(id),
        parent: String(parent),
        message: String(message),
      })),
    );
  }

  /** The account's fork, made if it is missing. @param {string} name */
  async fork(name) {
    const [there] = await this.#get('/forks?owned=true&per_page=1', name);
    const made = there ?? (await this.call('POST', this.#at(name, '/fork'), {}));
    const fork = String(made.path_with_namespace);
    return madeAfter(FORK_LOOKS, name, async () => {
      const { import_status: state } = await this.#get('', fork);
      return /^(scheduled|started)$/.test(state) ? undefined : fork;
    });
  }

  /**
   * @param {string} name
   * @param {{ from: Branch, base: string, title: string, body: string }} pull
   */
  async createPull(name, { from, base, title, body }) {
    const { id } = await this.#get('', name);
    const answer = await this.call('POST', this.#at(from.name, '/merge_requests'), {
      source_branch: from.branch,
      target_branch: base,
      target_project_id: id,
      title,
      description: body,
    });
    return { number: Number(answer.iid), url: String(answer.web_url) };
  }

  /** @param {string} name @param {Branch} from */
  async findPull(name, from) {
    const { id } = await this.#get('', from.name);
    /** @type {any[]} */
    const found = await this.#get(
      `/merge_requests?state=opened&source_branch=${encodeURIComponent(from.branch)}&per_page=${PAGE}`,
      name,
    );
    const pull = found.find(({ source_project_id: source }) => source === id);
    return pull && { number: Number(pull.iid), url: String(pull.web_url) };
  }

  /** @type {Host['deployment']} */
  async deployment(name, commit) {
    const list = this.#at(name, `/pipelines?sha=${commit}&per_page=1`);
    const [last] = await this.call('GET', list);
    return last && { state: stateOf(String(last.status)), url: linkOf(last.web_url) };
  }

  /** It tells maintainers alone where the site is. */
  async siteOf() {
    return '';
  }

  /** @param {string} name @param {string} commit */
  commitAddress(name, commit) {
    return `${this.#site}/${name}/-/commit/${commit}`;
  }

  /** Its end, which no host sees, is the path. @type {Host['rawAddress']} */
  rawAddress(name, commit, path) {
    const file = this.#at(name, `/repository/files/${encodeURIComponent(path)}/raw?ref=${commit}`);
    return `${this.#site}/api/v4${file}#/${encoded(path)}`;
  }

  /** The form for a token, filled in. @param {string} name */
  tokenForm(name) {
    const fields = new URLSearchParams({ name: `Publish ${name}`, scopes: 'api' });
    return `${this.#site}/-/user_settings/personal_access_tokens?${fields}`;
  }
}
