// Where something comes from that a page shows, and that is not its own text: a line with a value,
// or a line of a template.

import { isPicture } from '../../base/file_kinds.js';
import { frontMatterOf } from '../project/front_matter.js';
import { readList } from './list.js';
import { DAY, NUMBER, readScalar } from './scalar.js';

/**
 * @typedef {import('../frame/page_value.js').Missing} Missing
 * @typedef {{ path: string, text: string }} File
 */
/**
 * `whole`: the value is all that is shown; `day`, `picture`, `list`: what it is.
 * @typedef {{ file: string, line: number, key: string, scalar: import('./scalar.js').Scalar,
 *   whole?: boolean, day?: string, picture?: boolean, list?: import('./list.js').List }} Origin
 */

const YAML = /\.ya?ml$/;
// A text that is so short stands in many files.
const SHORT = 4;
// Characters of one that are looked for.
const LONG = 80;
const DATE =
  /\d{4}-\d\d-\d\d|(?:\d{1,2}\.? +)?\p{L}{3,}\.? +(?:\d{1,2}(?:st|nd|rd|th)?,? +)?\d{4}/u;

/** The day that a text names, as `2026-12-01`. @param {string} text */
export function dayOf(text) {
  const [date = ''] = DATE.exec(text.slice(0, LONG)) ?? [];
  if (DAY.test(date)) return date;
  const time = new Date(date.replace(/(\d)(st|nd|rd|th)/, '$1').replace('.', ''));
  return Number.isNaN(time.getTime()) ? undefined : time.toLocaleDateString('sv');
}

/**
 * The line of front matter, data or configuration with the value that is shown.
 * @param {File[]} files
 * @param {Missing} missing
 * @returns {Origin | undefined}
 */
export function findValue(files, { text: wanted, day, picture }) {
  const date = dayOf(day ?? wanted);
  /** @type {Origin[]} */
  const origins = [];
  for (const { path, text } of files) {
    const front = frontMatterOf(text);
    // The first line of front matter are its dashes.
    const lines = text.split(
      '\n',
      YAML.test(path) ? undefined : front ? front.split('\n').length : 0,
    );
    lines.forEach((line, at) => {
      const scalar = readScalar(line);
      const list = scalar || picture ? undefined : readList(lines, at);
      const entry = list?.entries.find(({ value }) => value === wanted);
      if (list && entry)
        origins.push({ file: path, line: at + 1, key: list.key, scalar: entry, list });
      if (!scalar) return;
      const { key, value } = scalar;
      const origin = { file: path, line: at + 1, key, scalar };
      if (picture) {
        const name = value.replace(/^\//, '');
        if (isPicture(name) && picture.endsWith(name)) origins.push({ ...origin, picture: true });
      } else if (value === wanted) origins.push({ ...origin, whole: true });
      else if (date && value.startsWith(date)) origins.push({ ...origin, day: date });
      else if (value.length >= SHORT && wanted.includes(value)) origins.push(origin);
    });
  }
  // A short text is elsewhere, too: it has to be the only one that is a number, or of a list.
  const wholes = origins.filter(({ whole, list }) => whole || list);
  const sure = wholes.length === 1 && (wholes[0].list || NUMBER.test(wanted));
  const length = (/** @type {Origin} */ { scalar }) => scalar.value.length;
  return (
    wholes.find(({ whole }) => whole && wanted.length >= SHORT) ??
    wholes.find(({ list }) => sure || (list && wanted.length >= SHORT)) ??
    origins.find(({ day, picture }) => day || picture) ??
    origins.filter(({ whole, list }) => !whole && !list).sort((a, b) => length(b) - length(a))[0]
  );
}

/** The first line that has a text. @param {File[]} files @param {string} text */
export function findLine(files, text) {
  const wanted = text.slice(0, LONG);
  if (wanted.length < SHORT) return undefined;
  for (const { path, text } of files) {
    const line = text.split('\n').findIndex((one) => one.includes(wanted)) + 1;
    if (line) return { file: path, line };
  }
  return undefined;
}
