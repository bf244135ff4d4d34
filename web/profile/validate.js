// Validates a profile: all data of a source is checked here before it is shown, as it appears on a
// foreign page.

/**
 * A person. Addresses are absolute and of a scheme that is allowed; texts are plain, without signs
 * that turn the direction of what follows. `root`: where the sources lie; `home`: the person's
 * site; `stops`: latitude and longitude in degrees.
 * @typedef {{
 *   name: string, pronouns: string, affiliation: string, location: string, bio: string, language:
 *     string,
 *   home: string, avatar: string,
 *   links: { label: string, url: string, icon: string, named: boolean }[],
 *   lists: Map<string, { title: string, url: string, date: string, venue: string }[]>,
 *   stops: { lat: number, lon: number, name: string, country: string, from: string }[],
 *   sections: { title: string, id: string }[],
 *   root: string, raw: boolean, html?: string[],
 * }} Profile `links`: those `named` are seen with their label; `sections`: of the home page, by
 *   their headings; `raw`: made of sources; `html`: that of each section, if it is known already
 */

// Maximal numbers of each kind; longer texts are cut.
const LINKS = 40;
const LISTS = 40;
export const ITEMS = 50;
export const STOPS = 2000;
const SECTIONS = 40;
const [SHORT, LONG] = [200, 1000];

// Directional marks, and control characters (Unicode's Cc, as a range: \p{} takes ten times as long
// to compile).
const UNSEEN = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]|[\0-\x1f\x7f-\x9f]+/g;

/** @param {unknown} value @param {number} [most] characters */
const text = (value, most = SHORT) =>
  (typeof value === 'string'
    ? value
        .slice(0, 4 * most)
        .replace(UNSEEN, ' ')
        .trim()
    : ''
  ).slice(0, most);

/** @param {unknown} value @param {number} most @returns {any[]} */
const array = (value, most) =>
  Array.isArray(value) ? value.slice(0, most).filter((one) => one && typeof one === 'object') : [];

// Each regular expression is compiled on first use, in the page's main thread; comparisons are not.
const WEB = ['https:', 'http:'];
const FOLLOWED = [...WEB, 'mailto:'];

/**
 * A validated address, else ''.
 * @param {unknown} value
 * @param {string} base
 */
export function address(value, base, schemes = FOLLOWED) {
  if (typeof value !== 'string' || !value || value.length > 2000) return '';
  try {
    const url = new URL(value, base);
    return schemes.includes(url.protocol) ? url.href : '';
  } catch {
    return '';
  }
}

/**
 * The addresses of the person's pages and files.
 * @param {{ url?: unknown, baseurl?: unknown }} site
 * @param {string} root
 * @param {boolean} raw
 */
export function places({ url, baseurl }, root, raw) {
  const base = baseurl ? `/${text(baseurl)}/`.replace(/\/+/g, '/') : '/';
  const home = address(text(url) && `${text(url).replace(/\/+$/, '')}${base}`, root, WEB) || root;
  return {
    home,
    /** The address of a page. @param {unknown} value */
    page: (value) => address(value, home),
    /**
     * The address of a file on the source's own host: no other host gets requests.
     * @param {unknown} value
     */
    file(value) {
      const url = address(
        raw && typeof value === 'string' && value.startsWith(base)
          ? root + value.slice(base.length)
          : value,
        root,
        WEB,
      );
      return url.startsWith(`${new URL(root).origin}/`) ? url : '';
    },
  };
}

/**
 * @param {any} data as it came
 * @param {string} root address of the folder that it came from
 * @param {boolean} [raw] it is made of sources, which lie there
 * @returns {Profile} throws when it is none
 */
export function profileOf(data, root, raw = false) {
  const name = text(data?.name);
  if (data?.meridian !== 1 || !name) throw new Error('it contains no profile');
  const at = places(data, root, raw);
  /** @param {any[]} stop @returns {Profile['stops'][0]} */
  const stopOf = ([lat, lon, name, country, from]) => ({
    // null, which was for an unknown place, is no 0.
    lat: typeof lat === 'number' ? lat : NaN,
    lon: typeof lon === 'number' ? lon : NaN,
    name: text(name),
    country: text(country),
    from: text(from),
  });
  /** @param {any} items */
  const listOf = (items) =>
    array(items, ITEMS)
      .map(({ title, url, date, venue }) => ({
        title: text(title, LONG),
        url: at.page(url),
        date: text(date),
        venue: text(venue, LONG),
      }))
      .filter(({ title }) => title);
  /** @type {Profile['lists'] | undefined} */
  let lists;
  /** @type {Profile['stops'] | undefined} */
  let stops;
  return {
    name,
    root,
    raw,
    pronouns: text(data.pronouns),
    affiliation: text(data.affiliation),
    location: text(data.location),
    bio: text(data.bio, LONG),
    language: /^[a-z]{2,3}(-\w{2,8})*$/i.exec(text(data.language).replace(/_/g, '-'))?.[0] ?? '',
    home: at.home,
    avatar: at.file(data.avatar),
    links: array(data.links, LINKS)
      .map(({ label, url, icon, named }) => ({
        label: text(label),
        url: at.page(url),
        icon: text(icon),
        named: !!named,
      }))
      .filter(({ label, url }) => label && url),
    sections: array(data.sections, SECTIONS).map(({ title, id }) => ({
      title: text(title),
      id: text(id),
    })),
    // Rarely shown: computed on demand.
    get lists() {
      return (lists ??= new Map(
        Object.entries(data.lists ?? {})
          .slice(0, LISTS)
          .map(([list, items]) => [text(list), listOf(items)]),
      ));
    },
    get stops() {
      return (stops ??= (Array.isArray(data.stops) ? data.stops : [])
        .slice(0, STOPS)
        .filter(Array.isArray)
        .map(stopOf)
        .filter(
          (/** @type {Profile['stops'][0]} */ { lat, lon }) =>
            Math.abs(lat) <= 90 && Math.abs(lon) <= 180,
        ));
    },
  };
}
