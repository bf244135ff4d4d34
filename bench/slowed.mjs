// A browser whose pages get a share of the processor: their processes are stopped and continued in
// turn, all threads of each. DevTools slow down a page's main thread alone, not its workers.
import { performance } from 'node:perf_hooks';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const drawing = async (session) =>
  (await session.send('SystemInfo.getProcessInfo')).processInfo.filter(({ type }) =>
    /renderer|GPU/i.test(type),
  );

/** Milliseconds of the processor that the processes take for an act which draw and run pages. */
export async function processorTime(browser, act) {
  const session = await browser.newBrowserCDPSession();
  const sum = async () =>
    (await drawing(session)).reduce((all, { cpuTime }) => all + cpuTime * 1000, 0);
  const begin = await sum();
  const value = await act();
  const took = (await sum()) - begin;
  await session.detach();
  return { value, took };
}

// Milliseconds that the processes run in each turn: less than a frame.
const TURN = 5;

/**
 * What an act resolves to, while the processes that draw and run pages have this share of the time;
 * `share`: what they really had, at most.
 *
 * @template T
 * @param {import('playwright').Browser} browser Chromium
 * @param {number} share such as 0.25
 * @param {() => Promise<T>} act
 * @returns {Promise<{ value: T, share: number }>}
 */
export async function slowed(browser, share, act) {
  const session = await browser.newBrowserCDPSession();
  const ids = (await drawing(session)).map(({ id }) => id);
  const all = (signal) => {
    for (const id of ids)
      try {
        process.kill(id, signal);
      } catch {
        // It has ended.
      }
  };
  let [ended, ran] = [false, 0];
  const begin = performance.now();
  const work = act().finally(() => (ended = true));
  while (!ended) {
    all('SIGCONT');
    const from = performance.now();
    await pause(TURN);
    all('SIGSTOP');
    const took = performance.now() - from;
    ran += took;
    // A turn that was late is made up for.
    await pause((took * (1 - share)) / share);
  }
  all('SIGCONT');
  await session.detach();
  return { value: await work, share: ran / (performance.now() - begin) };
}
