// Keyboard shortcuts: the command of a key, the notation of keys, and a list of them.

import { make } from '../../base/elements.js';
import { isChosen } from '../editor/vim_keys.js';
import { button } from './buttons.js';
import { COMMANDS, command, offered } from './commands.js';
import { Sheet } from './dialog.js';

const MAC = /Mac|iP(hone|ad)/.test(navigator.platform);
/** The names of modifier keys on this platform. @type {Record<string, string>} */
export const NAMES = MAC ? { Mod: '⌘', Shift: '⇧', Alt: '⌥' } : { Mod: 'Ctrl' };
/** @param {string} keys */
const parts = (keys) => keys.split('-');

/** Keys as they are labelled on the keyboard. @param {string} keys */
export const written = (keys) =>
  parts(keys).map((part) =>
    make('kbd', {}, NAMES[part] ?? (part.length > 1 ? part : part.toUpperCase())),
  );
/** The same for screen readers. @param {string} keys */
export const spoken = (keys) =>
  parts(keys)
    .map((part) => (part === 'Mod' ? (MAC ? 'Meta' : 'Control') : part))
    .join('+');

/** Key codes of punctuation with modifier keys. @type {Record<string, number>} */
const CODES = { '.': 190 };

/** @param {KeyboardEvent} event @param {string} keys */
function matches(event, keys) {
  const names = parts(keys);
  const key = /** @type {string} */ (names.pop());
  // Punctuation is compared as typed; with Alt a letter may produce another character, so letters
  // and digits are compared by key code.
  if (!/^\w/.test(key) && !CODES[key])
    return event.key === key && !event.ctrlKey && !event.metaKey && !event.altKey;
  const pressed =
    key.length === 1
      ? event.keyCode === (CODES[key] ?? key.toUpperCase().charCodeAt(0))
      : event.key === key;
  return (
    pressed &&
    event.shiftKey === names.includes('Shift') &&
    event.altKey === names.includes('Alt') &&
    (MAC ? event.metaKey : event.ctrlKey) === names.includes('Mod') &&
    !(MAC ? event.ctrlKey : event.metaKey)
  );
}

/** Tells whether characters typed there are text. @param {EventTarget | undefined} target */
const takesText = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The command for a key press. @param {KeyboardEvent} event */
export function called(event) {
  const [target] = event.composedPath();
  if (event.isComposing || event.getModifierState('AltGraph')) return undefined;
  const inSource = target instanceof Element && !!target.closest('.cm-content');
  return COMMANDS.find(
    ({ keys, text }) =>
      keys &&
      (!text || inSource) &&
      matches(event, keys) &&
      !(/^\W$/.test(keys) && takesText(target)),
  );
}

// Shortcuts of CodeMirror that are hard to discover.
const MORE = /** @type {const} */ ([
  ['Undo, redo', ['Mod-z', MAC ? 'Mod-Shift-z' : 'Mod-y']],
  ['Line up, down', ['Alt-↑', 'Alt-↓']],
  ['Add the next match', ['Mod-d']],
  ['Comment', ['Mod-/']],
  ['Tab leaves the source', [MAC ? 'Shift-Alt-m' : 'Mod-m']],
]);

export class Keymap {
  /** @param {import('./commands.js').Workbench} playground */
  constructor(playground) {
    this.playground = playground;
    this.sheet = new Sheet(playground.play, 'Keys', { wide: true });
    // It may be longer than a phone's screen.
    this.sheet.body.tabIndex = 0;
  }

  open() {
    const { body } = this.sheet;
    body.replaceChildren();
    for (const [group, commands] of grouped(offered(this.playground))) {
      const rows = commands.flatMap(({ label, keys }) => (keys ? [row(label, [keys])] : []));
      if (group === 'Text') rows.push(...MORE.map(([label, keys]) => row(label, keys)));
      if (rows.length)
        body.append(make('section', {}, make('h3', {}, group), make('dl', {}, ...rows.flat())));
    }
    if (offered(this.playground).includes(command('vim'))) {
      const vim = button('Vim keys', () => this.switchVim(vim), {
        text: true,
        class: 'switch-vim',
      });
      vim.setAttribute('aria-pressed', String(isChosen()));
      body.prepend(vim);
    }
    this.sheet.open();
  }

  /** @param {HTMLElement} vim the button */
  async switchVim(vim) {
    await command('vim').run(this.playground);
    vim.setAttribute('aria-pressed', String(isChosen()));
  }
}

/** @param {import('./commands.js').Command[]} commands */
function grouped(commands) {
  /** @type {Map<string, import('./commands.js').Command[]>} */
  const groups = new Map();
  for (const one of commands) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return groups;
}

/** @param {string} label @param {readonly string[]} keys */
const row = (label, keys) => [
  make('dt', {}, label),
  make('dd', {}, ...keys.flatMap((one, at) => [at ? ' ' : '', make('span', {}, ...written(one))])),
];
