// GitLab's API for git-host.mjs. Fields are those of GitLab's documentation: doc/api/commits.md,
// branches.md, repositories.md, projects.md, project_forks.md and merge_requests.md; refusals those
// of app/services/files/multi_service.rb and app/services/commits/create_service.rb.

import assert from 'node:assert/strict';
import { Refused } from './git-host-fields.mjs';
import { PAGES_OPERATIONS, pageOf, pagesCalls } from './git-host-gitlab-pages.mjs';

export { build } from './git-host-gitlab-pages.mjs';

/** What all addresses begin with. */
export const PREFIX = '/api/v4';
export const TOKEN = 'glpat-AAAAAAAAAAAAAAAA';
export const PROTECTED = 'You are not allowed to push into this branch';

/** The headers of config/application.rb. */
export const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'Link, X-Total, X-Total-Pages, X-Per-Page, X-Page, X-Next-Page, X-Prev-Page, X-Gitlab-Blob-Id, X-Gitlab-Commit-Id, X-Gitlab-Content-Sha256, X-Gitlab-Encoding, X-Gitlab-File-Name, X-Gitlab-File-Path, X-Gitlab-Last-Commit-Id, X-Gitlab-Ref, X-Gitlab-Size, X-Request-Id',
};
export const PREFLIGHT = {
  ...CORS,
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS',
  'access-control-max-age': '7200',
};

// The name of a project is one part of the address, with its slashes encoded.
const at = (rest) => new RegExp(`^/projects/(?<name>[^/]+)${rest}$`);
const COMMIT = {
  id: 'string',
  short_id: 'string',
  title: 'string',
  message: 'string',
  parent_ids: 'object',
  author_name: 'string',
};
const PROJECT = {
  id: 'number',
  path_with_namespace: 'string',
  default_branch: 'string',
  web_url: 'string',
};
const MERGE = { iid: 'number', web_url: 'string', state: 'string', source_project_id: 'number' };

export const OPERATIONS = [
  ...PAGES_OPERATIONS,
  {
    call: 'get user',
    method: 'GET',
    path: /^\/user$/,
    signed: true,
    status: 200,
    answer: { id: 'number', username: 'string' },
  },
  { call: 'get version', method: 'GET', path: /^\/version$/, signed: true, status: 200 },
  { call: 'get project', method: 'GET', path: at(''), status: 200, answer: PROJECT },
  {
    call: 'get branch',
    method: 'GET',
    path: at('/repository/branches/(?<rest>[^/]+)'),
    status: 200,
    answer: { name: 'string', commit: 'object', protected: 'boolean' },
  },
  {
    call: 'list tree',
    method: 'GET',
    path: at('/repository/tree'),
    status: 200,
    answer: { id: 'string', path: 'string', name: 'string', type: 'string', mode: 'string' },
  },
  {
    call: 'get blob',
    method: 'GET',
    path: at('/repository/blobs/(?<rest>[^/]+)'),
    status: 200,
    answer: { size: 'number', encoding: 'string', content: 'string', sha: 'string' },
  },
  {
    call: 'list commits',
    method: 'GET',
    path: at('/repository/commits'),
    status: 200,
    answer: COMMIT,
  },
  {
    call: 'create commit',
    method: 'POST',
    path: at('/repository/commits'),
    signed: true,
    status: 201,
    request: {
      branch: 'string',
      commit_message: 'string',
      actions: [
        {
          action: 'string',
          file_path: 'string',
          previous_path: '?string',
          content: '?string',
          encoding: '?string',
          last_commit_id: '?string',
          execute_filemode: '?boolean',
        },
      ],
      start_sha: '?string',
      start_project: '?string',
    },
    answer: COMMIT,
  },
  {
    call: 'list pipelines',
    method: 'GET',
    path: at('/pipelines'),
    status: 200,
    answer: { id: 'number', sha: 'string', status: 'string', web_url: 'string' },
  },
  { call: 'list forks', method: 'GET', path: at('/forks'), status: 200, answer: PROJECT },
  {
    call: 'create fork',
    method: 'POST',
    path: at('/fork'),
    signed: true,
    status: 201,
    request: {},
    answer: { ...PROJECT, import_status: 'string' },
  },
  {
    call: 'list pulls',
    method: 'GET',
    path: at('/merge_requests'),
    status: 200,
    answer: MERGE,
  },
  {
    call: 'create pull',
    method: 'POST',
    path: at('/merge_requests'),
    signed: true,
    status: 201,
    request: {
      source_branch: 'string',
      target_branch: 'string',
      title: 'string',
      description: '?string',
      target_project_id: '?number',
    },
    answer: MERGE,
  },
];

/** The token of a request. */
export const tokenIn = ({ authorization = '' }) => /^Bearer (.+)$/.exec(authorization)?.[1];

/** The body of a refusal. */
export const bodyOf = (message, status, more) =>
  status === 403 && !more?.plain
    ? { message: `403 Forbidden - ${message}` }
    : { message: status === 401 ? '401 Unauthorized' : (more?.said ?? message) };

/** Headers of an answer. */
export const sent = () => ({ 'content-type': 'application/json' });

/** A file as the API has it without a token; undefined for other addresses. */
export function rawOf(state, address) {
  const { repositories } = state;
  const { pathname, searchParams } = address;
  const page = pageOf(state, address);
  if (page) return page;
  const [, project, file] =
    /^\/api\/v4\/projects\/([^/]+)\/repository\/files\/([^/]+)\/raw$/.exec(pathname) ?? [];
  if (!project) return undefined;
  const repository = repositories.get(decodeURIComponent(project));
  const commit = repository?.resolve(searchParams.get('ref'));
  return { bytes: commit && repository.file(commit, decodeURIComponent(file)) };
}

/** The calls, by their names in the table of fields. */
export function callsOf(state, { url, site }) {
  const { repositories, pulls } = state;
  const idOf = (repository) => [...repositories.values()].indexOf(repository) + 1;
  const projectOf = (repository, account) => ({
    id: idOf(repository),
    name: repository.name.split('/').pop(),
    path_with_namespace: repository.name,
    default_branch: repository.branch,
    web_url: `${site()}/${repository.name}`,
    archived: false,
    import_status: 'finished',
    ...(account && {
      permissions: {
        project_access: state.pushes(account.login, repository) ? { access_level: 40 } : null,
        group_access: null,
      },
    }),
  });
  const commitOf = (repository, sha) => {
    const { parents, author, committer, message } = repository.parsed(sha);
    return {
      id: sha,
      short_id: sha.slice(0, 8),
      created_at: committer.date,
      parent_ids: parents,
      title: message.split('\n')[0],
      message,
      author_name: author.name,
      author_email: author.email,
      web_url: `${site()}/${repository.name}/-/commit/${sha}`,
    };
  };
  const gone = (what) => new Refused(404, `404 ${what} Not Found`);
  const wrong = (message) => new Refused(400, message);
  /** The last commit that changed a path: the newest of those without a parent that has it so. */
  function lastFor(repository, commit, path) {
    const shaIn = (sha) => repository.filesOf(repository.parsed(sha).tree).get(path)?.sha;
    return repository
      .history(commit)
      .find((sha) => repository.parsed(sha).parents.every((one) => shaIn(one) !== shaIn(sha)));
  }
  const changedSince = (repository, tip, known, path) =>
    !!known && lastFor(repository, tip, path) !== lastFor(repository, known, path);

  const projectById = (id) => [...repositories.values()][id - 1];

  return {
    ...pagesCalls(state, { url, projectOf }),
    'get user': ({ account }) => [200, { id: 1, username: account.login, name: 'A Person' }],
    'get version': () => [200, { version: '18.0.0', revision: 'x' }],
    'get project': ({ repository, account }) => [200, projectOf(repository, account)],
    'get branch': ({ repository, rest }) => {
      const sha = repository.head(rest);
      if (!sha) throw gone('Branch');
      const commit = commitOf(repository, sha);
      return [200, { name: rest, commit, protected: false, default: rest === repository.branch }];
    },
    'list tree': ({ repository, query }) => {
      const commit = repository.resolve(query.get('ref'));
      if (!commit) throw gone('Tree');
      assert.equal(query.get('pagination'), 'keyset');
      const all = repository.list(repository.parsed(commit).tree);
      const size = Math.min(state.page ?? 100, Number(query.get('per_page')));
      const token = query.get('page_token');
      const from = token ? all.findIndex(({ path }) => path === token) + 1 : 0;
      const page = all.slice(from, from + size);
      const last = page[page.length - 1];
      const next = new URL(`${url()}${PREFIX}/projects/x/repository/tree`);
      next.searchParams.set('page_token', last?.path ?? '');
      return [
        200,
        page.map(({ path, mode, type, sha }) => ({
          id: sha,
          name: path.split('/').pop(),
          type,
          path,
          mode,
        })),
        from + size < all.length ? { link: `<${next}>; rel="next"` } : {},
      ];
    },
    'get blob': ({ repository, rest }) => {
      const { type, data } = repository.read(rest) ?? {};
      if (type !== 'blob') throw gone('Blob');
      const content = data.toString('base64');
      return [200, { size: data.length, encoding: 'base64', content, sha: rest }];
    },
    'list commits': ({ repository, query }) => {
      const sha = repository.resolve(query.get('ref_name'));
      if (!sha) throw gone('Branch');
      const page = repository.history(sha).slice(0, Number(query.get('per_page')));
      return [200, page.map((one) => commitOf(repository, one))];
    },
    'create commit': ({ repository, account, body }) => {
      const { branch, start_sha: start, start_project: from, actions } = body;
      if (account.rights.contents !== 'write')
        throw new Refused(403, 'insufficient_scope', { plain: true });
      if (!state.pushes(account.login, repository)) throw new Refused(403, 'Forbidden');
      const rule = repository.protected.get(branch);
      if (rule) throw wrong(rule);
      const tip = repository.head(branch);
      assert.ok(!('force' in body), 'a branch is never forced');
      if (start && tip)
        throw wrong(
          `A branch called '${branch}' already exists. Switch to that branch in order to make changes`,
        );
      // The first commit makes the branch.
      const empty = !repository.head();
      if (!start && !tip && !empty)
        throw wrong('You can only create or edit files when you are on a branch');
      // GitLab fetches it from the other project.
      const source = from ? repositories.get(from) : repository;
      if (start && source?.typeOf(start) !== 'commit') throw wrong('Cannot find start_sha');
      const parent = start ?? tip;
      const files = parent ? repository.filesOf(repository.parsed(parent).tree) : new Map();
      for (const { action, file_path: path, previous_path: before, ...one } of actions) {
        const bytes = Buffer.from(one.content ?? '', one.encoding === 'base64' ? 'base64' : 'utf8');
        if (state.secret && bytes.includes(state.secret))
          throw wrong('PUSH BLOCKED: Secrets detected in code changes');
        const at = action === 'move' ? before : path;
        if (action !== 'create' && !files.has(at))
          throw wrong("A file with this name doesn't exist");
        if (tip && changedSince(repository, tip, one.last_commit_id, at))
          throw wrong(
            `You are attempting to ${action} a file \`${at}\` that has changed since you started editing it.`,
          );
        if (/create|move/.test(action) && files.has(path))
          throw wrong('A file with this name already exists');
        const mode = one.execute_filemode ? '100755' : (files.get(at)?.mode ?? '100644');
        if (action === 'move' || action === 'delete') files.delete(at);
        if (action !== 'delete') files.set(path, { mode, sha: repository.write('blob', bytes) });
      }
      const sha = repository.commit({
        tree: repository.writeTree(files),
        parents: parent ? [parent] : [],
        message: body.commit_message,
        author: account.login,
      });
      repository.setRef(`refs/heads/${branch}`, sha);
      return [201, commitOf(repository, sha)];
    },
    'list pipelines': ({ repository: { name }, query }) => [
      200,
      state.deployments
        .filter((one) => one.name === name && one.sha === query.get('sha'))
        .map(({ id, sha, state: word }) => ({
          id,
          sha,
          status: { in_progress: 'running', failure: 'failed' }[word] ?? word,
          web_url: `${site()}/${name}/-/pipelines/${id}`,
        })),
    ],
    'list forks': ({ repository, account, query }) => {
      assert.equal(query.get('owned'), 'true');
      const found = [...repositories.values()].filter(
        ({ name, parent }) => parent === repository && name.startsWith(`${account?.login}/`),
      );
      return [200, found.map((one) => projectOf(one, account))];
    },
    'create fork': ({ repository, account }) => {
      if (account.only) throw new Refused(403, 'Forbidden');
      if (repositories.has(`${account.login}/${repository.name.split('/').pop()}`))
        throw new Refused(409, 'Project namespace name has already been taken');
      const fork = state.forkOf(repository, account.login);
      return [201, { ...projectOf(fork, account), import_status: 'scheduled' }];
    },
    'list pulls': ({ repository, query }) => [
      200,
      pulls.filter(
        (pull) =>
          pull.repository === repository.name &&
          pull.source_branch === query.get('source_branch') &&
          pull.state === 'opened',
      ),
    ],
    'create pull': ({ repository, account, body }) => {
      if (account.rights.pull_requests !== 'write') throw new Refused(403, 'Forbidden');
      const target = projectById(body.target_project_id) ?? repository;
      if (!repository.head(body.source_branch) || !target.head(body.target_branch))
        throw new Refused(400, 'Validation failed');
      const source = idOf(repository);
      const same = ({ source_branch: branch, source_project_id: id, state: now }) =>
        branch === body.source_branch && id === source && now === 'opened';
      if (pulls.some(same))
        throw new Refused(409, 'Another open merge request already exists for this source branch');
      const iid = 41 + pulls.length;
      const pull = {
        id: iid,
        iid,
        state: 'opened',
        title: body.title,
        description: body.description ?? null,
        web_url: `${site()}/${target.name}/-/merge_requests/${iid}`,
        source_branch: body.source_branch,
        target_branch: body.target_branch,
        source_project_id: source,
        target_project_id: idOf(target),
        repository: target.name,
      };
      pulls.push(pull);
      return [201, pull];
    },
  };
}

/** What a test sees of a pull request. */
export const seen = ({ title, description, source_branch: branch, target_branch: base }) => ({
  title,
  body: description,
  branch,
  base,
});
export const close = (pull) => (pull.state = 'closed');
