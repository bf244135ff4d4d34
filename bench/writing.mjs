// What a writer waits for: node bench/writing.mjs [--keys 60]. Prepared by: python3 serve.py
// --build. Wants Chromium, and a quiet machine.
//
// "a letter on the page": a paragraph of a page of 100 KB is written in; from a key's event in the
// frame to the first task after the frame of the screen that shows it. "the browser alone": the
// same for a paragraph of that page without the playground. "a completion": from the key's event to
// the first task after the list of options is painted, in a project of 2,000 pages. "all problems":
// of a project of 500 pages, from the first edit until each page is checked, and the longest task
// of the window meanwhile.
import { parseArgs } from 'node:util';
import { launch } from '../tests/web/browser.mjs';
import { DIST, MOVING, host, openPage } from '../tests/web/hosts.mjs';
import { median, milliseconds, table } from './measure.mjs';
import { documents } from './prose.mjs';

const { values } = parseArgs({ options: { keys: { type: 'string', default: '60' } } });
const KEYS = Number(values.keys);
const closing = [];
const t = { after: (f) => closing.push(f) };
// Milliseconds between two keys, and until a project is idle.
const [PAUSE, REST] = [80, 3000];
const PAGES = 500;
const FILES = 2000;

const { url } = await host(t, DIST, {
  answer(request, response, path) {
    if (path !== '/bench.html') return false;
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,"><style>html, body { margin: 0; height: 100% } meridian-playground { display: block; height: 100vh }</style><meridian-playground></meridian-playground><script type="module" src="/playground/playground.js"></script></html>',
    );
    return true;
  },
});
const browser = await launch();

/** A page with the playground and a project of one's own. */
async function withProject(files, open) {
  const { page, context } = await openPage(t, browser, {
    ...MOVING,
    viewport: { width: 1440, height: 900 },
  });
  await page.addInitScript(watch);
  await page.goto(`${url}bench.html`);
  await page.locator('.cm-content').waitFor();
  await page.evaluate((start) => document.querySelector('meridian-playground').open(start), {
    title: 'Bench',
    trusted: true,
    files,
    open,
  });
  await page.frameLocator('iframe:not([aria-hidden])').locator('main').first().waitFor();
  await page.waitForTimeout(REST);
  return { page, context };
}

/**
 * A site with a home page and notes.
 * @param {number} count of the notes
 * @param {(at: number) => string} text of each
 */
function notes(count, text) {
  const files = {
    '_config.yml': 'title: Bench\n',
    'index.md': '---\ntitle: Home\nlayout: single\n---\n\nText.\n',
  };
  for (let at = 0; at < count; at++)
    files[`notes/note-${at}.md`] = `---\ntitle: Note ${at}\nlayout: single\n---\n\n${text(at)}\n`;
  return files;
}

/** In every document: `painted()` resolves to the milliseconds from the last key to its paint. */
function watch() {
  let keyed = 0;
  addEventListener('keydown', ({ timeStamp }) => (keyed = timeStamp), { capture: true });
  /** The first task after a frame, once `there` is true by then. */
  window.painted = (there) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      const look = () => requestAnimationFrame(() => port2.postMessage(0));
      port1.onmessage = () => (there() ? resolve(performance.now() - keyed) : look());
      look();
    });
  window.tasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.tasks.push(duration);
  }).observe({ type: 'longtask' });
}

/** Presses a key, and gives the milliseconds until `there` holds in the document of `frame`. */
async function press(page, frame, key, there) {
  const seen = frame.evaluateHandle(
    (there) => ({
      time: new Promise((resolve) =>
        addEventListener(
          'keydown',
          () => resolve(window.painted(new Function(`return ${there}`))),
          { capture: true, once: true },
        ),
      ),
    }),
    there,
  );
  const handle = await seen;
  await page.keyboard.press(key);
  const took = await handle.evaluate(({ time }) => time);
  await page.waitForTimeout(PAUSE);
  return took;
}

const share = (times, part) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))];
const rows = [];
const row = (name, times) => {
  rows.push([name, milliseconds(median(times)), milliseconds(share(times, 0.95))]);
  console.error(rows.at(-1).join(' | '));
};

// ---- a letter on the page ----
{
  const text = `---\ntitle: Bench\nlayout: single\n---\n\nThe place to write.\n\n${documents(100_000)}`;
  const { page, context } = await withProject(
    { 'index.md': text, '_config.yml': 'title: Bench\n' },
    'index.md',
  );
  const frame = page.frames().find((one) => one !== page.mainFrame());
  const place = frame.getByText('The place to write.');
  await place.dblclick();
  await frame.locator('[contenteditable]').first().waitFor();
  await page.keyboard.press('End');
  const times = [];
  for (let at = 0; at < KEYS; at++)
    times.push(await press(page, frame, 'abcdefghij'[at % 10], 'true'));
  row('a letter on the page, 100 KB', times.slice(5));
  const alone = [];
  await frame.evaluate(() => {
    const paragraph = [...document.querySelectorAll('main p')].at(-1);
    const plain = paragraph.cloneNode(true);
    plain.contentEditable = 'true';
    // The frame's listeners don't meet its keys.
    for (const type of ['keydown', 'beforeinput', 'input', 'keyup'])
      plain.addEventListener(type, (event) => event.stopPropagation());
    document.querySelector('main').prepend(plain);
    plain.focus();
  });
  for (let at = 0; at < KEYS; at++)
    alone.push(await press(page, frame, 'abcdefghij'[at % 10], 'true'));
  row('… the browser alone', alone.slice(5));
  await context.close();
}

// ---- a completion ----
{
  const files = notes(FILES, (at) => `Text of ${at}.`);
  const { page, context } = await withProject(files, 'index.md');
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+End');
  const LIST =
    'document.querySelector("meridian-playground").shadowRoot.querySelector(".cm-tooltip-autocomplete li")';
  const times = [];
  for (let at = 0; at < 12; at++) {
    await page.keyboard.type('\n\n[x]');
    times.push(await press(page, page.mainFrame(), '(', LIST));
    await page.keyboard.press('Escape');
  }
  row('a completion, 2,000 pages: the first', times.slice(0, 1));
  row('… later ones', times.slice(1));
  await context.close();
}

// ---- problems ----
{
  const text = documents(2000);
  const files = notes(PAGES, (at) => `${text}\n\n[Lost](/nowhere-${at}/)`);
  const { page, context } = await withProject(files, 'index.md');
  const done = () =>
    page.evaluate(() => {
      const { others } = document.querySelector('meridian-playground').playground.loop;
      const pages = [...others.pages.values()];
      return pages.length >= 500 && pages.every(({ state }) => state === others.state);
    });
  const until = async () => {
    while (!(await done())) await page.waitForTimeout(50);
  };
  await until();
  const times = [];
  const longest = [];
  for (let round = 0; round < 3; round++) {
    await page.locator('.cm-content').click();
    await page.evaluate(() => (window.tasks.length = 0));
    const begin = performance.now();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('x');
    await until();
    times.push(performance.now() - begin);
    longest.push(Math.max(0, ...(await page.evaluate(() => window.tasks))));
  }
  row('all problems of 500 pages', times);
  row('… the longest task of the window (0: none over 50 ms)', longest);
  await context.close();
}

console.log(table(['what', 'median', '95 of 100'], rows));
for (const close of closing) await close();
await browser.close();
