// Open pages follow the changes of the sources: each has a script that listens to a stream of
// events (server/live_reload.js).

import { randomUUID } from 'node:crypto';

// Milliseconds between comments on a quiet stream, so that no proxy takes it for dead.
const KEEP_ALIVE = 10_000;
// Milliseconds after which a browser asks again for a stream that has ended.
const RETRY = 300;

export class Reload {
  /** @type {Set<ReadableStreamDefaultController<Uint8Array>>} */
  #pages = new Set();
  #encoder = new TextEncoder();
  #changes = 0;
  // A page of an earlier server loads itself again.
  #server = randomUUID();

  /**
   * @param {string} base the path of the site, with a slash at its end
   * @param {string} script
   */
  constructor(base, script) {
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
      request.method === 'HEAD' ? null : this.#events(Number(made ?? this.#changes)),
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
    const made = this.#changes;
    const response = await ask();
    if (new URL(request.url).pathname.startsWith(this.shell)) return response;
    if (!response.body || !/^text\/html\b/.test(response.headers.get('content-type') ?? ''))
      return response;
    const html = await response.text();
    const headers = new Headers(response.headers);
    for (const name of ['content-length', 'etag', 'last-modified', 'accept-ranges'])
      headers.delete(name);
    headers.set('cache-control', 'no-store');
    const script = `<script src="${this.stream}.js?made=${made}" defer></script>\n`;
    const end = html.lastIndexOf('</body>');
    const at = end < 0 ? html.length : end;
    return new Response(html.slice(0, at) + script + html.slice(at), {
      status: response.status,
      headers,
    });
  }

  /** All open pages load themselves again. */
  send() {
    this.#changes++;
    for (const page of this.#pages) page.enqueue(this.#event('message', '[]'));
  }

  /**
   * An event of the stream.
   * @param {string} kind
   * @param {string} data of a message: the paths that changed; none: any may have
   */
  #event(kind, data) {
    return this.#encoder.encode(`id: ${this.#changes}\nevent: ${kind}\ndata: ${data}\n\n`);
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
        if (made < this.#changes) page.enqueue(this.#event('message', '[]'));
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
