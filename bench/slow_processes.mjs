// Makes a browser's renderer processes slower, with all their threads: the developer tools' own
// throttle is the page's thread's alone, and the core has another. A process is stopped for most of
// each few milliseconds.

import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';

// Milliseconds that a process runs at a time, and between two looks for new ones.
const RUN = 2;
const LOOK = 20;

/**
 * @param {import('playwright-core').Browser} browser
 * @param {number} slower how many times
 * @returns {Promise<() => Promise<void>>} lets them run again, before the browser is closed
 */
export async function slowProcesses(browser, slower) {
  const session = await browser.newBrowserCDPSession();
  const worker = new Worker(new URL(import.meta.url), { workerData: { slower } });
  let ended = false;
  const looking = (async () => {
    while (!ended) {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const renderers = processInfo.filter(({ type }) => type === 'renderer');
      worker.postMessage(renderers.map(({ id }) => id));
      await new Promise((done) => setTimeout(done, LOOK));
    }
  })();
  const end = async () => {
    ended = true;
    await looking;
    const gone = new Promise((done) => worker.once('exit', done));
    worker.postMessage(undefined);
    await gone;
    await session.detach();
  };
  /** @type {Promise<void> | undefined} */
  let ending;
  return () => (ending ??= end());
}

/** In the thread that stops them: a clock that nothing else holds up. */
function stopAndGo(port, { slower }) {
  const sleeping = new Int32Array(new SharedArrayBuffer(4));
  const sleep = (milliseconds) => Atomics.wait(sleeping, 0, 0, milliseconds);
  let processes = [];
  const tell = (signal) => {
    for (const id of processes)
      try {
        process.kill(id, signal);
      } catch {
        // It has ended.
      }
  };
  let on = true;
  port.on('message', (list) => {
    processes = list ?? [];
    on = !!list;
  });
  // How long they have to stand still for what they ran: neither pause is exact.
  let owed = 0;
  const since = (begin) => performance.now() - begin;
  const period = () => {
    const running = performance.now();
    sleep(RUN);
    tell('SIGSTOP');
    owed += since(running) * (slower - 1);
    const standing = performance.now();
    sleep(Math.max(0, owed));
    tell('SIGCONT');
    owed -= since(standing);
    if (on) setImmediate(period);
    else port.close();
  };
  period();
}

if (!isMainThread) stopAndGo(parentPort, workerData);
