// The form for the source of a formula, a footnote or a citation.

import { formulaField } from '../insert/formula_field.js';
import { askAll } from '../ui/prompt.js';

/** What it asks, and what is to be known about it. */
const WORDS = {
  formula: ['Formula', 'TeX. All else on the page stays.'],
  footnote: ['Footnote', 'Markdown. The number and its place stay.'],
  citation: ['Citation', 'Keys of the bibliography, with spaces between them.'],
};

/**
 * Resolves to the new source; undefined: it stays.
 * @param {import('../playground.js').Playground} playground
 * @param {import('../frame/page_own.js').Own} own
 * @param {import('./own_source.js').OwnSource} source
 * @returns {Promise<string | undefined>}
 */
export async function askSource(playground, { kind }, { value, ends }) {
  const [question, hint] = WORDS[kind];
  const formula = kind === 'formula' ? formulaField(playground, value) : undefined;
  const [now] =
    (await askAll(playground.play, {
      questions: [{ question, value, field: formula?.field, lines: 3 }],
      shown: formula?.shown,
      hint,
      act: 'Change',
    })) ?? [];
  if (!now || now === value) return undefined;
  const [sign] = ends.exec(now) ?? [];
  if (sign === undefined) return now;
  const what = sign.trim() ? `“${sign.trim()}”` : 'an empty line';
  playground.notify(`The ${kind} is as it was: ${what} would end it.`);
  return undefined;
}
