// Sources and modules from a worker's assets (Cloudflare Pages, Workers with assets): the folder
// that was deployed, by a function that fetches from it.

import { bytesOf } from './response_bytes.js';

/** @typedef {(request: Request) => Promise<Response>} Fetch */

/**
 * @param {Fetch} fetch
 * @param {string} path
 * @param {HeadersInit} [headers]
 */
async function fetchFile(fetch, path, headers) {
  const address = path.split('/').map(encodeURIComponent).join('/');
  // Where assets redirect, it is to the address of the same file without `.html`.
  const response = await fetch(new Request(`https://assets.invalid/${address}`, { headers }));
  // Some hosts answer every address with the first page.
  const isPage = /^text\/html/.test(response.headers.get('content-type') ?? '');
  const other = isPage && !/\.html?$/.test(path);
  if ((response.ok || response.status === 304 || response.status === 416) && !other)
    return response;
  await response.body?.cancel();
  if (other || response.status === 404) return undefined;
  throw new Error(`status ${response.status}`);
}

/**
 * The site's sources. They have no list: `meridian.json` has to lie beside them (`meridian index`).
 * @param {Fetch} fetch
 * @returns {import('./storage.js').Sources}
 */
export const assets = (fetch) => ({
  async get(path, known, most) {
    const response = await fetchFile(fetch, path, known ? { 'if-none-match': known } : {});
    if (!response) return undefined;
    const etag = response.headers.get('etag') ?? undefined;
    if (response.status === 304) return { etag: known };
    return { bytes: await bytesOf(response, most), etag };
  },
  open: (path, request) => fetchFile(fetch, path, request.headers),
});

/**
 * The folder `meridian/` beside the sources, and the modules, which a worker imports: it may not
 * compile any.
 * @param {Fetch} fetch
 * @param {Record<string, WebAssembly.Module>} modules by name, `live`
 * @returns {import('./engine.js').Modules}
 */
export const bundled = (fetch, modules) => ({
  async get(name) {
    if (name.endsWith('.wasm')) return modules[name.slice(0, -'.wasm'.length)];
    const response = await fetchFile(fetch, `meridian/${name}`);
    return response && new Uint8Array(await response.arrayBuffer());
  },
  open: (name, request) => fetchFile(fetch, `meridian/${name}`, request.headers),
});

/**
 * The folder `meridian/` beside the sources, where modules may be compiled.
 * @param {Fetch} fetch
 * @returns {import('./engine.js').Modules}
 */
export function fetched(fetch) {
  /** Each is compiled once. @type {Map<string, Promise<WebAssembly.Module>>} */
  const modules = new Map();
  const { get, open } = bundled(fetch, {});
  /** @param {string} name */
  const compile = async (name) => {
    const response = await fetchFile(fetch, `meridian/${name}`);
    if (!response) throw new Error(`meridian/${name} is not there`);
    return WebAssembly.compile(/** @type {BufferSource} */ (await bytesOf(response)));
  };
  return {
    get(name) {
      if (!name.endsWith('.wasm')) return get(name);
      const module = modules.get(name) ?? compile(name);
      modules.set(name, module);
      module.catch(() => modules.delete(name));
      return module;
    },
    open,
  };
}
