// The host of a project.

import { loadModule } from '../ui/load_module.js';

/** @typedef {import('../project/project.js').Place} Place */

/** Each is a file of its own. */
const HOSTS = {
  GitHub: async () => (await loadModule(() => import('./github.js'))).GitHub,
  GitLab: async () => (await loadModule(() => import('./gitlab.js'))).GitLab,
  Forgejo: async () => (await loadModule(() => import('./forgejo.js'))).Forgejo,
};

/** The host of a project. @param {Place} [at] @returns {Promise<import('./host.js').Host>} */
export async function hostAt(at) {
  if (!at || at.kind === 'GitHub') return new (await HOSTS.GitHub())(at?.site);
  return new (await HOSTS[at.kind]())(at.site);
}
