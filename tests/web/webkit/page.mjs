// A page as playwright-core sees it (a "page proxy"): its window, its input, and the targets that
// show its documents. A navigation to another site has a second, provisional target until it is
// committed.

import { keyOf } from './keys.mjs';
import { Target } from './target.mjs';

const BUTTONS = ['left', 'right', 'middle'];

export class Page {
  name;
  context;
  view;
  /** The frame of the page itself. */
  mainFrame = '';
  offline = false;
  /** Whether the page runs its own. */
  scripts = true;
  #emit;
  #last = 0;
  #closed = false;
  /** @type {Map<string, Target>} */
  #targets = new Map();
  /** @type {Target | undefined} */
  #current;
  #queue = Promise.resolve();
  /**
   * @type {{
   *   url: string, resolve: (result: object) => void, reject: (error: Error) => void,
   * } | undefined}
   */
  #navigation;

  /**
   * @param {{ name: string, context: string, view: any, emit: (message: object) => void }} of
   */
  constructor({ name, context, view, emit }) {
    this.name = name;
    this.context = context;
    this.view = view;
    this.#emit = emit;
  }

  emit(method, params) {
    if (!this.#closed) this.#emit({ method, params });
  }

  inspected() {
    this.#command('Target.setPauseOnStart', { pauseOnStart: true });
  }

  close() {
    this.#closed = true;
    for (const target of this.#targets.values()) target.close();
    this.#navigation?.reject(new Error('the page is closed'));
  }

  #command(method, params) {
    this.view.post(this.name, JSON.stringify({ id: ++this.#last, method, params }));
  }

  /** Does a job when all earlier ones are done, so that playwright-core gets events in order. */
  #later(job) {
    this.#queue = this.#queue.then(job).catch((error) => {
      if (!this.#closed) process.stderr.write(`${error.stack}\n`);
    });
  }

  message({ text }) {
    const { method, params } = JSON.parse(text);
    if (!method) return;
    const target = params?.targetId && this.#targets.get(params.targetId);
    const inner = method === 'Target.dispatchMessageFromTarget' && JSON.parse(params.message);
    if (inner && target?.arrived(inner)) return;
    if (method === 'Target.targetCreated') this.#created(params.targetInfo);
    this.#later(async () => {
      if (inner) await target?.handle(inner);
      else this.#targetEvent(method, params);
    });
  }

  #created({ targetId, type, isProvisional = false }) {
    if (type !== 'page') return;
    const target = new Target(this, targetId, isProvisional, (message) =>
      this.#command('Target.sendMessageToTarget', { targetId, message: JSON.stringify(message) }),
    );
    this.#targets.set(targetId, target);
    if (!isProvisional) this.#current = target;
  }

  #targetEvent(method, params) {
    if (method === 'Target.targetCreated' && params.targetInfo.type !== 'page') {
      this.#command('Target.resume', { targetId: params.targetInfo.targetId });
      return;
    }
    if (method === 'Target.didCommitProvisionalTarget') {
      const target = this.#targets.get(params.newTargetId);
      if (target) {
        this.#current = target;
        target.commit();
      }
    }
    if (method === 'Target.targetDestroyed') {
      this.#targets.get(params.targetId)?.close();
      this.#targets.delete(params.targetId);
    }
    this.emit(method, params);
  }

  /** A command of playwright-core. */
  async receive(method, params) {
    switch (method) {
      case 'Target.sendMessageToTarget': {
        const target = this.#targets.get(params.targetId);
        if (!target) throw new Error('the target is gone');
        void target.receive(JSON.parse(params.message));
        return;
      }
      case 'Target.resume':
        return this.#command(method, params);
      case 'Target.activate':
        return this.view.send('activate', { page: this.name });
      case 'Target.close':
        return this.view.send('close', { page: this.name, ask: !!params.runBeforeUnload });
      case 'Dialog.handleJavaScriptDialog':
        return this.view.send('dialog', {
          page: this.name,
          accept: params.accept,
          text: params.promptText,
        });
      case 'Emulation.setDeviceMetricsOverride':
        return this.#resize(params);
      case 'Emulation.setJavaScriptEnabled':
        this.scripts = params.enabled;
        return this.view.send('scripts', { page: this.name, enabled: params.enabled });
      case 'Emulation.grantPermissions':
        return this.view.send('context', { context: this.context, permitted: true });
      case 'Emulation.resetPermissions':
        return this.view.send('context', { context: this.context, permitted: false });
      // Windows always have the focus and are as wide and high as a phone's screen; view.py tells
      // all dialogs.
      case 'Emulation.setActiveAndFocused':
      case 'Dialog.enable':
      case 'Emulation.setOrientationOverride':
        return;
      case 'Input.dispatchKeyEvent':
      case 'Input.dispatchMouseEvent':
      case 'Input.dispatchWheelEvent':
      case 'Input.dispatchTapEvent':
      case 'Input.dispatchTouchEvent':
        return this.#input(method.slice('Input.dispatch'.length, -'Event'.length), params);
    }
    // Playwright sends empty ones to every page.
    if (method === 'Emulation.setAuthCredentials' && !params.username) return;
    throw new Error(`WebKitGTK has no means for ${method}`);
  }

  async #resize({ width, height, deviceScaleFactor }) {
    if ((deviceScaleFactor ?? 1) !== 1)
      throw new Error('WebKitGTK has no means for deviceScaleFactor');
    await this.view.send('resize', { page: this.name, width, height });
    await this.#current?.until(`innerWidth === ${width} && innerHeight === ${height}`);
  }

  async #input(kind, { type, x, y, modifiers = 0, ...of }) {
    const event = {
      Key: () => ({ kind: 'key', down: type === 'keyDown', modifiers, ...keyOf(of) }),
      Wheel: () => ({ kind: 'wheel', x, y, dx: of.deltaX, dy: of.deltaY, modifiers }),
      Tap: () => ({ kind: 'tap', x, y }),
      Touch: () => ({ kind: 'touch', type, points: of.points }),
      Mouse: () => ({
        kind: 'mouse',
        type,
        x,
        y,
        button: BUTTONS.includes(of.button) ? of.button : 'left',
        buttons: of.buttons,
        modifiers,
        clicks: of.clickCount ?? 0,
      }),
    }[kind]();
    await this.view.send('input', { page: this.name, ...event });
    await this.settle();
  }

  /** Waits until the document has handled the input so far, or is gone by it. */
  async settle() {
    await this.#current?.send('Runtime.evaluate', { expression: '0' }).catch(() => {});
  }

  /**
   * Loads an address; answers when its document is known.
   * @returns {Promise<{ loaderId?: string }>} without an id for a step within the document
   */
  async navigate({ url, frameId, referrer }) {
    if (frameId && this.mainFrame && frameId !== this.mainFrame)
      throw new Error('WebKitGTK has no means for Playwright.navigate of a frame');
    this.#navigation?.reject(new Error('interrupted by another navigation'));
    await this.#current?.leave();
    await this.#queue; // what the last document has told
    return new Promise((resolve, reject) => {
      this.#navigation = { url, resolve, reject };
      this.view.send('load', { page: this.name, url, referrer }).catch(reject);
    });
  }

  /**
   * Tells the document of a navigation that was asked for, before events about it follow.
   * @param {string} [loaderId]
   */
  async navigated(loaderId) {
    this.#current?.stay();
    if (!this.#navigation) return;
    this.#navigation.resolve({ loaderId });
    this.#navigation = undefined;
    await new Promise((resolve) => setImmediate(resolve));
  }

  // Events of view.py.

  /** The address in the window: of the document, or of one that is asked for. */
  uri({ url }) {
    this.#later(async () => {
      const target = this.#current;
      if (!target || !(await target.isAt(url))) return;
      target.stay();
      if (this.#navigation?.url === url) await this.navigated();
      target.emit('Page.navigatedWithinDocument', { frameId: this.mainFrame, url });
    });
  }

  failed({ url, message }) {
    this.#later(() => {
      this.#current?.stay();
      if (this.#navigation?.url !== url) return;
      this.#navigation.reject(new Error(message));
      this.#navigation = undefined;
    });
  }

  crashed({ reason }) {
    process.stderr.write(`WebKit's process of ${this.name} ended: ${reason}\n`);
    for (const targetId of this.#targets.keys())
      this.emit('Target.targetDestroyed', { targetId, crashed: true });
  }

  dialog({ type, message, defaultPrompt }) {
    // Not in the queue: the script that asks keeps the target from answering.
    this.emit('Dialog.javascriptDialogOpening', { type, message, defaultPrompt });
  }
}
