// The worker that makes profiles from raw sources: the playground's core with limits for untrusted
// sites. Untrusted content of any length is read here; results are shortened to what the card
// shows.

import { Core } from '../engine/abi.js';
import { beginServing, serveBy } from '../engine/worker_server.js';
import { ITEMS, STOPS } from './validate.js';
import { listOf } from './lists.js';

/**
 * Beside what a core is asked. `source`: a list of files, gives the folder of the sources; `where`:
 * of each file where it lies, if it does; `listOf`: with `start`, whose list the core gets.
 * @typedef {import('../engine/worker_server.js').Request & { source?: import('./lists.js').Given,
 *   where?: { name: string, paths: string[] }, listOf?: string }} ProfileRequest
 */

// Characters of a section plus one, so that longer ones are recognised.
const SECTION = (256 << 10) + 1;

/** @param {any} list @param {number} most */
const few = (list, most) => (Array.isArray(list) ? list.slice(0, most) : []);

export class ProfileCore extends Core {
  /**
   * @param {string} wanted names
   * @returns {import('../engine/abi.js').Answer & { sections: string[] }}
   */
  profile(wanted) {
    const { status, html, json } = this.answer('profile', wanted);
    const person = /** @type {any} */ (json);
    if (person.stops) person.stops = few(person.stops, STOPS);
    for (const [name, items] of Object.entries(person.lists ?? {}))
      person.lists[name] = few(items, ITEMS);
    return {
      status,
      html: '',
      json,
      sections: html
        ? few(JSON.parse(html), Infinity).map((section) => String(section).slice(0, SECTION))
        : [],
    };
  }
}

/** By name of the source. @type {Map<string, import('./lists.js').Listed>} */
const lists = new Map();

/** Answers requests that need no core. @param {ProfileRequest} request */
function answer({ source, where }) {
  if (source) lists.set(source.name, listOf(source));
  const listed = lists.get(source?.name ?? where?.name ?? '');
  // Another source has exceeded its time meanwhile.
  if (!listed) throw new Error('the worker was terminated');
  return where ? where.paths.map((path) => listed.from.get(path)) : listed.root;
}

beginServing((port) => {
  serveBy(port, ProfileCore);
  const { onmessage } = port;
  port.onmessage = (/** @type {MessageEvent<ProfileRequest>} */ event) => {
    const {
      data,
      ports: [reply],
    } = event;
    try {
      if (data.source || data.where) return reply.postMessage({ answer: answer(data) });
      if (data.listOf) data.changes?.push(['list', lists.get(data.listOf)?.list ?? '{}']);
      onmessage(event);
    } catch (error) {
      reply.postMessage({ trap: /** @type {Error} */ (error).message });
    }
  };
});
