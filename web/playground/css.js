// Style sheets read as a browser reads them (CSS Syntax 3, section 4), so that what they load is found in whatever way it is written.

/**
 * What becomes of a sheet. `address`: where what it loads is to be had, for which property; `ids`: what names of ids begin with;
 * `strict`: nothing may lead elsewhere but `url()`.
 * @typedef {{ address: (address: string, property: string) => string, ids?: string, strict?: boolean }} Rules
 */

const STRING = /"(?:\\[^]|[^"\\\n\r\f])*"?|'(?:\\[^]|[^'\\\n\r\f])*'?/y;
// Comments, strings; names, with what makes them a function, a keyword or an id; anything else, sign by sign.
const TOKEN = /\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\\n\r\f])*"?|'(?:\\[^]|[^'\\\n\r\f])*'?|[@#]?(?:[-\w]|[^\x00-\x7f]|\\[\da-f]{1,6}(?:\r\n|\s)?|\\[^\n\r\f\da-f])+\(?|<!--|[^]/gi;
const UNQUOTED = /(?:\\[^]|[^)\\])*\)?/y;

/** A name or a string without its escapes. @param {string} text */
const plain = (text) =>
  text.replace(/\\(?:([\da-f]{1,6})(?:\r\n|\s)?|(\r\n|[\n\r\f])|([^])|$)/gi, (_, code, line, letter) => {
    if (!code) return letter ?? '';
    const point = parseInt(code, 16);
    return point && point < 0x110000 ? String.fromCodePoint(point) : '\ufffd';
  });

/** A string as a sheet has it. It stands in a `<style>` as well, so there is no tag in it. @param {string} text */
const quoted = (text) => `"${text.replace(/["\\\n\r\f<]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `)}"`;

// Functions that take an address as a string; a sheet falls back to what it says without them.
const OTHER_LOADS = /^(-webkit-)?(image-set|image|src)\($/i;

/** A sheet, or declarations, under rules. @param {string} text @param {Rules} rules */
export function rewrite(text, { address, ids = '', strict = false }) {
  let out = '';
  /** What stands since the last brace or semicolon, and which of it are ids if it is a selector. @type {string[]} */
  let part = [];
  /** @type {number[]} */
  let hashes = [];
  /** The first name of it: a property, or a rule's. */
  let first = '';
  const led = (/** @type {string} */ to) => part.push(`url(${quoted(address(to, first))}`);
  const end = (/** @type {string} */ sign) => {
    if (sign === '{' && !first.startsWith('@')) for (const at of hashes) part[at] = `#${ids}${part[at].slice(1)}`;
    out += part.join('') + sign;
    [part, hashes, first] = [[], [], ''];
  };
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const [token] = found;
    if (/^[{};]$/.test(token)) end(token);
    else if (token.startsWith('/*') || token === '<!--') part.push('/**/');
    else if (/^["']/.test(token)) {
      if (first === '@import' && !strict) led(plain(token.slice(1, token.endsWith(token[0]) ? -1 : undefined))), part.push(')');
      else part.push(strict ? token.replaceAll('<', '\\3c ') : token);
    } else if (/^[-\w@#\\\x80-\uffff]/.test(token)) {
      const name = plain(token).toLowerCase();
      first ||= name;
      if (name === 'url(') {
        const at = TOKEN.lastIndex + (/^\s*/.exec(text.slice(TOKEN.lastIndex))?.[0].length ?? 0);
        STRING.lastIndex = UNQUOTED.lastIndex = at;
        const string = STRING.exec(text)?.[0];
        const rest = string ?? UNQUOTED.exec(text)?.[0] ?? '';
        TOKEN.lastIndex = at + rest.length;
        if (string !== undefined) led(plain(string.slice(1, string.length > 1 && string.endsWith(string[0]) ? -1 : undefined)));
        else led(plain(rest.replace(/\s*\)$/, ''))), part.push(')');
      } else if (strict && (name === '@import' || OTHER_LOADS.test(name))) part.push(name.replace(/^@?/, '$&no-'));
      else {
        if (ids && name[0] === '#') hashes.push(part.length);
        part.push(token);
      }
    } else part.push(strict && token === '<' ? '< ' : token);
  }
  end('');
  return out;
}
