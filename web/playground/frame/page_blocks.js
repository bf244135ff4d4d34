// The elements that are edited on the page: which they are, what they say as HTML, and the caret in
// them.

import { document, real } from '../../base/unclobbered.js';

/** @typedef {import('./page_pictures.js').PagePictures} PagePictures */

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
/** Whether a block can become another one. @param {Element} block */
export const isNamed = ({ localName }) => /^(p|h[1-6])$/.test(localName);
/**
 * Whether a block has no others in it, so that it can be joined with its neighbour.
 * @param {Element} block
 */
export const isPlain = (block) => block.localName !== 'li' || !block.querySelector('ul, ol, p');
/** A picture is another one with another address. @param {Element} element */
const signsOf = (element) =>
  ['src', 'alt', 'href'].map((name) => element.getAttribute(name) ?? '').join(' ');
/** @param {Node} node @returns {string} */
const insideOf = (node) =>
  [...node.childNodes]
    .map((child) =>
      child instanceof Element
        ? child.localName === 'br'
          ? ''
          : `<${nameOf(child)} ${signsOf(child)}>${insideOf(child)}</>`
        : (child.nodeValue ?? ''),
    )
    .join('')
    .replace(/\s+/g, ' ');
/**
 * What readers see of a block. The space that somebody has typed at its end is in no source until a
 * word follows.
 * @param {Node} block
 */
export const seen = (block) => insideOf(block).replace(/ (?=(<\/>)*$)/, '');

/**
 * An element, with references to those that the page has.
 * @param {Element} element
 * @param {{ known: Map<Element, number>, pictures: PagePictures }} page their numbers; what becomes
 *   of pictures
 * @returns {string}
 */
export function htmlOf(element, page) {
  const { known } = page;
  const inner = [...element.childNodes]
    .map((node, at) => {
      if (node instanceof Comment) return `<!--${node.nodeValue}-->`;
      if (!(node instanceof Element)) return escape((node.nodeValue ?? '').replace(/\xA0/g, ' '));
      if (node.localName !== 'br' || known.has(node)) return htmlOf(node, page);
      return at + 1 < element.childNodes.length ? '<br>' : '';
    })
    .join('');
  const number = known.get(element);
  const attributes = page.pictures
    .attributesOf(element)
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join('');
  if (number !== undefined) return `<m-${number}${attributes}>${inner}</m-${number}>`;
  const name = nameOf(element);
  if (attributes) return `<img${attributes}>`;
  if (name === 'a') return `<a href="${escape(element.getAttribute('href') ?? '')}">${inner}</a>`;
  return INLINE.test(name) || WITHIN[name] || element.matches(BLOCKS)
    ? `<${name}>${inner}</${name}>`
    : inner;
}

/**
 * Replaces the selection by a text, and puts the caret behind it.
 * @param {string} text
 * @param {HTMLElement} [block] loses what an empty one has
 */
export function insertText(text, block) {
  if (block && isEmpty(block)) block.replaceChildren();
  const selection = getSelection();
  if (!selection?.rangeCount) return;
  selection.deleteFromDocument();
  const node = document.createTextNode(text.replace(/\s+/g, ' '));
  selection.getRangeAt(0).insertNode(node);
  selection.collapse(node, node.length);
}

/**
 * Types over a selected text of one node, of which Firefox would take the space behind it along.
 * @param {string} typed
 * @returns {boolean} false: something else is selected, and nothing has changed
 */
export function typeOver(typed) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !typed.trim()) return false;
  const { anchorNode: node, focusNode, anchorOffset, focusOffset } = selection;
  if (!(node instanceof Text) || node !== focusNode) return false;
  const begin = Math.min(anchorOffset, focusOffset);
  node.replaceData(begin, Math.abs(anchorOffset - focusOffset), typed);
  selection.collapse(node, begin + typed.length);
  return true;
}

/** Characters and pictures before the caret. @param {HTMLElement} block */
export function caretIn(block) {
  const selection = getSelection();
  if (!selection?.rangeCount || !block.contains(selection.focusNode)) return 0;
  const range = selection.getRangeAt(0).cloneRange();
  range.setStart(block, 0);
  return range.toString().length + range.cloneContents().querySelectorAll('img').length;
}

/** @param {HTMLElement} block @param {number} at characters and pictures before the caret */
export function setCaret(block, at) {
  const selection = getSelection();
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node; (node = walker.nextNode());) {
    if (node instanceof HTMLImageElement) {
      const range = document.createRange();
      range.setStartAfter(node);
      if (--at === 0) return selection?.collapse(range.startContainer, range.startOffset);
    } else if (node instanceof Text) {
      if (at <= node.length) return selection?.collapse(node, at);
      at -= node.length;
    }
  }
  selection?.collapse(block, block.childNodes.length);
}
