// Open pages follow the changes of the sources: each has a script that listens to a stream of
// events (live_reload.js).

import { randomUUID } from 'node:crypto';

// Milliseconds between comments on a quiet stream, so that no proxy takes it for dead.
const KEEP_ALIVE = 10_000;
// Milliseconds after which a browser asks again for a stream that has ended.
const RETRY = 300;

/** @param {string} text within double quotes */
const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

export class Reload {
  /** @type {Set<ReadableStreamDefaultController<Uint8Array>>} */
  #pages = new Set();
  #encoder = new TextEncoder();
  changes = 0;
  // A page of an earlier server loads itself again.
  #server = randomUUID();
  // Of the last build of Meridian; empty when it succeeded.
  #problem = '';
  // Of the whole site, as JSON.
  #findings = '[]';
  /**
   * Files with mistakes that a page is made of, by its path: the page shows them unfolded.
   * @type {Map<string, Set<string>>}
   */
  #files = new Map();

  /**
   * @param {string} base the path of the site, with a slash at its end
   * @param {string} script
   */
  constructor(base, script) {
    this.base = base;
    this.stream = `${base}__reload`;
    this.shell = `${base}meridian/`;
    this.script = script;
  }

  /** The answer to a request of the script; undefined for others. @param {Request} request */
  answer(request) {
    const { pathname } = new URL(request.url);
    if (pathname === `${this.stream}.js`)
      return new Response(this.script, {
        headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' },
      });
    if (pathname !== this.stream) return undefined;
    const { headers: asked } = request;
    // Browsers say the event that they got last when they ask again by themselves.
    const made = asked.get('last-event-id') || new URL(request.url).searchParams.get('made');
    // A stream is open as long as its page is: only pages of this server get one.
    const from = asked.get('sec-fetch-site') ?? 'same-origin';
    if (!['same-origin', 'none'].includes(from))
      return new Response('Only pages of this server follow its changes.\n', { status: 403 });
    return new Response(
      request.method === 'HEAD'
        ? null
        : this.#events(/^\d{1,9}$/.test(made ?? '') ? Number(made) : this.changes),
      {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          // Compressed, an event would wait for others.
          'content-encoding': 'identity',
        },
      },
    );
  }

  /**
   * The answer of the site to a request: a page with the script, anything else as it is. So are
   * the shell's own pages, whose policies allow no other script.
   * @param {Request} request
   * @param {() => Promise<Response>} ask
   */
  async into(request, ask) {
    const made = this.changes;
    const response = await ask();
    if (new URL(request.url).pathname.startsWith(this.shell)) return response;
    if (!response.body || !/^text\/html\b/.test(response.headers.get('content-type') ?? ''))
      return response;
    const html = await response.text();
    const headers = new Headers(response.headers);
    for (const name of ['content-length', 'etag', 'last-modified', 'accept-ranges'])
      headers.delete(name);
    headers.set('cache-control', 'no-store');
    const files = JSON.stringify(this.#filesOf(new URL(request.url).pathname));
    const script = `<script src="${this.stream}.js?made=${made}" data-overlay="${this.shell}develop.js" data-files="${escaped(files)}" defer></script>\n`;
    const end = html.lastIndexOf('</body>');
    const at = end < 0 ? html.length : end;
    return new Response(html.slice(0, at) + script + html.slice(at), {
      status: response.status,
      headers,
    });
  }

  /**
   * Remembers of which files a page is made that have mistakes.
   * @param {string} path of its file, from the site's root
   * @param {{ file?: string }[]} diagnostics
   */
  note(path, diagnostics) {
    const files = this.#files.get(path) ?? new Set();
    for (const { file } of diagnostics) if (file) files.add(file);
    this.#files.set(path, files);
  }

  /** Of the page at an address of the site. @param {string} pathname */
  #filesOf(pathname) {
    const path = decodeURI(pathname).slice(this.base.length);
    for (const end of ['', 'index.html', '.html', '/index.html']) {
      const files = this.#files.get(path + end);
      if (files) return [...files];
    }
    return [];
  }

  /** Open pages show the diagnostics of the site. @param {unknown[]} findings */
  found(findings) {
    const news = JSON.stringify(findings);
    if (news === this.#findings) return;
    this.#findings = news;
    this.#send('findings', news);
  }

  /** Open pages show the reason why a build failed. @param {string} problem */
  failed(problem) {
    this.#problem = problem;
    this.#send('problem', JSON.stringify(problem));
  }

  /** A build has succeeded that changed no file. */
  mended() {
    if (this.#problem) this.changed();
  }

  /**
   * Open pages take changed files, or load themselves again.
   * @param {string[]} [paths] none: any file may have changed
   */
  changed(paths = []) {
    this.#problem = '';
    this.changes++;
    this.#send('message', JSON.stringify(paths));
  }

  /** @param {string} kind @param {string} data */
  #send(kind, data) {
    for (const page of this.#pages) page.enqueue(this.#event(kind, data));
  }

  /**
   * An event of the stream.
   * @param {string} kind
   * @param {string} data of a message: the paths that changed; none: any may have
   */
  #event(kind, data) {
    return this.#encoder.encode(`id: ${this.changes}\nevent: ${kind}\ndata: ${data}\n\n`);
  }

  /** @param {number} made after how many changes the page was made */
  #events(made) {
    /** @type {NodeJS.Timeout} */
    let beat;
    /** @type {ReadableStreamDefaultController<Uint8Array>} */
    let page;
    return new ReadableStream({
      start: (controller) => {
        page = controller;
        this.#pages.add(page);
        page.enqueue(this.#encoder.encode(`retry: ${RETRY}\n\n`));
        page.enqueue(this.#event('server', this.#server));
        // While it did not listen.
        if (made < this.changes) page.enqueue(this.#event('message', '[]'));
        if (this.#problem) page.enqueue(this.#event('problem', JSON.stringify(this.#problem)));
        if (this.#findings !== '[]') page.enqueue(this.#event('findings', this.#findings));
        beat = setInterval(() => page.enqueue(this.#encoder.encode(': here\n\n')), KEEP_ALIVE);
        beat.unref();
      },
      cancel: () => {
        this.#pages.delete(page);
        clearInterval(beat);
      },
    });
  }
}
