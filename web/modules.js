// What the core asks for beside files.

import { makeCommonMark } from './abi.js';
import { site } from './host.js';
import { bytesOf, compile, own } from './loader.js';

/** @param {string} name `commonmark` or `plugins` @param {import('./loader.js').Engine} engine */
export async function supplyModule(name, engine) {
  const url = site.folder + name;
  if (name === 'plugins') await engine.say('theme', await bytesOf(await own(url + '.txt')));
  else engine.commonmark = await makeCommonMark(await compile(url + '.wasm'));
}
