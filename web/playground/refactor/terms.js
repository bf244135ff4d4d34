// Tags, categories and citation keys in texts: where they stand, and how another name is written in
// their place.

/**
 * `from`, `to`: with quotes; `names`: all of its list; `cut`: what goes when the new name is in the
 * list; `words`: the string of words that it is in.
 * @typedef {{ kind: 'tag' | 'category', name: string, from: number, to: number, style: 'plain' |
 *   'flow' | 'word', names: string[], cut?: Range, words?: Range }} Term
 */
/** @typedef {[from: number, to: number]} Range */
/** @typedef {{ name: string, from: number, to: number }} Scalar */
/** A key of BibTeX. @typedef {{ name: string, from: number, to: number, entry: boolean }} Key */

const KEYED = /^([ \t]*(?:- +)?)(tags?|categor(?:y|ies))[ \t]*:(?=\s|$)[ \t]*/;
const SCALAR = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'/y;
/** Front matter between its lines of dashes. */
export const FRONT = /^(\uFEFF?---\s*\n)([^]*?\n)?(---\s*(?:\n|$))/;
const SETTINGS = /(^|\/)_config\.ya?ml$/;

/** The name that a scalar of YAML is. @param {string} scalar */
function nameOf(scalar) {
  if (scalar.startsWith("'")) return scalar.slice(1, -1).replace(/''/g, "'");
  if (!scalar.startsWith('"')) return scalar;
  try {
    return String(JSON.parse(scalar));
  } catch {
    return scalar.slice(1, -1);
  }
}

/**
 * The scalar that begins there: quoted, or up to one of these characters, or a comment.
 * @param {string} text
 * @param {number} from
 * @param {RegExp} stop
 * @returns {Scalar | undefined}
 */
function scalarAt(text, from, stop) {
  SCALAR.lastIndex = stop.lastIndex = from;
  let [scalar] = SCALAR.exec(text) ?? [''];
  if (!scalar && !/[&*!|>{[#"'\]]/.test(text[from] ?? '#')) {
    scalar = text.slice(from, stop.exec(text)?.index ?? text.length);
    const comment = scalar.search(/[ \t]#/);
    scalar = (comment < 0 ? scalar : scalar.slice(0, comment)).trimEnd();
  }
  return scalar ? { name: nameOf(scalar), from, to: from + scalar.length } : undefined;
}

const LINE = /[\r\n]/g;
const ITEM = /[\r\n,\]]/g;

/**
 * The scalars of a list in brackets, which may have several lines.
 * @param {string} text
 * @param {number} from behind its bracket
 * @param {number} end
 */
function flow(text, from, end) {
  /** @type {Scalar[]} */
  const items = [];
  for (let at = from; at < end;) {
    const gap = /(?:[\s,]|#[^\n]*)*/y;
    gap.lastIndex = at;
    at += gap.exec(text)?.[0].length ?? 0;
    const item = at < end ? scalarAt(text, at, ITEM) : undefined;
    if (!item) return text[at] === ']' ? items : [];
    items.push(item);
    at = item.to;
  }
  return [];
}

/**
 * The tags and categories that a text sets: in front matter, and in the defaults of settings.
 * @param {string} path
 * @param {string} text
 * @returns {Term[]}
 */
export function termsIn(path, text) {
  const settings = SETTINGS.test(path);
  const front = FRONT.exec(text);
  const begin = settings ? text.search(/^defaults[ \t]*:/m) : front ? front[1].length : -1;
  if (begin < 0) return [];
  let end = begin + (front?.[2]?.length ?? 0);
  if (settings) {
    // Up to the next key of the file.
    const first = lineEnd(text, begin);
    const next = text.slice(first).search(/^[^\s#-]/m);
    end = next < 0 ? text.length : first + next;
  }
  /** @type {Term[]} */
  const terms = [];
  for (let at = begin; at < end;) {
    const newline = text.indexOf('\n', at);
    const after = newline < 0 ? text.length : newline + 1;
    const [head, indent, key] = KEYED.exec(text.slice(at, after)) ?? [];
    if (head !== undefined && (settings || !indent))
      terms.push(...valuesOf(text, key, at + head.length, indent.length, end));
    at = after;
  }
  return terms;
}

/**
 * @param {string} text
 * @param {string} key
 * @param {number} from of the value
 * @param {number} indent
 * @param {number} end of what is searched
 * @returns {Term[]}
 */
function valuesOf(text, key, from, indent, end) {
  const kind = key.startsWith('tag') ? 'tag' : 'category';
  const all = key === 'tags' || key === 'categories';
  const bracket = text[from] === '[';
  const single = bracket ? undefined : scalarAt(text, from, LINE);
  if (single && !all) return [{ kind, style: 'plain', ...single, names: [single.name] }];
  if (single) {
    const { name, to } = single;
    const start = from + text.slice(from, to).indexOf(name);
    // Words that are escaped are not in the text.
    if (start < from) return [];
    const names = name.split(/\s+/).filter(Boolean);
    return [...name.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
      kind,
      style: 'word',
      name: word,
      from: start + index,
      to: start + index + word.length,
      names,
      words: [from, to],
    }));
  }
  const items = bracket ? flow(text, from + 1, end) : block(text, from, indent, end);
  const names = items.map(({ name }) => name);
  return items.map((item, at) => {
    /** @type {Range} */
    let cut = [text.lastIndexOf('\n', item.from) + 1, lineEnd(text, item.to)];
    if (bracket) {
      const next = items[at + 1];
      cut = next ? [item.from, next.from] : [items[at - 1]?.to ?? item.from, item.to];
    }
    return { kind, style: bracket ? 'flow' : 'plain', ...item, names, cut };
  });
}

/** Where the line behind begins. @param {string} text @param {number} at */
const lineEnd = (text, at) => {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline + 1;
};

/**
 * The scalars of a list with dashes.
 * @param {string} text
 * @param {number} from somewhere in the line before
 * @param {number} indent
 * @param {number} end
 */
function block(text, from, indent, end) {
  /** @type {Scalar[]} */
  const items = [];
  for (let at = lineEnd(text, from); at < end; at = lineEnd(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (/^\s*(#|$)/.test(line)) continue;
    const [dash, before] = /^([ \t]*)-[ \t]+/.exec(line) ?? [];
    if (dash === undefined || before.length < indent) break;
    const item = scalarAt(text, at + dash.length, LINE);
    if (item && !/^[\w -]+:(\s|$)/.test(item.name)) items.push(item);
  }
  return items;
}

const RESERVED = /^(true|false|yes|no|on|off|y|n|null|~)$/i;

/**
 * A name as YAML.
 * @param {string} name
 * @param {'plain' | 'flow' | 'word'} style
 * @param {string} [before] what stood there: its quotes stay
 */
export function yaml(name, style, before = '') {
  if (before.startsWith("'")) return `'${name.replace(/'/g, "''")}'`;
  const plain =
    !before.startsWith('"') &&
    !RESERVED.test(name) &&
    !/^[\s\-?:,[\]{}#&*!|>'"%@`+.\d]|:(\s|$)|\s#|\s$|[\p{Cc}\p{Cf}\u2028\u2029]/u.test(name) &&
    !(style !== 'plain' && /[,[\]{}]/.test(name));
  return plain ? name : JSON.stringify(name);
}

/**
 * The edit of a text that gives a term another name; in a list that has it already, the term goes.
 * @param {string} text
 * @param {Term} term
 * @param {string} name
 */
export function renamedTerm(text, term, name) {
  const { from, to, style, cut, words } = term;
  const there = term.names.includes(name);
  if (!words)
    return there && cut
      ? { from: cut[0], to: cut[1], by: '' }
      : { from, to, by: yaml(name, style, text.slice(from, to)) };
  const names = [...new Set(term.names.map((one) => (one === term.name ? name : one)))];
  const quoted = /["']/.test(text[words[0]]);
  const same = !there && (quoted ? /^[^\s"'\\]+$/ : /^[\p{L}\p{N}_][^\s:#]*$/u).test(name);
  if (same && (quoted || yaml(names.join(' '), 'plain') === names.join(' ')))
    return { from, to, by: name };
  const by = names.some((one) => /\s/.test(one))
    ? `[${names.map((one) => yaml(one, 'flow')).join(', ')}]`
    : yaml(names.join(' '), 'plain');
  return { from: words[0], to: words[1], by };
}

/**
 * Places in templates that name a tag or category.
 * @param {string} text
 * @param {'tag' | 'category'} kind
 * @param {string} name
 */
export function inTemplates(text, kind, name) {
  const list = kind === 'tag' ? 'tags' : 'categories';
  /** @type {{ from: number, to: number, word: boolean }[]} */
  const found = [];
  if (!text.includes(name)) return found;
  for (const pattern of [
    `\\bsite\\.${list}\\[\\s*(["'])([^"'\\n]+)\\1\\s*\\]`,
    `\\.${list}\\s+contains\\s+(["'])([^"'\\n]+)\\1`,
    `\\bsite\\.${list}()\\.([\\w-]+)`,
  ])
    for (const { 0: all, 1: quote, 2: named, index } of text.matchAll(new RegExp(pattern, 'g'))) {
      const from = index + all.lastIndexOf(named);
      if (named === name) found.push({ from, to: from + named.length, word: !quote });
    }
  return found;
}

// ---- citation keys ----

const ENTRY = /@[ \t]*([a-z]+)\s*[{(]\s*([^\s,{}()"#%\\=]+)(?=\s*,)/gi;
const PARENT =
  /\b(?:crossref|xref|xdata|related|entryset)\s*=\s*(?:\{([^{}"\n]*)\}|"([^"{}\n]*)")/gi;
const CITING =
  /\{%-?\s*(?:cite|nocite|cite_details|reference|quote|details_link|bibtex)\s+(\S[^%\n]*?)-?%\}/g;
const QUERY = /\{%-?\s*bibliography(?:_count)?\s[^%\n]*?\[\s*key\s*=\s*([^\]%\s]+)\s*\]/g;
// [@key, p. 3; -@other]
const PANDOC = /\[[^\][\n]*\](?!\()/g;
const MARKED = /(?<=[[\s;(-]@)[\p{L}\p{N}_](?:[\p{L}\p{N}_:.#$%&+?<>~/-]*[\p{L}\p{N}_])?/gu;

/**
 * The keys of entries, and the places that cite them.
 * @param {string} path
 * @param {string} text
 * @returns {Key[]}
 */
export function keysIn(path, text) {
  /** @type {Key[]} */
  const keys = [];
  const add = (/** @type {string} */ list, /** @type {number} */ at, split = /[^\s,]+/g) => {
    for (const { 0: name, index } of list.matchAll(split))
      keys.push({ name, from: at + index, to: at + index + name.length, entry: false });
  };
  if (/\.bib$/i.test(path)) {
    for (const { 0: all, 1: type, 2: name, index } of text.matchAll(ENTRY)) {
      const to = index + all.length;
      if (!/^(comment|string|preamble)$/i.test(type))
        keys.push({ name, from: to - name.length, to, entry: true });
    }
    for (const { 0: all, 1: braced, 2: quoted, index } of text.matchAll(PARENT))
      add(braced ?? quoted, index + all.length - 1 - (braced ?? quoted).length);
    return keys.sort((a, b) => a.from - b.from);
  }
  for (const { 0: all, 1: words, index } of text.matchAll(CITING)) {
    // Keys end where the options begin.
    const [list] = words.split(/(?<![\w\u0080-\uffff])-[\w-]/);
    add(list, index + all.indexOf(words, 3), /\S+/g);
  }
  for (const { 0: all, 1: name, index } of text.matchAll(QUERY))
    add(name, index + all.lastIndexOf(name));
  for (const { 0: all, index } of text.matchAll(PANDOC)) add(all, index, MARKED);
  return keys.sort((a, b) => a.from - b.from);
}

/** Why a key can't have this name; '' if it can. @param {string} name */
export const wrongKey = (name) =>
  /[\s,{}()"'#%\\=@]/.test(name)
    ? 'A citation key has no spaces, commas, quotes, brackets or signs such as # % = @.'
    : '';
