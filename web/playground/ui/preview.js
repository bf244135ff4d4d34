// The preview: the page in a frame of its own, whose content is untrusted.

import { make } from '../../base/elements.js';
import { typeOf as mediaTypeOf } from '../../base/media_types.js';
import { INPUTS_OF_SHEETS } from '../../base/site_files.js';
import { site } from '../../base/site_state.js';
import { task } from '../../net/fetch.js';
import { button } from './buttons.js';
import { Finish, setsDiagrams, setsFormulas } from '../render/postprocess.js';
import { trusted } from '../../base/trusted_html.js';

/** @typedef {import('../render/worker.js').Update} Update */
/**
 * HTML that was applied to the document, the number of content parts in it, and the time it took.
 * @typedef {{ took: number, html: string[], parts: number }} Patched
 */
/**
 * @typedef {import('../frame/frame.js').ToFrame} ToFrame
 * @typedef {import('../frame/frame.js').FromFrame} FromFrame
 * @typedef {import('../project/project.js').Project} Project
 */

/** Media types of what pages show. */
const SHOWN = /^((audio|font|image|video)\/[^;]+|text\/(css|javascript)|application\/pdf)/;

/** Scripts that frames request. */
const SCRIPTS = /^(globe|writing)$/;
// A file of the shell, and nothing above its folder.
const SHELLS = /^meridian(\/(?!\.)[\w.-]+)+$/;
/** Whether a file has front matter. @param {Uint8Array} bytes */
const isPage = (bytes) => /^\uFEFF?---\s*\n/.test(new TextDecoder().decode(bytes.subarray(0, 100)));
/** The media type of a file, '' when pages can't show it. @param {string} path */
export const typeOf = (path) => SHOWN.exec(mediaTypeOf(path) ?? '')?.[0] ?? '';

/** The version of the frames that belong to this script, inserted by the build. @type {string} */
// @ts-ignore
const VERSION = FRAMES;
// Milliseconds after a frame's load event until it must have reported.
const PATIENCE = 300;
// … and after its start, until the reader is informed that there is no page yet.
const SILENCE = 9000;
// … and after a page has loaded the frame's document again, until it is shown anew: one that does
// so at once must not take all of the time.
const AGAIN = 1000;
// Nothing is omitted.
const NOTHING = { pictures: 0, hosts: /** @type {string[]} */ ([]), scripts: false };

export class Preview {
  /** Called with the address of a followed link. @type {(url: string) => void} */
  followed = () => {};
  /**
   * Called with the position that the reader scrolls to, and clicks at, with the word there.
   * @type {(place: import('../frame/scroll_positions.js').Place) => void}
   */
  scrolled = () => {};
  /** @type {(place: import('../frame/scroll_positions.js').Place, text: string) => void} */
  pointed = () => {};
  /**
   * Called with what a person has written on the page.
   * @type {(wrote: import('../frame/page_messages.js').Wrote) => void}
   */
  wrote = () => {};
  /** Called with a MessagePort connected to the frame. @type {(line: MessagePort) => void} */
  lined = () => {};
  /** The port to the frame, once a project is open. @type {MessagePort | undefined} */
  port = undefined;
  /** A secret that identifies messages of our frame. */
  mark = '';
  /** Messages to the frame that it has not answered yet. @type {ToFrame[]} */
  waiting = [];
  /**
   * The last change of the document, and the milliseconds that it took.
   * @type {Patched | undefined}
   */
  patched = undefined;
  /** Called when that is known. */
  measured = () => {};
  /**
   * Called with the texts and pictures of the page, which were asked for.
   * @type {(shown: NonNullable<FromFrame['shown']>) => void}
   */
  shown = () => {};
  /** Files that the frame has requested. @type {Set<string>} */
  given = new Set();
  /** Of these, style sheets that the core has rendered. @type {Set<string>} */
  sheets = new Set();
  /**
   * Renders a style sheet of the project: one in Sass, or with front matter.
   * @type {(path: string) => Promise<Uint8Array | undefined>}
   */
  rendered = async () => undefined;
  /** The page in view: the HTML around its content, the content's offset, and its parts. */
  page = { shell: '', at: -1, parts: /** @type {string[]} */ ([]), base: '/', turn: 0 };
  /** Changes are held back from the frame: the page has an error, and the last good one stays. */
  behind = false;
  /** @type {string | undefined} */
  scheme = undefined;
  /** True if the page should be there by now. */
  late = false;
  /** Omitted parts of the page. @type {NonNullable<FromFrame['held']>} */
  held = NOTHING;
  /** True if this project may show pictures of other hosts. */
  pictures = false;
  finish = new Finish(
    (kind, pieces) => this.again(kind, pieces),
    () => this.behind || this.post({ page: this.page }),
  );
  /** The bar above the frame: omitted parts of the page. */
  bar = make('div', { class: 'held', role: 'status' });

  /**
   * @param {HTMLIFrameElement} frame
   * @param {Project} project
   * @param {boolean} [walled] no scripts run, whoever the project is of
   */
  constructor(frame, project, walled = false) {
    this.project = project;
    this.walled = walled;
    this.frame = frame;
    frame.parentElement?.before(this.bar);
    project.whenChanged((path) => {
      const changed = [
        path,
        `${project.base}/${path}`,
        ...(INPUTS_OF_SHEETS.test(path) ? this.sheets : []),
      ];
      const asked = changed.filter((path) => this.given.delete(path));
      if (asked.length) this.post({ forget: asked });
    });
    project.addEventListener('open', () => {
      this.pictures = false;
      this.page = { shell: '', at: -1, parts: [], base: '/', turn: 0 };
      this.behind = false;
      this.finish.renew();
      this.begin();
    });
    project.addEventListener('trust', () => {
      this.finish.renew();
      this.begin();
    });
    // A frame that is moved in the document reloads.
    addEventListener('message', ({ source, data }) => {
      const { contentWindow } = this.frame;
      if (!contentWindow || source !== contentWindow || !('ready' in Object(data))) return;
      if (data.ready === this.mark) contentWindow.postMessage('', '*', [this.listen()]);
      else task(AGAIN).then(() => contentWindow === this.frame.contentWindow && this.begin());
    });
  }

  /** Creates a new frame, of the kind for this project: no state of the last one remains. */
  begin() {
    const frame = /** @type {HTMLIFrameElement} */ (this.frame.cloneNode());
    frame.src =
      new URL(
        `${this.trusted ? 'frame-own' : this.pictures ? 'frame-pictures' : 'frame'}.html?${VERSION}`,
        import.meta.url,
      ).href + (this.mark = `#${crypto.getRandomValues(new Uint32Array(4)).join('-')}`);
    this.port?.close();
    this.port = undefined;
    this.patched = undefined;
    this.late = false;
    this.showHeld(NOTHING);
    frame.removeAttribute('srcdoc');
    frame.addEventListener('load', () => this.rescue(frame), { once: true });
    task(SILENCE).then(() => {
      if (frame !== this.frame || this.patched) return;
      this.late = true;
      this.showHeld();
      this.rescue(frame);
    });
    this.frame.replaceWith(frame);
    this.frame = frame;
  }

  /**
   * Creates a frame from a fallback document when its file did not load: a frame without an origin
   * is not served by the service worker, and a host may have lost one file. Its policy is in the
   * document; the playground's own policy applies as well, and would block the scripts of a trusted
   * project, so the frame is the untrusted one.
   * @param {HTMLIFrameElement} frame
   */
  async rescue(frame) {
    await task(PATIENCE);
    if (this.port || frame !== this.frame) return;
    const html = await fetch(new URL('frame.html', import.meta.url)).then(
      (response) => (response.ok ? response.text() : ''),
      () => '',
    );
    if (html && !this.port && frame === this.frame)
      frame.srcdoc = trusted.createHTML(html.replace('<html', `<html data-mark="${this.mark}"`));
  }

  /** Opens a channel to a new frame; returns its port. */
  listen() {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => this.port === port1 && this.hear(data);
    this.port?.close();
    this.port = port1;
    this.given.clear();
    this.sheets.clear();
    this.waiting = [];
    this.connect();
    // A page without a layout is all in its parts.
    this.post({ scheme: this.scheme, ...(this.html && { page: this.page, fresh: true }) });
    return port2;
  }

  /**
   * Connects the core's worker with the frame directly: edits then need not wait for this page's
   * main thread.
   */
  connect() {
    if (!this.port) return;
    const { port1, port2 } = new MessageChannel();
    this.port.postMessage({ line: port1 }, [port1]);
    this.lined(port2);
  }

  /** Posts to the frame, or queues until the frame is ready. @param {ToFrame} message */
  post(message) {
    this.scheme = message.scheme ?? this.scheme;
    if (!this.port) return;
    const { page, change, files, forget } = message;
    // A copy: the page itself goes on changing.
    if (page || change || files || forget)
      this.waiting.push({ ...message, page: page && { ...page } });
    this.port.postMessage(this.finished(message));
  }

  /**
   * Renders code, formulas and diagrams of a message; pending ones follow later.
   * @param {ToFrame} message
   * @returns {ToFrame}
   */
  finished({ page, change, ...rest }) {
    const { finish } = this;
    finish.trusted = this.trusted;
    return {
      ...rest,
      page: page && { ...page, parts: finish.all(page.parts) },
      change: change && { ...change, come: finish.all(change.come) },
    };
  }

  /**
   * Posts parts again whose pieces are rendered now.
   * @param {import('../render/postprocess.js').Kind} kind
   * @param {Set<string>} pieces
   */
  again({ found }, pieces) {
    if (this.behind) return;
    for (const [first, part] of this.page.parts.entries()) {
      if (found(part).some((piece) => pieces.has(piece)))
        this.post({ change: { first, gone: 1, come: [part], turn: this.page.turn, anew: true } });
    }
  }

  /** The frame has handled a message. @param {number} took milliseconds */
  answered(took) {
    const { page, change } = this.waiting.shift() ?? {};
    const parts = page?.parts ?? change?.come;
    // Repeated parts do not count.
    if (!parts || change?.anew) return;
    this.patched = { took, html: [page?.shell ?? '', ...parts], parts: parts.length };
    if (this.late) {
      this.late = false;
      this.showHeld();
    }
    this.measured();
  }

  /**
   * Applies a change of the page; every change has to be applied, in order.
   * @param {Update} update
   * @param {{ base?: string, fresh?: boolean, hold?: boolean }} [how] `base`: the page's address;
   *   `fresh`: another page than before; `hold`: the frame keeps what it has
   */
  apply(
    { first, gone, come, shell, at = -1, turn, whole = shell !== undefined },
    { base = this.page.base, fresh = false, hold = this.behind } = {},
  ) {
    const { page } = this;
    page.parts = page.parts.slice(0, first).concat(come, page.parts.slice(first + gone));
    if (shell !== undefined) Object.assign(page, { shell, at });
    // A page's own scripts may handle its formulas and diagrams.
    if (shell !== undefined || come.some((part) => part.includes('<script'))) {
      const { html, trusted } = this;
      this.finish.wants = {
        diagrams: setsDiagrams(html, trusted),
        formulas: setsFormulas(html, trusted),
      };
    }
    whole ||= fresh || base !== page.base || this.behind;
    [page.base, page.turn] = [base, turn];
    this.behind = hold;
    if (hold) return;
    if (whole) this.post({ page, fresh });
    else this.post({ change: { first, gone, come, turn } });
  }

  /** Whether the page's scripts run. */
  get trusted() {
    return this.project.trusted && !this.walled;
  }

  /** The page as one text. */
  get html() {
    const { shell, at, parts } = this.page;
    return at < 0 ? shell : shell.slice(0, at) + parts.join('') + shell.slice(at);
  }

  /** @param {FromFrame} message */
  async hear({ need, go, held, took, missed, again, script, bytes, scrolled, pointed, ...more }) {
    const { port } = this;
    if (more.wrote) this.wrote(more.wrote);
    if (more.shown) this.shown(more.shown);
    if (again) return this.begin();
    if (script) {
      const text = await this.script(script);
      port?.postMessage(script === 'writing' ? { write: { script: text } } : { run: text });
    }
    if (bytes)
      port?.postMessage({
        bytes: [bytes, (await this.shells(bytes)) ?? this.project.bytes(bytes) ?? null],
      });
    if (go !== undefined) this.followed(go);
    if (scrolled) this.scrolled(scrolled);
    if (pointed) this.pointed(...pointed);
    if (held) this.showHeld(held);
    if (took !== undefined) this.answered(took);
    if (missed) this.post({ page: this.page });
    if (!need) return;
    /** @type {[string, Uint8Array | null, string][]} */
    const files = await Promise.all(
      need.map(async (path) => [path, await this.bytes(path), typeOf(path)]),
    );
    if (port === this.port) this.post({ files });
  }

  /**
   * Shows what is omitted, and the buttons to show it.
   * @param {NonNullable<FromFrame['held']>} [held]
   */
  showHeld(held = this.held) {
    this.held = held;
    const { pictures, hosts, scripts, cut } = held;
    const lines = [];
    if (this.late)
      lines.push(
        make(
          'p',
          {},
          'The page is slow, or a part of the playground failed to load. Reload this page.',
        ),
      );
    if (pictures) {
      const from = hosts.length === 1 ? hosts[0] : `${hosts.length} other hosts`;
      const show = () => {
        this.pictures = true;
        this.begin();
      };
      lines.push(
        make(
          'p',
          {},
          `${pictures === 1 ? '1 picture' : `${pictures} pictures`} from ${from} ${pictures === 1 ? 'is' : 'are'} not shown. `,
          button(pictures === 1 ? 'Show it' : 'Show them', show),
        ),
      );
    }
    if (scripts)
      lines.push(
        make(
          'p',
          {},
          this.walled ? 'Scripts don’t run here.' : 'Scripts of this project don’t run. ',
          ...(this.walled ? [] : [button('Run them', () => this.ask())]),
        ),
      );
    if (cut)
      lines.push(
        make('p', {}, 'This page is too long for a project from elsewhere: its end is omitted.'),
      );
    // The live region changes only when its text does, not with every keystroke.
    const now = lines.map((line) => line.textContent).join('\n');
    if (now === this.bar.dataset.said) return;
    this.bar.dataset.said = now;
    this.bar.replaceChildren(...lines);
  }

  /** Asks once: a project whose scripts run becomes trusted. */
  ask() {
    const meaning =
      'They can’t reach the playground or your data, but they can load things from the network and show anything inside the preview.';
    if (confirm(`Run the scripts of this project? ${meaning}`)) this.project.trust();
  }

  /** A script for frames; '' if it can't be loaded. @param {string} name */
  async script(name) {
    if (!SCRIPTS.test(name)) return '';
    try {
      const response = await fetch(new URL(`frame-${name}.js?${VERSION}`, import.meta.url));
      return response.ok ? await response.text() : '';
    } catch {
      return '';
    }
  }

  /** A file of the project, else one of the theme. @param {string} path */
  async bytes(path) {
    const asked = path;
    this.given.add(path);
    const { base } = this.project;
    if (base && path.startsWith(`${base}/`)) path = path.slice(base.length + 1);
    const own = await this.project.load(path).catch(() => undefined);
    const sheet = /\.css$/.test(path) && (!own || isPage(own)) && (await this.rendered(path));
    if (!sheet) return own ?? this.shells(path);
    this.sheets.add(asked);
    return sheet;
  }

  /** A file of the theme. @param {string} path */
  async shells(path) {
    if (!SHELLS.test(path)) return null;
    const got = fetch(site.folder + path.slice('meridian/'.length), { credentials: 'omit' });
    return got
      .then(async (response) => (response.ok ? new Uint8Array(await response.arrayBuffer()) : null))
      .catch(() => null);
  }
}
