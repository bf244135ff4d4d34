// How soon a first visit shows its text in each engine that is installed, beside docsify: node
// bench/engines.mjs [--rounds N]. Prepared by: python3 serve.py --build; cd bench && npm ci.
//
// The home page of 3 KB (two_texts.mjs) from raw sources with a manifest, and by docsify, from one
// server, unthrottled. Milliseconds by the page's own clock from the navigation until the first
// paragraph is in the document; medians of the rounds, in which engines and candidates take turns.
// Each visit is the first one of a new profile.
import { parseArgs } from 'node:util';
import { ALL, engines } from '../tests/web/engines.mjs';
import { MOVING, openPage } from '../tests/web/hosts.mjs';
import { median, table } from './measure.mjs';
import { serve } from './served.mjs';
import { makers } from './two_texts.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '11' } } });
const closing = [];
const t = { after: (f) => closing.push(f) };

/** Runs in the page: records when the first paragraph appeared. */
function observe() {
  new MutationObserver(() => {
    if (document.getElementById('home-begin')) window.textAt ??= performance.now();
  }).observe(document, { childList: true, subtree: true });
}

async function visit(engine, url) {
  const { page, context } = await openPage(t, await engine.browser(), MOVING);
  await page.addInitScript(observe);
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.textAt !== undefined);
  const at = await page.evaluate(() => window.textAt);
  await context.close();
  return at;
}

try {
  const { meridian, docsify } = makers(t);
  const ours = await serve(t, meridian('--raw'));
  const theirs = await serve(t, docsify());
  const there = engines(t.after, {}, ALL).filter(({ missing }) => !missing);
  const times = there.map((engine) => ({ engine, ours: [], theirs: [] }));
  for (let round = 0; round < Number(values.rounds); round++)
    for (const row of times) {
      const turns = [
        async () => row.ours.push(await visit(row.engine, ours)),
        async () => row.theirs.push(await visit(row.engine, theirs)),
      ];
      for (const turn of round % 2 ? turns.reverse() : turns) await turn();
    }
  const ms = (list) => `${Math.round(median(list))} ms`;
  console.log(
    table(
      ['', 'Meridian, raw sources', 'docsify, core', 'ratio'],
      times.map(({ engine, ours, theirs }) => [
        engine.name,
        ms(ours),
        ms(theirs),
        `${(median(theirs) / median(ours)).toFixed(2)} ×`,
      ]),
    ),
  );
} finally {
  for (const close of closing.reverse()) await close();
}
