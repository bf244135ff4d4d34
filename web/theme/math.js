// Mathematics: TeX that Jekyll leaves between \( \) and \[ \], GitHub's code of the language
// `math`, scripts of the type math/tex and bare environments become MathML, which browsers display
// without fonts or style sheets. Loaded by pages that may contain some, also written ones; KaTeX
// loads when there is a formula. A page with MathJax is left to it.

import { own } from '../base/elements.js';
import { development } from '../base/local_host.js';
import { importFile } from '../base/foreign.js';
import { enhance } from '../base/patches.js';
import { foreign } from '../base/release.js';
import { formulas, put, render } from '../base/tex.js';

const { src } = /** @type {HTMLScriptElement} */ (own('currentScript'));

/** The matching version: the build inserts it. @type {string} */
// @ts-ignore
const KATEX = MERIDIAN_KATEX;

// Milliseconds of work before yielding.
const TASK = 30;
// Formulas that come into the page at once: where one is, Chromium styles all that stands beside
// the next ones again.
const MANY = 50;

const pause = () => new Promise((resolve) => setTimeout(resolve));

const rootOf = () => own('body').querySelector('main') ?? own('body');

/** Counts the calls: a later one has the formulas that an earlier one has not come to. */
let turn = 0;

async function typeset() {
  const mine = ++turn;
  if (foreign() || own('documentElement').querySelector('script[src*=mathjax i]')) return;
  const found = formulas(rootOf());
  if (!found.length) return;
  const { default: katex } = /** @type {{ default: import('../base/tex.js').Katex }} */ (
    await importFile(new URL(`katex.js?${KATEX}`, src).href)
  );
  if (katex.version !== KATEX) throw new Error('KaTeX is of another version');
  let begin = performance.now();
  /** @type {Parameters<typeof put>[]} */
  let made = [];
  const place = () => {
    for (const one of made) put(...one);
    made = [];
  };
  for (const formula of found) {
    if (performance.now() - begin > TASK) {
      await pause();
      begin = performance.now();
    }
    if (mine !== turn) return;
    if (!formula.place[0].isConnected) continue;
    const element = render(katex, formula);
    if (element.className && development)
      console.warn(`${location.pathname}: ${/** @type {HTMLElement} */ (element).title}`);
    if (made.push([formula, element]) >= MANY) place();
  }
  place();
  await pause();
  fit();
}

/**
 * MathML has no line breaks: an inline formula that is wider than its paragraph becomes a block
 * that scrolls. Keyboard users scroll with the arrow keys.
 */
function fit() {
  const all = [...rootOf().querySelectorAll('math')];
  for (const math of all) math.classList.remove('wide');
  const wide = all.filter((math) => {
    let block = math.parentElement;
    while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
    return block && math.getBoundingClientRect().width > block.clientWidth;
  });
  for (const math of wide) math.classList.add('wide');
  // Where formulas don't scroll, what they stand in does: content.css.
  const own = CSS.supports('display', 'block math');
  for (const math of all) {
    const box = own ? math : /** @type {HTMLElement} */ (math.parentElement);
    // What is inline has no width of a client.
    const scrolls = box.clientWidth && box.scrollWidth > box.clientWidth + 1;
    if (scrolls) box.tabIndex = 0;
    else if (!box.tabIndex) box.removeAttribute('tabindex'); // that of a heading stays
  }
}

addEventListener('resize', fit);
enhance(() =>
  typeset().catch((error) => console.warn(`Formulas stay as they are written: ${error}`)),
);
