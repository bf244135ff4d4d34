// Sources at a commit of a repository on GitHub: the tree by its API, files from its raw address or
// from jsDelivr, which has the same files.

import { fileOf, passedOn } from './remote_file.js';
import { bytesOf } from './response_bytes.js';

const API = 'https://api.github.com';
const RAW = 'https://raw.githubusercontent.com/{repository}/{commit}/';
const COMMIT = /^[0-9a-f]{40}$/;
// GitHub sends at most 7 MB of a tree.
const MOST_TREE = 16 << 20;
const CONDITIONS = ['range', 'if-none-match', 'if-range'];

/**
 * The files of a repository, or of a folder of it. A branch is looked up at each list; files are
 * those of the commit that was listed last.
 * @param {string} repository `OWNER/NAME`
 * @param {{
 *   ref?: string, folder?: string, token?: string, api?: string, raw?: string,
 *   fetch?: typeof globalThis.fetch,
 * }} [given]  `ref`: a branch, a tag or a commit; `folder`: ends with a slash; `raw`: where files
 *   are, with `{repository}` and `{commit}`; the token goes to it only when it is GitHub's
 * @returns {import('./storage.js').Sources}
 */
export function git(
  repository,
  { ref = 'HEAD', folder = '', token, api = API, raw, fetch: ask = fetch } = {},
) {
  /** @type {Record<string, string>} */
  const secret = token ? { authorization: `Bearer ${token}` } : {};
  /**
   * The commit that was listed last, with the hashes of its files.
   * @type {{
   *   commit: string, files: Map<string, string>, list: import('./storage.js').SourceEntry[],
   * } | undefined}
   */
  let last;
  let etag = '';
  let named = '';
  /** @param {string} address @param {Record<string, string>} headers */
  const call = async (address, headers) => {
    const response = await ask(`${api}/repos/${repository}/${address}`, {
      headers: {
        ...secret,
        'user-agent': 'meridian',
        'x-github-api-version': '2022-11-28',
        ...headers,
      },
    });
    if (response.ok || response.status === 304) return response;
    await response.body?.cancel();
    const rest = response.headers.get('x-ratelimit-remaining') === '0';
    throw new Error(
      rest ? 'GitHub allows no more requests in this hour' : `GitHub answered ${response.status}`,
    );
  };
  const commitOf = async () => {
    if (COMMIT.test(ref)) return ref;
    const headers = {
      accept: 'application/vnd.github.sha',
      ...(etag && { 'if-none-match': etag }),
    };
    const response = await call(`commits/${encodeURIComponent(ref)}`, headers);
    if (response.status === 304) return named;
    const name = new TextDecoder().decode(await bytesOf(response, 99));
    if (!COMMIT.test(name)) throw new Error('GitHub named no commit');
    etag = response.headers.get('etag') ?? '';
    return (named = name);
  };
  /** A file at the commit that was listed. @param {string} path @param {RequestInit} [init] */
  const file = async (path, init) => {
    if (!last) throw new Error('the sources are not listed yet');
    const { commit } = last;
    const root = (raw ?? RAW).replace('{repository}', repository).replace('{commit}', commit);
    const place = (folder + path).split('/').map(encodeURIComponent).join('/');
    const headers = { ...(raw ? {} : secret), .../** @type {object} */ (init?.headers) };
    return fileOf(await ask(root + place, { ...init, headers }), 'the host of the files');
  };
  return {
    async list() {
      const commit = await commitOf();
      if (last?.commit === commit) return last.list;
      const headers = { accept: 'application/vnd.github+json' };
      const response = await call(`git/trees/${commit}?recursive=1`, headers);
      const text = new TextDecoder().decode(await bytesOf(response, MOST_TREE));
      /** @type {{ truncated: boolean, tree: Record<string, any>[] }} */
      const { truncated, tree } = JSON.parse(text);
      if (truncated) throw new Error('the repository has more files than GitHub lists');
      const list = tree
        // Links are files with a path in them, modules have no files.
        .filter(
          ({ type, mode, path }) => type === 'blob' && mode !== '120000' && path.startsWith(folder),
        )
        .map(({ path, size, sha }) => ({ path: path.slice(folder.length), size, etag: sha }));
      last = { commit, list, files: new Map(list.map(({ path, etag: sha }) => [path, sha])) };
      return list;
    },
    async get(path, known, most) {
      const sha = last?.files.get(path);
      if (sha !== undefined && sha === known) return { etag: known };
      const response = await file(path);
      return response && { bytes: await bytesOf(response, most), etag: sha };
    },
    open: (path, { method, headers }) =>
      file(path, { method, headers: passedOn(headers, CONDITIONS) }),
  };
}
