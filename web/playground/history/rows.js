// The lines of two texts as elements.

import { make } from '../../base/elements.js';

/** @typedef {import('./diff.js').Line} Line */

// Equal lines that are shown around changed ones.
const AROUND = 3;

/**
 * The changed lines and those around them; the others are counted.
 * @param {Line[]} lines
 * @param {('before' | 'after')[]} sides that are shown
 */
export function rowsOf(lines, sides) {
  const near = new Set(
    lines.flatMap(({ part }, at) =>
      part ? Array.from({ length: 2 * AROUND + 1 }, (_, i) => at + i - AROUND) : [],
    ),
  );
  const diff = make('div', { class: 'diff' });
  let skipped = 0;
  const gap = () => {
    if (skipped)
      diff.append(
        make('div', { class: 'gap' }, `${skipped} unchanged ${skipped === 1 ? 'line' : 'lines'}`),
      );
    skipped = 0;
  };
  for (const [at, line] of lines.entries()) {
    // Of an equal line, its number in the later text.
    const side = [...sides].reverse().find((one) => line[one] !== undefined);
    if (!side) continue;
    if (!near.has(at)) {
      skipped++;
      continue;
    }
    gap();
    diff.append(row(line, side));
  }
  gap();
  return diff;
}

/** @param {Line} line @param {'before' | 'after'} side */
function row({ text, part, ...numbers }, side) {
  const gone = side === 'before';
  let [from, to] = part ?? [0, 0];
  // The whole line is marked by its side.
  if (to - from === text.length) to = from;
  return make(
    'span',
    { class: part ? `d d--${gone ? 'cut' : 'add'}` : 'd', 'data-n': String(numbers[side]) },
    make('i', {}, part ? (gone ? '−' : '+') : ' '),
    make(
      'span',
      { dir: 'auto' },
      text.slice(0, from),
      ...(to > from ? [make(gone ? 'del' : 'ins', {}, text.slice(from, to))] : []),
      text.slice(to),
    ),
  );
}
