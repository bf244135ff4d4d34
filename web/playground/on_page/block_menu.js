// The menu of blocks that `/` opens in an empty block of the page. It lies above the frame, where
// the site's style can't change it.

import { make } from '../../base/elements.js';
import { Sheet } from '../ui/dialog.js';
import { OptionList } from '../ui/option_list.js';

/**
 * A block: its element's name, its own, and what it is for.
 * @typedef {[string, string, string]} Block
 */

/**
 * Resolves to the name of the chosen block; '' when the menu is closed.
 * @param {HTMLElement} parent
 * @param {readonly Block[]} blocks
 * @param {{ left: number, top: number }} place where it stands, in pixels of the window
 * @returns {Promise<string>}
 */
export function askBlock(parent, blocks, { left, top }) {
  const sheet = new Sheet(parent, 'Blocks', { low: true, head: false });
  const { dialog, body } = sheet;
  const list = make('div', { id: 'blocks', role: 'listbox', 'aria-label': 'Blocks' });
  let found = [...blocks];
  let chosen = '';
  const pick = (/** @type {number} */ at) => {
    chosen = found[at]?.[0] ?? '';
    sheet.close();
  };
  const draw = () => {
    const question = options.input.value.toLowerCase().trim();
    found = blocks.filter((words) => words.join(' ').toLowerCase().includes(question));
    options.show(
      found.map(([, label, hint], at) => {
        const option = make(
          'div',
          { role: 'option', id: `block-${at}`, class: 'item' },
          make('span', {}, label),
          make('small', {}, hint),
        );
        option.addEventListener('click', () => pick(at));
        return option;
      }),
    );
  };
  const options = new OptionList(list, { label: 'Blocks', placeholder: 'Heading …', draw, pick });
  dialog.classList.add('blocks');
  dialog.style.setProperty('--left', `${left}px`);
  dialog.style.setProperty('--top', `${top}px`);
  body.append(options.input, list, options.none);
  draw();
  sheet.open();
  options.input.focus();
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(chosen);
    }),
  );
}
