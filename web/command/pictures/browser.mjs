// This machine's Chromium or Chrome, without a window, and the DevTools protocol with it over a
// pipe that no other program can reach.

import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

// The shell without a window first: it takes half the processor time.
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

// Milliseconds for one answer of the browser: a script of a page may never end.
const ANSWER_PATIENCE = 30_000;
// Milliseconds for a browser to end by itself.
const END_PATIENCE = 2000;

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of the browser: what $CHROMIUM names, else the first that is there; or undefined. */
export function findBrowser({ CHROMIUM, PATH = '' } = process.env) {
  const folders = PATH.split(delimiter).filter(Boolean);
  const places = CHROMIUM
    ? [CHROMIUM, ...folders.map((folder) => join(folder, CHROMIUM))]
    : [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES];
  return places.find(isProgram);
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} milliseconds after which it rejects
 * @returns {Promise<T>}
 */
export function within(promise, milliseconds) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`it gave no answer within ${milliseconds / 1000} s`)),
      milliseconds,
    );
  });
  return /** @type {Promise<T>} */ (Promise.race([promise, late])).finally(() =>
    clearTimeout(timer),
  );
}

/** @typedef {(method: string, parameters?: object) => Promise<any>} Send */

/** A browser with a profile of its own, which is removed with it. */
export class Browser {
  #profile = mkdtempSync(join(tmpdir(), 'meridian-browser-'));
  #last = 0;
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  #asked = new Map();
  /** @type {Map<string, (method: string, parameters: any) => void>} */
  #listeners = new Map();
  #waiting = '';
  /** @type {Error | undefined} */
  #ended;

  /**
   * @param {string} program
   * @param {Record<string, number>} ports of this machine, by the names that have them
   */
  constructor(program, ports) {
    const names = Object.entries(ports).map(([name, port]) => `MAP ${name}:80 127.0.0.1:${port}`);
    const child = spawn(
      program,
      [
        '--headless',
        '--remote-debugging-pipe',
        `--user-data-dir=${this.#profile}`,
        // Pages get what these have, and nothing else: no other host, and no other port of this
        // machine, where a page of a stranger might do something.
        `--host-resolver-rules=${[...names, 'MAP * ~NOTFOUND'].join()}`,
        '--webrtc-ip-handling-policy=disable_non_proxied_udp',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--hide-scrollbars',
        '--blink-settings=imageAnimationPolicy=2', // of a moving picture the first frame
        '--mute-audio',
        '--no-first-run',
        '--force-color-profile=srgb',
        // Chromium's sandbox does not work for root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
        // A group of its own, which ends as a whole; it also ends when nobody holds its pipe.
        detached: process.platform !== 'win32',
      },
    );
    this.child = child;
    this.over = new Promise((resolve) => {
      /** @param {string} why */
      const end = (why) => {
        this.#ended ??= new Error(`the browser ${why}`);
        for (const { reject } of this.#asked.values()) reject(this.#ended);
        this.#asked.clear();
        resolve(undefined);
      };
      child.once('error', (error) => end(`can’t be started: ${error.message}`));
      child.once('exit', (code, signal) => end(`ended with ${signal ?? code}`));
    });
    const [, , , input, output] = child.stdio;
    this.input = /** @type {import('node:stream').Writable} */ (input);
    this.input.on('error', () => {});
    /** @type {import('node:stream').Readable} */ (output)
      .setEncoding('utf8')
      .on('data', (text) => this.#receive(text));
  }

  /** @param {string} text */
  #receive(text) {
    const messages = (this.#waiting + text).split('\0');
    this.#waiting = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result, error, method, params, sessionId } = JSON.parse(message);
      if (method) this.#listeners.get(sessionId)?.(method, params);
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (error) asked?.reject(new Error(error.message));
      else asked?.resolve(result);
    }
  }

  /** @type {Send} */
  send = (method, parameters) => this.#send(method, parameters);

  /** @param {string} method @param {object} [params] @param {string} [sessionId] */
  #send(method, params = {}, sessionId) {
    const answer = new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const id = ++this.#last;
      this.#asked.set(id, { resolve, reject });
      this.input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
    return within(answer, ANSWER_PATIENCE);
  }

  /**
   * A new page that shares nothing with others.
   * @returns {Promise<{ send: Send, listen: (listener: (method: string, parameters: any) => void)
   *   => void, close: () => Promise<void> }>}
   */
  async open() {
    const { browserContextId } = await this.send('Target.createBrowserContext', {
      disposeOnDetach: true,
    });
    const { targetId } = await this.send('Target.createTarget', {
      url: 'about:blank',
      browserContextId,
    });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    return {
      send: (method, parameters) => this.#send(method, parameters, sessionId),
      listen: (listener) => void this.#listeners.set(sessionId, listener),
      close: async () => {
        this.#listeners.delete(sessionId);
        await this.send('Target.disposeBrowserContext', { browserContextId }).catch(() => {});
      },
    };
  }

  kill() {
    const { pid } = this.child;
    try {
      if (pid) process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    } catch {
      // It is gone.
    }
  }

  async close() {
    this.send('Browser.close').catch(() => {});
    const timer = setTimeout(() => this.kill(), END_PATIENCE);
    await this.over;
    clearTimeout(timer);
    // Where the program is a script that has started the browser.
    this.kill();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
