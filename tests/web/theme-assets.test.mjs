// A gem theme's scripts ask for other files of the theme by the addresses that these have with
// Jekyll.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { built, host, noBrowser, openPage } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const THEME = {
  '_layouts/default.html': '<main>{{ content }}</main><script src="/assets/js/a.js"></script>',
  'assets/js/a.js':
    "const more = document.createElement('script');\n" +
    "more.src = '/assets/js/b.js';\ndocument.head.append(more);\n",
  'assets/js/b.js':
    "fetch('/assets/words.json').then((answer) => answer.json())\n" +
    "  .then((words) => (document.querySelector('main').textContent += words.join(' ')));\n",
  'assets/words.json': '["from", "the", "theme"]',
};

test('scripts of a theme in a raw site load its other files', { skip }, async (t) => {
  const theme = Object.entries(THEME).map(([path, text]) => [
    `meridian/themes/plain/${path}`,
    text,
  ]);
  const folder = built(
    t,
    {
      '_config.yml': 'theme: plain\n',
      'index.md': '---\nlayout: default\n---\nWords ',
      ...Object.fromEntries(theme),
    },
    '--raw',
  );
  const server = await host(t, folder, { notFound: '404.html' });
  const { page, lines } = await openPage(t, browser);
  await page.goto(server.url);
  await page.getByText('from the theme').waitFor();
  assert.deepEqual(lines, []);
});
