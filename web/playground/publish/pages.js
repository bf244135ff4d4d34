// Pages of several versions of a project beside each other: before and after publishing, or those
// of a conflict. A file of its own, loaded when it is opened.

import { make } from '../../base/elements.js';
import { perhaps } from '../../base/util.js';
import { READY } from '../../engine/abi.js';
import { task } from '../../net/fetch.js';
import { button } from '../ui/buttons.js';
import { plural } from '../ui/words.js';
import { changedPictures, namesOne, pictureDifference } from './picture_difference.js';
import { wordDifference } from './word_difference.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('../project/file_content.js').Content} Content
 * @typedef {import('../other_page.js').OtherPage} Other
 * A version of a project, and what it is called.
 * @typedef {{ title: string, files: Record<string, Content> }} Version
 * @typedef {import('../ui/preview.js').Preview} Preview
 */

// Milliseconds that other pages are looked through for changes: the site may have thousands. And
// the pages that are offered.
const [PATIENCE, MOST] = [3000, 50];

// How marks look. Not by colour alone: a line through the words, or below them; an outline within a
// picture, so that what clips it clips that, too.
const SHEET = ['gone', 'come', 'other']
  .map((kind, at) => {
    const tint = ['#f7c5c0', '#b9e6c3', '#f6dd8b'][at];
    const ink = ['#b3261e', '#18794a', '#8a5a00'][at];
    const line = at ? 'underline' : 'line-through';
    const decoration = `text-decoration-line:${line};text-decoration-style:${at < 2 ? 'solid' : 'dotted'}`;
    const outline = `outline:.3rem ${['dashed', 'solid', 'dotted'][at]} ${ink}!important`;
    return `::highlight(meridian-${kind}){color:#000;background:${tint};${decoration}}[data-meridian-mark=${kind}]{${outline};outline-offset:-.3rem!important;box-shadow:0 0 0 .15rem ${tint}!important}`;
  })
  .join('');
// What screen readers say before a marked picture's own text.
const LABELS = { changed: 'Changed picture', new: 'New picture', deleted: 'Deleted picture' };
const OTHER = 'Picture of this version alone';

/** The address of a page among the files of a site. @param {string} path */
const addressOf = (path) => encodeURI(`/${path.replace(/(^|\/)index\.html$/, '$1')}`);

/** Pages of this playground's project. */
export class Pages {
  /** @type {Other[]} */
  others = [];
  /** Counts what is shown: a later one ends it. */
  turn = 0;
  /** The page in view. */
  url = '';
  /** Those of the versions in view. */
  titles = '';
  /**
   * The texts and pictures of the pages that are there.
   * @type {Map<Preview, Parameters<Preview['shown']>[0]>}
   */
  parts = new Map();
  /** Addresses of the pictures that differ. @type {Set<string>} */
  pictures = new Set();
  /** Of all versions: pages that show the time would differ. */
  time = new Date();

  /** @param {import('../playground.js').Playground} playground */
  constructor(playground) {
    this.playground = playground;
    this.list = /** @type {HTMLSelectElement} */ (make('select', { 'aria-label': 'Page' }));
    this.list.addEventListener('change', () => this.go(this.list.value));
    this.switch = make('span', { role: 'group', 'aria-label': 'Version', class: 'pair' });
    this.said = make('p', { class: 'none', role: 'status' });
    this.sides = make('div', { class: 'states' });
    /** How many places are marked. */
    this.places = make('small', { role: 'status' });
    const bar = make('div', { class: 'pick' }, this.list, this.places, this.switch);
    this.element = make('div', { class: 'pages' }, bar, this.said, this.sides);
  }

  /**
   * Shows the page that a change touches.
   * @param {Version[]} versions
   * @param {string[][]} paths files that differ, by their names, the most important first
   */
  async show(versions, paths) {
    const turn = ++this.turn;
    this.begin(versions);
    this.said.textContent = 'Making the pages …';
    const found = await this.find(paths, turn);
    if (turn !== this.turn) return;
    this.said.textContent = found ? '' : 'No page looks different.';
    await this.go(found || this.playground.loop.url);
    if (turn === this.turn) await this.findMore(turn);
  }

  /** Opens the versions, each in a core of its own. @param {Version[]} versions */
  begin(versions) {
    const { playground } = this;
    const { trusted } = playground.project;
    const { scheme } = playground.preview;
    const { time } = this;
    const all = versions.map(({ files }) => files);
    this.pictures = changedPictures(all, playground.project.base);
    while (this.others.length < versions.length) this.others.push(this.other());
    this.close(versions.length);
    for (const [at, { title, files }] of versions.entries()) {
      this.others[at].preview.frame.title = `The page, ${title}`;
      this.others[at].open(files, { trusted, time, scheme });
    }
    this.list.replaceChildren();
    // Frames that are moved load again.
    const titles = versions.map(({ title }) => title).join('\n');
    if (titles === this.titles && this.element.isConnected) return;
    this.titles = titles;
    this.sides.replaceChildren(
      ...versions.map(({ title }, at) =>
        make('section', {}, make('h4', {}, title), this.others[at].element),
      ),
    );
    this.switch.replaceChildren(
      ...versions.map(({ title }, at) => button(title, () => this.bring(at))),
    );
    this.bring(versions.length - 1);
  }

  other() {
    const other = this.playground.otherPage('');
    // Links lead to the page in all versions.
    other.preview.followed = (url) => this.go(url);
    const { preview } = other;
    preview.shown = (parts) => {
      this.parts.set(preview, parts);
      this.mark();
    };
    return other;
  }

  /** Where there is room for one only, shows this one. @param {number} shown */
  bring(shown) {
    for (const [at, side] of [...this.sides.children].entries())
      side.classList.toggle('front', at === shown);
    for (const [at, made] of [...this.switch.children].entries())
      made.setAttribute('aria-pressed', String(at === shown));
  }

  /** The versions that are shown. */
  get shown() {
    return this.others.slice(0, this.sides.children.length);
  }

  /** Tells whether the versions of a page differ. @param {string} url */
  async differs(url) {
    const [first, ...rest] = await Promise.all(this.shown.map((other) => other.html(url)));
    return (
      rest.some((html) => html !== first) ||
      [first, ...rest].some((html) => namesOne(html, url, this.pictures))
    );
  }

  /** The pages that files are, in any version. @param {string[][]} paths */
  async pagesOf(paths) {
    /** @type {Set<string>} */
    const found = new Set();
    for (const path of paths.flat())
      for (const { renderer, project } of this.shown) {
        const url = project.has(path) && (await renderer.addressOf(path).catch(() => ''));
        if (url) found.add(url);
      }
    return [...found];
  }

  /**
   * The first page that the changes touch; '' without one.
   * @param {string[][]} paths
   * @param {number} turn
   */
  async find(paths, turn) {
    const { loop } = this.playground;
    /** @type {string[]} */
    const tried = [];
    const look = async (/** @type {Iterable<string>} */ urls, until = Infinity) => {
      for (const url of urls) {
        if (turn !== this.turn || performance.now() > until) return '';
        if (tried.includes(url)) continue;
        tried.push(url);
        if (await this.differs(url)) return url;
      }
      return '';
    };
    return (
      (await look(await this.pagesOf(paths.slice(0, 1)))) ||
      (await look([loop.url, '/'])) ||
      (await look(await this.pagesOf(paths.slice(1, MOST)))) ||
      look(await this.all(), performance.now() + PATIENCE)
    );
  }

  /** The addresses of all pages. */
  async all() {
    /** @type {Set<string>} */
    const urls = new Set();
    for (const { renderer } of this.shown) {
      const answer = await renderer.ask('files').catch(() => undefined);
      for (const { path, kind } of answer?.status === READY ? answer.json.files : [])
        if (kind !== 'static' && path.endsWith('.html')) urls.add(addressOf(path));
    }
    return urls;
  }

  /** Lists the other pages that differ. @param {number} turn */
  async findMore(turn) {
    const until = performance.now() + PATIENCE;
    for (const url of await this.all()) {
      // Keys and links come first.
      await task(0);
      if (turn !== this.turn || performance.now() > until) return;
      if (this.list.length < MOST && (await this.differs(url)) && turn === this.turn)
        this.offer(url);
    }
  }

  /** @param {string} url */
  offer(url) {
    if ([...this.list.options].some(({ value }) => value === url)) return;
    const option = make('option', { value: url }, perhaps(() => decodeURI(url)) ?? url);
    this.list.append(option);
  }

  /** Shows a page in all versions. @param {string} url */
  async go(url) {
    this.url = url;
    this.offer(url);
    this.list.value = url;
    const { shown } = this;
    this.parts.clear();
    this.places.textContent = '';
    // When a frame has the page, it is asked for its texts.
    for (const { preview } of shown) {
      preview.post({ mark: { kind: 'other', words: [], pictures: [], sheet: SHEET } });
      preview.measured = () => preview.post({ ask: 'shown' });
    }
    await Promise.all(shown.map((other) => other.show(url)));
    if (this.url === url) this.scroll();
  }

  /** Marks the words and pictures by which the first version and the others differ. */
  mark() {
    const all = this.shown.flatMap(({ stage, preview, project, given }) => {
      const parts = stage.hidden ? undefined : this.parts.get(preview);
      return parts ? [{ ...parts, preview, files: given, base: project.base }] : [];
    });
    if (all.length < this.shown.length) return;
    const [one, ...others] = all;
    const words = others.map(({ texts }) => wordDifference(one.texts, texts));
    const pictures = others.map((other) => pictureDifference(one, other));
    // Of a conflict no version is the later one.
    const among = this.sides.closest('.conflict') !== null;
    const marked = all.map(({ preview }, at) => {
      /** @type {'come' | 'gone'} */
      const kind = at ? 'come' : 'gone';
      const marks = {
        words: words[Math.max(0, at - 1)][kind],
        pictures: pictures[Math.max(0, at - 1)][kind],
      };
      preview.post({
        mark: {
          kind: among ? 'other' : kind,
          words: marks.words,
          pictures: marks.pictures.map(([number, what]) => [number, among ? OTHER : LABELS[what]]),
          sheet: SHEET,
        },
      });
      return marks;
    });
    const most = (/** @type {'words' | 'pictures'} */ of) =>
      Math.max(...marked.map((marks) => marks[of].length));
    const said = [
      most('words') && plural(most('words'), 'place', 'places'),
      most('pictures') && plural(most('pictures'), 'picture', 'pictures'),
    ].filter(Boolean);
    this.places.textContent = said.length ? `${said.join(' and ')} marked` : '';
  }

  /** Brings the first difference into view. */
  scroll() {
    const pages = this.shown.map(({ preview }) => preview);
    const [first, ...rest] = pages.map(({ page }) => page.parts);
    const part = first.findIndex(
      (html, at) =>
        rest.some((parts) => parts[at] !== html) || namesOne(html, this.url, this.pictures),
    );
    if (part < 1) return;
    for (const preview of pages) {
      const there = () => preview.post({ scroll: { part, share: 0, lazy: true } });
      there();
      // The frame may not have the page yet, or its pictures.
      const { measured } = preview;
      preview.measured = () => (there(), measured(), (preview.measured = measured));
    }
  }

  /** Ends the cores but these first ones. @param {number} [kept] */
  close(kept = 0) {
    if (!kept) this.turn++;
    for (const { renderer } of this.others.slice(kept)) renderer.close();
  }
}
