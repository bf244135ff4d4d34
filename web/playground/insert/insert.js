// The menu of what can be inserted, with its forms. A file of its own, loaded when it is opened.

import { make } from '../../base/elements.js';
import { button } from '../ui/buttons.js';
import { choose } from '../ui/choose_files.js';
import { Sheet } from '../ui/dialog.js';
import { OptionList } from '../ui/option_list.js';
import { formulaField } from './formula_field.js';
import { ITEMS } from './items.js';
import { TableGrid, tableAt } from './table_grid.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('../playground.js').Playground} Playground
 * @typedef {import('./items.js').Item} Item
 */

export class Insert {
  /** @type {Item[]} */
  found = [];

  /** @param {Playground} playground */
  constructor(playground) {
    this.playground = playground;
    this.sheet = new Sheet(playground.play, 'Insert', { low: true });
    this.sheet.dialog.classList.add('insert');
    const list = make('div', {
      id: 'inserts',
      role: 'listbox',
      'aria-label': 'Insert',
      class: 'inserts',
    });
    this.options = new OptionList(list, {
      label: 'Insert',
      placeholder: 'Insert …',
      draw: () => this.draw(),
      pick: (at) => this.pick(at),
    });
    this.sheet.body.append(this.options.input, list, this.options.none);
  }

  /** @param {string} [what] an entry, without the menu */
  open(what) {
    const item = what && ITEMS.find(({ id }) => id === what);
    if (item) return this.run(item);
    this.options.input.value = '';
    this.draw();
    this.sheet.open();
    this.options.input.focus();
  }

  // ---- the menu ----

  draw() {
    const question = this.options.input.value.toLowerCase().trim();
    this.found = ITEMS.filter(({ label, also = '', code }) =>
      `${label} ${also} ${code}`.toLowerCase().includes(question),
    );
    const groups = [...new Set(this.found.map(({ group }) => group))];
    this.options.show(
      groups.map((group) =>
        make(
          'div',
          { role: 'group', 'aria-label': group },
          make('p', { class: 'cap', 'aria-hidden': 'true' }, group),
          ...this.found.flatMap((item, at) => {
            if (item.group !== group) return [];
            const option = make(
              'div',
              { role: 'option', id: `insert-${at}`, class: 'item' },
              make('span', {}, item.label),
              make('code', {}, item.code),
            );
            option.addEventListener('click', () => this.pick(at));
            return [option];
          }),
        ),
      ),
    );
  }

  /** @param {number} at */
  pick(at) {
    const item = this.found[at];
    this.sheet.close();
    if (item) this.run(item);
  }

  // ---- inserting ----

  /** @param {Item} item */
  run({ write, block = false, act }) {
    if (write) return this.write(typeof write === 'string' ? write : write(), block);
    switch (act) {
      case 'table':
        return this.table();
      case 'formula':
        return this.formula();
      case 'picture':
        return this.picture();
      case 'page':
        return this.complete('[|text|](/', ')');
      case 'cite':
        return this.complete('{% cite ', ' %}');
      case 'field':
        return this.field();
      case 'footnote':
        return this.footnote();
      default:
        this.playground.runById(act ?? '');
    }
  }

  get view() {
    return this.playground.editor.view;
  }

  /**
   * Writes a text.
   * @param {string} text
   * @param {boolean} block
   * @param {boolean} [bars] in which bars are the ends of the selection
   */
  write(text, block, bars = true) {
    const { state } = this.view;
    const { from, to } = state.selection.main;
    const [before, after] = [state.doc.lineAt(from), state.doc.lineAt(to)];
    const above = before.number > 1 ? state.doc.line(before.number - 1).text : '';
    const head = !block ? '' : from > before.from ? '\n\n' : above.trim() ? '\n' : '';
    const end = !block ? '' : to < after.to ? '\n\n' : '\n';
    const [first, second = first] = bars ? [...text.matchAll(/\|/g)].map(({ index }) => index) : [];
    const plain =
      first === undefined
        ? text
        : text.slice(0, first) + text.slice(first + 1, second) + text.slice(second + 1);
    const at = from + head.length + (first ?? text.length);
    this.view.dispatch({
      changes: { from, to, insert: head + plain + end },
      selection: { anchor: at, head: first === undefined ? at : at + second - first - 1 },
      userEvent: 'input',
      scrollIntoView: true,
    });
    this.view.focus();
  }

  /**
   * Writes what is completed, and opens the completion.
   * @param {string} begin
   * @param {string} end
   */
  complete(begin, end) {
    const { state } = this.view;
    const { from, to } = state.selection.main;
    const head = begin.replaceAll('|', '').replace('text', state.sliceDoc(from, to) || 'text');
    this.view.dispatch({
      changes: { from, to, insert: head + end },
      selection: { anchor: from + head.length },
      userEvent: 'input',
    });
    this.view.focus();
    this.playground.editor.complete();
  }

  /** Goes to the end of the front matter, which is created, for another key. */
  field() {
    const { doc } = this.view.state;
    const found = /^---[ \t]*\n(?:[^]*?\n)?(?=---[ \t]*(?:\n|$))/.exec(doc.toString());
    const at = found ? found[0].length : 0;
    const insert = found ? '\n' : '---\n\n---\n\n';
    this.view.dispatch({
      changes: { from: at, insert },
      selection: { anchor: found ? at : at + 4 },
      userEvent: 'input',
      scrollIntoView: true,
    });
    this.view.focus();
    this.playground.editor.complete();
  }

  footnote() {
    const { doc, selection } = this.view.state;
    const text = doc.toString();
    const taken = [...text.matchAll(/\[\^(\d+)\]/g)].map(([, number]) => Number(number));
    const mark = `[^${Math.max(0, ...taken) + 1}]`;
    const { to } = selection.main;
    const end = text.trimEnd().length;
    const place = Math.max(end, to);
    const note = `${/^\[\^\d+\]:/.test(text.slice(text.lastIndexOf('\n', end - 1) + 1)) ? '\n' : '\n\n'}${mark}: `;
    this.view.dispatch({
      changes: [
        { from: to, insert: mark },
        { from: place, to: doc.length, insert: `${note}\n` },
      ],
      selection: { anchor: place + mark.length + note.length },
      userEvent: 'input',
      scrollIntoView: true,
    });
    this.view.focus();
  }

  async picture() {
    const { playground } = this;
    const files = (await choose('files')).filter(({ type }) => type.startsWith('image/'));
    if (files.length)
      (await playground.parts.paste())?.take({ files, html: '', text: '' }, playground.path);
  }

  // ---- forms ----

  /**
   * A form in a sheet of its own.
   * @param {string} label
   * @param {HTMLElement[]} content
   * @param {() => void} done
   */
  form(label, content, done) {
    const sheet = new Sheet(this.playground.play, label, { wide: true });
    sheet.dialog.classList.add('form');
    const end = () => {
      sheet.close();
      done();
    };
    sheet.body.append(...content);
    sheet.dialog.append(
      make(
        'footer',
        {},
        button('Cancel', () => sheet.close()),
        button('Done', end, { class: 'main' }),
      ),
    );
    sheet.dialog.addEventListener('close', () => {
      sheet.dialog.remove();
      this.view.focus();
    });
    sheet.open();
    return end;
  }

  table() {
    const known = tableAt(this.view.state);
    const { from, to } = this.view.state.selection.main;
    const table = known ?? {
      from,
      to,
      rows: [
        ['', '', ''],
        ['', '', ''],
        ['', '', ''],
      ],
      sides: [],
    };
    const grid = new TableGrid(table, () => end());
    const end = this.form('Table', [grid.box], () => {
      if (!known) return this.write(grid.markdown, true, false);
      this.view.dispatch({
        changes: { from: known.from, to: known.to, insert: grid.markdown },
        selection: { anchor: known.from },
        userEvent: 'input',
      });
    });
    grid.focus();
  }

  formula() {
    const { state } = this.view;
    const { from, to } = state.selection.main;
    const selected = state.sliceDoc(from, to).replace(/^\$+|\$+$/g, '');
    const { field, shown } = formulaField(this.playground, selected.trim() || 'E = mc^2');
    this.form('Formula', [field, shown], () => {
      const tex = field.value.trim();
      if (tex) this.write(`$$${tex.includes('\n') ? `\n${tex}\n` : tex}$$`, true, false);
    });
    field.focus();
    field.select();
  }
}
