// From "Edit this page" to its source: node bench/edit.mjs [--rounds 7]. Prepared by: python3
// serve.py --build. Wants Chromium, and a quiet machine.
//
// "a cold visit": the playground with its own example, from the navigation until the preview shows
// its page. "by the link": the same from the address that the link has, to a page of a repository.
// Both in turns, each with an empty cache.
//
// "a photo": one of 12 megapixels is pasted, until its file is in the project and its link in the
// source. The worker that makes it smaller begins with it. Also with a quarter of the processor.
import { parseArgs } from 'node:util';
import { launch } from '../tests/web/browser.mjs';
import { gitHost } from '../tests/web/git-host.mjs';
import { openPage } from '../tests/web/hosts.mjs';
import { publishingServer } from '../tests/web/publishing-page.mjs';
import { median, milliseconds, ratio, table } from './measure.mjs';
import { processorTime, slowed } from './slowed.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(values.rounds);
const closing = [];
const t = { after: (f) => closing.push(f) };
const SITE = {
  '_config.yml': 'title: A site\nrepository: owner/name\n',
  'index.md': `---\ntitle: Home\nlayout: single\n---\n\n${'Words, and more of them.\n\n'.repeat(40)}`,
  'about.md': '---\ntitle: About\nlayout: single\n---\n\nA persn.\n',
};

/** Milliseconds from the navigation until the preview has a page. */
async function visit(browser, url) {
  const { page, context } = await openPage(t, browser);
  const begin = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.frameLocator('iframe').locator('main').first().waitFor();
  const took = performance.now() - begin;
  await context.close();
  return took;
}

/** A page with the playground's example, and a photo of 12 megapixels at hand. */
async function withPhoto(browser, url) {
  const { page, context } = await openPage(t, browser);
  await page.goto(url);
  await page.frameLocator('iframe').locator('main').first().waitFor();
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(4000, 3000);
    const context = canvas.getContext('2d');
    const colours = context.createLinearGradient(0, 0, 4000, 3000);
    for (let at = 0; at <= 20; at++) colours.addColorStop(at / 20, `hsl(${at * 67} 60% 50%)`);
    context.fillStyle = colours;
    context.fillRect(0, 0, 4000, 3000);
    // Grain, as a camera's: without it the picture would be too easily read and written.
    const grain = new ImageData(500, 500);
    for (let at = 0, seed = 7; at < grain.data.length; at++)
      grain.data[at] = (seed = (seed * 48271) % 2147483647) & (at % 4 === 3 ? 63 : 255);
    const tile = new OffscreenCanvas(500, 500);
    tile.getContext('2d').putImageData(grain, 0, 0);
    context.fillStyle = context.createPattern(tile, 'repeat');
    context.fillRect(0, 0, 4000, 3000);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    window.photo = new File([blob], 'IMG_1234.jpg', { type: 'image/jpeg' });
  });
  return { page, context };
}

/** Milliseconds from the paste until the photo is in the project and in the source. */
const pastePhoto = (page) =>
  page.evaluate(async () => {
    const { playground } = document.querySelector('meridian-playground');
    const { editor, project } = playground;
    const data = new DataTransfer();
    data.items.add(window.photo);
    editor.view.dispatch({ selection: { anchor: editor.view.state.doc.length } });
    const begin = performance.now();
    playground.take(data, false);
    while (
      !project.paths.some((path) => /img-1234/.test(path)) ||
      !/!\[IMG 1234\]/.test(editor.view.state.doc.toString())
    )
      await new Promise((resolve) => setTimeout(resolve, 2));
    return performance.now() - begin;
  });

/** @param {number} share of the processor */
async function photo(browser, url, share) {
  const { page, context } = await withPhoto(browser, url);
  const size = await page.evaluate(() => window.photo.size);
  const paste = () => pastePhoto(page);
  const { value: done, took: processor } = await processorTime(browser, async () =>
    share < 1 ? slowed(browser, share, paste) : { value: await paste(), share },
  );
  await context.close();
  return { size, took: done.value, share: done.share, processor };
}

try {
  const browser = await launch();
  closing.push(() => browser.close());
  const server = await publishingServer(t, await gitHost(t, SITE));
  const ways = {
    'a cold visit': `${server.url}playground/`,
    'by the link': `${server.url}playground/?repo=owner/name&open=about.md`,
  };
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, url] of Object.entries(ways)) times[name].push(await visit(browser, url));
  const [cold, link] = Object.values(times).map(median);
  console.log(
    table(
      ['', 'median', 'ratio'],
      [
        ['a cold visit of the playground', milliseconds(cold), '1.00 ×'],
        ['by the link, to a page of a repository', milliseconds(link), ratio(link, cold)],
      ],
    ),
  );
  const photos = { 1: [], 0.25: [] };
  for (let round = 0; round < rounds; round++)
    for (const share of Object.keys(photos))
      photos[share].push(await photo(browser, `${server.url}playground/`, Number(share)));
  console.log(
    table(
      ['a photo of 12 megapixels', 'median', 'slowest', 'processor', 'share of it'],
      Object.values(photos).map((all) => [
        `${(all[0].size / 1e6).toFixed(1)} MB`,
        milliseconds(median(all.map(({ took }) => took))),
        milliseconds(Math.max(...all.map(({ took }) => took))),
        milliseconds(median(all.map(({ processor }) => processor))),
        median(all.map(({ share }) => share)).toFixed(2),
      ]),
    ),
  );
} finally {
  for (const close of closing.reverse()) await close();
}
