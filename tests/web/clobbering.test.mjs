// DOM clobbering: pages whose images, forms and fields are named like properties of documents and
// forms. With any such name a page is shown as written, and the sanitiser and the policies hold.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { engines } from './engines.mjs';
import {
  DIST,
  PROJECT,
  filesBelow,
  host,
  makeSite,
  notBuilt,
  openPage,
  settled,
} from './hosts.mjs';

// The modules of the frame, the export and the card that the bench page exposes.
const EXPORTS = [
  ['playground/frame/content', 'Content'],
  ['playground/frame/resources', 'rewriteUrls, showBy'],
  ['playground/frame/sanitize', 'makeWall'],
  ['playground/frame/merge', 'merge'],
  ['base/dom_patch', 'patch, patchAttributes'],
  ['base/trusted_html', 'parse'],
  ['playground/export/page', 'single'],
  ['profile/sections', 'section'],
  ['profile/validate', 'address, places'],
  ['base/elements', 'make'],
];

const { outputFiles } = notBuilt()
  ? { outputFiles: [] }
  : await build({
      stdin: {
        contents: EXPORTS.map(
          ([file, names]) => `export { ${names} } from './web/${file}.js';`,
        ).join('\n'),
        resolveDir: PROJECT,
      },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'walls',
      define: { FRAMES: '""', 'import.meta.url': '"https://site.invalid/"' },
    });

/** A page that may run scripts and load anything, with the frame's scripts. */
async function bench(t, engine) {
  const server = await host(t, DIST, {
    answer: (request, response, path) =>
      path === '/bench' &&
      !!response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          `<!doctype html><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><script>${outputFiles[0].text.replaceAll('</script', '<\\/script')}</script><main></main>`,
        ),
  });
  const { page, context } = await openPage(t, await engine.browser());
  await page.goto(`${server.url}bench`);
  const asked = [];
  await context.route(
    (url) => !url.href.startsWith(server.url),
    (route) => (asked.push(route.request().url()), route.abort()),
  );
  return { page, asked };
}

/** Runs in the bench: a page for each property name of documents and forms. */
function pagesOf() {
  const all = (kind) => {
    const names = new Set();
    for (let at = kind.prototype; at !== Object.prototype; at = Object.getPrototypeOf(at))
      for (const name of Object.getOwnPropertyNames(at)) if (!/^on/.test(name)) names.add(name);
    return [...names];
  };
  const hostile = '<script>X()</script><b onclick="X()">kept</b>';
  const pages = [];
  for (const name of all(HTMLDocument)) {
    for (const [open, end] of [
      ['img name', ''],
      ['form name', '</form>'],
      ['embed name', ''],
      ['object name', '</object>'],
      ['object id', '</object>'],
      ['iframe name', '</iframe>'],
    ]) {
      pages.push([
        `<${open}=${name}>`,
        `<!doctype html><html><head><title>T</title></head><body><${open}="${name}">${end}<p>${hostile}</p></body></html>`,
      ]);
    }
  }
  for (const name of all(HTMLFormElement)) {
    const field = `<input name="${name}">`;
    const form = `<form title="f" style="background:url(https://evil.example/form)" srcset="https://evil.example/set">${field}${hostile}</form>`;
    pages.push([
      `<form>${field}`,
      `<!doctype html><html><head><title>T</title></head><body>${form}<a href="/x">${form}</a></body></html>`,
    ]);
  }
  return pages;
}

test('delivered scripts read the document through its prototype, so that no named element shadows a property', () => {
  // These files run in Meridian's own pages, which contain nothing that others wrote.
  const OWN = [
    'playground/main.js',
    'playground/signed_in/signed_in.js',
    'profile/builder.js',
    'profile/embed.js',
    'base/unclobbered.js',
    // Of a development server, which sends it alone.
    'command/live_reload.js',
  ];
  const wrong = filesBelow(join(PROJECT, 'web'))
    .filter((path) => path.endsWith('.js') && !OWN.includes(path))
    .filter((path) => {
      const text = readFileSync(join(PROJECT, 'web', path), 'utf8').replace(
        /\/\*[^]*?\*\/|^\s*\/\/.*$/gm,
        '',
      );
      return (
        /(?<![.\w'])document\.\w|= document;/.test(text) &&
        !/^import \{ document\b.*unclobbered\.js/m.test(text)
      );
    });
  assert.deepEqual(wrong, []);
});

/**
 * Runs in a page: the properties of the document's prototypes, which a named element can shadow.
 */
function propertiesOf() {
  const names = new Set();
  for (let at = HTMLDocument.prototype; at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  return [...names];
}
// Globals that scripts look for; a named element can stand in for one that is missing.
const GLOBALS = [
  'trustedTypes',
  'meridian',
  'meridianServices',
  'gtag',
  'dataLayer',
  'DISQUS',
  'disqus_config',
  'DiscourseEmbed',
  'MathJax',
  'katex',
];
/** All names at once, on images, on forms, on two images each, and as ids. */
const NAMED = {
  none: () => '',
  pictures: (names) =>
    names.map((name) => `<img name="${name}" src="/stranger/${name}.svg" alt="">`).join(''),
  forms: (names) => names.map((name) => `<form name="${name}"></form>`).join(''),
  two: (names) =>
    names.map((name) => `<img name="${name}" alt=""><img name="${name}" alt="">`).join(''),
  ids: () => GLOBALS.map((name) => `<a id="${name}"></a>`).join(''),
};

/** A page as the command writes it, with a use of each script of the theme, and a card. */
const finished = (
  named,
) => `<!doctype html><html lang="en" data-theme="dark"><head><meta charset="utf-8"><title>T</title><link rel="icon" href="data:,">
${['lightbox', 'math', 'comments'].map((script) => `<script defer src="/meridian/${script}.js"></script>`).join('\n')}
<script defer src="/meridian/analytics.js" data-provider="google-gtag" data-id="G-1"></script>
<script type="module" src="/meridian/globe.js"></script><script type="module" src="/meridian/profile.js"></script></head><body>${named}<main>
<p><a href="/picture.svg"><img src="/picture.svg" alt="large"></a></p><p class="formula">\\(a^2\\)</p>
${['utterances', 'disqus'].map((provider) => `<section class="page__comments"><button hidden data-provider="${provider}" data-repository="a/b" data-settings='{"shortname":"s"}'>Comment</button></section>`).join('\n')}
<meridian-globe><ul><li data-lat="1" data-lon="2" data-image="pictures/a.svg"><a href="b/">Here</a></li><li data-lat="3" data-lon="4">There</li></ul></meridian-globe>
<meridian-profile src="/person/" show="publications" loading="eager"><a href="/person/">Ada</a></meridian-profile></main></body></html>`;
const PERSON = {
  meridian: 1,
  url: 'http://person.example/',
  name: 'Ada',
  links: [{ label: 'Mail', url: 'mailto:ada@example.org', icon: 'email' }],
  lists: {
    publications: [{ title: 'Prize', url: 'http://person.example/prize', date: '2026-01-02' }],
  },
  sections: [],
  stops: [],
};

/**
 * Runs in a written page: which of its parts work. A part that is not ready in time counts as
 * broken.
 */
async function works() {
  const all = (selector, root = document) => [
    ...(root === document ? Document : Element).prototype.querySelectorAll.call(root, selector),
  ];
  const [link] = all('main a[href$="picture.svg"]');
  const [globe] = all('meridian-globe');
  const [card] = all('meridian-profile');
  // If the lightbox does not open a picture, its link would leave the page.
  addEventListener('click', (event) => event.preventDefault());
  const parts = {
    formula: () => all('.formula math').length === 1,
    comments: () =>
      all('.page__comments button').forEach((button) => button.onclick && button.click()) ??
      ['utteranc.es', 'disqus.com'].every((host) => all(`script[src*="${host}"]`).length === 1),
    theme: () => all('script[theme="github-dark"]').length === 1,
    visits: () =>
      all('script[src*="googletagmanager.com"]').length === 1 && window.dataLayer.length === 2,
    picture: () => (
      all('dialog[open] img[src$="picture.svg"]').length || link.click(),
      all('body > dialog[open] img[src$="picture.svg"]').length === 1
    ),
    // Tall pictures may have come before it: it loads when it is in view.
    globe: () => (
      globe.scrollIntoView(),
      globe.view && globe.shadowRoot.querySelectorAll('[part=controls] button').length > 4
    ),
    stop: () => (
      (globe.going ??= globe.flyTo(0)),
      globe.shadowRoot.querySelector('[part=tooltip] a')?.textContent === 'Here' &&
        globe.shadowRoot.querySelector('[part=tooltip] img')?.src.endsWith('/pictures/a.svg')
    ),
    person: () =>
      card.shadowRoot?.querySelector('.p-name')?.textContent === 'Ada' &&
      card.shadowRoot.querySelector('a[href^=mailto] svg') &&
      card.shadowRoot.querySelector('section h2 + ul a')?.textContent === 'Prize',
  };
  const found = {};
  // Limits the wait for parts that never work.
  const until = performance.now() + 300_000;
  for (const [part, test] of Object.entries(parts)) {
    let works;
    for (works = false; !works; await new Promise((resolve) => setTimeout(resolve, 20))) {
      try {
        works = !!test();
      } catch (error) {
        found.error = String(error);
      }
      if (performance.now() > until) break;
    }
    found[part] = works;
  }
  return found;
}
const WORKING = {
  formula: true,
  comments: true,
  theme: true,
  visits: true,
  picture: true,
  globe: true,
  stop: true,
  person: true,
};

// A host name that resolves to this machine: on localhost itself, analytics stay off.
const SITE = 'site.example';
const LAUNCH = {
  Chromium: { args: [`--host-resolver-rules=MAP ${SITE} 127.0.0.1`] },
  Firefox: { firefoxUserPrefs: { 'network.dns.localDomains': SITE } },
  WebKit: { local: [SITE] },
};

for (const engine of engines(after, LAUNCH)) {
  const { name } = engine;
  const skip = notBuilt() ?? engine.missing;

  test(
    `${name}: the sanitiser visits the whole page, whatever names it contains`,
    { skip },
    async (t) => {
      const { page, asked } = await bench(t, engine);
      const found = await page.evaluate(
        `(${(pages) => {
          const { Content, makeWall, parse, rewriteUrls, showBy } = window.walls;
          showBy({ own: false, pictures: false, ids: 'user-content-' });
          const sanitize = makeWall({ pictures: false });
          const wrong = [];
          let ran = 0;
          window.X = () => ran++;
          const main = document.querySelector('main');
          for (const [name, html] of pages) {
            try {
              const content = new Content(parse, (root, part) => {
                rewriteUrls(root, '/', part);
                sanitize(root);
              });
              content.page = { shell: html, at: -1, parts: [], turn: 0 };
              const { body, documentElement } = content.parse();
              const root = documentElement.cloneNode(true);
              if (root.localName !== 'html' || body?.localName !== 'body')
                wrong.push([name, 'another element is the root']);
              if (root.querySelector('script, [onclick], form, [style*="evil"]'))
                wrong.push([name, root.outerHTML]);
              if (!root.textContent.includes('kept')) wrong.push([name, 'lost']);
              main.replaceChildren(...body.childNodes);
            } catch (error) {
              wrong.push([name, String(error)]);
            }
          }
          return { wrong: wrong.slice(0, 5), count: pages.length, all: wrong.length, ran };
        }})((${pagesOf})())`,
      );
      t.diagnostic(`${found.count} pages`);
      assert.deepEqual([found.wrong, found.all, found.ran, asked], [[], 0, 0, []]);
    },
  );

  test(`${name}: … a trusted page is patched and merged as written`, { skip }, async (t) => {
    const { page } = await bench(t, engine);
    const found = await page.evaluate(
      `(${(pages) => {
        const { merge, parse, patch, patchAttributes } = window.walls;
        const wrong = [];
        for (const [name, html] of pages) {
          // Without the scripts of the page; three versions, each patched from the one before.
          const text = html.replace(/<script.*?<[/]script>/g, '').replace(/ on\w+="[^"]*"/g, '');
          const states = [
            text,
            text.replace('kept', 'changed').replace('title="f"', 'title="g"'),
            text.replace(/(<p>|<form )/, '<i>new</i>$1'),
          ];
          const expect = (what, root, at) => {
            const wanted = Reflect.get(
              Document.prototype,
              'documentElement',
              new DOMParser().parseFromString(states[at], 'text/html'),
            ).outerHTML;
            if (root.outerHTML !== wanted) wrong.push([name, what, root.outerHTML, wanted]);
          };
          try {
            const [first, second, third] = states.map((state) => parse(state));
            const live = first.documentElement.cloneNode(true);
            merge(live, first.documentElement, second.documentElement);
            expect('merged', live, 1);
            const shown = first.documentElement.cloneNode(true);
            patchAttributes(shown, third.documentElement);
            patch(shown, third.documentElement);
            expect('patched', shown, 2);
          } catch (error) {
            wrong.push([name, String(error.stack)]);
          }
        }
        return { wrong: wrong.slice(0, 5), all: wrong.length };
      }})((${pagesOf})())`,
    );
    assert.deepEqual(found, { wrong: [], all: 0 });
  });

  test(
    `${name}: … a downloaded untrusted page has its policy first in the head`,
    { skip },
    async (t) => {
      const { page } = await bench(t, engine);
      const found = await page.evaluate(
        `(${async (pages) => {
          const wrong = [];
          for (const [name, html] of pages) {
            const text = await window.walls
              .single(html, '/', async () => null, false)
              .catch((error) => String(error));
            if (
              !/^<!doctype html>\s*<html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none';/.test(
                text,
              ) ||
              /<script/.test(text) ||
              !text.includes('kept')
            )
              wrong.push([name, text]);
          }
          return { wrong: wrong.slice(0, 5), all: wrong.length };
        }})((${pagesOf})())`,
      );
      assert.deepEqual(found, { wrong: [], all: 0 });
    },
  );

  test(`${name}: … a section of a card keeps its text within its policy`, { skip }, async (t) => {
    const { page, asked } = await bench(t, engine);
    const found = await page.evaluate(
      `(${async (pages) => {
        const { address, make, places, section } = window.walls;
        const wrong = [];
        let ran = 0;
        window.X = () => ran++;
        const tools = {
          address,
          make,
          places,
          heading: (title) => make('h3', {}, title),
          told: (reason) => wrong.push(reason),
        };
        for (const [name, html] of pages) {
          const content = html.replace(/^.*?<body>|<[/]body>.*$/g, '');
          const profile = {
            root: `${location.origin}/`,
            home: `${location.origin}/`,
            raw: false,
            html: [`<h1>News</h1><div>${content}</div><p>End</p>`],
          };
          try {
            const made = await section(profile, 0, 2, tools);
            document.querySelector('main').replaceChildren(made);
            if (made.querySelector('script, [onclick], form, input, iframe, [style], [name], [id]'))
              wrong.push([name, made.outerHTML]);
            if (!/^News.*kept.*End$/.test(made.textContent))
              wrong.push([name, 'lost', made.outerHTML]);
          } catch (error) {
            wrong.push([name, String(error.stack)]);
          }
        }
        return { wrong: wrong.slice(0, 5), all: wrong.length, ran };
      }})((${pagesOf})())`,
    );
    assert.deepEqual([found, asked], [{ wrong: [], all: 0, ran: 0 }, []]);
  });

  test(
    `${name}: … a site shows such pages as written, and navigates from one to the next`,
    { skip },
    async (t) => {
      const layout =
        '<!doctype html><html lang="en"><head><title>{{ page.title }}</title></head><body class="b">{{ content }}</body></html>\n';
      const names = [
        'body',
        'head',
        'documentElement',
        'title',
        'scripts',
        'querySelector',
        'querySelectorAll',
        'createElement',
        'getElementById',
        'childNodes',
        'firstChild',
        'addEventListener',
        'readyState',
        'startViewTransition',
        'contains',
        'hidden',
      ];
      const kinds = {
        img: (name) => `<img name="${name}" alt="i">`,
        form: (name) => `<form name="${name}">In</form>`,
        field: (name) => `<form><input name="${name}" id="${name}2"> In</form>`,
      };
      const pages = Object.fromEntries(
        Object.entries(kinds).flatMap(([kind, write]) =>
          names.map((name) => [`${kind}-${name}`, write(name)]),
        ),
      );
      const KINDS = ['two', 'forms'];
      const files = {
        '_layouts/default.html': layout,
        ...Object.fromEntries(KINDS.map((kind) => [`all-${kind}.html`, ''])),
      };
      for (const [at, text] of Object.entries(pages))
        files[`${at}.html`] =
          `---\nlayout: default\ntitle: T ${at}\n---\n<p>Before</p>${text}<p>After ${at}</p>\n`;
      files['index.html'] = '---\nlayout: default\ntitle: Home\n---\n<p>Home</p>\n';
      const site = makeSite(
        t,
        {},
        { meta: { manifest: 'meridian.json', root: '/', routes: 'path', source: 'src/' } },
      );
      for (const [path, text] of Object.entries(files)) site.put(`src/${path}`, text);
      site.put(
        'meridian.json',
        JSON.stringify({ files: Object.keys(files), complete: true, source: 'src/' }),
      );
      const server = await host(t, site.root);
      const { page, lines } = await openPage(t, await engine.browser());
      await page.goto(server.url);
      await settled(page, () => document.querySelector('p')?.textContent === 'Home');
      const shown = await page.evaluate(
        `(${async (names) => {
          const { meridian } = window;
          const own = (name) => Reflect.get(Document.prototype, name, document);
          const all = {};
          for (const name of names) {
            await meridian.navigate(`/${name}.html`);
            all[name] = [
              own('title'),
              own('body').className,
              own('body').outerHTML.replace(/<[/]?body[^>]*>|\n/g, ''),
            ];
          }
          return all;
        }})(${JSON.stringify(Object.keys(pages))})`,
      );
      const expected = Object.fromEntries(
        Object.entries(pages).map(([at, text]) => [
          at,
          [`T ${at}`, 'b', `<p>Before</p>${text}<p>After ${at}</p>`],
        ]),
      );
      assert.deepEqual(shown, expected);
      // All names at once, during a navigation of the shell from page to page.
      const all = await page.evaluate(propertiesOf);
      const code =
        '<pre><code class="language-js">const a = 1;</code></pre><button data-theme-toggle hidden>Theme</button><a href="/index.html">Home</a>';
      for (const kind of KINDS)
        site.put(
          `src/all-${kind}.html`,
          `---\nlayout: default\ntitle: All\n---\n<p>Before</p>${NAMED[kind](all)}${code}\n`,
        );
      // Safari's history takes 100 steps within ten seconds.
      if (engine.name === 'WebKit') await page.waitForTimeout(10_000);
      const enriched = await page.evaluate(
        `(${async (kinds) => {
          const { meridian } = window;
          const query = (selector) => Document.prototype.querySelector.call(document, selector);
          const { dataset } = query('html');
          const found = {};
          for (const kind of kinds) {
            await meridian.navigate(`/all-${kind}.html`);
            const coloured = () => query('code span.kd');
            for (let tries = 0; tries < 500 && !coloured(); tries++)
              await new Promise((resolve) => setTimeout(resolve, 20));
            const { theme } = dataset;
            const button = query('[data-theme-toggle]:not([hidden])');
            button?.click();
            for (let tries = 0; tries < 500 && dataset.theme === theme; tries++)
              await new Promise((resolve) => setTimeout(resolve, 20));
            const title = Reflect.get(Document.prototype, 'title', document);
            found[kind] = [title, !!button, !!coloured(), dataset.theme !== theme];
            await meridian.navigate('/index.html');
            found[kind].push(query('p').textContent);
          }
          return found;
        }})(${JSON.stringify(KINDS)})`,
      );
      assert.deepEqual(
        enriched,
        Object.fromEntries(KINDS.map((kind) => [kind, ['All', true, true, true, 'Home']])),
      );
      assert.deepEqual(lines, []);
    },
  );

  test(
    `${name}: … the theme’s scripts, the globe and the card work in such a page and load nothing that it names`,
    { skip },
    async (t) => {
      let named = '';
      const server = await host(t, DIST, {
        answer: (request, response, path) => {
          const [type, text] =
            path === '/page/'
              ? ['text/html', finished(named)]
              : path === '/person/profile.json'
                ? ['application/json', JSON.stringify(PERSON)]
                : /\.svg$/.test(path)
                  ? ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>']
                  : [];
          return !!type && !!response.writeHead(200, { 'content-type': type }).end(text);
        },
      });
      const url = server.url.replace('127.0.0.1', SITE);
      const { page, context } = await openPage(t, await engine.browser());
      await context.route(
        (at) => !at.href.startsWith(url) && /^http/.test(at.protocol),
        (route) => route.abort(),
      );
      await page.goto(`${url}page/`);
      const names = await page.evaluate(propertiesOf);
      assert.ok(names.length > 150);
      const found = {};
      for (const [kind, write] of Object.entries(NAMED)) {
        named = write(names);
        server.log.length = 0;
        await page.goto(`${url}page/`);
        found[kind] = await page.evaluate(works);
        assert.deepEqual(
          server.log.filter(({ path }) => /^\/stranger\/.*(?<!\.svg)$/.test(path)),
          [],
          kind,
        );
      }
      assert.deepEqual(
        found,
        Object.fromEntries(Object.keys(NAMED).map((kind) => [kind, WORKING])),
      );
    },
  );
}
