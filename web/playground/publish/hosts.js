// Which host a repository is on, and how a project is opened from any but github.com.

import { development } from '../../base/site_state.js';
import { encoded, sourcesInTree } from '../../net/source_index.js';
import { gather } from '../project/remote_files.js';
import { Forgejo } from './forgejo.js';
import { GitHub } from './github.js';
import { GitLab } from './gitlab.js';
import { Fault, request } from './host.js';

/**
 * @typedef {import('./host.js').Host} Host
 * @typedef {import('../project/project.js').Start} Start
 * @typedef {import('../project/project.js').Place} Place
 */

const ADDRESS =
  /^(?:https:\/\/)?([\w.-]+(?::\d+)?)\/([\w.-]+(?:\/[\w.-]+)+?)(?:\.git)?\/?(?:@([^\s?#]+))?$/;
/** Hosts of which the kind is known. @type {Record<string, Place['kind']>} */
const KNOWN = { 'gitlab.com': 'GitLab', 'codeberg.org': 'Forgejo' };
/** What answers for each kind. It says so to those alone who are signed in, perhaps. */
const QUESTIONS = /** @type {const} */ ([
  ['Forgejo', '/api/v1/version', [200]],
  ['GitLab', '/api/v4/version', [200, 401]],
  ['GitHub', '/api/v3/meta', [200, 401]],
]);
const CLASSES = { GitHub, GitLab, Forgejo };

/** The host of a project. @param {Place} [at] @returns {Host} */
export const hostAt = (at) => (at ? new CLASSES[at.kind](at.site) : new GitHub());

/**
 * Whether an address answers with an API.
 * @param {string} url
 * @param {readonly number[]} statuses
 */
async function answers(url, statuses) {
  const found = await request(url, {}).catch(() => undefined);
  return !!found && statuses.includes(found.status) && found.text.startsWith('{');
}

/** @param {string} site @returns {Promise<Place>} */
async function placeOf(site) {
  const { host } = new URL(site);
  const known = host.endsWith('.ghe.com') ? 'GitHub' : KNOWN[host];
  if (known) return { kind: known, site };
  for (const [kind, path, statuses] of QUESTIONS)
    if (await answers(site + path, statuses)) return { kind, site };
  throw new Error(
    `${host} does not answer as GitLab, Forgejo, Gitea or GitHub Enterprise do. It may not let other sites read its API (CORS).`,
  );
}

/** @param {Fault} fault @param {Host} host @param {string} address */
function reasonOf({ kind, facts }, { name }, address) {
  const code = facts.status ? ` (${facts.status})` : '';
  if (kind === 'gone')
    return `${address}: ${name} knows no such public repository or branch${code}.`;
  if (kind === 'limited') return `${name} answers no more questions from this network${code}.`;
  if (kind === 'lost' || kind === 'offline')
    return `${name} can’t be reached, or does not let other sites read its API (CORS).`;
  return `${address}: ${name} refused to give it${code}.`;
}

/**
 * A public repository as a project; its files are those of one commit.
 * @param {string} address such as `codeberg.org/owner/name@branch`, perhaps with https://
 * @param {import('../ui/progress.js').Watch} watch
 * @returns {Promise<Start>}
 */
export async function fromHost(address, watch) {
  const [, server, name, branch = ''] = ADDRESS.exec(address) ?? [];
  if (!server) throw new Error(`“${address}” is no address of a repository.`);
  const scheme = development && /^(127\.0\.0\.1|localhost):/.test(server) ? 'http' : 'https';
  watch.report(`Asking ${server} for ${name} …`);
  const at = await placeOf(`${scheme}://${server}`);
  const host = hostAt(at);
  try {
    const repository = await host.repository(name);
    const { commit, tree } = await host.head(name, branch || repository.branch);
    const files = await host.files(name, tree);
    const list = [...files].map(([path, { size }]) => ({ type: 'blob', path, size }));
    const { root, entries } = sourcesInTree(list, '', name, commit);
    const folder = decodeURIComponent(root.slice(`${name}/${encoded(commit)}/`.length));
    const start = await gather(
      branch ? `${name}@${branch}` : name,
      entries.map((entry) => ({
        ...entry,
        from: host.rawAddress(name, commit, folder + entry.path),
      })),
      watch,
    );
    /** @type {Record<string, string>} */
    const blobs = Object.create(null);
    for (const path of Object.keys(start.files)) blobs[path] = files.get(folder + path)?.sha ?? '';
    // A file has another path here than there: then nothing can be published.
    const whole = Object.values(blobs).every(Boolean);
    return {
      ...start,
      ...(whole && { upstream: { at, name, branch, commit, folder, blobs } }),
      from: `?repo=${encodeURI(address)}`,
    };
  } catch (error) {
    if (error instanceof Fault) throw new Error(reasonOf(error, host, address), { cause: error });
    throw error;
  }
}
