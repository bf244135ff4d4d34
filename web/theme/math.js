// Mathematics: TeX that Jekyll leaves between \( \) and \[ \], GitHub's code of the language
// `math`, scripts of the type math/tex and bare environments become MathML, which browsers display
// without fonts or style sheets. Loaded by pages that may contain some, also written ones; KaTeX
// loads when there is a formula. A page with MathJax is left to it.

import { own } from '../base/elements.js';
import { foreign } from '../base/release.js';
import { formulas, set } from '../base/tex.js';

const { src } = /** @type {HTMLScriptElement} */ (own('currentScript'));

/** The matching version: the build inserts it. @type {string} */
// @ts-ignore
const KATEX = MERIDIAN_KATEX;

// Milliseconds of work before yielding.
const TASK = 30;

async function typeset() {
  const root = own('body').querySelector('main') ?? own('body');
  if (foreign() || own('documentElement').querySelector('script[src*=mathjax i]')) return;
  const found = formulas(root);
  if (!found.length) return;
  const { default: katex } = /** @type {{ default: import('../base/tex.js').Katex }} */ (
    await import(new URL(`katex.js?${KATEX}`, src).href)
  );
  if (katex.version !== KATEX) throw new Error('KaTeX is of another version');
  let begin = performance.now();
  for (const formula of found) {
    if (performance.now() - begin > TASK) {
      await new Promise((resolve) => setTimeout(resolve));
      begin = performance.now();
    }
    if (!formula.place[0].isConnected) continue;
    const made = set(katex, formula);
    if (made.className && /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname))
      console.warn(`${location.pathname}: ${/** @type {HTMLElement} */ (made).title}`);
  }
  // Keyboard users scroll a wide formula with the arrow keys.
  for (const math of root.querySelectorAll('math[display=block]'))
    if (math.scrollWidth > math.clientWidth) math.setAttribute('tabindex', '0');
}

typeset().catch((error) => console.warn(`Formulas stay as they are written: ${error}`));
