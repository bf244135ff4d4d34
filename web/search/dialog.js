// The search's dialog: a field, filters, and results as a list of links.

import { adoptSheet } from '../base/adopt_sheet.js';
import { make, own } from '../base/elements.js';
import { forgetSearches, keepSearch, recentSearches } from './recent.js';
import { languageName, readable, resultList } from './results.js';
import { STYLE } from './style.js';

/**
 * @typedef {import('./reader.js').Answer} Answer
 * @typedef {import('./reader.js').Query} Query
 * @typedef {import('./words.js').Words} Words
 * @typedef {'collection' | 'language' | 'year' | 'tag'} Filter
 * @typedef {{
 *   query(query: Query, show: (answer: Answer, complete: boolean) => void): Promise<void>,
 * }} Finder
 */

// Results that are shown at first, and that each further step adds.
const STEP = 10;
const MOST = 100;
// Milliseconds until it says that a search is under way: most are done before.
const PATIENCE = 300;
const UNFILTERED = { collection: '', language: '', year: '', tag: '' };
/** Values of a filter that its list has; the most frequent ones. */
const MOST_VALUES = 60;

export class SearchDialog {
  /**
   * @param {Words} words
   * @param {string} lang the page's language
   * @param {(route: string) => string} hrefOf the address of a page of the site
   * @param {() => Promise<Finder>} open opens the index, once; again after it has failed
   */
  constructor(words, lang, hrefOf, open) {
    this.words = words;
    this.lang = lang;
    this.hrefOf = hrefOf;
    this.open = open;
    /** @type {Record<Filter, string>} */
    this.chosen = { ...UNFILTERED };
    this.results = STEP;
    this.timer = 0;
    /** The query of which the results are shown, and one whose first result is to be opened. */
    this.shown = '';
    this.awaited = '';
    this.host = make('div', { 'data-meridian-search-dialog': '' });
    const root = this.host.attachShadow({ mode: 'open' });
    adoptSheet(root, STYLE);
    this.field = make('input', {
      type: 'search',
      'aria-label': words.search,
      placeholder: words.prompt,
      enterkeyhint: 'search',
      autocomplete: 'off',
      autocapitalize: 'none',
      spellcheck: 'false',
      maxlength: '200',
    });
    const close = make('button', { type: 'button', 'aria-label': words.close }, '✕');
    this.form = make('form', { role: 'search' }, this.field, close);
    this.filters = make('div', { class: 'filters', hidden: '' });
    this.body = make('div', { class: 'body' });
    this.count = make('span', { role: 'status' });
    // No status: it would be read out for each page.
    this.growth = make('span');
    const keys = make('span', { class: 'keys' }, words.keys);
    const end = make('div', { class: 'end' }, this.count, this.growth, keys);
    this.dialog = make(
      'dialog',
      { 'aria-label': words.search },
      this.form,
      this.filters,
      this.body,
      end,
    );
    root.append(this.dialog);

    close.onclick = () => this.dialog.close();
    this.field.oninput = () => {
      this.results = STEP;
      this.search();
    };
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.awaited = this.field.value.trim();
      this.openAwaited();
    };
    this.dialog.onclick = (event) => this.clicked(event);
    this.dialog.onkeydown = (event) => this.pressed(event);
    // The host comes last in the page, also in one that was exchanged meanwhile.
    this.dialog.onclose = () => this.host.remove();
  }

  show() {
    const { dialog, field, host } = this;
    if (!host.isConnected) own('body').append(host);
    host.dir = getComputedStyle(own('body')).direction;
    if (!dialog.open) dialog.showModal();
    field.focus();
    field.select();
    this.search();
  }

  /** Enter may come before the results. */
  openAwaited() {
    if (!this.awaited || this.awaited !== this.shown) return;
    this.awaited = '';
    this.links()[0]?.click();
  }

  /** @returns {HTMLAnchorElement[]} */
  links() {
    return [...this.body.querySelectorAll('a')];
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    if (event.target === this.dialog) return this.dialog.close(); // beside it
    const [place] = event.composedPath();
    if (!(place instanceof Element) || !place.closest('a')) return;
    keepSearch(this.field.value.trim());
    // A new tab leaves it open.
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) this.dialog.close();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (event.isComposing || target instanceof HTMLSelectElement) return;
    // WebKit and Chromium empty a search field first.
    if (key === 'Escape') {
      event.preventDefault();
      return this.dialog.close();
    }
    const links = this.links();
    const at = links.findIndex((link) => link === target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step && links.length) {
      const next = at + step;
      const other = next < 0 && at < 0 ? links[links.length - 1] : links[next];
      (other ?? this.field).focus();
      event.preventDefault();
    } else if (at >= 0 && key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey) {
      this.field.focus(); // which gets the letter
    }
  }

  async search() {
    const { words, field } = this;
    const query = field.value.trim();
    clearTimeout(this.timer);
    const opening = this.open();
    opening.catch(() => {}); // reported below
    if (!query) return this.showStart();
    this.timer = setTimeout(() => this.say(words.loading), PATIENCE);
    try {
      const finder = await opening;
      if (query !== field.value.trim()) return;
      await finder.query(
        { words: query, ...this.chosen, preferred: this.lang, results: this.results },
        (answer, complete) => {
          if (query !== field.value.trim()) return;
          if (!complete && !answer.results.length) return;
          this.showAnswer(answer, query);
          this.shown = complete ? query : '';
          this.openAwaited();
        },
      );
    } catch (error) {
      console.warn(`The search failed: ${error}`);
      if (query === field.value.trim()) this.showFailure();
    }
  }

  /** @param {string} text @param {(Node | string)[]} more */
  say(text, ...more) {
    clearTimeout(this.timer);
    this.filters.hidden = true;
    this.shown = '';
    this.body.replaceChildren(make('p', {}, text), ...more);
    this.count.textContent = text;
  }

  /**
   * Tells how much of the site an index has so far, and searches again in what has come.
   * @param {[done: number, all: number] | undefined} progress
   */
  progress(progress) {
    const { words, dialog, field } = this;
    if (!dialog.open) return;
    this.growth.textContent = progress ? words.reading.replace('{}', progress.join(' / ')) : '';
    if (!progress && field.value.trim()) this.search();
  }

  showStart() {
    const { words, field } = this;
    this.say(words.start);
    this.count.textContent = '';
    const recent = recentSearches();
    if (!recent.length) return;
    const clear = make('button', { type: 'button', class: 'clear' }, words.clear);
    clear.onclick = () => {
      forgetSearches();
      this.showStart();
      field.focus();
    };
    const again = recent.map((query) => {
      const button = make('button', { type: 'button' }, query);
      button.onclick = () => {
        field.value = query;
        field.focus();
        this.search();
      };
      return button;
    });
    this.body.append(
      make('section', { class: 'recent' }, make('h2', {}, words.recent), ...again, clear),
    );
  }

  showFailure() {
    const { words } = this;
    const again = make('button', { type: 'button', class: 'more' }, words.again);
    again.onclick = () => {
      this.field.focus();
      this.search();
    };
    this.say(navigator.onLine ? words.failed : words.offline, again);
  }

  /** @param {Answer} answer @param {string} query */
  showAnswer(answer, query) {
    const { words } = this;
    clearTimeout(this.timer);
    if (!answer.results.length) {
      const filtered = Object.values(this.chosen).some(Boolean);
      const all = make('button', { type: 'button', class: 'more' }, words.unfiltered);
      all.onclick = () => this.choose(UNFILTERED);
      this.say(
        words.none.replace('{}', query),
        make('p', {}, words.hint),
        ...(filtered ? [all] : []),
      );
      this.showFilters(answer);
      return;
    }
    const at = this.links().findIndex((link) => link.matches(':focus'));
    this.body.replaceChildren(resultList(answer, this.hrefOf));
    // More of the same answer has come.
    if (at >= 0) this.links()[at]?.focus();
    this.count.textContent = words.count.replace('{}', String(answer.count));
    this.showFilters(answer);
    if (answer.count <= answer.results.length || answer.results.length < this.results) return;
    if (this.results >= MOST) return;
    const more = make('button', { type: 'button', class: 'more' }, words.more);
    more.onclick = async () => {
      const last = this.links().length;
      this.results += STEP;
      await this.search();
      this.links()[last]?.focus();
    };
    this.body.append(more);
  }

  /** @param {Partial<Record<Filter, string>>} values */
  choose(values) {
    Object.assign(this.chosen, values);
    this.results = STEP;
    this.search();
  }

  /** @param {Answer} answer */
  showFilters({ collections, languages, years, tags }) {
    const { words, chosen, filters } = this;
    /** @type {[Filter, import('./reader.js').Facet][]} */
    const all = [
      ['collection', collections],
      ['language', languages],
      ['year', years],
      ['tag', [...tags].sort(([, a], [, b]) => b - a).slice(0, MOST_VALUES)],
    ];
    /** @type {Record<string, (value: string) => string>} */
    const names = { collection: readable, language: (tag) => languageName(tag, this.lang) };
    const shownAs = (/** @type {string} */ name, /** @type {string} */ value) =>
      names[name]?.(value) ?? value;
    const focused = filters.querySelector('select:focus')?.getAttribute('name');
    const made = all
      .filter(([name, values]) => values.length > 1 || chosen[name])
      .map(([name, values]) => {
        const value = chosen[name];
        const known = values.some(([other]) => other === value);
        const shown = value && !known ? [...values, [value, 0]] : values;
        const select = make(
          'select',
          { name },
          make('option', { value: '' }, words.all),
          ...shown.map(([other, count]) =>
            make('option', { value: String(other) }, `${shownAs(name, String(other))} (${count})`),
          ),
        );
        select.value = value;
        select.onchange = () => this.choose({ [name]: select.value });
        return make('label', {}, words[name], select);
      });
    filters.replaceChildren(...made);
    filters.hidden = !made.length;
    if (focused)
      /** @type {HTMLElement | null} */ (filters.querySelector(`[name=${focused}]`))?.focus();
  }
}
