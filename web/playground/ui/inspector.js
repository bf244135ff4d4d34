// The inspector of the page in view: an overview, the data of its templates, the tree of its
// Markdown, its HTML. Only the selected tab is updated, a moment after the last change.

import { make } from '../../base/elements.js';
import { DataTree } from './data_tree.js';
import { button } from './buttons.js';
import { Outline } from './outline_tree.js';

/**
 * @typedef {import('../render/renderer.js').Page} Page
 * @typedef {import('../render/worker.js').Data} Data
 * @typedef {import('../render/worker.js').TreeNode} TreeNode
 */
/**
 * Answers about the page at an address. `goTo`: shows a line of the page's source file.
 * @typedef {{ inspect(url: string, keys: (string | number)[]): Promise<Data | undefined>,
 *   outline(url: string): Promise<TreeNode | undefined>, html(): string, shown(): { shell: string,
 *   parts: string[] }, patched(): import('./preview.js').Patched | undefined, goTo(line: number):
 *   void, notify(text: string): void }} Source
 */

// Milliseconds after the last change.
const PAUSE = 250;
// Characters of HTML that are shown; copying gives all.
const MOST = 200_000;

export class Inspector {
  /** @type {Page | undefined} */
  page = undefined;
  timer = 0;

  /** @param {HTMLElement} section @param {Source} source */
  constructor(section, source) {
    this.source = source;
    this.facts = make('dl');
    this.code = make('code');
    this.cut = make('span', { class: 'count' });
    const copy = button('Copy', () => this.copy());
    const data = (/** @type {string} */ of) =>
      new DataTree((keys) => source.inspect(this.url, [of, ...keys]));
    const [page, site, outline] = [
      data('page'),
      data('site'),
      new Outline((line) => source.goTo(line)),
    ];
    this.tabs = [
      this.tab('Overview', () => this.drawFacts(), this.facts),
      this.tab('page', () => page.draw(), page.list),
      this.tab('site', () => site.draw(), site.list),
      this.tab('Tree', async () => outline.draw(await source.outline(this.url)), outline.list),
      this.tab(
        'HTML',
        () => this.drawHtml(),
        make('div', { class: 'tools' }, this.cut, copy),
        make('pre', { tabindex: '0' }, this.code),
      ),
    ];
    const list = make(
      'div',
      { class: 'tabs', role: 'tablist', 'aria-label': 'Parts of the page' },
      ...this.tabs.map(({ button }) => button),
    );
    list.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.select(
        this.tabs[(this.tabs.indexOf(this.current) + step + this.tabs.length) % this.tabs.length],
      );
      this.current.button.focus();
    });
    section.append(
      make('h2', { id: 'made-of', class: 'unseen' }, 'How this page was made'),
      list,
      ...this.tabs.map(({ pane }) => pane),
    );
    this.current = this.tabs[0];
    this.select(this.current);
  }

  /** @param {string} label @param {() => unknown} draw @param {HTMLElement[]} content */
  tab(label, draw, ...content) {
    const id = `about-${label.toLowerCase()}`;
    const head = button(label, () => this.select(tab), { class: 'tab' });
    for (const [name, value] of [
      ['role', 'tab'],
      ['id', id],
      ['aria-controls', `${id}-pane`],
    ])
      head.setAttribute(name, value);
    const pane = make(
      'div',
      { class: `about ${id}`, role: 'tabpanel', id: `${id}-pane`, 'aria-labelledby': id },
      ...content,
    );
    const tab = { button: head, pane, draw };
    return tab;
  }

  /** @param {Inspector['tabs'][0]} tab */
  select(tab) {
    this.current = tab;
    for (const { button, pane } of this.tabs) {
      const selected = pane === tab.pane;
      button.setAttribute('aria-selected', String(selected));
      button.tabIndex = selected ? 0 : -1;
      pane.hidden = !selected;
    }
    this.draw();
  }

  get url() {
    return this.page?.url ?? '/';
  }

  /** @param {Page} page */
  show(page) {
    this.page = page;
    this.soon();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.draw(), PAUSE);
  }

  /** The frame has reported its time. */
  measured() {
    if (this.current === this.tabs[0]) this.soon();
  }

  async draw() {
    const { page, current } = this;
    // Hidden: it is updated when it is selected, or by the next change.
    if (!page || !current.pane.getClientRects().length) return;
    await current.draw();
  }

  drawFacts() {
    const {
      json,
      news,
      steps: [core, way],
    } = /** @type {Page} */ (this.page);
    const { shell, parts } = this.source.shown();
    const patched = this.source.patched();
    /** @type {[label: string, time: number, size: string][]} */
    const steps = [
      [...core, sized([shell, ...parts], parts.length)],
      [...way, sized([news.shell ?? '', ...news.come], news.come.length)],
    ];
    if (patched) steps.push(['In the frame', patched.took, sized(patched.html, patched.parts)]);
    const rows = [
      ['Made of', json.source ?? 'the theme'],
      ['Title', json.title ?? ''],
      ['Takes', (json.dependencies ?? []).filter((path) => path !== json.source).join(', ')],
    ];
    const facts = rows
      .filter(([, text]) => text)
      .flatMap(([name, text]) => [make('dt', {}, name), make('dd', {}, make('code', {}, text))]);
    const longest = Math.max(...steps.map(([, time]) => time));
    const bars = steps.map(([label, time, size]) => {
      const bar = make('span', { class: 'bar-of-time' });
      bar.style.inlineSize = `${(100 * time) / longest}%`;
      return make(
        'li',
        {},
        make('span', {}, bar),
        make('span', {}, `${label} ${time.toFixed(1)} ms `, make('small', {}, size)),
      );
    });
    this.facts.replaceChildren(
      ...facts,
      make('dt', {}, 'Time'),
      make('dd', {}, make('ul', { class: 'steps' }, ...bars)),
    );
  }

  drawHtml() {
    const html = this.source.html();
    this.code.textContent = html.slice(0, MOST);
    this.cut.textContent =
      html.length > MOST
        ? `The first ${MOST.toLocaleString()} of ${html.length.toLocaleString()} characters`
        : `${html.length.toLocaleString()} characters`;
  }

  async copy() {
    const copied = await navigator.clipboard.writeText(this.source.html()).then(
      () => true,
      () => false,
    );
    this.source.notify(copied ? 'HTML copied.' : 'This browser does not allow copying.');
  }
}

/**
 * The amount of HTML of a step.
 * @param {string[]} html
 * @param {number} parts of the page's content in it
 */
function sized(html, parts) {
  const { size } = new Blob(html);
  const counted = parts ? `${parts.toLocaleString()} ${parts === 1 ? 'part' : 'parts'}, ` : '';
  return size ? `${counted}${size.toLocaleString()} bytes` : 'nothing new';
}
