// GitHub's API of new repositories, of Pages and of deployments for git-host.mjs, and Pages itself:
// a site shows the commit that was deployed last.

import { Refused, repositoryPath } from './git-host-fields.mjs';

const RIGHTS = 'Resource not accessible by personal access token';

export const PAGES_OPERATIONS = [
  {
    call: 'create repository',
    id: 'repos/create-for-authenticated-user',
    method: 'POST',
    path: /^\/user\/repos$/,
    signed: true,
    status: 201,
    request: {
      name: 'string',
      description: '?string',
      homepage: '?string',
      private: '?boolean',
      auto_init: '?boolean',
    },
    answer: { full_name: 'string', default_branch: 'string', private: 'boolean' },
  },
  {
    call: 'create file',
    id: 'repos/create-or-update-file-contents',
    method: 'PUT',
    path: repositoryPath('/contents/(?<rest>.+)'),
    signed: true,
    status: 201,
    request: { message: 'string', content: 'string', sha: '?string', branch: '?string' },
    answer: { content: 'object', commit: 'object' },
  },
  {
    call: 'get pages',
    id: 'repos/get-pages',
    method: 'GET',
    path: repositoryPath('/pages'),
    status: 200,
    answer: { url: 'string', html_url: 'string', public: 'boolean' },
  },
  {
    call: 'create pages',
    id: 'repos/create-pages-site',
    method: 'POST',
    path: repositoryPath('/pages'),
    signed: true,
    status: 201,
    request: { build_type: '?string', source: '?object' },
    answer: { url: 'string', html_url: 'string', public: 'boolean' },
  },
  {
    call: 'list deployments',
    id: 'repos/list-deployments',
    method: 'GET',
    path: repositoryPath('/deployments'),
    status: 200,
    answer: { id: 'number', sha: 'string', environment: 'string', statuses_url: 'string' },
  },
  {
    call: 'list deployment statuses',
    id: 'repos/list-deployment-statuses',
    method: 'GET',
    path: repositoryPath('/deployments/(?<rest>\\d+)/statuses'),
    status: 200,
    answer: { id: 'number', state: 'string', log_url: '?string' },
  },
];

/** A file of a site on Pages; undefined for other addresses. */
export function pageOf({ repositories, deployed }, { pathname }) {
  const [, name, path] = /^\/pages\/([^/]+\/[^/]+)\/(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
  if (!name) return undefined;
  const commit = deployed.get(name);
  const repository = repositories.get(name);
  const at = path.replace(/(^|\/)$/, '$1index.html');
  return { bytes: commit && repository.file(commit, at), page: at };
}

export function pagesCalls(state, { url, site }) {
  const { repositories, pages, deployed } = state;
  const siteOf = (name) => ({
    url: `${url()}/repos/${name}/pages`,
    html_url: `${url()}/pages/${name}/`,
    status: deployed.has(name) ? 'built' : null,
    cname: null,
    custom_404: false,
    public: true,
  });
  /** Tokens for one repository can't make another; administration is a right of its own. */
  const governs = ({ only, rights }, needed) => {
    if (only || needed.some((right) => rights[right] !== 'write')) throw new Refused(403, RIGHTS);
  };
  return {
    'create repository': ({ account, body }) => {
      governs(account, ['administration']);
      const name = `${account.login}/${body.name}`;
      if (repositories.has(name))
        throw new Refused(422, 'Repository creation failed.', {
          errors: [
            {
              resource: 'Repository',
              code: 'custom',
              field: 'name',
              message: 'name already exists on this account',
            },
          ],
        });
      state.add(name);
      return [
        201,
        {
          id: 2,
          name: body.name,
          full_name: name,
          private: !!body.private,
          default_branch: 'main',
          html_url: `${site()}/${name}`,
        },
      ];
    },
    'create file': ({ repository, account, rest, body }) => {
      if (account.rights.contents !== 'write' || !repository.name.startsWith(`${account.login}/`))
        throw new Refused(403, RIGHTS);
      const branch = body.branch ?? repository.branch;
      const parent = repository.head(branch);
      const files = parent ? repository.filesOf(repository.parsed(parent).tree) : new Map();
      if (files.has(rest) && files.get(rest).sha !== body.sha)
        throw new Refused(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
      const sha = repository.write('blob', Buffer.from(body.content, 'base64'));
      files.set(rest, { mode: '100644', sha });
      const tree = repository.writeTree(files);
      const parents = parent ? [parent] : [];
      const { message } = body;
      const commit = repository.commit({ tree, parents, message, author: account.login });
      repository.setRef(`refs/heads/${branch}`, commit);
      return [201, { content: { path: rest, sha }, commit: { sha: commit, message } }];
    },
    'get pages': ({ repository: { name } }) => {
      if (!pages.has(name)) throw new Refused(404, 'Not Found');
      return [200, siteOf(name)];
    },
    'create pages': ({ repository: { name, branch, head }, account, body }) => {
      governs(account, ['administration', 'pages']);
      if (pages.has(name)) throw new Refused(409, 'GitHub Pages is already enabled.');
      if (!head.call(repositories.get(name), branch))
        throw new Refused(422, `The ${branch} branch must exist before GitHub Pages can be built.`);
      pages.set(name, body.source);
      return [201, siteOf(name)];
    },
    'list deployments': ({ repository: { name }, query }) => [
      200,
      state.deployments
        .filter((one) => one.name === name && one.sha === query.get('sha'))
        .map(({ id, sha }) => ({
          id,
          sha,
          environment: 'github-pages',
          statuses_url: `${url()}/x`,
        })),
    ],
    'list deployment statuses': ({ rest }) => [
      200,
      state.deployments
        .filter(({ id }) => id === Number(rest))
        .map(({ id, state: word }) => ({ id, state: word, log_url: `${site()}/log` })),
    ],
  };
}
