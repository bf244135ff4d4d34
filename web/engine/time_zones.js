// Time zones as data: transitions computed with Intl.

/** @typedef {import('./abi.js').Transition} Transition */

const DAY = 86400;
const year = (/** @type {number} */ number) => Date.UTC(number, 0) / 1000;

// Intl abbreviates a zone in some locales only: en-US says EST but GMT+1, en-GB says CET.
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA'];

// Steps are shorter than any two changes lie apart: before 1915 local mean time gives way to
// standard time, once; daylight saving is younger, and Morocco interrupts it for a month. Changes
// of our days fall on a half hour.
const EPOCHS = [
  { until: year(1915), step: 200 * DAY, grain: 1 },
  { until: year(1970), step: 60 * DAY, grain: 1800 },
  { until: year(2038), step: 20 * DAY, grain: 1800 },
];
// Earlier than any date that authors write; exact as a 64-bit integer and as a double.
const ALWAYS = -1e11;

/**
 * The transitions of `zone` from 1840 to 2038; what lies before is the first one's. Undefined for a
 * name that the browser does not know.
 * @param {string} zone @returns {Transition[] | undefined}
 */
export function transitions(zone) {
  const part = (
    /** @type {string} */ locale,
    /** @type {'longOffset' | 'short'} */ timeZoneName,
  ) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName });
    return (/** @type {number} */ at) =>
      format.formatToParts(at * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  };
  let offsetText;
  try {
    offsetText = part('en-US', 'longOffset');
  } catch {
    return undefined;
  }
  const offsetAt = (/** @type {number} */ at) => {
    const [sign, ...parts] = offsetText(at).match(/[-+]|\d+/g) ?? [];
    const size = parts.reduce((sum, part, n) => sum + Number(part) * 60 ** (2 - n), 0);
    return sign === '-' ? -size : size;
  };

  let at = Math.floor(year(1840) / 1800) * 1800;
  let offset = offsetAt(at);
  /** @type {Transition[]} */
  const table = [[ALWAYS, offset, '']];
  for (const { until, step, grain } of EPOCHS) {
    for (; at < until; at += step) {
      if (offsetAt(at + step) === offset) continue;
      let [low, high] = [0, step / grain];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (offsetAt(at + middle * grain) === offset) low = middle;
        else high = middle;
      }
      const change = at + high * grain;
      offset = offsetAt(change);
      table.push([change, offset, '']);
    }
  }

  // Intl has no names for old transitions: an offset gets its present name.
  const locales = LOCALES.map((locale) => part(locale, 'short'));
  /** @type {Map<number, string>} */
  const names = new Map();
  for (const transition of table.reverse()) {
    const [from, seconds] = transition;
    if (!names.has(seconds)) {
      const known = locales
        .map((name) => name(Math.max(from, year(1840))))
        .find((name) => /^[A-Z]{2,5}$/.test(name));
      names.set(seconds, known ?? (seconds % 900 ? 'LMT' : numeric(seconds / 60)));
    }
    transition[2] = names.get(seconds) ?? '';
  }
  return table.reverse();
}

/**
 * The name that the time zone database gives a zone without letters: +01, -0330.
 * @param {number} minutes
 */
function numeric(minutes) {
  const two = (/** @type {number} */ number) => String(Math.floor(number)).padStart(2, '0');
  const size = Math.abs(minutes);
  return (minutes < 0 ? '-' : '+') + two(size / 60) + (size % 60 ? two(size % 60) : '');
}
