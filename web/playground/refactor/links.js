// Links of all kinds in a text: Markdown, HTML, Liquid tags, values of YAML, style sheets. Finds
// where their targets stand; what they mean is decided in targets.js.

import { MARKDOWN, ending } from '../../base/file_kinds.js';

/**
 * `from`, `to`: where the target stands; `kind`: `address`, relative or absolute; `path`: from the
 * site's root; `include`, `layout`, `post`, `beside`: a name in that tag or key; `note`: of a link
 * between notes.
 * @typedef {{ from: number, to: number, text: string, kind: 'address' | 'path' | 'include' |
 *   'layout' | 'post' | 'beside' | 'note' }} Link
 */

// Characters of a line that is searched: minified ones have no links that somebody wrote.
const LONGEST = 5000;

/** Each has its target as the first group that matches. @type {[Link['kind'], RegExp][]} */
const TEXT = [
  // [text](target "title"), ![alt](<target>)
  ['address', /\]\(\s*<?([^\s<>()"']+(?:\([^\s()]*\)[^\s<>()"']*)*)/g],
  // [label]: target
  ['address', /^ {0,3}\[[^\]\n]+\]:\s*<?([^\s<>]+)/g],
  ['address', /\s(?:href|src|poster|action|data-src|data)\s*=\s*(?:"([^"{]+)"|'([^'{]+)')/gi],
  // [[Name]], [[#Heading]] of the same note
  ['note', /\[\[([^\]|#\n]+|#[^\]|\n]+)/g],
];
/** @type {[Link['kind'], RegExp][]} */
const LIQUID = [
  ['path', /\{%-?\s*link\s+([^\s%{}]+)/g],
  ['post', /\{%-?\s*post_url\s+([^\s%{}]+)/g],
  ['include', /\{%-?\s*include(?:_cached)?\s+([^\s%{}]+)/g],
  ['beside', /\{%-?\s*include_relative\s+([^\s%{}]+)/g],
  ['address', /\{\{-?\s*(?:"(\/[^"]*)"|'(\/[^']*)')\s*\|\s*(?:relative|absolute)_url/g],
  ['address', /\{%-?\s*assign\s+\w+\s*=\s*(?:"(\/[^"]*)"|'(\/[^']*)')/g],
  ['address', /\{%[^%]*?\s\w+\s*=\s*(?:"(\/[^"]*)"|'(\/[^']*)')/g],
];
/** @type {[Link['kind'], RegExp][]} */
const YAML = [
  ['layout', /^(?:- )?layout\s*:\s*["']?([\w./-]+)/g],
  [
    'address',
    /^[\s-]*(?:["']?[\w -]+["']?\s*:\s+)(?:"([^"\s{}]+)"|'([^'\s{}]+)'|([^\s"'{}[\],#][^\s"'{}[\],]*))\s*(?:#.*)?$/g,
  ],
  ['address', /^\s*-\s+(?:"([^"\s:{}]+)"|'([^'\s:{}]+)'|([^\s"':{}[\],#][^\s"':{}[\],]*))\s*$/g],
  ['address', /[{,]\s*["']?\w+["']?\s*:\s*(?:"([^"\s{}]+)"|'([^'\s{}]+)')/g],
];
/** @type {[Link['kind'], RegExp][]} */
const CSS = [['address', /url\(\s*["']?([^"'()\s]+)/g]];

// Old addresses, which lead to a page on purpose, and its own.
const OWN = /^\s*(?:permalink|redirect_from|baseurl|url_base)\s*:/;

/**
 * @param {string} line
 * @param {number} offset
 * @param {[Link['kind'], RegExp][]} patterns
 * @param {Link[]} found
 */
function collect(line, offset, patterns, found) {
  for (const [kind, pattern] of patterns) {
    for (const match of line.matchAll(pattern)) {
      const text = match.slice(1).find((group) => group !== undefined) ?? '';
      const from = offset + match.index + match[0].lastIndexOf(text);
      if (text && !found.some((other) => from < other.to && other.from < from + text.length))
        found.push({ from, to: from + text.length, text, kind });
    }
  }
}

/** Inline code, blanked out at its length. @param {string} line */
const withoutCode = (line) =>
  line.includes('`')
    ? line.replace(/(`+)(?!`).*?\1(?!`)/g, (code) => ' '.repeat(code.length))
    : line;

/**
 * The links of a file.
 * @param {string} path
 * @param {string} text
 * @returns {Link[]}
 */
export function linksIn(path, text) {
  /** @type {Link[]} */
  const all = [];
  const data = /\.(ya?ml|json|csv|tsv)$/i.test(path);
  const sheet = /\.(s?css|sass)$/i.test(path);
  const markdown = ending(MARKDOWN).test(path);
  let [offset, front, fence, old] = [0, false, '', false];
  for (const [number, line] of text.split('\n').entries()) {
    const at = offset;
    offset += line.length + 1;
    if (line.length > LONGEST) continue;
    /** @type {Link[]} */
    const found = [];
    const rule = /^---\s*$/.test(line);
    if (number === 0 && rule) front = true;
    else if (front && rule) front = false;
    else if (front || data) {
      // A list below such a key is part of it.
      old = OWN.test(line) || (old && /^\s*-|^\s*$/.test(line) && !/^\s*-\s+\w+\s*:/.test(line));
      if (!old && !/^\s*#/.test(line)) collect(line, at, YAML, found);
      if (/\.(csv|tsv)$/i.test(path))
        collect(line, at, [['address', /(?:^|[,\t])"?(\/[^,\t"]+)/g]], found);
    } else if (sheet) collect(line, at, CSS, found);
    else {
      const mark = markdown ? (/^\s*(?:>\s?)*(`{3,}|~{3,})/.exec(line)?.[1] ?? '') : '';
      if (fence) fence = mark.startsWith(fence) ? '' : fence;
      else if (mark) fence = mark;
      else {
        const seen = markdown ? withoutCode(line) : line;
        collect(seen, at, LIQUID, found);
        collect(seen, at, TEXT, found);
        collect(seen, at, CSS, found);
      }
    }
    all.push(...found.sort((a, b) => a.from - b.from));
  }
  return all;
}
