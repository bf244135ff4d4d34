// What a card shows beside the person: lists, a globe, sections of the home page.

import { make } from '../elements.js';
import { heading, listed } from './draw.js';
import { address, places } from './format.js';
import { take } from './source.js';

/** @typedef {import('./format.js').Profile} Profile */
/** @typedef {{ name: string, count: number }} Wish `count`: how many entries of a list */

const FEW = 3;

/** What the attribute `show` says: names, with a count behind a colon. @param {string} text @returns {Wish[]} */
export const wishes = (text) =>
  text.split(/[\s,]+/).filter(Boolean).slice(0, 12).map((word) => {
    const [, name, count] = /^(.*?)(?::(\d{1,2}))?$/.exec(word) ?? [];
    return { name: name.replace(/_/g, ' '), count: +(count ?? FEW) };
  });

/** A heading as it is compared. @param {string} text */
const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** @param {Profile} profile */
async function globe({ stops, name }) {
  const element = make(/** @type {'div'} */ ('meridian-globe'), { 'aria-label': name });
  element.append(make('ol', {}, ...stops.map(({ lat, lon, name, country, from }) => make('li', { 'data-lat': String(lat), 'data-lon': String(lon), 'data-country': country, 'data-from': from.slice(0, 10) }, make('b', {}, name)))));
  await import('../globe/element.js');
  return element;
}

/** One thing that is wished for; nothing when the person has no such thing. @param {Profile} profile @param {Wish} wish @param {number} level of its heading @returns {Promise<Node | undefined>} */
async function one(profile, { name, count }, level) {
  const items = profile.lists.get(name);
  if (items?.length) return listed(name[0].toUpperCase() + name.slice(1), level, items.slice(0, count));
  if (name === 'globe') return profile.stops.length ? globe(profile) : undefined;
  const wanted = plain(name);
  const at = wanted ? profile.sections.findIndex(({ title, id }) => plain(title) === wanted || plain(id) === wanted) : -1;
  if (at < 0) return undefined;
  const { section } = await import('./sections.js');
  return section(profile, at, level, { address, places, take, make, heading });
}

/** Each thing that is there; what can't be shown is left out, and told. @param {Profile} profile @param {string} show @param {number} level of headings @param {(reason: string) => void} told @returns {Promise<Node[]>} */
export async function shown(profile, show, level, told) {
  const all = await Promise.all(wishes(show).map((wish) => one(profile, wish, level).catch((error) => told(`${wish.name}: ${error.message}`))));
  return all.filter((node) => node instanceof Node);
}
