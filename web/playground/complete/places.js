// Places of the world for the keys that the globe reads: names with their countries.

import { askTravel } from '../../engine/gazetteer.js';

/**
 * @typedef {import('@codemirror/autocomplete').Completion} Completion
 * @typedef {import('@codemirror/autocomplete').CompletionContext} Context
 * @typedef {import('@codemirror/autocomplete').CompletionResult} Result
 * @typedef {import('@codemirror/state').Text} Doc
 */

const FOLDER = new URL('../meridian/', import.meta.url).href;

// The keys of a stop whose value is a place (globe/stops.js); the first has its country apart.
const PLACE = /^(\s*(?:-\s+)?)(city|place|location)\s*:\s+(["']?)([^"'#[{]*)$/;
// Letters from which on a name is looked up.
const LEAST = 2;
// With fewer places at hand, all of just the typed name are requested too, after a pause.
const FEW = 3;
const PAUSE = 400;

/** Debounced: resolves after a pause in typing, or with the next letter. */
const pause = (/** @type {Context} */ context) =>
  new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
    setTimeout(resolve, context.explicit ? 0 : PAUSE);
    context.addEventListener('abort', resolve, { onDocChange: true });
  });

/** Whether the item of a list, or front matter, around a line has a key. */
const hasKey = (
  /** @type {Doc} */ doc,
  /** @type {number} */ number,
  /** @type {string} */ key,
) => {
  const is = new RegExp(`^\\s*(?:-\\s+)?${key}\\s*:`);
  const ends = /^(\s*-\s|---|\s*$)/;
  let first = number;
  while (first > 1 && !ends.test(doc.line(first).text)) first--;
  for (let at = first; at <= doc.lines; at++) {
    const { text } = doc.line(at);
    if (at > number && ends.test(text)) break;
    if (is.test(text)) return true;
  }
  return false;
};

/**
 * @param {Context} context
 * @returns {Promise<Result | null>} null where no place may stand, or none is known
 */
export async function completePlace(context) {
  const { doc } = context.state;
  const { pos } = context;
  const { from, text, number } = doc.lineAt(pos);
  const [, indent, key, quote, begun] = PLACE.exec(text.slice(0, pos - from)) ?? [];
  if (key === undefined || begun.trim().length < LEAST) return null;
  const ask = (/** @type {number} */ exact) =>
    askTravel(FOLDER, begun, 'complete', exact).catch(() => []);
  let answer = await ask(0);
  if (answer.length < FEW) {
    await pause(context);
    if (context.aborted) return null;
    answer = await ask(1);
  }
  const apart = key === 'city' && !quote && !hasKey(doc, number, 'country');
  const line = `\n${indent.replace('-', ' ')}country: `;
  const options = answer.flatMap(([kind, name, region, country]) => {
    if (kind !== 'place') return [];
    const where = [region, country].filter(Boolean);
    const whole = key === 'city' ? [name, region].filter(Boolean) : [name, ...where];
    /** @type {Completion} */
    const option = { label: name, detail: where.join(', '), type: 'constant' };
    return [{ ...option, apply: whole.join(', ') + (apart ? line + country : '') }];
  });
  // The next letter may bring other places.
  return options.length ? { from: pos - begun.length, options, filter: false } : null;
}
