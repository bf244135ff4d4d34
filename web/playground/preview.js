// The page as it will look, in a frame of its own: what is in it comes from a project and is not to be trusted with anything here.

import { site } from '../host.js';

/** @typedef {import('./frame.js').ToFrame} ToFrame @typedef {import('./frame.js').FromFrame} FromFrame @typedef {import('./project.js').Project} Project */

const TYPES = /** @type {Record<string, string>} */ ({
  css: 'text/css', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif',
  mp4: 'video/mp4', webm: 'video/webm', mp3: 'audio/mpeg', ogg: 'audio/ogg', woff2: 'font/woff2', pdf: 'application/pdf',
});

export class Preview {
  /** Called with the address of a link that was followed. @type {(url: string) => void} */
  followed = () => {};
  /** What the frame has asked for. @type {Set<string>} */
  given = new Set();
  /** To the frame, which is not there yet: it waits. */
  channel = new MessageChannel();
  /** What is shown. @type {ToFrame} */
  last = {};

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
    frame.src = new URL('frame.html', import.meta.url).href;
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
    this.say({ ...this.last, fresh: true });
  }

  /** @param {ToFrame} news */
  say(news) {
    const { html = this.last.html, base = this.last.base, scheme = this.last.scheme } = news;
    this.last = { html, base, scheme };
    this.channel.port1.postMessage(news);
  }

  /** @param {string} html @param {string} base its address @param {boolean} fresh another page than before */
  show(html, base, fresh) {
    this.say({ html, base, fresh });
  }

  /** @param {FromFrame} news */
  async hear({ need, go }) {
    if (go !== undefined) this.followed(go);
    if (!need) return;
    /** @type {[string, Uint8Array | null, string][]} */
    const files = await Promise.all(need.map(async (path) => [path, await this.bytes(path), TYPES[path.replace(/.*\./, '').toLowerCase()] ?? '']));
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
