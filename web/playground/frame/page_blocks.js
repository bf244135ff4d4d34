// The elements that are edited on the page: which they are, what they say as HTML, and the caret in
// them.

import { document, real } from '../../base/unclobbered.js';

export const BLOCKS = 'p,h1,h2,h3,h4,h5,h6,li,dt,dd,td,th,figcaption';
/** Names that browsers give what Markdown has others for. @type {Record<string, string>} */
const NAMES = { b: 'strong', i: 'em', strike: 'del', s: 'del' };
/** What stands in a block that has others. @type {Record<string, string>} */
export const WITHIN = { ul: 'li', ol: 'li', blockquote: 'p' };
export const INLINE = /^(strong|em|del|code|a)$/;

/** @param {string} text */
const escape = (text) =>
  text.replace(/[&<>"]/g, (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[c]};`);
/** @param {Element} element */
export const nameOf = ({ localName }) => NAMES[localName] ?? localName;
/** @param {Element} block */
export const withAll = (block) => [block, ...real(block).querySelectorAll('*')];
/** @param {Node} block */
export const isEmpty = (block) =>
  !block.textContent?.trim() && !(block instanceof Element && block.querySelector('img, input'));
/**
 * Whether a block has no others in it, so that it can be joined with its neighbour.
 * @param {Element} block
 */
export const isPlain = (block) => block.localName !== 'li' || !block.querySelector('ul, ol, p');
/** What readers see of an element. @param {Node} node @returns {string} */
export const seen = (node) =>
  [...node.childNodes]
    .map((child) =>
      child instanceof Element
        ? child.localName === 'br'
          ? ''
          : `<${nameOf(child)}>${seen(child)}</>`
        : (child.nodeValue ?? ''),
    )
    .join('')
    .replace(/\s+/g, ' ');

/**
 * An element, with references to those that the page has.
 * @param {Element} element
 * @param {Map<Element, number>} known their numbers
 * @returns {string}
 */
export function htmlOf(element, known) {
  const inner = [...element.childNodes]
    .map((node, at) => {
      if (node instanceof Comment) return `<!--${node.nodeValue}-->`;
      if (!(node instanceof Element)) return escape((node.nodeValue ?? '').replace(/\xA0/g, ' '));
      if (node.localName !== 'br' || known.has(node)) return htmlOf(node, known);
      return at + 1 < element.childNodes.length ? '<br>' : '';
    })
    .join('');
  const number = known.get(element);
  if (number !== undefined) return `<m-${number}>${inner}</m-${number}>`;
  const name = nameOf(element);
  if (name === 'a') return `<a href="${escape(element.getAttribute('href') ?? '')}">${inner}</a>`;
  return INLINE.test(name) || WITHIN[name] || element.matches(BLOCKS)
    ? `<${name}>${inner}</${name}>`
    : inner;
}

/** Characters before the caret. @param {HTMLElement} block */
export function caretIn(block) {
  const selection = getSelection();
  if (!selection?.rangeCount || !block.contains(selection.focusNode)) return 0;
  const range = selection.getRangeAt(0).cloneRange();
  range.setStart(block, 0);
  return range.toString().length;
}

/** @param {HTMLElement} block @param {number} at characters before the caret */
export function setCaret(block, at) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const { length } = node.nodeValue ?? '';
    if (at <= length) return getSelection()?.collapse(node, at);
    at -= length;
  }
  getSelection()?.collapse(block, block.childNodes.length);
}
