// travel.wasm with the files of the gazetteer that its answers need.

import { bytesOf, compile, fetchShellFile } from '../net/fetch.js';
import { readPart } from '../net/byte_ranges.js';
import { makeTravel } from './abi.js';

/** @typedef {import('./abi.js').Travel} Travel */

// Rounds of loading files: the index, then shards of names, regions and suggestions.
const ROUNDS = 6;

/** By folder of the shell: places that are known stay so. @type {Map<string, Promise<Travel>>} */
const known = new Map();

/** @param {string} folder */
function load(folder) {
  const travel = compile(`${folder}travel.wasm`).then(makeTravel);
  known.set(folder, travel);
  travel.catch(() => known.delete(folder));
  return travel;
}

/**
 * Lines of an answer, as core/include/meridian/travel.h has them, each as its fields.
 * @param {string} folder the shell's, with a slash
 * @param {string} text
 * @param {Parameters<Travel['ask']>} how the function, and values before the text
 * @returns {Promise<string[][]>} rejects without the module; none after too many rounds
 */
export async function askTravel(folder, text, ...how) {
  const travel = await (known.get(folder) ?? load(folder));
  const bytes = new TextEncoder().encode(text);
  for (let round = 0; round < ROUNDS; round++) {
    // Prefixed by its length.
    const answer = new TextDecoder().decode(travel.ask(...how, bytes).subarray(4));
    const lines = answer.split('\n').map((line) => line.split('\t'));
    const [[kind, ...files]] = lines;
    if (kind !== 'needs') return lines;
    const arrived = await Promise.all(
      files.map((file) =>
        readPart(folder + file, fetchShellFile, bytesOf).catch(() => new Uint8Array()),
      ),
    );
    files.forEach((file, at) => travel.put(file, arrived[at]));
  }
  return [];
}
