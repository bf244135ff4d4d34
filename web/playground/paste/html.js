// HTML of other programs as Markdown.

import Turndown from 'turndown';
import { tableOf } from './cells.js';

/** Addresses that a link may have. */
const SAFE = /^(?:https?:|mailto:|tel:|\/|#|\.{0,2}\/|[\w%-][^:]*$)/i;

/** @param {HTMLElement} node @param {RegExp} value of its property */
const weight = (node, value) => value.test(node.style?.fontWeight ?? '');

const service = new Turndown({
  headingStyle: 'atx',
  hr: '---',
  bulletListMarker: '-',
  codeBlockStyle: 'fenced',
  emDelimiter: '*',
});

service.remove(['script', 'style', 'title', 'meta', 'link', 'noscript', 'template']);
service.addRule('struck', {
  filter: ['del', 's'],
  replacement: (content) => (content.trim() ? `~~${content.trim()}~~` : ''),
});
// Google Docs wraps everything in a <b> that is not bold, and says by styles what is.
service.addRule('wrapper', {
  filter: (node) => /^(b|strong)$/i.test(node.nodeName) && weight(node, /^(normal|[1-4]00)$/),
  replacement: (content) => content,
});
service.addRule('styled', {
  filter: (node) =>
    node.nodeName === 'SPAN' &&
    (weight(node, /^(bold|[6-9]00)$/) || node.style?.fontStyle === 'italic') &&
    !node.closest('h1, h2, h3, h4, h5, h6'),
  replacement(content, node) {
    const [, before, text, after] = /^(\s*)([^]*?)(\s*)$/.exec(content) ?? [];
    if (!text) return content;
    const bold = weight(/** @type {HTMLElement} */ (node), /^(bold|[6-9]00)$/) ? '**' : '';
    const slant = /** @type {HTMLElement} */ (node).style.fontStyle === 'italic' ? '*' : '';
    return before + bold + slant + text + slant + bold + after;
  },
});
service.addRule('item', {
  filter: 'li',
  replacement(content, node, { bulletListMarker }) {
    const parent = /** @type {HTMLElement | null} */ (node.parentNode);
    const items = [...(parent?.children ?? [])].filter(({ nodeName }) => nodeName === 'LI');
    const first = Number(parent?.getAttribute('start') ?? 1);
    const mark =
      parent?.nodeName === 'OL'
        ? `${first + items.indexOf(/** @type {HTMLElement} */ (node))}.`
        : (bulletListMarker ?? '-');
    const inner = content
      .trim()
      .replace(/\n{3,}/g, '\n\n')
      .replace(/\n(?=.)/g, `\n${' '.repeat(mark.length + 1)}`);
    return `${mark} ${inner}${node.nextSibling ? '\n' : ''}`;
  },
});
service.addRule('task', {
  filter: (node) =>
    node.nodeName === 'INPUT' && node.getAttribute('type') === 'checkbox' && !!node.closest('li'),
  replacement: (_, node) =>
    /** @type {HTMLElement} */ (node).hasAttribute('checked') ? '[x] ' : '[ ] ',
});
service.addRule('link', {
  filter: 'a',
  replacement(content, node) {
    const address = /** @type {HTMLElement} */ (node).getAttribute('href')?.trim() ?? '';
    const text = content.trim();
    if (!text || !address || !SAFE.test(address)) return content;
    if (text === address) return `<${address}>`;
    return `[${text.replace(/\n+/g, ' ')}](${escaped(address)})`;
  },
});
service.addRule('picture', {
  filter: 'img',
  replacement(_, node) {
    const { alt, src } = /** @type {HTMLImageElement} */ (node);
    const address = /** @type {HTMLElement} */ (node).getAttribute('src') ?? '';
    return /^https?:/i.test(src) && address ? `![${alt}](${escaped(address)})` : alt;
  },
});
service.addRule('table', {
  filter: 'table',
  replacement(content, node) {
    const rows = [.../** @type {HTMLTableElement} */ (node).rows].map((row) =>
      [...row.cells].flatMap((cell) => [
        inline(cell),
        ...Array.from({ length: Math.min(cell.colSpan, MOST_CELLS) - 1 }, () => ''),
      ]),
    );
    // Tables for layout have one column.
    return rows.some((row) => row.length > 1) ? `\n\n${tableOf(rows)}\n\n` : content;
  },
});
// A cell that claims to be wider is not.
const MOST_CELLS = 100;

/** @param {string} address */
const escaped = (address) =>
  address.replace(/[()\s<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** A cell's content in one line. @param {HTMLElement} cell @returns {string} */
function inline(cell) {
  const copy = /** @type {HTMLElement} */ (cell.cloneNode(true));
  return service
    .turndown(copy)
    .trim()
    .replace(/\s*\n\s*/g, ' ');
}

/** @param {Document} page @returns {string} */
export function markdownOf(page) {
  return service
    .turndown(page.body)
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]+$/gm, (end) => (end === '  ' ? end : ''))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
