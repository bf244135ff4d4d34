// GitHub's Git Data API for git-host.mjs. Its fields are in git-host-github-fields.mjs.

import assert from 'node:assert/strict';
import { Refused } from './git-host-fields.mjs';

import { OPERATIONS as GIT_OPERATIONS } from './git-host-github-fields.mjs';
import { PAGES_OPERATIONS, pageOf, pagesCalls } from './git-host-github-pages.mjs';

export { CORS, PREFLIGHT } from './git-host-github-fields.mjs';
export const OPERATIONS = [...PAGES_OPERATIONS, ...GIT_OPERATIONS];

// GitHub refuses larger files.
const LARGEST_BLOB = 100 << 20;
/** What all addresses begin with. */
export const PREFIX = '';
/** What a fine-grained token begins with. */
export const TOKEN = 'github_pat_11AAAAAAA0';
export const PROTECTED =
  'Protected branch update failed for refs/heads/main.\n\n- Changes must be made through a pull request.';

const RIGHTS = 'Resource not accessible by personal access token';
const invalid = (message, more) => new Refused(422, message, more);

/** The token of a request. */
export const tokenIn = ({ authorization = '' }) => /^Bearer (.+)$/.exec(authorization)?.[1];

/** The body of a refusal. */
export const bodyOf = (message, status, more) => ({
  message,
  documentation_url: 'https://docs.github.com/rest',
  status: String(status),
  ...more,
});

/** Headers of an answer. */
export const sent = (answer) => ({
  'content-type':
    typeof answer === 'string'
      ? 'application/vnd.github.sha'
      : Buffer.isBuffer(answer)
        ? 'application/vnd.github.raw+json; charset=utf-8'
        : 'application/json; charset=utf-8',
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': '4999',
});

/** A file as raw.githubusercontent.com has it; undefined for other addresses. */
export function rawOf(state, address) {
  const { repositories } = state;
  const { pathname } = address;
  const page = pageOf(state, address);
  if (page) return page;
  const [, name, ref, path] =
    /^\/raw\/([^/]+\/[^/]+)\/([^/]+)\/(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
  if (!name) return undefined;
  const repository = repositories.get(name);
  const commit = repository?.resolve(ref);
  return { bytes: commit && repository.file(commit, path) };
}

function may(state, account, repository, right) {
  const named = !account.only || account.only.includes(repository.name) || repository.parent;
  if (!named || account.rights[right] !== 'write') throw new Refused(403, RIGHTS);
  if (right === 'contents' && !state.pushes(account.login, repository))
    throw new Refused(403, RIGHTS);
}

/** A fork has what its parent has, as GitHub's do. */
function needs(repository, sha, type) {
  if (repository.typeOf(sha) !== type)
    throw invalid(type === 'tree' ? 'Tree SHA does not exist' : 'Object does not exist');
}

/** The calls, by their names in the table of fields. */
export function callsOf(state, { url, site }) {
  const { repositories, pulls } = state;
  const userOf = (login) => ({
    login,
    id: 1,
    node_id: 'u',
    avatar_url: `${site()}/${login}.png`,
    html_url: `${site()}/${login}`,
    type: 'User',
    site_admin: false,
  });
  const repositoryOf = (repository, account) => ({
    id: 1,
    node_id: 'r',
    name: repository.name.split('/')[1],
    full_name: repository.name,
    owner: userOf(repository.name.split('/')[0]),
    private: false,
    html_url: `${site()}/${repository.name}`,
    fork: !!repository.parent,
    url: `${url()}/repos/${repository.name}`,
    default_branch: repository.branch,
    archived: false,
    has_pages: state.pages.has(repository.name),
    ...(account && {
      permissions: {
        admin: false,
        maintain: false,
        push: state.pushes(account.login, repository),
        triage: false,
        pull: true,
      },
    }),
  });
  const refOf = (repository, name, sha) => ({
    ref: name,
    node_id: 'x',
    url: `${url()}/repos/${repository.name}/git/${name}`,
    object: { type: 'commit', sha, url: `${url()}/repos/${repository.name}/git/commits/${sha}` },
  });
  function commitOf(repository, sha) {
    const { tree, parents, ...rest } = repository.parsed(sha);
    const addresses = { url: `${url()}/x`, html_url: `${site()}/x` };
    return {
      sha,
      node_id: 'c',
      url: `${url()}/repos/${repository.name}/git/commits/${sha}`,
      html_url: `${site()}/${repository.name}/commit/${sha}`,
      ...rest,
      tree: { sha: tree, url: `${url()}/repos/${repository.name}/git/trees/${tree}` },
      parents: parents.map((parent) => ({ sha: parent, ...addresses })),
      verification: {
        verified: false,
        reason: 'unsigned',
        signature: null,
        payload: null,
        verified_at: null,
      },
    };
  }

  return {
    ...pagesCalls(state, { url, site }),
    'get user': ({ account }) => [200, { ...userOf(account.login), name: 'A Person' }],
    'get repository': ({ repository, account }) => [200, repositoryOf(repository, account)],
    'get commit by name': ({ repository, rest }) => {
      const sha = repository.resolve(rest);
      if (!sha) throw invalid(`No commit found for SHA: ${rest}`);
      return [200, sha];
    },
    'get ref': ({ repository, rest }) => {
      const empty = !repository.head();
      if (empty) throw new Refused(409, 'Git Repository is empty.');
      const sha = repository.ref(`refs/${rest}`);
      if (!sha) throw new Refused(404, 'Not Found');
      return [200, refOf(repository, `refs/${rest}`, sha)];
    },
    'get commit': ({ repository, rest }) => {
      if (repository.typeOf(rest) !== 'commit') throw new Refused(404, 'Not Found');
      return [200, commitOf(repository, rest)];
    },
    'get tree': ({ repository, rest, query }) => {
      const commit = repository.resolve(rest);
      const sha = commit ? repository.parsed(commit).tree : rest;
      if (repository.typeOf(sha) !== 'tree') throw new Refused(404, 'Not Found');
      const recursive = !!query.get('recursive');
      const tree = repository.list(sha, { recursive }).map((entry) => ({
        ...entry,
        url: `${url()}/repos/${repository.name}/git/${entry.type}s/${entry.sha}`,
      }));
      return [200, { sha, url: `${url()}/x`, tree, truncated: false }];
    },
    'get blob': ({ repository, rest }) => {
      const { type, data } = repository.read(rest) ?? {};
      if (type !== 'blob') throw new Refused(404, 'Not Found');
      const content = data.toString('base64').replace(/.{60}/g, '$&\n');
      const address = `${url()}/x`;
      const { length: size } = data;
      return [200, { sha: rest, node_id: 'b', size, url: address, content, encoding: 'base64' }];
    },
    'create blob': ({ repository, account, body }) => {
      if (!repository.head()) throw new Refused(409, 'Git Repository is empty.');
      may(state, account, repository, 'contents');
      const bytes = Buffer.from(body.content, body.encoding === 'base64' ? 'base64' : 'utf8');
      if (bytes.length > LARGEST_BLOB)
        throw invalid(
          'Sorry, your input was too large to process. Consider creating the blob in a local clone of the repository and then pushing it to GitHub.',
        );
      if (state.secret && bytes.includes(state.secret))
        throw new Refused(409, 'Repository rule violations found\n\nSecret detected in content', {
          metadata: {
            secret_scanning: { bypass_placeholders: [{ placeholder_id: 'p', token_type: 'KEY' }] },
          },
        });
      return [201, { url: `${url()}/x`, sha: repository.write('blob', bytes) }];
    },
    'create tree': ({ repository, account, body }) => {
      may(state, account, repository, 'contents');
      if (body.base_tree) needs(repository, body.base_tree, 'tree');
      const files = body.base_tree ? repository.filesOf(body.base_tree) : new Map();
      for (const { path, mode, sha } of body.tree) {
        if (sha === null && !files.delete(path)) throw invalid('GitRPC::BadObjectState');
        if (sha === null) continue;
        needs(repository, sha, 'blob');
        files.set(path, { mode, sha });
      }
      const sha = repository.writeTree(files);
      return [201, { sha, url: `${url()}/x`, truncated: false, tree: [] }];
    },
    'create commit': ({ repository, account, body }) => {
      may(state, account, repository, 'contents');
      const { tree, parents = [], message } = body;
      needs(repository, tree, 'tree');
      for (const parent of parents) needs(repository, parent, 'commit');
      const sha = repository.commit({ tree, parents, message, author: account.login });
      return [201, commitOf(repository, sha)];
    },
    'update ref': ({ repository, account, rest, body }) => {
      may(state, account, repository, 'contents');
      const name = `refs/${rest}`;
      const now = repository.ref(name);
      if (!now) throw invalid('Reference does not exist');
      const rule = repository.protected.get(rest.replace(/^heads\//, ''));
      if (rule) throw invalid(rule);
      needs(repository, body.sha, 'commit');
      assert.equal(body.force, false, 'a branch is never forced');
      if (!repository.history(body.sha).includes(now))
        throw invalid('Update is not a fast forward');
      repository.setRef(name, body.sha);
      return [200, refOf(repository, name, body.sha)];
    },
    'create ref': ({ repository, account, body }) => {
      may(state, account, repository, 'contents');
      if (repository.ref(body.ref)) throw invalid('Reference already exists');
      needs(repository, body.sha, 'commit');
      repository.setRef(body.ref, body.sha);
      return [201, refOf(repository, body.ref, body.sha)];
    },
    compare: ({ repository, rest }) => {
      const [base, head] = rest.split('...').map((name) => repository.resolve(name));
      if (!base || !head) throw new Refused(404, 'Not Found');
      const [before, after] = [base, head].map((sha) => new Set(repository.history(sha)));
      const ahead = [...after].filter((sha) => !before.has(sha)).length;
      const behind = [...before].filter((sha) => !after.has(sha)).length;
      const both = ahead && behind ? 'diverged' : 'identical';
      return [
        200,
        {
          url: 'x',
          html_url: 'x',
          permalink_url: 'x',
          diff_url: 'x',
          patch_url: 'x',
          base_commit: { sha: base },
          merge_base_commit: { sha: [...after].find((sha) => before.has(sha)) },
          status: ahead && !behind ? 'ahead' : behind && !ahead ? 'behind' : both,
          ahead_by: ahead,
          behind_by: behind,
          total_commits: ahead,
          commits: [],
        },
      ];
    },
    'create fork': ({ repository, account }) => {
      if (account.rights.administration !== 'write' && account.only) throw new Refused(403, RIGHTS);
      return [202, repositoryOf(state.forkOf(repository, account.login), account)];
    },
    'list pulls': ({ repository, query }) => [
      200,
      pulls.filter(
        (pull) =>
          pull.repository === repository.name &&
          pull.head.label === query.get('head') &&
          pull.state === 'open',
      ),
    ],
    'create pull': ({ repository, account, body }) => {
      if (account.rights.pull_requests !== 'write') throw new Refused(403, RIGHTS);
      const [owner, branch] = body.head.includes(':')
        ? body.head.split(':')
        : [repository.name.split('/')[0], body.head];
      const from = [...repositories.values()].find(
        (one) => one.name.startsWith(`${owner}/`) && one.head(branch),
      );
      if (!from || !repository.head(body.base)) throw invalid('Validation Failed');
      const label = `${owner}:${branch}`;
      if (pulls.some((pull) => pull.head.label === label && pull.state === 'open')) {
        const message = `A pull request already exists for ${label}.`;
        throw invalid('Validation Failed', {
          errors: [{ resource: 'PullRequest', code: 'custom', message }],
        });
      }
      const pull = {
        id: 1,
        number: 41 + pulls.length,
        state: 'open',
        title: body.title,
        body: body.body ?? null,
        url: 'x',
        html_url: `${site()}/${repository.name}/pull/${41 + pulls.length}`,
        user: userOf(account.login),
        head: { label, ref: branch, sha: from.head(branch) },
        base: { label: `owner:${body.base}`, ref: body.base, sha: 'x' },
        repository: repository.name,
      };
      pulls.push(pull);
      return [201, pull];
    },
  };
}

/** What a test sees of a pull request. */
export const seen = ({ title, body, head, base }) => ({
  title,
  body,
  branch: head.ref,
  base: base.ref,
});
export const close = (pull) => (pull.state = 'closed');
