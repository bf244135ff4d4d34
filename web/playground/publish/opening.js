// Opening a project from any host but github.com, and which kind of host that is. A file of its
// own, loaded with such an address.

import { development } from '../../base/site_state.js';
import { encoded, sourcesInTree } from '../../net/source_index.js';
import { gather } from '../project/remote_files.js';
import { Fault, request } from './host.js';
import { hostAt } from './hosts.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('./host.js').Host} Host
 * @typedef {import('../project/project.js').Start} Start
 * @typedef {import('../project/project.js').Place} Place
 */

const ADDRESS =
  /^(?:https:\/\/)?([\w.-]+(?::\d+)?)\/([\w.-]+(?:\/[\w.-]+)+?)(?:\.git)?\/?(?:@([^\s?#]+))?$/;
/** Hosts of which the kind is known. @type {Record<string, Place['kind']>} */
const KNOWN = { 'gitlab.com': 'GitLab', 'codeberg.org': 'Forgejo' };
/** The repositories of each kind. @type {Record<Place['kind'], (name: string) => string>} */
const REPOSITORIES = {
  Forgejo: (name) => `/api/v1/repos/${name}`,
  GitLab: (name) => `/api/v4/projects/${encodeURIComponent(name)}`,
  GitHub: (name) => `/api/v3/repos/${name}`,
};
/** What answers where that is not there; to those alone who are signed in, perhaps. */
const QUESTIONS = /** @type {const} */ ([
  ['Forgejo', '/api/v1/version', [200]],
  ['GitLab', '/api/v4/version', [200, 401]],
  ['GitHub', '/api/v3/meta', [200, 401]],
]);
/**
 * Whether an address answers with an API.
 * @param {string} url
 * @param {readonly number[]} statuses
 */
async function answers(url, statuses) {
  const found = await request(url, {}).catch(() => undefined);
  return !!found && statuses.includes(found.status) && found.text.startsWith('{');
}

/**
 * The kinds of a host that is not known, the most likely one first: a wrong guess is an error in
 * the browser's console. Only GitLab has groups in groups.
 * @param {string} host
 * @param {string} name
 */
export function kindsFor(host, name) {
  const kinds = /** @type {Place['kind'][]} */ (Object.keys(REPOSITORIES));
  const likely = kinds.find((kind) => host.includes(kind.toLowerCase()));
  const first = name.split('/').length > 2 ? 'GitLab' : likely;
  return first ? [first, ...kinds.filter((kind) => kind !== first)] : kinds;
}

/** @param {string} site @param {string} name @returns {Promise<Place>} */
async function placeOf(site, name) {
  const { host } = new URL(site);
  const known = host.endsWith('.ghe.com') ? 'GitHub' : KNOWN[host];
  if (known) return { kind: known, site };
  for (const kind of kindsFor(host, name))
    if (await answers(site + REPOSITORIES[kind](name), [200])) return { kind, site };
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
  if (!server) throw new Error(`“${address}” is not the address of a repository.`);
  const scheme = development && /^(127\.0\.0\.1|localhost):/.test(server) ? 'http' : 'https';
  watch.report(`Asking ${server} for ${name} …`);
  const at = await placeOf(`${scheme}://${server}`, name);
  const host = await hostAt(at);
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
