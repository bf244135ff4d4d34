// Somebody who knows no Markdown writes a whole page, from its title to the last cell of its table,
// on the page itself, and never sees the source.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, PNG, onPage } from './on_page.mjs';
import { skip, textOf } from './playgrounds.mjs';
import { until } from './hosts.mjs';

const { open, selected, agrees } = onPage(before, after);

const LAYOUT =
  '<!doctype html><html lang="en"><head><title>{{ page.title }}</title><style>td, th { padding: 0.6rem 1.5rem }</style></head><body><main><h1>{{ page.title }}</h1>{{ content }}</main></body></html>';
const BESIDE = '---\nlayout: plain\ntitle: Home\n---\n\nWords of text.\n';
const WRITTEN = `---
layout: plain
title: Our summer in Norway
---

We went **by train**, see [the timetable](https://example.org/trains).

## What we saw

- a fjord
- two elk

![a red fox](/images/fox.png)

| Place | Nights |
| --- | --- |
| Bergen | 3 |
| Flåm | 2 |
`;

for (const options of [{}, PHONE])
  test(`a page without its source; ${JSON.stringify(options)}`, { skip }, async (t) => {
    const { page, shown, lines } = await open(t, {
      ...options,
      text: BESIDE,
      files: { '_layouts/plain.html': LAYOUT },
    });
    const type = (words) => page.keyboard.type(words, { delay: 15 });
    const NAME = 'our-summer-in-norway.md';
    const written = async (part) => {
      let text = '';
      const has = async () => (text = await textOf(page, NAME)).includes(part);
      await until(has, part).catch(() => assert.equal(text, part));
    };
    const bar = page.getByRole('toolbar', { name: 'Write on the page' });
    const block = async (name) => {
      await page.keyboard.press('/');
      const menu = page.getByRole('dialog', { name: 'Blocks' });
      await menu.getByRole('option').first().waitFor();
      await type(name);
      await page.keyboard.press('Enter');
    };
    if (options.isMobile) {
      const show = page.getByRole('button', { name: 'Page', exact: true });
      if (await show.isVisible()) await show.tap();
    }

    // Its title; the page has the look of those beside it, and waits for words.
    await page.getByRole('button', { name: 'New page' }).click();
    await page.getByLabel('Title of the new page').fill('Our summer in Norway');
    await page.keyboard.press('Enter');
    await shown.getByRole('heading', { name: 'Our summer in Norway' }).waitFor();
    await shown.locator('p[contenteditable]:focus').filter({ hasText: 'Write here.' }).waitFor();
    await type('We went by train, see the timetable.');
    await written('We went by train, see the timetable.\n');

    // Bold, and a link.
    await selected(shown, 'by train');
    await bar.getByRole('button', { name: 'Bold' }).click();
    await written('**by train**');
    await selected(shown, 'the timetable');
    await bar.getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByLabel('Where does the link lead?').fill('https://example.org/trains');
    await page.keyboard.press('Enter');
    await written('[the timetable](https://example.org/trains)');

    // A heading, a list.
    await selected(shown, '.', true);
    await page.keyboard.press('Enter');
    await shown.locator('p[contenteditable]:focus').filter({ hasNotText: /\S/ }).waitFor();
    await block('heading');
    await shown.locator('h2[contenteditable]:focus').waitFor();
    await type('What we saw');
    await written('\n## What we saw\n');
    await page.keyboard.press('Enter');
    await block('list');
    await shown.locator('li[contenteditable]:focus').waitFor();
    await type('a fjord');
    await page.keyboard.press('Enter');
    await type('two elk');
    await written('- a fjord\n- two elk\n');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');

    // A picture of this device, and what it shows.
    await shown.locator('p[contenteditable]:focus').waitFor();
    const chosen = page.waitForEvent('filechooser');
    await block('picture');
    await (await chosen).setFiles({ name: 'fox.png', mimeType: 'image/png', buffer: PNG });
    await written('](/images/fox.png)');
    await shown.locator('p img').dblclick();
    await page.getByLabel('What the picture shows').fill('a red fox');
    await page.getByRole('button', { name: 'Change' }).click();
    await written('![a red fox](/images/fox.png)');

    // A table, by Tab on a keyboard and by buttons on a phone.
    await shown.locator('p[contenteditable]:focus').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await shown.locator('p[contenteditable]:focus').filter({ hasNotText: /\S/ }).waitFor();
    await block('table');
    const cell = (row, column) => shown.locator('tr').nth(row).locator('th, td').nth(column);
    await cell(0, 0).and(shown.locator('[contenteditable]')).waitFor();
    const words = [
      ['Place', 'Nights'],
      ['Bergen', '3'],
      ['Flåm', '2'],
    ];
    for (const [row, texts] of words.entries()) {
      for (const [column, text] of texts.entries()) {
        if (options.isMobile && row + column) {
          if (row === 2 && !column)
            await bar.getByRole('button', { name: 'Add a row below' }).tap();
          else await cell(row, column).tap();
        } else if (row + column) await page.keyboard.press('Tab');
        await cell(row, column).and(shown.locator('[contenteditable]')).waitFor();
        await type(text);
        await written(text);
      }
    }
    await bar.getByRole('button', { name: 'Done' }).click();
    await until(async () => (await textOf(page, NAME)) === WRITTEN, 'all is written').catch(
      async () => assert.equal(await textOf(page, NAME), WRITTEN),
    );
    await agrees(page, shown);
    assert.deepEqual(lines, []);
  });
