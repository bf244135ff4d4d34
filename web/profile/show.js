// A card's additional content: lists, a globe, sections of the home page. Loaded with the first
// card that shows some.

import { real } from '../base/unclobbered.js';
import { nearlyBegins } from '../base/typing_errors.js';
import { same } from '../base/release.js';
import { BESIDE } from './style.js';
import { wishes } from './show_attribute.js';

export { RELEASE as release } from '../base/release.js';

/** @typedef {import('./validate.js').Profile} Profile */
/** @typedef {import('./show_attribute.js').Wish} Wish */
/**
 * Functions of the card's script.
 * @typedef {Pick<typeof import('./validate.js'), 'address' | 'places'> & Pick<typeof
 *   import('./fetch_file.js'), 'fetchText'> & Pick<typeof import('./card_dom.js'), 'link'> &
 *     Pick<typeof
 *   import('../base/elements.js'), 'make'>} Tools
 */

export { BESIDE };

/** A heading in the form for comparisons. @param {string} text */
const plain = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * The level of the card's own headings: below the preceding heading of the page.
 * @param {Element} element the card
 */
function levelIn(element) {
  const root = real(/** @type {Document | ShadowRoot} */ (element.getRootNode()));
  const before = [...root.querySelectorAll('h1, h2, h3, h4, h5')]
    .filter(
      (heading) => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
    )
    .pop();
  return before ? Number(before.localName[1]) + 1 : 2;
}

// Lists that most people have; who has none of these is not misspelt.
const COMMON = ['publications', 'posts', 'talks', 'teaching', 'portfolio', 'globe'];

/**
 * Why a part is missing, which is told where its name looks misspelt.
 * @param {Profile} profile
 * @param {string} name
 * @param {(reason: string) => void} told
 */
function missing({ lists, sections }, name, told) {
  if (COMMON.includes(name)) return;
  const names = [...lists.keys(), ...sections.map(({ title }) => title)];
  const typed = name.toLowerCase();
  const meant = [...names, ...COMMON].find(
    (one) => Math.abs(one.length - name.length) < 2 && nearlyBegins(typed, one.toLowerCase()),
  );
  const remedy = meant
    ? `did you mean “${meant.replace(/ /g, '_')}”?`
    : `there are: ${names.join(', ').slice(0, 200)}`;
  if (meant) console.warn(`<meridian-profile>: show="${name}" is unknown; ${remedy}`);
  told(`${name} is unknown; ${remedy}`);
}

/**
 * The requested content; missing parts are skipped and reported.
 * @param {Element} element the card
 * @param {Profile} profile
 * @param {string} show
 * @param {(reason: string) => void} told
 * @param {Tools} tools
 * @returns {Promise<Node[]>}
 */
export async function shown(element, profile, show, told, tools) {
  const { make, link } = tools;
  const level = levelIn(element);
  /** @param {string} title */
  const heading = (title) =>
    make(
      /** @type {'h2'} */ (`h${Math.min(6, level)}`),
      { class: 'title', part: 'heading' },
      title,
    );

  /**
   * @param {string} title
   * @param {Profile['lists'] extends Map<string, infer L> ? L : never} items
   */
  const listed = (title, items) =>
    make(
      'section',
      { part: 'section' },
      heading(title),
      make(
        'ul',
        { class: 'list', part: 'list' },
        ...items.map(({ title, url, date, venue }) =>
          make(
            'li',
            {},
            make('time', date ? { datetime: date } : {}, date.slice(0, 4)),
            make(
              'span',
              {},
              link(url, {}, title),
              ...(venue ? [' ', make('span', { class: 'quiet' }, venue)] : []),
            ),
          ),
        ),
      ),
    );

  async function globe() {
    const { stops, name } = profile;
    const element = make(/** @type {'div'} */ ('meridian-globe'), { 'aria-label': name });
    element.append(
      make(
        'ol',
        {},
        ...stops.map(({ lat, lon, name, country, from }) =>
          make(
            'li',
            {
              'data-lat': String(lat),
              'data-lon': String(lon),
              'data-country': country,
              'data-from': from.slice(0, 10),
            },
            make('b', {}, name),
          ),
        ),
      ),
    );
    // The globe's own events do not leave the card.
    for (const name of ['meridian-ready', 'meridian-error'])
      element.addEventListener(name, (event) => event.stopPropagation());
    await import('../globe/element.js');
    return element;
  }

  /**
   * One part; undefined when the person has none.
   * @param {Wish} wish
   * @returns {Promise<Node | undefined>}
   */
  async function one({ name, count }) {
    const items = profile.lists.get(name);
    if (items?.length) return listed(name[0].toUpperCase() + name.slice(1), items.slice(0, count));
    if (name === 'globe' && profile.stops.length) return globe();
    const wanted = plain(name);
    const at = wanted
      ? profile.sections.findIndex(
          ({ title, id }) => plain(title) === wanted || plain(id) === wanted,
        )
      : -1;
    if (at < 0) return void missing(profile, name, told);
    const { section } = same(await import('./sections.js'));
    return section(profile, at, level, {
      ...tools,
      heading,
      told: (reason) => told(`${name}: ${reason}`),
    });
  }

  const all = await Promise.all(
    wishes(show).map((wish) => one(wish).catch((error) => told(`${wish.name}: ${error.message}`))),
  );
  return all.filter((node) => node instanceof Node);
}
