// GitHub's API: the tree of a repository. Forgejo's has the same tree, for a site on Codeberg.

import { meta, site } from '../base/site_state.js';
import { reportedLater, request } from './fetch.js';

/** The repository of this site, as far as the shell's settings and the address show it. */
export function repositoryHere() {
  const { hostname } = location;
  const owner = /^([^.]+)\.github\.io$/.exec(hostname)?.[1];
  return meta('repository') ?? (owner && `${owner}/${site.root.slice(1, -1) || hostname}`);
}

const api = () => meta('github-api') ?? 'https://api.github.com';
/** Who is asked, in words: the host with Forgejo's API, else GitHub. */
export const askedHost = () => /^https?:\/\/([^/]+)\/api\/v1$/.exec(api())?.[1] ?? 'GitHub';

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

/** The reason why there is no tree. @param {Response} response */
export function refusal({ status, headers }) {
  const host = askedHost();
  if (status === 404) return `${host} knows no such repository or branch (404).`;
  const none = headers.get('x-ratelimit-remaining') === '0';
  if (status !== 429 && !none) return `${host} refused to give it (${status}).`;
  const reset = Number(headers.get('x-ratelimit-reset'));
  const until = reset ? `until ${new Date(reset * 1000).toLocaleTimeString()}` : 'for a while';
  return `${host} answers no more questions from this network ${until} (${status}).`;
}
