// What the playground holds after much work: node bench/playground-memory.mjs [--edits 5000]
// [--switches 500] Prepared by: python3 serve.py --build; cd bench && npm ci. Wants Chromium.
//
// Letters are typed into the middle of 100 KB and taken out again, by the editor's own
// transactions; then projects are opened one after the other. From time to time garbage is
// collected, and what is left is printed: the heap of the page, how much of it are objects (the
// rest is code that the browser has compiled: more of it the longer a function is in use), its
// nodes and listeners, the heap of the frame, the threads of the core and their memory, and the
// browser's own entries of the page's times. All of it is to level off.
import { parseArgs } from 'node:util';
import { launch } from '../tests/web/browser.mjs';
import { heapNodes } from '../tests/web/heap.mjs';
import { DIST, MOVING, host, openPage } from '../tests/web/hosts.mjs';
import { table } from './measure.mjs';
import { documents } from './prose.mjs';

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '5000' },
    switches: { type: 'string', default: '500' },
  },
});
const closing = [];
const t = { after: (f) => closing.push(f) };

const browser = await launch();
const { url } = await host(t, DIST);
const { page, context } = await openPage(t, browser, {
  ...MOVING,
  viewport: { width: 1440, height: 900 },
});
// The WebAssembly memories, for queries.
const REMEMBER =
  'const make = WebAssembly.instantiate; WebAssembly.instantiate = async (...all) => { const made = await make(...all); (self.memories ??= []).push(made.exports.memory); return made; };';
await page.route('**/playground/worker.js', async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: REMEMBER + (await response.text()) });
});
await page.goto(`${url}playground/`);
await page.locator('.cm-content').waitFor();
const start = (n) => ({
  title: `Project ${n}`,
  trusted: true,
  open: 'index.md',
  files: {
    '_config.yml': 'title: T\n',
    'index.md': `---\ntitle: Project ${n}\nlayout: single\n---\n\n${n ? `Text ${n}.\n` : documents(100_000)}`,
  },
});
const open = (n) =>
  page.evaluate((project) => document.querySelector('meridian-playground').open(project), start(n));

const session = await context.newCDPSession(page);
const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1);
/**
 * Bytes of all objects, strings and arrays of the page's heap: without compiled code and the
 * browser's own data.
 */
async function objects() {
  const counted = [
    'array',
    'string',
    'object',
    'closure',
    'regexp',
    'number',
    'symbol',
    'bigint',
    'concatenated string',
    'sliced string',
  ];
  return (await heapNodes(session)).reduce(
    (sum, { type, size }) => sum + (counted.includes(type) ? size : 0),
    0,
  );
}

async function held() {
  // Objects that the first collection finalizes are freed by the second.
  for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage');
  const main = (await session.send('Runtime.getHeapUsage')).usedSize;
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  const entries = await page.evaluate(() => performance.getEntries().length);
  const frame = page.frames().at(-1);
  const own = await context.newCDPSession(frame).catch(() => undefined);
  await own?.send('HeapProfiler.collectGarbage');
  const framed = own && (await own.send('Runtime.getHeapUsage')).usedSize;
  await own?.detach();
  const workers = page.workers();
  const memories = await Promise.all(
    workers.map((worker) =>
      worker
        .evaluate(() =>
          (self.memories ?? []).reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
        )
        .catch(() => 0),
    ),
  );
  return [
    megabytes(main),
    (await objects()) / 1024,
    nodes,
    jsEventListeners,
    framed === undefined ? 'with the page' : megabytes(framed),
    `${megabytes(memories.reduce((sum, size) => sum + size, 0))} (${workers.length})`,
    entries,
  ].map((cell) => (typeof cell === 'number' ? Math.round(cell).toLocaleString('en') : cell));
}

const rows = [];
await open(0);
await page.waitForTimeout(4000);
rows.push(['100 KB open', ...(await held())]);
const edits = Number(values.edits);
for (let done = 0; done < edits;) {
  const some = Math.min(edits / 5, edits - done);
  await page.evaluate(async (count) => {
    const { editor, renderer } = document.querySelector('meridian-playground').playground;
    const at = editor.view.state.doc.toString().indexOf(' the ', editor.view.state.doc.length / 2);
    for (let i = 0; i < count; i++) {
      const length = 1 + (i % 20);
      editor.view.dispatch({
        changes:
          i % 2
            ? { from: at, to: at + (1 + ((i - 1) % 20)) }
            : { from: at, insert: 'x'.repeat(length) },
      });
      if (i % 25 === 24) await renderer.lines('index.md');
    }
  }, some);
  await page.waitForTimeout(1500);
  done += some;
  rows.push([`${done} edits`, ...(await held())]);
}
const switches = Number(values.switches);
const samples = [50, 100, 200, 300, 400, 500].map((of) => Math.round((of * switches) / 500));
for (let done = 1; done <= switches; done++) {
  await open(done);
  await page.waitForFunction(
    (n) =>
      document.querySelector('meridian-playground').playground.preview.html.includes(`Text ${n}.`),
    done,
    { polling: 20 },
  );
  if (!samples.includes(done)) continue;
  await page.waitForTimeout(1500);
  rows.push([`${done} projects`, ...(await held())]);
}
console.log(
  table(
    [
      'after',
      'page, MB',
      'objects, KB',
      'nodes',
      'listeners',
      'frame, MB',
      'core (threads), MB',
      'entries',
    ],
    rows,
  ),
);
await browser.close();
for (const close of closing.reverse()) await close();
