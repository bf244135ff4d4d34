// The elements that are edited on the page: which they are, what they say as HTML, and the caret in
// them.

import { document, real } from '../../base/unclobbered.js';

/**
 * What becomes of elements that the page has, as attributes of their references.
 * @typedef {{ changed: Map<Element, { src?: string, alt?: string, align?: string }> }} Changes
 */

export const BLOCKS = 'p,h1,h2,h3,h4,h5,h6,li,dt,dd,td,th,figcaption,pre';
/** Names that browsers give what Markdown has others for. @type {Record<string, string>} */
const NAMES = { b: 'strong', i: 'em', strike: 'del', s: 'del' };
/** What stands in a block that has others. @type {Record<string, string>} */
export const WITHIN = { ul: 'li', ol: 'li', blockquote: 'p' };
/** A table around its cells. */
const GRID = 'table,thead,tbody,tr';
export const INLINE = /^(strong|em|del|code|a)$/;

/** @param {string} text */
const escape = (text) =>
  text.replace(/[&<>"]/g, (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[c]};`);
/** @param {Element} element */
export const nameOf = ({ localName }) => NAMES[localName] ?? localName;
/** @param {Node} block */
export const isEmpty = (block) =>
  !block.textContent?.trim() && !(block instanceof Element && block.querySelector('img, input'));
/** What gives an empty block its height is not the page's. @param {Element} element */
const isFiller = ({ localName, parentElement: block }) =>
  localName === 'br' && !!block?.matches(BLOCKS) && isEmpty(block);
/**
 * What is in code or in a formula is not the source's; neither is a formula that is a text there.
 * @param {Element} element
 */
const isMade = (element) =>
  !!element.parentElement?.closest('pre,[data-formula]') || element.matches('[data-formula=text]');
/** @param {Element} block */
export const withAll = (block) =>
  [block, ...real(block).querySelectorAll('*')].filter((one) => !isFiller(one) && !isMade(one));
/** @param {Element | undefined} block @returns {block is HTMLPreElement} */
export const isCode = (block) => block instanceof HTMLPreElement;
/** An empty block has no height without a break. */
export function blankParagraph() {
  const block = document.createElement('p');
  block.append(document.createElement('br'));
  return block;
}
/** A cell or code stays when it is emptied. @param {Element} block */
export const isGone = (block) => isEmpty(block) && !block.matches('td, th, pre');
/** Whether a block can become another one. @param {Element} block */
export const isNamed = ({ localName }) => /^(p|h[1-6])$/.test(localName);
/**
 * Whether a block has no others in it, so that it can be joined with its neighbour.
 * @param {Element} block
 */
export const isPlain = (block) =>
  !isCode(block) && (block.localName !== 'li' || !block.querySelector('ul, ol, p, pre'));
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
export const seen = (block) =>
  block instanceof Element && isCode(block)
    ? (block.textContent ?? '').trimEnd().replace(/[ \t]+$/gm, '')
    : insideOf(block).replace(/ (?=(<\/>)*$)/, '');

/** @param {string} text */
const plain = (text) => escape(text.replace(/\xA0/g, ' '));

/**
 * An element, with references to those that the page has.
 * @param {Element} element
 * @param {{ known: Map<Element, number>, pictures: Changes, written: Element[] }} page their
 *   numbers; what becomes of them; the elements that the HTML has
 * @returns {string}
 */
export function htmlOf(element, page) {
  const { known, written } = page;
  const number = known.get(element);
  const name = nameOf(element);
  const { formula, tex = '' } = /** @type {HTMLElement} */ (element).dataset;
  if (formula === 'text') return plain(tex);
  const changed = Object.entries(page.pictures.changed.get(element) ?? {});
  const attributes = changed.map(([key, value]) => ` ${key}="${escape(value)}"`).join('');
  const isNew =
    INLINE.test(name) ||
    !!WITHIN[name] ||
    element.matches(`${BLOCKS},${GRID}`) ||
    (name === 'img' && attributes);
  if (number !== undefined || isNew) written.push(element);
  const code = formula ? tex : isCode(element) ? (element.textContent ?? '') : undefined;
  const parts = code === undefined ? [...element.childNodes] : [new Text(code)];
  const inner = parts
    .map((node, at) => {
      if (node instanceof Comment) return `<!--${node.nodeValue}-->`;
      if (!(node instanceof Element)) return plain(node.nodeValue ?? '');
      if (node.localName !== 'br' || known.has(node)) return htmlOf(node, page);
      if (at + 1 >= element.childNodes.length) return '';
      written.push(node);
      return '<br>';
    })
    .join('');
  if (number !== undefined) return `<m-${number}${attributes}>${inner}</m-${number}>`;
  if (!isNew) return inner;
  if (name === 'img') return `<img${attributes}>`;
  const href = name === 'a' ? ` href="${escape(element.getAttribute('href') ?? '')}"` : attributes;
  return `<${name}${href}>${inner}</${name}>`;
}

/**
 * Replaces the selection by a text, and puts the caret behind it.
 * @param {string} text
 * @param {HTMLElement} [block] loses what an empty one has
 */
export function insertText(text, block) {
  if (block && isEmpty(block) && !isCode(block)) block.replaceChildren();
  const selection = getSelection();
  if (!selection?.rangeCount) return;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const inside = around instanceof Element ? [...around.querySelectorAll('*')] : [];
  const changed = inside.filter((one) => !isEmpty(one) && range.intersectsNode(one));
  selection.deleteFromDocument();
  // A format around all of a text, or the mark of a footnote, goes with it.
  for (const one of changed) if (isEmpty(one)) one.remove();
  const code = block && isCode(block);
  const node = document.createTextNode(text.replace(code ? /\r\n?/g : /\s+/g, code ? '\n' : ' '));
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

/** Characters and pictures of a block before the end of a range. @param {Range} range */
function lengthTo(range, /** @type {Element} */ block) {
  range.setStart(block, 0);
  return range.toString().length + range.cloneContents().querySelectorAll('img').length;
}

/** Characters and pictures before the caret. @param {HTMLElement} block */
export function caretIn(block) {
  const selection = getSelection();
  if (!selection?.rangeCount || !block.contains(selection.focusNode)) return 0;
  return lengthTo(selection.getRangeAt(0).cloneRange(), block);
}

/**
 * The mark of a footnote that the caret is in or touches.
 * @param {HTMLElement} block
 * @param {boolean} [forward] before it, not behind
 */
export function markAt(block, forward) {
  const at = caretIn(block);
  return [...block.querySelectorAll('sup')].find((mark) => {
    const range = document.createRange();
    range.selectNode(mark);
    const end = lengthTo(range, block);
    const begin = end - (mark.textContent ?? '').length;
    const isMark = mark.firstElementChild?.matches('a[href^="#fn"]');
    return isMark && (forward ? begin <= at && at < end : begin < at && at <= end);
  });
}

/** Lines without words at the end of code are in no source. @param {HTMLElement} code */
export function dropBlankEnd(code) {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  for (let node = walker.lastChild(); node instanceof Text; node = walker.previousNode()) {
    node.data = node.data.trimEnd();
    if (node.data) return node.appendData('\n');
  }
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

/**
 * Sets a format of the selection, or takes it away.
 * @param {HTMLElement} block
 * @param {string} name
 * @param {string | undefined} url of a link
 * @param {Map<Element, number>} known a link with another address is not that of the page
 * @returns {boolean} whether something has changed
 */
export function setFormat(block, name, url, known) {
  const selection = getSelection();
  if (!selection?.rangeCount) return false;
  const range = selection.getRangeAt(0);
  const common = range.commonAncestorContainer;
  const around = common instanceof Element ? common : common.parentElement;
  const inside = [...block.querySelectorAll('*')].find(
    (one) => nameOf(one) === name && one.contains(around),
  );
  if (inside && name === 'a' && url) {
    inside.setAttribute('href', url);
    known.delete(inside);
  } else if (inside) inside.replaceWith(...inside.childNodes);
  else if (selection.isCollapsed || !block.contains(common)) return false;
  else {
    const made = document.createElement(name);
    if (name === 'a') made.setAttribute('href', url ?? '');
    made.append(range.extractContents());
    range.insertNode(made);
    selection.selectAllChildren(made);
  }
  return true;
}
