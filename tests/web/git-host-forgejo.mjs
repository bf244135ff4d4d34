// Forgejo's and Gitea's API for git-host.mjs. Fields are those of their swagger.v1.json, as in
// modules/structs/repo_file.go; refusals those of services/repository/files/update.go.

import { Refused, repositoryPath } from './git-host-fields.mjs';
import { PAGES_OPERATIONS, deliver, pagesCalls } from './git-host-forgejo-pages.mjs';
import { pageOf } from './git-host-github-pages.mjs';

/** What all addresses begin with. */
export const PREFIX = '/api/v1';
export const TOKEN = 'a0b1c2d3e4f5a6b7c8d9a0b1c2d3e4f5';
export const PROTECTED = 'User cannot commit to branch [branch_name: main]';

export const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Content-Disposition, Link, X-Total-Count',
};
export const PREFLIGHT = {
  ...CORS,
  'access-control-allow-headers': 'Authorization, Content-Type',
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-max-age': '600',
};

const REPOSITORY = {
  id: 'number',
  full_name: 'string',
  default_branch: 'string',
  fork: 'boolean',
  empty: 'boolean',
  archived: 'boolean',
  html_url: 'string',
};
const BRANCH = { name: 'string', commit: 'object', protected: 'boolean' };
const PULL = { number: 'number', html_url: 'string', state: 'string', head: 'object' };

export const OPERATIONS = [
  ...PAGES_OPERATIONS,
  {
    call: 'get version',
    method: 'GET',
    path: /^\/version$/,
    status: 200,
    answer: { version: 'string' },
  },
  {
    call: 'get user',
    method: 'GET',
    path: /^\/user$/,
    signed: true,
    status: 200,
    answer: { id: 'number', login: 'string' },
  },
  {
    call: 'get repository',
    method: 'GET',
    path: repositoryPath(''),
    status: 200,
    answer: REPOSITORY,
  },
  {
    call: 'get branch',
    method: 'GET',
    path: repositoryPath('/branches/(?<rest>.+)'),
    status: 200,
    answer: BRANCH,
  },
  {
    call: 'create branch',
    method: 'POST',
    path: repositoryPath('/branches'),
    signed: true,
    status: 201,
    request: { new_branch_name: 'string', old_ref_name: '?string' },
    answer: BRANCH,
  },
  {
    call: 'get tree',
    method: 'GET',
    path: repositoryPath('/git/trees/(?<rest>[^/]+)'),
    status: 200,
    answer: {
      sha: 'string',
      tree: 'object',
      truncated: 'boolean',
      page: 'number',
      total_count: 'number',
    },
  },
  {
    call: 'get blob',
    method: 'GET',
    path: repositoryPath('/git/blobs/(?<rest>[^/]+)'),
    status: 200,
    answer: { content: 'string', encoding: 'string', sha: 'string', size: 'number' },
  },
  {
    call: 'list commits',
    method: 'GET',
    path: repositoryPath('/commits'),
    status: 200,
    answer: { sha: 'string', commit: 'object', parents: 'object' },
  },
  {
    call: 'get status',
    method: 'GET',
    path: repositoryPath('/commits/(?<rest>[^/]+)/status'),
    status: 200,
    answer: { state: 'string', sha: 'string', total_count: 'number' },
  },
  {
    call: 'change files',
    method: 'POST',
    path: repositoryPath('/contents'),
    signed: true,
    status: 201,
    request: {
      branch: '?string',
      message: '?string',
      files: [
        {
          operation: 'string',
          path: 'string',
          content: '?string',
          sha: '?string',
          from_path: '?string',
        },
      ],
    },
    answer: { files: 'object', commit: 'object' },
  },
  {
    call: 'create fork',
    method: 'POST',
    path: repositoryPath('/forks'),
    signed: true,
    status: 202,
    request: { organization: '?string', name: '?string' },
    answer: REPOSITORY,
  },
  {
    call: 'sync fork',
    method: 'POST',
    path: repositoryPath('/sync_fork'),
    signed: true,
    status: 204,
  },
  { call: 'list pulls', method: 'GET', path: repositoryPath('/pulls'), status: 200, answer: PULL },
  {
    call: 'create pull',
    method: 'POST',
    path: repositoryPath('/pulls'),
    signed: true,
    status: 201,
    request: { head: 'string', base: 'string', title: 'string', body: '?string' },
    answer: PULL,
  },
];

/** The token of a request. */
export const tokenIn = ({ authorization = '' }) => /^Bearer (.+)$/.exec(authorization)?.[1];

/** The body of a refusal. */
export const bodyOf = (message) => ({ message, url: 'https://host.invalid/api/swagger' });

/** Headers of an answer. */
export const sent = () => ({ 'content-type': 'application/json;charset=utf-8' });

/** A file as the API has it without a token; undefined for other addresses. */
export function rawOf(state, address) {
  const { repositories } = state;
  const { pathname, searchParams } = address;
  const page = pageOf(state, address);
  if (page) return page;
  const [, name, path] = /^\/api\/v1\/repos\/([^/]+\/[^/]+)\/raw\/(.*)$/.exec(pathname) ?? [];
  if (!name) return undefined;
  const repository = repositories.get(name);
  const commit = repository?.resolve(searchParams.get('ref'));
  return { bytes: commit && repository.file(commit, decodeURIComponent(path)) };
}

/** The calls, by their names in the table of fields. */
export function callsOf(state, { site }) {
  const { repositories, pulls } = state;
  const repositoryOf = (repository, account) => ({
    id: 1,
    full_name: repository.name,
    default_branch: repository.branch,
    fork: !!repository.parent,
    ...(repository.parent && { parent: { full_name: repository.parent.name } }),
    empty: !repository.head(),
    archived: false,
    html_url: `${site()}/${repository.name}`,
    permissions: {
      admin: false,
      push: !!account && state.pushes(account.login, repository),
      pull: true,
    },
  });
  const branchOf = (repository, name) => ({
    name,
    commit: { id: repository.head(name), message: '' },
    protected: false,
  });
  const missing = () => new Refused(404, "The target couldn't be found.");
  const invalid = (message) => new Refused(422, message);
  function may({ rights, login }, repository) {
    if (rights.contents !== 'write')
      throw new Refused(
        403,
        'token does not have at least one of required scope(s): [write:repository]',
      );
    if (!state.pushes(login, repository)) throw new Refused(403, 'user should have permission');
  }

  return {
    ...pagesCalls(state, { repositoryOf, may }),
    'get version': () => [200, { version: '12.0.1+gitea-1.22.0' }],
    'get user': ({ account }) => [200, { id: 1, login: account.login, full_name: 'A Person' }],
    'get repository': ({ repository, account }) => [200, repositoryOf(repository, account)],
    'get branch': ({ repository, rest }) => {
      if (!repository.head(rest)) throw missing();
      return [200, branchOf(repository, rest)];
    },
    'create branch': ({ repository, account, body }) => {
      may(account, repository);
      const { new_branch_name: name, old_ref_name: from } = body;
      // A fork that is not new lacks what was pushed since.
      const there = repository.resolve(from);
      if (!there || (repository.lacks ?? []).includes(there))
        throw new Refused(404, 'The old branch does not exist');
      if (repository.head(name)) throw new Refused(409, 'The branch already exists.');
      repository.setRef(`refs/heads/${name}`, there);
      return [201, branchOf(repository, name)];
    },
    'get tree': ({ repository, rest, query }) => {
      const commit = repository.resolve(rest);
      if (!commit) throw missing();
      const all = repository.list(repository.parsed(commit).tree);
      const size = Math.min(state.page ?? 1000, Number(query.get('per_page')) || 1000);
      const page = Number(query.get('page')) || 1;
      const tree = all.slice((page - 1) * size, page * size);
      return [
        200,
        {
          sha: repository.parsed(commit).tree,
          url: 'x',
          tree: tree.map((entry) => ({ size: 0, url: 'x', ...entry })),
          truncated: page * size < all.length,
          page,
          total_count: all.length,
        },
      ];
    },
    'get blob': ({ repository, rest }) => {
      const { type, data } = repository.read(rest) ?? {};
      if (type !== 'blob') throw missing();
      const content = data.toString('base64');
      return [200, { content, encoding: 'base64', url: 'x', sha: rest, size: data.length }];
    },
    'list commits': ({ repository, query }) => {
      const sha = repository.resolve(query.get('sha'));
      if (!sha) throw missing();
      return [
        200,
        repository
          .history(sha)
          .slice(0, Number(query.get('limit')))
          .map((one) => {
            const { parents, message, tree } = repository.parsed(one);
            return {
              sha: one,
              parents: parents.map((parent) => ({ sha: parent })),
              commit: { message, tree: { sha: tree } },
            };
          }),
      ];
    },
    'get status': ({ repository: { name }, rest }) => {
      const found = state.deployments.filter((one) => one.name === name && one.sha === rest);
      const word = found[0]?.state ?? '';
      return [
        200,
        {
          state: word === 'in_progress' ? 'pending' : word,
          sha: rest,
          total_count: found.length,
          // Forgejo has null for none.
          statuses: found.length
            ? found.map(({ id }) => ({ id, status: word, target_url: `${site()}/log` }))
            : null,
        },
      ];
    },
    'change files': ({ repository, account, body }) => {
      may(account, repository);
      const { branch, message, files: changes } = body;
      const rule = repository.protected.get(branch);
      if (rule) throw new Refused(403, rule);
      const parent = repository.head(branch);
      // The first commit makes the branch, which becomes the default.
      const empty = !repository.head();
      if (!parent && !empty) throw missing();
      if (empty) repository.branch = branch;
      // Checks see the branch as it is, not what the same call does.
      const before = parent ? repository.filesOf(repository.parsed(parent).tree) : new Map();
      const files = new Map(before);
      for (const { operation, path, sha, from_path: from = path, content = '' } of changes) {
        const there = before.get(from);
        if (operation !== 'create') {
          if (!there) throw new Refused(404, `object does not exist [id: , rel_path: ${from}]`);
          if (sha !== there.sha)
            throw invalid(`sha does not match [given: ${sha}, expected: ${there.sha}]`);
        }
        if (operation === 'create' || from !== path)
          if (before.has(path)) throw invalid(`repository file already exists [path: ${path}]`);
        files.delete(from);
        if (operation === 'delete') continue;
        const bytes = Buffer.from(content, 'base64');
        if (state.secret && bytes.includes(state.secret))
          throw invalid('remote: secret found in the commit');
        files.set(path, { mode: there?.mode ?? '100644', sha: repository.write('blob', bytes) });
      }
      const tree = repository.writeTree(files);
      const parents = parent ? [parent] : [];
      const sha = repository.commit({ tree, parents, message, author: account.login });
      repository.setRef(`refs/heads/${branch}`, sha);
      deliver(state, repository, branch);
      const shas = parents.map((one) => ({ sha: one }));
      return [201, { files: [], commit: { sha, parents: shas, tree: { sha: tree }, message } }];
    },
    'create fork': ({ repository, account }) => {
      if (repositories.has(`${account.login}/${repository.name.split('/')[1]}`))
        throw new Refused(409, 'repository is already forked by user');
      return [202, repositoryOf(state.forkOf(repository, account.login), account)];
    },
    'sync fork': ({ repository, account }) => {
      may(account, repository);
      repository.lacks = [];
      repository.setRef(`refs/heads/${repository.branch}`, repository.parent.head());
      return [204, ''];
    },
    'list pulls': ({ repository, query }) => {
      const size = Number(query.get('limit'));
      const page = Number(query.get('page'));
      const open = pulls.filter(
        (pull) => pull.repository === repository.name && pull.state === query.get('state'),
      );
      return [200, open.slice((page - 1) * size, page * size)];
    },
    'create pull': ({ repository, account, body }) => {
      if (account.rights.contents !== 'write') throw new Refused(403, 'token does not have scope');
      const [owner, branch] = body.head.includes(':')
        ? body.head.split(':')
        : [repository.name.split('/')[0], body.head];
      const from = [...repositories.values()].find(
        (one) => one.name.startsWith(`${owner}/`) && one.head(branch),
      );
      if (!from || !repository.head(body.base)) throw missing();
      const same = ({ head, state: now }) =>
        head.ref === branch && head.repo.full_name === from.name && now === 'open';
      if (pulls.some(same))
        throw new Refused(409, 'pull request already exists for these targets [id: 1]');
      const number = 41 + pulls.length;
      const pull = {
        number,
        state: 'open',
        title: body.title,
        body: body.body ?? '',
        html_url: `${site()}/${repository.name}/pulls/${number}`,
        head: { ref: branch, label: branch, repo: { full_name: from.name } },
        base: { ref: body.base },
        repository: repository.name,
      };
      pulls.push(pull);
      return [201, pull];
    },
  };
}

// Pull requests have GitHub's names here.
export { close, seen } from './git-host-github.mjs';
