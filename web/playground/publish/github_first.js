// A first site on GitHub: a new repository, its first commit, and Pages.
// https://docs.github.com/rest/repos/repos, …/repos/contents, …/pages/pages

import { toBase64 } from '../project/base64.js';

/**
 * @param {import('./host.js').Host} host
 * @returns {import('./host.js').First}
 */
export function onGitHub(host) {
  const { site } = host.door;
  const rights = ['administration', 'contents', 'pages', 'pull_requests'];
  const fields = new URLSearchParams({
    name: 'My first site',
    description: `Publish from ${location.host}`,
    expires_in: '30',
    ...Object.fromEntries(rights.map((right) => [right, 'write'])),
  });
  return {
    words: {
      ...host.words,
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
    branch: '',
    address: (name) =>
      /\.github\.io$/i.test(name)
        ? `Your address will be https://${name}`
        : `Your address will be https://you.github.io/${name}/`,
    files: {},
    settings: () => '',
    async create(name) {
      const body = { name, private: false, auto_init: false };
      const made = await host.call('POST', '/user/repos', body);
      return { name: String(made.full_name), branch: String(made.default_branch), push: true };
    },
    async begin(name, path, bytes, message) {
      const body = { message, content: toBase64(bytes) };
      const { commit } = await host.call('PUT', `/repos/${name}/contents/${path}`, body);
      return { commit: String(commit?.sha) };
    },
    async enable(name, branch) {
      // Repositories with the name of the account's site have one at once.
      const there = await host.siteOf(name);
      if (there) return there;
      try {
        const source = { branch, path: '/' };
        return String((await host.call('POST', `/repos/${name}/pages`, { source })).html_url);
      } catch (error) {
        const { kind } = /** @type {import('./host.js').Fault} */ (error);
        // It was on already, or an answer was lost.
        const perhaps = ['busy', 'exists', 'lost', 'server'].includes(kind);
        const now = perhaps && (await host.siteOf(name));
        if (!now) throw error;
        return now;
      }
    },
    byCreating: (name) => `${site}/new?${new URLSearchParams({ name, visibility: 'public' })}`,
    byEnabling: (name) => `${site}/${name}/settings/pages`,
    how: () =>
      'Your token can’t do this. On GitHub, set “Source” to “Deploy from a branch”, choose the branch, and save.',
  };
}
