// The hosts on which a first site can be made: what each offers for it.

import { onCodeberg } from './forgejo_first.js';
import { onGitHub } from './github_first.js';
import { onGitLab } from './gitlab_first.js';

/** @typedef {import('../project/project.js').Place} Place */
/** @typedef {import('./host.js').Host} Host */

/**
 * Where a first site can be; without a place it is GitHub.
 * @type {{ name: string, at?: Place }[]}
 */
export const PLACES = [
  { name: 'GitHub' },
  { name: 'GitLab', at: { kind: 'GitLab', site: 'https://gitlab.com' } },
  { name: 'Codeberg', at: { kind: 'Forgejo', site: 'https://codeberg.org' } },
];

/** @type {Record<Place['kind'], (host: Host) => import('./host.js').First>} */
const FIRSTS = { GitHub: onGitHub, GitLab: onGitLab, Forgejo: onCodeberg };

/** @param {Host} host @param {Place} [at] */
export const firstOn = (host, at) => FIRSTS[at?.kind ?? 'GitHub'](host);
