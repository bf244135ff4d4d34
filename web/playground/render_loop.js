// Keeps the page in view up to date: renders it after each change, sends the changes to the frame,
// and reports diagnostics. An edit with a known effect goes to the frame at once.

import { NOT_FOUND, READY } from '../engine/abi.js';
import { ProjectCheck } from './project_check.js';

/**
 * @typedef {import('../engine/abi.js').Diagnostic} Diagnostic
 *
 * @typedef {{
 *   renderer: import('./render/renderer.js').Renderer,
 *   preview: import('./ui/preview.js').Preview,
 *   view: import('./ui/preview_pane.js').View,
 *   sync: import('./ui/scroll_sync.js').Sync,
 *   inspector: import('./ui/inspector.js').Inspector,
 * }} Parts
 */

// Milliseconds without a keystroke until a partly changed page is rendered as a whole, and until it
// is checked.
const IDLE = 300;

export class RenderLoop {
  /** The address of the page in view, and of the last one that was shown without an error. */
  url = '/';
  good = '';
  /** The last page that was there, and what it is made of. */
  there = { url: '', source: '' };
  /**
   * Set when something changed during a render: the page is rendered again afterwards.
   * @type {{ fresh: boolean } | undefined}
   */
  wanted = undefined;
  rendering = false;
  /** Timer of the rendering after the last keystroke. */
  idle = 0;
  /** Diagnostics of the last render. @type {Diagnostic[]} */
  rendered = [];
  /** Diagnostics of the last check, and the page's address. */
  checked = { url: '', found: /** @type {Diagnostic[]} */ ([]) };
  /**
   * By path, the style sheets that the core has made: the last one without an error, and the
   * diagnostics.
   * @type {Map<string, { good?: Uint8Array, found: Diagnostic[] }>}
   */
  sheets = new Map();
  /** Timer of the next check. */
  checking = 0;

  /**
   * @param {Parts} parts
   * @param {(found: Diagnostic[]) => void} report shows the page's diagnostics
   */
  constructor(parts, report) {
    this.parts = parts;
    this.report = report;
    /** Of the pages that are not in view. */
    this.others = new ProjectCheck(parts.renderer, () => this.tell());
  }

  /** Resets the state for another project. */
  reset() {
    [this.url, this.good] = ['/', ''];
    this.there = { url: '', source: '' };
    this.checked = { url: '', found: [] };
    this.sheets.clear();
  }

  /**
   * A style sheet that is a page of the site; undefined when it is none. One with an error does not
   * replace the last one without.
   * @param {string} path of the output
   */
  async sheet(path) {
    const { renderer } = this.parts;
    const answer = await renderer.ask('page', path).catch(() => undefined);
    if (answer?.status !== READY) {
      if (this.sheets.delete(path)) this.tell();
      return undefined;
    }
    const found = /** @type {Diagnostic[]} */ (answer.json.diagnostics ?? []);
    const mistake = found.some(({ severity }) => severity === 'error');
    const bytes = new TextEncoder().encode(answer.html);
    const good = mistake ? this.sheets.get(path)?.good : bytes;
    this.sheets.set(path, { good, found });
    this.tell();
    return good ?? bytes;
  }

  /** Reports all diagnostics: of the page, of its check, of style sheets, of other pages. */
  tell() {
    const sheets = [...this.sheets.values()].flatMap(({ found }) => found);
    const others = this.others.found(this.checked.url);
    const all = [...this.rendered, ...this.checked.found, ...sheets, ...others];
    this.report([...new Map(all.map((problem) => [JSON.stringify(problem), problem])).values()]);
  }

  /** @param {string} url of the page to show */
  go(url) {
    const fresh = url !== this.url || !this.good;
    this.url = url;
    this.render(fresh);
  }

  /**
   * Handles an edit: usually the core knows which parts of the page change.
   * @param {string} path
   * @param {import('./project/project.js').Change[]} changes
   */
  async edit(path, changes) {
    const { renderer, preview, sync } = this.parts;
    const answer = await renderer.edit(path, changes);
    if (!answer) return;
    for (const news of answer.news) preview.apply(news);
    sync.changed();
    sync.typed();
    if (!answer.done) return this.render();
    clearTimeout(this.idle);
    this.idle = window.setTimeout(() => this.render(), IDLE);
  }

  /** Renders the whole page. @param {boolean} [fresh] it is another one than before */
  async render(fresh = false) {
    this.wanted = { fresh: fresh || !!this.wanted?.fresh };
    if (this.rendering) return;
    this.rendering = true;
    try {
      while (this.wanted) {
        clearTimeout(this.idle);
        ({ fresh } = this.wanted);
        this.wanted = undefined;
        await this.renderOnce(fresh);
      }
    } finally {
      this.rendering = false;
    }
  }

  /** @param {boolean} fresh */
  async renderOnce(fresh) {
    const { renderer, preview, view, sync, inspector } = this.parts;
    const page = await renderer.render(this.url).catch((error) => error);
    if (!page) return;
    if (page instanceof Error) return this.fail(page);
    if (page.status !== NOT_FOUND) {
      this.there = { url: this.url, source: page.json.source ?? '' };
    } else if (this.url === this.there.url) {
      // An edit, as of its `permalink`, gives a page another address.
      const moved = await renderer.addressOf(this.there.source).catch(() => undefined);
      if (moved && moved !== this.url) {
        this.url = moved;
        this.wanted ??= { fresh: false };
        return;
      }
    }
    const found = page.json.diagnostics ?? [];
    const mistake = found.find((/** @type {Diagnostic} */ { severity }) => severity === 'error');
    this.showFound(page.url, found);
    // A page without errors is not replaced by one with an error.
    const hold = !!mistake && this.good === page.url && page.status !== NOT_FOUND;
    view.outdate(hold ? mistake : undefined);
    view.address.textContent = page.url;
    sync.changed(page.json.source ?? '');
    preview.apply(page.news, { base: page.url, fresh: fresh && !hold, hold });
    sync.shown();
    if (hold) return;
    if (!mistake && page.status !== NOT_FOUND) this.good = page.url;
    inspector.show(page);
  }

  /**
   * Reports that there is no page.
   * @param {Partial<import('./render/watchdog.js').Late> & Error} error
   */
  fail({ message, remedy = 'Undo the last change.' }) {
    /** @type {Diagnostic} */
    const failure = { severity: 'error', message, remedy };
    this.parts.view.outdate(this.good ? failure : undefined);
    this.checked = { url: '', found: [] };
    this.rendered = [failure];
    this.tell();
  }

  /**
   * Reports the diagnostics of rendering, and those of a check once typing pauses; until then those
   * of the last check of the same page. A template is not checked before somebody changes it.
   * @param {string} url
   * @param {Diagnostic[]} found
   */
  showFound(url, found) {
    const before = this.checked.url === url ? this.checked.found : this.others.of(url);
    const checked = (this.checked = { url, found: before });
    this.rendered = found;
    this.tell();
    clearTimeout(this.checking);
    this.others.stop();
    if (this.parts.renderer.project.delivered) return;
    this.checking = window.setTimeout(async () => {
      const more = await this.parts.renderer.check(url).catch(() => []);
      // The page was rendered again meanwhile, and is checked again.
      if (checked !== this.checked) return;
      checked.found = more;
      this.others.keep(url, [...found, ...more]);
      this.tell();
      this.others.start(url);
    }, IDLE);
  }
}
