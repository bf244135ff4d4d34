// What of the page has a source that is not written in place: a formula, a footnote, a citation.

import { document, real } from '../../base/unclobbered.js';
import { decode } from '../../base/util.js';

/**
 * `text`: the TeX, the footnote's name, or the key; `before`: how many of the same come before it.
 * @typedef {{ kind: 'formula' | 'footnote' | 'citation', text: string, before: number }} Own
 */

const NOTES = '.footnotes li[id], [role=doc-endnotes] li[id]';
const NOTE = 'sup > a[href^="#fn"]';
const CITATION = 'a.citation[href^="#"], .citation a[href^="#"]';
// Before a footnote's name: of kramdown, of GitHub.
const SIGN = /^#?fn[:-]/;

/** @param {Element} element */
const texOf = (element) =>
  real(element).querySelector('annotation')?.textContent?.trim() ?? element.textContent ?? '';

/**
 * How many elements with the same text come before one.
 * @param {Element} element
 * @param {string} among
 * @param {(element: Element) => string} textOf
 */
function countBefore(element, among, textOf) {
  const all = [...document.querySelectorAll(among)];
  const text = textOf(element);
  return all.slice(0, all.indexOf(element)).filter((one) => textOf(one) === text).length;
}

/** @param {Element} target @returns {Own | undefined} */
export function ownOf(target) {
  const formula = real(target).closest('math, [data-formula]');
  if (formula)
    return {
      kind: 'formula',
      text: texOf(formula),
      before: countBefore(formula, formula.matches('math') ? 'math' : '[data-formula]', texOf),
    };
  const note = real(target).closest(NOTES);
  const mark = real(target).closest(NOTE);
  const name = mark?.getAttribute('href') ?? note?.id;
  if (name && SIGN.test(name))
    return { kind: 'footnote', text: decode(name.replace(SIGN, '')), before: 0 };
  const link = real(target).closest(CITATION);
  const keyOf = (/** @type {Element} */ one) => decode(one.getAttribute('href')?.slice(1) ?? '');
  if (!link) return undefined;
  return { kind: 'citation', text: keyOf(link), before: countBefore(link, CITATION, keyOf) };
}
