// The host of a project.

import { same } from '../../base/release.js';

/** @typedef {import('../project/project.js').Place} Place */

/** Each is a file of its own. */
const HOSTS = {
  GitHub: async () => same(await import('./github.js')).GitHub,
  GitLab: async () => same(await import('./gitlab.js')).GitLab,
  Forgejo: async () => same(await import('./forgejo.js')).Forgejo,
};

/** The host of a project. @param {Place} [at] @returns {Promise<import('./host.js').Host>} */
export async function hostAt(at) {
  if (!at || at.kind === 'GitHub') return new (await HOSTS.GitHub())(at?.site);
  return new (await HOSTS[at.kind]())(at.site);
}
