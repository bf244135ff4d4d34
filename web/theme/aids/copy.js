// Buttons that copy: a block of code, the address of a section.

import { make } from '../../base/elements.js';
import { document } from '../../base/unclobbered.js';

/** @typedef {import('./words.js').Words} Words */

const COPIED_FOR = 2000; // milliseconds
const HEADINGS = 'h2[id], h3[id], h4[id]';

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // On a page without TLS there is no clipboard but this.
    const field = make('textarea', { class: 'aid-status' });
    field.value = text;
    document.body.append(field);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    focused?.focus();
    return done;
  }
}

/**
 * Copies, and says so to eyes and to screen readers.
 * @param {HTMLElement} element @param {string} text @param {Element} main @param {Words} words
 */
async function copyFrom(element, text, main, words) {
  if (!(await copy(text))) return;
  const status = main.querySelector('.aid-status');
  element.dataset.copied = words.copied;
  if (status) status.textContent = words.copied;
  setTimeout(() => {
    delete element.dataset.copied;
    if (status) status.textContent = '';
  }, COPIED_FOR);
}

/** The code of a block, without the numbers of its lines. @param {Element} block */
const codeOf = (block) =>
  (block.querySelector('.rouge-code, td.code') ?? block).textContent?.replace(/\n$/, '') ?? '';

/** @param {Element} main @param {Words} words */
export function addCopyButtons(main, words) {
  for (const block of main.querySelectorAll('pre')) {
    if (block.closest('details.publication__bibtex') || block.parentElement?.closest('pre'))
      continue;
    if (block.previousElementSibling?.matches('.aid-copy')) continue;
    const button = make('button', { type: 'button', 'aria-label': words.copyCode });
    button.onclick = () => copyFrom(button, codeOf(block), main, words);
    block.before(make('div', { class: 'aid-copy' }, button));
  }
}

/** @param {Element} main @param {Words} words */
export function addHeadingAnchors(main, words) {
  for (const heading of main.querySelectorAll(HEADINGS)) {
    if (heading.closest('a, nav, dialog') || heading.querySelector('a[href^="#"]')) continue;
    const name = heading.textContent?.trim() ?? '';
    const anchor = make('a', {
      class: 'aid-anchor',
      href: `#${encodeURIComponent(heading.id)}`,
      'aria-label': words.copyLink.replace('{}', name),
    });
    // The link goes where it leads as well: the address bar then has what was copied.
    anchor.onclick = () => void copyFrom(anchor, anchor.href, main, words);
    heading.append(anchor);
  }
}
