// GitHub as a host, on github.com or as Enterprise: its Git Data API. As each host, a file of its
// own.
// https://docs.github.com/rest/git

import { meta } from '../../base/site_state.js';
import { task } from '../../net/fetch.js';
import { encoded } from '../../net/source_index.js';
import { fromBase64, toBase64 } from '../project/base64.js';
import { textOf } from '../project/file_content.js';
import { Fault, again, ask, linkOf, perhapsGone } from './host.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('./host.js').Host} Host
 * @typedef {import('./host.js').Facts} Facts
 * @typedef {import('./host.js').Draft} Draft
 * @typedef {import('./host.js').File} File
 * @typedef {import('./host.js').Branch} Branch
 */

const SITE = 'https://github.com';
// Enterprise in GitHub's cloud has its API on another host, a server of one's own below a path.
const CLOUD = /\.ghe\.com$/;
// Apps of which the reader chooses the repositories; others reach all public ones.
const CHOOSES = /^Iv/;
// Milliseconds between looks at a fork, which GitHub makes behind its answer, and their number.
const [FORK_PAUSE, FORK_LOOKS] = [1000, 20];
// Tokens that reach every repository of an account.
const CLASSIC = /^gh[a-z]_/;

/**
 * The fault that an answer means.
 * @param {number} status
 * @param {Headers} headers
 * @param {any} answer
 */
function faultOf(status, headers, answer) {
  const said = typeof answer?.message === 'string' ? answer.message : '';
  /** @type {Facts} */
  const facts = { status, said };
  const wait = Number(headers.get('retry-after'));
  if (status === 401) return new Fault('token', facts);
  const none = headers.get('x-ratelimit-remaining') === '0';
  if (status === 429 || (status === 403 && (none || wait || /rate limit/i.test(said)))) {
    const reset = Number(headers.get('x-ratelimit-reset')) * 1000;
    facts.until = wait ? Date.now() + wait * 1000 : reset || undefined;
    return new Fault('limited', facts);
  }
  if (status >= 500) return new Fault('server', facts);
  if (answer?.metadata?.secret_scanning || /secret (scanning|detected)|GH013.*secret/is.test(said))
    return new Fault('secret', facts);
  if (status === 413 || /too large/i.test(said)) return new Fault('large', facts);
  if (/not a fast.?forward|not fast.?forward/i.test(said)) return new Fault('moved', facts);
  if (/required status check|checks? .*(expected|required)/i.test(said))
    return new Fault('checks', facts);
  if (/protected branch|rule violations|not authorized to push/i.test(said))
    return new Fault('protected', facts);
  if (/already exists/i.test(JSON.stringify(answer))) return new Fault('exists', facts);
  if (/reference does not exist/i.test(said)) return new Fault('gone', facts);
  if (status === 403) return new Fault('rights', facts);
  if (status === 404) return new Fault('gone', facts);
  if (status === 409) return new Fault('busy', facts);
  return new Fault('refused', facts);
}

/** @param {Branch} branch */
const headOf = ({ name, branch }) => `${name.split('/')[0]}:${branch}`;

/** @implements {Host} */
export class GitHub {
  /** The largest file in bytes. */
  largest = 100 << 20;
  stores = true;
  words = {
    request: 'pull request',
    placeholder: 'github_pat_…',
    form: (/** @type {string} */ name) =>
      `In its form, choose “Only select repositories” and ${name}, and under “Permissions”: “Contents” and “Pull requests”, each “Read and write”.`,
    can: (/** @type {string} */ name) => [
      `read and change files in ${name}`,
      'open a pull request there',
    ],
    cannot: ['reach your other repositories', 'change settings or members', 'see your password'],
    rights: '“Contents” and “Pull requests”, read and write, for this repository',
    warn: (/** @type {string} */ token) =>
      CLASSIC.test(token)
        ? 'This is a classic token: it can change all your repositories. A fine-grained one is safer.'
        : '',
  };
  #token = '';
  #site;
  #api;
  #raw;

  /**
   * @param {string} [site] of Enterprise
   * @param {{ api?: string, raw?: string }} [where] of GitHub itself: its API, and where files are
   *   as they are
   */
  constructor(
    site = SITE,
    {
      api = meta('github-api') ?? 'https://api.github.com',
      raw = meta('github-raw') ?? 'https://raw.githubusercontent.com',
    } = {},
  ) {
    const own = site === SITE;
    const { host } = new URL(site);
    this.#site = site;
    this.#api = own ? api : CLOUD.test(host) ? `https://api.${host}` : `${site}/api/v3`;
    this.#raw = own ? raw : '';
    this.name = own ? 'GitHub' : host;
    this.key = own ? 'GitHub' : `GitHub ${site}`;
    this.door = {
      site,
      authorize: `${site}/login/oauth/authorize`,
      token: '',
      scope: 'public_repo',
      can: (/** @type {string} */ client) =>
        CHOOSES.test(client)
          ? ['change the repositories that you choose on GitHub']
          : ['change all your public repositories'],
      cannot: ['reach your private repositories', 'delete a repository', 'see your password'],
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
  async call(method, path, body) {
    const headers = {
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      ...(this.#token && { authorization: `Bearer ${this.#token}` }),
    };
    return (await ask(this.#api + path, { method, headers, body }, faultOf)).answer;
  }

  /**
   * @param {'GET' | 'POST'} method
   * @param {string} path
   * @param {object} [body]
   */
  #again(method, path, body) {
    return again(() => this.call(method, path, body));
  }

  async account() {
    const { login } = await this.#again('GET', '/user');
    return { login: String(login) };
  }

  /** @param {string} name */
  async repository(name) {
    const found = await this.#again('GET', `/repos/${name}`);
    return {
      name: String(found.full_name),
      branch: String(found.default_branch),
      push: !!found.permissions?.push && !found.archived,
    };
  }

  /** @param {string} name @param {string} branch */
  async head(name, branch) {
    const ref = await this.#again('GET', `/repos/${name}/git/ref/heads/${encoded(branch)}`);
    const commit = String(ref.object?.sha);
    const { tree } = await this.#again('GET', `/repos/${name}/git/commits/${commit}`);
    return { commit, tree: String(tree?.sha) };
  }

  /** @param {string} name @param {string} tree */
  async files(name, tree) {
    const found = await this.#again('GET', `/repos/${name}/git/trees/${tree}?recursive=1`);
    if (found.truncated) throw new Fault('many');
    return new Map(
      /** @type {any[]} */ (found.tree)
        .filter(({ type }) => type === 'blob')
        .map(({ path, sha, mode, size = 0 }) => [String(path), { sha, mode, size }]),
    );
  }

  /** @param {string} name @param {string} sha */
  async blob(name, sha) {
    const { content } = await this.#again('GET', `/repos/${name}/git/blobs/${sha}`);
    return fromBase64(String(content));
  }

  /** @param {Draft} draft @param {File} file @param {Uint8Array} bytes */
  async send({ name }, { path, sha }, bytes) {
    const text = textOf(bytes);
    const made = await this.#again(
      'POST',
      `/repos/${name}/git/blobs`,
      text === undefined
        ? { content: toBase64(bytes), encoding: 'base64' }
        : { content: text, encoding: 'utf-8' },
    );
    // With another hash it was damaged on its way.
    if (made.sha !== sha) throw new Fault('busy', { path });
  }

  /** @param {Draft} draft */
  async prepare({ name, head, message, files }) {
    const tree = files.flatMap(({ path, mode, sha, from }) => [
      ...(from === undefined ? [] : [{ path: from, mode: '100644', type: 'blob', sha: null }]),
      { path, mode, type: 'blob', sha: sha || null },
    ]);
    const made = await this.#again('POST', `/repos/${name}/git/trees`, {
      base_tree: head.tree,
      tree,
    });
    const { sha } = await this.#again('POST', `/repos/${name}/git/commits`, {
      message,
      tree: String(made.sha),
      parents: [head.commit],
    });
    return String(sha);
  }

  /**
   * @param {Draft} draft
   * @param {string} branch
   * @param {{ prepared: string, fresh: boolean }} how
   */
  async land({ name, head }, branch, { prepared, fresh }) {
    if (fresh)
      await this.call('POST', `/repos/${name}/git/refs`, {
        ref: `refs/heads/${branch}`,
        sha: prepared,
      });
    // A branch that has moved is never forced.
    else
      await this.call('PATCH', `/repos/${name}/git/refs/heads/${encoded(branch)}`, {
        sha: prepared,
        force: false,
      });
    return { commit: prepared, parent: head.commit };
  }

  /** @param {Draft} draft @param {string} branch @param {string} prepared */
  async landed({ name, head }, branch, prepared) {
    const now = await perhapsGone(() => this.head(name, branch));
    if (!now) return undefined;
    if (now.commit !== prepared) {
      const compared = await perhapsGone(() =>
        this.#again('GET', `/repos/${name}/compare/${prepared}...${encoded(branch)}`),
      );
      if (compared?.status !== 'ahead' && compared?.status !== 'identical') return undefined;
    }
    return { commit: prepared, parent: head.commit };
  }

  /** The account's fork, made if it is missing. @param {string} name */
  async fork(name) {
    const { full_name: fork, default_branch: branch } = await this.#again(
      'POST',
      `/repos/${name}/forks`,
      {},
    );
    for (let look = 1; ; look++) {
      try {
        await this.head(fork, branch);
        return String(fork);
      } catch (error) {
        const { kind } = /** @type {Fault} */ (error);
        if ((kind !== 'gone' && kind !== 'busy') || look === FORK_LOOKS) throw error;
      }
      await task(FORK_PAUSE);
    }
  }

  /**
   * @param {string} name
   * @param {{ from: Branch, base: string, title: string, body: string }} pull
   */
  async createPull(name, { from, ...pull }) {
    const { number, html_url: url } = await this.call('POST', `/repos/${name}/pulls`, {
      head: headOf(from),
      ...pull,
    });
    return { number: Number(number), url: String(url) };
  }

  /** @param {string} name @param {Branch} from */
  async findPull(name, from) {
    const [found] = await this.#again(
      'GET',
      `/repos/${name}/pulls?state=open&head=${encodeURIComponent(headOf(from))}`,
    );
    return found && { number: Number(found.number), url: String(found.html_url) };
  }

  /** Pages are deployed so too, by themselves or by a workflow. @type {Host['deployment']} */
  async deployment(name, commit) {
    const of = `/repos/${name}/deployments`;
    const [made] = await this.call('GET', `${of}?sha=${commit}&per_page=1`);
    if (!made) return undefined;
    const [last] = await this.call('GET', `${of}/${Number(made.id)}/statuses?per_page=1`);
    const { state = 'pending', log_url: log, target_url: target } = Object(last);
    const ended = /^(error|failure)$/.test(state) ? 'failed' : 'building';
    return {
      state: state === 'success' ? 'done' : ended,
      url: linkOf(log || target) || `${this.#site}/${name}/deployments`,
    };
  }

  /** @param {string} name */
  async siteOf(name) {
    const { has_pages: has } = await this.call('GET', `/repos/${name}`);
    return has ? linkOf((await this.call('GET', `/repos/${name}/pages`)).html_url) : '';
  }

  /** @param {string} name @param {string} commit */
  commitAddress(name, commit) {
    return `${this.#site}/${name}/commit/${commit}`;
  }

  /** @param {string} name @param {string} commit @param {string} path */
  rawAddress(name, commit, path) {
    const file = encoded(path);
    // Enterprise gives its files to other sites by its API alone. Its end is the path.
    return this.#raw
      ? `${this.#raw}/${name}/${commit}/${file}`
      : `${this.#api}/repos/${name}/contents/${file}?ref=${commit}#/${file}`;
  }

  /**
   * The form for a token, filled in as far as GitHub reads its address; the repository has to be
   * chosen there.
   * @param {string} name
   */
  tokenForm(name) {
    const [owner] = name.split('/');
    const fields = new URLSearchParams({
      name: `Publish ${name}`.slice(0, 40),
      description: `Publish from ${location.host}`,
      target_name: owner,
      expires_in: '30',
      contents: 'write',
      pull_requests: 'write',
    });
    return `${this.#site}/settings/personal-access-tokens/new?${fields}`;
  }
}
