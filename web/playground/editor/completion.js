// Completion: decides whether there may be one at the caret. The rest is in complete/complete.js,
// which is loaded with the first one.

/**
 * @typedef {import('@codemirror/autocomplete').CompletionContext} Context
 */

// Links, Liquid, attributes, emoji, and what follows a key.
const PLACE =
  /\]\([^()\s]*$|\[\[[^\][]*$|\{[%{][^%{}]*$|\b(?:href|src)="[^"]*$|\{:[^{}]*$|(?:^|\s):[a-z]\w*$/;
// Characters before the caret that are looked at.
const NEAR = 300;
// Lines that front matter may have.
const FRONT = 200;

/**
 * Tells whether a place is in front matter.
 * @param {Pick<Context, 'state' | 'pos'>} context
 */
export function inFront({ state, pos }) {
  const { doc } = state;
  if (!/^---\s*$/.test(doc.line(1).text)) return false;
  const { number } = doc.lineAt(pos);
  if (number < 2 || number > FRONT) return false;
  for (let line = 2; line < number; line++) if (/^---\s*$/.test(doc.line(line).text)) return false;
  return true;
}

/**
 * Tells whether something may be offered at a place.
 * @param {Pick<Context, 'state' | 'pos' | 'explicit'>} context
 * @param {string} path of the file
 */
export function mayBe(context, path) {
  const { state, pos, explicit } = context;
  if (/\.(ya?ml|json)$/i.test(path) || explicit || inFront(context)) return true;
  const { from } = state.doc.lineAt(pos);
  return PLACE.test(state.sliceDoc(Math.max(from, pos - NEAR), pos));
}
