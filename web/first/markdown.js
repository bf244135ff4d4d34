// Reads the beginning of a Markdown text while the core is on its way: paragraphs, headings, flat
// lists, quotes, code. What it shows has to be what the core will show, line for line, or the page
// would jump: it ends before the first block of which it is not sure. The two are compared by
// tests/wasm/core-first-text.test.mjs.

/** Thrown at what only the core can read. */
const UNSURE = new Error();
const stop = () => {
  throw UNSURE;
};

/**
 * @typedef {{ github?: boolean, root: string }} Dialect `github`: as on GitHub, else as kramdown;
 *   `root`: path of the site's root, for `relative_url`
 */

// Limits of what is read: two windows of text, so that no rule below takes long on any text.
const MOST = 12_000;
// Marks within marks; a quote in a quote.
const DEEPEST = 8;

const escaped = (/** @type {string} */ text) =>
  text.replace(/[&<>"]/g, (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[c]};`);

// ---- spans ----

// Elements within a line, with plain attributes.
const TAG =
  /<(\/?)(a|abbr|b|br|cite|em|i|img|mark|small|span|strong|sub|sup|u)(?:\s+(?!on|markdown)[\w-]+="[^"<>]*")*\s*\/?>|<!--(?!-?>)[^]*?-->/iy;
const ENTITY =
  /&(?:#\d{2,5}|#x[\da-fA-F]{2,4}|amp|lt|gt|quot|nbsp|copy|ndash|mdash|hellip|middot|auml|ouml|uuml|szlig|eacute);/y;
const AUTOLINK = /<((?:https?|ftp):\/\/[^\s<>]+)>/y;
const CODE = /(`+)([^`]|[^`][^]*?[^`])\1(?!`)/y;
const TARGET =
  /\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()<>\\]|\([^\s()<>\\]*\))*))(?:\s+"([^"\n]*)")?\s*\)/y;
const ATTRIBUTES =
  /\{:(\s*(?:[.#][\w-]+|[\w-]+="[^"\n<>{}]*")(?:\s*[.#][\w-]+|\s+[\w-]+="[^"\n<>{}]*")*)\s*\}/y;
const ESCAPE = /\\([\\.*_+`\-()[\]{}#!<>:|"'=$])/y;
// What is Markdown in one of the dialects, or a plugin's, and not read here.
const UNREAD = /\[\^|\[\[|\$\$|<<|>>|\{\{|\{%|\{::|~~|==|%%|:[\w+-]+:|^\s*\*\[/;
const LETTER = /[\p{L}\p{N}]/u;

/**
 * Attributes of an attribute list, as HTML.
 * @param {string} list
 */
function attributes(list) {
  /** @type {Map<string, string>} */
  const made = new Map();
  for (const [, kind, short, long, value] of list.matchAll(/([.#])([\w-]+)|([\w-]+)="([^"]*)"/g)) {
    const name = long ?? { '.': 'class', '#': 'id' }[kind];
    if (/^on/i.test(name)) stop();
    const before = name === 'class' && made.has(name) ? made.get(name) + ' ' : '';
    made.set(name, before + (short ?? value));
  }
  return [...made].map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
}

/**
 * Position behind the bracket that closes the one at `at`, with what stands between; unsure without
 * one.
 * @param {string} text @param {number} at
 */
function closing(text, at) {
  for (let depth = 0, end = at; end < text.length; end++) {
    if (text[end] === '\\' || text[end] === '`') stop();
    if (text[end] === '[') depth++;
    if (text[end] === ']' && !--depth) return end;
  }
  return stop();
}

/**
 * The mark that closes one of emphasis; unsure without one, or where a link or code may hide it.
 * @param {string} text @param {number} from @param {string} mark
 */
function closingMark(text, from, mark) {
  for (let end = from; end < text.length; end++) {
    const c = text[end];
    if (c === '\\' || c === '<') stop();
    if (c === '`') {
      CODE.lastIndex = end;
      end += (CODE.exec(text) ?? stop())[0].length - 1;
    } else if (c === '[') {
      end = closing(text, end);
      TARGET.lastIndex = end;
      end += (TARGET.exec(text)?.[0].length ?? 1) - 1;
    } else if (c === mark[0]) {
      const run = text.slice(end).match(/^(.)\1*/)?.[0] ?? '';
      const inner = /\S/.test(text[end - 1]) && end > from;
      if (run === mark && inner && (c === '*' || !LETTER.test(text[end + 1] ?? ''))) return end;
      // The other kind, open and closed within.
      if (run.length === mark.length || run.length > 2) stop();
      end = closingMark(text, end + run.length, run) + run.length - 1;
    }
  }
  return stop();
}

/** @param {string} before a letter or nothing @param {string} quote @param {string} after */
function quoted(before, quote, after) {
  if (before && !/[\s\p{L}\p{N}.,;:!?)(*_\]’”%-]/u.test(before)) stop();
  const opens = !before || /[\s(-]/.test(before);
  if (opens ? !after || /[\s\d.,;:!?)]/.test(after) : /[*_]/.test(before)) stop();
  if (!opens && quote === '"' && LETTER.test(after)) stop();
  return quote === '"' ? (opens ? '“' : '”') : opens ? '‘' : '’';
}

/**
 * @param {string} text of a block @param {Dialect} dialect
 * @param {number} [depth]
 * @param {string} [before] the letter in front of it
 * @returns {string} HTML
 */
function spans(text, dialect, depth = 0, before = '') {
  if (depth > DEEPEST) stop();
  let html = '';
  let at = 0;
  /** Elements that are open. @type {string[]} */
  const open = [];
  /** @param {RegExp} rule */
  const next = (rule) => {
    rule.lastIndex = at;
    const found = rule.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  /** A list of attributes behind a span. */
  const listed = () => (dialect.github ? '' : attributes(next(ATTRIBUTES)?.[1] ?? ''));
  while (at < text.length) {
    const c = text[at];
    const previous = text[at - 1] ?? before;
    /** @type {RegExpExecArray | null} */
    let found;
    if (c === '\\') {
      if (!dialect.github && next(/\\\\\n/y)) html += '<br>\n';
      else if ((found = next(ESCAPE))) html += escaped(found[1]);
      else if (next(/\\\n/y)) dialect.github ? (html += '<br>\n') : stop();
      else stop();
    } else if (c === '`') {
      const code = (next(CODE) ?? stop())[2].replace(/\n/g, ' ');
      if (!code.trim()) stop();
      const inner = /^ .*[^ ].* $/.test(code) ? code.slice(1, -1) : code;
      const is = dialect.github ? '' : ' class="language-plaintext highlighter-rouge"';
      if (text[at] === '{') stop();
      html += `<code${is}>${escaped(inner)}</code>`;
    } else if (c === '*' || c === '_') {
      const mark = (next(/(.)\1*/y) ?? stop())[0];
      if (c === '_' && LETTER.test(previous)) {
        if (dialect.github && !LETTER.test(text[at] ?? '')) stop();
        html += mark;
        if (!LETTER.test(text[at] ?? '')) stop();
        continue;
      }
      if (mark.length > 2 || !/\S/.test(text[at] ?? ' ')) stop();
      const end = closingMark(text, at, mark);
      const inner = spans(text.slice(at, end), dialect, depth + 1, ' ');
      at = end + mark.length;
      const name = mark[1] ? 'strong' : 'em';
      html += `<${name}${listed()}>${inner}</${name}>`;
    } else if (c === '[' || (c === '!' && text[at + 1] === '[')) {
      const begin = at + (c === '!' ? 2 : 1);
      const end = closing(text, begin - 1);
      const inner = text.slice(begin, end);
      at = end;
      found = next(TARGET) ?? stop();
      const target = escaped(found[1] ?? found[2]);
      if (!target) stop();
      const title = found[3] ? ` title="${escaped(found[3])}"` : '';
      if (c === '!') {
        if (/[*_`[\\&<"'-]|\.\./.test(inner)) stop();
        html += `<img src="${target}" alt="${escaped(inner)}"${title}${listed()}>`;
      } else {
        if (/\]\(|<a\b/.test(inner)) stop();
        html += `<a href="${target}"${title}${listed()}>${spans(inner, dialect, depth + 1, previous)}</a>`;
      }
    } else if (c === '<') {
      if ((found = next(AUTOLINK))) {
        const url = escaped(found[1]);
        html += `<a href="${url}">${url}</a>`;
      } else if ((found = next(TAG))) {
        const [tag, end, name] = found;
        if (end) name === open.pop() || stop();
        else if (name && !/^(br|img)$/i.test(name)) open.push(name);
        html += tag;
      } else html += (next(/<(?=\s)/y) ?? stop()) && '&lt;';
    } else if (c === '&')
      html += (next(ENTITY) ?? next(/&(?![#\w]+;)/y) ?? stop())[0].replace(/^&$/, '&amp;');
    else if ((found = next(/ {2,}\n/y))) html += '<br>\n';
    else if (dialect.github && next(/https?:|www\.|[\w.+-]+@|@\w|#\w|\$/y)) stop();
    // Some sites have formulas between them.
    else if (next(/\$(?=[^\s\d])/y)) stop();
    else if (!dialect.github && (c === '"' || c === "'"))
      html += text.slice(at - 2, at) === '..' ? stop() : quoted(previous, c, text[++at] ?? '');
    else if (!dialect.github && (found = next(/-{2,}|\.{3,}/y))) {
      if (found[0].length > 3) stop();
      html += { '--': '–', '---': '—', '...': '…' }[found[0]];
    } else if (c === ']' || c === '{' || (c === '|' && !dialect.github)) stop();
    else {
      html += c === '>' ? '&gt;' : c;
      at++;
    }
  }
  return open[0] ? stop() : html;
}

/** Unsure unless a text is HTML without surprises. @param {string} text */
function raw(text) {
  const bare = text.replace(new RegExp(TAG, 'gi'), (tag, end, name) =>
    name && !/^(br|img)$/i.test(name) ? (end ? '<' : '>') : '',
  );
  let depth = 0;
  for (const c of bare) {
    if (c === '>') depth++;
    if ((c === '<' && --depth < 0) || c === '&') stop();
  }
  if (depth) stop();
}

// ---- blocks ----

const FENCE = /^(`{3,}|~{3,})\s*([\w+#-]*)\s*$/;
const HEADING = /^(#{1,6})\s+(\S.*?)(?:\s+#+)?\s*$/;
const RULE = /^ {0,3}([*_-])(?:\s*\1){2,}\s*$/;
const ITEM = /^(?:([*+-])|(\d{1,9})\.) {1,3}(?=\S)/;
// What begins another kind of block, or may.
const MARKED =
  /^(?: {4}|\t| *(?:[*+-]|\d+[.)])(?:\s|$)| *(?:#|>|\||:\s|```|~~~|\{|<(?!\/?(?:a|abbr|b|br|cite|em|i|img|mark|small|span|strong|sub|sup|u)\b|https?:|!--))| *(?:=+|-+|\^)\s*$)/i;
// One element, in one line, with plain attributes.
const ELEMENT = /^<(p|div|center|h[1-6])((?:\s+(?!on|markdown)[\w-]+="[^"<>]*")*)>(.*)<\/\1>$/;

/** @param {string[]} lines of a paragraph, or of an item @param {Dialect} dialect */
const joined = (lines, dialect) => {
  if (lines.slice(1).some((line) => MARKED.test(line))) stop();
  const text = lines
    .map((line) => line.replace(/^ +/, ''))
    .join('\n')
    .replace(/ +$/, '');
  if (UNREAD.test(text)) stop();
  return spans(text, dialect);
};

/**
 * The blocks of a text, as HTML, up to the first one that is not sure.
 * @param {string[]} lines
 * @param {boolean} whole the text ends with them
 * @param {Dialect} dialect
 * @param {number} depth
 */
function blocks(lines, whole, dialect, depth) {
  /** @type {string[]} */
  const made = [];
  let at = 0;
  let sure = false;
  const blank = (/** @type {number} */ line) =>
    line >= lines.length || /^[ \t]*$/.test(lines[line]);
  /** The attribute list that is the whole of a line. @param {number} line */
  const list = (line) => {
    const found = !dialect.github && /^\{:.*\}\s*$/.exec(lines[line] ?? '');
    if (!found) return undefined;
    ATTRIBUTES.lastIndex = 0;
    const { 0: all, 1: inner } = ATTRIBUTES.exec(found[0].trimEnd()) ?? stop();
    if (all.length !== found[0].trimEnd().length) stop();
    return attributes(inner);
  };
  const one = () => {
    let given = list(at);
    if (given !== undefined && blank(++at)) stop();
    const begin = at;
    const first = lines[at];
    const fence = FENCE.exec(first);
    if (fence) {
      while (++at < lines.length && lines[at].trim() !== fence[1]);
      if (at >= lines.length || /^\{:/.test(lines[at + 1] ?? '')) stop();
      return code(lines.slice(begin + 1, at++), fence[2], dialect, given);
    }
    while (!blank(at)) at++;
    if (at >= lines.length && !whole) stop();
    // Of the next block it is not known whether it belongs to this one.
    const after = lines.slice(at).find((line) => /[^ \t]/.test(line));
    if (after === undefined && !whole) stop();
    if (/^:\s|^\^\s*$/.test(after ?? '')) stop();
    const block = lines.slice(begin, at);
    const behind = block.length > 1 ? list(at - 1) : undefined;
    if (behind !== undefined) {
      if (given !== undefined) stop();
      given = behind;
      block.pop();
    }
    given ??= '';
    if (RULE.test(first) && block.length === 1) return given ? stop() : '<hr>';
    const heading = HEADING.exec(first);
    if (heading) {
      if (block.length > 1 || heading[2].endsWith('}')) stop();
      const name = 'h' + heading[1].length;
      return `<${name}${given}>${joined([heading[2]], dialect)}</${name}>`;
    }
    const under = block.length > 1 ? /^(=|-)\1*\s*$/.exec(block[block.length - 1]) : null;
    if (under) {
      if (block.length > 2 || MARKED.test(first)) stop();
      const name = under[1] === '=' ? 'h1' : 'h2';
      return `<${name}${given}>${joined([first], dialect)}</${name}>`;
    }
    if (ITEM.test(first)) {
      if (after && (ITEM.test(after.trimStart()) || /^\s|^\{:/.test(after))) stop();
      return items(block, given, dialect);
    }
    if (/^> ?/.test(first)) {
      if (depth > DEEPEST || block.some((line) => !/^>/.test(line)) || /^>/.test(after ?? ''))
        stop();
      const inner = block.map((line) => line.replace(/^> ?/, ''));
      const all = blocks(inner, true, dialect, depth + 1);
      if (!all.sure) stop();
      return `<blockquote${given}>\n${all.html}\n</blockquote>`;
    }
    if (/^<!--(?!-?>)[^]*-->$/.test(block.join('\n'))) return given || stop();
    const element = block.length === 1 && !given && ELEMENT.exec(first);
    if (element)
      return UNREAD.test(first) || !element[3].trim() ? stop() : (raw(element[3]), first);
    if (MARKED.test(first) || /^<!--|^\s/.test(first)) stop();
    return `<p${given}>${joined(block, dialect)}</p>`;
  };
  try {
    for (;;) {
      while (at < lines.length && blank(at)) at++;
      if (at >= lines.length) break;
      made.push(one());
    }
    sure = true;
  } catch (error) {
    if (error !== UNSURE) throw error;
  }
  return { html: made.join('\n\n'), sure };
}

/** @param {string[]} lines @param {string} given attributes @param {Dialect} dialect */
function items(lines, given, dialect) {
  const [, bullet, number] = ITEM.exec(lines[0]) ?? [];
  if (number && number !== '1') stop();
  /** @type {string[][]} */
  const parts = [];
  for (const line of lines) {
    const mark = ITEM.exec(line);
    if (mark && (bullet ? mark[1] !== bullet : !mark[2])) stop();
    if (mark) parts.push([line.slice(mark[0].length)]);
    else parts[parts.length - 1].push(line);
  }
  if (parts.some(([first]) => MARKED.test(first) || RULE.test(first) || /^\[[ x]\]/i.test(first)))
    stop();
  const made = parts.map((part) => `<li>${joined(part, dialect)}</li>`).join('\n');
  const name = bullet ? 'ul' : 'ol';
  return `<${name}${given}>\n${made}\n</${name}>`;
}

// Languages that Rouge has a lexer for: code in others has another form.
const LANGUAGES =
  /^(bash|c|console|cpp|css|go|html|java|javascript|js|json|latex|matlab|php|plaintext|python|r|ruby|rust|sh|shell|sql|tex|text|typescript|xml|yaml)$/;

/**
 * A block of code, without its colours.
 * @param {string[]} lines @param {string} language @param {Dialect} dialect @param {string} [given]
 */
function code(lines, language, { github }, given) {
  if (given || UNREAD.test(lines.filter((line) => /\{[{%]/.test(line)).join())) stop();
  if (github || (language && !LANGUAGES.test(language))) stop();
  const name = language || 'plaintext';
  const text = escaped(lines.map((line) => line + '\n').join(''));
  return `<div class="language-${name} highlighter-rouge"><div class="highlight"><pre class="highlight"><code>${text}</code></pre></div></div>`;
}

// ---- the text ----

// Liquid that stands for an address of the site.
const ADDRESS = /\{\{-?\s*(?:(["'])(\/[^"'{}|]*)\1\s*\|\s*relative_url|site\.baseurl)\s*-?\}\}/g;

/**
 * The first blocks of a page's Markdown as HTML; empty when not even the first one is sure.
 * @param {string} source with its front matter
 * @param {boolean} whole the source has arrived to its end
 * @param {Dialect} dialect
 */
export function firstBlocks(source, whole, dialect) {
  const front = /^---[ \t]*\r?\n(?:[^]*?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(
    source.slice(0, MOST),
  );
  const body = source.slice(front?.[0].length ?? 0).replace(/\r\n?/g, '\n');
  const text = body
    .slice(0, MOST)
    .replace(ADDRESS, (_, quote, path = '') => dialect.root.slice(0, -1) + path)
    .replace(/^\n+/, '');
  if (/[\0\t\v\f\u00a0]/.test(text.slice(0, 1))) return '';
  return blocks(text.split('\n'), whole && body.length <= MOST, dialect, 0).html;
}
