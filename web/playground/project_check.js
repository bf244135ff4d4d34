// Checks all pages of the project: a rename breaks links on pages that are not in view. A few at a
// time, while nothing else happens; the page in view is the render loop's.

import { READY } from '../engine/abi.js';
import { task } from '../net/fetch.js';

/** @typedef {import('../engine/abi.js').Diagnostic} Diagnostic */
/** @typedef {import('./render/renderer.js').Renderer} Renderer */

// Milliseconds of checking, at most about so many, until there is a pause, and of the pause:
// keystrokes come first.
const SLICE_MS = 20;
const PAUSE_MS = 5;
// What a page takes at least, so that a batch has an end.
const MIN_PAGE_MS = 0.2;
// A page that takes longer is checked in view alone: a keystroke would wait for it.
const MAX_MS = 1000;
// Problems of other pages that are listed, and pages that are checked.
const MAX_PROBLEMS = 500;
const MAX_PAGES = 2000;

export class ProjectCheck {
  /**
   * By address, what was found, and the state of the project that it was found in.
   * @type {Map<string, { found: Diagnostic[], state: number, slow?: boolean }>}
   */
  pages = new Map();
  /** Counts the changes of the project. */
  state = 0;
  /** Number of the last run: a later one ends it. */
  run = 0;

  /**
   * @param {Renderer} renderer
   * @param {() => void} tell is called when something else is found
   */
  constructor(renderer, tell) {
    this.renderer = renderer;
    this.tell = tell;
    const { project } = renderer;
    project.whenChanged(() => {
      this.state++;
      this.stop();
    });
    for (const type of ['open', 'trust'])
      project.addEventListener(type, () => {
        this.stop();
        this.pages.clear();
      });
  }

  stop() {
    this.run++;
  }

  /** What was found on a page when it was checked last. @param {string} url */
  of(url) {
    return this.pages.get(url)?.found ?? [];
  }

  /** Keeps what was found on the page in view. @param {string} url @param {Diagnostic[]} found */
  keep(url, found) {
    if (this.renderer.project.trusted) this.pages.set(url, { found, state: this.state });
  }

  /** What was found on pages but one. @param {string} url of that page */
  found(url) {
    const others = [...this.pages].flatMap(([at, { found }]) => (at === url ? [] : found));
    return others.slice(0, MAX_PROBLEMS);
  }

  /** Checks pages that have not been since the last change. @param {string} url in view */
  async start(url) {
    const mine = ++this.run;
    const { renderer, state } = this;
    if (!renderer.project.trusted) return;
    const began = performance.now();
    const answer = await renderer.ask('files').catch(() => undefined);
    // Each check begins with the list of the site's files.
    const fixed = performance.now() - began;
    if (mine !== this.run || answer?.status !== READY) return;
    const there = new Set(
      /** @type {{ path: string, kind: string }[]} */ (answer.json.files ?? [])
        .filter(({ path, kind }) => kind !== 'static' && path.endsWith('.html'))
        .slice(0, MAX_PAGES)
        .map(({ path }) => encodeURI(`/${path.replace(/(^|\/)index\.html$/, '$1')}`)),
    );
    for (const at of this.pages.keys()) if (!there.has(at)) this.pages.delete(at);
    for (const at of there) if (!this.pages.has(at)) this.pages.set(at, { found: [], state: -1 });
    // Those come first that were checked the longest time ago.
    const due = [...this.pages]
      .filter(([at, page]) => at !== url && !page.slow && page.state !== state)
      .sort(([, a], [, b]) => a.state - b.state);
    // How many pages fit into a slice, by the last check.
    let size = 1;
    for (let next = 0; next < due.length;) {
      await task(PAUSE_MS);
      if (mine !== this.run) return;
      const some = due.slice(next, next + size);
      const begin = performance.now();
      const found = await this.check(some.map(([at]) => at));
      const time = performance.now() - begin;
      if (mine !== this.run) return;
      // One of them is slow: which, is found one by one.
      if (time > MAX_MS && size > 1) {
        size = 1;
        continue;
      }
      let news = false;
      for (const [number, [at, page]] of some.entries()) {
        const now = found[number] ?? [];
        news ||= JSON.stringify(now) !== JSON.stringify(page.found);
        this.pages.set(at, { found: now, state, slow: time > MAX_MS });
      }
      if (news) this.tell();
      next += some.length;
      const each = Math.max(MIN_PAGE_MS, (time - fixed) / size);
      size = Math.max(1, Math.min(2 * size, Math.floor(Math.max(SLICE_MS - fixed, fixed) / each)));
    }
    this.tell();
  }

  /** @param {string[]} urls @returns {Promise<Diagnostic[][]>} */
  async check(urls) {
    const answer = await this.renderer.ask('checkPages', urls).catch(() => undefined);
    return answer?.pages ?? [];
  }
}
