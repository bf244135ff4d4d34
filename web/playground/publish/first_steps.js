// The three steps of a first site: a repository, the site in it, its address. Each that is done is
// noted in the project, so that it goes on at the same place, also after a reload.

import { Fault, perhapsGone } from './host.js';
import { once, publish } from './send.js';

/**
 * @typedef {import('../project/project.js').Upstream} Upstream
 * @typedef {import('./host.js').Host} Host
 * @typedef {import('./github_first.js').First} First
 */
/**
 * `name`: of the repository; `page`: the site's first page, `index.html`.
 * @typedef {Omit<import('./send.js').Job, 'way' | 'chosen' | 'message'> & { first: First, login:
 *   string, name: string, page: Uint8Array, title: string }} Job
 */

/** The site's first page. */
export const PAGE = 'index.html';

/** The last commit of an empty repository is undefined. @param {Host} host @param {string} name */
async function headOf(host, name) {
  try {
    return await host.head(name, (await host.repository(name)).branch);
  } catch (error) {
    const { kind } = /** @type {Fault} */ (error);
    if (kind === 'gone' || kind === 'busy') return undefined;
    throw error;
  }
}

/** @param {Job} job */
const saved = ({ project }) => project.dispatchEvent(new Event('saved'));

/**
 * A new repository, or an empty one that was made by hand.
 * @param {Job} job
 * @returns {Promise<boolean>} it is new
 */
async function create(job) {
  const { host, first, login, name, project } = job;
  const full = `${login}/${name}`;
  const look = () => perhapsGone(() => host.repository(full));
  let [isNew, made] = [true, /** @type {import('./host.js').Repository | undefined} */ (undefined)];
  try {
    made = await once(() => first.create(name), look, job, '');
  } catch (error) {
    if (!['exists', 'rights', 'gone'].includes(/** @type {Fault} */ (error).kind)) throw error;
    [isNew, made] = [false, await look()];
    if (!made) throw error;
    if (await headOf(host, full)) throw new Fault('exists', { name: full });
  }
  project.upstream = { name: made.name, branch: '', commit: '', folder: '', blobs: {}, first: 1 };
  saved(job);
  return isNew;
}

/**
 * The first commit has the page alone: with it the repository is a site.
 * @param {Job} job
 * @param {boolean} isNew the repository was made just now
 */
async function send(job, isNew) {
  const { host, first, project, page, title } = job;
  const upstream = /** @type {Upstream} */ (project.upstream);
  const { name } = upstream;
  const look = async () => {
    const head = await headOf(host, name);
    return head && { commit: head.commit };
  };
  if (isNew || !(await look())) {
    const message = 'Show the site by one page';
    await once(() => first.begin(name, PAGE, page, message), look, job, '');
  }
  const outcome = await publish({
    ...job,
    way: 'commit',
    chosen: () => true,
    message: `Add ${title || 'the site'}`,
  });
  if ('conflicts' in outcome) throw new Fault('exists', { name });
  upstream.first = 2;
  saved(job);
}

/** Switches the site on; gives its address, '' if the token may not. @param {Job} job */
async function enable({ host, first, project }) {
  const { name, branch } = /** @type {Upstream} */ (project.upstream);
  // Repositories with the name of the account's site have one at once.
  const there = await host.siteOf(name);
  if (there) return there;
  try {
    return await first.enable(name, branch);
  } catch (error) {
    const { kind } = /** @type {Fault} */ (error);
    // It was on already, or an answer was lost.
    if (['busy', 'exists', 'lost', 'server'].includes(kind)) return host.siteOf(name);
    if (kind === 'rights' || kind === 'gone') return '';
    throw error;
  }
}

/**
 * Does the steps that are left.
 * @param {Job} job
 * @param {() => void} moved is called when a step begins
 * @returns {Promise<string>} the address of the site, '' if the reader has to switch it on
 */
export async function makeFirst(job, moved) {
  const { project } = job;
  const isNew = !project.upstream?.first && (await create(job));
  moved();
  if (project.upstream?.first === 1) await send(job, isNew);
  moved();
  return enable(job);
}
