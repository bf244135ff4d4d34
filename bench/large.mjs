// A first visit to a site of many posts, from raw sources with a manifest: node bench/large.mjs
// [--counts 100,1000,10000] [--rounds N] [--whole]. Prepared by: python3 serve.py --build. Wants
// Chromium.
//
// Sites that `meridian build --raw` writes of so many posts of 3 KB. Milliseconds from the
// navigation: "text": the first paragraph is in the document; "page": the core's page is there to
// its end; "next": from a click on the link to the next post to its page. "KB": what was loaded
// until then, of which "manifest". `--whole`: without the segments of the manifest, for comparison.
// Medians of the rounds.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { temporary } from '../tests/server/support.mjs';
import { launch } from '../tests/web/browser.mjs';
import { COMMAND, MOVING, openPage } from '../tests/web/hosts.mjs';
import { median, table } from './measure.mjs';
import { prose } from './prose.mjs';
import { serve } from './served.mjs';
import { SLOW_4G, emulate } from './visit.mjs';

const { values } = parseArgs({
  options: {
    counts: { type: 'string', default: '100,1000,10000' },
    rounds: { type: 'string', default: '5' },
    whole: { type: 'boolean', default: false },
  },
});
const closing = [];
const t = { after: (f) => closing.push(f) };
const NETWORKS = { unthrottled: {}, 'slow 4G, CPU / 4': SLOW_4G };
const PATHS = {
  'the home page': '',
  'a post': '2000/02/20/post-50.html',
  'a list of all': 'archive/',
};

/** The folder of a site as a host has it. */
function site(count) {
  const source = temporary(t);
  mkdirSync(join(source, '_posts'));
  mkdirSync(join(source, '_data'));
  const put = (path, text) => writeFileSync(join(source, path), text);
  put('_config.yml', 'title: Many\ndescription: Posts\n');
  put('_data/navigation.yml', 'main:\n  - {title: Archive, url: /archive/}\n');
  const page = (title, text) =>
    `---\ntitle: ${title}\nlayout: single\npermalink: /${title === 'Home' ? '' : 'archive/'}\n---\n<p id="begin">${title}.</p>\n\n${text}\n\n<p id="end"></p>\n`;
  const list = (limit) =>
    `{% for post in site.posts ${limit} %}\n- [{{ post.title }}]({{ post.url }}){% endfor %}`;
  put('index.md', page('Home', list('limit: 10')));
  put('archive.md', page('Archive', list('')));
  const texts = prose(400_000).match(/[^]{2500,3500}?\n\n/g);
  for (let i = 0; i < count; i++) {
    const date = new Date(Date.UTC(2000, 0, 1 + (i % 9000))).toISOString().slice(0, 10);
    put(
      `_posts/${date}-post-${i}.md`,
      `---\ntitle: "Post ${i}"\nlayout: single\ntags: [tag-${i % 50}]\nexcerpt: What post ${i} is about, in a few words\n---\n<p id="begin">Post.</p>\n\n${texts[i % texts.length]}\n\n<p id="end"></p>\n`,
    );
  }
  const folder = temporary(t);
  rmSync(folder, { recursive: true });
  execFileSync(COMMAND, ['build', '--raw', '--source', source, '--destination', folder, '--quiet']);
  if (values.whole)
    for (const name of ['index.html', '404.html']) {
      const shell = readFileSync(join(folder, name), 'utf8');
      writeFileSync(join(folder, name), shell.replace(/<meta name="meridian-segments"[^>]*>/, ''));
      for (const ending of ['br', 'gz']) rmSync(join(folder, `${name}.${ending}`), { force: true });
    }
  return folder;
}

/** Runs in the page: when its first paragraph is there, and the core's page to its end. */
function observe() {
  const seen = (window.__seen = { text: 0, page: 0 });
  const look = () => {
    const now = performance.now();
    if (document.getElementById('begin')) seen.text ||= now;
    if (document.getElementById('end') && document.querySelector('.page__footer'))
      seen.page ||= now;
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

async function visit(browser, address, path, conditions) {
  const opened = await openPage(t, browser, { ...MOVING, viewport: { width: 412, height: 823 } });
  await opened.page.addInitScript(observe);
  const session = await emulate(opened, conditions);
  const names = new Map();
  const bytes = { all: 0, manifest: 0 };
  session.on('Network.requestWillBeSent', ({ requestId, request }) =>
    names.set(requestId, request.url),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    if (/meridian\.json|\/segments\//.test(names.get(requestId)))
      bytes.manifest += encodedDataLength;
  });
  const { page } = opened;
  await page.goto(address + path, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.__seen?.page, undefined, { timeout: 120_000 });
  const seen = { ...(await page.evaluate(() => window.__seen)), ...bytes, next: NaN };
  if (path.startsWith('20')) {
    await page.waitForTimeout(1000);
    seen.next = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const { title } = document;
          const begin = performance.now();
          new MutationObserver(() => {
            if (document.title !== title && document.getElementById('end'))
              resolve(performance.now() - begin);
          }).observe(document, { childList: true, subtree: true });
          [...document.querySelectorAll('.pagination a')].at(-1).click();
        }),
    );
  }
  await opened.context.close();
  return seen;
}

try {
  const addresses = {};
  for (const count of values.counts.split(',').map(Number))
    addresses[count] = await serve(t, site(count));
  const browser = await launch();
  closing.push(() => browser.close());
  for (const [network, conditions] of Object.entries(NETWORKS)) {
    const rows = [];
    for (const [what, path] of Object.entries(PATHS)) {
      const found = Object.fromEntries(Object.keys(addresses).map((count) => [count, []]));
      for (let round = 0; round < Number(values.rounds); round++)
        for (const [count, address] of Object.entries(addresses))
          found[count].push(await visit(browser, address, path, conditions));
      for (const [count, list] of Object.entries(found)) {
        const middle = (key) => median(list.map((one) => one[key]));
        const ms = (key) => (middle(key) ? `${Math.round(middle(key))} ms` : '');
        const kb = (key) => (middle(key) / 1000).toFixed(1);
        rows.push([what, count, ms('text'), ms('page'), kb('all'), kb('manifest'), ms('next')]);
      }
    }
    console.log(`\n${network}\n`);
    console.log(table(['', 'posts', 'text', 'page', 'KB', 'manifest', 'next'], rows));
  }
} finally {
  for (const close of closing.reverse()) await close();
}
