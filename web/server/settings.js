// What an author can say of a server, checked once.

/**
 * What createHandler() takes beside sources and modules. Those of the core are the options of
 * `meridian build` of the same names.
 * @typedef {{
 *   url?: string,
 *   baseurl?: string,
 *   theme?: 'auto' | 'site' | 'meridian',
 *   environment?: string,
 *   drafts?: boolean,
 *   future?: boolean,
 *   time?: string | Date,
 *   maxAge?: number,
 *   patience?: number,
 *   steps?: number,
 *   development?: boolean,
 *   headers?: string,
 *   log?: (event: Event) => void,
 *   now?: () => number,
 * }} Options
 *
 * What is reported: the mistakes of a page's author (`diagnostics`), a failure of the sources that
 * visitors did not see (`sources`), an instance of the core that ended (`trap`), an answer with
 * status 500 or 503 (`failure`).
 * @typedef {{
 *   kind: 'diagnostics' | 'sources' | 'trap' | 'failure', path?: string, id?: string,
 *   error?: unknown, diagnostics?: import('../engine/abi.js').Diagnostic[],
 * }} Event
 *
 * @typedef {{
 *   core: Record<string, unknown>, time?: string, maxAge: number, patience: number,
 *   steps: number, development: boolean, headers: string, log: (event: Event) => void,
 *   now: () => number,
 * }} Settings
 */

// Steps of a render, a second or two: what a visitor waits for, and others too, since there is no
// thread. `meridian build` allows five times that.
const MOST_STEPS = 20_000_000;
// The core counts in 32 bits.
const MOST_COUNTED = 4e9;

/** @type {Record<keyof Options, string>} */
const TYPES = {
  url: 'string',
  baseurl: 'string',
  theme: 'string',
  environment: 'string',
  drafts: 'boolean',
  future: 'boolean',
  time: 'string or Date',
  maxAge: 'number',
  patience: 'number',
  steps: 'number',
  development: 'boolean',
  headers: 'string',
  log: 'function',
  now: 'function',
};

/** Throws a TypeError that names the option. @param {Options} options @returns {Settings} */
export function settingsOf(options) {
  for (const [name, value] of Object.entries(options)) {
    const type = TYPES[/** @type {keyof Options} */ (name)];
    if (!type) throw new TypeError(`createHandler: there is no option \`${name}\``);
    const right = type.startsWith(typeof value) || (name === 'time' && value instanceof Date);
    if (value !== undefined && !right)
      throw new TypeError(`createHandler: \`${name}\` must be a ${type}`);
  }
  const { time, maxAge = 60, patience = 10, steps = MOST_STEPS } = options;
  for (const [name, value] of Object.entries({ maxAge, patience }))
    if (!(value >= 0))
      throw new TypeError(`createHandler: \`${name}\` must be a number of seconds`);
  const date = time === undefined ? undefined : new Date(time);
  if (date && Number.isNaN(date.getTime()))
    throw new TypeError('createHandler: `time` must be a time, as 2026-01-31T12:00:00Z');
  if (!(steps >= 1 && steps <= MOST_COUNTED))
    throw new TypeError('createHandler: `steps` must be a number from 1 to 4 billion');
  const { development = false, headers = '' } = options;
  const { url, baseurl, theme, environment = 'production', drafts, future } = options;
  return {
    core: { url, baseurl, theme, environment, drafts, future, fetches_themes: true },
    time: date?.toISOString(),
    maxAge,
    patience,
    steps,
    development,
    headers,
    log: options.log ?? (() => {}),
    now: options.now ?? Date.now,
  };
}
