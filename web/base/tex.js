// Formulas: where TeX stands in a text or a page, and what KaTeX makes of it. For math.js and the
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
// Where TeX is shown as it is written.
const VERBATIM = 'code, pre, kbd, samp, script, style, textarea, svg, math, .no-math';

// Of one formula: characters of TeX, and of the MathML that it becomes: the longest TeX without
// macros stays below it.
const LONGEST = 20_000;
const LARGEST = 1 << 20;
// Macros that are expanded, and tokens that they expand to. KaTeX counts the first alone, and one
// definition of 10,000 tokens that is used 1,000 times takes minutes.
const EXPANSIONS = 1000;
const TOKENS = 50_000;
// Ems of a size that a formula names. Rules and spaces of more leave the column.
const SIZE = 50;

/**
 * Formulas of a text, in their order. What opens one and is not closed is text.
 * @param {string} text
 * @returns {{ index: number, end: number, tex: string, display: boolean }[]}
 */
export function formulasIn(text) {
  const found = [];
  /**
   * Ends that do not occur in the rest of the text: they are not searched for again.
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

/**
 * Formulas within a text, which becomes a node for each and for what stands between: splitting one
 * copies all of it each time.
 * @param {Text} text
 * @returns {Formula[]}
 */
function within(text) {
  const { data } = text;
  /** @type {(Text | string)[]} */
  const nodes = [];
  let from = 0;
  const found = formulasIn(data).map(({ index, end, tex, display }) => {
    const place = new Text(data.slice(index, end));
    nodes.push(data.slice(from, index), place);
    from = end;
    return { place: [place], tex, display };
  });
  if (!found.length) return found;
  const fragment = new DocumentFragment();
  // A list of arguments may not be as long as that of a page's formulas.
  for (const node of nodes) fragment.append(node);
  fragment.append(data.slice(from));
  text.replaceWith(fragment);
  return found;
}

/**
 * All of a page: of its text, its code and its scripts.
 * @param {Element} root
 * @returns {Formula[]}
 */
export function formulas(root) {
  const texts = [];
  const walker = Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = /** @type {Text} */ (node);
    if (/\\[([]|\\begin\{/.test(text.data) && !text.parentElement?.closest(VERBATIM))
      texts.push(text);
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
  return [...texts.flatMap(within), ...codes, ...scripts];
}

/**
 * The thin spaces of TeX around the names of functions, which MathML's operators do not have. KaTeX
 * writes a name as `mi` and the invisible operator behind it, the base of a script where there is
 * one.
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

/** Makes KaTeX count the tokens that macros expand to, before they do. @param {Katex} katex */
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
    // An argument that is used again is a copy of something that is still to be read.
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
 * The source that KaTeX gets of a formula; throws when it exceeds a limit.
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

/** Why a formula can't be set. @param {unknown} error */
export const reasonOf = (error) =>
  error instanceof RangeError ? 'The formula is nested too deeply.' : String(error);

/**
 * A formula as HTML, made without a document; throws why there is none.
 * @param {Katex} katex
 * @param {Pick<Formula, 'tex' | 'display'>} formula
 * @returns {string}
 */
export function markup(katex, formula) {
  const html = katex.renderToString(...given(katex, formula));
  if (html.length > LARGEST)
    throw new Error(`The formula becomes more than ${LARGEST >> 20} MB of MathML.`);
  return html;
}

/** KaTeX's output, as the page has it. @param {Element} box */
export function mathIn(box) {
  const math = box.querySelector('math') ?? box;
  space(math);
  return math;
}

/**
 * Stands for a formula that can't be set: its source says more than nothing, the reason is for
 * whoever points at it.
 * @param {string} tex
 * @param {string} reason
 * @returns {Element}
 */
export const sourceOf = (tex, reason) =>
  make('code', { class: 'meridian-error', title: reason }, tex);

/** Puts an element in the place of a formula. @param {Formula} formula @param {Element} element */
export function put({ place: [first, ...others] }, element) {
  first.replaceWith(element);
  for (const other of others) other.remove();
  return element;
}

/** Sets a formula. @param {Katex} katex @param {Formula} formula */
export function set(katex, formula) {
  const box = make('span');
  try {
    const [tex, options] = given(katex, formula);
    katex.render(tex, box, options);
    return put(formula, mathIn(box));
  } catch (error) {
    return put(formula, sourceOf(formula.tex, reasonOf(error)));
  }
}
