// The card's nodes: made one by one, of texts and checked addresses.

import { make } from '../elements.js';

/** @typedef {import('./format.js').Profile} Profile */

/** @param {string} url @param {Record<string, string>} attributes @param {(Node | string)[]} children */
const link = (url, attributes, ...children) => (url ? make('a', { href: url, rel: 'noopener ugc', referrerpolicy: 'no-referrer', ...attributes }, ...children) : make('span', {}, ...children));

/** The first letters of first and last name. @param {string} name */
const initials = (name) => name.split(/\s+/).filter((_, at, { length }) => !at || at === length - 1).map((word) => [...word][0]).join('');

/** @param {Profile} profile */
function face({ avatar, name }) {
  const letters = () => make('span', { class: 'face', part: 'avatar', 'aria-hidden': 'true' }, initials(name));
  if (!avatar) return letters();
  const picture = make('img', { class: 'face u-photo', part: 'avatar', alt: '', src: avatar, width: '96', height: '96', loading: 'lazy', decoding: 'async', referrerpolicy: 'no-referrer' });
  picture.addEventListener('error', () => picture.replaceWith(letters()), { once: true });
  return picture;
}

/** @typedef {Record<string, [filled: 0 | 1, path: string]>} Icons */

/** @param {Icons} icons @param {string} name */
const knows = (icons, name) => Object.prototype.hasOwnProperty.call(icons, name);

/** @param {Icons} icons @param {string} name */
function icon(icons, name) {
  const [filled, path] = icons[knows(icons, name) ? name : 'link'];
  const [svg, shape] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  if (filled) svg.setAttribute('class', 'filled');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/** What a part of the card is called. @param {string} title @param {number} level of the heading */
export const heading = (title, level) => make(/** @type {'h2'} */ (`h${Math.min(6, level)}`), { class: 'title', part: 'heading' }, title);

/** What comes of a list. @param {string} title @param {number} level of its heading @param {Profile['lists'] extends Map<string, infer L> ? L : never} items */
export const listed = (title, level, items) =>
  make('section', { part: 'section' }, heading(title, level), make('ul', { class: 'list', part: 'list' }, ...items.map(({ title, url, date, venue }) =>
    make('li', {}, make('time', date ? { datetime: date } : {}, date.slice(0, 4)), make('span', {}, link(url, {}, title), ...(venue ? [' ', make('span', { class: 'quiet' }, venue)] : []))))));

/** Where a policy asks for Trusted Types, nobody sets a script's text without one, though this is none that runs. @param {string} json @returns {string | undefined} */
function dataOf(json) {
  try {
    const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy(name: string, rules: object): { createScript(text: string): string } } }} */ (/** @type {unknown} */ (window));
    policy ??= trustedTypes?.createPolicy('meridian-profile', { createScript: (/** @type {string} */ text) => text }) ?? { createScript: (text) => text };
    return policy.createScript(json);
  } catch {
    return undefined;
  }
}
/** @type {{ createScript(text: string): string } | undefined} */
let policy;

/** For whoever reads data. @param {Profile} profile */
function described({ name, home, avatar, affiliation, links }) {
  const person = { '@context': 'https://schema.org', '@type': 'Person', name, url: home, image: avatar || undefined, affiliation: affiliation || undefined, sameAs: links.map(({ url }) => url).filter((url) => /^http/.test(url)) };
  const data = make('script', { type: 'application/ld+json' });
  const text = dataOf(JSON.stringify(person));
  if (text !== undefined) data.text = text;
  return data;
}

/**
 * @param {Profile} profile @param {string} size @param {Icons} icons @param {Node[]} more what was asked for beside the person
 */
export function card(profile, size, icons, more) {
  const { name, home, pronouns, affiliation, location, bio, links, language } = profile;
  const where = [affiliation && make('span', { class: 'p-org' }, affiliation), location && make('span', { class: 'p-locality' }, location)].filter((part) => part !== '');
  const article = make('article', { class: `card h-card ${size === 'inline' || size === 'full' ? size : ''}`, part: 'card', ...(language && { lang: language }) },
    face(profile),
    make('div', { class: 'id' },
      make('p', { class: 'name', part: 'name' }, link(home, { class: 'p-name u-url', rel: 'author noopener ugc' }, name), ...(pronouns ? [' ', make('span', { class: 'quiet p-pronouns' }, pronouns)] : [])),
      ...(where.length ? [make('p', { class: 'line quiet', part: 'affiliation' }, ...where.flatMap((part, at) => (at ? [' · ', part] : [part])))] : [])));
  if (bio) article.append(make('p', { class: 'bio p-note', part: 'bio' }, bio));
  if (links.length) {
    article.append(make('ul', { class: 'links', part: 'links' }, ...links.map(({ label, url, icon: sign }) =>
      make('li', {}, link(url, { title: label, class: `u-url ${knows(icons, sign) ? '' : 'named'}`, rel: 'me noopener ugc' }, icon(icons, sign), make('span', {}, label))))));
  }
  if (more.length) {
    article.classList.add('full');
    article.append(make('div', { class: 'more' }, ...more));
  }
  article.append(described(profile));
  return article;
}
