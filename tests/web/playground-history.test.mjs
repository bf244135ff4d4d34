// Versions of a file in this browser: kept, thinned, compared, restored.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { diffLines } from '../../web/playground/history/diff.js';
import { partChanged, thinned } from '../../web/playground/history/versions.js';
import { playgrounds, skip, textOf, write } from './playgrounds.mjs';

const playground = playgrounds(before, after);

test('lines that differ, with the part that does', () => {
  const lines = diffLines('a\nb c\nd', 'a\nb x\nd\ne');
  assert.deepEqual(lines, [
    { text: 'a', before: 1, after: 1 },
    { text: 'b c', before: 2, part: [2, 3] },
    { text: 'b x', after: 2, part: [2, 3] },
    { text: 'd', before: 3, after: 3 },
    { text: 'e', after: 4, part: [0, 1] },
  ]);
  const random = (seed) =>
    Array.from({ length: 40 }, (_, i) => 'abc'[(i * seed * 7 + ((i * i) % 5)) % 3]);
  for (let seed = 1; seed < 30; seed++) {
    const [a, b] = [random(seed), random(seed + 1)];
    const all = diffLines(a.join('\n'), b.join('\n'));
    assert.deepEqual(
      all.filter(({ before }) => before).map(({ text }) => text),
      a,
    );
    assert.deepEqual(
      all.filter(({ after }) => after).map(({ text }) => text),
      b,
    );
  }
});

test('versions become fewer with their age; the first one stays', () => {
  const [minute, now] = [60_000, 1e12];
  const every = Array.from({ length: 3000 }, (_, at) => ({
    time: now - (3000 - at) * minute,
    text: String(at),
    label: '',
  }));
  const kept = thinned(every, now);
  assert.equal(kept[0].text, '0');
  assert.ok(kept.length <= 120, `${kept.length}`);
  assert.ok(kept.filter(({ time }) => now - time <= 60 * minute).length >= 58);
  assert.equal(kept[kept.length - 1].text, '2999');
});

test('a version is named by the part that changed', () => {
  for (const [before, after, label] of [
    ['---\ntitle: A\n---\n', '---\ntitle: B\n---\n', 'Title'],
    ['# One\n\na\n\n## Two\n\nb\n', '# One\n\na\n\n## Two\n\nc\n', 'Two'],
    ['a\n', 'b\n', 'b'],
  ])
    assert.equal(partChanged(before, after), label);
});

test('a file is restored from its history, in one step', { skip }, async (t) => {
  const { page, lines } = await playground(t, { viewport: { width: 1440, height: 900 } });
  const first = await textOf(page);
  await write(page, '# New\n\nOther words.\n');
  const status = page.locator('.status');
  await status.getByRole('button', { name: 'History' }).click();
  const pane = page.getByRole('region', { name: 'History of index.md', exact: true });
  await pane.getByRole('button', { name: /Opened/ }).waitFor();
  await pane.locator('.d--add', { hasText: 'Other words.' }).waitFor();
  await page.keyboard.press('Escape');
  assert.ok(await pane.isHidden());
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('More.');
  await status.getByRole('button', { name: 'History' }).click();
  // The version before this one, and the first.
  await pane.getByRole('button', { name: /New/ }).waitFor();
  await pane.getByRole('button', { name: /Opened/ }).click();
  await pane.getByRole('button', { name: 'Restore this version' }).click();
  assert.equal(await textOf(page), first);
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+z');
  assert.equal(await textOf(page), '# New\n\nOther words.\nMore.');
  assert.deepEqual(lines, []);
});
