// The worker of the search: keeps the texts of the project, and answers queries. A query that takes
// too long ends with its worker (client.js).

import { RELEASE } from '../../base/release.js';
import { MOST, search } from './search.js';

/**
 * `texts`: files that are new or changed, undefined for those that are gone; `only`: the file to
 * search.
 * @typedef {{ texts: [path: string, text: string | undefined][], query:
 * import('./search.js').Query,
 *   only?: string }} Question
 * @typedef {{ found?: [path: string, matches: import('./search.js').Match[]][], all?: boolean,
 *   error?: string }} Reply
 */

/** @type {Map<string, string>} */
const texts = new Map();

/** @param {Question} question @returns {Reply} */
function answer({ texts: news, query, only }) {
  for (const [path, text] of news)
    if (text === undefined) texts.delete(path);
    else texts.set(path, text);
  /** @type {[string, import('./search.js').Match[]][]} */
  const found = [];
  let room = MOST;
  const paths = only === undefined ? [...texts.keys()].sort() : [only];
  for (const path of paths) {
    if (!room) break;
    const matches = search(texts.get(path) ?? '', query, room);
    room -= matches.length;
    if (matches.length) found.push([path, matches]);
  }
  return { found, all: room > 0 };
}

addEventListener('message', ({ data, ports: [port] }) => {
  if (!port) return;
  try {
    port.postMessage(answer(data));
  } catch (error) {
    port.postMessage({ error: /** @type {Error} */ (error).message });
  }
});
postMessage({ release: RELEASE });
