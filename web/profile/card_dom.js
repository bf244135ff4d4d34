// The card's nodes, built from text and validated addresses.

import { make, makeIn } from '../base/elements.js';

/** @typedef {import('./validate.js').Profile} Profile */

/**
 * @param {string} url
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
export const link = (url, attributes, ...children) =>
  url
    ? make(
        'a',
        { href: url, rel: 'noopener ugc', referrerpolicy: 'no-referrer', ...attributes },
        ...children,
      )
    : make('span', {}, ...children);

/** Initials of the first and the last name. @param {string} name */
const initials = (name) =>
  name
    .split(/\s+/)
    .filter((_, at, { length }) => !at || at === length - 1)
    .map((word) => [...word][0])
    .join('');

/** @param {Profile} profile */
function face({ avatar, name }) {
  const letters = () =>
    make('span', { class: 'face', part: 'avatar', 'aria-hidden': 'true' }, initials(name));
  if (!avatar) return letters();
  const picture = make('img', {
    class: 'face u-photo',
    part: 'avatar',
    alt: '',
    width: '96',
    height: '96',
    decoding: 'async',
    referrerpolicy: 'no-referrer',
    src: avatar, // last: WebKit asks for it at once, by the policy so far
  });
  picture.addEventListener('error', () => picture.replaceWith(letters()), { once: true });
  return picture;
}

/**
 * @typedef {[filled: 0 | 1, path: string]} Icon
 * @typedef {Record<string, Icon | 0>} Icons without a prototype; 0: not here
 */

/** @param {Icon} icon */
function drawn([filled, path]) {
  const [svg, shape] = ['svg', 'path'].map((tag) => makeIn('http://www.w3.org/2000/svg', tag));
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  if (filled) svg.setAttribute('class', 'filled');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/**
 * A link with its icon, or with its label if there is none.
 * @param {Icons} icons
 * @param {Profile['links'][0]} link
 */
function linked(icons, { label, url, icon, named }) {
  const sign = icons[icon];
  return sign && !named
    ? link(
        url,
        { title: label, 'aria-label': label, class: 'u-url', rel: 'me noopener ugc' },
        drawn(sign),
      )
    : link(
        url,
        { class: 'u-url named', rel: 'me noopener ugc' },
        drawn(sign || /** @type {Icon} */ (icons.link)),
        make('span', {}, label),
      );
}

/**
 * Makes a TrustedScript where a policy requires one, though this script element holds data only.
 * @param {string} json
 * @returns {string | undefined}
 */
function dataOf(json) {
  try {
    /** @typedef {{ createScript(text: string): string }} Policy */
    /** @type {{ trustedTypes?: { createPolicy(name: string, rules: object): Policy } }} */
    const { trustedTypes } = /** @type {any} */ (window);
    policy ??= trustedTypes?.createPolicy('meridian-profile', {
      createScript: (/** @type {string} */ text) => text,
    }) ?? { createScript: (text) => text };
    return policy.createScript(json);
  } catch {
    return undefined;
  }
}
/** @type {{ createScript(text: string): string } | undefined} */
let policy;

/** Structured data (JSON-LD). @param {Profile} profile */
function described({ name, home, avatar, affiliation, links }) {
  const person = {
    '@context': 'https://schema.org',
    '@type': 'Person',
    name,
    url: home,
    image: avatar || undefined,
    affiliation: affiliation || undefined,
    sameAs: links.map(({ url }) => url).filter((url) => url.startsWith('http')),
  };
  const data = make('script', { type: 'application/ld+json' });
  const text = dataOf(JSON.stringify(person));
  if (text !== undefined) data.text = text;
  return data;
}

/**
 * @param {Profile} profile
 * @param {string} size
 * @param {Icons} icons
 * @param {Node[]} more what was asked for beside the person
 */
export function card(profile, size, icons, more) {
  const { name, home, pronouns, affiliation, location, bio, links, language } = profile;
  const where = [
    affiliation && make('span', { class: 'p-org' }, affiliation),
    location && make('span', { class: 'p-locality' }, location),
  ].filter((part) => part !== '');
  const article = make(
    'article',
    {
      class: `card h-card ${size === 'inline' || size === 'full' ? size : ''}`,
      part: 'card',
      ...(language && { lang: language }),
    },
    face(profile),
    make(
      'div',
      { class: 'id' },
      make(
        'p',
        { class: 'name', part: 'name' },
        link(home, { class: 'p-name u-url', rel: 'author noopener ugc' }, name),
        ...(pronouns ? [' ', make('span', { class: 'quiet p-pronouns' }, pronouns)] : []),
      ),
      ...(where.length
        ? [
            make(
              'p',
              { class: 'line quiet', part: 'affiliation' },
              ...where.flatMap((part, at) => (at ? [' · ', part] : [part])),
            ),
          ]
        : []),
    ),
  );
  if (bio) article.append(make('p', { class: 'bio p-note', part: 'bio' }, bio));
  if (links.length) {
    article.append(
      make(
        'ul',
        { class: 'links', part: 'links' },
        ...links.map((link) => make('li', {}, linked(icons, link))),
      ),
    );
  }
  if (more.length) {
    article.classList.add('full');
    article.append(make('div', { class: 'more' }, ...more));
  }
  article.append(described(profile));
  return article;
}
