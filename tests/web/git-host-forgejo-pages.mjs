// Forgejo's API of new repositories and of webhooks for git-host.mjs, and codeberg.page: it shows
// the branch `pages` of a repository whose webhook told it of a push. Fields are those of
// swagger.v1.json; rights those of routers/api/v1/api.go.

import { Refused, repositoryPath } from './git-host-fields.mjs';

const HOOK = { id: 'number', type: 'string', config: 'object', active: 'boolean' };

export const PAGES_OPERATIONS = [
  {
    call: 'create repository',
    method: 'POST',
    path: /^\/user\/repos$/,
    signed: true,
    status: 201,
    request: {
      name: 'string',
      private: '?boolean',
      auto_init: '?boolean',
      default_branch: '?string',
    },
    answer: { id: 'number', full_name: 'string', default_branch: 'string', empty: 'boolean' },
  },
  {
    call: 'list hooks',
    method: 'GET',
    path: repositoryPath('/hooks'),
    signed: true,
    status: 200,
    answer: HOOK,
  },
  {
    call: 'create hook',
    method: 'POST',
    path: repositoryPath('/hooks'),
    signed: true,
    status: 201,
    request: {
      type: 'string',
      config: 'object',
      events: '?object',
      branch_filter: '?string',
      active: '?boolean',
    },
    answer: HOOK,
  },
  {
    call: 'delete hook',
    method: 'DELETE',
    path: repositoryPath('/hooks/(?<rest>\\d+)'),
    signed: true,
    status: 204,
  },
  {
    call: 'test hook',
    method: 'POST',
    path: repositoryPath('/hooks/(?<rest>\\d+)/tests'),
    signed: true,
    status: 204,
  },
];

const scope = (name) =>
  new Refused(403, `token does not have at least one of required scope(s): [write:${name}]`);

const hooksOf = (state, { name }) => state.hooks.filter((hook) => hook.repository === name);

/** A push is told to the webhooks that want it; codeberg.page takes its own repositories alone. */
export function deliver(state, repository, branch) {
  const [owner, name] = repository.name.split('/');
  const address = `https://${owner}.codeberg.page/${name}/`;
  for (const { config, branch_filter: filter, active } of hooksOf(state, repository))
    if (active && filter === branch && config.url === address)
      state.deployed.set(repository.name, repository.head('pages'));
}

export function pagesCalls(state, { repositoryOf, may }) {
  const { repositories } = state;
  return {
    'create repository': ({ account, body }) => {
      if (account.rights.user !== 'write') throw scope('user');
      if (account.rights.contents !== 'write') throw scope('repository');
      const name = `${account.login}/${body.name}`;
      if (repositories.has(name))
        throw new Refused(409, 'The repository with the same name already exists.');
      const made = state.add(name);
      made.branch = body.default_branch ?? made.branch;
      return [201, repositoryOf(made, account)];
    },
    'list hooks': ({ repository, account }) => {
      may(account, repository);
      return [200, hooksOf(state, repository)];
    },
    'create hook': ({ repository, account, body }) => {
      may(account, repository);
      const hook = { ...body, id: (state.hooks.at(-1)?.id ?? 0) + 1, repository: repository.name };
      state.hooks.push(hook);
      return [201, hook];
    },
    'delete hook': ({ repository, account, rest }) => {
      may(account, repository);
      const at = state.hooks.findIndex(({ id }) => id === Number(rest));
      if (at < 0) throw new Refused(404, 'webhook does not exist');
      state.hooks.splice(at, 1);
      return [204, ''];
    },
    'test hook': ({ repository, account, rest }) => {
      may(account, repository);
      if (!hooksOf(state, repository).some(({ id }) => id === Number(rest)))
        throw new Refused(404, 'webhook does not exist');
      deliver(state, repository, repository.branch);
      return [204, ''];
    },
  };
}
