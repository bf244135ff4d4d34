// The entry for Netlify: an edge function for every address but those of the sources, which are
// deployed as files below `/_sources/`, with a manifest and the folder `meridian/`.

import { assets, fetched } from './assets.js';
import { createHandler } from './handler.js';

const FILES = '/_sources';

/** @type {import('./handler.js').Handler | undefined} */
let handler;

/** @param {string} origin */
function start(origin) {
  const fetchFile = (/** @type {Request} */ { url, headers }) =>
    fetch(origin + FILES + new URL(url).pathname, { headers, redirect: 'manual' });
  const { Netlify } = /** @type {any} */ (globalThis);
  return createHandler({
    sources: assets(fetchFile),
    modules: fetched(fetchFile),
    options: {
      log: (event) => console.error(event),
      ...JSON.parse(Netlify?.env.get('MERIDIAN_OPTIONS') ?? '{}'),
    },
  });
}

/** @param {Request} request @param {import('./handler.js').Context} context */
export default (request, context) => {
  handler ??= start(new URL(request.url).origin);
  return handler(request, context);
};

export const config = { path: '/*', excludedPath: `${FILES}/*` };
