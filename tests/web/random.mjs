// Seeded pseudo-random numbers.

/** @param {number} seed @returns {() => number} from 0 to 1 (mulberry32) */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Random choices by such numbers. @param {() => number} next */
export const choices = (next) => ({
  chance: (/** @type {number} */ share) => next() < share,
  /** An integer from 0 to `count` - 1. @param {number} count */
  below: (count) => Math.floor(next() * count),
  /** @template T @param {readonly T[]} list @returns {T} */
  one: (list) => list[Math.floor(next() * list.length)],
});
