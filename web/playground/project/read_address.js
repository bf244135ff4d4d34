// Reads a project that is published: a repository, or a site with its sources.

import { fromRepository, repositoryIn } from './github.js';
import { fromSite, siteIn } from './published_site.js';

/**
 * @typedef {import('./project.js').Start} Start
 *
 * What reading needs of the playground.
 * @typedef {{
 *   busy: import('../ui/progress.js').Busy,
 *   parts: import('../ui/parts.js').Parts,
 * }} Around
 */

// Hosts of repositories that are known by their names. Others are meant where a repository is asked
// for.
const HOSTS = /^(https:\/\/)?(gitlab\.|github\.(?!(com|io)\b)|codeberg\.org\/|[\w-]+\.ghe\.com\/)/;

/**
 * Reads a public repository, or a site that is published with its sources.
 * @param {string} address its name or address
 * @param {Around} playground
 * @param {{ open?: string, repo?: boolean, draft?: string }} [how] `open`: the file that is shown
 *   first; `repo`: no site is meant; `draft`: a branch that is shown to read
 * @returns {Promise<Start>}
 */
export async function readAddress(
  address,
  { busy, parts },
  { open = '', repo = HOSTS.test(address), draft = '' } = {},
) {
  const name = repositoryIn(address);
  const site = name || repo ? undefined : siteIn(address);
  if (!name && !site && !repo)
    throw new Error(
      `“${address}” is neither a repository (owner/name) nor the address of a site (https://…).`,
    );
  // Others are opened by what publishes to them.
  const fromHost = name || site ? undefined : await parts.hosts();
  const start = await busy.during('', (watch) =>
    name
      ? fromRepository(name, watch)
      : site
        ? fromSite(site, watch)
        : (fromHost?.(address.trim(), watch) ?? Promise.reject(new Error('It can’t be opened.'))),
  );
  return { ...start, draft, open: start.files[open] === undefined ? start.open : open };
}
