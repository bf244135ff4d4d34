// The walls around what the playground shows. What came by a link goes through two: a sanitiser,
// and a frame whose policy runs and asks for nothing. Each is tried with the other away; the
// switches are here, not in what is delivered.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { findChromium, launch } from './browser.mjs';
import { demoMissing } from './demo.mjs';
import { DIST, PROJECT, filesBelow, headersBy, host, openPage } from './hosts.mjs';
import { FIXTURES, NO_FIXTURES, VECTORS, sourcesOf } from './payloads.mjs';
import { tryPage, tryPages } from './tried.mjs';
import { WALLS } from './walls.mjs';

const skip =
  demoMissing() ??
  (findChromium() || process.env.MERIDIAN_REQUIRE_BROWSER
    ? undefined
    : 'no Chromium on this machine');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const delivered = skip ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));

/** What is tried: sources by a name. */
const vectors = sourcesOf(VECTORS, 'v');
const fixtures = FIXTURES && sourcesOf(FIXTURES, 'f');

const linkOf = (files) =>
  `#p1=${deflateRawSync(JSON.stringify({ title: 'Shared', open: 'index.md', files })).toString('base64url')}`;

/**
 * The playground with a project that came by a link; all that asks anything of another host is
 * written down and answered with nothing.
 */
async function shared(t, files, { answer, context: options, init } = {}) {
  const server = await host(t, DIST, { headers: delivered, ...(answer && { answer }) });
  const opened = await openPage(t, browser, options);
  const asked = [];
  await opened.context.route(
    (url) => !url.href.startsWith(server.url),
    (route) => {
      asked.push({ url: route.request().url(), headers: route.request().headers() });
      return route.fulfill({
        status: 200,
        contentType: 'image/svg+xml',
        headers: { 'access-control-allow-origin': '*' },
        body: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>',
      });
    },
  );
  const ran = [];
  await opened.context.exposeFunction('X', (...what) => void ran.push(what));
  if (init) await opened.context.addInitScript(...init);
  await opened.page.goto(
    `${server.url}playground/${linkOf(Array.isArray(files) ? files : Object.entries(files))}`,
  );
  const shown = opened.page.frameLocator('iframe');
  await shown.locator('main').waitFor();
  return { ...opened, server, shown, asked, ran };
}

// Tabs that share a collection: most of the time one waits for a frame.
const TABS = 3;
// Milliseconds that a page stays in view after it was tried.
const STAY = 60;

/**
 * Reads through all pages of a collection, each a document of its own, and tries what can be
 * clicked. Gives what ran, was asked for or not shown, by name.
 */
async function readAll(t, files, options) {
  const names = Object.keys(files);
  const found = { ran: [], asked: [], missed: [], clicked: 0 };
  const readShare = async (share) => {
    const { page, context, server, asked, ran } = await shared(
      t,
      {
        'index.md': '---\nlayout: single\n---\n',
        ...Object.fromEntries(share.map((name) => [`${name}.md`, files[name]])),
      },
      { ...options, init: [tryPages, STAY] },
    );
    const look = (name) => {
      found.ran.push(...ran.splice(0).map((what) => [name, ...what]));
      found.asked.push(...asked.splice(0).map(({ url }) => [name, url]));
    };
    assert.deepEqual([ran, asked], [[], []]);
    // A link to another page of the site leads nowhere here, so that each page stays until it was
    // tried; all else is followed.
    await page.evaluate(() => {
      const { preview } = document.querySelector('meridian-playground').playground;
      const { followed } = preview;
      preview.followed = (url) => /^[a-z][a-z+.-]*:/i.test(url) && followed(url);
    });
    for (const name of share) {
      let { clicked, why } = await page.evaluate(tryPage, { file: `${name}.md` });
      if (why) {
        // On a machine that stood still for a while: what is not shown in another frame either was
        // not tried.
        t.diagnostic(`${name} once more, as ${why}`);
        ({ clicked, why } = await page.evaluate(tryPage, { file: `${name}.md`, anew: true }));
      }
      if (why) found.missed.push([name, why]);
      else found.clicked += clicked;
      look(name);
    }
    await page.waitForTimeout(500);
    look('the last');
    assert.equal(new URL(page.url()).pathname, '/playground/');
    assert.ok(context.pages().every((tab) => tab === page || tab.url().startsWith(server.url)));
  };
  await Promise.all(
    Array.from({ length: Math.min(TABS, names.length) }, (_, at) =>
      readShare(names.filter((_, i) => i % TABS === at)),
    ),
  );
  t.diagnostic(
    `${names.length} payloads, ${names.length - found.missed.length} of them shown, ${found.clicked} places clicked`,
  );
  return found;
}

async function readThrough(t, files, options) {
  const { ran, asked, missed, clicked } = await readAll(t, files, options);
  assert.deepEqual({ ran, asked, missed }, { ran: [], asked: [], missed: [] });
  assert.ok(clicked > 0);
}

// The sanitiser alone: what it leaves is put into a page that may run and load everything.
async function sanitiserAlone(
  t,
  payloads,
  wall = 'window.sanitize = makeWall({ pictures: false });',
) {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { makeWall } from './web/playground/frame/sanitize.js'; ${wall}`,
      resolveDir: PROJECT,
    },
    bundle: true,
    write: false,
    format: 'iife',
  });
  const server = await host(t, DIST, {
    answer: (request, response, path) => {
      if (path === '/alone')
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(
            `<!doctype html><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><script>${outputFiles[0].text.replaceAll('</script', '<\\/script')}</script>`,
          );
      return path === '/alone';
    },
  });
  const { page, context } = await openPage(t, browser);
  const asked = [];
  await page.goto(`${server.url}alone`);
  await context.route(/.*/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await page.evaluate(
    () => (window.X = (...what) => (window.ran ??= []).push([window.now, ...what])),
  );
  const found = await page.evaluate(async (payloads) => {
    const forbidden = [];
    const allowed = /^(https?:|mailto:|tel:|#|\/|\.|\?|[\w+.%-]*$|[\w+.%-]*[^\w+.%:-])/i;
    for (const [name, payload] of Object.entries(payloads)) {
      window.now = name;
      for (const part of [false, true]) {
        const page = new DOMParser().parseFromString(payload, 'text/html');
        const fragment = page.createDocumentFragment();
        if (part) fragment.append(...page.body.childNodes);
        window.sanitize(part ? fragment : page);
        document.body.replaceChildren(
          ...(part
            ? [fragment]
            : page.documentElement.querySelectorAll(
                ':scope > head > *, :scope > body, :scope > :not(head, body)',
              )),
        );
        for (const element of document.body.querySelectorAll('*')) {
          if (
            /^(script|iframe|object|embed|base|meta|form|frame|frameset|applet|foreignobject|portal)$/i.test(
              element.localName,
            )
          )
            forbidden.push([name, element.localName]);
          for (const { name: attribute, value } of element.attributes) {
            if (element.localName === 'image' && /^data:image\//.test(value)) continue;
            if (/^on|^(action|formaction|srcdoc|background|ping)$/i.test(attribute))
              forbidden.push([name, attribute]);
            if (/^(id|name)$/.test(attribute) && !value.startsWith('user-content-'))
              forbidden.push([name, attribute, value]);
            if (
              /^(xlink:)?href$/.test(attribute) &&
              !allowed.test(
                value.replace(/[\0-\x20\u00a0\u1680\u180e\u2000-\u2029\u205f\u3000]/g, ''),
              )
            )
              forbidden.push([name, attribute, value]);
          }
        }
        for (const element of document.body.querySelectorAll(
          'a, area, button, summary, input, label, details, [tabindex]',
        )) {
          // Where links lead was looked at; they are not followed.
          if (element.matches('a[href], area[href], svg a')) continue;
          for (const event of ['mouseover', 'focus', 'click', 'toggle'])
            element.dispatchEvent(new MouseEvent(event, { bubbles: true, cancelable: true }));
        }
        if (Number(name.slice(1)) % 10 === 0)
          await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { forbidden, ran: window.ran ?? [] };
  }, payloads);
  t.diagnostic(`${Object.keys(payloads).length} payloads, as a document and as a part`);
  assert.equal(page.url(), `${server.url}alone`);
  return { ...found, asked };
}
const nothing = { forbidden: [], ran: [], asked: [] };

const HOSTILE = (calls) =>
  `<script>${calls}</script><img src="https://evil.example/1.png" onerror='${calls}'><img src=x onerror='${calls}'><link rel="stylesheet" href="https://evil.example/2.css"><style>@import "https://evil.example/3.css"; p { background: url(https://evil.example/4.png) } i { background: image-set("https://evil.example/4.png" 1x) }</style><iframe srcdoc="<script>parent.parent.X()</script>"></iframe><svg onload='${calls}'></svg><meta http-equiv="refresh" content="0;url=https://evil.example/5"><base href="https://evil.example/"><form action="https://evil.example/6"><button>Send</button></form><a id="way" href="javascript:parent.X()">Way</a><a id="top" href="https://evil.example/7" target="_top">Top</a>\n\n<i>i</i> The end.\n`;
const CALLS = 'X();try{parent.X()}catch{};parent.postMessage({go:"javascript:X()"},"*")';

test('what a link brings runs nothing and asks nobody', { skip }, async (t) => {
  const { page, shown, context, server, asked, ran } = await shared(t, {
    'index.md': `---\ntitle: Hostile\n---\n\n${HOSTILE(CALLS)}`,
  });
  await shown.getByText('The end.').waitFor();
  await shown.getByText('Send').click();
  await shown.getByText('Way').click();
  await page.waitForTimeout(500);
  assert.deepEqual(ran, []);
  assert.deepEqual(asked, []);
  assert.equal(await shown.locator('body').evaluate(() => origin), 'null');
  assert.equal(new URL(page.url()).origin + '/', server.url);
  assert.equal(context.pages().length, 1);
});

test(
  'its places are found under the names that they get: contents, footnotes, labels, styles',
  { skip },
  async (t) => {
    const text = `---\ntitle: T\n---\n<style>#far-away { color: rgb(1, 2, 3) }</style>\n<ul class="toc"><li><a href="#far-away">There</a></li></ul>\n\n<label for="in">Field</label> <input id="in">\n\n<svg width="20" height="20"><defs><linearGradient id="g"><stop stop-color="#010203"/></linearGradient></defs><rect width="20" height="20" fill="url(#g)"/></svg>\n\nA note[^1].\n\n<div style="height:3000px"></div>\n\n## Far away\n\n<div style="height:3000px"></div>\n\n[^1]: Below.\n`;
    const { shown, lines } = await shared(t, { 'index.md': text });
    const top = () => shown.locator('html').evaluate((root) => root.scrollTop);
    await shown.getByRole('link', { name: 'There' }).click();
    const heading = shown.getByRole('heading', { name: 'Far away' });
    assert.equal(await heading.getAttribute('id'), 'user-content-far-away');
    assert.equal(
      await heading.evaluate((element) => getComputedStyle(element).color),
      'rgb(1, 2, 3)',
    );
    assert.ok((await top()) > 2000);
    await shown.locator('.footnotes .footnote-backref').evaluate((link) => link.click());
    assert.ok((await top()) < 2000);
    await shown.locator('.footnote-ref a').click();
    assert.ok((await top()) > 4000);
    assert.equal(await shown.getByLabel('Field').count(), 1);
    assert.equal(await shown.locator('rect').getAttribute('fill'), 'url("#user-content-g")');
    assert.deepEqual(lines, []);
  },
);

// The demo's files as a link has them.
const TEXT = /\.(md|html|yml|json|csv|tsv|css|svg|txt|js|bib|xml)$|(^|\/)[^./]+$/;
const demoFiles = () =>
  filesBelow(join(PROJECT, 'content')).map((path) => {
    const bytes = readFileSync(join(PROJECT, 'content', path));
    return TEXT.test(path) ? [path, bytes.toString()] : [path, bytes.toString('base64url'), 1];
  });

test('the demo behind the walls looks as it does without', { skip }, async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, shown, lines } = await shared(t, demoFiles(), {
      context: { colorScheme, viewport: { width: 1800, height: 1000 } },
    });
    page.on('dialog', (dialog) => dialog.accept());
    const pictures = {};
    for (const own of [false, true]) {
      // As if the reader had taken it for their own.
      if (own)
        await page
          .locator('meridian-playground')
          .evaluate((element) => element.playground.project.trust());
      for (const path of ['/', '/cv/', '/publications/']) {
        await page
          .locator('meridian-playground')
          .evaluate((element, path) => element.playground.go(path), path);
        await page.waitForFunction(
          (path) =>
            document.querySelector('meridian-playground').shadowRoot.querySelector('.address code')
              .textContent === path,
          path,
        );
        await page.waitForTimeout(700);
        assert.match(
          await page.locator('iframe').getAttribute('src'),
          own ? /frame-own\.html\?/ : /frame\.html\?/,
        );
        const picture = (await page.locator('iframe').screenshot()).toString('base64');
        if (own) assert.ok(picture === pictures[path], `${path} ${colorScheme}`);
        pictures[path] = picture;
      }
    }
    await shown.locator('main').waitFor();
    assert.deepEqual(lines, []);
  }
});

test(
  'pictures of other hosts wait until the reader wants them; then they are asked for without saying who asks',
  { skip },
  async (t) => {
    const text =
      '---\ntitle: T\n---\n![one](https://a.example/1.png) ![two](http://b.example/2.png) <img alt="three" src="https://b.example/3.png" srcset="https://b.example/3b.png 2x">\n<p style="background: url(https://b.example/4.png)">The end.</p>\n<script>parent.X()</script><img src="https://b.example/5.png" onload="X()" alt="five">\n';
    const { page, shown, lines, asked, ran } = await shared(t, { 'index.md': text });
    await shown.getByText('The end.').waitFor();
    await page.getByText('6 pictures from 2 other hosts are not shown.').waitFor();
    assert.deepEqual(asked, []);
    await page.getByRole('button', { name: 'Show them' }).click();
    await shown.getByText('The end.').waitFor();
    for (const name of ['one', 'two', 'three'])
      await shown.getByRole('img', { name }).evaluate((image) => image.decode());
    await page.waitForTimeout(300);
    assert.deepEqual([...new Set(asked.map(({ url }) => url))].sort(), [
      'https://a.example/1.png',
      'https://b.example/2.png',
      'https://b.example/3.png',
      'https://b.example/4.png',
      'https://b.example/5.png',
    ]);
    assert.ok(asked.every(({ headers }) => !headers.referer && !headers.cookie));
    assert.match(await page.locator('iframe').getAttribute('src'), /frame-pictures\.html\?\w+#/);
    assert.equal(await page.getByText('not shown').count(), 0);
    assert.equal(await page.getByText('Scripts of this project don’t run').count(), 1);
    assert.deepEqual(ran, []);
    // Of a handler the browser says that it is not run, before it is taken out.
    assert.deepEqual(
      lines.filter((line) => !line.startsWith('Executing inline event handler')),
      [],
    );
  },
);

test('each frame has the policy that is delivered, as a header and in itself', { skip }, () => {
  for (const name of ['frame', 'frame-pictures', 'frame-own']) {
    const [, policy] = /security-policy" content="([^"]*)"/.exec(
      readFileSync(join(DIST, `playground/${name}.html`), 'utf8'),
    );
    assert.equal(
      delivered(`/playground/${name}.html`)['content-security-policy'],
      `${policy};frame-ancestors 'self'`,
    );
    if (name !== 'frame-own')
      assert.match(
        policy,
        /^default-src 'none';script-src 'sha256-[^ ]+' 'sha256-[^ ]+' 'wasm-unsafe-eval';/,
      );
  }
});

// ---- one's own project ----

const ORDER = {
  '_config.yml': 'title: T\n',
  '_layouts/default.html':
    '<!doctype html><html lang="en"><head><title>T</title><script>order = []; document.addEventListener("DOMContentLoaded", () => order.push("ready")); addEventListener("load", () => order.push("load"))</script><script src="/assets/first.js"></script><script defer src="/assets/deferred.js"></script><script type="module">order.push("module")</script></head><body><main>{{ content }}</main><script>order.push("last:" + document.querySelectorAll("main").length)</script></body></html>',
  'assets/first.js': 'const TOP = 1; order.push("first:" + document.body)',
  'assets/deferred.js': 'order.push("deferred:" + document.readyState)',
  'index.md':
    '---\ntitle: One\nlayout: default\n---\n# One\n\n<button onclick="order.push(\'click\')">B</button> [two](/two/)\n',
  'two.md': '---\ntitle: Two\nlayout: default\npermalink: /two/\n---\n# Two\n',
};
/** A project as if the reader had it open the last time. */
const kept = (files, trusted) =>
  new Promise((resolve) => {
    const request = indexedDB.open('meridian-playground', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('projects');
    request.onsuccess = () => {
      const objects = request.result.transaction('projects', 'readwrite').objectStore('projects');
      objects.put(
        { title: 'T', open: 'index.md', files: Object.entries(files), ...(trusted && { trusted }) },
        'last',
      ).onsuccess = () => (request.result.close(), resolve());
    };
  });

/** The playground with a project that was kept. */
async function own(t, files, { trusted = true } = {}) {
  const opened = await shared(t, { 'index.md': 'x' });
  await opened.page.goto(`${opened.server.url}playground/playground.css`);
  await opened.page.evaluate(`(${kept})(${JSON.stringify(files)}, ${trusted})`);
  await opened.page.goto(`${opened.server.url}playground/`);
  await opened.shown.locator('main').waitFor();
  return opened;
}
/** Changes a file as the editor does. */
const put = (page, path, text) =>
  page
    .locator('meridian-playground')
    .evaluate((element, [path, text]) => element.playground.project.put(path, text), [path, text]);

test(
  'one’s own project runs its scripts as a browser does, once; the page is patched, and made anew when a script is another',
  { skip },
  async (t) => {
    const { page, shown, lines } = await own(t, ORDER);
    const order = () => shown.locator('body').evaluate(() => window.order);
    const done = async () => {
      for (let tries = 0; tries < 50 && !(await order().catch(() => []))?.includes('load'); tries++)
        await page.waitForTimeout(100);
      return order();
    };
    const all = ['first:null', 'last:1', 'deferred:interactive', 'module', 'ready', 'load'];
    assert.deepEqual(await done(), all);
    await shown.getByRole('button', { name: 'B' }).click();
    await put(page, 'index.md', ORDER['index.md'].replace('# One', '# Uno'));
    await shown.getByRole('heading', { name: 'Uno' }).waitFor();
    await page.waitForTimeout(600);
    assert.deepEqual(await order(), [...all, 'click']);
    // A link leads to a page of its own, in which nothing is left of the first.
    await shown.getByRole('link', { name: 'two' }).click();
    await shown.getByRole('heading', { name: 'Two' }).waitFor();
    assert.deepEqual(await done(), all);
    // A changed file of a script runs anew, once the typing pauses.
    await put(page, 'assets/first.js', 'const TOP = 2; order.push("other:" + TOP)');
    await page.waitForTimeout(1200);
    assert.deepEqual(await done(), ['other:2', ...all.slice(1)]);
    assert.deepEqual(lines, []);
  },
);

test('… and reaches neither the playground nor what this browser keeps', { skip }, async (t) => {
  const script = `window.tried = {};
const attempt = (name, act) => { try { tried[name] = String(act()) } catch (error) { tried[name] = error.name } };
attempt('origin', () => origin);
attempt('hash', () => location.hash);
fetch('/data/own.json').then((answer) => answer.json()).then((own) => (tried.own = own));
fetch('missing.json').then((answer) => (tried.missing = answer.status));
attempt('parent', () => parent.document.title);
attempt('top', () => { top.location = 'https://evil.example/'; return 'set' });
attempt('cookie', () => document.cookie);
attempt('storage', () => localStorage.length);
attempt('database', () => { indexedDB.open('meridian-playground'); return 'open' });
attempt('popup', () => window.open('https://evil.example/'));
fetch('https://api.example/data').then((answer) => (tried.outside = answer.status), (error) => (tried.outside = error.name));
fetch(location.href).then((answer) => (tried.inside = answer.status), (error) => (tried.inside = error.name));`;
  const { page, shown, server, context, asked } = await own(t, {
    'index.md': `---\ntitle: T\n---\n# T\n\n<script>${script}</script>\n\n![out](https://a.example/1.png)\n`,
    'data/own.json': '[1]',
  });
  await shown.getByRole('img', { name: 'out' }).evaluate((image) => image.decode());
  await page.waitForTimeout(500);
  const tried = await shown.locator('body').evaluate(() => window.tried);
  assert.deepEqual(tried, {
    origin: 'null',
    hash: '',
    own: [1],
    missing: 404,
    parent: 'SecurityError',
    top: 'SecurityError',
    cookie: 'SecurityError',
    storage: 'SecurityError',
    database: 'SecurityError',
    popup: 'null',
    outside: 200,
    inside: 'TypeError',
  });
  assert.deepEqual([...new Set(asked.map(({ url }) => url))].sort(), [
    'https://a.example/1.png',
    'https://api.example/data',
  ]);
  assert.equal(page.url(), `${server.url}playground/`);
  assert.equal(context.pages().length, 1);
  assert.equal(await page.getByText('not shown').count(), 0);
});

test(
  'a frame is given files of the project and of the shell, nothing else of the host',
  { skip },
  async (t) => {
    const { page, shown, server } = await own(t, {
      'index.md':
        '---\ntitle: T\n---\n# T\n\n<img src="/meridian/..%2fplayground/index.html"> <img src="/meridian/%2e%2e%2fsecret.png"> <img src="/meridian//evil.example/x.png"> <img src="/playground/main.js">\n',
    });
    await shown.getByRole('heading', { name: 'T' }).first().waitFor();
    const before = server.log.length;
    await page.waitForTimeout(500);
    assert.deepEqual(
      server.log.slice(before).filter(({ path }) => /secret|evil/.test(path)),
      [],
    );
    assert.ok(server.log.every(({ path }) => !/secret|evil\.example/.test(path)));
  },
);

test(
  'what came from elsewhere runs its scripts when the reader says so, and that is kept',
  { skip },
  async (t) => {
    const { page, shown, ran, server } = await shared(t, {
      'index.md':
        '---\ntitle: T\n---\n# T\n\n<p id="p">Still</p>\n<script>document.querySelector("#p").textContent = "Moved"; X("ran")</script>\n',
    });
    const asked = [];
    page.on(
      'dialog',
      (dialog) => (
        asked.push(dialog.message()),
        asked.length === 1 ? dialog.dismiss() : dialog.accept()
      ),
    );
    await page.getByText('Scripts of this project don’t run.').waitFor();
    await page.getByRole('button', { name: 'Run them' }).click();
    assert.equal(await shown.getByText('Still').count(), 1);
    await page.getByRole('button', { name: 'Run them' }).click();
    await shown.getByText('Moved').waitFor();
    assert.match(
      asked[1],
      /can’t reach the playground or your data, but they can load things from the network/,
    );
    assert.equal(await page.getByText('Scripts of this project').count(), 0);
    await page.getByText('Kept in this browser').waitFor();
    await page.goto(`${server.url}playground/playground.css`);
    await page.goto(`${server.url}playground/`);
    await shown.getByText('Moved').waitFor();
    assert.equal(ran.length, 2);
    // Another link is another project.
    await page.goto(`${server.url}playground/playground.css`);
    await page.goto(
      `${server.url}playground/${linkOf(Object.entries({ 'index.md': '---\n---\n# Other\n<script>X("other")</script>\n' }))}`,
    );
    await page.getByText('Scripts of this project don’t run.').waitFor();
    assert.equal(ran.length, 2);
  },
);

test(
  'one’s own project stays one’s own when the page of its link is loaded again',
  { skip },
  async (t) => {
    const { page, shown, ran } = await own(t, {
      'index.md': '---\n---\n# T\n<script>X("ran")</script>\n',
    });
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByText('The link holds the whole project').waitFor();
    const count = ran.length;
    await page.reload();
    await shown.getByRole('heading', { name: 'T' }).waitFor();
    await page.waitForTimeout(500);
    assert.equal(ran.length, count + 1);
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText('Scripts of this project don’t run.').waitFor();
    assert.equal(ran.length, count + 1);
  },
);

test('what is kept and not said to be one’s own is behind the walls', { skip }, async (t) => {
  const { page, ran } = await own(
    t,
    { 'index.md': '---\n---\n# T\n<script>X("ran")</script>\n' },
    { trusted: false },
  );
  await page.getByText('Scripts of this project don’t run.').waitFor();
  assert.deepEqual(ran, []);
});

test(
  'the globe turns in both frames, and stays when something else changes',
  { skip },
  async (t) => {
    for (const trusted of [false, true]) {
      const { page, shown, lines, asked } = await shared(t, demoFiles());
      if (trusted)
        await page
          .locator('meridian-playground')
          .evaluate((element) => element.playground.project.trust());
      await page
        .locator('meridian-playground')
        .evaluate((element) => element.playground.open('_pages/travel.md'));
      const globe = shown.locator('meridian-globe[ready]');
      await globe.waitFor();
      const drawn = () =>
        globe.evaluate((element) => {
          const { width, height } = element.frame.canvas;
          return (
            element.frame.canvas
              .getContext('2d')
              .getImageData(0, 0, width, height)
              .data.filter((_, at) => at % 4 === 3)
              .filter(Boolean).length /
            width /
            height
          );
        });
      for (let tries = 0; tries < 30 && (await drawn()) < 0.2; tries++)
        await page.waitForTimeout(100);
      assert.ok((await drawn()) > 0.2);
      await shown.getByRole('button', { name: 'Zoom in' }).click();
      await globe.evaluate((element) => (element.mark = true));
      const text = await page
        .locator('meridian-playground')
        .evaluate((element) => element.playground.project.text('_pages/travel.md'));
      await put(page, '_pages/travel.md', `${text}\nA new line.\n`);
      await shown.getByText('A new line.').waitFor();
      assert.equal(await globe.evaluate((element) => element.mark), true);
      await put(page, '_data/travel.yml', '- city: Berlin\n- city: Quito\n');
      await shown.locator('meridian-globe .stops li').nth(1).waitFor();
      await page.waitForTimeout(500);
      await globe.waitFor();
      assert.equal(await globe.evaluate((element) => element.stops.length), 2);
      assert.deepEqual(asked, []);
      assert.deepEqual(
        lines.filter((line) => !line.startsWith('Canvas2D')),
        [],
      );
    }
  },
);

// ---- collections; behind each wall alone in both engines: vectors.test.mjs ----

/** Without front matter. */
const bodies = (payloads) =>
  Object.fromEntries(
    Object.entries(payloads).map(([name, text]) => [name, text.replace(/^---\n---\n/, '')]),
  );
const timeout = 480_000;
test('no vector of ours runs or asks for anything, opened through a link', { skip, timeout }, (t) =>
  readThrough(t, vectors),
);
test('… with the sanitiser alone', { skip, timeout }, async (t) =>
  assert.deepEqual(await sanitiserAlone(t, bodies(vectors)), nothing),
);
test('nor does any of DOMPurify’s own', { skip: skip ?? NO_FIXTURES, timeout }, (t) =>
  readThrough(t, fixtures),
);
test('… with the sanitiser alone, too', { skip: skip ?? NO_FIXTURES, timeout }, async (t) =>
  assert.deepEqual(await sanitiserAlone(t, bodies(fixtures)), nothing),
);

test(
  'with neither wall what is hostile runs and asks: these tests would see it, and say where',
  { skip },
  async (t) => {
    const hostile = (n) =>
      `<script>X()</script><img src=x onerror=X()><img src="https://evil.example/${n}.png"><a href="javascript:X()">Way</a>`;
    // Between others that are harmless, of which one closes nothing.
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `v${at}`,
        `---\n---\n${at % 4 === 2 ? hostile(at) : at % 4 === 1 ? '<!-- <textarea>' : 'A *text*.'}\n`,
      ]),
    );
    const { ran, asked, missed } = await readAll(t, files, {
      answer: (_request, response, path) =>
        path === '/playground/frame.html' &&
        !!response.writeHead(200, { 'content-type': 'text/html' }).end(WALLS['no wall']()),
    });
    assert.deepEqual(missed, []);
    for (const name of ['v2', 'v6', 'v10']) {
      assert.ok(
        ran.some(([at]) => at === name),
        `${name} of ${ran}`,
      );
      assert.ok(
        asked.some(([, url]) => url === `https://evil.example/${name.slice(1)}.png`),
        `${name} of ${asked}`,
      );
    }
    assert.ok(ran.length >= 6);
    const found = await sanitiserAlone(t, { v0: hostile(0) }, 'window.sanitize = () => {};');
    assert.ok(found.ran.length && found.forbidden.length && found.asked.length);
  },
);

test(
  'axe finds nothing in what is said above the page, light and dark, on a desk and on a phone',
  { skip },
  async (t) => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ]) {
      for (const colorScheme of ['light', 'dark']) {
        const { page } = await shared(
          t,
          { 'index.md': '---\n---\n![one](https://a.example/1.png)\n\n<script>X()</script>\n' },
          { context: { viewport: { width, height }, colorScheme } },
        );
        await page.getByText('1 picture from a.example is not shown.').waitFor();
        assert.ok(await page.getByRole('button', { name: 'Run them' }).isVisible());
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() =>
          window.axe.run(document, { iframes: false }),
        );
        assert.deepEqual(
          violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
          [],
          `${width} ${colorScheme}`,
        );
        if (process.env.PICTURES)
          await page.screenshot({
            path: `${process.env.PICTURES}/bars-${width}-${colorScheme}.png`,
          });
      }
    }
  },
);
