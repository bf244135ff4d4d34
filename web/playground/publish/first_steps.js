// The three steps of a first site: a repository, the site in it, its address. Each that is done is
// noted in the project, so that it goes on at the same place, also after a reload.

import { Fault, perhapsGone } from './host.js';
import { once, publish } from './send.js';

/**
 * @typedef {import('../project/project.js').Upstream} Upstream
 * @typedef {import('./host.js').Host} Host
 * @typedef {import('./host.js').First} First
 */
/**
 * `name`: of the repository; `at`: its host; `page` makes the site's first page, `index.html`.
 * @typedef {Omit<import('./send.js').Job, 'way' | 'chosen' | 'message'> & { first: First, at?:
 *   import('../project/project.js').Place, login: string, name: string, page: (name: string) =>
 *   Promise<Uint8Array>, title: string }} Job
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
  const { host, first, at, login, name, project } = job;
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
  const { branch } = first;
  project.upstream = { name: made.name, branch, commit: '', folder: '', blobs: {}, first: 1 };
  if (at) project.upstream.at = at;
  saved(job);
  return isNew;
}

/**
 * The first commit has the page alone: with it the repository is a site.
 * @param {Job} job
 * @param {boolean} isNew the repository was made just now
 */
async function send(job, isNew) {
  const { host, first, project, title } = job;
  const upstream = /** @type {Upstream} */ (project.upstream);
  const { name } = upstream;
  const page = await job.page(name);
  const look = async () => {
    const head = await headOf(host, name);
    return head && { commit: head.commit };
  };
  if (isNew || !(await look())) {
    const message = 'Show the site by one page';
    const begin = async () => {
      try {
        return await first.begin(name, PAGE, page, message);
      } catch (error) {
        // Firefox sends a request again whose connection was reset: the second one is refused.
        const { kind } = /** @type {Fault} */ (error);
        const there = ['moved', 'exists', 'refused'].includes(kind) && (await look());
        if (there) return there;
        throw error;
      }
    };
    await once(begin, look, job, '');
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
async function enable({ first, project }) {
  const { name, branch } = /** @type {Upstream} */ (project.upstream);
  try {
    return await first.enable(name, branch);
  } catch (error) {
    const { kind } = /** @type {Fault} */ (error);
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
