// The playground releases all objects of projects that were open before. Objects are counted, not
// bytes: how much code a browser compiles, and when, does not depend on us.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromiumOnly } from './browser.mjs';
import { heapNodes } from './heap.mjs';
import { playgrounds, skip } from './playgrounds.mjs';

const playground = playgrounds(before, after);

// Projects that are opened before the first count, and between that and the last.
const [WARM, MORE] = [12, 24];
// Allowed growth for each kind of object: for caches that fill, and for differences between the
// first and the last project.
const FEW = MORE / 2;
// Counts until no object waits for release, and milliseconds between two: limits of time hold their
// objects until they have passed.
const [TRIES, PAUSE] = [12, 2_500];

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
    await work(page, 0, WARM);
    const first = await counted(session);
    await work(page, WARM, WARM + MORE);
    let more;
    for (let tries = 0; tries < TRIES && (tries === 0 || more.length); tries++) {
      if (tries) await page.waitForTimeout(PAUSE);
      const last = await counted(session);
      more = [...last]
        .map(([kind, count]) => [kind, count - (first.get(kind) ?? 0)])
        .filter(([, count]) => count >= FEW);
    }
    assert.deepEqual(more, []);
    assert.equal(page.workers().length, 1);
    assert.equal(page.frames().length, 2);
    assert.deepEqual(lines, []);

    // Control: a listener that keeps its objects is found.
    await page.evaluate(() => {
      const { project } = document.querySelector('meridian-playground').playground;
      project.addEventListener('open', () => project.addEventListener('trust', function kept() {}));
    });
    const before = await counted(session);
    await work(page, WARM + MORE, WARM + MORE + FEW);
    assert.ok(
      (await counted(session)).get('closure kept') - (before.get('closure kept') ?? 0) >= FEW,
    );
  },
);
