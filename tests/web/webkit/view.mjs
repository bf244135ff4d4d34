// The processes of the browser: a virtual screen, and the windows of WebKitGTK on it (view.py).

import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const SCREEN = '4096x4096x24'; // larger than any window of the tests
const START = 60_000; // milliseconds until a program that has not started is given up

/** Commands to view.py as promises, and its events: `on(name, (params) => …)`. */
class View extends EventEmitter {
  #child;
  #screen;
  #profiles;
  #waiting = new Map();
  #last = 0;

  constructor(child, screen, profiles) {
    super();
    this.#child = child;
    this.#screen = screen;
    this.#profiles = profiles;
    createInterface({ input: child.stdout }).on('line', (line) => this.#receive(JSON.parse(line)));
    child.on('exit', () => this.emit('end'));
    screen.on('exit', () => this.emit('end'));
    child.stdin.on('error', () => {});
  }

  #receive(message) {
    if (message.event) {
      this.emit(message.event, message);
      return;
    }
    const { resolve, reject } = this.#waiting.get(message.id) ?? {};
    this.#waiting.delete(message.id);
    if (message.error) reject?.(new Error(message.error));
    else resolve?.(message.result);
  }

  /**
   * @param {string} method of view.py's Commands
   * @param {object} params
   * @returns {Promise<any>}
   */
  send(method, params) {
    const id = ++this.#last;
    this.#child.stdin.write(`${JSON.stringify({ id, method, params })}\n`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Hands a message to the inspector of a page. */
  post(page, text) {
    this.#child.stdin.write(`${JSON.stringify({ method: 'post', params: { page, text } })}\n`);
  }

  stop() {
    this.removeAllListeners('end');
    this.#child.kill('SIGKILL');
    this.#screen.kill();
    rmSync(this.#profiles, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** Rejects when the program ends, or does nothing for too long, before the promise resolves. */
async function startOf(child, name, promise) {
  const timer = new AbortController();
  try {
    return await Promise.race([
      promise,
      once(child, 'exit', timer).then(([code]) => {
        throw new Error(`${name} ended with ${code}`);
      }),
      new Promise((_, reject) => {
        const timeout = setTimeout(() => reject(new Error(`${name} did not start`)), START);
        timer.signal.addEventListener('abort', () => clearTimeout(timeout));
      }),
    ]);
  } finally {
    timer.abort();
  }
}

/**
 * @param {{ python: string, xvfb: string }} programs by their paths
 * @returns {Promise<View>}
 */
export async function startView({ python, xvfb }) {
  const screen = spawn(
    xvfb,
    ['-displayfd', '1', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [number] = await startOf(screen, 'Xvfb', once(screen.stdout, 'data'));
  const profiles = mkdtempSync(join(tmpdir(), 'meridian-webkit-'));
  const child = spawn(python, [join(FOLDER, 'view.py'), profiles], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DISPLAY: `:${String(number).trim()}`,
      GDK_BACKEND: 'x11',
      GTK_IM_MODULE: 'gtk-im-context-simple',
      GIO_USE_VFS: 'local',
      GSETTINGS_BACKEND: 'memory',
      LANG: 'en_US.UTF-8', // of numbers and dates, as of the other engines
      LC_ALL: '',
      NO_AT_BRIDGE: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      WEBKIT_INSPECTOR_SERVER: `127.0.0.1:${await freePort()}`,
    },
  });
  const view = new View(child, screen, profiles);
  await startOf(child, 'view.py', once(view, 'ready'));
  return view;
}
