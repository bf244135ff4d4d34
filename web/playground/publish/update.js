// Brings a project up to the last commit of its branch: takes what others changed, merges what both
// sides did, and lists what only a person can decide.

import { cleanPath, contentOf, isText } from '../project/file_content.js';
import { LARGE, isShellPage, isSource } from '../project/remote_files.js';
import { loadModule } from '../ui/load_module.js';
import { withLineEnds } from './changes.js';
import { Fault } from './host.js';

/**
 * @typedef {import('../project/project.js').Project} Project
 * @typedef {import('../project/project.js').Upstream} Upstream
 * @typedef {import('../project/file_content.js').Content} Content
 * @typedef {import('./host.js').Host} Host
 * @typedef {import('./host.js').Entry} Entry
 * @typedef {import('./changes.js').Change} Change
 */
/**
 * A file that both sides changed in the same place. `parts`: of texts; without, one of the two has
 * to be chosen; `theirs`: undefined if they deleted it; `sha`: its hash, then ''; `at`: its path on
 * the branch.
 * @typedef {{ path: string, at: string, sha: string, ours: Content | undefined, theirs: Content |
 *   undefined, parts?: import('./merge.js').Part[] }} Conflict
 */
/** @typedef {{ merged: number, conflicts: Conflict[] }} Update */

const encoder = new TextEncoder();
// Texts that others changed are fetched at once, so that they are shown; others when a page does.
const AT_ONCE = 100;

/** A file of its own: most branches have not moved. */
const merging = () =>
  loadModule(() => import('./merge.js')).catch(() => {
    throw new Fault('part');
  });

/** Files of a branch that a project has, by their paths in the project. */
export function filesOf(/** @type {Map<string, Entry>} */ tree, /** @type {string} */ folder) {
  /** @type {Map<string, Entry>} */
  const files = new Map();
  for (const [path, entry] of tree)
    if (path.startsWith(folder)) files.set(path.slice(folder.length), entry);
  return files;
}

/**
 * @param {{ host: Host, project: Project, upstream: Upstream, commit: string, files: Map<string,
 *   Entry>, changes: Change[] }} now `files`: those of the commit
 * @returns {Promise<Update>}
 */
export async function update({ host, project, upstream, commit, files, changes }) {
  const { name, folder, blobs } = upstream;
  const fetched = async (/** @type {string} */ path, /** @type {string} */ sha) =>
    contentOf(path, await host.blob(name, sha));
  if (commit === upstream.commit) return { merged: 0, conflicts: [] };
  const changed = new Map(changes.map((change) => [change.from ?? change.path, change]));
  /** @type {Conflict[]} */
  const conflicts = [];
  let [merged, room] = [0, AT_ONCE];

  /** Both changed a file. @param {Change} change @param {string} at @param {string} sha */
  async function settle(change, at, sha) {
    const { path, base, kind } = change;
    if (change.sha === sha) return void accept(at, sha);
    const ours = kind === 'deleted' ? undefined : project.files.get(path);
    const theirs = sha ? await fetched(at, sha) : undefined;
    // Only its name was changed here.
    if (theirs !== undefined && change.sha === base && project.files.get(path) === ours) {
      project.put(path, theirs);
      accept(at, sha);
      merged++;
      return;
    }
    /** @type {Conflict} */
    const conflict = { path, at, sha, ours, theirs };
    if (typeof ours === 'string' && typeof theirs === 'string') {
      const before = base ? await fetched(at, base) : '';
      const { merge, settledText } = await merging();
      const parts = merge(
        typeof before === 'string' ? before : '',
        withLineEnds(ours, theirs),
        theirs,
      );
      const text = settledText(parts);
      // Typed meanwhile: the next look merges that, too.
      if (text !== undefined && project.files.get(path) === ours) {
        project.put(path, text);
        accept(at, sha);
        merged++;
        return;
      }
      conflict.parts = parts;
    }
    conflicts.push(conflict);
  }

  /** The branch's version is what the project's is compared with. */
  function accept(/** @type {string} */ at, /** @type {string} */ sha) {
    if (sha) blobs[at] = sha;
    else delete blobs[at];
  }

  for (const path of new Set([...Object.keys(blobs), ...files.keys()])) {
    const [base, sha] = [blobs[path] ?? '', files.get(path)?.sha ?? ''];
    if (sha === base) continue;
    const change = changed.get(path);
    if (change) await settle(change, path, sha);
    // What the project never had: files of builds, of the shell, and of other tools.
    else if (!base && (!isSource(path) || cleanPath(path) !== path)) continue;
    else if (!sha) {
      accept(path, '');
      project.remove(path);
    } else {
      const before = project.files.get(path);
      const now =
        isText(path) &&
        (files.get(path)?.size ?? 0) <= LARGE &&
        (base ? typeof before === 'string' : true) &&
        room-- > 0
          ? await fetched(path, sha)
          : {
              from: host.rawAddress(name, commit, folder + path),
              size: files.get(path)?.size ?? -1,
            };
      if (project.files.get(path) !== before) continue;
      if (typeof now === 'string' && !base && isShellPage(path, encoder.encode(now))) continue;
      accept(path, sha);
      project.put(path, now);
      merged++;
    }
  }
  // A renamed file whose new name the branch has, too.
  for (const { kind, path, sha } of changes) {
    const there = files.get(path)?.sha ?? '';
    if (kind !== 'renamed' || !there || there === sha || blobs[path] === there) continue;
    conflicts.push({
      path,
      at: path,
      sha: there,
      ours: project.files.get(path),
      theirs: await fetched(path, there),
    });
  }
  if (!conflicts.length) upstream.commit = commit;
  return { merged, conflicts };
}

/**
 * The files of a project with these in place of what conflicts.
 * @param {Record<string, Content>} files
 * @param {[Conflict, Content | undefined][]} results
 */
export function withThese(files, results) {
  const all = { ...files };
  for (const [{ path }, content] of results)
    if (content === undefined) delete all[path];
    else all[path] = content;
  return all;
}

/**
 * Takes a person's decision: the file is `content`, and the branch's version counts as seen.
 * @param {Project} project
 * @param {Upstream} upstream
 * @param {Conflict} conflict
 * @param {Content | undefined} content
 */
export function resolve(project, upstream, { path, at, sha }, content) {
  if (sha) upstream.blobs[at] = sha;
  else delete upstream.blobs[at];
  if (content === undefined) project.remove(path);
  else project.put(path, content);
}
