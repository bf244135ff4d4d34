// An archive page over many posts, in the browser, from raw sources with a manifest: node
// bench/archive.mjs [--posts 300] Prepared by: python3 serve.py --build. Wants Chromium and nginx.
// The site is written by `meridian build --raw`.
//
// Two pages: a list of titles and dates, and the demo's year archive with an excerpt of every post
// (the manifest that the command writes holds front matter and excerpts). Each is opened by a
// browser that knows nothing of the site, reached by a link from the home page, and opened again.
// Trips: answers that had to come, one after the other, before the last request.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../tests/web/browser.mjs';
import { COMMAND, MOVING, PROJECT, makeSite, nginx, openPage } from '../tests/web/hosts.mjs';
import { median, table } from './measure.mjs';
import { prose } from './prose.mjs';
import { emulate } from './visit.mjs';

const at = process.argv.indexOf('--posts');
const posts = at > 0 ? Number(process.argv[at + 1]) : 300;
const rounds = 5;

const texts = prose(posts * 3000).match(/[^]{2500,3500}?\n\n/g);
const sources = {
  '_config.yml':
    'title: Archive\ndefaults:\n  - scope: {type: posts}\n    values: {layout: single}\n',
  'index.md': '---\ntitle: Home\n---\nHome. [Titles](/titles/) [Years](/year-archive/)\n',
  'titles.md':
    '---\ntitle: Titles\npermalink: /titles/\nlayout: single\n---\n{% for post in site.posts %}- [{{ post.title }}]({{ post.url }}), {{ post.date | date: "%B %-d, %Y" }}\n{% endfor %}\n<p id="end"></p>\n',
  'years.html': `${readFileSync(join(PROJECT, 'content/_pages/year-archive.html'), 'utf8')}<p id="end"></p>\n`,
};
for (let i = 0; i < posts; i++) {
  const date = new Date(Date.UTC(2010, 0, 1 + i * 17)).toISOString().slice(0, 10);
  sources[`_posts/${date}-post-${i}.md`] =
    `---\ntitle: "Post number ${i}"\ntags: [tag-${i % 7}, tag-${i % 11}]\n---\n${texts[i % texts.length]}`;
}

const closing = [];
const t = { after: (f) => closing.push(f), skip: (why) => console.log(why) };
const NETWORKS = {
  'this machine': {},
  'mobile (100 ms, 10 Mbit/s)': { latency: 100, download: 1.25e6, upload: 6e5 },
};
try {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-archive-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const { folder: source } = makeSite(t, sources, { shell: false });
  execFileSync(COMMAND, ['build', '--raw', '--source', source, '--destination', folder, '--quiet']);
  const address = await nginx(t, folder);
  if (!address) process.exit(1);
  const browser = await launch();
  closing.push(() => browser.close());
  const rows = [];
  for (const [network, conditions] of Object.entries(NETWORKS)) {
    for (const path of ['titles/', 'year-archive/']) {
      const times = { first: [], link: [], again: [] };
      let told;
      for (let round = 0; round < rounds; round++) {
        const fresh = async () => {
          const opened = await openPage(t, browser, MOVING);
          await emulate(opened, conditions);
          return opened;
        };
        const timed = async (page, act) => {
          const begin = performance.now();
          await act();
          await page.waitForSelector('#end', { state: 'attached' });
          return performance.now() - begin;
        };
        const cold = await fresh();
        times.first.push(await timed(cold.page, () => cold.page.goto(address + path)));
        const count = await cold.page.evaluate(
          (word) => document.body.innerHTML.split(word).length - 1,
          'Post number',
        );
        if (count < posts) throw new Error(`${count} of ${posts} posts are shown`);
        told = [cold.depth(), cold.requests().length];
        times.again.push(await timed(cold.page, () => cold.page.reload()));
        await cold.context.close();
        const home = await fresh();
        await home.page.goto(address);
        await home.page.waitForSelector(`a[href="/${path}"]`);
        times.link.push(await timed(home.page, () => home.page.click(`a[href="/${path}"]`)));
        await home.context.close();
      }
      const show = (list) => `${Math.round(median(list))} ms`;
      rows.push([
        path,
        network,
        show(times.first),
        told[0],
        told[1],
        show(times.link),
        show(times.again),
      ]);
    }
  }
  console.log(
    table(
      ['page', 'network', 'first visit', 'trips', 'requests', 'by link from home', 'again'],
      rows,
    ),
  );
} finally {
  for (const close of closing.reverse()) await close();
}
