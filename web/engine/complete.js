// The conversation with the core, for every host: ask, supply what the answer needs, ask again.

import { Failure } from '../base/failure.js';
import { NEEDS } from './abi.js';

/**
 * What the core needs first.
 * @typedef {{ paths?: string[], zones?: string[], modules?: string[] }} Needs
 *
 * What a browser, a server, a profile card and a build differ in: how each gives the core a file, a
 * time zone, or a module, which may also be a pack of templates, a part of the gazetteer, or a
 * plugin.
 * @typedef {{
 *   file(path: string): unknown, zone(name: string): unknown, module(name: string): unknown,
 * }} Host
 */

// Layouts and includes that include each other take a round each. The core itself gives up after
// eight rounds with the same files missing.
const MAX_ROUNDS = 100;

/** Gives the core what an answer needs. @param {Host} host @param {Needs} needs */
export const supply = (host, { paths = [], zones = [], modules = [] }) =>
  Promise.all([
    ...zones.map((name) => host.zone(name)),
    ...modules.map((name) => host.module(name)),
    ...paths.map((path) => host.file(path)),
  ]);

/**
 * The answer that needs nothing more.
 * @template {{ status: number, json: any } | undefined} T
 * @param {string} name of the page, for the failure
 * @param {() => T | Promise<T>} ask
 * @param {(needs: Needs) => unknown} give supplies what the answer needs
 * @returns {Promise<T>}
 */
export async function complete(name, ask, give) {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const answer = await ask();
    if (answer?.status !== NEEDS) return answer;
    await give(answer.json);
  }
  throw new Failure(name, 'The page keeps requesting more files.');
}
