// The playground releases all objects of projects that were open before. Objects are counted, not
// bytes: how much code a browser compiles, and when, does not depend on us.
// Runs alone: it counts what stays in memory.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromiumOnly } from './browser.mjs';
import { heapNodes } from './heap.mjs';
import { playgrounds, skip } from './playgrounds.mjs';

const playground = playgrounds(before, after);

// Projects that are opened before the first count, and between two counts: what stays of projects
// grows with each lot, while caches fill once, and a notice stands at one count and not at another.
const LOT = 12;
const LOTS = 2;
// Growth of a lot that is too much, for each kind of object.
const FEW = LOT / 2;
// Counts until the page is at rest (REST times the same number of nodes: notices and limits of time
// hold their objects until they have passed), and milliseconds between two.
const [TRIES, REST, PAUSE] = [12, 2, 2_500];

const start = (n) => ({
  title: `Project ${n}`,
  trusted: n % 2 === 0,
  open: 'index.md',
  files: {
    '_config.yml': 'title: T\n',
    'index.md': `---\nlayout: single\ntitle: Project ${n}\n---\n\nText ${n}. ![p](p.svg)\n`,
    'two.html': `---\n---\n<p>Second ${n}</p>\n`,
    'a.css': 'p { color: red }\n',
    'p.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>',
  },
});

/** The number of objects and functions of each kind in the page's heap, and the number of nodes. */
async function counted(session) {
  for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage');
  const counts = new Map();
  for (const { type, name } of await heapNodes(session)) {
    if (type !== 'object' && type !== 'closure') continue;
    const key = `${type} ${name}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const { documents, nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return counts.set('documents', documents).set('nodes', nodes).set('listeners', jsEventListeners);
}

/** What counted() says once the page is at rest. */
async function rested(page, session) {
  let last = await counted(session);
  for (let [tries, same] = [1, 1]; tries < TRIES && same < REST; tries++) {
    await page.waitForTimeout(PAUSE);
    const now = await counted(session);
    same = now.get('nodes') === last.get('nodes') ? same + 1 : 1;
    last = now;
  }
  return last;
}

/** The kinds of which there are at least `few` more, and how many more. */
const grown = (from, to, few) =>
  new Map(
    [...to].map(([kind, n]) => [kind, n - (from.get(kind) ?? 0)]).filter(([, more]) => more >= few),
  );

/** Opens projects one after the other: edits each, and opens another of its files. */
async function work(page, from, to) {
  for (let n = from; n < to; n++) {
    await page.evaluate(
      async ([start, n]) => {
        const element = document.querySelector('meridian-playground');
        const until = async (found) => {
          while (!found(element.playground))
            await new Promise((resolve) => setTimeout(resolve, 10));
        };
        element.open(start);
        await until(({ preview }) => preview.html.includes(`Text ${n}.`));
        element.playground.editor.view.dispatch({
          changes: {
            from: element.playground.project.text('index.md').length,
            insert: `More ${n}.\n`,
          },
        });
        await until(({ preview }) => preview.html.includes(`More ${n}.`));
        for (const path of ['a.css', '_config.yml', 'two.html'])
          await element.playground.open(path);
        await until(({ preview }) => preview.html.includes(`Second ${n}`));
      },
      [start(n), n],
    );
  }
}

test(
  'objects of projects that were open before are released',
  { skip: skip ?? chromiumOnly('objects are counted in a heap snapshot'), timeout: 240_000 },
  async (t) => {
    const { page, context, lines } = await playground(t);
    const session = await context.newCDPSession(page);
    const counts = [];
    for (let lot = 0; lot <= LOTS; lot++) {
      await work(page, lot * LOT, (lot + 1) * LOT);
      counts.push(await rested(page, session));
    }
    const growth = counts.slice(1).map((count, i) => grown(counts[i], count, FEW));
    const kept = [...growth[0]].filter(([kind]) => growth.every((more) => more.has(kind)));
    assert.deepEqual(kept, []);
    assert.equal(page.workers().length, 1);
    assert.equal(page.frames().length, 2);
    assert.deepEqual(lines, []);

    // Control: a listener that keeps its objects is found.
    await page.evaluate(() => {
      const { project } = document.querySelector('meridian-playground').playground;
      project.addEventListener('open', () => project.addEventListener('trust', function kept() {}));
    });
    const before = counts.at(-1);
    await work(page, (LOTS + 1) * LOT, (LOTS + 2) * LOT);
    assert.ok(grown(before, await counted(session), FEW).has('closure kept'));
  },
);
