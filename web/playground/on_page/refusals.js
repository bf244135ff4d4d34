// Why a change on the page can't be written, in a sentence.

/**
 * Of patch::Reason, in its order.
 * @type {((line: number) => string)[]}
 */
const REASONS = [
  (line) => `Markdown has no form for this change in line ${line}.`,
  (line) => `This is the text of a footnote, which line ${line} only refers to.`,
  (line) => `HTML or an attribute makes this text, near line ${line}.`,
  (line) => `This would change another part of the page: see line ${line}.`,
  (line) => `This comes from Liquid in line ${line}.`,
  (line) => `Liquid would read what was typed in line ${line}.`,
];

/**
 * A change that was refused; without a reason the page's elements are not those of its source.
 * @typedef {{ reason?: number, line?: number }} Refusal
 */

/** @param {Refusal} refusal */
export const whyRefused = ({ reason = -1, line = 1 }) =>
  REASONS[reason]?.(line) ?? 'A script of the page has changed this part.';
