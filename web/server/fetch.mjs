// The entry for runtimes that serve a default export with `fetch`, with the site in a folder:
//
//     MERIDIAN_SOURCE=my-site deno serve --allow-read --allow-env fetch.mjs
//     MERIDIAN_SOURCE=my-site bun fetch.mjs

import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { folder, release } from './folder.mjs';
import { createHandler } from './handler.js';

const BESIDE = fileURLToPath(new URL('../dist', import.meta.url));
const { MERIDIAN_SOURCE = '.', MERIDIAN_DIST = BESIDE, MERIDIAN_OPTIONS = '{}' } = process.env;

const handler = createHandler({
  sources: folder(MERIDIAN_SOURCE),
  modules: release(MERIDIAN_DIST),
  options: { log: (event) => console.error(event), ...JSON.parse(MERIDIAN_OPTIONS) },
});

export default { fetch: (request) => handler(request) };
