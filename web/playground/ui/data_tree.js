// Data as a tree: an entry's content is requested when it is opened, and again after a change of
// the page.

import { make } from '../../base/elements.js';

/** @typedef {import('../render/worker.js').Data} Data @typedef {(string | number)[]} Keys */

const nameOf = (/** @type {Keys} */ keys) => JSON.stringify(keys);

export class DataTree {
  list = make('ul', { class: 'data' });
  /** Open entries, by their keys. @type {Set<string>} */
  open = new Set();
  /** Counts requests, so that outdated answers are ignored. */
  turn = 0;

  /** @param {(keys: Keys) => Promise<Data | undefined>} ask */
  constructor(ask) {
    this.ask = ask;
  }

  async draw() {
    const mine = ++this.turn;
    const items = await this.within([]);
    if (mine === this.turn) this.list.replaceChildren(...items);
  }

  /**
   * The entries of a value, with those of the open ones.
   * @param {Keys} keys
   * @returns {Promise<HTMLElement[]>}
   */
  async within(keys) {
    const data = await this.ask(keys);
    if (!data) return [make('li', { class: 'count' }, 'There is no data.')];
    if (!data.entries) return [make('li', {}, make('pre', {}, data.text ?? ''))];
    const items = await Promise.all(
      data.entries.map((entry) => this.item([...keys, entry.key], entry)),
    );
    if (!items.length) items.push(make('li', { class: 'count' }, 'Nothing.'));
    if (data.more)
      items.push(make('li', { class: 'count' }, `… and ${data.more.toLocaleString()} more`));
    return items;
  }

  /** @param {Keys} keys @param {Data} data */
  async item(keys, { kind, text, size }) {
    const key = make('span', { class: 'key' }, String(keys[keys.length - 1]));
    const holds = kind === 'array' || kind === 'map';
    const value = make('span', { class: `value value--${kind}` }, preview(kind, text, size));
    // A value without further content can't be opened.
    if (!holds && size === undefined) return make('li', {}, key, ' ', value);
    const name = nameOf(keys);
    const inner = make('ul');
    const details = make('details', {}, make('summary', {}, key, ' ', value), inner);
    if (this.open.has(name)) {
      details.open = true;
      inner.append(...(await this.within(keys)));
    }
    details.addEventListener('toggle', async () => {
      this.open[details.open ? 'add' : 'delete'](name);
      if (details.open && !inner.firstChild) inner.append(...(await this.within(keys)));
    });
    return make('li', {}, details);
  }
}

/** @param {string} kind @param {string} text @param {number | undefined} size */
function preview(kind, text = '', size) {
  if (kind === 'array') return `${size} ${size === 1 ? 'entry' : 'entries'}`;
  if (kind === 'map')
    return text || (size === undefined ? '' : `${size} ${size === 1 ? 'key' : 'keys'}`);
  if (kind === 'nil') return 'nil';
  return kind === 'string' ? `“${text}${size ? ' …' : ''}”` : text;
}
