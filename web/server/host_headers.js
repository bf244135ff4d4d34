// The meaning of a file `_headers`, as on Netlify and Cloudflare Pages: a line that begins with a
// slash is a path, in which `*` matches anything; the lines below it are headers for these paths.
// All rules that match apply in their order: a header that occurs twice gets both values, joined by
// a comma, and `! Name` removes the values of earlier rules, and the server's own.

/** @typedef {{ parts: string[], headers: [name: string, value: string | undefined][] }} Rule */

// Cloudflare Pages reads 100 rules.
const MOST_RULES = 1000;
// What describes the body, which the file can't know.
const OURS = /^(content-length|content-encoding|content-range|etag|transfer-encoding|location)$/i;
// A name and a value as HTTP allows them (RFC 9110, 5.1 and 5.5).
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** @param {string} text @returns {Rule[]} */
export function rulesOf(text) {
  /** @type {Rule[]} */
  const rules = [];
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (!trimmed || trimmed.startsWith('#')) continue;
    if (line.startsWith('/')) {
      if (rules.length === MOST_RULES) break;
      rules.push({ parts: trimmed.split('*'), headers: [] });
      continue;
    }
    const removes = trimmed.startsWith('!');
    const colon = trimmed.indexOf(':');
    const name = trimmed.slice(Number(removes), colon < 0 ? undefined : colon).trim();
    const value = colon < 0 ? '' : trimmed.slice(colon + 1).trim();
    if (NAME.test(name) && VALUE.test(value) && !OURS.test(name))
      rules.at(-1)?.headers.push([name, removes ? undefined : value]);
  }
  return rules;
}

/**
 * Whether a path is these parts with anything between them.
 * @param {string} path
 * @param {string[]} parts
 */
function matches(path, parts) {
  const [first, ...rest] = parts;
  if (!rest.length) return path === first;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const last = /** @type {string} */ (rest.pop());
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}

/**
 * Sets the headers for a path.
 * @param {Rule[]} rules
 * @param {string} path
 * @param {Headers} headers
 */
export function applyRules(rules, path, headers) {
  /** @type {Map<string, string>} */
  const values = new Map();
  for (const { parts, headers: lines } of rules) {
    if (!matches(path, parts)) continue;
    for (const [name, value] of lines) {
      const key = name.toLowerCase();
      const before = values.get(key);
      if (value === undefined) {
        values.delete(key);
        headers.delete(key);
      } else values.set(key, before === undefined ? value : `${before}, ${value}`);
    }
  }
  for (const [name, value] of values) headers.set(name, value);
}
