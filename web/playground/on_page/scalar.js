// A line of YAML with a key and a text, as of front matter.

/**
 * What is before the text (an anchor too), the quotes around it, and what is behind it.
 * @typedef {{ head: string, key: string, quote: string, value: string, tail: string }} Scalar
 */

const LINE =
  /^(\s*(?:-\s+)?([\w-]+)[ \t]*:[ \t]+(?:&[\w-]+[ \t]+)?)(?:(")((?:[^"\\]|\\.)*)"|(')((?:[^']|'')*)'|([^\s"'[{&*!|>%@`#].*?))([ \t]*(?:[ \t]#.*)?\r?)$/;
// Characters of a line that are read: an expression takes more than linear time.
const LONGEST = 2000;
// Letters or a path, and no sign that YAML reads; a word that is none of its others.
const PLAIN = /^[\p{L}/](?!.*(?::\s|\s#|:$))[^\r\n]*[^\s]$/u;
/** What a date begins with. */
export const DAY = /^\d{4}-\d\d-\d\d/;
export const NUMBER = /^-?\d+(?:\.\d+)?$/;
export const BOOLEAN = /^(?:true|false)$/;
const WORD = /^(true|false|yes|no|on|off|null)$/i;

/** @param {string} line @returns {Scalar | undefined} */
export function readScalar(line) {
  const found = line.length < LONGEST && LINE.exec(line);
  if (!found) return undefined;
  const [, head, key, double, inDouble = '', single, inSingle = '', plain = '', tail] = found;
  // Other escapes would have to be written again.
  if (inDouble.replace(/\\["\\]/g, '').includes('\\')) return undefined;
  const value = double
    ? inDouble.replace(/\\(.)/g, '$1')
    : single
      ? inSingle.replace(/''/g, "'")
      : plain;
  return { head, key, quote: double ?? single ?? '', value, tail };
}

/**
 * The line with another text, in the same quotes as far as it can.
 * @param {Scalar} scalar
 * @param {string} value of one line
 */
export function writeScalar({ head, quote, value: old, tail }, value) {
  const dated = DAY.test(old) && DAY.test(value);
  const same = [NUMBER, BOOLEAN].some((kind) => kind.test(old) && kind.test(value));
  const bare = !quote && (dated || same || (PLAIN.test(value) && !WORD.test(value)));
  const quoted =
    quote === "'"
      ? `'${value.replace(/'/g, "''")}'`
      : `"${value.replace(/["\\]/g, (sign) => `\\${sign}`)}"`;
  return head + (bare ? value : quoted) + tail;
}
