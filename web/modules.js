// What the core asks for beside files.

import { makeCommonMark } from './abi.js';
import { site } from './host.js';
import { bytesOf, compile, own } from './loader.js';

/** @param {string} name `commonmark`, `plugins` or `emoji` @param {import('./loader.js').Engine} engine */
export async function supplyModule(name, engine) {
  const url = site.folder + name;
  if (name === 'commonmark') engine.commonmark = await makeCommonMark(await compile(url + '.wasm'));
  else await engine.say('theme', await bytesOf(await own(url + '.txt')));
}
