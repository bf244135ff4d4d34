// The calls of GitHub's API that publishing makes: their addresses, the fields of a request, and
// the fields of an answer that are always there. Copied from GitHub's published description
// (api.github.com.json of @octokit/openapi 23.0.2, which has 29 MB and is too large to install).

/** The headers that api.github.com sends with each answer, and to a preflight request. */
export const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset',
};
export const PREFLIGHT = {
  ...CORS,
  'access-control-allow-headers':
    'Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, X-GitHub-OTP, X-Requested-With, User-Agent, GraphQL-Features, X-GitHub-Api-Version',
  'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
  'access-control-max-age': '86400',
};
const REPOSITORY = '/repos/(?<name>[^/]+/[^/]+)';
const at = (rest) => new RegExp(`^${REPOSITORY}${rest}$`);

/**
 * `request`: fields by name, `?` before the type of an optional one; `answer`: fields that an
 * answer always has; `signed`: the call needs a token.
 */
export const OPERATIONS = [
  {
    call: 'get user',
    id: 'users/get-authenticated',
    method: 'GET',
    path: /^\/user$/,
    signed: true,
    status: 200,
    answer: { login: 'string', id: 'number', avatar_url: 'string', html_url: 'string' },
  },
  {
    call: 'get commit by name',
    id: 'repos/get-commit',
    method: 'GET',
    path: at('/commits/(?<rest>.+)'),
    status: 200,
  },
  {
    call: 'get ref',
    id: 'git/get-ref',
    method: 'GET',
    path: at('/git/ref/(?<rest>.+)'),
    status: 200,
    answer: { ref: 'string', node_id: 'string', url: 'string', object: 'object' },
  },
  {
    call: 'get commit',
    id: 'git/get-commit',
    method: 'GET',
    path: at('/git/commits/(?<rest>[^/]+)'),
    status: 200,
    answer: {
      sha: 'string',
      url: 'string',
      html_url: 'string',
      message: 'string',
      tree: 'object',
      parents: 'object',
      author: 'object',
      committer: 'object',
      verification: 'object',
    },
  },
  {
    call: 'get tree',
    id: 'git/get-tree',
    method: 'GET',
    path: at('/git/trees/(?<rest>.+)'),
    status: 200,
    answer: { sha: 'string', tree: 'object', truncated: 'boolean' },
  },
  {
    call: 'get blob',
    id: 'git/get-blob',
    method: 'GET',
    path: at('/git/blobs/(?<rest>[^/]+)'),
    status: 200,
    answer: {
      sha: 'string',
      size: 'number',
      url: 'string',
      content: 'string',
      encoding: 'string',
      node_id: 'string',
    },
  },
  {
    call: 'create blob',
    id: 'git/create-blob',
    method: 'POST',
    path: at('/git/blobs'),
    signed: true,
    status: 201,
    request: { content: 'string', encoding: '?string' },
    answer: { sha: 'string', url: 'string' },
  },
  {
    call: 'create tree',
    id: 'git/create-tree',
    method: 'POST',
    path: at('/git/trees'),
    signed: true,
    status: 201,
    request: {
      tree: [
        { path: '?string', mode: '?string', type: '?string', sha: '?sha', content: '?string' },
      ],
      base_tree: '?string',
    },
    answer: { sha: 'string', tree: 'object', truncated: 'boolean' },
  },
  {
    call: 'create commit',
    id: 'git/create-commit',
    method: 'POST',
    path: at('/git/commits'),
    signed: true,
    status: 201,
    request: {
      message: 'string',
      tree: 'string',
      parents: '?object',
      author: '?object',
      committer: '?object',
      signature: '?string',
    },
    answer: {
      sha: 'string',
      url: 'string',
      html_url: 'string',
      message: 'string',
      tree: 'object',
      parents: 'object',
      author: 'object',
      committer: 'object',
      verification: 'object',
    },
  },
  {
    call: 'update ref',
    id: 'git/update-ref',
    method: 'PATCH',
    path: at('/git/refs/(?<rest>.+)'),
    signed: true,
    status: 200,
    request: { sha: 'string', force: '?boolean' },
    answer: { ref: 'string', node_id: 'string', url: 'string', object: 'object' },
  },
  {
    call: 'create ref',
    id: 'git/create-ref',
    method: 'POST',
    path: at('/git/refs'),
    signed: true,
    status: 201,
    request: { ref: 'string', sha: 'string' },
    answer: { ref: 'string', node_id: 'string', url: 'string', object: 'object' },
  },
  {
    call: 'compare',
    id: 'repos/compare-commits',
    method: 'GET',
    path: at('/compare/(?<rest>.+)'),
    status: 200,
    answer: { status: 'string', ahead_by: 'number', behind_by: 'number', total_commits: 'number' },
  },
  {
    call: 'create fork',
    id: 'repos/create-fork',
    method: 'POST',
    path: at('/forks'),
    signed: true,
    status: 202,
    request: { organization: '?string', name: '?string', default_branch_only: '?boolean' },
    answer: { full_name: 'string', default_branch: 'string', owner: 'object', fork: 'boolean' },
  },
  {
    call: 'list pulls',
    id: 'pulls/list',
    method: 'GET',
    path: at('/pulls'),
    status: 200,
  },
  {
    call: 'create pull',
    id: 'pulls/create',
    method: 'POST',
    path: at('/pulls'),
    signed: true,
    status: 201,
    request: {
      head: 'string',
      base: 'string',
      title: '?string',
      head_repo: '?string',
      body: '?string',
      maintainer_can_modify: '?boolean',
      draft: '?boolean',
      issue: '?number',
    },
    answer: { number: 'number', html_url: 'string', state: 'string', head: 'object' },
  },
  {
    call: 'get repository',
    id: 'repos/get',
    method: 'GET',
    path: at(''),
    status: 200,
    answer: {
      full_name: 'string',
      default_branch: 'string',
      private: 'boolean',
      owner: 'object',
      html_url: 'string',
    },
  },
];
