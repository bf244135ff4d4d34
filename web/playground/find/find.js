// Find and replace, in the open file and in all files: a file of its own, loaded when it is opened.

import { make } from '../../base/elements.js';
import { bringForward } from '../ui/layout.js';
import { button } from '../ui/buttons.js';
import * as shapes from '../ui/shapes.js';
import { plural } from '../ui/words.js';
import { SearchThread } from './client.js';
import { MOST } from './search.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('../playground.js').Playground} Playground
 * @typedef {import('./client.js').Found} Found
 * @typedef {import('./search.js').Match} Match
 * @typedef {import('./search.js').Query} Query
 */

// Milliseconds after a keystroke until it is searched.
const PAUSE = 120;
// … and after a change of a file.
const IDLE = 400;

const SWITCHES = /** @type {const} */ ([
  [
    'exact',
    'Match case',
    'm3 18 4.8-12 4.8 12M4.7 14h6.2M20.5 11.5V18M20.5 14.8a2.7 2.7 0 1 0 0 .1',
  ],
  [
    'word',
    'Whole words',
    'M10.5 8.5v5.5M10.5 11a2.6 2.6 0 1 0 0 .1M14 4.5V14M14 11a2.6 2.6 0 1 0 0-.1M4 16.5v3h16v-3',
  ],
  ['pattern', 'Regular expression', 'M6.5 18h.1M15 5v8m-3.5-6 7 4m0-4-7 4'],
]);

/** The two fields, with their switches. */
class Fields {
  /** @type {Query} */
  query = { text: '', exact: false, word: false, pattern: false, by: '' };

  /** @param {string} label @param {() => void} changed */
  constructor(label, changed) {
    this.text = field(label);
    this.by = field('Replace with');
    this.by.placeholder = 'Replace with';
    this.output = make('output');
    this.switches = SWITCHES.map(([name, label, shape]) => {
      const one = button(
        label,
        () => {
          this.query[name] = !this.query[name];
          this.show();
          changed();
        },
        { shape },
      );
      return one;
    });
    this.text.addEventListener('input', changed);
    this.by.addEventListener('input', changed);
    this.find = make(
      'div',
      { class: 'in' },
      this.text,
      make('span', {}, this.output, ...this.switches),
    );
    this.replace = make('div', { class: 'in' }, this.by);
    this.show();
  }

  show() {
    for (const [at, [name]] of SWITCHES.entries())
      this.switches[at].setAttribute('aria-pressed', String(this.query[name]));
  }

  /** What is in the fields now. @returns {Query} */
  read() {
    this.query = { ...this.query, text: this.text.value, by: this.by.value };
    return this.query;
  }

  /** @param {string} message */
  fail(message) {
    this.text.setAttribute('aria-invalid', String(!!message));
    this.text.title = message;
  }
}

/** @param {string} label */
const field = (label) =>
  make('input', {
    type: 'text',
    'aria-label': label,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
  });

export class Find {
  timer = 0;
  /** A search is due. */
  due = false;
  /** @type {Promise<void>} */
  searching = Promise.resolve();
  /** Number of the last search: an earlier answer is dropped. */
  run = 0;
  /** @type {Match[]} */
  matches = [];
  /** Number of the current match. */
  now = -1;
  /** @type {Found | undefined} */
  all = undefined;
  /** Files of the list that are closed. @type {Set<string>} */
  closed = new Set();

  /** @param {Playground} playground */
  constructor(playground) {
    this.playground = playground;
    const { project, play } = playground;
    this.thread = new SearchThread(project, playground.worker);
    this.fields = new Fields('Find', () => this.soon(PAUSE));
    this.one = button('Replace', () => this.replaceOne(), { class: 'line' });
    this.every = button('Replace all', () => this.replaceHere(), { class: 'line' });
    this.fault = make('p', { class: 'fault', role: 'status' });
    this.panel = make(
      'div',
      { class: 'find', role: 'search', hidden: '' },
      this.fields.find,
      make(
        'div',
        {},
        button('Previous', () => this.step(-1), { shape: shapes.up }),
        button('Next', () => this.step(1), { shape: shapes.down }),
        button('All files', () => this.open(true), { class: 'text' }),
        button('Close', () => this.close(), { shape: shapes.close, class: 'grow' }),
      ),
      this.fields.replace,
      make('div', {}, this.one, this.every),
      this.fault,
    );
    playground.editor.view.dom.parentElement?.before(this.panel);
    this.panel.addEventListener('keydown', (event) => this.press(event));

    this.wide = new Fields('Find in all files', () => this.soon(PAUSE));
    this.sum = make('span', { role: 'status' });
    this.allButton = button('Replace all', () => this.replaceAll(), { class: 'line grow' });
    this.list = make('div', { class: 'list' });
    this.hits = make(
      'section',
      { class: 'hits', 'aria-label': 'Find in all files', hidden: '' },
      make('div', { class: 'search' }, this.wide.find, this.wide.replace),
      make(
        'div',
        { class: 'sum' },
        this.sum,
        this.allButton,
        button('Close', () => this.close(), { shape: shapes.close }),
      ),
      this.list,
    );
    playground.files.list.parentElement?.after(this.hits);
    this.hits.addEventListener('keydown', (event) => this.pressAll(event));

    project.whenChanged(() => this.soon(IDLE));
    project.addEventListener('open', () => {
      this.thread.close();
      this.soon(IDLE);
    });
    playground.opened.push(() => !this.panel.hidden && this.soon(0));
    play.dataset.find = '';
  }

  // ---- opening and closing ----

  /** @param {boolean} everywhere in all files */
  open(everywhere) {
    const { playground, panel, hits, fields, wide } = this;
    const { state } = playground.editor.view;
    const { from, to } = state.selection.main;
    const chosen = state.sliceDoc(from, to);
    const before = everywhere ? fields : wide;
    const now = everywhere ? wide : fields;
    if (before === fields ? !panel.hidden : !hits.hidden) {
      now.query = { ...before.read() };
      now.text.value = now.query.text;
      now.by.value = now.query.by;
      now.show();
    } else if (chosen && !chosen.includes('\n')) now.text.value = chosen;
    panel.hidden = everywhere;
    hits.hidden = !everywhere;
    panel.setAttribute('aria-label', `Find in ${playground.path}`);
    playground.play.dataset.find = everywhere ? 'all' : 'file';
    playground.editor.showMatches([]);
    if (everywhere) bringForward(playground.play, playground.files.list);
    now.text.focus();
    now.text.select();
    this.soon(0);
  }

  close() {
    const { playground, panel, hits } = this;
    const everywhere = !hits.hidden;
    panel.hidden = hits.hidden = true;
    playground.play.dataset.find = '';
    playground.editor.showMatches([]);
    this.matches = [];
    if (everywhere) bringForward(playground.play, playground.editor.view.dom);
    playground.editor.view.focus();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    const inField = event.target === this.fields.text || event.target === this.fields.by;
    if (event.key === 'Escape') this.close();
    else if (event.key === 'F3') this.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Enter' && event.target === this.fields.by) this.replaceOne();
    else if (event.key === 'Enter' && inField) this.step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event */
  pressAll(event) {
    if (event.isComposing) return;
    const { target } = event;
    const lines = /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll('button')]);
    const at = lines.indexOf(/** @type {HTMLElement} */ (target));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') this.close();
    else if (step && (at >= 0 || step > 0)) (lines[at + step] ?? this.wide.text).focus();
    else if (event.key === 'Enter' && target === this.wide.text) this.soon(0);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // ---- searching ----

  /** @param {number} pause milliseconds */
  soon(pause) {
    clearTimeout(this.timer);
    if (this.panel.hidden && this.hits.hidden) return;
    this.due = true;
    this.timer = window.setTimeout(() => this.fresh(), pause);
  }

  /** Resolves when what is in the fields was searched. */
  fresh() {
    clearTimeout(this.timer);
    if (this.due) this.searching = this.search();
    return this.searching;
  }

  async search() {
    this.due = false;
    const everywhere = !this.hits.hidden;
    const { playground, thread } = this;
    const fields = everywhere ? this.wide : this.fields;
    const query = fields.read();
    const mine = ++this.run;
    const { path, editor } = playground;
    const text = everywhere ? undefined : editor.view.state.doc.toString();
    /** @type {Found | Error} */
    const found = await thread
      .ask(query, everywhere ? undefined : path, text)
      .catch((error) => error);
    if (mine !== this.run) return;
    const message = found instanceof Error ? found.message : '';
    fields.fail(message);
    const good =
      found instanceof Error ? { found: [], all: true, texts: new Map(), unread: 0 } : found;
    if (everywhere) this.drawAll(good, message);
    else this.drawHere(good, message);
  }

  /** @param {Found} found @param {string} message */
  drawHere({ found, all }, message) {
    const { editor } = this.playground;
    this.matches = found[0]?.[1] ?? [];
    const { from } = editor.view.state.selection.main;
    const next = this.matches.findIndex((match) => match.from >= from);
    this.now = this.matches.length ? Math.max(0, next) : -1;
    this.show(message, all);
    const { activeElement } = /** @type {ShadowRoot} */ (this.panel.getRootNode());
    if (this.now >= 0 && this.panel.contains(activeElement)) this.reveal();
  }

  /** @param {string} [message] @param {boolean} [all] */
  show(message = '', all = true) {
    const { matches, now, fields } = this;
    const count = `${matches.length.toLocaleString()}${all ? '' : '+'}`;
    fields.output.textContent =
      message || !fields.query.text ? '' : now < 0 ? 'none' : `${now + 1} of ${count}`;
    this.fault.textContent = message;
    this.one.disabled = this.every.disabled = !matches.length;
    this.every.textContent = matches.length ? `Replace all ${count}` : 'Replace all';
    this.playground.editor.showMatches(
      matches.map(({ from, to }) => [from, to]),
      now,
    );
  }

  reveal() {
    const match = this.matches[this.now];
    if (match) this.playground.editor.select(match.from, match.to);
  }

  /** @param {number} step */
  async step(step) {
    await this.fresh();
    const { length } = this.matches;
    if (!length) return;
    this.now = (this.now + step + length) % length;
    this.show();
    this.reveal();
  }

  // ---- replacing ----

  async replaceOne() {
    await this.fresh();
    const { playground, matches } = this;
    const { view } = playground.editor;
    const match = matches[Math.max(0, this.now)];
    if (!match) return;
    view.dispatch({
      changes: { from: match.from, to: match.to, insert: match.by },
      selection: { anchor: match.from + match.by.length },
      userEvent: 'input',
    });
    this.soon(0);
  }

  async replaceHere() {
    await this.fresh();
    const { view } = this.playground.editor;
    if (!this.matches.length) return;
    view.dispatch({
      changes: this.matches.map(({ from, to, by }) => ({ from, to, insert: by })),
      userEvent: 'input',
    });
    this.playground.notify(`${plural(this.matches.length, 'match is', 'matches are')} replaced.`);
    this.soon(0);
  }

  /**
   * Replaces matches of files as one step, unless a file has changed since it was searched.
   * @param {[path: string, matches: Match[]][]} found
   */
  replaceIn(found) {
    const { project, edits } = this.playground;
    const texts = this.all?.texts;
    const stale = found.some(([path]) => project.text(path) !== texts?.get(path));
    if (stale) {
      this.playground.notify('A file has changed meanwhile: it is searched again.');
      return this.soon(0);
    }
    const count = found.reduce((sum, [, matches]) => sum + matches.length, 0);
    const label = `${plural(count, 'match is', 'matches are')} replaced in ${plural(found.length, 'file', 'files')}.`;
    edits.apply(
      label,
      found.map(([path, matches]) => {
        const text = /** @type {string} */ (texts?.get(path));
        let [made, at] = ['', 0];
        for (const { from, to, by } of matches) {
          made += text.slice(at, from) + by;
          at = to;
        }
        return [path, text, made + text.slice(at)];
      }),
    );
    this.playground.offerUndo(label);
    this.soon(0);
  }

  async replaceAll() {
    await this.fresh();
    if (this.all?.found.length) this.replaceIn(this.all.found);
  }

  // ---- the list of all files ----

  /** @param {Found} found @param {string} message */
  drawAll(found, message) {
    this.all = found;
    const { wide, list, sum } = this;
    const count = found.found.reduce((all, [, matches]) => all + matches.length, 0);
    const unread = found.unread
      ? ` ${plural(found.unread, 'file of another host was', 'files of another host were')} not searched.`
      : '';
    sum.replaceChildren(
      ...(message
        ? [message]
        : !wide.query.text
          ? ['Type what you are looking for.']
          : !count
            ? [`Nothing is found.${unread}`]
            : [
                make('b', {}, `${plural(count, 'match', 'matches')}`),
                ` in ${plural(found.found.length, 'file', 'files')}${found.all ? '' : `: the first ${MOST.toLocaleString()}`}.${unread}`,
              ]),
    );
    this.allButton.disabled = !count;
    this.allButton.textContent = count ? `Replace all ${count.toLocaleString()}` : 'Replace all';
    const focused = /** @type {ShadowRoot} */ (list.getRootNode()).activeElement;
    const before = focused && list.contains(focused) ? focused.getAttribute('data-hit') : null;
    list.replaceChildren(...found.found.flatMap(([path, matches]) => this.drawFile(path, matches)));
    if (before !== null)
      /** @type {HTMLElement} */ (
        list.querySelector(`[data-hit="${before}"]`) ?? list.querySelector('button') ?? wide.text
      ).focus();
  }

  /** @param {string} path @param {Match[]} matches @returns {HTMLElement[]} */
  drawFile(path, matches) {
    const { playground, wide } = this;
    const lines = make('ul');
    lines.hidden = this.closed.has(path);
    const head = button('', () => {
      lines.hidden = !lines.hidden;
      this.closed[lines.hidden ? 'add' : 'delete'](path);
      head.setAttribute('aria-expanded', String(!lines.hidden));
    });
    head.append(make('b', {}, path), ' ', make('small', {}, String(matches.length)));
    head.setAttribute('aria-expanded', String(!lines.hidden));
    const replaces = !!wide.query.by;
    for (const match of matches) {
      const { line, before, found, after, by, from, to } = match;
      const item = button(
        '',
        async () => {
          await playground.open(path, { focus: true });
          if (playground.path === path) playground.editor.select(from, to);
        },
        { class: 'hitline' },
      );
      item.dataset.hit = `${path}:${from}`;
      item.append(
        make('code', {}, String(line)),
        make(
          'span',
          {},
          before,
          make(replaces ? 'del' : 'mark', {}, found),
          ...(replaces ? [make('ins', {}, by)] : []),
          after,
        ),
      );
      const one = button(`Replace in line ${line}`, () => this.replaceIn([[path, [match]]]), {
        shape: shapes.pen,
      });
      lines.append(make('li', {}, item, one));
    }
    const every = button(`Replace ${matches.length}`, () => this.replaceIn([[path, matches]]), {
      class: 'text',
    });
    every.setAttribute('aria-label', `Replace ${matches.length} in ${path}`);
    return [make('div', { class: 'file' }, head, every), lines];
  }
}
