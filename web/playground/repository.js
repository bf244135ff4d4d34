// A public repository on GitHub, as a project: its tree by the API, its files from where GitHub serves them as they are.

import { refusal } from '../explore.js';
import { meta, requestTree } from '../host.js';
import { gather } from './remote.js';

/** @typedef {import('./remote.js').Entry} Entry @typedef {import('./busy.js').Watch} Watch */

const NAME = /^([\w.-]+\/[\w.-]+?)(?:\.git)?(?:@([^\s?#]+))?$/;
const ADDRESS = /^https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?\/?(?:\/tree\/([^\s?#]+?)\/?)?$/;

/** `owner/name` or `owner/name@branch`, of that or an address on GitHub; nothing when it is neither. @param {string} said */
export function repositoryIn(said) {
  const [, name, branch] = NAME.exec(said.trim()) ?? ADDRESS.exec(said.trim()) ?? [];
  return name && (branch ? `${name}@${branch}` : name);
}

/** @param {string} path */
const encoded = (path) => path.split('/').map(encodeURIComponent).join('/');

/** Where the site lies in its repository: GitHub Pages knows the root and `docs`. @param {string[]} paths */
function siteFolder(paths) {
  return !paths.includes('_config.yml') && paths.includes('docs/_config.yml') ? 'docs/' : '';
}

/** @param {string} repository `owner/name`, perhaps `@branch` @param {Watch} watch */
export async function fromRepository(repository, watch) {
  const [name, branch = 'HEAD'] = repository.split('@');
  watch.told(`Asking GitHub for ${repository} …`);
  const response = await requestTree(repository).catch(() => {
    throw new Error('GitHub can’t be reached: the connection failed. Is this device online?');
  });
  if (!response.ok) throw new Error(`${repository}: ${refusal(response)}`);
  const { tree, truncated } = await response.json();
  if (truncated) throw new Error(`${repository} is so large that GitHub cut the list of its files off.`);
  const blobs = /** @type {{ path: string, type: string, size?: number }[]} */ (tree).filter(({ type }) => type === 'blob');
  const folder = siteFolder(blobs.map(({ path }) => path));
  const base = `${meta('github-raw') ?? 'https://raw.githubusercontent.com'}/${name}/${encoded(branch)}/`;
  const entries = blobs
    .filter(({ path }) => path.startsWith(folder))
    .map(({ path, size }) => /** @type {Entry} */ ({ path: path.slice(folder.length), from: base + encoded(path), size }));
  return { ...(await gather(repository, entries, watch)), from: `?repo=${encoded(repository).replace('%40', '@')}` };
}
