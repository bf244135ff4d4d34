// A public GitHub repository as a project: its tree by the API, its files from
// raw.githubusercontent.com.

import { meta } from '../../base/site_state.js';
import { refusal, requestTree } from '../../net/github.js';
import { encoded, sourcesInTree } from '../../net/source_index.js';
import { bytesWithin } from '../../net/limited_fetch.js';
import { LARGEST } from './limits.js';
import { gather } from './remote_files.js';

/** @typedef {import('../ui/progress.js').Watch} Watch */

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

/** @param {string} repository `owner/name`, perhaps `@branch` @param {Watch} watch */
export async function fromRepository(repository, watch) {
  const [name, branch = 'HEAD'] = repository.split('@');
  watch.report(`Asking GitHub for ${repository} …`);
  const response = await requestTree(repository).catch(() => {
    throw new Error('GitHub can’t be reached: the connection failed. Is this device online?');
  });
  if (!response.ok) throw new Error(`${repository}: ${refusal(response)}`);
  const list = await bytesWithin(response, `The list of the files of ${repository}`, LARGEST);
  const { tree, truncated } = JSON.parse(new TextDecoder().decode(list));
  if (truncated)
    throw new Error(`${repository} is so large that GitHub truncates its list of files.`);
  const { entries } = sourcesInTree(
    tree,
    `${meta('github-raw') ?? 'https://raw.githubusercontent.com'}/`,
    name,
    branch,
  );
  return {
    ...(await gather(repository, entries, watch)),
    from: `?repo=${encoded(repository).replace('%40', '@')}`,
  };
}
