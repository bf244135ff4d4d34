// One browser for all test files of a process: together.mjs runs many in one.
//
// A file that launches a browser gets its own view of the shared one: contexts that it makes, each
// with a storage, cookies and service workers of its own, are closed with it. Files with other
// options of the launch, such as names of hosts, get another browser. A browser that died is
// started again for the next file; the tests of the file that lost it fail.

/**
 * @typedef {import('playwright-core').Browser} Browser
 * @typedef {{ browser: Promise<Browser>, users: number }} Running
 */

/** @type {Map<string, Running>} by engine and options */
const running = new Map();
let kept = false;

/** Browsers stay until `closeBrowsers`, also while no file uses them. */
export const keepBrowsers = () => void (kept = true);
export const areKept = () => kept;

/** Closes the browsers of this process. */
export async function closeBrowsers() {
  const all = [...running.values()];
  running.clear();
  await Promise.all(all.map(async ({ browser }) => (await browser).close()));
}

/**
 * @param {string} key of the browser in `running`
 * @param {(options: object) => Promise<Browser>} begin
 * @param {object} options
 */
function start(key, begin, options) {
  const entry = { browser: begin(options), users: 0 };
  running.set(key, entry);
  const forget = () => running.get(key) === entry && running.delete(key);
  entry.browser.then((browser) => browser.on('disconnected', forget), forget);
  return entry;
}

/**
 * A browser for a file of tests.
 * @param {{ name: string, begin: (options: object) => Promise<Browser> }} engine
 * @param {object} [options] of the launch
 */
export async function borrow({ name, begin }, options = {}) {
  const key = `${name} ${JSON.stringify(options)}`;
  const entry = running.get(key) ?? start(key, begin, options);
  entry.users++;
  return view(await entry.browser, async () => {
    if (--entry.users || kept) return;
    if (running.get(key) === entry) running.delete(key);
    await (await entry.browser).close();
  });
}

/**
 * A browser with contexts of its own.
 * @param {Browser} browser
 * @param {() => Promise<void>} giveBack
 */
function view(browser, giveBack) {
  const contexts = new Set();
  let closed = false;
  const newContext = async (options) => {
    const context = await browser.newContext(options);
    contexts.add(context);
    context.on('close', () => contexts.delete(context));
    return context;
  };
  const own = {
    newContext,
    newPage: async (options) => {
      const context = await newContext(options);
      const page = await context.newPage();
      page.on('close', () => context.close().catch(() => {}));
      return page;
    },
    contexts: () => [...contexts],
    close: async () => {
      if (closed) return;
      closed = true;
      // Contexts of a browser that died are closed.
      await Promise.all([...contexts].map((context) => context.close().catch(() => {})));
      await giveBack();
    },
  };
  return new Proxy(browser, {
    get(target, name) {
      if (Object.hasOwn(own, name)) return own[name];
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/**
 * A browser for helpers that several files import: it is started by the first page.
 * @param {() => Promise<any>} launch
 * @param {(end: () => unknown) => void} after of node:test; ends the browser of a file by itself
 */
export function later(launch, after) {
  let browser;
  let there;
  const started = () =>
    (browser ??= launch().then((one) => {
      one.on('disconnected', () => (browser = there = undefined));
      return (there = one);
    }));
  if (!kept) after(async () => (await browser)?.close());
  return new Proxy(/** @type {any} */ ({}), {
    get(_, name) {
      if (name === 'newContext' || name === 'newPage')
        return async (options) => (await started())[name](options);
      return there?.[name];
    },
  });
}
