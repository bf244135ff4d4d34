// A first site on GitHub: a new repository, its first commit, and Pages.
// https://docs.github.com/rest/repos/repos, …/repos/contents, …/pages/pages

import { toBase64 } from '../project/base64.js';

/**
 * What a host offers for a first site. `create`: a public repository of the account, still empty;
 * `begin`: its first commit, of one file; `enable` switches its site on; `by…`: where the reader
 * does it by hand; `words`, `tokenForm`: of a token that may do all of it.
 * @typedef {{ words: import('./host.js').Words, tokenForm: string, create(name: string):
 *   Promise<import('./host.js').Repository>, begin(name: string, path: string, bytes: Uint8Array,
 *   message: string): Promise<{ commit: string }>, enable(name: string, branch: string):
 *   Promise<string>, byCreating(name: string): string, byEnabling(name: string): string }} First
 */

/**
 * @param {string} site
 * @param {import('./host.js').Words} words
 * @param {(method: 'POST' | 'PUT', path: string, body: object) => Promise<any>} once
 * @returns {First}
 */
export function firstOn(site, words, once) {
  const rights = ['administration', 'contents', 'pages', 'pull_requests'];
  const fields = new URLSearchParams({
    name: 'My first site',
    description: `Publish from ${location.host}`,
    expires_in: '30',
    ...Object.fromEntries(rights.map((right) => [right, 'write'])),
  });
  return {
    words: {
      ...words,
      form: () =>
        'In its form, choose “All repositories”, and under “Permissions”: “Administration”, “Contents”, “Pages” and “Pull requests”, each “Read and write”. A new repository can’t be named before it is there: make another token for it later.',
      can: () => [
        'create and delete your repositories',
        'read and change files in all of them',
        'turn on Pages',
      ],
      cannot: ['change your account', 'see your password'],
    },
    tokenForm: `${site}/settings/personal-access-tokens/new?${fields}`,
    async create(name) {
      const made = await once('POST', '/user/repos', { name, private: false, auto_init: false });
      return { name: String(made.full_name), branch: String(made.default_branch), push: true };
    },
    async begin(name, path, bytes, message) {
      const { commit } = await once('PUT', `/repos/${name}/contents/${path}`, {
        message,
        content: toBase64(bytes),
      });
      return { commit: String(commit?.sha) };
    },
    async enable(name, branch) {
      const source = { branch, path: '/' };
      return String((await once('POST', `/repos/${name}/pages`, { source })).html_url);
    },
    byCreating: (name) => `${site}/new?${new URLSearchParams({ name, visibility: 'public' })}`,
    byEnabling: (name) => `${site}/${name}/settings/pages`,
  };
}
