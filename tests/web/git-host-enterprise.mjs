// GitHub Enterprise for git-host.mjs: GitHub's API below a path. Its files come by the API alone,
// as they are if that is asked for (docs.github.com, "Get repository content").

import { Refused } from './git-host-fields.mjs';
import * as github from './git-host-github.mjs';
import { pageOf } from './git-host-github-pages.mjs';

export * from './git-host-github.mjs';
export const PREFIX = '/api/v3';
export const OPERATIONS = [
  ...github.OPERATIONS,
  {
    call: 'get meta',
    method: 'GET',
    path: /^\/meta$/,
    status: 200,
    answer: { installed_version: 'string' },
  },
  {
    call: 'get contents',
    method: 'GET',
    path: /^\/repos\/(?<name>[^/]+\/[^/]+)\/contents\/(?<rest>.+)$/,
    status: 200,
  },
];
export const rawOf = pageOf;

export function callsOf(state, where) {
  return {
    ...github.callsOf(state, where),
    'get meta': () => [
      200,
      { verifiable_password_authentication: true, installed_version: '3.17' },
    ],
    'get contents': ({ repository, rest, query, headers }) => {
      const commit = repository.resolve(query.get('ref'));
      const bytes = commit && repository.file(commit, rest);
      if (!bytes) throw new Refused(404, 'Not Found');
      if (/application\/vnd\.github\.raw\+json/.test(headers.accept)) return [200, bytes];
      return [200, { type: 'file', encoding: 'base64', content: bytes.toString('base64') }];
    },
  };
}
