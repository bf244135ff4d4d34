// Tokenizes style sheets as browsers do (CSS Syntax 3, section 4), so that addresses are found in
// every syntax.

import { HashType, TokenType, tokenize } from '@csstools/css-tokenizer';

/**
 * Rules for rewriting. `address`: maps an address, for a property; `ids`: the prefix of ids;
 * `strict`: removes every way to load but `url()`.
 * @typedef {{ address: (address: string, property: string) => string, ids?: string, strict?:
 *   boolean }} Rules
 */

/**
 * Serializes a string, without `<` in it, as the sheet stands in a `<style>`.
 * @param {string} text
 */
const quoted = (text) =>
  `"${text.replace(/["\\\n\r\f<]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `)}"`;

/** Escapes the beginning of an end tag, in strings and in names. @param {string} raw */
const tagless = (raw) => raw.replace(/\\?</g, '\\3c ');

// Functions that take an address as a string; without them a sheet uses its fallback.
const OTHER_LOADS = /^(-webkit-)?(image-set|image|src)$/;
// Characters that are replaced before tokenization (CSS Syntax, section 3.3).
const PREPARED = /\r\n?|\f|\0/g;

/**
 * Rewrites a style sheet, or declarations.
 * @param {string} text
 * @param {Rules} rules
 */
export function rewrite(text, { address, ids = '', strict = false }) {
  let out = '';
  /**
   * Tokens since the last brace or semicolon, and which of them are ids if it is a selector.
   * @type {string[]}
   */
  let part = [];
  /** @type {number[]} */
  let hashes = [];
  /** The first name of it: a property, or an at-rule's. */
  let first = '';
  const led = (/** @type {string} */ to) => `url(${quoted(address(to, first))}`;
  const end = (/** @type {string} */ sign) => {
    if (sign === '{' && !first.startsWith('@'))
      for (const at of hashes) part[at] = `#${ids}${part[at].slice(1)}`;
    out += part.join('') + sign;
    [part, hashes, first] = [[], [], ''];
  };
  const tokens = tokenize({
    css: text.replace(PREPARED, (sign) => (sign === '\0' ? '\ufffd' : '\n')),
  });
  for (let at = 0; at < tokens.length; at++) {
    const [type, raw, , , more] = tokens[at];
    const name = (more && 'value' in more ? String(more.value) : '').toLowerCase();
    const safe = strict ? tagless(raw) : raw;
    switch (type) {
      case TokenType.OpenCurly:
      case TokenType.CloseCurly:
      case TokenType.Semicolon:
        end(raw);
        continue;
      case TokenType.Comment:
      case TokenType.CDO:
        part.push('/**/');
        continue;
      case TokenType.URL:
        part.push(`${led(more.value)})`);
        continue;
      case TokenType.BadURL:
        part.push(strict ? 'bad-url()' : raw);
        continue;
      case TokenType.String:
        part.push(first === '@import' && !strict ? `${led(more.value)})` : safe);
        continue;
      case TokenType.Delim:
        part.push(strict && raw === '<' ? '< ' : raw);
        continue;
      case TokenType.AtKeyword:
        first ||= `@${name}`;
        part.push(strict && name === 'import' ? '@no-import' : safe);
        continue;
      case TokenType.Function: {
        first ||= name;
        let next = at + 1;
        while (tokens[next][0] === TokenType.Whitespace) next++;
        const [kind, , , , string] = tokens[next];
        if (name === 'url' && kind === TokenType.String) {
          part.push(led(string.value));
          at = next;
        } else part.push(strict && OTHER_LOADS.test(name) ? `no-${name}(` : safe);
        continue;
      }
      case TokenType.Hash:
        if (ids && more.type === HashType.ID) hashes.push(part.length);
        first ||= `#${name}`;
        break;
      case TokenType.Ident:
        first ||= name;
    }
    part.push(safe);
  }
  end('');
  return out;
}
