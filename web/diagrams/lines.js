// Which line of a diagram a message of mermaid's means.

// What mermaid takes out before it parses: front matter, directives, lines of comments.
const TAKEN_OUT = [
  /^-{3}[^\S\n]*\n[^]*?\n-{3}[^\S\n]*\n+/g,
  /%{2}\{[^]*?\}%{2}/g,
  /^[^\S\n]*%%(?!\{)[^\n]*\n?/gm,
];

/**
 * @param {string} message
 * @param {string} text
 * @returns {number | undefined} from 1
 */
export function lineOf(message, text) {
  const [, line] = /\bline:? (\d+)/.exec(message) ?? [];
  const [, offset] = /\boffset:? (\d+)/.exec(message) ?? [];
  if (!line && !offset) return undefined;
  const out = new Uint8Array(text.length);
  for (const pattern of TAKEN_OUT)
    for (const { 0: all, index } of text.matchAll(pattern)) out.fill(1, index, index + all.length);
  let [at, lines] = [0, Number(line) || Infinity];
  let chars = line ? Infinity : Number(offset);
  // Blank lines at its begin are taken out, too.
  while (at < text.length && (out[at] || /\s/.test(text[at]))) at++;
  for (; at < text.length - 1; at++) {
    if (out[at]) continue;
    if (lines <= 1 || chars-- <= 0) break;
    if (text[at] === '\n') lines--;
  }
  return text.slice(0, at).split('\n').length;
}
