// Pages whose pictures, forms and fields are called as properties of documents and forms are: HTML puts them in their place. Whatever the
// name, a page is shown as it is written, and the walls stand.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { engines } from './engines.mjs';
import { DIST, PROJECT, host, makeSite, notBuilt, openPage, settled } from './hosts.mjs';

const { outputFiles } = notBuilt() ? { outputFiles: [] } : await build({
  stdin: {
    contents: `export { Content } from './web/playground/content.js'; export { lead, showBy } from './web/playground/resources.js'; export { makeWall } from './web/playground/sanitize.js';
export { merge } from './web/playground/merge.js'; export { patch, patchAttributes } from './web/patch.js'; export { parse } from './web/trusted.js'; export { single } from './web/playground/single.js';
export { section } from './web/profile/sections.js'; export { address, places } from './web/profile/format.js'; export { make } from './web/elements.js';`,
    resolveDir: PROJECT,
  },
  bundle: true, write: false, format: 'iife', globalName: 'walls', define: { FRAMES: '""', 'import.meta.url': '"https://site.invalid/"' },
});

/** A page that may run and ask for everything, with the scripts of the frame. */
async function bench(t, engine) {
  const server = await host(t, DIST, {
    answer: (request, response, path) => path === '/bench' && !!response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><script>${outputFiles[0].text.replaceAll('</script', '<\\/script')}</script><main></main>`),
  });
  const { page, context } = await openPage(t, await engine.browser());
  await page.goto(`${server.url}bench`);
  const asked = [];
  await context.route((url) => !url.href.startsWith(server.url), (route) => (asked.push(route.request().url()), route.abort()));
  return { page, asked };
}

/** Within the bench: pages for all names that a document and a form have. */
function pagesOf() {
  const all = (kind) => {
    const names = new Set();
    for (let at = kind.prototype; at !== Object.prototype; at = Object.getPrototypeOf(at)) for (const name of Object.getOwnPropertyNames(at)) if (!/^on/.test(name)) names.add(name);
    return [...names];
  };
  const hostile = '<script>X()</script><b onclick="X()">kept</b>';
  const pages = [];
  for (const name of all(HTMLDocument)) {
    for (const [open, end] of [['img name', ''], ['form name', '</form>'], ['embed name', ''], ['object name', '</object>'], ['object id', '</object>'], ['iframe name', '</iframe>']]) {
      pages.push([`<${open}=${name}>`, `<!doctype html><html><head><title>T</title></head><body><${open}="${name}">${end}<p>${hostile}</p></body></html>`]);
    }
  }
  for (const name of all(HTMLFormElement)) {
    const field = `<input name="${name}">`;
    const form = `<form title="f" style="background:url(https://evil.example/form)" srcset="https://evil.example/set">${field}${hostile}</form>`;
    pages.push([`<form>${field}`, `<!doctype html><html><head><title>T</title></head><body>${form}<a href="/x">${form}</a></body></html>`]);
  }
  return pages;
}

for (const engine of engines(after)) {
  const { name } = engine;
  const skip = notBuilt() ?? engine.missing;

  test(`${name}: whatever name is in a page, the sanitiser looks at all of it`, { skip }, async (t) => {
    const { page, asked } = await bench(t, engine);
    const found = await page.evaluate(`(${(pages) => {
      const { Content, lead, makeWall, parse, showBy } = window.walls;
      showBy({ own: false, pictures: false, ids: 'user-content-' });
      const sanitize = makeWall({ pictures: false });
      const wrong = [];
      let ran = 0;
      window.X = () => ran++;
      const main = document.querySelector('main');
      for (const [name, html] of pages) {
        try {
          const content = new Content(parse, (root, part) => {
            lead(root, '/', part);
            sanitize(root);
          });
          content.page = { shell: html, at: -1, parts: [], turn: 0 };
          const { body, documentElement } = content.parse();
          const root = documentElement.cloneNode(true);
          if (root.localName !== 'html' || body?.localName !== 'body') wrong.push([name, 'another element is the root']);
          if (root.querySelector('script, [onclick], form, [style*="evil"]')) wrong.push([name, root.outerHTML]);
          if (!root.textContent.includes('kept')) wrong.push([name, 'lost']);
          main.replaceChildren(...body.childNodes);
        } catch (error) {
          wrong.push([name, String(error)]);
        }
      }
      return { wrong: wrong.slice(0, 5), count: pages.length, all: wrong.length, ran };
    }})((${pagesOf})())`);
    t.diagnostic(`${found.count} pages`);
    assert.deepEqual([found.wrong, found.all, found.ran, asked], [[], 0, 0, []]);
  });

  test(`${name}: … one’s own page is patched and merged into what it says`, { skip }, async (t) => {
    const { page } = await bench(t, engine);
    const found = await page.evaluate(`(${(pages) => {
      const { merge, parse, patch, patchAttributes } = window.walls;
      const wrong = [];
      for (const [name, html] of pages) {
        // Without what the page would run; three states of it, each made of the one before.
        const text = html.replace(/<script.*?<[/]script>/g, '').replace(/ on\w+="[^"]*"/g, '');
        const states = [text, text.replace('kept', 'changed').replace('title="f"', 'title="g"'), text.replace(/(<p>|<form )/, '<i>new</i>$1')];
        const expect = (what, root, at) => {
          const wanted = Reflect.get(Document.prototype, 'documentElement', new DOMParser().parseFromString(states[at], 'text/html')).outerHTML;
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
    }})((${pagesOf})())`);
    assert.deepEqual(found, { wrong: [], all: 0 });
  });

  test(`${name}: … a stranger’s page that was downloaded has the policy in its head, before all else`, { skip }, async (t) => {
    const { page } = await bench(t, engine);
    const found = await page.evaluate(`(${async (pages) => {
      const wrong = [];
      for (const [name, html] of pages) {
        const text = await window.walls.single(html, '/', async () => null, false).catch((error) => String(error));
        if (!/^<!doctype html>\s*<html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none';/.test(text) || /<script/.test(text) || !text.includes('kept')) wrong.push([name, text]);
      }
      return { wrong: wrong.slice(0, 5), all: wrong.length };
    }})((${pagesOf})())`);
    assert.deepEqual(found, { wrong: [], all: 0 });
  });

  test(`${name}: … a section of a card keeps its text, behind its wall`, { skip }, async (t) => {
    const { page, asked } = await bench(t, engine);
    const found = await page.evaluate(`(${async (pages) => {
      const { address, make, places, section } = window.walls;
      const wrong = [];
      let ran = 0;
      window.X = () => ran++;
      const tools = { address, make, places, heading: (title) => make('h3', {}, title), told: (reason) => wrong.push(reason) };
      for (const [name, html] of pages) {
        const content = html.replace(/^.*?<body>|<[/]body>.*$/g, '');
        const profile = { root: `${location.origin}/`, home: `${location.origin}/`, raw: false, html: [`<h1>News</h1><div>${content}</div><p>End</p>`] };
        try {
          const made = await section(profile, 0, 2, tools);
          document.querySelector('main').replaceChildren(made);
          if (made.querySelector('script, [onclick], form, input, iframe, [style], [name], [id]')) wrong.push([name, made.outerHTML]);
          if (!/^News.*kept.*End$/.test(made.textContent)) wrong.push([name, 'lost', made.outerHTML]);
        } catch (error) {
          wrong.push([name, String(error.stack)]);
        }
      }
      return { wrong: wrong.slice(0, 5), all: wrong.length, ran };
    }})((${pagesOf})())`);
    assert.deepEqual([found, asked], [{ wrong: [], all: 0, ran: 0 }, []]);
  });

  test(`${name}: … a site shows such pages as they are written, and goes on from one to the next`, { skip }, async (t) => {
    const layout = '<!doctype html><html lang="en"><head><title>{{ page.title }}</title></head><body class="b">{{ content }}</body></html>\n';
    const names = ['body', 'head', 'documentElement', 'title', 'scripts', 'querySelector', 'querySelectorAll', 'createElement', 'getElementById', 'childNodes', 'firstChild', 'addEventListener', 'readyState', 'startViewTransition', 'contains', 'hidden'];
    const kinds = { img: (name) => `<img name="${name}" alt="i">`, form: (name) => `<form name="${name}">In</form>`, field: (name) => `<form><input name="${name}" id="${name}2"> In</form>` };
    const pages = Object.fromEntries(Object.entries(kinds).flatMap(([kind, write]) => names.map((name) => [`${kind}-${name}`, write(name)])));
    const files = { '_layouts/default.html': layout };
    for (const [at, text] of Object.entries(pages)) files[`${at}.html`] = `---\nlayout: default\ntitle: T ${at}\n---\n<p>Before</p>${text}<p>After ${at}</p>\n`;
    files['index.html'] = '---\nlayout: default\ntitle: Home\n---\n<p>Home</p>\n';
    const site = makeSite(t, {}, { meta: { manifest: 'meridian.json', root: '/', routes: 'path', source: 'src/' } });
    for (const [path, text] of Object.entries(files)) site.put(`src/${path}`, text);
    site.put('meridian.json', JSON.stringify({ files: Object.keys(files), complete: true, source: 'src/' }));
    const server = await host(t, site.root);
    const { page, lines } = await openPage(t, await engine.browser());
    await page.goto(server.url);
    await settled(page, () => document.querySelector('p')?.textContent === 'Home');
    const shown = await page.evaluate(`(${async (names) => {
      const { meridian } = window;
      const own = (name) => Reflect.get(Document.prototype, name, document);
      const all = {};
      for (const name of names) {
        await meridian.navigate(`/${name}.html`);
        all[name] = [own('title'), own('body').className, own('body').outerHTML.replace(/<[/]?body[^>]*>|\n/g, '')];
      }
      return all;
    }})(${JSON.stringify(Object.keys(pages))})`);
    const expected = Object.fromEntries(Object.entries(pages).map(([at, text]) => [at, [`T ${at}`, 'b', `<p>Before</p>${text}<p>After ${at}</p>`]]));
    assert.deepEqual(shown, expected);
    assert.deepEqual(lines, []);
  });
}
