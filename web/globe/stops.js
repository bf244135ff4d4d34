// Parses stops: elements of a list, JSON, CSV and TSV, GeoJSON, GPX and KML, talkmap's
// org-locations.js.

/**
 * @typedef {{
 *   name: string, country: string, code: string, region: string, lon: number, lat: number,
 *   when: string, from: string, to: string, note: string, url: string, image: string, kind: string,
 *   element?: HTMLElement,
 * }} Stop `lon`, `lat`: degrees, NaN as long as they are not known; `when`: the dates in words;
 *   `element`: the item of the list that shows it
 */

/** @param {any} value */
const text = (value) =>
  value === undefined || value === null || typeof value === 'object' ? '' : String(value).trim();
/** A number, NaN if invalid. @param {any} value */
const number = (value) => (text(value) === '' ? NaN : Number(String(value).replace(/°$/, '')));

/** A day without its time. @param {any} value */
const day = (value) => text(value).replace(/^(\d{4}-\d\d-\d\d)[T ].*/, '$1');

/**
 * Tells whether a stop has a valid position. Longitudes may exceed one turn, as geo.h says.
 * @param {Stop} stop
 */
export const isPlace = ({ lon, lat }) => Math.abs(lat) <= 90 && Math.abs(lon) <= 3600;

/**
 * The value of the first key that exists, in any case of letters.
 * @param {Record<string, any>} map
 * @param {string} names
 */
function pick(map, names) {
  for (const name of names.split(' ')) if (text(map[name])) return map[name];
  return undefined;
}

/** @param {any} item a name, `[name, lat, lon]`, or a map @returns {Stop} */
export function stopOf(item) {
  if (Array.isArray(item)) item = { name: item[0], lat: item[1], lon: item[2] };
  if (typeof item !== 'object' || item === null) item = { name: item };
  /** @type {Record<string, any>} */
  const map = Object.fromEntries(
    Object.entries(item).map(([key, value]) => [key.trim().toLowerCase(), value]),
  );
  const [from, to] = [day(pick(map, 'from date start year')), day(pick(map, 'to until end'))];
  return {
    name: text(pick(map, 'city name place location title')),
    country: text(pick(map, 'country')),
    code: text(pick(map, 'code iso')).toUpperCase(),
    region: text(pick(map, 'region state')),
    lon: number(pick(map, 'lon lng long longitude')),
    lat: number(pick(map, 'lat latitude')),
    when: [from, to].filter((day, at, both) => day && both.indexOf(day) === at).join(' – '),
    from,
    to,
    note: text(pick(map, 'note description desc')),
    url: text(pick(map, 'url link href')),
    image: text(pick(map, 'image img picture')),
    kind: text(map.kind),
  };
}

/**
 * Items of a list: their text and their `data-…` attributes.
 * @param {ParentNode} parent
 * @returns {Stop[]}
 */
export function fromElements(parent) {
  return [...parent.querySelectorAll('li, option, [data-lon]')].map((element) => {
    const item = /** @type {HTMLElement} */ (element);
    const link = item.querySelector('a[href]:not([href^="#"])');
    const name = item.querySelector('b, strong, a');
    const time = item.querySelector('time')?.textContent ?? '';
    const stop = stopOf({
      name: name?.textContent ?? item.textContent,
      url: link?.getAttribute('href'),
      ...item.dataset,
    });
    return {
      ...stop,
      when: item.dataset.when ?? (time.trim() || stop.when),
      element: item,
    };
  });
}

/**
 * Parses a file; undefined for types that are not read here (YAML, which the core reads).
 * @param {string} source
 * @param {string} type its ending, or its media type
 * @returns {Stop[] | undefined}
 */
export function fromText(source, type) {
  if (/gpx|kml|xml/.test(type)) return fromXml(source);
  if (/csv|tsv|tab-separated/.test(type)) return fromTable(source, /csv/.test(type) ? ',' : '\t');
  const script = addressPoints(source);
  if (!script && !/json|js$|javascript/.test(type)) return undefined;
  const data = JSON.parse(script ?? source);
  const items = Array.isArray(data) ? data : (data.features ?? data.stops ?? []);
  return items.flatMap((/** @type {any} */ item) =>
    item?.geometry ? fromGeometry(item) : [stopOf(item)],
  );
}

/**
 * The list in talkmap's org-locations.js as JSON, up to the last bracket; undefined without one.
 * @param {string} source
 */
function addressPoints(source) {
  const begin = /addressPoints\s*=\s*(?=\[)/.exec(source);
  if (!begin) return undefined;
  const list = source.slice(begin.index + begin[0].length, source.lastIndexOf(']') + 1);
  return list ? list.replace(/,\s*\]/g, ']') : undefined;
}

/** A GeoJSON feature: its points, or the ends of its lines. @param {any} feature */
function fromGeometry({ geometry: { type, coordinates }, properties }) {
  const list = Array.isArray(coordinates) ? coordinates : [];
  const places =
    type === 'Point'
      ? [list]
      : type === 'MultiPoint'
        ? list
        : type === 'LineString'
          ? [list[0], list.at(-1)]
          : [];
  const stop = stopOf(properties ?? {});
  return places.map((/** @type {any} */ at) => ({
    ...stop,
    lon: number(at?.[0]),
    lat: number(at?.[1]),
  }));
}

/**
 * Way points of GPX, placemarks of KML; for a track without names its first and last point.
 * @param {string} source
 */
function fromXml(source) {
  const xml = new DOMParser().parseFromString(source, 'text/xml');
  const inner = (/** @type {Element} */ element, /** @type {string} */ name) =>
    element.querySelector(name)?.textContent?.trim() ?? '';
  const ways = [...xml.querySelectorAll('wpt, rtept')];
  const points = ways
    .filter((way) => !way.querySelector('wpt, rtept'))
    .map((point) =>
      stopOf({
        name: inner(point, 'name'),
        note: inner(point, 'desc') || inner(point, 'cmt'),
        date: inner(point, 'time').slice(0, 10),
        lat: point.getAttribute('lat'),
        lon: point.getAttribute('lon'),
        url: point.querySelector('link')?.getAttribute('href'),
      }),
    );
  // A placemark in another one: the inner one alone, or each would read all that are in it.
  const innermost = [...xml.querySelectorAll('Placemark')].filter(
    (mark) => !mark.querySelector('Placemark'),
  );
  const marks = innermost.flatMap((mark) => {
    const [lon, lat] = inner(mark, 'coordinates').split(/[\s,]+/);
    if (!lat) return [];
    const [from, to] = [inner(mark, 'when') || inner(mark, 'begin'), inner(mark, 'end')];
    return [
      stopOf({ name: inner(mark, 'name'), note: inner(mark, 'description'), from, to, lon, lat }),
    ];
  });
  if (points.length + marks.length) return [...points, ...marks];
  const track = xml.querySelectorAll('trkpt');
  return [...track]
    .filter((_, at) => at === 0 || at === track.length - 1)
    .map((point) =>
      stopOf({
        name: inner(point, 'name') || inner(point, 'time').slice(0, 10),
        lat: point.getAttribute('lat'),
        lon: point.getAttribute('lon'),
      }),
    );
}

/**
 * A table with a header row, as in RFC 4180.
 * @param {string} source
 * @param {string} separator
 */
function fromTable(source, separator) {
  /** @type {string[][]} */
  const rows = [[]];
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`,
    'gy',
  );
  for (let found = cell.exec(source); found; found = cell.exec(source)) {
    rows[rows.length - 1].push(found[1]?.replaceAll('""', '"') ?? found[2]);
    if (!found[3]) break;
    if (found[3] !== separator) rows.push([]);
  }
  const [names = [], ...lines] = rows.filter((row) => row.some(Boolean));
  // By the cells of each line: names times lines can be the square of the file.
  return lines.map((line) =>
    stopOf(Object.fromEntries(line.slice(0, names.length).map((cell, at) => [names[at], cell]))),
  );
}
