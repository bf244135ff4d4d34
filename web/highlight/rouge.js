// Maps scopes of highlight.js to the class names of Rouge (and Pygments), so that a syntax style
// sheet for Jekyll fits. highlight.js distinguishes less than Rouge: words, operators and
// punctuation that it leaves plain are classified here.

/**
 * A piece of code: its text, and the scopes that highlight.js puts around it, outermost first.
 * @typedef {{ text: string, scopes: string[] }} Piece
 *
 * A piece of the result; the class may be empty.
 * @typedef {[text: string, name: string]} Span
 *
 * Rules for one language.
 * @typedef {object} Rules
 * @property {Record<string, string>} [words] by their class, separated by spaces; they win over
 *   highlight.js
 * @property {string} [name] class of all other words
 * @property {Record<string, string>} [scopes] beside BASE
 * @property {string} [open] scopes that colour nothing by themselves, beside OPEN
 * @property {[RegExp, string][]} [parts] what is looked for first where highlight.js sees plain
 *   text
 * @property {RegExp} [word] what is a word
 * @property {RegExp} [operator] what is an operator
 * @property {string} [punctuation] class of the other signs
 * @property {Record<string, string>} [strings] class by the quote that a string begins with; '' for
 *   one without
 * @property {RegExp} [escapes] in strings
 * @property {string} [quote] class of the quotes themselves
 * @property {string} [prefix] class of letters before a quote
 * @property {string} [braces] class of what surrounds an expression in a string
 * @property {(text: string) => string} [number] class of a number
 * @property {(word: string, before: string) => string | undefined} [follow] class of a word by what
 *   stands before it
 */

/** Scopes of highlight.js that mean the same in every language. @type {Record<string, string>} */
const BASE = {
  addition: 'gi',
  attr: 'na',
  attribute: 'na',
  built_in: 'nb',
  bullet: 'pi',
  'char.escape': 'se',
  code: 's',
  deletion: 'gd',
  doctag: 'cs',
  emphasis: 'ge',
  formula: 's',
  keyword: 'k',
  link: 'nl',
  literal: 'kc',
  meta: 'cp',
  name: 'nt',
  operator: 'o',
  property: 'nl',
  punctuation: 'p',
  quote: 'c',
  regexp: 'sr',
  section: 'gh',
  'selector-attr': 'nt',
  'selector-class': 'nc',
  'selector-id': 'nf',
  'selector-pseudo': 'nd',
  'selector-tag': 'nt',
  strong: 'gs',
  symbol: 'ss',
  'template-tag': 'cp',
  'template-variable': 'nv',
  'title.class': 'nc',
  'title.function': 'nf',
  title: 'nf',
  type: 'kt',
  variable: 'nv',
  'variable.constant': 'no',
  'variable.language': 'bp',
};
// Scopes around others: their content is classified by itself.
const OPEN = 'class function params subst tag string';

const WORDS_OF_JAVASCRIPT = {
  kd: 'class const extends function let static var',
  kc: 'true false null undefined NaN Infinity',
  k: `async await break case catch continue debugger default delete do else export finally for from if import in instanceof
    new of return super switch this throw try typeof void while with yield as interface type enum implements`,
  nb: `Array Boolean Date Error Function Math Number Object Promise RegExp String Symbol Map Set document window parseFloat
    parseInt eval isNaN isFinite decodeURI decodeURIComponent encodeURI encodeURIComponent`,
};

/** By the names of highlight.js. @type {Record<string, Rules>} */
const LANGUAGES = {
  python: {
    words: {
      kn: 'import',
      bp: 'self cls True False None',
      ow: 'and or not in is',
      k: `assert async await break class continue def del elif else except exec finally for global if lambda nonlocal pass
        print raise return try while with yield as`,
      nb: 'property staticmethod classmethod',
    },
    open: 'meta type title.class.inherited',
    operator: /[-+*/%&|^!=<>~@]+/,
    strings: { '"': 's', "'": 's' },
    prefix: 'sa',
    escapes: /\\(x..|u....|[^])/,
    follow: followPython,
  },
  javascript: {
    words: WORDS_OF_JAVASCRIPT,
    name: 'nx',
    operator: /\?\?=?|[-+*/%&|^!=<>~]+/,
    quote: 'dl',
    braces: 'p',
    scopes: { 'variable.language': 'nx' },
    open: 'title title.function title.class title.class.inherited property attr',
  },
  cpp: {
    words: {
      kt: `int long float short double char unsigned signed void bool wchar_t char8_t char16_t char32_t int8_t int16_t int32_t int64_t
        uint8_t uint16_t uint32_t uint64_t size_t`,
      nb: 'true false nullptr NULL this',
      k: `alignas alignof and asm auto break case catch class concept const consteval constexpr constinit const_cast continue
        co_await co_return co_yield decltype default delete do dynamic_cast else enum explicit export extern final for friend goto if
        inline mutable namespace new noexcept not operator or override private protected public register reinterpret_cast requires
        return sizeof static static_assert static_cast struct switch template thread_local throw try typedef typeid typename union
        using virtual volatile while`,
    },
    open: 'title title.function title.class title.class.inherited built_in type',
    operator: /[-+*/%&|^!=<>~?:]+/,
    strings: { '"': 's', "'": 'sc' },
    escapes: /\\(x[\da-fA-F]+|[^])/,
    follow: (word, before) =>
      /\b(class|struct|enum|typename)\s+$/.test(before) ? 'nc' : undefined,
  },
  bash: {
    words: {
      k: 'if then else elif fi for in do done while case esac until select function return break continue',
      nb: `alias bg bind builtin cat cd chmod chown cp curl cut declare dirs disown echo enable eval exec exit export false fc fg find
        getopts git grep hash head help history install jobs kill less let ln local logout ls mkdir mv popd printf pushd pwd read
        readonly rm sed set shift shopt sort source sudo suspend tail tar test time times touch tr trap true type typeset ulimit umask
        unalias uniq unset wait wc which xargs basename`,
    },
    name: '',
    scopes: { comment: 'c', meta: 'c' },
    open: 'title title.function',
    word: /[\w./@%+,:-]+/,
    operator: /&&|\|\||>>|<<|\[\[|\]\]|[[\]=(){}><]/,
    punctuation: '',
    braces: 'si',
    number: () => '',
    parts: [
      [/(?<=\s)-{1,2}[A-Za-z][\w-]*/, 'nt'],
      [/\b[A-Za-z_]\w*(?=\+?=)/, 'nv'],
      [/\$(\w+|[#?@*$!])/, 'nv'],
      [/\$\{|\$\(\(|\)\)/, 'k'],
      [/;+/, 'p'],
    ],
  },
  ruby: {
    words: {
      kp: 'nil true false',
      nb: 'self require require_relative attr_reader attr_writer attr_accessor puts print p raise loop lambda proc include extend',
      k: `alias and begin break case class def defined? do else elsif end ensure for if in module next not redo rescue retry return
        super then undef unless until when while yield`,
    },
    parts: [
      [/(?<=\.)[a-z_]\w*[?!]?/, 'nf'],
      [/::/, 'o'],
      [/@@\w+/, 'vc'],
      [/@\w+/, 'vi'],
      [/\$\w+/, 'gv'],
    ],
    word: /\w+[?!]?/,
    escapes: /\\[^]/,
    open: 'title.class title.class.inherited variable',
    follow: followRuby,
  },
  xml: {
    scopes: { comment: 'c', string: 's', symbol: 'ni' },
    name: '',
    punctuation: '',
    operator: /(?!)/,
    number: () => '',
    strings: { '"': 's', "'": 's', '': 's' },
  },
  yaml: {
    scopes: { literal: 'no', type: 'nl', meta: 'nl', attr: 'na' },
    name: 's',
    punctuation: 'pi',
    strings: { '"': 's', "'": 's', '': 's' },
    parts: [[/[|>][-+]?\d?$/, 'pi']],
    operator: /(?!)/,
    number: (text) => (/^[-+]?\d+(\.\d+)?$/.test(text) ? 'm' : 's'),
  },
  json: {
    scopes: { attr: 'nl', keyword: 'kc' },
    number: (text) => (text.includes('.') ? 'mf' : 'mi'),
  },
  css: {
    scopes: { comment: 'c', attribute: 'nl', attr: 'py' },
    strings: { '"': 's1', "'": 's1' },
    number: () => 'm',
    words: { nb: 'auto none inherit initial unset' },
    operator: /[-+*/%&|^!=<>~,]+/,
  },
};
LANGUAGES.typescript = LANGUAGES.javascript;
LANGUAGES.c = LANGUAGES.arduino = LANGUAGES.cpp;
LANGUAGES.shell = LANGUAGES.bash;
LANGUAGES.scss = LANGUAGES.less = LANGUAGES.css;

/** The names of modules and errors. @param {string} word @param {string} before */
function followPython(word, before) {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (word === 'from') return /^\s*$/.test(line) ? 'kn' : 'k';
  if (/^\s*(from|import)\s+[\w.]*$/.test(line) || /^\s*import\s.*,\s*[\w.]*$/.test(line))
    return 'nn';
  return /(Error|Exception|Warning)$/.test(word) ? 'nb' : undefined;
}

/** Constants. @param {string} word @param {string} before */
function followRuby(word, before) {
  if (!/^[A-Z]/.test(word)) return undefined;
  return /\bmodule\s+$/.test(before) ? 'nn' : /\bclass\s+$/.test(before) ? 'nc' : 'no';
}

/** @param {string} text */
function numberClass(text) {
  if (/^0x/i.test(text)) return 'mh';
  if (/^0b/i.test(text)) return 'mb';
  return /^\d[\d_']*$/.test(text) ? 'mi' : 'mf';
}

/** @param {string} text */
const commentClass = (text) => (/^(\/\*|\{-|\(\*|#=|=begin|<#)/.test(text) ? 'cm' : 'c1');

const NUMBER = /(?<![\w.])(0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_']*(\.\d*)?([eE][-+]?\d+)?)/;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/u;
const OPERATOR = /[-+*/%&|^!=<>~@]+/;
const PUNCTUATION = /[()[\]{}.,;:?]+/;

/** Reads plain text word by word. */
class Splitter {
  /** @param {Rules} rules */
  constructor(rules) {
    this.rules = rules;
    this.words = new Map(
      Object.entries(rules.words ?? {}).flatMap(([name, list]) =>
        list.split(/\s+/).map((word) => [word, name]),
      ),
    );
    const { parts = [], word = WORD, operator = OPERATOR } = rules;
    /**
     * Token patterns, each with its class or a function that returns it.
     * @type {[RegExp, string | ((text: string, before: string) => string)][]}
     */
    this.kinds = [
      ...parts,
      [NUMBER, rules.number ?? numberClass],
      [
        word,
        (text, before) => this.words.get(text) ?? rules.follow?.(text, before) ?? rules.name ?? 'n',
      ],
      [operator, 'o'],
      [PUNCTUATION, rules.punctuation ?? 'p'],
    ];
    this.scanner = new RegExp(
      this.kinds.map(([part], index) => `(?<kind${index}>${part.source})`).join('|'),
      'gu',
    );
  }

  /** @param {string} text @param {string} before @returns {Span[]} */
  split(text, before) {
    /** @type {Span[]} */
    const spans = [];
    let at = 0;
    for (const { index = 0, 0: found, groups = {} } of text.matchAll(this.scanner)) {
      const [, name] =
        this.kinds[Object.keys(groups).findIndex((key) => groups[key] !== undefined)];
      spans.push(
        [text.slice(at, index), ''],
        [found, typeof name === 'string' ? name : name(found, before + text.slice(0, index))],
      );
      at = index + found.length;
    }
    return [...spans, [text.slice(at), '']];
  }
}

/** @type {Map<Rules, Splitter>} */
const splitters = new Map();

/**
 * Converts code parsed by highlight.js to spans with Rouge's classes.
 * @param {Piece[]} pieces
 * @param {string} language as highlight.js calls it
 * @returns {Span[]} in order; joined, the texts are the code
 */
export function rouge(pieces, language) {
  const rules = LANGUAGES[language] ?? {};
  const splitter = splitters.get(rules) ?? new Splitter(rules);
  splitters.set(rules, splitter);
  const open = new Set(`${OPEN} ${rules.open ?? ''}`.split(' '));
  /** @type {Span[]} */
  const spans = [];
  let before = '';
  let quote = '';
  let inString = false;
  for (const { text, scopes } of pieces) {
    const string = scopes.lastIndexOf('string');
    const wasInString = inString;
    inString = string > scopes.lastIndexOf('subst');
    if (inString && !wasInString && !scopes.includes('subst'))
      quote = /['"`]/.exec(text.slice(0, 4))?.[0] ?? '';
    const scope =
      scopes
        .slice(inString ? string : 0)
        .filter((name) => !open.has(name))
        .pop() ?? '';
    if (inString && !scope)
      spans.push(...readString(text, quote, rules, !wasInString, scopes.includes('meta')));
    else if (scopes[scopes.length - 1] === 'subst')
      spans.push(...readExpression(text, before, rules, splitter));
    else spans.push(...readPiece(text, before, scope, scopes, rules, splitter));
    before += text;
  }
  return join(spans);
}

/**
 * A string, or a part of one.
 * @param {string} text
 * @param {string} quote
 * @param {Rules} rules
 * @param {boolean} begins
 * @param {boolean} meta in a preprocessor's line
 * @returns {Span[]}
 */
function readString(text, quote, rules, begins, meta) {
  if (meta) return [[text, 'cpf']];
  const name = rules.strings?.[quote] ?? rules.scopes?.string ?? (quote === "'" ? 's1' : 's2');
  const prefix = (begins && rules.prefix && /^[a-zA-Z]+(?=['"])/.exec(text)?.[0]) || '';
  const rest = text.slice(prefix.length);
  /** @type {Span[]} */
  const spans = [[prefix, rules.prefix ?? '']];
  if (rules.quote && quote !== '`') {
    const [, first, middle, last] = /** @type {RegExpExecArray} */ (
      /^(['"]?)([^]*?)(['"]?)$/.exec(rest)
    );
    return [...spans, [first, rules.quote], [middle, name], [last, rules.quote]];
  }
  if (!rules.escapes || /r/i.test(prefix) || (quote === "'" && name === 's1'))
    return [...spans, [rest, name]];
  let at = 0;
  for (const { index = 0, 0: escape } of rest.matchAll(new RegExp(rules.escapes, 'g'))) {
    spans.push([rest.slice(at, index), name], [escape, name === 'sc' ? name : 'se']);
    at = index + escape.length;
  }
  return [...spans, [rest.slice(at), name]];
}

/**
 * An expression in a string, with what surrounds it.
 * @param {string} text
 * @param {string} before
 * @param {Rules} rules
 * @param {Splitter} splitter
 * @returns {Span[]}
 */
function readExpression(text, before, { braces = 'si' }, splitter) {
  const [, first, middle, last] = /** @type {RegExpExecArray} */ (
    /^([$#]?[{(]?)([^]*?)([})]?)$/.exec(text)
  );
  return [[first, braces], ...splitter.split(middle, before + first), [last, braces]];
}

/**
 * @param {string} text
 * @param {string} before
 * @param {string} scope
 * @param {string[]} scopes
 * @param {Rules} rules
 * @param {Splitter} splitter
 * @returns {Span[]}
 */
function readPiece(text, before, scope, scopes, rules, splitter) {
  const named = rules.scopes?.[scope];
  if (scope === 'comment') return [[text, named ?? commentClass(text)]];
  // An HTML tag with its brackets, an attribute with its equals sign.
  if (scopes.includes('tag') && scope !== 'attr')
    return [[text, /^[\s=]*$/.test(text) ? 'na' : 'nt']];
  if (scopes.includes('meta') && !rules.open?.includes('meta'))
    return [[text, rules.scopes?.meta ?? 'cp']];
  if (scope === 'attr' && /:$/.test(text) && named === 'na')
    return [
      [text.slice(0, -1), 'na'],
      [':', 'pi'],
    ];
  const braced = scope === 'variable' && /^(\$\{)([^]*)(\})$/.exec(text);
  if (braced)
    return [
      [braced[1], 'k'],
      [braced[2], 'nv'],
      [braced[3], 'k'],
    ];
  if (scope === 'number') {
    const [, sign, digits, unit] = /** @type {RegExpExecArray} */ (
      /^([-+]?)(0[xX][\da-fA-F_']+|0[bB][01_']+|[\d_'.]*(?:[eE][-+]?\d+)?)([^]*)$/.exec(text)
    );
    if (named || !digits || rules.number) return [[text, named ?? rules.number?.(text) ?? 'mi']];
    return [
      [sign, 'o'],
      [digits, numberClass(digits)],
      [unit, 'n'],
    ];
  }
  const word = splitter.words.get(text) ?? rules.follow?.(text, before);
  if (word !== undefined) return [[text, word]];
  const general =
    BASE[scope] ?? BASE[scope.replace(/\.[^.]*$/, '')] ?? BASE[scope.replace(/\..*$/, '')];
  return scope && (named ?? general) !== undefined
    ? [[text, named ?? general]]
    : splitter.split(text, before);
}

/**
 * Merges adjacent spans of one class, and removes the class of white space.
 * @param {Span[]} spans
 */
function join(spans) {
  /** @type {Span[]} */
  const joined = [];
  for (const [text, name] of spans) {
    if (!text) continue;
    const last = joined[joined.length - 1];
    const kind = /\S/.test(text) ? name : '';
    if (last?.[1] === kind) last[0] += text;
    else joined.push([text, kind]);
  }
  return joined;
}
