// The toolbar of the source, and the line below it: words, the time to read them, the position.

import { make } from '../../base/elements.js';
import { MARKDOWN, ending } from '../../base/file_kinds.js';
import { perhaps } from '../../base/util.js';
import { button } from './buttons.js';
import * as shapes from './shapes.js';
import { command } from './commands.js';
import { NAMES, spoken } from './keys.js';
import { plural } from './words.js';

/** @typedef {import('./commands.js').Workbench} Workbench */

/** Commands with a button, and their icons; null: a gap. */
const BUTTONS = /** @type {const} */ ([
  ['undo', shapes.undo],
  ['redo', shapes.redo],
  null,
  ['heading', shapes.heading],
  ['bold', shapes.bold],
  ['italic', shapes.italic],
  ['code', shapes.code],
  ['link', shapes.link],
  null,
  ['list', shapes.list],
  ['numbered', shapes.numbered],
  ['tasks', shapes.tasks],
  ['quote', shapes.quote],
  null,
  ['image', shapes.picture],
  ['grid', shapes.table],
  ['insert', shapes.plus],
]);
// Mirrored in a right-to-left interface.
const TURNED = /^(undo|redo|list|tasks|quote)$/;
/** Buttons that are on, by the style of the text at the caret. */
const STYLES = { bold: /strong/, italic: /emphasis/, code: /monospace/, heading: /heading/ };

/** The storage key for the folded toolbar. */
const FOLDED = 'meridian-playground-toolbar';
// Words that are read in a minute, as the theme counts them.
const SPEED = 200;
// Milliseconds after the last change until words are counted.
const PAUSE = 250;
// Characters of a text whose words are counted: a longer one takes more than a frame.
const LONGEST = 1 << 20;
// A character of these scripts counts as a word.
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu;

/** The words of a text, without front matter, Liquid, tags and addresses. @param {string} text */
export const wordsIn = (text) =>
  text
    .replace(/^\uFEFF?---\s*\n[^]*?\n---\s*(?:\n|$)/, '')
    .replace(/\{%[^]*?%\}|\{\{[^]*?\}\}|<[^<>]*>|\]\([^()\s]*\)|\{:[^{}]*\}/g, ' ')
    .match(WORDS)?.length ?? 0;

export class FormatBar {
  timer = 0;
  words = 0;

  /** @param {HTMLElement} edit the pane @param {HTMLElement} tabs @param {Workbench} playground */
  constructor(edit, tabs, playground) {
    this.playground = playground;
    this.bar = make('div', { class: 'fmt', role: 'toolbar', 'aria-label': 'Format' });
    const scroll = make('div', { class: 'fmt__scroll' });
    this.buttons = new Map(
      BUTTONS.flatMap((one) => {
        if (!one) {
          scroll.append(make('span', { class: 'sep' }));
          return [];
        }
        const [id, shape] = one;
        const { label, keys } = command(id);
        const made = button(label, () => playground.run(command(id)), {
          shape,
          class: TURNED.test(id) ? 'turn' : '',
        });
        if (keys) {
          made.setAttribute('aria-keyshortcuts', spoken(keys));
          const named = keys.split('-').map((part) => NAMES[part] ?? part.toUpperCase());
          made.title = `${label} (${named.join(' ')})`;
        }
        // On a phone the keyboard stays.
        made.addEventListener('pointerdown', (event) => event.preventDefault());
        scroll.append(made);
        return [/** @type {const} */ ([id, made])];
      }),
    );
    this.fold = button('Fold the toolbar', () => this.toggle(true), {
      shape: shapes.up,
      class: 'fold',
    });
    this.unfold = button('Show the toolbar', () => this.toggle(false), {
      shape: shapes.down,
      class: 'fold',
    });
    const eye = button('Show the page', () => playground.run(command('show-page')), {
      shape: shapes.eye,
      class: 'for-page',
    });
    this.bar.append(scroll, this.fold, eye);
    this.bar.addEventListener('keydown', (event) => this.press(event));
    tabs.after(this.bar);
    tabs.parentElement?.prepend(make('div', { class: 'tabs__row' }, tabs, this.unfold));
    this.count = make('span');
    this.place = make('span', { class: 'wide' });
    this.status = make(
      'div',
      { class: 'status' },
      this.count,
      this.place,
      button('History', () => playground.run(command('history')), {
        shape: shapes.history,
        text: true,
      }),
    );
    edit.append(this.status);
    this.toggle(!!perhaps(() => localStorage[FOLDED]), true);
    this.single(this.buttons.get('undo'));
    playground.editor.moved = () => this.soon();
    playground.opened.push(() => this.soon());
  }

  /** @param {boolean} folded @param {boolean} [first] nobody has chosen it now */
  toggle(folded, first) {
    const { bar, unfold } = this;
    bar.toggleAttribute('data-folded', folded);
    unfold.hidden = !folded;
    if (first) return;
    perhaps(() => (localStorage[FOLDED] = folded ? '1' : ''));
    (folded ? unfold : this.fold).focus();
  }

  /**
   * One button is a Tab stop; arrow keys reach the others.
   * @param {HTMLElement | undefined} stop
   */
  single(stop) {
    for (const one of this.bar.querySelectorAll('button')) one.tabIndex = one === stop ? 0 : -1;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const all = [...this.bar.querySelectorAll('button')].filter(
      (one) => one.getClientRects().length,
    );
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const turned = this.bar.hasAttribute('data-rtl') ? -1 : 1;
    const to = { ArrowRight: at + turned, ArrowLeft: at - turned, Home: 0, End: all.length - 1 }[
      event.key
    ];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    this.single(next);
    next.focus();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.draw(), PAUSE);
  }

  draw() {
    const { playground, buttons } = this;
    const { editor } = playground;
    const { state } = editor.view;
    const { main } = state.selection;
    const markdown = ending(MARKDOWN).test(playground.path);
    this.bar.hidden = !markdown;
    this.bar.toggleAttribute('data-rtl', getComputedStyle(this.bar).direction === 'rtl');
    if (this.unfold.parentElement)
      this.unfold.parentElement.toggleAttribute('data-plain', !markdown);
    const style = editor.styleAt(main.head);
    for (const [id, pattern] of Object.entries(STYLES))
      buttons
        .get(/** @type {'bold'} */ (id))
        ?.setAttribute('aria-pressed', String(pattern.test(style)));
    const line = state.doc.lineAt(main.head);
    this.place.textContent = `Line ${line.number.toLocaleString()}, column ${(main.head - line.from + 1).toLocaleString()}`;
    if (!markdown || state.doc.length > LONGEST) this.count.textContent = '';
    else if (!main.empty) {
      const chosen = state.sliceDoc(main.from, main.to);
      this.count.textContent = `${plural(wordsIn(chosen), 'word', 'words')}, ${plural([...chosen].length, 'character', 'characters')} selected`;
    } else {
      const words = wordsIn(state.doc.toString());
      this.count.textContent = `${plural(words, 'word', 'words')} · ${plural(Math.max(1, Math.round(words / SPEED)), 'minute', 'minutes')} to read`;
    }
  }
}
