// With any fault in any file the reader sees the page's text or a reason, and no script of the
// shell throws: as docs/faults.md lists for each file and each fault.
//
//   MERIDIAN_FAULTS='more.js;cut'       the visits of a file, a fault or a table of the
//                                       documentation alone
//   MERIDIAN_FAULTS=all                 every file with every fault, some minutes
//   MERIDIAN_FAULTS=write               the same, and writes the results into docs/faults.md
//   MERIDIAN_FAULTS='write;more.js'     writes these
// Runs alone: it takes minutes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { FAULTS, LATE, meets } from './broken.mjs';
import { launch, webkitLacks } from './browser.mjs';
import { chosen } from './engines.mjs';
import { readTable, rowOf, writeTable } from './faults-table.mjs';
import { host, noBrowser, openPage } from './hosts.mjs';
import { SENTENCE } from './network-site.mjs';
import { VISITS, visitor } from './network-visits.mjs';
import { trapping } from './trapping.mjs';

const skip = noBrowser();
const asked = process.env.MERIDIAN_FAULTS?.split(';');
const writes = !!asked?.includes('write');
/** True for all visits, when the variable names nothing else. */
const only = asked?.length === 1 && (writes || asked[0] === 'all') ? [''] : asked;
const NAMES = Object.keys(FAULTS);
// Of a document that repeats itself; some megabytes, which each browser parses in a second or two.
const COPIES = 100;
/** Faults that the browser's reader does not meet. */
const unmet = webkitLacks('takes text that is no gzip as it is') ? ['wrong encoding'] : [];

/**
 * The faults to test when not all are wanted: one of each kind, in rotation.
 * @param {boolean} [essential] the text needs the file
 * @param {number} turn
 */
const few = (essential, turn) => {
  const always = essential ? ['404', 'half, then nothing', 'flipped bits'] : [];
  return new Set([...always, ...[0, 7].map((step) => NAMES[(turn * 3 + step) % NAMES.length])]);
};
const wanted = (kind, file, turn) =>
  NAMES.filter((fault) =>
    only
      ? only.some((part) => file.endsWith(part) || fault === part || kind.title === part)
      : few(kind.essential, turn).has(fault),
  ).filter((fault) => !unmet.includes(fault));

let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

// Outcomes that no reader may meet.
const BAD = /^$|^source$|BLANK|THROWN|reason without/;
const STALLS = new Set(['no answer', 'headers, then nothing', 'half, then nothing', 'endless']);
/**
 * What the table says, or in Firefox the text above it: over HTTP/1.1 a preloaded sheet that stalls
 * keeps the playground's worker waiting.
 */
const expects = (known, file) =>
  Object.fromEntries(
    Object.entries(known).map(([fault, seen]) => [
      fault,
      chosen === 'firefox' && file === '/playground/playground.css' && STALLS.has(fault)
        ? 'source, reason'
        : seen,
    ]),
  );
/** The flipped bits differ in each build, so all good outcomes count as equal. */
const worded = (fault, seen) => (fault === 'flipped bits' && !BAD.test(seen) ? 'varies' : seen);

test(
  'with any fault in any file the reader sees text or a reason, as docs/faults.md says',
  { skip, concurrency: true },
  async (t) => {
    const visit = visitor(t, browser);
    const said = readTable();
    const found = new Map();
    const rows = VISITS.flatMap((kind) => kind.files.map((file) => ({ kind, file })));
    const tried = rows.map(({ kind, file }, turn) =>
      t.test(`${kind.title}: ${file}`, async (t) => {
        const row = {};
        const known = said.get(rowOf(kind.title, file)) ?? {};
        const expected = writes ? {} : expects(known, file);
        const one = async (fault) => {
          const wish = expected[fault] === 'varies' ? undefined : expected[fault];
          let result = await visit(kind, file, fault, wish);
          // On a machine that stands still for seconds more, the shell gives the file up.
          if (wish && fault === LATE && result.seen !== wish)
            result = await visit(kind, file, fault, wish);
          const { seen, thrown } = result;
          row[fault] =
            worded(fault, seen) +
            (thrown.length
              ? ` THROWN ${thrown.map((text) => text.slice(0, 200)).join(' / ')}`
              : '');
        };
        await Promise.all(wanted(kind, file, turn).map(one));
        found.set(rowOf(kind.title, file), { ...known, ...row });
        for (const [fault, seen] of Object.entries(row))
          t.diagnostic(`${file} · ${fault} · ${seen}`);
        assert.deepEqual(
          Object.entries(row).filter(([, seen]) => BAD.test(seen)),
          [],
        );
        if (!writes)
          assert.deepEqual(
            row,
            Object.fromEntries(Object.keys(row).map((fault) => [fault, expected[fault]])),
          );
      }),
    );
    await Promise.all(tried);
    if (writes) writeTable(VISITS, found);
  },
);

test(
  'docs/faults.md has a row for each file, and a term for each fault',
  { skip: skip ?? (writes ? 'it is being written' : undefined) },
  () => {
    const said = readTable();
    assert.deepEqual(
      [...said.keys()],
      VISITS.flatMap(({ title, files }) => files.map((file) => rowOf(title, file))),
    );
    for (const [name, row] of said)
      for (const fault of NAMES) assert.match(row[fault], /\w/, `${name}: ${fault}`);
  },
);

test('a document that repeats itself shows the page, and starts one shell', { skip }, async (t) => {
  const folder = VISITS[0].folder(t);
  const one = readFileSync(join(folder, 'index.html'), 'utf8');
  const copies = one.repeat(COPIES);
  // Some copies come before the page is shown, others when it is, the first of them in two pieces.
  let see;
  const seen = new Promise((resolve) => (see = resolve));
  const half = copies.length / 2 + one.length / 2;
  const answer = (_request, response, asked) => {
    if (asked !== '/') return false;
    response.writeHead(200, { 'content-type': 'text/html' }).write(copies.slice(0, half));
    seen.then(() => response.end(copies.slice(half)));
    return true;
  };
  const server = await host(t, folder, { answer });
  const { page } = await openPage(t, browser);
  await page.goto(server.url.replace('127.0.0.1', 'reader.localhost'), { waitUntil: 'commit' });
  const width = () =>
    page.getByText(SENTENCE).evaluate((paragraph) => paragraph.getBoundingClientRect().width);
  await page.getByText(SENTENCE).waitFor();
  const before = await width();
  see();
  await page.waitForFunction(() => document.readyState === 'complete');
  assert.equal(await width(), before);
  assert.equal(await page.locator('main').count(), 1);
  const asked = (name) => server.log.filter(({ path }) => path === name).length;
  assert.deepEqual([asked('/meridian/worker.js'), asked('/index.md')], [1, 1]);
});

test(
  'the shell’s last message appears within ten seconds, whatever else fails, also with reduced motion',
  { skip },
  async (t) => {
    const folder = VISITS[0].folder(t);
    const met = { file: '/meridian/meridian.wasm', fault: 'no answer' };
    const server = await host(t, folder, { answer: meets(folder, () => met) });
    const { page } = await openPage(t, browser);
    await page.goto(server.url.replace('127.0.0.1', 'reader.localhost'), { waitUntil: 'commit' });
    await page.waitForSelector('main[aria-busy]>i+p', { state: 'attached' });
    const delay = await page.evaluate(() => {
      const [late] = document.querySelector('main[aria-busy]>i+p').getAnimations();
      late.finish();
      return late.effect.getTiming().delay;
    });
    assert.ok(delay < 10_000, `after ${delay} ms`);
    await page.waitForSelector('main[aria-busy]>i+p', { state: 'visible' });
  },
);

// The shell's words are in the page's language.
const CAN_NOT = /^(This page can’t be shown|Diese Seite kann nicht angezeigt werden)$/;
for (const [name, method, kind, path] of [
  ['meridian', 'mer_render', 'A page of raw sources', ''],
  ['commonmark', 'cm_parse', 'A plain folder', ''],
  ['travel', 'travel_itinerary', 'A page of raw sources', '/globe/'],
]) {
  test(
    `a ${name}.wasm that stops in the middle is reported, and other pages still open`,
    { skip },
    async (t) => {
      const folder = VISITS.find(({ title }) => title === kind).folder(t);
      const bytes = trapping(readFileSync(join(folder, `meridian/${name}.wasm`)), method);
      const answer = (_request, response, asked) =>
        asked === `/meridian/${name}.wasm` &&
        (response.writeHead(200, { 'content-type': 'application/wasm' }).end(bytes), true);
      const server = await host(t, folder, { answer });
      const { page, lines } = await openPage(t, browser);
      await page.goto(server.url.replace('127.0.0.1', 'reader.localhost'));
      if (path) {
        await page.getByText(SENTENCE).waitFor();
        await page.evaluate((path) => window.meridian.navigate(path), path);
      }
      await page.getByRole('heading', { name: CAN_NOT }).waitFor();
      if (path) {
        await page.evaluate(() => window.meridian.navigate('/'));
        await page.getByText(SENTENCE).waitFor();
      }
      assert.deepEqual(lines, []);
    },
  );
}
