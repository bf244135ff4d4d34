// The rules of a style sheet that a page may show, by the names in their selectors.

// Comments, strings, and what rules are made of. What has no end ends with the text, so that the
// time is linear.
const TOKENS =
  /\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$)|"(?:[^"\\]|\\[^]?)*(?:"|$)|'(?:[^'\\]|\\[^]?)*(?:'|$)|[{};]/g;
// Rules that hold others. Those in more than this many are kept without a look.
const GROUP = /^@(media|supports|layer|container)\b/i;
const DEEPEST = 4;
// What a selector asks for beside names: attributes and pseudo-classes with their arguments.
const CONDITIONS = /\[[^\]]*(?:\]|$)|\([^()]*\)|::?[\w-]+/g;
// Elements that parsers add.
const IMPLIED = ['html', 'head', 'body', 'tbody', 'colgroup'];

/**
 * @param {string} html of the page
 * @param {string} css
 */
export function rulesFor(html, css) {
  // All words of the page: more than its names, and enough to leave most rules out.
  const words = new Set([...html.toLowerCase().split(/[\s"'<>=/]+/), ...IMPLIED]);
  return pick(css, words, 0);
}

/** @param {string} css @param {Set<string>} words @param {number} depth @returns {string} */
function pick(css, words, depth) {
  let picked = '';
  for (const { prelude, text, body } of rulesOf(css)) {
    if (body === undefined || (prelude[0] === '@' && (!GROUP.test(prelude) || depth > DEEPEST)))
      picked += text;
    else if (prelude[0] !== '@') picked += mayMatch(prelude, words) ? text : '';
    else {
      const inner = pick(body, words, depth + 1);
      if (inner.trim()) picked += `${prelude}{${inner}}`;
    }
  }
  return picked;
}

/** @param {string} css @returns {{ prelude: string, text: string, body?: string }[]} */
function rulesOf(css) {
  const rules = [];
  let depth = 0;
  let begin = 0;
  let open = 0;
  let prelude = '';
  for (const { 0: token, index } of css.matchAll(TOKENS)) {
    const end = index + token.length;
    if (!depth && token.startsWith('/*')) {
      prelude += css.slice(begin, index);
      begin = end;
    }
    if (token === '{' && !depth++) {
      prelude += css.slice(begin, index);
      open = end;
    }
    if (token === '}' && depth) depth--;
    if (depth || !/[};]/.test(token)) continue;
    const body = open ? css.slice(open, index) : undefined;
    prelude = (body === undefined ? prelude + css.slice(begin, end) : prelude).trim();
    rules.push({ prelude, text: body === undefined ? prelude : `${prelude}{${body}}`, body });
    prelude = '';
    begin = end;
    open = 0;
  }
  rules.push({ prelude, text: prelude + css.slice(depth ? open - 1 : begin) });
  return rules;
}

/**
 * Tells whether a selector may match in a page with these words.
 * @param {string} selectors
 * @param {Set<string>} words
 */
function mayMatch(selectors, words) {
  // Twice: pseudo-classes may be in each other.
  const plain = selectors.replace(CONDITIONS, '').replace(CONDITIONS, '');
  // Escaped, or deeper.
  if (/[\\()]/.test(plain)) return true;
  return plain.split(',').some((selector) =>
    selector
      .toLowerCase()
      .split(/[\s.#>+~*|&]+/)
      .every((name) => !name || words.has(name)),
  );
}
