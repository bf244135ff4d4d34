// Loads wasm modules, packs of templates and files of the gazetteer on the core's request.

import { site } from '../base/site_state.js';
import { readPart } from '../net/byte_ranges.js';
import { bytesOf, compile, fetchShellFile, templates } from '../net/fetch.js';

/** @typedef {import('./engine.js').ModuleName} ModuleName */

/** @param {string} name @param {import('./engine.js').Engine} engine */
async function load(name, engine) {
  const url = site.folder + name;
  if (/^(bibliography|commonmark|kramdown|sass|travel)$/.test(name))
    await engine.addModule(/** @type {ModuleName} */ (name), await compile(url + '.wasm'));
  else if (name === 'rouge')
    // Code without colours is better than no page.
    await engine.addModule(name, await compile(url + '.wasm').catch(() => null));
  else if (name.startsWith('places/'))
    await engine.addPlaces(
      name,
      await readPart(url, fetchShellFile, bytesOf).catch(() => new Uint8Array()),
    );
  else if (!engine.sent.has(name)) {
    /** @type {import('./worker_server.js').Change} */
    const change = ['theme', await templates(url + '.txt')];
    // Each pack once: a later pack displaces older ones.
    engine.sent.set(name, change);
    await engine.send({ tell: change });
  }
}

/**
 * Loads a module once, also if a page and a prefetch need it.
 * @param {string} name `bibliography`, `commonmark`, `kramdown`, `rouge`, `sass`, `travel`, a file
 *   of the gazetteer, or a pack of templates
 * @param {import('./engine.js').Engine} engine
 */
export function supplyModule(name, engine) {
  const { coming } = engine;
  if (/** @type {Record<string, unknown>} */ (engine.modules)[name]) return Promise.resolve();
  const loading = coming.get(name) ?? load(name, engine).finally(() => coming.delete(name));
  coming.set(name, loading);
  return loading;
}
