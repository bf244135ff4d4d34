// A page as a visitor sees it, with everything equal that may differ between two visits: other
// origins are out of reach, nothing moves, the clock stands still, and chance is the same.
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import { unescape } from 'node:querystring';
import { TYPES, painted } from '../../tests/web/hosts.mjs';

// A screenshot's height in pixels: what follows on a long page looks as what came before.
const HIGHEST = 4000;
// Milliseconds for a page to load, and then for its last requests to be answered.
const [LOADED, IDLE] = [60_000, 10_000];
// How often a page's height is measured until it stays.
const TRIES = 20;
// Chromium shows the first picture of an animated one.
export const STILL = ['--blink-settings=imageAnimationPolicy=2'];

const FONTS = { '.woff2': 'font/woff2', '.woff': 'font/woff', '.ttf': 'font/ttf' };
// Where a message's stack begins: inline scripts have other lines in ours.
const STACK = /\n\s+at [^]*/;

/**
 * Serves a folder below a path, as GitHub Pages does: /a is also /a.html, and 404.html answers for
 * what is not there; texts are UTF-8. Slashes count once, as most hosts have it. Gives the port.
 * @param {{ after: (act: () => unknown) => void }} t
 * @param {string} folder
 * @param {string} baseurl
 */
export async function serve(t, folder, baseurl) {
  const isFile = (path) => existsSync(path) && statSync(path).isFile();
  const server = createServer((request, response) => {
    const path = unescape((request.url ?? '/').replace(/[?#].*/, '')).replace(/\/{2,}/g, '/');
    const inside = path === baseurl || path.startsWith(`${baseurl}/`);
    const at = normalize(join(folder, path.slice(baseurl.length)));
    const found =
      inside && (at + sep).startsWith(normalize(folder + sep))
        ? [at, join(at, 'index.html'), `${at}.html`].find(isFile)
        : undefined;
    const file = found ?? join(folder, '404.html');
    const type = { ...TYPES, ...FONTS }[extname(file)] ?? 'text/plain';
    response.writeHead(found ? 200 : 404, {
      'content-type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
      'access-control-allow-origin': '*',
    });
    response.end(isFile(file) ? readFileSync(file) : 'no such file');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}

/**
 * Runs in the page: its clock stands still, and numbers of chance are the same in each visit
 * (mulberry32). Playwright's clock would stop the browser's own measurements as well.
 */
function sameConditions(now) {
  window.Date = new Proxy(Date, {
    apply: (Date) => new Date(now).toString(),
    construct: (Date, args, caller) => Reflect.construct(Date, args.length ? args : [now], caller),
    get: (Date, key) => (key === 'now' ? () => now : Reflect.get(Date, key)),
  });
  let state = 1;
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Runs in the page: brings what loads when it is scrolled to, and returns to the beginning. */
async function scrollThrough(highest) {
  const frame = () => new Promise((then) => requestAnimationFrame(() => setTimeout(then, 20)));
  const height = () => Math.min(highest, document.documentElement.scrollHeight);
  for (let y = 0; y < height(); y += innerHeight) {
    scrollTo({ top: y, behavior: 'instant' });
    await frame();
  }
  scrollTo({ top: 0, behavior: 'instant' });
  await frame();
}

/**
 * Opens a page and takes its screenshot.
 * @param {import('playwright-core').Browser} browser
 * @param {{ port: number, address: string, site: string, width: number, time: Date }} visit
 *   `address`: the path on the host; `site`: the site's `url`, whose requests the host answers
 * @returns {Promise<{ png: Buffer, height: number, messages: string[] }>} `height`: the whole
 *   page's; `messages`: warnings and errors of the console, without the host's name
 */
export async function look(browser, { port, address, site, width, time }) {
  // On localhost the shell shows more; this name resolves to it.
  const host = `http://reader.localhost:${port}`;
  // Names of hosts have no capitals in requests.
  const own = site && URL.canParse(site) ? new URL(site).href.replace(/\/$/, '') : site;
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
    serviceWorkers: 'block',
  });
  try {
    context.setDefaultTimeout(LOADED);
    await context.addInitScript(sameConditions, time.getTime());
    await context.route(
      (url) => url.origin !== host,
      async (route) => {
        const asked = route.request().url();
        if (!own || !`${asked}/`.startsWith(`${own}/`)) return route.abort('blockedbyclient');
        // Node does not know the name.
        const here = `http://127.0.0.1:${port}${asked.slice(own.length) || '/'}`;
        // The page may be gone by then.
        return route
          .fetch({ url: here })
          .then((response) => route.fulfill({ response }))
          .catch(() => {});
      },
    );
    const page = await context.newPage();
    const messages = [];
    const plain = (text) => text.replaceAll(host, '').replaceAll(own || host, '');
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      // Inline scripts run as files of their own in ours.
      const { url } = message.location();
      const inline = url.startsWith('blob:') || url === host + address;
      const text = message.text().replace(STACK, '');
      messages.push(plain(`${text} ${inline ? '' : url}`.trim()));
    });
    page.on('pageerror', (error) => messages.push(plain(String(error))));
    await page.goto(host + address, { waitUntil: 'load', timeout: LOADED });
    // The shell's own <main>, until the page is there.
    await page.waitForFunction(() => !document.querySelector('main[aria-busy]'));
    const idle = () => page.waitForLoadState('networkidle', { timeout: IDLE }).catch(() => {});
    await idle();
    await page.evaluate(scrollThrough, HIGHEST);
    await idle();
    const height = await restingHeight(page);
    // Text is invisible while its font loads, which may begin after the page has loaded.
    await page.waitForFunction(() =>
      [...document.fonts].every(({ status }) => status !== 'loading'),
    );
    await painted(page);
    const clip = { x: 0, y: 0, width, height: Math.max(1, Math.min(height, HIGHEST)) };
    const png = await page.screenshot({
      fullPage: true,
      clip,
      animations: 'disabled',
      caret: 'hide',
      scale: 'css',
    });
    return { png, height, messages };
  } finally {
    await context.close();
  }
}

/** The height of the whole page, once two measurements are equal. */
async function restingHeight(page) {
  let [before, now] = [-1, 0];
  for (let tries = 0; before !== now && tries < TRIES; tries++) {
    before = now;
    await painted(page);
    await page.waitForTimeout(60);
    now = await page.evaluate(() => document.documentElement.scrollHeight);
  }
  return now;
}
