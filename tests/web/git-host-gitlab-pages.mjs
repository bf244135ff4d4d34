// GitLab's API of new projects and of Pages for git-host.mjs, and Pages itself: a pipeline runs the
// job of .gitlab-ci.yml, and the site shows what it leaves in public/. Fields are those of
// doc/api/projects.md and doc/api/pages.md.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refused } from './git-host-fields.mjs';

export const PAGES_OPERATIONS = [
  {
    call: 'create project',
    method: 'POST',
    path: /^\/projects$/,
    signed: true,
    status: 201,
    request: {
      name: 'string',
      path: '?string',
      visibility: '?string',
      pages_access_level: '?string',
    },
    answer: { id: 'number', path_with_namespace: 'string', visibility: 'string' },
  },
  {
    call: 'get pages',
    method: 'GET',
    path: /^\/projects\/(?<name>[^/]+)\/pages$/,
    signed: true,
    status: 200,
    answer: {
      url: 'string',
      is_unique_domain_enabled: 'boolean',
      force_https: 'boolean',
      deployments: 'object',
    },
  },
];

/** The job's script as the runner reads it: the items of its list, literal blocks as they are. */
function scriptOf(pipeline) {
  const [, list] = /^ {2}script:\n((?: {4}.*\n| *\n)+)/m.exec(pipeline);
  return list
    .replace(/^ {4}- (\|\n)?/gm, '')
    .replace(/^ {6}/gm, '')
    .concat('\n');
}

/** Runs the pipeline of a commit, and gives the files of public/ by path. */
export function build(repository, commit, folder) {
  const files = repository.filesOf(repository.parsed(commit).tree);
  if (!files.has('.gitlab-ci.yml')) return undefined;
  const work = join(folder, `job-${commit}`);
  for (const [path, { sha }] of files) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), repository.read(sha).data);
  }
  const script = scriptOf(repository.file(commit, '.gitlab-ci.yml').toString());
  execFileSync('sh', ['-e', '-c', script], { cwd: work, stdio: 'pipe' });
  const at = join(work, 'public');
  const paths = readdirSync(at, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  return new Map(
    paths.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(at.length + 1), readFileSync(path)];
    }),
  );
}

/** A file of a site on Pages; undefined for other addresses. */
export function pageOf({ artifacts }, { pathname }) {
  const [, name, path] = /^\/pages\/([^/]+\/[^/]+)\/(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
  if (!name) return undefined;
  const at = path.replace(/(^|\/)$/, '$1index.html');
  return { bytes: artifacts.get(name)?.get(at), page: at };
}

export function pagesCalls(state, { url, projectOf }) {
  const { repositories } = state;
  return {
    'create project': ({ account, body }) => {
      // A token of one project is of an account of its own, which can't create others.
      if (account.only) throw new Refused(403, 'Forbidden');
      if (account.rights.contents !== 'write')
        throw new Refused(403, 'insufficient_scope', { plain: true });
      const name = `${account.login}/${body.path ?? body.name}`;
      const taken = ['has already been taken'];
      if (repositories.has(name))
        throw new Refused(400, 'Validation failed', { said: { name: taken, path: taken } });
      const { visibility } = body;
      return [201, { ...projectOf(state.add(name), account), visibility }];
    },
    'get pages': ({ repository, account }) => {
      if (!state.pushes(account.login, repository)) throw new Refused(403, 'Forbidden');
      return [
        200,
        {
          url: `${url()}/pages/${repository.name}`,
          is_unique_domain_enabled: false,
          force_https: false,
          deployments: [],
          primary_domain: null,
        },
      ];
    },
  };
}
