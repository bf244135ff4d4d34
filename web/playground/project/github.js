// A public GitHub repository as a project: its tree by the API, its files from
// raw.githubusercontent.com.

import { meta } from '../../base/site_state.js';
import { refusal, requestCommit, requestTree } from '../../net/github.js';
import { encoded, sourcesInTree } from '../../net/source_index.js';
import { bytesWithin } from '../../net/limited_fetch.js';
import { LARGEST } from './limits.js';
import { gather } from './remote_files.js';

/**
 * @typedef {import('./project.js').Start} Start
 * @typedef {import('../ui/progress.js').Watch} Watch
 */

const NAME = /^([\w.-]+\/[\w.-]+?)(?:\.git)?(?:@([^\s?#]+))?$/;
const ADDRESS =
  /^https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?\/?(?:\/tree\/([^\s?#]+?)\/?)?$/;

/**
 * `owner/name` or `owner/name@branch`, from that or from an address on GitHub; undefined for other
 * texts.
 * @param {string} text
 */
export function repositoryIn(text) {
  const [, name, branch] = NAME.exec(text.trim()) ?? ADDRESS.exec(text.trim()) ?? [];
  return name && (branch ? `${name}@${branch}` : name);
}

const COMMIT = /^[0-9a-f]{40}$/;

/**
 * Git's hashes of a project's files; undefined if a file has another path here.
 * @param {any[]} tree
 * @param {string} folder
 * @param {Start['files']} files
 */
function blobsOf(tree, folder, files) {
  const hashes = new Map(tree.map(({ path, sha }) => [path, sha]));
  /** @type {Record<string, string>} */
  const blobs = Object.create(null);
  for (const path of Object.keys(files)) {
    const sha = hashes.get(folder + path);
    if (typeof sha !== 'string' || !COMMIT.test(sha)) return undefined;
    blobs[path] = sha;
  }
  return blobs;
}

/**
 * @param {string} repository `owner/name`, perhaps `@branch`
 * @param {Watch} watch
 * @returns {Promise<Start>}
 */
export async function fromRepository(repository, watch) {
  const [name, branch] = repository.split('@');
  watch.report(`Asking GitHub for ${repository} …`);
  // The tree and the files of one commit, even if somebody pushes another one meanwhile.
  const found = await requestCommit(repository).catch(() => undefined);
  const said = found?.ok ? await found.text() : '';
  const commit = COMMIT.test(said) ? said : undefined;
  const response = await requestTree(commit ? `${name}@${commit}` : repository).catch(() => {
    throw new Error('GitHub can’t be reached: the connection failed. Is this device online?');
  });
  if (!response.ok) throw new Error(`${repository}: ${refusal(response)}`);
  const list = await bytesWithin(response, `The list of the files of ${repository}`, LARGEST);
  const { tree, truncated } = JSON.parse(new TextDecoder().decode(list));
  if (truncated)
    throw new Error(`${repository} is so large that GitHub truncates its list of files.`);
  const raw = `${meta('github-raw') ?? 'https://raw.githubusercontent.com'}/`;
  const at = commit ?? branch ?? 'HEAD';
  const { root, entries } = sourcesInTree(tree, raw, name, at);
  const start = await gather(repository, entries, watch);
  const folder = root.slice(`${raw}${name}/${encoded(at)}/`.length);
  const blobs = commit && blobsOf(tree, folder, start.files);
  return {
    ...start,
    ...(blobs && { upstream: { name, branch: branch ?? '', commit, folder, blobs } }),
    from: `?repo=${encoded(repository).replace('%40', '@')}`,
  };
}
