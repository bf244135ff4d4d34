// One tab at a time, where the browser can do that.

import { Fault } from './host.js';

const { locks } = navigator;

/**
 * Acts while no other tab does; waits for that.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} act
 */
export const inTurn = (name, act) => (locks ? locks.request(name, act) : act());

/**
 * Acts while no other tab does, or throws a Fault.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} act
 */
export const alone = (name, act) =>
  locks
    ? locks.request(name, { ifAvailable: true }, (lock) => {
        if (!lock) throw new Fault('elsewhere');
        return act();
      })
    : act();
