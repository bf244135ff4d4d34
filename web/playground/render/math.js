// Renders formulas of the page in view before the frame gets it, as MathML: trusted ones with KaTeX
// here, untrusted ones in a worker that can be terminated.

import { formulas, formulasIn, mathIn, put, render, sourceOf } from '../../base/tex.js';
import { Typesetter } from './math_client.js';

// The look-ahead makes the name match as a whole: otherwise each prefix of it would be tried with
// all that follows.
const TAG = /<(\/?)([a-z][\w-]*)(?![\w-])[^<>]*>/gi;
// Elements that show TeX as source, except for those that are formulas.
const VERBATIM = /^(code|pre|kbd|samp|script|style|textarea|svg|math)$/;
const ELEMENT = /^(<pre>)?<code class="[^"]*\blanguage-math\b|^<script type="math\/tex/;
// Each keystroke within a formula makes another formula.
const MOST = 5000;
// Milliseconds of work before yielding.
const TASK = 30;

/** MathML by the HTML of formulas. @type {Map<string, string>} */
const known = new Map();
/**
 * Set by the loader of this module: a page has one policy of Trusted Types. `parse` makes an inert
 * document; `open`: a worker with math_worker.js.
 * @type {{ folder: string, parse: (html: string) => Document, open: () =>
 *   Promise<import('./math_client.js').Thread> }}
 */
export const given = { folder: '', parse: () => document, open: () => Promise.reject() };
/** @type {import('../../base/tex.js').Katex | undefined} */
let katex;
/** @returns {Promise<import('../../base/tex.js').Katex>} */
const load = async () => (katex ??= (await import(given.folder + 'katex.js')).default);

/** @param {import('../../base/tex.js').Katex} katex @param {Element} root */
function setAll(katex, root) {
  for (const formula of formulas(root)) put(formula, render(katex, formula));
}

/** @type {Typesetter | undefined} */
let typesetter;
/** Resets the time limit for another project, and drops pending formulas of the last. */
export function renew() {
  typesetter?.close();
  typesetter = undefined;
  known.clear();
}

/** Renders formulas of an untrusted project. @param {Element} root */
async function setSlowly(root) {
  typesetter ??= new Typesetter(given.open, `${given.folder}katex.js`);
  for (const formula of formulas(root)) {
    const { html, reason = '' } = await typesetter.set(formula);
    put(
      formula,
      html === undefined ? sourceOf(formula.tex, reason) : mathIn(given.parse(html).body),
    );
  }
}

/**
 * Renders the formulas of a page.
 * @param {Element} root
 * @param {boolean} trusted whether it is the reader's own
 */
export const setIn = async (root, trusted) =>
  trusted ? setAll(await load(), root) : setSlowly(root);

/**
 * The MathML in a formula's HTML.
 * @param {import('../../base/tex.js').Katex} katex
 * @param {string} html
 */
function make(katex, html) {
  const { body } = given.parse(`<body>${html}`);
  setAll(katex, body);
  return withSource(body, html);
}

/**
 * The HTML of a formula that says what it was before, for what is written beside it on the page.
 * @param {HTMLElement} body
 * @param {string} html
 */
function withSource(body, html) {
  const [made, another] = body.children;
  if (!made || another) return body.innerHTML;
  made.setAttribute('data-formula', /^<(\w+)/.exec(html)?.[1] ?? 'text');
  made.setAttribute('data-tex', given.parse(`<body>${html}`).body.textContent ?? '');
  return body.innerHTML;
}

/**
 * Replaces each formula of the HTML, in one pass.
 * @param {string} html
 * @param {(formula: string) => string} act
 */
function each(html, act) {
  if (html.includes('no-math')) return html;
  let [out, done, within, depth] = ['', 0, '', 0];
  const text = (/** @type {number} */ to) => {
    const plain = html.slice(done, to);
    let from = 0;
    for (const { index, end } of formulasIn(plain)) {
      out += plain.slice(from, index) + act(plain.slice(index, end));
      from = end;
    }
    out += plain.slice(from);
    done = to;
  };
  for (const { 0: tag, 1: closing, 2: name, index } of html.matchAll(TAG)) {
    const kind = name.toLowerCase();
    if (kind === 'br' && !within) continue; // a formula goes on behind it
    if (!within && !closing && VERBATIM.test(kind)) {
      text(index);
      [within, depth] = [kind, 1];
    } else if (!within) {
      text(index);
      out += tag;
      done += tag.length;
    } else if (kind === within && !(depth += closing ? -1 : 1)) {
      const element = html.slice(done, (done = index + tag.length));
      out += ELEMENT.test(element) ? act(element) : element;
      within = '';
    }
  }
  if (within) return out + html.slice(done);
  text(html.length);
  return out;
}

/** The formulas of a part. @param {string} html */
export function found(html) {
  /** @type {string[]} */
  const all = [];
  each(html, (formula) => (all.push(formula), formula));
  return all;
}

/**
 * The HTML with formulas as MathML; `lacks` receives those that are not cached and can't be
 * rendered in time.
 * @param {string} html
 * @param {Set<string>} lacks
 * @param {number} until a time of `performance.now()`
 */
export const finish = (html, lacks, until) =>
  each(html, (formula) => {
    if (katex && !known.has(formula) && known.size < MOST && performance.now() < until)
      known.set(formula, make(katex, formula));
    if (!known.has(formula)) lacks.add(formula);
    return known.get(formula) ?? formula;
  });

/** @param {Set<string>} lacks */
async function prepareSlowly(lacks) {
  for (const formula of lacks) {
    const { body } = given.parse(`<body>${formula}`);
    await setSlowly(body);
    if (known.has(formula)) known.set(formula, withSource(body, formula));
  }
}

/**
 * Renders formulas, for the next call.
 * @param {Set<string>} lacks
 * @param {boolean} trusted whether they are of the reader's own project
 */
export async function prepare(lacks, trusted) {
  if (known.size >= MOST) known.clear();
  for (const formula of lacks) known.set(formula, formula);
  if (!trusted) return prepareSlowly(lacks);
  const katex = await load();
  let until = performance.now() + TASK;
  for (const formula of lacks) {
    if (performance.now() > until) {
      await new Promise((resolve) => setTimeout(resolve));
      until = performance.now() + TASK;
    }
    known.set(formula, make(katex, formula));
  }
}
