// Hosts of repositories for the tests of publishing: a server with the API of GitHub, GitLab or
// Forgejo on top of real git repositories. It refuses what the hosts refuse: unknown tokens,
// missing rights, protected branches, changes of what has moved. Requests and answers are checked
// against the fields that the hosts describe.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as enterprise from './git-host-enterprise.mjs';
import { Refused, checkBody } from './git-host-fields.mjs';
import * as forgejo from './git-host-forgejo.mjs';
import * as github from './git-host-github.mjs';
import * as gitlab from './git-host-gitlab.mjs';
import { oauthApp } from './git-host-oauth.mjs';
import { Repository } from './git-repository.mjs';

const KINDS = { github, enterprise, gitlab, forgejo };

/** The state of a host, as its calls see it. */
class State {
  /** @type {Map<string, Repository>} */
  repositories = new Map();
  tokens = new Map();
  pulls = [];
  calls = [];
  /** Texts that no file may contain. */
  secret = '';
  members = new Set(['owner']);
  /** Sources of sites on Pages, and the commits that these show, by repository. */
  pages = new Map();
  deployed = new Map();
  /** Files of sites by path, where a pipeline made them, by repository. */
  artifacts = new Map();
  /** Webhooks. */
  hooks = [];
  /** @type {{ id: number, name: string, sha: string, state: string }[]} */
  deployments = [];
  /** Called for each call, with its number. @type {(call: string, count: number) => any} */
  fault = () => undefined;

  constructor(folder) {
    this.folder = folder;
    this.own = this.add('owner/name');
  }

  add(name, parent) {
    const repository = new Repository(this.folder, name, parent);
    this.repositories.set(name, repository);
    return repository;
  }

  /** Whether an account may write to a repository. */
  pushes(login, repository) {
    return (
      repository.name.startsWith(`${login}/`) ||
      (repository === this.own && this.members.has(login))
    );
  }

  /** The fork of an account, made if it is missing. */
  forkOf(repository, login) {
    const name = `${login}/${repository.name.split('/').pop()}`;
    return this.repositories.get(name) ?? this.add(name, repository);
  }
}

/**
 * A host with one repository `owner/name`.
 *
 * @param {import('node:test').TestContext} t
 * @param {Record<string, string | Buffer>} files of its first commit
 * @param {keyof typeof KINDS} [kind] whose API it has
 * @returns the server: `token(login, rights)` makes a token; `protect(name)` protects a branch;
 *   `push(files)` commits as somebody else; `state.fault` returns undefined or a fault, whose
 *   answer comes after the promise `held`; `check()` looks at the repositories.
 */
export async function gitHost(t, files, kind = 'github') {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-git-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const state = new State(folder);
  const { own, calls, pulls, repositories, tokens } = state;
  const { OPERATIONS, CORS, PREFLIGHT, PREFIX, callsOf, rawOf, tokenIn, bodyOf, sent } =
    KINDS[kind];
  const problems = [];
  own.push(files, { message: 'First' });
  const url = () => `http://127.0.0.1:${server.address().port}`;
  const act = callsOf(state, { url, site: () => `${url()}/site` });

  function whoIs(request, needed) {
    const token = tokenIn(request.headers);
    if (!token && !needed) return undefined;
    const account = tokens.get(token);
    if (!account || account.expired) throw new Refused(401, 'Bad credentials');
    return account;
  }

  async function answerTo(request) {
    const address = new URL(request.url, 'http://host');
    // Another kind of host may be asked for.
    if (!address.pathname.startsWith(PREFIX)) throw new Refused(404, 'Not Found');
    // Slashes of a name may be encoded: addresses are compared as they were sent.
    const pathname = address.pathname.slice(PREFIX.length);
    const found = OPERATIONS.find(
      ({ method, path }) => method === request.method && path.test(pathname),
    );
    if (!found) throw new Refused(404, 'Not Found');
    const { call } = found;
    const count = calls.filter((one) => one.call === call).length;
    const groups = found.path.exec(pathname).groups ?? {};
    const [name, rest] = [groups.name, groups.rest].map((text) => text && decodeURIComponent(text));
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const body = text ? JSON.parse(text) : undefined;
    calls.push({ call, body, authorization: request.headers.authorization, path: pathname });
    const fault = state.fault(call, count);
    if (fault?.before) return { fault };
    if (found.request) problems.push(...checkBody(call, 'request', body, found.request));
    const account = whoIs(request, found.signed);
    const repository = name ? repositories.get(name) : undefined;
    if (name && !repository) throw new Refused(404, 'Not Found');
    const query = address.searchParams;
    const [status, answer, headers] = act[call]({
      repository,
      account,
      rest,
      body,
      query,
      headers: request.headers,
    });
    if (found.answer)
      for (const one of Array.isArray(answer) ? answer : [answer])
        problems.push(...checkBody(call, 'answer', one, found.answer));
    if (found.status !== status) problems.push(`${call}: answered ${status}`);
    return { status, answer, fault, headers };
  }

  /** A token of somebody. */
  function token(login = 'owner', more = {}) {
    const made = `${KINDS[kind].TOKEN}${login}_${tokens.size}`;
    const rights = { contents: 'write', pull_requests: 'write', ...more.rights };
    tokens.set(made, { login, only: ['owner/name'], ...more, rights });
    return made;
  }
  const oauth = oauthApp(kind === 'enterprise' ? 'github' : kind, token);

  const server = createServer(async (request, response) => {
    if (oauth.answer(request, response)) return undefined;
    if (request.method === 'OPTIONS') return response.writeHead(204, PREFLIGHT).end();
    const raw = rawOf(state, new URL(request.url, 'http://host'));
    if (raw) {
      assert.equal(tokenIn(request.headers), undefined, 'the token goes to the API alone');
      // Sites have types, files as they are have none.
      const kind = /\.html$/.test(raw.page) ? 'html' : 'plain';
      const type = { 'content-type': `text/${kind}; charset=utf-8` };
      return response.writeHead(raw.bytes ? 200 : 404, { ...CORS, ...type }).end(raw.bytes);
    }
    let [status, answer, fault, headers] = [500, {}, undefined, {}];
    try {
      ({ status, answer, fault, headers } = await answerTo(request));
    } catch (error) {
      if (!(error instanceof Refused)) problems.push(String(error.stack));
      status = error.status ?? 500;
      answer = bodyOf(error.message, status, error.more);
      headers = error.headers;
    }
    if (fault?.silent) return setTimeout(() => request.socket.destroy(), fault.silent);
    if (fault?.reset) return request.socket.destroy();
    if (fault?.late) await pause(fault.late);
    await fault?.held;
    if (fault?.status) {
      status = fault.status;
      answer = { ...bodyOf(fault.message ?? 'A fault', status), ...fault.body };
      headers = fault.headers;
    }
    const plain = typeof answer === 'string' || Buffer.isBuffer(answer);
    const text = plain ? answer : JSON.stringify(answer);
    const length = Buffer.byteLength(text);
    response.writeHead(status, { ...CORS, ...sent(answer), 'content-length': length, ...headers });
    if (!fault?.half) return response.end(text);
    response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });

  return {
    kind,
    folder,
    own,
    calls,
    pulls,
    state,
    repositories,
    tokens,
    url: url(),
    site: `${url()}/site`,
    push: (changed, options) => own.push(changed, options),
    /** Title, body and branches of a pull request. */
    seen: (pull) => KINDS[kind].seen(pull),
    close: (pull) => KINDS[kind].close(pull),
    token,
    /** Sign-in on the host's own page. */
    oauth,
    protect(branch, message = KINDS[kind].PROTECTED) {
      own.protected.set(branch, message);
    },
    /** Pages begins with the last commit, is at it, or has ended: `success` shows it. */
    deploy(word, name = 'owner/name') {
      const sha = repositories.get(name).head();
      const found = state.deployments.find((one) => one.sha === sha);
      if (found) found.state = word;
      else state.deployments.push({ id: state.deployments.length + 7, name, sha, state: word });
      if (word !== 'success') return;
      state.deployed.set(name, sha);
      const built = KINDS[kind].build?.(repositories.get(name), sha, folder);
      if (built) state.artifacts.set(name, built);
    },
    /** The sha of a branch. */
    head: (branch = 'main', repository = own) => repository.head(branch),
    /** The files of a branch, as texts. */
    files(branch = 'main', repository = own) {
      const files = repository.filesOf(repository.parsed(repository.head(branch)).tree);
      return Object.fromEntries(
        [...files].map(([path, { sha }]) => [path, repository.read(sha).data.toString()]),
      );
    },
    /** The commits of a branch, the last one first: their messages, and the files of each. */
    log(branch = 'main', repository = own) {
      return repository
        .git('log', '--stat', '--format=%x01%s', branch)
        .toString()
        .split('\x01')
        .slice(1)
        .map((entry) => {
          const [message, ...lines] = entry.split('\n');
          return {
            message,
            files: lines.flatMap((line) => /^ (\S.*?) +\| /.exec(line)?.[1] ?? []),
          };
        });
    },
    /** Every object is sound, and every request and answer was as the host describes it. */
    check() {
      for (const repository of repositories.values()) repository.check();
      assert.deepEqual(problems, []);
    },
  };
}
