// Formulas: finds TeX in a text or a page, and renders it with KaTeX. For math.js and the
// playground.

import { make, makeIn } from './elements.js';

/** @typedef {typeof import('katex').default} Katex */
/**
 * @typedef {{ place: ChildNode[], tex: string, display: boolean }} Formula `place`: what it takes
 *   the place of
 */

// As MathJax finds them in a text. The environments are those that KaTeX has; an eqnarray is set as
// an align with one column less.
const OPEN = /\\[([]|\\begin\{((?:equation|align|gather|alignat|CD|eqnarray)\*?)\}/g;
const CODE = 'code.language-math';
const SCRIPT = 'script[type^="math/tex"]';
// Elements whose TeX is shown as source.
const VERBATIM = 'code, pre, kbd, samp, script, style, textarea, svg, math, .no-math';

// Limits of one formula: characters of TeX, and of its MathML; the longest TeX without macros stays
// below it. And its levels of elements: a stranger's page ends where it is too deep, and not every
// engine's stack is full before.
const LONGEST = 20_000;
const LARGEST = 1 << 20;
const DEEPEST = 200;
// Limits of macro expansion: expansions, and tokens that result. KaTeX limits only the first, and
// one definition of 10,000 tokens that is used 1,000 times takes minutes.
const EXPANSIONS = 1000;
const TOKENS = 50_000;
// Largest size in a formula, in em. Larger rules and spaces leave the column.
const SIZE = 50;

/**
 * The formulas of a text, in order. An opening delimiter without its closing one is text.
 * @param {string} text
 * @returns {{ index: number, end: number, tex: string, display: boolean }[]}
 */
export function formulasIn(text) {
  const found = [];
  /**
   * Closing delimiters that do not occur in the rest of the text, and need no further search.
   * @type {Set<string>}
   */
  const over = new Set();
  const open = new RegExp(OPEN);
  for (let at; (at = open.exec(text));) {
    const [sign, name] = at;
    const { lastIndex: begin } = open;
    const close = name ? `\\end{${name}}` : sign === '\\(' ? '\\)' : '\\]';
    const stop = over.has(close) ? -1 : text.indexOf(close, begin + 1);
    if (stop < 0) {
      over.add(close);
      continue;
    }
    const end = (open.lastIndex = stop + close.length);
    found.push({
      index: at.index,
      end,
      tex: name ? text.slice(at.index, end) : text.slice(begin, stop),
      display: sign !== '\\(',
    });
  }
  return found;
}

/** @param {Node | null} node @returns {node is HTMLBRElement} */
const isBreak = (node) => node instanceof Element && node.localName === 'br';

/**
 * The text and what follows it as one text: as in MathJax a formula goes on behind a hard break.
 * @param {Text} text
 */
function runFrom(text) {
  /** @type {(Text | HTMLBRElement)[]} */
  const run = [text];
  for (let next = text.nextSibling; next; next = next.nextSibling) {
    if (!(next instanceof Text) && !isBreak(next)) break;
    run.push(next);
  }
  return run;
}

/**
 * Finds the formulas of a run of texts and replaces these by nodes for each formula and for each
 * text between: splitting one node repeatedly would copy its text each time.
 * @param {(Text | HTMLBRElement)[]} run
 * @returns {Formula[]}
 */
function within(run) {
  const texts = run.map((node) => (isBreak(node) ? '\n' : node.data));
  const whole = texts.join('');
  const found = formulasIn(whole);
  if (!found.length) return [];
  // The page's elements may have anything for a method; texts have their own.
  const mark = new Text();
  run[0].before(mark);
  const fragment = new DocumentFragment();
  // Nodes of the run that were taken, characters of the next one, and of all.
  let [nodes, part, done] = [0, 0, 0];
  /** Takes what comes before an offset. @param {number} to */
  const take = (to) => {
    const taken = [];
    while (done < to) {
      const text = texts[nodes];
      const length = Math.min(text.length - part, to - done);
      const all = length === text.length;
      const node = all ? run[nodes] : new Text(text.slice(part, part + length));
      fragment.append(node);
      taken.push(node);
      done += length;
      part += length;
      if (part < text.length) continue;
      nodes++;
      part = 0;
    }
    return taken;
  };
  const made = found.map(({ index, end, tex, display }) => {
    take(index);
    return { place: take(end), tex, display };
  });
  take(whole.length);
  for (const node of run) if (node.parentNode !== fragment) node.remove();
  mark.replaceWith(fragment);
  return made;
}

/**
 * Finds all formulas of a page: in text, code and scripts.
 * @param {Element} root
 * @returns {Formula[]}
 */
export function formulas(root) {
  /** @type {Set<Node>} */
  const seen = new Set();
  const runs = [];
  const walker = Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = /** @type {Text} */ (node);
    if (seen.has(text) || !/\\[([]|\\begin\{/.test(text.data)) continue;
    if (text.parentElement?.closest(VERBATIM)) continue;
    const run = runFrom(text);
    for (const node of run) seen.add(node);
    runs.push(run);
  }
  const codes = [...root.querySelectorAll(CODE)].map((code) => {
    const pre = code.parentElement?.matches('pre') ? code.parentElement : code;
    return {
      place: [pre],
      tex: code.textContent ?? '',
      display: pre !== code || code.matches('.math-display'),
    };
  });
  const scripts = [...root.querySelectorAll(SCRIPT)].map((element) => {
    const {
      type,
      textContent,
      previousSibling: preview,
    } = /** @type {HTMLScriptElement} */ (element);
    const shown =
      preview instanceof Element && preview.matches('.MathJax_Preview') ? [preview] : [];
    const tex = (textContent ?? '').trim().replace(/^(% )?<!\[CDATA\[|(% )?\]\]>$/g, '');
    return { place: [...shown, element], tex, display: /mode=display/.test(type) };
  });
  return [...runs.flatMap(within), ...codes, ...scripts];
}

/**
 * Adds TeX's thin spaces around function names, which MathML operators lack. KaTeX writes a name as
 * `mi` followed by the invisible operator, inside a script element's base where there is one.
 * @param {Element} math
 */
function space(math) {
  for (const mo of math.querySelectorAll('mo')) {
    const name = mo.previousElementSibling;
    if (mo.textContent !== '\u2061' || !name) continue;
    const box = mo.parentElement;
    const alone = box?.localName === 'mrow' && box.childElementCount === 2;
    const scripted =
      alone && /^(msup|msub|msubsup)$/.test(box.parentElement?.localName ?? '')
        ? box.parentElement
        : alone
          ? box
          : undefined;
    const [first, last] = [scripted ?? name, scripted ?? mo];
    const before = first.previousElementSibling;
    const after = last.nextElementSibling;
    if (before && before.localName !== 'mo') first.before(thin());
    if (after && after.localName !== 'mo' && !/^[([{|∣∥.,]/.test(after.textContent ?? ''))
      last.after(thin());
  }
}

function thin() {
  const made = makeIn('http://www.w3.org/1998/Math/MathML', 'mspace');
  made.setAttribute('width', '.1667em');
  return made;
}

/**
 * Makes KaTeX count the tokens of macro expansions before they are expanded.
 * @param {Katex} katex
 */
function limitTokens(katex) {
  /** @type {any} */
  let expander;
  const probe = (/** @type {any} */ context) => ((expander = Object.getPrototypeOf(context)), '');
  katex.renderToString('\\meridian', { macros: { '\\meridian': /** @type {any} */ (probe) } });
  const { _getExpansion: expansionOf } = expander;
  /** @this {any} @param {string} name */
  expander._getExpansion = function (name) {
    const expansion = expansionOf.call(this, name);
    if (!expansion) return expansion;
    const { tokens, numArgs } = expansion;
    this.given = (this.given ?? 0) + tokens.length;
    // A repeated argument is a copy of tokens that are still to be read.
    const uses = numArgs
      ? tokens.filter((/** @type {{ text: string }} */ { text }) => text === '#').length
      : 0;
    if (uses > numArgs)
      this.given +=
        (uses - numArgs) *
        (this.stack.length + this.lexer.input.length - this.lexer.tokenRegex.lastIndex);
    if (this.given > TOKENS)
      throw new Error(
        `The formula’s macros expand to more than ${TOKENS.toLocaleString()} tokens.`,
      );
    return expansion;
  };
}
/** @type {WeakSet<Katex>} */
const limited = new WeakSet();

/**
 * The TeX and the options for KaTeX; throws if the formula exceeds a limit.
 * @param {Katex} katex
 * @param {Pick<Formula, 'tex' | 'display'>} formula
 * @returns {[tex: string, options: import('katex').KatexOptions]}
 */
function given(katex, { tex, display }) {
  if (!limited.has(katex)) limitTokens(katex);
  limited.add(katex);
  if (tex.length > LONGEST) throw new Error(`The formula is longer than ${LONGEST} characters.`);
  const known = /\{eqnarray\*?}/.test(tex)
    ? tex.replaceAll('{eqnarray', '{align').replace(/&([^&]*)&/g, '&$1')
    : tex;
  return [
    known.trim(),
    {
      output: 'mathml',
      displayMode: display,
      strict: 'ignore',
      maxExpand: EXPANSIONS,
      maxSize: SIZE,
    },
  ];
}

/** Names of errors when the stack is full; the second one is Firefox's. */
const FULL = ['RangeError', 'InternalError'];

/** The reason why a formula can't be rendered. @param {unknown} error */
export const reasonOf = (error) =>
  error instanceof Error && FULL.includes(error.name)
    ? 'The formula is nested too deeply.'
    : String(error);

/**
 * Renders a formula as HTML without a document; throws an error with the reason if that fails.
 * @param {Katex} katex
 * @param {Pick<Formula, 'tex' | 'display'>} formula
 * @returns {string}
 */
export function markup(katex, formula) {
  const html = katex.renderToString(...given(katex, formula));
  if (html.length > LARGEST)
    throw new Error(`The formula becomes more than ${LARGEST >> 20} MB of MathML.`);
  let depth = 0;
  for (const [, end] of html.matchAll(/<(\/?)\w/g))
    if ((depth += end ? -1 : 1) > DEEPEST) throw new RangeError();
  return html;
}

/** Prepares KaTeX's output for the page. @param {Element} box */
export function mathIn(box) {
  const math = box.querySelector('math') ?? box;
  space(math);
  return math;
}

/**
 * Replaces a formula that can't be rendered: shows its source, with the reason as a tooltip.
 * @param {string} tex
 * @param {string} reason
 * @returns {Element}
 */
export const sourceOf = (tex, reason) =>
  make('code', { class: 'meridian-error', title: reason }, tex);

/**
 * Replaces a formula by an element.
 * @param {Formula} formula
 * @param {Element} element
 */
export function put({ place: [first, ...others] }, element) {
  first.replaceWith(element);
  for (const other of others) other.remove();
  return element;
}

/**
 * Renders a formula as the element that takes its place.
 * @param {Katex} katex
 * @param {Formula} formula
 */
export function render(katex, formula) {
  const box = make('span');
  try {
    const [tex, options] = given(katex, formula);
    katex.render(tex, box, options);
    return mathIn(box);
  } catch (error) {
    return sourceOf(formula.tex, reasonOf(error));
  }
}
