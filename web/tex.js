// Formulas: where TeX stands in a text or a page, and what KaTeX makes of it. For math.js and the playground.

/** @typedef {typeof import('katex').default} Katex */
/** @typedef {{ place: ChildNode[], tex: string, display: boolean }} Formula `place`: what it takes the place of */

// As MathJax finds them in a text. The environments are those that KaTeX has; an eqnarray is set as an align with one column less.
const OPEN = /\\[([]|\\begin\{((?:equation|align|gather|alignat|CD|eqnarray)\*?)\}/g;
const CODE = 'code.language-math';
const SCRIPT = 'script[type^="math/tex"]';
// Where TeX is shown as it is written.
const VERBATIM = 'code, pre, kbd, samp, script, style, textarea, svg, math, .no-math';

// How much TeX one formula may be.
const LONGEST = 20_000;

/** Formulas of a text, in their order. What opens one and is not closed is text. @param {string} text @returns {{ index: number, end: number, tex: string, display: boolean }[]} */
export function formulasIn(text) {
  const found = [];
  /** What does not come any more: it is not looked for again. @type {Set<string>} */
  const over = new Set();
  const open = new RegExp(OPEN);
  for (let at; (at = open.exec(text)); ) {
    const [sign, name] = at;
    const { lastIndex: begin } = open;
    const close = name ? `\\end{${name}}` : sign === '\\(' ? '\\)' : '\\]';
    const stop = over.has(close) ? -1 : text.indexOf(close, begin + 1);
    if (stop < 0) {
      over.add(close);
      continue;
    }
    const end = (open.lastIndex = stop + close.length);
    found.push({ index: at.index, end, tex: name ? text.slice(at.index, end) : text.slice(begin, stop), display: sign !== '\\(' });
  }
  return found;
}

/** Formulas within a text, whose nodes are parted there. @param {Text} text @returns {Formula[]} */
const within = (text) =>
  formulasIn(text.data)
    // From the end on: what stands before is still in its place.
    .reverse()
    .map(({ index, end, tex, display }) => {
      const place = text.splitText(index);
      place.splitText(end - index);
      return { place: [place], tex, display };
    })
    .reverse();

/** All of a page: of its text, its code and its scripts. @param {Element} root @returns {Formula[]} */
export function formulas(root) {
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = /** @type {Text} */ (node);
    if (/\\[([]|\\begin\{/.test(text.data) && !text.parentElement?.closest(VERBATIM)) texts.push(text);
  }
  const codes = [...root.querySelectorAll(CODE)].map((code) => {
    const pre = code.parentElement?.matches('pre') ? code.parentElement : code;
    return { place: [pre], tex: code.textContent ?? '', display: pre !== code || code.matches('.math-display') };
  });
  const scripts = [...root.querySelectorAll(SCRIPT)].map((element) => {
    const { type, textContent, previousSibling: preview } = /** @type {HTMLScriptElement} */ (element);
    const shown = preview instanceof Element && preview.matches('.MathJax_Preview') ? [preview] : [];
    const tex = (textContent ?? '').replace(/^\s*(% )?<!\[CDATA\[|(% )?\]\]>\s*$/g, '');
    return { place: [...shown, element], tex, display: /mode=display/.test(type) };
  });
  return [...texts.flatMap(within), ...codes, ...scripts];
}

/**
 * The thin spaces of TeX around the names of functions, which MathML's operators do not have. KaTeX writes a name as `mi` and the invisible
 * operator behind it, the base of a script where there is one.
 * @param {Element} math
 */
function space(math) {
  for (const mo of math.querySelectorAll('mo')) {
    const name = mo.previousElementSibling;
    if (mo.textContent !== '\u2061' || !name) continue;
    const box = mo.parentElement;
    const alone = box?.localName === 'mrow' && box.childElementCount === 2;
    const scripted = alone && /^(msup|msub|msubsup)$/.test(box.parentElement?.localName ?? '') ? box.parentElement : alone ? box : undefined;
    const [first, last] = [scripted ?? name, scripted ?? mo];
    const before = first.previousElementSibling;
    const after = last.nextElementSibling;
    if (before && before.localName !== 'mo') first.before(thin());
    if (after && after.localName !== 'mo' && !/^[([{|∣∥.,]/.test(after.textContent ?? '')) last.after(thin());
  }
}

function thin() {
  const made = document.createElementNS('http://www.w3.org/1998/Math/MathML', 'mspace');
  made.setAttribute('width', '.1667em');
  return made;
}

/** What takes the place of a formula. @param {Katex} katex @param {Formula} formula @returns {Element} */
function made(katex, { tex, display }) {
  const box = document.createElement('span');
  try {
    if (tex.length > LONGEST) throw new Error(`The formula is longer than ${LONGEST} characters.`);
    const known = /\{eqnarray\*?}/.test(tex) ? tex.replaceAll('{eqnarray', '{align').replace(/&([^&]*)&/g, '&$1') : tex;
    katex.render(known.trim(), box, { output: 'mathml', displayMode: display, strict: 'ignore', maxSize: 50 });
    const math = box.querySelector('math') ?? box;
    space(math);
    return math;
  } catch (error) {
    // The source says more than nothing; the reason is for whoever points at it.
    return Object.assign(document.createElement('code'), { className: 'meridian-error', textContent: tex, title: String(error) });
  }
}

/** Puts it there. @param {Katex} katex @param {Formula} formula */
export function set(katex, formula) {
  const element = made(katex, formula);
  const [first, ...others] = formula.place;
  first.replaceWith(element);
  for (const other of others) other.remove();
  return element;
}
