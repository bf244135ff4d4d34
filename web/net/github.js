// GitHub's API: the tree of a repository.

import { meta, site } from '../base/site_state.js';
import { reportedLater, request } from './fetch.js';

/** The repository of this site, as far as the shell's settings and the address show it. */
export function repositoryHere() {
  const { hostname } = location;
  const owner = /^([^.]+)\.github\.io$/.exec(hostname)?.[1];
  return meta('repository') ?? (owner && `${owner}/${site.root.slice(1, -1) || hostname}`);
}

const api = () => meta('github-api') ?? 'https://api.github.com';

/**
 * Requests the tree of a repository from GitHub.
 * @param {string} repository `OWNER/NAME`, perhaps `@BRANCH`
 */
export function requestTree(repository) {
  const [name, branch = 'HEAD'] = repository.split('@');
  const url = `${api()}/repos/${name}/git/trees/${encodeURIComponent(branch)}?recursive=1`;
  return reportedLater(request(url, repository, { cache: 'no-cache' }));
}

/**
 * Requests the hash of the last commit, as text.
 * @param {string} repository `OWNER/NAME`, perhaps `@BRANCH`
 */
export function requestCommit(repository) {
  const [name, branch = 'HEAD'] = repository.split('@');
  const url = `${api()}/repos/${name}/commits/${encodeURIComponent(branch)}`;
  const headers = { accept: 'application/vnd.github.sha' };
  return request(url, repository, { cache: 'no-cache', headers });
}

/** The reason why GitHub gives no tree. @param {Response} response */
export function refusal({ status, headers }) {
  if (status === 404) return 'GitHub knows no such repository or branch (404).';
  const none = headers.get('x-ratelimit-remaining') === '0';
  if (status !== 429 && !none) return `GitHub refused to give it (${status}).`;
  const reset = Number(headers.get('x-ratelimit-reset'));
  const until = reset ? `until ${new Date(reset * 1000).toLocaleTimeString()}` : 'for a while';
  return `GitHub answers no more questions from this network ${until} (${status}).`;
}
