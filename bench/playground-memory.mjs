// What the playground holds after much work: node bench/playground-memory.mjs [--edits 5000] [--switches 500]
// Prepared by: python3 serve.py --build; cd bench && npm ci. Wants Chromium.
//
// Letters are typed into the middle of 100 KB and taken out again, by the editor's own transactions; then projects are opened one after the
// other. From time to time garbage is collected, and what is left is printed: the heaps of the page, of the frame and of the core's thread,
// and the core's memory. All of it is to level off.
import { parseArgs } from 'node:util';
import { launch } from '../tests/web/browser.mjs';
import { DIST, host, openPage } from '../tests/web/hosts.mjs';
import { table } from './measure.mjs';
import { documents } from './prose.mjs';

const { values } = parseArgs({ options: { edits: { type: 'string', default: '5000' }, switches: { type: 'string', default: '500' } } });
const closing = [];
const t = { after: (f) => closing.push(f) };

const browser = await launch();
const { url } = await host(t, DIST);
const { page, context } = await openPage(t, browser, { viewport: { width: 1440, height: 900 } });
// The memory of modules, to be asked for.
const REMEMBER = 'const make = WebAssembly.instantiate; WebAssembly.instantiate = async (...all) => { const made = await make(...all); (self.memories ??= []).push(made.exports.memory); return made; };';
await page.route('**/playground/worker.js', async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: REMEMBER + (await response.text()) });
});
await page.goto(`${url}playground/`);
await page.locator('.cm-content').waitFor();
const start = (n) => ({ title: `Project ${n}`, trusted: true, open: 'index.md', files: { '_config.yml': 'title: T\n', 'index.md': `---\ntitle: Project ${n}\nlayout: single\n---\n\n${n ? `Text ${n}.\n` : documents(100_000)}` } });
const open = (n) => page.evaluate((project) => document.querySelector('meridian-playground').open(project), start(n));

const session = await context.newCDPSession(page);
const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1);
async function held() {
  await session.send('HeapProfiler.collectGarbage');
  const main = (await session.send('Runtime.getHeapUsage')).usedSize;
  const frame = page.frames().at(-1);
  const own = await context.newCDPSession(frame).catch(() => undefined);
  await own?.send('HeapProfiler.collectGarbage');
  const framed = own && (await own.send('Runtime.getHeapUsage')).usedSize;
  await own?.detach();
  const workers = page.workers();
  const memories = await Promise.all(workers.map((worker) => worker.evaluate(() => (self.memories ?? []).reduce((sum, { buffer }) => sum + buffer.byteLength, 0)).catch(() => 0)));
  return [megabytes(main), framed === undefined ? 'with the page' : megabytes(framed), `${megabytes(memories.reduce((sum, size) => sum + size, 0))} (${workers.length})`];
}

const rows = [];
await open(0);
await page.waitForTimeout(4000);
rows.push(['100 KB open', ...(await held())]);
const edits = Number(values.edits);
for (let done = 0; done < edits; ) {
  const some = Math.min(edits / 5, edits - done);
  await page.evaluate(async (count) => {
    const { editor, renderer } = document.querySelector('meridian-playground').playground;
    const at = editor.view.state.doc.toString().indexOf(' the ', editor.view.state.doc.length / 2);
    for (let i = 0; i < count; i++) {
      const length = 1 + (i % 20);
      editor.view.dispatch({ changes: i % 2 ? { from: at, to: at + (1 + ((i - 1) % 20)) } : { from: at, insert: 'x'.repeat(length) } });
      if (i % 25 === 24) await renderer.lines('index.md');
    }
  }, some);
  await page.waitForTimeout(1500);
  done += some;
  rows.push([`${done} edits`, ...(await held())]);
}
const switches = Number(values.switches);
for (let done = 0; done < switches; ) {
  const some = Math.min(switches / 5, switches - done);
  for (let i = 1; i <= some; i++) {
    await open(done + i);
    await page.waitForFunction((n) => document.querySelector('meridian-playground').playground.preview.html.includes(`Text ${n}.`), done + i, { polling: 20 });
  }
  await page.waitForTimeout(1500);
  done += some;
  rows.push([`${done} projects`, ...(await held())]);
}
console.log(table(['after', 'page, MB', 'frame, MB', 'core (threads), MB'], rows));
await browser.close();
for (const close of closing.reverse()) await close();
