// <meridian-playground> in a foreign page: its sources, its events, and its isolation from the page
// and from other elements.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { DIST, host, noBrowser, openPage } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const NOTE = '---\nlayout: single\ntitle: From an address\n---\n\nFetched.\n';

/** A page with a body of its own. */
async function open(t, body) {
  const page = `<!doctype html><link rel="icon" href="data:,"><title>Page</title><style>button { display: none } div, section { display: inline !important }</style><script type="module" src="/playground/playground.js"></script>${body}`;
  const server = await host(t, DIST, {
    answer: (_, response, path) => {
      if (path !== '/page.html' && path !== '/note.md') return false;
      response
        .writeHead(200, { 'content-type': path === '/note.md' ? 'text/markdown' : 'text/html' })
        .end(path === '/note.md' ? NOTE : page);
      return true;
    },
  });
  const opened = await openPage(t, browser, { viewport: { width: 1200, height: 1600 } });
  await opened.page.goto(server.url + 'page.html');
  return opened;
}

const TWO = `<meridian-playground id="a" style="block-size: 30rem">
    <script type="text/plain" data-path="index.md">
      ---
      layout: single
      title: One
      ---
      {% include word.html %} of the first
    </script>
    <script type="text/plain" data-path="_includes/word.html">Word</script>
  </meridian-playground>
  <meridian-playground id="b" style="block-size: 30rem" src="note.md"></meridian-playground>`;

test(
  'files as children and from an address; two elements are independent and emit change events',
  { skip },
  async (t) => {
    const { page, lines } = await open(t, TWO);
    const [a, b] = ['#a', '#b'].map((id) => ({
      own: page.locator(id),
      shown: page.locator(id).frameLocator('iframe'),
    }));
    await a.shown.getByText('Word of the first').waitFor();
    await b.shown.getByText('Fetched.').waitFor();
    assert.equal(
      await a.own.evaluate((element) => Object.keys(element.files).join()),
      'index.md,_includes/word.html',
    );
    assert.ok((await a.own.boundingBox()).height === 480);
    // The page's own style sheet does not apply in it.
    assert.ok(await a.own.getByRole('button', { name: 'Share' }).isVisible());
    await page.evaluate(() => {
      window.heard = [];
      document.addEventListener('change', ({ target, detail }) =>
        window.heard.push([target.id, detail.path]),
      );
    });
    await b.own.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('Typed');
    await b.shown.getByText('Typed').waitFor();
    assert.equal(await a.shown.getByText('Typed').count(), 0);
    assert.deepEqual(await page.evaluate(() => [...new Set(window.heard.map(String))]), [
      'b,note.md',
    ]);
    await b.own.getByRole('button', { name: 'Light or dark' }).click();
    assert.equal(await b.own.getAttribute('theme'), 'dark');
    assert.equal(await a.own.getAttribute('theme'), null);
    assert.deepEqual(lines, []);
  },
);

test(
  'moved in the document it keeps its state; a new src opens that project',
  { skip },
  async (t) => {
    const { page, lines } = await open(t, `<div id="there"></div>${TWO}`);
    const shown = page.locator('#a').frameLocator('iframe');
    await shown.getByText('Word of the first').waitFor();
    await page.evaluate(() =>
      document.querySelector('#there').append(document.querySelector('#a')),
    );
    await shown.getByText('Word of the first').waitFor();
    await page.locator('#a .cm-content').click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('And on');
    await shown.getByText('Word of the first And on').waitFor();
    await page.locator('#a').evaluate((element) => element.setAttribute('src', 'note.md'));
    await shown.getByText('Fetched.').waitFor();
    await page.locator('#a').evaluate((element) => element.setAttribute('src', 'nothing.md'));
    await page.getByText(/nothing\.md can’t be fetched: the host says 404/).waitFor();
    assert.deepEqual(
      lines.filter((line) => !line.includes('404')),
      [],
    );
  },
);
