// A target: the process that shows a page's document, with its frames. It speaks the protocol of
// WebKit's inspector; playwright-core expects a few commands and events more, which are made here.

import { Elements } from './elements.mjs';

// Numbers that playwright-core does not reach.
const OWN_IDS = 1_000_000_000;
const UTILITY = 1_000_000_000;
const PATIENCE = 10_000; // milliseconds
const CALL = '__meridian_binding__'; // marks the console message by which a page calls a test
const CHOOSE = '__meridian_chooser__'; // and the one of an input that asks for files
const ONCE = '__meridian_once__'; // marks a document in which the scripts of the test have run
const REFUSED =
  /^((Fetch API|XMLHttpRequest|EventSource) cannot|Cannot) load .* due to access control checks\.$|^Cross-origin script load denied by Cross-Origin Resource Sharing policy\.$/;
const SETTINGS = new Set([
  'AuthorAndUserStylesEnabled',
  'ImagesEnabled',
  'ScriptEnabled',
  'WebSecurityEnabled',
]);

/** @typedef {{ url: string, parentId?: string }} Frame */

export class Target {
  /** @type {Map<number, string>} the frame of an execution context */
  contexts = new Map();
  /** @type {Map<string, Frame>} */
  frames = new Map();
  page;
  #id;
  #provisional;
  #post;
  #last = OWN_IDS;
  #waiting = new Map();
  /** The second world of each frame, which is an alias of the first. */
  #utility = '';
  #script = '';
  #bindings = new Set();
  #offline = false;
  #main = '';
  #closed = false;
  #elements;
  /** How many documents of the page have been told and not been handled yet. */
  #commits = 0;
  /** @type {{ promise: Promise<unknown>, stay: () => void, timer: NodeJS.Timeout } | undefined} */
  #leaving;
  /** Requests that have ended. */
  #ended = new Set();

  /**
   * @param {import('./page.mjs').Page} page
   * @param {string} id
   * @param {boolean} provisional
   * @param {(message: object) => void} post to WebKit
   */
  constructor(page, id, provisional, post) {
    this.page = page;
    this.#id = id;
    this.#provisional = provisional;
    this.#post = post;
    this.#elements = new Elements(this);
  }

  /**
   * A command of ours.
   * @param {string} method
   * @param {object} [params]
   * @returns {Promise<any>}
   */
  send(method, params = {}) {
    if (this.#closed) return Promise.reject(new Error('the target is gone'));
    const id = ++this.#last;
    this.#post({ id, method, params });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** The value of an expression in the page. */
  async evaluate(expression, contextId) {
    const params = { expression, returnByValue: true, ...(contextId && { contextId }) };
    return (await this.send('Runtime.evaluate', params)).result?.value;
  }

  /** Waits until an expression is true, or for some seconds. */
  async until(expression) {
    for (const end = Date.now() + PATIENCE; Date.now() < end && !this.#closed;)
      if (await this.evaluate(expression).catch(() => true)) return;
  }

  /** Whether the document has this address since a step within it. */
  async isAt(url) {
    const known = this.frames.get(this.#main);
    if (!known || known.url === url) return false;
    const now = await this.evaluate('location.href').catch(() => undefined);
    // A new document may be there already, and tells it itself.
    if (now !== url || this.#commits) return false;
    known.url = url;
    return true;
  }

  /**
   * Call it before the page is led away: WebKit's process crashes when an intercepted request is
   * continued after a navigation has cancelled it. What is continued from here on waits until the
   * cancelled ones are known.
   */
  async leave() {
    this.stay();
    let stay = () => {};
    const promise = new Promise((resolve) => (stay = () => resolve(undefined)));
    this.#leaving = { promise, stay, timer: setTimeout(stay, PATIENCE) };
    // What was continued before has arrived when this is answered.
    await this.send('Runtime.evaluate', { expression: '0' }).catch(() => {});
  }

  /** The document stays, or another one begins. */
  stay() {
    clearTimeout(this.#leaving?.timer);
    this.#leaving?.stay();
    this.#leaving = undefined;
  }

  commit() {
    this.#provisional = false;
    this.page.mainFrame = this.#main;
  }

  close() {
    this.#closed = true;
    for (const { reject } of this.#waiting.values()) reject(new Error('the target is gone'));
    this.#waiting.clear();
    this.stay();
  }

  /** Tells playwright-core an event, or an answer, of this target. */
  emit(method, params) {
    this.#forward({ method, params });
  }

  #forward(message) {
    this.page.emit('Target.dispatchMessageFromTarget', {
      targetId: this.#id,
      message: JSON.stringify(message),
    });
  }

  /** A command of playwright-core. */
  async receive({ id, method, params = {} }) {
    if (params.contextId > UTILITY) params.contextId -= UTILITY;
    if (params.executionContextId > UTILITY) params.executionContextId -= UTILITY;
    const made = method.startsWith('DOM.') ? this.#elements : this.#commands;
    const command = made[method];
    if (method.startsWith('Network.intercept')) {
      await this.#leaving?.promise;
      if (this.#ended.has(params.requestId)) {
        this.#forward({ id, result: {} });
        return;
      }
    }
    if (!command) {
      this.#post({ id, method, params });
      return;
    }
    try {
      this.#forward({ id, result: (await command.call(made, params)) ?? {} });
    } catch (error) {
      this.#forward({ id, error: { message: error.message } });
    }
  }

  #refuse(what) {
    throw new Error(`WebKitGTK has no means for ${what}`);
  }

  #commands = {
    'Page.enable': async () => {
      await this.send('Page.enable');
    },
    'Page.getResourceTree': async () => {
      const tree = await this.send('Page.getResourceTree');
      this.#main = tree.frameTree.frame.id;
      if (!this.#provisional) this.page.mainFrame = this.#main;
      const note = ({ frame, childFrames = [] }) => {
        this.frames.set(frame.id, { url: frame.url, parentId: frame.parentId });
        childFrames.forEach(note);
      };
      note(tree.frameTree);
      return tree;
    },
    'Page.createUserWorld': ({ name }) => {
      this.#utility = name;
      for (const [id, frameId] of this.contexts) this.#emitUtility(id, frameId);
    },
    'Page.setBootstrapScript': ({ source }) => {
      this.#script = source;
      return this.#setScript();
    },
    'Runtime.addBinding': async ({ name }) => {
      this.#bindings.add(name);
      await this.#setScript();
      for (const id of this.contexts.keys())
        await this.evaluate(bindingOf(name), id).catch(() => {});
    },
    'Page.insertText': async ({ text }) => {
      await this.page.view.send('insert', { page: this.page.name, text });
      await this.page.settle();
    },
    'Page.reload': async () => {
      await this.leave();
      await this.send('Page.reload');
    },
    'Page.goBack': () => this.#step('back'),
    'Page.goForward': () => this.#step('forward'),
    'Page.overrideSetting': async ({ setting, value }) => {
      // The others are of playwright-core's build; what they turn off is off here.
      if (SETTINGS.has(setting)) await this.send('Page.overrideSetting', { setting, value });
    },
    'Page.overrideUserAgent': async ({ value }) => {
      // By default WebKitGTK is not to say that it is Safari on a Mac.
      if (!/Macintosh.*Version\/[\d.]+ Safari/.test(value ?? ''))
        await this.send('Page.overrideUserAgent', { value });
    },
    'Page.setForcedColors': ({ forcedColors }) => {
      if (forcedColors === 'Active') this.#refuse('forcedColors');
    },
    'Page.setDefaultBackgroundColorOverride': ({ color }) => {
      if (color) this.#refuse('omitBackground');
    },
    // WebKitGTK has the machine's.
    'Page.setTimeZone': ({ timeZone }) => {
      const { timeZone: own } = new Intl.DateTimeFormat().resolvedOptions();
      if (timeZone !== own) this.#refuse(`the time zone ${timeZone}, here it is ${own}`);
    },
    'Page.setBypassCSP': () => this.#refuse('bypassCSP'),
    'Page.setTouchEmulationEnabled': () => {},
    'Page.setInterceptFileChooserDialog': () => {},
    'Page.updateScrollingState': () => {},
    'Network.setEmulateOfflineState': async ({ offline }) => {
      await this.page.view.send('context', { context: this.page.context, offline });
      if (offline === this.#offline) return;
      this.#offline = offline;
      await this.#setScript();
      for (const id of this.contexts.keys())
        await this.evaluate(`(${connection})(${offline})`, id).catch(() => {});
    },
  };

  async #step(direction) {
    await this.leave();
    await this.page.view.send(direction, { page: this.page.name });
  }

  #setScript() {
    const source = [...this.#bindings].map(bindingOf).concat(CHOOSERS, this.#script);
    if (this.#offline) source.unshift(`(${connection})(true);`);
    return this.send('Page.setBootstrapScript', { source: onceOf(source.join('\n')) });
  }

  #emitUtility(id, frameId) {
    if (this.#utility)
      this.emit('Runtime.executionContextCreated', {
        context: { id: id + UTILITY, type: 'user', name: this.#utility, frameId },
      });
  }

  /**
   * Takes a message of WebKit at once.
   * @returns {boolean} whether it is of no concern to playwright-core
   */
  arrived(message) {
    if (message.id > OWN_IDS) {
      const { resolve, reject } = this.#waiting.get(message.id) ?? {};
      this.#waiting.delete(message.id);
      if (message.error) reject?.(new Error(message.error.message));
      else resolve?.(message.result);
      return true;
    }
    const { method, params } = message;
    if (method === 'Page.frameNavigated' && !params.frame.parentId) this.#commits++;
    if (!method?.startsWith('DOM.')) return false;
    this.#elements.note(message);
    return true;
  }

  /** Hands a message of WebKit to playwright-core, in the order in which they came. */
  async handle(message) {
    const change = this.#events[message.method];
    if (!change || (await change(message.params)) !== false) this.#forward(message);
  }

  /** Events that are changed, or dropped by `false`. */
  #events = {
    /** @returns {Promise<boolean | void>} */
    'Page.frameNavigated': async ({ frame }) => {
      const { id, url, parentId } = frame;
      if (parentId && !this.frames.has(id) && !(await this.#findParent(id))) return false;
      if (!this.frames.has(id)) this.#attach(id, parentId);
      this.#forget(id);
      this.frames.set(id, { url, parentId });
      if (parentId) return;
      this.#commits--;
      this.#main = frame.id;
      this.#elements.forget();
      await this.page.navigated(frame.loaderId);
      if (!this.#provisional) this.page.mainFrame = frame.id;
      if (this.page.scripts) return true;
      this.emit('Page.frameNavigated', { frame });
      await this.#findContext(frame.id);
      return false;
    },
    'Page.frameDetached': ({ frameId }) => {
      this.#forget(frameId);
    },
    'Page.domContentEventFired': (params) => {
      params.frameId = this.#main;
    },
    'Page.loadEventFired': (params) => {
      params.frameId = this.#main;
    },
    'Page.frameStartedLoading': ({ frameId }) => {
      if (frameId === this.#main) this.stay();
      return false;
    },
    'Page.frameStoppedLoading': ({ frameId }) => {
      if (!this.frames.get(frameId)?.parentId) return false;
      this.emit('Page.domContentEventFired', { frameId, timestamp: 0 });
      this.emit('Page.loadEventFired', { frameId, timestamp: 0 });
      return false;
    },
    'Runtime.executionContextCreated': async ({ context }) => {
      const { id, type, frameId } = context;
      if (type !== 'normal') return false;
      if (!this.frames.has(frameId)) await this.#findParent(frameId);
      this.contexts.set(id, frameId);
      this.emit('Runtime.executionContextCreated', { context });
      this.#emitUtility(id, frameId);
      return false;
    },
    'Console.messageAdded': ({ message }) => {
      // What WebKit says of a request is an error of the network, not one that a script has thrown.
      if (REFUSED.test(message.text)) message.source = 'network';
      // Of an address that was asked for, without the place in it, as other engines tell it.
      if (message.source === 'network') message.url = message.url?.replace(/#.*/, '');
      const [mark, name, argument, context] = message.parameters ?? [];
      if (mark?.value === CHOOSE) {
        const frameId = this.contexts.get(JSON.parse(name.objectId).injectedScriptId);
        this.emit('Page.fileChooserOpened', { frameId, element: name });
        return false;
      }
      if (mark?.value !== CALL) return true;
      this.emit('Runtime.bindingCalled', {
        contextId: JSON.parse(context.objectId).injectedScriptId,
        name: name.value,
        argument: argument.value,
      });
      return false;
    },
    'Network.loadingFailed': ({ requestId }) => void this.#ended.add(requestId),
    // Playwright's routes are about what comes from hosts.
    'Network.requestIntercepted': ({ requestId, request }) => {
      if (!request.url.startsWith('blob:')) return true;
      this.send('Network.interceptWithRequest', { requestId }).catch(() => {});
      return false;
    },
    'Network.requestWillBeSent': async ({ type, frameId, loaderId, request, redirectResponse }) => {
      // Playwright takes no notice of a request in a frame that it doesn't know.
      if (!this.#provisional && frameId && !this.frames.has(frameId))
        await this.#findParent(frameId);
      if (request.postData) request.postData = Buffer.from(request.postData).toString('base64');
      const main = this.#provisional || frameId === this.#main;
      if (type === 'Document' && main && !redirectResponse && !request.url.startsWith('about:'))
        await this.page.navigated(loaderId);
    },
  };

  /** A frame's document ends, and the frames in it: playwright-core forgets them, too. */
  #forget(frameId) {
    this.frames.delete(frameId);
    for (const [id, of] of this.contexts) if (of === frameId) this.contexts.delete(id);
    for (const [id, { parentId }] of this.frames) if (parentId === frameId) this.#forget(id);
  }

  #attach(frameId, parentFrameId) {
    this.emit('Page.frameAttached', { frameId, parentFrameId });
  }

  /** WebKit tells no context of a document whose scripts are off, but evaluates in it. */
  async #findContext(frameId) {
    const { result } = await this.send('Runtime.evaluate', { expression: '({})' });
    const id = JSON.parse(result.objectId).injectedScriptId;
    const context = { id, type: 'normal', name: '', frameId };
    await this.#events['Runtime.executionContextCreated']({ context });
  }

  /** WebKit does not tell a frame's parent while its first, empty document stands. */
  async #findParent(frameId) {
    const { frameTree } = await this.send('Page.getResourceTree');
    const visit = ({ frame, childFrames = [] }) => {
      if (!this.frames.has(frame.id)) {
        this.#attach(frame.id, frame.parentId);
        this.frames.set(frame.id, { url: frame.url, parentId: frame.parentId });
        this.emit('Page.frameNavigated', { frame });
      }
      childFrames.forEach(visit);
    };
    visit(frameTree);
    return this.frames.has(frameId);
  }
}

/** A script that runs once in a document: WebKit begins each document of a frame twice. */
const onceOf = (source) => `if (!Object.hasOwn(document, Symbol.for(${JSON.stringify(ONCE)}))) {
  Object.defineProperty(document, Symbol.for(${JSON.stringify(ONCE)}), {});
  ${source}
}`;

/** Tells the page whether it has a connection: WebKitGTK tells that of the machine. */
function connection(offline) {
  Object.defineProperty(Navigator.prototype, 'onLine', {
    configurable: true,
    enumerable: true,
    get: () => !offline,
  });
  dispatchEvent(new Event(offline ? 'offline' : 'online'));
}

/** A function of the page that calls the test: its argument comes as a console message. */
const bindingOf = (name) => `{
  const { debug } = console;
  Object.defineProperty(globalThis, ${JSON.stringify(name)}, {
    configurable: true,
    value: (argument) => debug.call(console, ${JSON.stringify(CALL)}, ${JSON.stringify(name)},
      argument, {}),
  });
}`;

/** Tells the test an input that asks for files, also one outside the document. */
const CHOOSERS = `{
  const { debug } = console;
  const { click } = HTMLElement.prototype;
  const ask = (input) => {
    if (input?.localName === 'input' && input.type === 'file')
      debug.call(console, ${JSON.stringify(CHOOSE)}, input);
  };
  addEventListener('click', (event) => ask(event.composedPath()[0]), true);
  HTMLElement.prototype.click = function () {
    if (!this.isConnected) ask(this);
    return click.call(this);
  };
}`;
