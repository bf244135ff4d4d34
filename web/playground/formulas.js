// Formulas of the page in view, set before the frame gets them: KaTeX runs here, and the frame gets MathML.

import { formulasIn, formulas, set } from '../tex.js';

const TAG = /<(\/?)([a-z][\w-]*)[^<>]*>/gi;
// What shows TeX as it is written, but for formulas that are such elements.
const VERBATIM = /^(code|pre|kbd|samp|script|style|textarea|svg|math)$/;
const ELEMENT = /^(<pre>)?<code class="[^"]*\blanguage-math\b|^<script type="math\/tex/;
// Each keystroke within a formula is another.
const MOST = 5000;
// Milliseconds of work between two breaths.
const TASK = 30;

/** MathML by the HTML of formulas. @type {Map<string, string>} */
const known = new Map();
/** From whoever loads this module: a page has one policy of Trusted Types. `parse` makes a document in which nothing runs or loads. @type {{ folder: string, parse: (html: string) => Document }} */
export const given = { folder: '', parse: () => document };
/** @type {import('../tex.js').Katex | undefined} */
let katex;
/** @returns {Promise<import('../tex.js').Katex>} */
const load = async () => (katex ??= (await import(given.folder + 'katex.js')).default);

/** @param {import('../tex.js').Katex} katex @param {Element} root */
function setAll(katex, root) {
  for (const formula of formulas(root)) set(katex, formula);
}

/** Sets the formulas of a page. @param {Element} root */
export const setIn = async (root) => setAll(await load(), root);

/** What a formula's HTML becomes. @param {import('../tex.js').Katex} katex @param {string} html */
function make(katex, html) {
  const { body } = given.parse(`<body>${html}`);
  setAll(katex, body);
  return body.innerHTML;
}

/** The same HTML with something else in the place of each formula's. One pass, whatever it is. @param {string} html @param {(formula: string) => string} act */
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

/** @type {import('./finish.js').Kind['found']} */
export function found(html) {
  /** @type {string[]} */
  const all = [];
  each(html, (formula) => (all.push(formula), formula));
  return all;
}

/** @type {import('./finish.js').Kind['finish']} */
export const finish = (html, lacks, until) =>
  each(html, (formula) => {
    if (katex && !known.has(formula) && known.size < MOST && performance.now() < until) known.set(formula, make(katex, formula));
    if (!known.has(formula)) lacks.add(formula);
    return known.get(formula) ?? formula;
  });

/** @type {import('./finish.js').Kind['prepare']} */
export async function prepare(lacks) {
  if (known.size >= MOST) known.clear();
  for (const formula of lacks) known.set(formula, formula);
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
