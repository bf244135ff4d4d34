// Mathematics: what Jekyll leaves as TeX between \( \) and \[ \], what GitHub writes as code of the language `math`, scripts of the type
// math/tex and bare environments become MathML, which browsers set by themselves, without fonts or style sheets of ours. Loaded by pages
// that may hold some, also by those that the command wrote; KaTeX comes when there is some. A page that brings MathJax is left to it.

/** @typedef {{ place: ChildNode[], tex: string, display: boolean }} Formula `place`: what it takes the place of */

const own = /** @type {HTMLScriptElement | null} */ (document.currentScript);

// As MathJax finds them in a text. The environments are those that KaTeX has; an eqnarray is set as an align with one column less.
const TEX = /\\\(([^]+?)\\\)|\\\[([^]+?)\\\]|(\\begin\{(equation|align|gather|alignat|CD|eqnarray)\*?\}[^]*?\\end\{\4\*?\})/g;
const CODE = 'code.language-math';
const SCRIPT = 'script[type^="math/tex"]';
// Where TeX is shown as it is written.
const VERBATIM = 'code, pre, kbd, samp, script, style, textarea, svg, math, .no-math';

// Milliseconds of work between two breaths, and how much TeX one formula may be.
const TASK = 30;
const LONGEST = 20_000;

/** Formulas within a text, whose nodes are parted there. @param {Text} text @returns {Formula[]} */
function within(text) {
  const found = [...text.data.matchAll(TEX)];
  // From the end on: what stands before is still in its place.
  return found
    .reverse()
    .map(({ index = 0, 0: all, 1: inline, 2: display, 3: environment }) => {
      const place = text.splitText(index);
      place.splitText(all.length);
      return { place: [place], tex: inline ?? display ?? environment, display: inline === undefined };
    })
    .reverse();
}

/** All of a page: of its text, its code and its scripts. @param {Element} root @returns {Formula[]} */
function formulas(root) {
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

/** What takes the place of a formula. @param {typeof import('katex').default} katex @param {Formula} formula */
function set(katex, { tex, display }) {
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
    const code = Object.assign(document.createElement('code'), { className: 'meridian-error', textContent: tex, title: String(error) });
    if (/^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname)) console.warn(`${location.pathname}: ${code.title}`);
    return code;
  }
}

async function typeset() {
  const root = document.querySelector('main') ?? document.body;
  if (document.querySelector('script[src*=mathjax i]')) return;
  const found = formulas(root);
  if (!found.length) return;
  const { default: katex } = /** @type {typeof import('katex')} */ (await import(new URL('katex.js', own?.src).href));
  let begin = performance.now();
  for (const formula of found) {
    if (performance.now() - begin > TASK) {
      await new Promise((resolve) => setTimeout(resolve));
      begin = performance.now();
    }
    const [first, ...others] = formula.place;
    if (!first.isConnected) continue;
    const made = set(katex, formula);
    first.replaceWith(made);
    for (const other of others) other.remove();
  }
  // Whoever has no pointer scrolls a wide formula by the arrow keys.
  for (const math of root.querySelectorAll('math[display=block]')) if (math.scrollWidth > math.clientWidth) math.setAttribute('tabindex', '0');
}

typeset();
