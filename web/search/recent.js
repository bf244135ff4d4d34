// What the reader has searched for, in this browser alone.

import { perhaps } from '../base/util.js';

const KEY = 'meridian-searches';
const MOST = 5;
const LONGEST = 100;

/** @returns {string[]} the last one first */
export function recentSearches() {
  const kept = perhaps(() => JSON.parse(localStorage[KEY]));
  return Array.isArray(kept)
    ? kept.filter((words) => typeof words === 'string').slice(0, MOST)
    : [];
}

/** @param {string} words */
export function keepSearch(words) {
  const kept = [words.slice(0, LONGEST), ...recentSearches().filter((other) => other !== words)];
  perhaps(() => (localStorage[KEY] = JSON.stringify(kept.slice(0, MOST))));
}

export const forgetSearches = () => void perhaps(() => localStorage.removeItem(KEY));
