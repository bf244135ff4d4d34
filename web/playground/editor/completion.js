// Completion: decides whether there may be one at the caret. What is offered is in
// complete/complete.js, which is loaded with the first one.

import { autocompletion } from '@codemirror/autocomplete';

/**
 * @typedef {import('@codemirror/autocomplete').CompletionContext} Context
 * @typedef {import('@codemirror/autocomplete').CompletionResult} Result
 */

// Links, Liquid, attributes, emoji, and what follows a key.
const PLACE =
  /\]\([^()\s]*$|\[\[[^\][]*$|\{[%{][^%{}]*$|\b(?:href|src)="[^"]*$|\{:[^{}]*$|(?:^|\s):[a-z]\w*$/;
// Characters before the caret that are looked at.
const NEAR = 300;
// Lines that front matter may have.
const FRONT = 200;

/** Tells whether a place is in front matter. @param {Context} context */
export function inFront({ state, pos }) {
  const { doc } = state;
  if (!/^---\s*$/.test(doc.line(1).text)) return false;
  const { number } = doc.lineAt(pos);
  if (number < 2 || number > FRONT) return false;
  for (let line = 2; line < number; line++) if (/^---\s*$/.test(doc.line(line).text)) return false;
  return true;
}

/** @param {Context} context @param {string} path */
function mayBe(context, path) {
  const { state, pos, explicit } = context;
  if (/\.(ya?ml|json)$/i.test(path) || explicit || inFront(context)) return true;
  const { from } = state.doc.lineAt(pos);
  return PLACE.test(state.sliceDoc(Math.max(from, pos - NEAR), pos));
}

/**
 * @param {string} path of the file
 * @param {(context: Context) => Promise<Result | null>} complete
 */
export const completionOf = (path, complete) =>
  autocompletion({
    override: [(context) => (mayBe(context, path) ? complete(context) : null)],
    icons: false,
  });
