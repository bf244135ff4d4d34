// Mounting a page in the document: head, attributes, scripts and their events, addresses, patching.
// Real core, real browser.
/* global order -- what the pages of these tests note */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage, python, settled } from './hosts.mjs';

const LAYOUT = `<!doctype html>
<html lang="{{ page.lang | default: 'en' }}" class="{{ page.layout }}">
<head><meta charset="utf-8"><title>{{ page.title }}</title>
<link rel="stylesheet" href="{{ '/site.css' | relative_url }}">{{ page.head }}</head>
<body data-page="{{ page.title }}"{{ page.body }}>
<nav><a id="home" href="{{ '/' | relative_url }}">Home</a> <a id="two" href="{{ '/two/' | relative_url }}">Two</a>
<a id="three" href="{{ '/three/' | relative_url }}">Three</a></nav>
<main><h1>{{ page.title }}</h1>{{ content }}</main>
<script>window.order.push('layout'); window.views = (window.views ?? 0) + 1; const inLayout = window.views;</script>
</body></html>`;

/** Pages of HTML in the layout above; `more` are additional files. */
function pages(more) {
  return {
    '_config.yml': 'title: Mounting\n',
    '_layouts/default.html': LAYOUT,
    'site.css': 'h1 { color: rgb(1, 2, 3) }',
    ...more,
  };
}
const page = (title, html, front = '') =>
  `---\nlayout: default\ntitle: ${title}\npermalink: ${title === 'One' ? '/' : `/${title.toLowerCase()}/`}\n${front}---\n${html}\n`;

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

/** A site on Node's host with path routing, and a page in it that records what scripts report. */
async function open(t, sources, { path = '', options = {}, state = {} } = {}) {
  const site = makeSite(t, sources, {
    manifest: true,
    meta: { manifest: 'meridian.json', root: '/' },
    ...options,
  });
  const server = await host(t, site.folder, state);
  const opened = await openPage(t, browser, options.context);
  await opened.page.addInitScript(() => (window.order = []));
  await opened.page.goto(server.url + path);
  await settled(opened.page);
  return { ...opened, server, site };
}
const follow = async (page, id, title) => {
  await page.click(`#${id}`);
  await page.waitForFunction(
    (wanted) => document.title === wanted && document.querySelector('h1')?.textContent === wanted,
    title,
  );
};

test(
  'scripts run in order, once for each page view, with DOMContentLoaded and load after them',
  { skip },
  async (t) => {
    const scripts = (name) => `<script>order.push('${name} inline 1')</script>
<script src="/file.js"></script>
<script defer src="/later.js"></script>
<script>order.push('${name} inline 2');
document.addEventListener('DOMContentLoaded', () => order.push('${name} DOMContentLoaded'));
window.addEventListener('load', () => order.push('${name} load'));</script>`;
    const { page: tab, lines } = await open(
      t,
      pages({
        'one.html': page('One', scripts('one')),
        'two.html': page('Two', scripts('two')),
        'file.js': "order.push('file'); const declaredInFile = 1;",
        'later.js': "order.push('later')",
      }),
    );
    await tab.waitForFunction(() => order.includes('one load'));
    const view = (name) => [
      `${name} inline 1`,
      'file',
      `${name} inline 2`,
      'layout',
      'later',
      `${name} DOMContentLoaded`,
      `${name} load`,
    ];
    assert.deepEqual(await tab.evaluate(() => order), view('one'));
    await tab.evaluate(() => (order.length = 0));
    await follow(tab, 'two', 'Two');
    await tab.waitForFunction(() => order.includes('two load'));
    assert.deepEqual(await tab.evaluate(() => order), view('two'));
    await tab.evaluate(() => (order.length = 0));
    await tab.goBack();
    await tab.waitForFunction(() => order.includes('one load'));
    assert.deepEqual(await tab.evaluate(() => order), view('one'));
    assert.equal(await tab.evaluate(() => window.views), 3);
    assert.deepEqual(lines, []);
  },
);

test('while scripts of a page run they see the readyState of a page load', { skip }, async (t) => {
  const scripts = (name) => `<script>order.push('${name} ' + document.readyState);
const begin = () => order.push('${name} begins with ' + typeof window.below);
// As libraries do.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin); else begin();
document.addEventListener('readystatechange', () => order.push('${name} is ' + document.readyState));
</script><script defer src="/later.js"></script><script>window.below = 1;</script>`;
  const { page: tab, lines } = await open(
    t,
    pages({
      'one.html': page('One', scripts('one')),
      'two.html': page('Two', scripts('two')),
      'later.js': "order.push('later ' + document.readyState); window.below = 1;",
    }),
  );
  const view = (name) => [
    `${name} loading`,
    'layout',
    `${name} is interactive`,
    'later interactive',
    `${name} begins with number`,
    `${name} is complete`,
  ];
  await tab.waitForFunction(() => order.includes('one is complete'));
  assert.deepEqual(await tab.evaluate(() => order), view('one'));
  assert.equal(await tab.evaluate(() => document.readyState), 'complete');
  await tab.evaluate(() => ((order.length = 0), delete window.below));
  await follow(tab, 'two', 'Two');
  await tab.waitForFunction(() => order.includes('two is complete'));
  assert.deepEqual(await tab.evaluate(() => order), view('two'));
  assert.deepEqual(lines, []);
});

test(
  'of two scripts of a page that declare one name the second fails; at the next view both run',
  { skip },
  async (t) => {
    const twice = (name) => `<script>const shared = 1; order.push('${name} first')</script>
<script>const shared = 2; order.push('${name} second')</script>`;
    const { page: tab, lines } = await open(
      t,
      pages({
        'one.html': page('One', twice('one')),
        'two.html': page('Two', '<script>const shared = 3; order.push("two")</script>'),
      }),
    );
    await tab.waitForFunction(() => order.includes('layout'));
    assert.deepEqual(await tab.evaluate(() => order), ['one first', 'layout']);
    assert.match(
      lines.join('\n'),
      /SyntaxError.*(shared.*declared|(redeclaration|duplicate variable).*shared)/,
    );
    lines.length = 0;
    await follow(tab, 'two', 'Two');
    await tab.waitForFunction(() => order.includes('two'));
    assert.deepEqual(lines, []);
  },
);

test(
  'a page’s own policy holds for its scripts; the shell does what it needs',
  { skip },
  async (t) => {
    const policy = (scripts) =>
      page(
        'One',
        `<p id="p">text</p><pre><code class="language-bash">echo "a"</code></pre><script>order.push('inline')</script><script src="${t.other}"></script>`,
        `head: <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self' ${scripts}">\n`,
      );
    const other = await host(t, makeSite(t, { 'other.js': "order.push('other')" }).folder);
    t.other = `${other.url}other.js`;
    const two = page('Two', 'text');
    const { page: tab, lines } = await open(
      t,
      pages({ 'one.html': policy("'unsafe-inline'"), 'two.html': two }),
    );
    await tab.waitForFunction(() => order.includes('layout'));
    assert.deepEqual(await tab.evaluate(() => order), ['inline', 'layout']);
    await tab.waitForSelector('code .nb'); // coloured by a module
    await follow(tab, 'two', 'Two');
    await tab.waitForFunction(() => order.length === 3);
    assert.match(lines.join('\n'), /other\.js\S* .*(violates|does not appear in) .*script-src/);

    const strict = await open(t, pages({ 'one.html': policy(''), 'two.html': two }));
    await follow(strict.page, 'two', 'Two');
    assert.deepEqual(await strict.page.evaluate(() => order), []);
    await strict.page.waitForTimeout(100);
    const refused = strict.lines.filter((line) => !/blob:|inline|other\.js/.test(line));
    assert.deepEqual(refused, []);
  },
);

test(
  'whether the host has a 404 page is asked in silence after many requests',
  { skip },
  async (t) => {
    const full = '<script>performance.setResourceTimingBufferSize(1)</script>';
    const { page: tab, lines, server } = await open(t, pages({ 'one.html': page('One', full) }));
    await tab.waitForFunction(() => order.includes('layout'));
    const asked = () => server.log.filter(({ path }) => path === '/meridian/is-there-a-404-page');
    while (!asked().length) await tab.waitForTimeout(50);
    await tab.waitForTimeout(500);
    assert.equal(asked().length, 1);
    assert.deepEqual(lines, []);
  },
);

test(
  'scripts that a script writes run before the next one, in their order',
  { skip },
  async (t) => {
    const { page: tab, lines } = await open(
      t,
      pages({
        'one.html': page(
          'One',
          `<p id="p"></p><script>window.library || document.write('<script src="/library.js"><\\/script><b>written</b>');
document.write('<script>order.push("inline " + typeof library)<\\/script><script type="text/template">{{ "{%" }}<\\/script>')</script>
<script>order.push('next ' + typeof library)</script>`,
        ),
        'library.js':
          "window.library = {}; order.push('library'); document.write('<script>order.push(\"nested\")<\\/script>');",
      }),
    );
    await tab.waitForFunction(() => order.includes('layout'));
    assert.deepEqual(await tab.evaluate(() => order), [
      'library',
      'nested',
      'inline object',
      'next object',
      'layout',
    ]);
    assert.equal(await tab.evaluate(() => document.querySelector('#p ~ b').textContent), 'written');
    assert.deepEqual(lines, []);
  },
);

test(
  'the next page’s style sheets load before its body is shown; those of the last page are removed',
  { skip },
  async (t) => {
    const { page: tab, lines } = await open(
      t,
      pages({
        'one.html': page('One', 'text', 'head: <link rel="stylesheet" href="/one.css">\n'),
        'two.html': page(
          'Two',
          '<p id="p">text</p><script>order.push(getComputedStyle(document.querySelector("#p")).color)</script>',
          'head: <link rel="stylesheet" href="/slow.css">\n',
        ),
        'one.css': 'body { background: rgb(9, 9, 9) }',
        'slow.css': 'p { color: rgb(7, 8, 9) }',
      }),
      {
        state: {
          answer: async (request, response, path) => {
            if (path === '/slow.css') await new Promise((resolve) => setTimeout(resolve, 300));
            return false;
          },
        },
      },
    );
    assert.equal(
      await tab.evaluate(() => getComputedStyle(document.body).backgroundColor),
      'rgb(9, 9, 9)',
    );
    await tab.evaluate(() => {
      new MutationObserver(() => {
        if (document.querySelector('#p'))
          window.colourAtSwap ??= getComputedStyle(document.querySelector('#p')).color;
      }).observe(document.body, { childList: true });
    });
    await follow(tab, 'two', 'Two');
    assert.equal(await tab.evaluate(() => window.colourAtSwap), 'rgb(7, 8, 9)');
    assert.equal(
      await tab.evaluate(() => getComputedStyle(document.body).backgroundColor),
      'rgba(0, 0, 0, 0)',
    );
    assert.equal(
      await tab.evaluate(() => getComputedStyle(document.querySelector('h1')).color),
      'rgb(1, 2, 3)',
    );
    assert.deepEqual(lines, []);
  },
);

test(
  'attributes of html and body follow the page; those that scripts have set stay',
  { skip },
  async (t) => {
    const { page: tab } = await open(
      t,
      pages({
        'one.html': page('One', '', 'lang: de\nbody: \' data-only-one="x"\'\n'),
        'two.html': page('Two', '', 'body: \' class="second"\'\n'),
      }),
    );
    await tab.evaluate(() => document.documentElement.setAttribute('data-by-script', '1'));
    assert.equal(await tab.evaluate(() => document.documentElement.lang), 'de');
    await follow(tab, 'two', 'Two');
    assert.deepEqual(
      await tab.evaluate(() => [
        document.documentElement.lang,
        document.body.className,
        document.body.dataset.page,
        document.body.hasAttribute('data-only-one'),
        document.documentElement.dataset.byScript,
      ]),
      ['en', 'second', 'Two', false, '1'],
    );
  },
);

test(
  'a site’s own code runs as in an HTML file: handlers, javascript: links, document.write, modules',
  { skip },
  async (t) => {
    const { page: tab, lines } = await open(
      t,
      pages({
        'one.html': page(
          'One',
          `<button id="b" onclick="order.push('handler')">b</button>
<a id="js" href="javascript:order.push('link')">js</a>
<p id="w">1<script>document.write('<b>written</b>')</script>2</p>
<script type="module">import { name } from './lib.js'; order.push('module ' + name);</script>
<script>order.push(document.currentScript.parentElement.tagName)</script>
<script type="application/json" id="data">{"a": 1}</script>
<noscript><img src="/tracking.png"></noscript>`,
        ),
        'lib.js': "export const name = 'lib'",
      }),
    );
    await tab.waitForFunction(() => order.includes('module lib'));
    await tab.click('#b');
    await tab.click('#js');
    await tab.waitForFunction(() => order.includes('link'));
    assert.deepEqual((await tab.evaluate(() => order)).sort(), [
      'MAIN',
      'handler',
      'layout',
      'link',
      'module lib',
    ]);
    assert.equal(await tab.evaluate(() => document.querySelector('#w').innerText), '1written2');
    assert.equal(await tab.evaluate(() => document.querySelector('#data').textContent), '{"a": 1}');
    assert.deepEqual(lines, [], 'the picture in <noscript> was not asked for');
  },
);

test(
  '<noscript> in the head: what it has does not end the head, nor is it shown or asked for',
  { skip },
  async (t) => {
    const head =
      'head: \'<!-- <noscript> --><script>window.said = "<noscript>"</script>' +
      '<noscript><p><img src="/tracking.png">seen</p></noscript><meta name="after">\'\n';
    const { page: tab, lines } = await open(
      t,
      pages({
        'one.html': page('One', '', head),
        // Parsed in pieces.
        'two.html': page('Two', '<p>long</p>\n'.repeat(4000), head),
      }),
    );
    const seen = () =>
      tab.evaluate(() => [
        document.head.querySelectorAll('meta[name=after]').length,
        document.body.firstElementChild?.localName,
        /** @type {any} */ (window).said,
      ]);
    // Text is shown before scripts run.
    await tab.waitForFunction(() => 'said' in window);
    assert.deepEqual(await seen(), [1, 'nav', '<noscript>']);
    await follow(tab, 'two', 'Two');
    assert.deepEqual(await seen(), [1, 'nav', '<noscript>']);
    assert.deepEqual(lines, [], 'the picture was not asked for');
  },
);

test(
  'a policy that forbids inline scripts: the page shows, its files run, the rest is reported',
  { skip },
  async (t) => {
    const site = makeSite(
      t,
      pages({
        'one.html': page(
          'One',
          '<script>order.push(\'inline\')</script><script src="/file.js"></script>',
        ),
        'two.html': page('Two', ''),
        'file.js': "order.push('file')",
      }),
      { manifest: true },
    );
    const byHand = (
      shell,
    ) => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="meridian-shell" content="${shell}"><meta name="meridian-root" content="/"><meta name="meridian-manifest" content="meridian.json"><meta name="meridian-routes" content="path"><title>Loading</title>
<link rel="stylesheet" href="/meridian/theme.css"><link rel="icon" href="data:,"><script type="module" src="/meridian/site.js"></script><main aria-busy="true"></main>`;
    site.put('index.html', byHand('index'));
    site.put('404.html', byHand('404'));
    const server = await host(t, site.folder, {
      headers: {
        'content-security-policy':
          "default-src 'self'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; object-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types meridian",
      },
    });
    const { page: tab, lines } = await openPage(t, browser);
    await tab.addInitScript(() => (window.order = []));
    await tab.goto(server.url);
    await settled(tab);
    await tab.waitForSelector('.mer-notes');
    assert.equal(await tab.textContent('h1'), 'One');
    assert.deepEqual(await tab.evaluate(() => order), ['file']);
    assert.match(
      await tab.textContent('.mer-notes'),
      /was not run.*Content-Security-Policy forbids it/,
    );
    assert.ok(
      // Firefox says of each script, too, that it did not come.
      lines.length > 0 &&
        lines.every((line) => /Content.Security.Policy|^Loading failed for the/i.test(line)),
      lines.join('\n'),
    );
    await follow(tab, 'two', 'Two');
  },
);

test(
  'a rendered-again page keeps equal nodes, focus and scroll position, and runs no script twice',
  { skip },
  async (t) => {
    const body = (text) =>
      `<p id="kept">kept</p><input id="field"><p>${text}</p><div style="height: 3000px"></div><script>order.push('again')</script>`;
    const {
      page: tab,
      site,
      lines,
    } = await open(
      t,
      pages({ 'one.html': page('One', body('before')), 'two.html': page('Two', '') }),
    );
    await tab.fill('#field', 'typed');
    await tab.evaluate(async () => {
      // Firefox shows the field in which one types a frame or two later.
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      window.kept = document.querySelector('#kept');
      scrollTo(0, 700);
      order.length = 0;
      window.place = window.kept.getBoundingClientRect().top;
    });
    site.put('one.html', page('One', `<p>new</p>${body('after')}`));
    assert.equal(await tab.evaluate(() => window.meridian.reload(['one.html'])), true);
    await tab.waitForFunction(() => document.body.innerText.includes('after'));
    assert.deepEqual(
      await tab.evaluate(() => [
        window.kept.isConnected,
        document.querySelector('#field').value,
        document.activeElement.id,
        // Safari, which has no scroll anchoring, keeps the number instead of what is seen.
        CSS.supports('overflow-anchor', 'auto')
          ? Math.round(window.kept.getBoundingClientRect().top - window.place)
          : scrollY - 700,
        order,
      ]),
      [true, 'typed', 'field', 0, []],
    );
    // A page is added, and one removed.
    site.put('three.html', page('Three', ''));
    site.put(
      'meridian.json',
      JSON.stringify({
        files: ['_config.yml', '_layouts/default.html', 'one.html', 'three.html', 'site.css'],
      }),
    );
    site.remove('two.html');
    await tab.evaluate(() => window.meridian.reload(['three.html', 'two.html']));
    await follow(tab, 'three', 'Three');
    assert.equal(lines.filter((line) => !line.includes('two.html')).length, 0, lines.join('\n'));
  },
);

test('a changed style sheet or picture is replaced in place', { skip }, async (t) => {
  const { page: tab, site } = await open(t, pages({ 'one.html': page('One', '') }));
  site.put('site.css', 'h1 { color: rgb(30, 20, 10) }');
  assert.equal(await tab.evaluate(() => window.meridian.reload(['site.css'])), true);
  await tab.waitForFunction(
    () => getComputedStyle(document.querySelector('h1')).color === 'rgb(30, 20, 10)',
  );
});

test('patching any tree to any other gives that tree', { skip }, async (t) => {
  const { page: tab } = await open(t, pages({ 'one.html': page('One', '') }));
  const wrong = await tab.evaluate(async () => {
    const { patch } = await import('/meridian/more.js');
    let seed = 7;
    const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    const grow = (depth) => {
      const node = document.createElement(['div', 'p', 'ul', 'li', 'b'][random(5)]);
      if (random(3) === 0) node.id = `i${random(6)}`;
      if (random(3) === 0) node.className = `c${random(3)}`;
      for (let n = random(5); n--;)
        node.append(
          depth && random(2)
            ? grow(depth - 1)
            : random(4)
              ? `text ${random(9)}`
              : document.createComment(`c${random(3)}`),
        );
      return node;
    };
    let different = 0;
    for (let n = 0; n < 500; n++) {
      const [from, to] = [grow(4), grow(4)];
      const wanted = to.cloneNode(true);
      patch(from, to);
      const [a, b] = [document.createElement('div'), document.createElement('div')];
      a.append(...from.childNodes);
      b.append(...wanted.childNodes);
      if (!a.isEqualNode(b)) different++;
    }
    return different;
  });
  assert.equal(wrong, 0);
});

test(
  'in hash routing, links lead to routes, and relative addresses still reach their files',
  { skip },
  async (t) => {
    const site = makeSite(
      t,
      pages({
        'one.html': page(
          'One',
          '<a id="file" href="files/a.pdf">file</a> <a id="out" href="https://example.org/">out</a> <a id="anchor" href="#far">far</a><div style="height: 2000px"></div><p id="far">far</p>',
        ),
        'two.html': page(
          'Two',
          '<img id="pic" src="pic.svg"><img id="abs" src="/two/pic.svg" srcset="pic.svg 1x, /two/pic.svg 2x"><a id="up" href="../">up</a><a id="dl" href="../raw.txt" download>raw</a>',
        ),
        'two/pic.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"></svg>',
        'files/a.pdf': 'x',
      }),
      { manifest: true, meta: { manifest: 'meridian.json' } },
    );
    const { page: tab, lines } = await openPage(t, browser);
    await tab.addInitScript(() => (window.order = []));
    const address = await python(t, site.folder);
    await tab.goto(address);
    await tab.waitForFunction(
      () => document.querySelector('#two')?.getAttribute('href') === '/#/two/',
    );
    assert.deepEqual(
      await tab.evaluate(() =>
        ['file', 'out', 'anchor', 'home'].map((id) =>
          document.getElementById(id).getAttribute('href'),
        ),
      ),
      ['files/a.pdf', 'https://example.org/', '/#/?id=far', '/'],
    );
    await tab.click('#anchor');
    assert.equal(tab.url(), `${address}#/?id=far`);
    assert.ok(await tab.evaluate(() => scrollY > 500));
    await follow(tab, 'two', 'Two');
    assert.equal(tab.url(), `${address}#/two/`);
    await tab.waitForFunction(
      () =>
        document.querySelector('#pic').naturalWidth === 7 &&
        document.querySelector('#abs').naturalWidth === 7,
    );
    assert.deepEqual(
      await tab.evaluate(() =>
        ['up', 'dl'].map((id) => document.getElementById(id).getAttribute('href')),
      ),
      ['/', '/raw.txt'],
    );
    await tab.reload();
    await tab.waitForFunction(() => document.querySelector('h1')?.textContent === 'Two');
    for (const hash of [
      '#//example.org/',
      '#/\\example.org/',
      '#/%5cexample.org',
      '#/\t/example.org',
    ]) {
      await tab.goto('about:blank');
      await tab.goto(address + hash);
      await settled(tab);
      assert.equal(new URL(tab.url()).origin + '/', address, hash);
    }
    assert.deepEqual(lines, []);
  },
);
