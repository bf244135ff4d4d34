// A first site on Codeberg: a new repository with the branch `pages`, and a webhook that tells
// codeberg.page of each push. https://codeberg.org/api/swagger, https://docs.codeberg.org/codeberg-pages/

import { beginOn } from './first_commit.js';
import { again, perhapsGone } from './host.js';

const BRANCH = 'pages';
// Webhooks that are looked through: a new repository has none.
const HOOKS = 50;

/**
 * @param {import('./host.js').Host} host
 * @returns {import('./host.js').First}
 */
export function onCodeberg(host) {
  const { site } = host.door;
  return {
    words: {
      ...host.words,
      form: () =>
        'In its form, give it the permissions “repository” and “user”, each “Read and write”: Codeberg asks for both to create a repository.',
      can: () => [
        'create, change and delete all your repositories',
        'change your profile, keys and settings',
      ],
      cannot: ['see your password'],
    },
    tokenForm: host.tokenForm(''),
    branch: BRANCH,
    address: (name) => `Your address will be https://you.codeberg.page/${name}/`,
    files: {},
    // Its API gives the list of files as GitHub's does.
    settings: (name) =>
      `<meta name="meridian-manifest" content="none"><meta name="meridian-repository" content="${name}@${BRANCH}"><meta name="meridian-github-api" content="${site}/api/v1">`,
    async create(name) {
      const body = { name, private: false, auto_init: false, default_branch: BRANCH };
      const made = await host.call('POST', '/user/repos', body);
      return { name: String(made.full_name), branch: BRANCH, push: true };
    },
    begin: beginOn(host, BRANCH),
    enable: async (name) => {
      const url = await host.siteOf(name);
      const hooks = `/repos/${name}/hooks`;
      // All of it may be done again: a webhook that is there is used.
      const mine = async () =>
        /** @type {any[]} */ (await host.call('GET', `${hooks}?limit=${HOOKS}`)).filter(
          ({ config }) => config?.url === url,
        );
      return again(async () => {
        let [one, ...more] = await mine();
        if (!one) {
          one = await host.call('POST', hooks, {
            type: 'forgejo',
            config: { url, content_type: 'json' },
            events: ['push'],
            branch_filter: BRANCH,
            active: true,
          });
          more = (await mine()).filter(({ id }) => id !== one.id);
        }
        // Firefox sends a request again whose connection was reset.
        for (const { id } of more) await perhapsGone(() => host.call('DELETE', `${hooks}/${id}`));
        // The pushes until now were not told.
        await host.call('POST', `${hooks}/${one.id}/tests`);
        return url;
      });
    },
    byCreating: () => `${site}/repo/create`,
    byEnabling: (name) => `${site}/${name}/settings/hooks/forgejo/new`,
    how: (name) => {
      const [owner, repository] = name.split('/');
      return `Your token can’t do this. On Codeberg, add a webhook for pushes with the address https://${owner}.codeberg.page/${repository}/, and test it.`;
    },
  };
}
