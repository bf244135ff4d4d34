// Mathematics: what Jekyll leaves as TeX between \( \) and \[ \], what GitHub writes as code of the
// language `math`, scripts of the type math/tex and bare environments become MathML, which browsers
// set by themselves, without fonts or style sheets of ours. Loaded by pages that may hold some,
// also by those that the command wrote; KaTeX comes when there is some. A page that brings MathJax
// is left to it.

import { own } from '../base/elements.js';
import { foreign } from '../base/release.js';
import { formulas, set } from '../base/tex.js';

const { src } = /** @type {HTMLScriptElement} */ (own('currentScript'));

/** The version that this goes with: the build writes it in. @type {string} */
// @ts-ignore
const KATEX = MERIDIAN_KATEX;

// Milliseconds of work between two breaths.
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
  // Whoever has no pointer scrolls a wide formula by the arrow keys.
  for (const math of root.querySelectorAll('math[display=block]'))
    if (math.scrollWidth > math.clientWidth) math.setAttribute('tabindex', '0');
}

typeset().catch((error) => console.warn(`Formulas stay as they are written: ${error}`));
