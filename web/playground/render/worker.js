// The worker of the playground's core: the site's requests, and additional ones of an editor.

import { Core, NEEDS, exact } from '../../engine/abi.js';
import { openPlugins } from '../../engine/open_plugins.js';
import { makeStills } from '../../engine/stills.js';
import { beginServing, serveBy } from '../../engine/worker_server.js';

/**
 * @typedef {import('../project/project.js').Change} Change
 * @typedef {import('../../engine/abi.js').Answer} Answer
 * @typedef {import('../../engine/abi.js').Diagnostic} Diagnostic
 */
/**
 * A change of the page in view: from part `first` on, `gone` parts are replaced by `come`; and the
 * HTML around them, if it changed. `at`: the offset of the parts in it (in characters); -1: there
 * are none, the page is all in the shell. `turn`: numbers changes. `whole`: to be shown as a whole
 * page, since tags may begin in one part and end in another.
 * @typedef {{ first: number, gone: number, come: string[], shell?: string, at?: number, turn:
 *   number, whole?: boolean }} Update What outlives an instance: the count, and a way to the frame,
 *   which hears of an edit before anybody else. Nobody listens to it here.
 * @typedef {{ turn: number, line?: MessagePort }} Way
 */

/**
 * A value of templates. `text` is cut in lists, `size` is its full length, or the number of
 * entries; `more`: the number of omitted entries.
 * @typedef {{ kind: string, text?: string, size?: number, entries?: (Data & { key: string | number
 *   })[], more?: number }} Data A node of Markdown's tree; `line` of the file in which it begins.
 * @typedef {{ type: string, level?: number, text?: string, line?: number, attributes?:
 *   Record<string, string>, children?: TreeNode[] }} TreeNode
 */

// Of patch::Outcome.
const [FOUND, SAME, MISSING] = [0, 1, 2];
// HTML that postprocess.js changes.
const FINISHED = /<pre|\\[([]|\\begin\{|language-math|math\/tex/;

/** What an answer needs that comes from live-rest.wasm. @type {any} */
const NEEDS_REST = { status: NEEDS, json: { modules: ['rest'] } };

/** The core of live.wasm: wasm/live.h documents its additional functions. */
export class LiveCore extends Core {
  live = this.instance.call('live_new', this.workspace);
  /** @type {Way} */
  way = { turn: 0 };
  /** The edited file. */
  path = '';
  /** An edit is not on the page yet. */
  behind = false;
  /** @type {import('../../engine/stills.js').Stills | undefined} */
  stills;
  /** live-rest.wasm is there: without it the core can't inspect, check or patch a page. */
  rest = false;

  /** @param {import('../../engine/abi.js').Verb} verb @param {(string | Uint8Array)[]} texts */
  tell(verb, ...texts) {
    this.path = '';
    this.instance.call('live_forget', this.live);
    super.tell(verb, ...texts);
  }

  /** @param {string} name @param {string[]} texts @returns {Answer} */
  answer(name, ...texts) {
    this.instance.call('live_flush', this.live);
    return super.answer(name, ...texts);
  }

  /**
   * Applies an edit of a file.
   * @param {string} path
   * @param {Change[]} changes
   * @returns {{ news: Update[], done: boolean, took: number }} `done`: the page in view needs no
   *   more; `took`: milliseconds
   */
  edit(path, changes) {
    const begin = performance.now();
    const { call } = this.instance;
    if (this.path !== path && !call('live_follow', this.live, path))
      throw new Error(`${path} is not a text file.`);
    this.path = path;
    /** @type {Update[]} */
    const news = [];
    let done = false;
    for (const [from, to, text] of changes) {
      const block = call('live_edit', this.live, from, to, text);
      done = block !== 0;
      this.behind ||= !done;
      if (!done) continue;
      const change = this.read(block).news;
      // Highlights code and renders formulas.
      if (!change.whole && !change.come.some((part) => FINISHED.test(part)))
        this.way.line?.postMessage({ change });
      news.push(change);
    }
    return { news, done, took: performance.now() - begin };
  }

  /**
   * Renders the page at an address.
   * @param {string} url
   * @returns {{ status: number, json: Answer['json'], news: Update, took: number }} `took`:
   *   milliseconds
   */
  view(url) {
    const begin = performance.now();
    const answer = this.read(this.instance.call('live_view', this.live, url));
    this.behind = false;
    return { ...answer, took: performance.now() - begin };
  }

  /**
   * Finds the change of a file that makes the page in view what an edit in place has made of it.
   * @param {string} path
   * @param {import('../frame/page_messages.js').Edit} edit
   * @returns {{ late?: boolean, change?: Change, reason?: number, line?: number }} `late`: the page
   *   has changed since; `reason`: why the file can't be so (patch::Reason), and at which line
   */
  patch(path, { first, last, elements, html, turn }) {
    const { call, u32, bytes } = this.instance;
    if (!this.rest) return NEEDS_REST;
    if (turn !== this.way.turn || this.behind) return { late: true };
    if (this.path !== path && !call('live_follow', this.live, path)) return {};
    this.path = path;
    const places = [first, last].flat();
    const block = call('live_patch', this.live, ...places, elements, html);
    const [outcome, from, to, size] = [0, 1, 2, 3].map((at) => u32(block + 4 * at));
    const text = exact.decode(bytes(block + 16, size));
    call('free', block);
    if (outcome === SAME) return { change: [0, 0, ''] };
    if (outcome === MISSING) return { late: true };
    return outcome === FOUND ? { change: [from, to, text] } : { reason: from, line: to };
  }

  /** @param {number} block a MeridianView, which goes */
  read(block) {
    const { call, u32, bytes } = this.instance;
    const [, status, direct, jsonSize, shellSize, htmlSize, isNew, at, first, gone, count] =
      Array.from({ length: 11 }, (_, i) => u32(block + 4 * i));
    const sizes = Array.from({ length: count }, (_, i) => u32(block + 4 * (11 + i)));
    let from = block + 4 * (11 + count);
    const text = (/** @type {number} */ size) => exact.decode(bytes((from += size) - size, size));
    const json = direct ? {} : JSON.parse(text(jsonSize));
    const shell = text(shellSize);
    const html = text(htmlSize);
    let end = 0;
    /** @type {Update} */
    const news = {
      first,
      gone,
      come: sizes.map((size) => html.slice(end, (end += size))),
      turn: ++this.way.turn,
    };
    // As in render(): a byte order mark before the doctype is omitted.
    const mark = at !== 0 && shell.startsWith('\uFEFF') ? 1 : 0;
    if (isNew & 1)
      Object.assign(news, { shell: shell.slice(mark), at: Math.max((at | 0) - mark, -1) });
    if (isNew & 2) news.whole = true;
    call('free', block);
    return { status, json, news };
  }

  /**
   * The lines of a file in which the parts of the page in view begin, each from 1.
   * @param {string} path
   * @returns {Uint32Array}
   */
  lines(path) {
    const { call, u32, bytes } = this.instance;
    const block = call('live_lines', this.live, path);
    const lines = new Uint32Array(bytes(block + 4, 4 * u32(block)).slice().buffer);
    call('free', block);
    return lines;
  }

  /**
   * One level of the data that the templates of a page see; undefined without such a page. The
   * first of the keys is `page` or `site`.
   * @param {string} url
   * @param {(string | number)[]} keys
   * @returns {Data | undefined}
   */
  look(url, keys) {
    return this.ask('look', url, JSON.stringify(keys));
  }

  /**
   * The tree of a page's Markdown; undefined if it is made of none.
   * @param {string} url
   * @returns {TreeNode | undefined}
   */
  outline(url) {
    return this.ask('outline', url);
  }

  /**
   * Diagnostics of the page at an address, and of the sources, beyond those of rendering.
   * @param {string} url
   * @returns {{ diagnostics: Diagnostic[] } | undefined}
   */
  check(url) {
    return this.ask('check', url);
  }

  /**
   * The diagnostics of pages, those of rendering among them, without those of the sources.
   * @param {string[]} urls
   * @returns {{ pages: Diagnostic[][] } | undefined}
   */
  checkPages(urls) {
    return this.ask('check_pages', urls.join('\n'));
  }

  /** @param {string} name of a function in live-rest.wasm @param {string[]} texts @returns {any} */
  ask(name, ...texts) {
    if (!this.rest) return NEEDS_REST;
    const { status, json } = this.answer(name, ...texts);
    return status ? undefined : json;
  }

  // ---- the site as files ----

  files() {
    return this.answer('files');
  }

  /** A page as it is written, by its path among those files. @param {string} path */
  page(path) {
    return this.withStills(this.answer('page', path));
  }

  /** The same by its address. @param {string} url */
  pageAt(url) {
    return this.withStills(this.render(url));
  }

  /** @param {Answer} answer @returns {Answer} */
  withStills(answer) {
    if (answer.status === NEEDS || !answer.html.includes('<meridian-globe')) return answer;
    if (!this.stills) return { status: NEEDS, html: '', json: { modules: ['stills'] } };
    const { html: bytes, globe, places } = this.stills(answer.html);
    const html = new TextDecoder().decode(bytes);
    return { ...answer, html, json: { ...answer.json, globe, places } };
  }

  /**
   * Adds the functions of live-rest.wasm (cmake/split_module.py).
   * @param {WebAssembly.Module} module
   */
  async takeRest(module) {
    const primary = /** @type {any} */ (this.instance.native);
    await WebAssembly.instantiate(module, { primary });
    this.rest = true;
  }

  /** @param {Parameters<typeof makeStills>} from */
  async takeStills(...from) {
    this.stills = await makeStills(...from);
  }
}

/** @param {Pick<MessagePort, 'onmessage'>} port */
export function serve(port) {
  /** @type {Way} */
  const way = { turn: 0 };
  serveBy(
    port,
    class extends LiveCore {
      way = way;
    },
    openPlugins,
  );
  const ask = /** @type {(event: MessageEvent) => void} */ (port.onmessage);
  port.onmessage = (event) => {
    const { line } = event.data;
    if (!line) return ask(event);
    way.line?.close();
    way.line = line;
  };
}
beginServing(serve);
