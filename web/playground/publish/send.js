// Publishes changes as one commit: looks at the branch, merges, sends files, makes the commit, and
// moves the branch to it. A branch is never forced, and a step whose answer was lost is not
// repeated before a look at what is there.

import { task } from '../../net/fetch.js';
import { bytesOf, isLoaded } from './changes.js';
import { Fault, perhapsGone } from './host.js';
import { filesOf, update } from './update.js';

/**
 * @typedef {import('../project/project.js').Project} Project
 * @typedef {import('../project/project.js').Upstream} Upstream
 * @typedef {import('./host.js').Host} Host
 * @typedef {import('./changes.js').Change} Change
 */
/** @typedef {'look' | 'send' | 'commit' | 'move' | 'branch' | 'fork' | 'pull' | 'check'} Step */
/**
 * The end: conflicts, nothing to publish, or a commit.
 * @typedef {{ conflicts: import('./update.js').Conflict[] } | { nothing: true } | { commit: string,
 *   name: string, branch: string, message: string, sent: Change[], files: number, merged: number,
 *   pull?: import('./host.js').Pull }} Outcome
 * `sent`: what the commit changed
 */
/**
 * Where to: the branch, a pull request, or a branch to show to others.
 * @typedef {'commit' | 'pull' | 'draft'} Way
 */
/**
 * `changes` gives all of them in their current state; `chosen` ones are published.
 * @typedef {{
 *   host: Host,
 *   project: Project,
 *   changes: () => Promise<Change[]>,
 *   message: string,
 *   way: Way,
 *   report: (step: Step, detail?: string) => void,
 *   stopped: () => boolean,
 *   chosen: (change: Change) => boolean,
 * }} Job
 */

// A branch that moves each time is busy: the reader decides when to try again.
const ROUNDS = 5;
// Milliseconds between looks at a branch whose update had no answer, and their number.
const [LOOK_PAUSE, LOOKS] = [1500, 3];
// Branches for pull requests: characters of the name, and tries to find one that is free.
const [LONGEST_NAME, NAMES] = [40, 20];

/** Thrown when the reader has stopped it. */
export class Stopped extends Error {}

/** A name for a branch. @param {string} message */
const branchFor = (message) =>
  message
    .split('\n')[0]
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-|-$/g, '') || 'changes';

/** Tells whether no answer says if a call has acted. @param {any} error */
const isOpen = (error) =>
  error instanceof Fault && ['lost', 'server', 'offline'].includes(error.kind);

/**
 * Does what may be done once only. If there is no answer, `look` finds out whether it was done;
 * `unknown` is thrown when that can't be found out, the fault itself when it was not done.
 * @template T
 * @param {() => Promise<T>} act
 * @param {() => Promise<T | undefined>} look
 * @param {Pick<Job, 'report'>} job
 * @param {string} commit
 * @returns {Promise<T>}
 */
export async function once(act, look, job, commit) {
  try {
    return await act();
  } catch (error) {
    if (!isOpen(error)) throw error;
    job.report('check');
    for (let left = LOOKS; ;) {
      try {
        const done = await look();
        if (done) return done;
        // It may still be on its way.
        if (!--left) break;
      } catch (failed) {
        if (!isOpen(failed)) throw failed;
        if (!--left) throw new Fault('unknown', { commit });
      }
      await task(LOOK_PAUSE);
    }
    throw new Fault('undone', /** @type {Fault} */ (error).facts);
  }
}

/**
 * Sends what a commit needs that the host does not have, and prepares the commit.
 * @param {Job} job
 * @param {{ name: string, source: string, folder: string, changes: Change[], head:
 *   import('./host.js').Head, files: Map<string, import('./host.js').Entry> }} of
 * @returns {Promise<{ draft: import('./host.js').Draft, prepared: string, sent: Change[] }>}
 */
async function prepare(job, { name, source, folder, changes, head, files }) {
  const { host, report, stopped, message } = job;
  const sent = changes.filter(
    ({ kind, path, sha, from }) =>
      (kind === 'deleted' ? files.has(path) : files.get(path)?.sha !== sha) ||
      (from !== undefined && files.has(from)),
  );
  /** @type {import('./host.js').Draft} */
  const draft = { name, source, head, message, files: [] };
  if (!sent.length) return { draft, prepared: '', sent };
  const there = new Set([...files.values()].map(({ sha }) => sha));
  // What was not fetched is in the repository.
  const isSent = (/** @type {Change} */ { sha, content }) =>
    !!sha && (!host.stores || (!there.has(sha) && isLoaded(content)));
  const count = sent.filter(isSent).length;
  let done = 0;
  for (const change of sent) {
    if (stopped()) throw new Stopped();
    const { path, from = '', sha, content } = change;
    const [now, before] = [files.get(path), files.get(from)];
    const file = {
      path: folder + path,
      mode: (now ?? before)?.mode ?? '100644',
      sha,
      base: now?.sha ?? '',
      ...(before && { from: folder + from, origin: before.sha }),
    };
    draft.files.push(file);
    if (!isSent(change)) continue;
    report('send', `${++done} of ${count}: ${path}`);
    try {
      const bytes = isLoaded(content) ? bytesOf(content) : await host.blob(source, sha);
      if (bytes.length > host.largest) throw new Fault('large', { path, size: bytes.length });
      await host.send(draft, file, bytes);
    } catch (error) {
      if (error instanceof Fault) error.facts.path ??= path;
      throw error;
    }
  }
  if (stopped()) throw new Stopped();
  report('commit');
  return { draft, prepared: await host.prepare(draft), sent };
}

/**
 * The branch has these files now.
 * @param {Upstream} upstream
 * @param {Change[]} sent
 * @param {string} commit
 */
function settle(upstream, sent, commit) {
  const { onto } = upstream;
  for (const { path, from, sha } of sent) {
    for (const at of onto ? [path, from ?? path] : [])
      if (onto && !Object.hasOwn(onto.blobs, at)) onto.blobs[at] = upstream.blobs[at] ?? '';
    if (from !== undefined) delete upstream.blobs[from];
    if (sha) upstream.blobs[path] = sha;
    else delete upstream.blobs[path];
  }
  upstream.commit = commit;
}

/**
 * @param {Job} job
 * @returns {Promise<Outcome>}
 */
export async function publish(job) {
  const { host, project, report, stopped } = job;
  const upstream = /** @type {Upstream} */ (project.upstream);
  const saved = () => project.upstream === upstream && project.dispatchEvent(new Event('saved'));
  let merged = 0;
  for (let round = 1; ; round++) {
    if (stopped()) throw new Stopped();
    report('look');
    await comeBack(host, upstream);
    const { name, folder } = upstream;
    const repository = await host.repository(name);
    const branch = (upstream.branch ||= repository.branch);
    const head = await host.head(name, branch);
    const files = filesOf(await host.files(name, head.tree), folder);
    const updated = await update({
      host,
      project,
      upstream,
      commit: head.commit,
      files,
      changes: await job.changes(),
    });
    saved();
    merged += updated.merged;
    if (updated.conflicts.length) return { conflicts: updated.conflicts };
    const changes = (await job.changes()).filter(job.chosen);
    /** @type {State} */
    const state = { branch, head, files, upstream, changes };
    const apart = !upstream.onto && (job.way !== 'commit' || !repository.push);
    try {
      const { commit, sent } = apart
        ? await commitApart(job, state, repository.push)
        : await commitTo(job, state);
      saved();
      const { onto } = upstream;
      const only = onto?.draft && job.way !== 'pull';
      const pull =
        onto && !onto.pull && !only && (commit || !apart)
          ? await openPull(job, upstream, commit)
          : undefined;
      saved();
      if (!commit && !pull) return { nothing: true };
      return {
        commit: commit || head.commit,
        name: upstream.name,
        branch: upstream.branch,
        message: job.message,
        sent,
        files: changes.length,
        merged,
        pull,
      };
    } catch (error) {
      saved();
      if (!(error instanceof Fault && error.kind === 'moved') || round === ROUNDS) throw error;
    }
  }
}

/**
 * Goes back to the branch for which a pull request was, when that is merged or closed, or from a
 * draft's branch that is not there any more.
 * @param {Host} host
 * @param {Upstream} upstream
 */
async function comeBack(host, upstream) {
  const { onto, name, branch } = upstream;
  if (!onto?.pull && !onto?.draft) return;
  const stays = onto.pull
    ? host.findPull(onto.name, { name, branch })
    : perhapsGone(() => host.head(name, branch));
  if (await stays) return;
  // What was not merged there is a change again.
  for (const [path, sha] of Object.entries(onto.blobs))
    if (sha) upstream.blobs[path] = sha;
    else delete upstream.blobs[path];
  Object.assign(upstream, { name: onto.name, branch: onto.branch, commit: '' });
  delete upstream.onto;
}

/**
 * @typedef {{ branch: string, head: import('./host.js').Head, files: Map<string,
 *   import('./host.js').Entry>, upstream: Upstream, changes: Change[] }} State
 */

/**
 * A commit on the branch, and what it changed; '' if it has all changes already.
 * @param {Job} job
 * @param {State} state
 */
async function commitTo(job, { branch, head, files, upstream, changes }) {
  const { host, report } = job;
  const { name, folder } = upstream;
  const of = { name, source: name, folder, changes, head, files };
  const { draft, prepared, sent } = await prepare(job, of);
  if (!sent.length) {
    settle(upstream, changes, head.commit);
    return { commit: '', sent };
  }
  if (job.stopped()) throw new Stopped();
  report('move', branch);
  const { commit, parent } = await once(
    () => host.land(draft, branch, { prepared, fresh: false }),
    () => host.landed(draft, branch, prepared),
    job,
    prepared,
  );
  // Others' commits in between are taken with the next look.
  settle(upstream, sent, parent === head.commit ? commit : head.commit);
  return { commit, sent };
}

/**
 * A commit on a new branch, in a fork if the account may not change the repository; '' if there is
 * nothing to commit.
 * @param {Job} job
 * @param {State} state
 * @param {boolean} push the account may change the repository
 */
async function commitApart(job, { branch, head, files, upstream, changes }, push) {
  const { host, report } = job;
  const { name, folder } = upstream;
  let at = name;
  if (!push) {
    report('fork');
    at = await host.fork(name);
  }
  const of = { name: at, source: name, folder, changes, head, files };
  const { draft, prepared, sent } = await prepare(job, of);
  if (!sent.length) return { commit: '', sent };
  if (job.stopped()) throw new Stopped();
  const wanted = branchFor(job.message);
  report('branch', wanted);
  let [made, commit] = [wanted, ''];
  for (let number = 2; !commit; number++) {
    const here = made;
    const look = () => host.landed(draft, here, prepared);
    try {
      const act = () => host.land(draft, here, { prepared, fresh: true });
      ({ commit } = await once(act, look, job, prepared));
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'exists' || number > NAMES) throw error;
      // Made by an earlier try.
      commit = (await look())?.commit ?? '';
      if (!commit) made = `${wanted}-${number}`;
    }
  }
  // Further changes belong to this branch, also if its pull request fails now.
  const shown = job.way === 'draft' && { draft: true };
  Object.assign(upstream, {
    onto: { name, branch, blobs: {}, ...shown },
    name: at,
    branch: made,
  });
  settle(upstream, sent, commit);
  return { commit, sent };
}

/**
 * Opens the pull request of a branch that publishing made.
 * @param {Job} job
 * @param {Upstream} upstream
 * @param {string} commit
 */
async function openPull({ host, message, report, ...job }, upstream, commit) {
  const onto = /** @type {NonNullable<Upstream['onto']>} */ (upstream.onto);
  const { name, branch } = upstream;
  const from = { name, branch };
  report('pull');
  const [title, ...rest] = message.split('\n');
  const find = () => host.findPull(onto.name, from);
  const create = () => {
    const body = rest.join('\n').trim();
    return host.createPull(onto.name, { from, base: onto.branch, title, body });
  };
  const whole = { host, message, report, ...job };
  const pull = (await find()) ?? (await once(create, find, whole, commit));
  onto.pull = pull.number;
  return pull;
}
