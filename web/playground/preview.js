// The page as it will look, in a frame of its own: what is in it comes from a project and is not to be trusted with anything here.

import { site } from '../host.js';
import { trusted } from '../trusted.js';

/** @typedef {import('./worker.js').News} News */
/** @typedef {import('./frame.js').ToFrame} ToFrame @typedef {import('./frame.js').FromFrame} FromFrame @typedef {import('./project.js').Project} Project */

const TYPES = /** @type {Record<string, string>} */ ({
  css: 'text/css', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif',
  mp4: 'video/mp4', webm: 'video/webm', mp3: 'audio/mpeg', ogg: 'audio/ogg', woff2: 'font/woff2', pdf: 'application/pdf',
});

/** Its media type, '' when it is none that a page shows. @param {string} path */
export const typeOf = (path) => TYPES[path.replace(/.*\./, '').toLowerCase()] ?? '';

export class Preview {
  /** Called with the address of a link that was followed. @type {(url: string) => void} */
  followed = () => {};
  /** What the frame has asked for. @type {Set<string>} */
  given = new Set();
  /** To the frame, which is not there yet: it waits. */
  channel = new MessageChannel();
  /** The page in view: what stands around its content, where that belongs, and its parts. */
  page = { shell: '', at: -1, parts: /** @type {string[]} */ ([]), base: '/' };
  /** The frame lacks what came since: the page has a mistake, and the last good one stays. */
  behind = false;
  /** @type {string | undefined} */
  scheme = undefined;

  /** @param {HTMLIFrameElement} frame @param {Project} project */
  constructor(frame, project) {
    this.project = project;
    this.listen();
    let loaded = false;
    frame.addEventListener('load', () => {
      // Moved to another place of the document, a frame begins anew.
      if (loaded) this.again();
      loaded = true;
      frame.contentWindow?.postMessage('', '*', [this.channel.port2]);
    });
    load(frame);
    project.whenChanged((path) => {
      if (this.given.delete(path)) this.say({ forget: [path] });
    });
    project.addEventListener('open', () => {
      this.say({ forget: [...this.given].filter((path) => !path.startsWith('meridian/')) });
      this.given.clear();
    });
  }

  listen() {
    this.channel.port1.onmessage = ({ data }) => this.hear(data);
  }

  again() {
    this.channel = new MessageChannel();
    this.given.clear();
    this.listen();
    this.say({ page: this.page, scheme: this.scheme, fresh: true });
  }

  /** @param {ToFrame} news */
  say(news) {
    this.scheme = news.scheme ?? this.scheme;
    this.channel.port1.postMessage(news);
  }

  /**
   * What is new in the page; all that comes has to be told, in its order.
   * @param {News} news @param {{ base?: string, fresh?: boolean, hold?: boolean }} [how] `base`: the page's address; `fresh`: another page than
   *   before; `hold`: the frame keeps what it has
   */
  take({ first, gone, come, shell, at = -1 }, { base = this.page.base, fresh = false, hold = this.behind } = {}) {
    const { page } = this;
    page.parts = page.parts.slice(0, first).concat(come, page.parts.slice(first + gone));
    if (shell !== undefined) Object.assign(page, { shell, at });
    const whole = fresh || shell !== undefined || base !== page.base || this.behind;
    page.base = base;
    this.behind = hold;
    if (hold) return;
    if (whole) this.say({ page, fresh });
    else if (gone || come.length) this.say({ change: { first, gone, come } });
  }

  /** The page as one text. */
  get html() {
    const { shell, at, parts } = this.page;
    return at < 0 ? shell : shell.slice(0, at) + parts.join('') + shell.slice(at);
  }

  /** @param {FromFrame} news */
  async hear({ need, go }) {
    if (go !== undefined) this.followed(go);
    if (!need) return;
    /** @type {[string, Uint8Array | null, string][]} */
    const files = await Promise.all(need.map(async (path) => [path, await this.bytes(path), typeOf(path)]));
    this.say({ files });
  }

  /** A file of the project, else one of the theme's. @param {string} path */
  async bytes(path) {
    this.given.add(path);
    const own = this.project.bytes(path);
    if (own || !path.startsWith('meridian/')) return own ?? null;
    const response = await fetch(site.folder + path.slice('meridian/'.length)).catch(() => undefined);
    return response?.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  }
}

/**
 * A frame without an origin gets nothing of what offline.js keeps: where that is at work its page comes from here, with all of its policy
 * within it. The page's own policy holds there as well, which the build has made wide enough.
 * @param {HTMLIFrameElement} frame
 */
async function load(frame) {
  const url = new URL('frame.html', import.meta.url).href;
  const kept = navigator.serviceWorker?.controller && (await fetch(url).then((response) => (response.ok ? response.text() : ''), () => ''));
  if (kept) frame.srcdoc = trusted.createHTML(kept);
  else frame.src = url;
}
