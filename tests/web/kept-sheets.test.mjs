// Style sheets of a site on a second visit: the page is shown at once in its own style, as the last
// visit left both; its links follow, and what has changed. Real core, real browser, real command.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import {
  COMMAND,
  DIST,
  fillStorage,
  headersBy,
  host,
  makeSite,
  noBrowser,
  openPage,
  painted,
} from './hosts.mjs';

const skip = noBrowser() ?? (existsSync(COMMAND) ? undefined : 'the command is not built');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const HEAD = `<link rel="stylesheet" href="/assets/main.css"><link rel="stylesheet" href="/plain.css" media="screen">`;
const layout = (head) => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ page.title }}</title>${head}</head><body>
<main><h1>{{ page.title }}</h1>{{ content }}</main><script src="/page.js"></script></body></html>`;
const SOURCES = {
  '_config.yml': 'title: Kept\n',
  '_layouts/default.html': layout(HEAD),
  '_sass/_ink.scss': '$ink: #010203;\n',
  'assets/main.scss':
    '---\n---\n@import "ink";\nh1 { color: $ink; background: url(dot.svg) }\n.elsewhere { color: red }\n',
  'assets/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'plain.css': 'main { padding-left: 7px } .elsewhere { padding: 0 }',
  'page.js':
    "window.links = document.querySelectorAll('head > link[rel=stylesheet]').length; window.styles = document.querySelectorAll('head > style:not([data-sheet])').length;",
  'index.md': '---\nlayout: default\ntitle: One\n---\nText\n',
};

/** Runs in the page: the looks of its title that frames have shown, and what it has of sheets. */
function watch() {
  window.looks = [];
  const look = () => {
    const title = document.querySelector('h1');
    if (title) {
      const { color } = getComputedStyle(title);
      const { paddingLeft } = getComputedStyle(title.parentElement);
      const now = `${color} ${paddingLeft}`;
      if (now !== window.looks.at(-1)) window.looks.push(now);
    }
    requestAnimationFrame(look);
  };
  look();
}

/**
 * A site with its compiled sheet on a host that is not the author's, and a page in it.
 * `compiled`: false leaves the sheet out.
 */
async function open(t, sources = SOURCES, { compiled = true, state = {}, prepare } = {}) {
  const site = makeSite(t, sources, { meta: { root: '/', manifest: 'meridian.json' } });
  const index = () => {
    execFileSync(COMMAND, ['index', '--source', site.root, '--quiet']);
    site.say('index.html', { root: '/', manifest: 'meridian.json', routes: 'path' });
    if (!compiled) {
      site.remove('assets/main.meridian.css');
      const manifest = JSON.parse(readFileSync(join(site.root, 'meridian.json'), 'utf8'));
      manifest.files = manifest.files.filter(({ path }) => !/meridian\.css$/.test(path));
      for (const [route, files] of Object.entries(manifest.pages))
        manifest.pages[route] = files.map((path) =>
          path.replace(/main\.meridian\.css$/, 'main.scss'),
        );
      site.put('meridian.json', JSON.stringify(manifest));
    }
  };
  index();
  const server = await host(t, site.folder, state);
  const opened = await openPage(t, browser);
  if (prepare) await opened.page.addInitScript(prepare);
  await opened.page.addInitScript(watch);
  const url = server.url.replace('127.0.0.1', 'reader.localhost');
  await opened.page.goto(url);
  return { ...opened, site, server, url, index };
}

const record = (page) => page.evaluate(() => localStorage['meridian:/css:/']);
/** Waits until the page's sheets are kept. */
const kept = (page, text = '') =>
  page.waitForFunction((text) => localStorage['meridian:/css:/']?.includes(text), text);
const hasRun = (page) => page.waitForFunction(() => 'styles' in window);
const looks = (page) => page.evaluate(() => window.looks);
const looksSo = (page, look) => page.waitForFunction((look) => window.looks.at(-1) === look, look);
const FIRST = 'rgb(1, 2, 3) 7px';

/** Holds all answers but those of the shell itself. */
function hold(server, pattern = /^\/(?!$|meridian\/(site|more|theme))/) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  server.state.answer = async (_request, _response, path) => {
    if (pattern.test(path)) await held;
    return false;
  };
  return release;
}

test(
  'a kept page has its own style before any request, then its links, then its scripts',
  { skip },
  async (t) => {
    const { page, server, url, lines } = await open(t);
    await kept(page);
    const sheets = JSON.parse(await record(page));
    assert.deepEqual(Object.keys(sheets), ['/assets/main.css', '/plain.css']);
    assert.match(sheets['/assets/main.css'], /url\("?http.*\/assets\/dot\.svg/);
    assert.doesNotMatch(JSON.stringify(sheets), /elsewhere/);
    await page.goto('about:blank');
    const release = hold(server);
    await page.goto(url, { waitUntil: 'commit' });
    await looksSo(page, FIRST);
    assert.equal(await page.evaluate(() => 'styles' in window), false);
    release();
    await hasRun(page);
    assert.deepEqual(await page.evaluate(() => [window.links, window.styles]), [2, 0]);
    const media = () => [...document.querySelectorAll('link[media]')].map(({ media }) => media);
    assert.deepEqual(await page.evaluate(media), ['screen']);
    assert.deepEqual(await looks(page), [FIRST]);
    assert.deepEqual(lines, []);
  },
);

test(
  'a sheet that has changed is shown as it was until the new one is there, and never without',
  { skip },
  async (t) => {
    const { page, site, url, index, lines } = await open(t);
    await kept(page);
    await page.goto('about:blank');
    site.put('_sass/_ink.scss', '$ink: #040506;\n');
    site.put('plain.css', 'main { padding-left: 9px }');
    index();
    await page.goto(url);
    const SECOND = 'rgb(4, 5, 6) 9px';
    await looksSo(page, SECOND);
    const seen = await looks(page);
    // Each comes when it is there.
    const known = new Set([FIRST, 'rgb(1, 2, 3) 9px', 'rgb(4, 5, 6) 7px', SECOND]);
    assert.equal(seen[0], FIRST);
    assert.ok(
      seen.every((look) => known.has(look)),
      seen.join(),
    );
    // The next visit begins with the new one.
    await kept(page, '#040506');
    await page.goto('about:blank');
    await page.goto(url);
    await hasRun(page);
    assert.deepEqual(await looks(page), [SECOND]);
    assert.deepEqual(lines, []);
  },
);

test(
  'sheets that the browser makes are there at once, too, and made anew when they have changed',
  { skip },
  async (t) => {
    const { page, site, server, url, index, lines } = await open(t, SOURCES, { compiled: false });
    await kept(page, '#010203');
    await page.goto('about:blank');
    const release = hold(server);
    await page.goto(url, { waitUntil: 'commit' });
    await looksSo(page, FIRST);
    release();
    await hasRun(page);
    assert.deepEqual(await page.evaluate(() => [window.links, window.styles]), [1, 0]);
    assert.deepEqual(await looks(page), [FIRST]);
    await page.goto('about:blank');
    site.put('_sass/_ink.scss', '$ink: #040506;\n');
    index();
    await page.goto(url);
    await looksSo(page, 'rgb(4, 5, 6) 7px');
    assert.deepEqual(await looks(page), [FIRST, 'rgb(4, 5, 6) 7px']);
    await kept(page, '#040506');
    assert.deepEqual(lines, []);
  },
);

test(
  'a compiled sheet takes the place of one that was made, without a gap',
  { skip },
  async (t) => {
    const { page, site, url, lines } = await open(t, SOURCES, { compiled: false });
    await kept(page, '#010203');
    await page.goto('about:blank');
    execFileSync(COMMAND, ['index', '--source', site.root, '--quiet']);
    site.say('index.html', { root: '/', manifest: 'meridian.json', routes: 'path' });
    await page.goto(url);
    await page.waitForSelector('link[href$="main.meridian.css"]', { state: 'attached' });
    await page.waitForFunction(() => !document.querySelector('style'));
    assert.deepEqual(await looks(page), [FIRST]);
    assert.deepEqual(lines, []);
  },
);

test(
  'a sheet that is older than its sources does not come back for a moment',
  { skip },
  async (t) => {
    const sources = {
      ...SOURCES,
      '_config.yml': 'title: Kept\nink: "#010203"\n',
      'assets/main.scss': '---\n---\nh1 { color: {{ site.ink }} }\n',
    };
    const { page, site, url, lines } = await open(t, sources);
    await kept(page, '#010203');
    site.put('_config.yml', sources['_config.yml'].replace('#010203', '#040506'));
    await page.goto('about:blank');
    await page.goto(url);
    await looksSo(page, 'rgb(4, 5, 6) 7px');
    await kept(page, '#040506');
    await page.waitForFunction(
      () => JSON.parse(localStorage['meridian:/']).sheets['/assets/main.css'] === '',
    );
    await page.goto('about:blank');
    await page.goto(url);
    await hasRun(page);
    await kept(page, '#040506');
    assert.deepEqual(await looks(page), ['rgb(4, 5, 6) 7px']);
    assert.deepEqual(lines, []);
  },
);

test('a title keeps its font while its link takes over', { skip }, async (t) => {
  const FONT = 'node_modules/katex/dist/fonts/KaTeX_Typewriter-Regular.woff2';
  const sources = {
    ...SOURCES,
    'assets/typewriter.woff2': readFileSync(FONT),
    'plain.css':
      '@font-face { font-family: Typewriter; src: url(assets/typewriter.woff2); font-display: swap }' +
      ' h1 { font-family: Typewriter, sans-serif; display: inline-block }',
  };
  /** Runs in the page: the widths of its title that frames have shown. */
  const measure = () => {
    window.widths = [];
    const look = () => {
      const width = document.querySelector('h1')?.getBoundingClientRect().width;
      if (width && width !== window.widths.at(-1)) window.widths.push(width);
      requestAnimationFrame(look);
    };
    look();
  };
  const { page, server, url, lines } = await open(t, sources, { prepare: measure });
  await kept(page, 'Typewriter');
  await page.goto('about:blank');
  server.state.answer = async (_request, _response, path) => {
    if (/woff2/.test(path)) await new Promise((resolve) => setTimeout(resolve, 150));
    return false;
  };
  await page.goto(url);
  await hasRun(page);
  await page.waitForFunction(() => !document.querySelector('style'));
  await page.evaluate(() => document.fonts.ready);
  await painted(page);
  const widths = await page.evaluate(() => window.widths);
  assert.ok(widths.length <= 2, `the font may come after the text, once: ${widths}`);
  assert.deepEqual(lines, []);
});

test('each page keeps its own rules, also where the link has stayed', { skip }, async (t) => {
  const two = '---\nlayout: default\ntitle: Two\npermalink: /two/\n---\nText\n{: .elsewhere}\n';
  const { page, url, lines } = await open(t, { ...SOURCES, 'two.md': two });
  await kept(page);
  await page.evaluate(() => window.meridian.navigate('/two/'));
  await page.waitForFunction(() => localStorage['meridian:/css:/two/']?.includes('elsewhere'));
  assert.doesNotMatch(await record(page), /elsewhere/);
  await page.goto('about:blank');
  await page.goto(`${url}two/`);
  await hasRun(page);
  assert.deepEqual(await looks(page), [FIRST]);
  assert.deepEqual(
    lines.filter((line) => !/404 .*\/two\/$/.test(line)),
    [],
  );
});

test('a kept page stays as it is when its sheets can’t be had', { skip }, async (t) => {
  const { page, server, url } = await open(t);
  await kept(page);
  await page.goto('about:blank');
  server.state.answer = (request, _response, path) =>
    /\.(css|json|s?css)$/.test(path) && !!request.socket.destroy();
  await page.goto(url);
  await hasRun(page);
  await page.waitForSelector('main section');
  assert.deepEqual(await looks(page), [FIRST]);
});

test('sheets that are missing or empty keep no page from being kept', { skip }, async (t) => {
  const links = '<link rel="stylesheet" href="/gone.css"><link rel="stylesheet" href="/empty.css">';
  const sources = {
    ...SOURCES,
    '_layouts/default.html': layout(HEAD + links),
    'empty.css': '/* later */',
  };
  const asked = [];
  const answer = (_request, _response, path) => void asked.push(path);
  const { page, url } = await open(t, sources, { state: { answer } });
  await kept(page);
  assert.deepEqual(Object.keys(JSON.parse(await record(page))).slice(2), [
    '/gone.css',
    '/empty.css',
  ]);
  await page.goto('about:blank');
  await page.goto(url);
  await hasRun(page);
  assert.deepEqual(await looks(page), [FIRST]);
  // Each visit has asked for it once, as the page's own link does.
  assert.equal(asked.filter((path) => path === '/gone.css').length, 2, asked.join(' '));
});

test('what is kept of sheets goes with its page, and may be damaged', { skip }, async (t) => {
  const { page, url, lines } = await open(t);
  await kept(page);
  for (const text of ['{', 'null', '7', '[]', '{"/assets/main.css":"h1{color:red}"}', '{"a":{}}']) {
    await page.goto('about:blank');
    await page.goto(`${url}page.js`);
    await page.evaluate((text) => (localStorage['meridian:/css:/'] = text), text);
    await page.goto(url);
    await hasRun(page);
    assert.deepEqual(await looks(page), [FIRST], text);
    await kept(page, '7px');
  }
  // Another page has been kept at this address: another's rules do not fit.
  await page.goto(`${url}page.js`);
  await page.evaluate(() => {
    localStorage['meridian:/:/'] = localStorage['meridian:/:/'].replace('Text', 'Other');
    localStorage['meridian:/css:/'] = '{"/assets/main.css":"","/plain.css":""}';
  });
  await page.goto(url);
  await kept(page, '7px');
  assert.deepEqual(lines, []);
});

test('sheets that import others, or are not UTF-8, are not kept', { skip }, async (t) => {
  const { page, site, url } = await open(t, {
    ...SOURCES,
    'plain.css': '@import "more.css"; main { padding-left: 7px }',
    'more.css': 'p { color: green }',
  });
  await hasRun(page);
  // Keeping has no sign when there is nothing to keep.
  await page.waitForTimeout(1500);
  assert.equal(await record(page), undefined);
  site.put('plain.css', Buffer.from('main { padding-left: 7px } .\xe9 { color: red }', 'latin1'));
  await page.goto(url);
  await hasRun(page);
  await page.waitForTimeout(1500);
  assert.equal(await record(page), undefined);
});

test('a full storage keeps no sheets, and the page is there', { skip }, async (t) => {
  const { page, url, lines } = await open(t, SOURCES, { prepare: fillStorage });
  await hasRun(page);
  await page.goto(url);
  await hasRun(page);
  assert.deepEqual(await looks(page), [FIRST]);
  assert.equal(await record(page), undefined);
  assert.deepEqual(lines, []);
});

const delivered = skip ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));

test('the delivered policy, with Trusted Types, allows it', { skip }, async (t) => {
  const { page, server, url, lines } = await open(t, SOURCES, { state: { headers: delivered } });
  await kept(page);
  await page.goto('about:blank');
  const release = hold(server);
  await page.goto(url, { waitUntil: 'commit' });
  await looksSo(page, FIRST);
  release();
  await hasRun(page);
  assert.deepEqual(await looks(page), [FIRST]);
  assert.deepEqual(lines, []);
});

test('where a policy forbids inline sheets, links are waited for', { skip }, async (t) => {
  const strict = (path) => ({
    ...delivered(path),
    'content-security-policy': delivered(path)['content-security-policy'].replace(
      "style-src 'self' 'unsafe-inline'",
      "style-src 'self'",
    ),
  });
  const { page, server, url, lines } = await open(t, SOURCES, { state: { headers: strict } });
  await kept(page);
  const before = new Set(lines.splice(0));
  await page.goto('about:blank');
  const release = hold(server, /\.css$/);
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForTimeout(500);
  assert.deepEqual(await looks(page), []);
  release();
  await hasRun(page);
  assert.deepEqual(await looks(page), [FIRST]);
  assert.deepEqual(
    lines.filter((line) => !before.has(line)),
    [],
  );
});

test('a page with a policy of its own waits for its links', { skip }, async (t) => {
  const policy = `<meta http-equiv="Content-Security-Policy" content="style-src 'nonce-x' 'self'">`;
  const { page, url, lines } = await open(t, {
    ...SOURCES,
    '_layouts/default.html': layout(policy + HEAD),
  });
  await kept(page);
  await page.goto('about:blank');
  await page.goto(url);
  await hasRun(page);
  assert.deepEqual(await looks(page), [FIRST]);
  // Firefox says so of what the shell adds, on each visit.
  assert.deepEqual(
    lines.filter((line) => !/Ignoring “'unsafe-inline'”/.test(line)),
    [],
  );
});
