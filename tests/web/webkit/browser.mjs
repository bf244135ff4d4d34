// The browser as playwright-core sees it: the commands of its domain `Playwright`, its contexts and
// the pages in them.

import { Page } from './page.mjs';

/** @typedef {{ server: string, bypass: string[] }} Proxy */

export class Browser {
  #view;
  #proxy;
  #send;
  #close;
  /** @type {Map<string, Page>} */
  #pages = new Map();
  #last = 0;

  /**
   * @param {{ view: any, proxy: Proxy, send: (message: object) => void, close: () => void }} with
   *   `view` of view.mjs, `send` to playwright-core; `close` ends the program
   */
  constructor({ view, proxy, send, close }) {
    this.#view = view;
    this.#proxy = proxy;
    this.#send = send;
    this.#close = close;
    view.on('created', ({ page, opener, context }) => this.#add(page, context, opener));
    view.on('closed', ({ page }) => this.#remove(page));
    for (const name of ['inspected', 'message', 'uri', 'failed', 'crashed', 'dialog'])
      view.on(name, (event) => this.#pages.get(event.page)?.[name](event));
    view.on('download', ({ page, uuid, url }) =>
      this.#emit('downloadCreated', {
        pageProxyId: page,
        frameId: this.#pages.get(page)?.mainFrame ?? '',
        uuid,
        url,
      }),
    );
    view.on('downloadNamed', ({ uuid, name }) =>
      this.#emit('downloadFilenameSuggested', { uuid, suggestedFilename: name }),
    );
    view.on('downloaded', ({ uuid, error }) => this.#emit('downloadFinished', { uuid, error }));
  }

  #emit(name, params) {
    this.#send({ method: `Playwright.${name}`, params });
  }

  #add(name, context, opener) {
    const page = new Page({
      name,
      context,
      view: this.#view,
      emit: (message) => this.#send({ ...message, pageProxyId: name }),
    });
    this.#pages.set(name, page);
    this.#emit('pageProxyCreated', {
      pageProxyId: name,
      browserContextId: context,
      openerId: opener,
    });
  }

  #remove(name) {
    this.#pages.get(name)?.close();
    if (this.#pages.delete(name)) this.#emit('pageProxyDestroyed', { pageProxyId: name });
  }

  /** Handles a message of playwright-core. */
  async receive({ id, method, params = {}, pageProxyId }) {
    const answer = (message) => this.#send({ id, ...(pageProxyId && { pageProxyId }), ...message });
    try {
      const page = pageProxyId && this.#pages.get(pageProxyId);
      if (pageProxyId && !page) throw new Error('the page is closed');
      if (page) answer({ result: (await page.receive(method, params)) ?? {} });
      else answer({ result: (await this.#run(method, params)) ?? {} });
    } catch (error) {
      answer({ error: { message: error.message } });
    }
  }

  async #run(method, params) {
    const { browserContextId: context } = params;
    switch (method) {
      case 'Playwright.createContext': {
        const name = `context-${++this.#last}`;
        const { server, bypass } = this.#proxy;
        const proxy = params.proxyServer ?? server;
        await this.#view.send('context', { context: name, proxy, bypass });
        return { browserContextId: name };
      }
      case 'Playwright.deleteContext':
        return this.#view.send('drop', { context });
      case 'Playwright.setDownloadBehavior':
        return this.#view.send('context', {
          context,
          folder: params.behavior === 'allow' ? params.downloadPath : null,
        });
      case 'Playwright.setLanguages':
        return this.#view.send('context', { context, languages: params.languages });
      case 'Playwright.getAllCookies':
        return this.#view.send('cookies', { context });
      case 'Playwright.createPage': {
        const name = `page-${++this.#last}`;
        this.#add(name, context);
        await this.#view.send('page', { page: name, context });
        return { pageProxyId: name };
      }
      case 'Playwright.navigate': {
        const page = this.#pages.get(params.pageProxyId);
        if (!page) throw new Error('the page is closed');
        return page.navigate(params);
      }
      case 'Playwright.close':
        this.#close();
        return {};
      // A page reads the files that a test gives it from their texts: elements.mjs.
      case 'Playwright.grantFileReadAccess':
      case 'Playwright.enable':
        return {};
      default:
        throw new Error(`WebKitGTK has no means for ${method}`);
    }
  }
}
