// All hostile input, in Chromium and Firefox: the command's output for the corpora and our own
// vectors goes into the playground's frames as an untrusted page, behind sanitiser and policy and
// behind each alone, and into downloaded pages. Nothing runs, nothing is requested.
// Runs alone: it takes minutes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { engines } from './engines.mjs';
import {
  COMMAND,
  DIST,
  PROJECT,
  filesBelow,
  headersBy,
  host,
  makeSite,
  notBuilt,
  openPage,
} from './hosts.mjs';
import { FIXTURES, VECTORS, sourcesOf } from './payloads.mjs';
import { writingProxy } from './proxy.mjs';
import { OWN } from './vectors.mjs';
import { WALLS } from './walls.mjs';

const missing =
  notBuilt() ??
  (existsSync(COMMAND)
    ? undefined
    : 'build/native/meridian is not built: python3 serve.py --build');

/** Pages by name, as the command writes them. */
function rendered() {
  const sources = {
    ...sourcesOf(VECTORS, 'v'),
    ...sourcesOf(FIXTURES ?? [], 'f'),
    ...sourcesOf(OWN, 'own'),
  };
  const ends = [];
  const site = makeSite(
    { after: (end) => ends.push(end) },
    {
      '_config.yml': 'title: T\n',
      ...Object.fromEntries(Object.entries(sources).map(([name, text]) => [`${name}.md`, text])),
    },
    { shell: false },
  );
  const folder = mkdtempSync(join(tmpdir(), 'meridian-vectors-'));
  spawnSync(COMMAND, ['build', '--source', site.root, '--destination', folder, '--quiet'], {
    timeout: 60_000,
  });
  const pages = filesBelow(folder)
    .filter((path) => path.endsWith('.html'))
    .map((path) => [path.replace(/\.html$/, ''), readFileSync(join(folder, path), 'utf8')]);
  for (const end of ends) end();
  rmSync(folder, { recursive: true });
  assert.ok(pages.length > Object.keys(sources).length * 0.95, `${pages.length} pages`);
  return pages;
}
const pages = missing ? [] : rendered();

const delivered = missing ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
/** Runs in every document: reports executed code, and clicks when the owner of the port says so. */
function within() {
  const { top, document, location, addEventListener } = window;
  const say = top.postMessage.bind(top);
  window.X = () => say({ ran: location.href.slice(0, 80) }, '*');
  const tags = document.getElementsByTagName.bind(document);
  addEventListener('message', ({ ports: [port] }) => {
    port?.addEventListener('message', ({ data }) => {
      if (!data.click) return;
      // Of a page that nests a thousand.
      const MOST = 20;
      const elements = [...tags('*')]
        .filter(
          (element) =>
            /^(a|area|button|summary|input|label|math|text|mi)$/.test(element.localName) ||
            Element.prototype.hasAttribute.call(element, 'onclick'),
        )
        .slice(0, MOST);
      for (const element of elements)
        element.dispatchEvent(
          new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }),
        );
      const clicked = elements.length;
      port.postMessage({ clicked });
    });
  });
}

/**
 * Runs in the bench: shows pages in a frame, each until all its files are loaded, clicks through
 * them, and gives the executed code.
 */
async function showAll({ address, pages }) {
  const ran = [];
  let now = '';
  let clicked = 0;
  onmessage = ({ data }) => data?.ran && ran.push([now, data.ran]);
  window.X = () => ran.push([now, 'the page around it']);
  /** @type {MessagePort} */
  let port;
  let heard;
  const need = [];
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  const begin = () =>
    new Promise((resolve) => {
      port?.close();
      const ready = ({ source, data }) => {
        if (source !== frame.contentWindow || !data?.ready) return;
        removeEventListener('message', ready);
        const { port1, port2 } = new MessageChannel();
        port = port1;
        port.onmessage = ({ data }) => {
          if (data.need) need.push(...data.need);
          if (data.script || data.bytes)
            port.postMessage(data.script ? { run: '' } : { bytes: [data.bytes, null] });
          if (data.held || 'clicked' in data) heard?.(data);
        };
        frame.contentWindow.postMessage('', '*', [port2]);
        resolve();
      };
      addEventListener('message', ready);
      frame.src = `${address}#${Math.random()}`;
      document.body.append(frame);
    });
  const ask = (news) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${now}: no answer to ${Object.keys(news)}`)),
        20_000,
      );
      heard = (data) => (clearTimeout(timer), resolve(data));
      port.postMessage(news);
    });
  await begin();
  let fresh = true;
  for (const [name, html] of pages) {
    now = name;
    // A document in which scripts have run shows no second page.
    if (!fresh) await begin();
    fresh = !/<script|<meta|<frame|document/i.test(html) || !/alone=(policy|none)/.test(address);
    try {
      await ask({ page: { shell: html, at: -1, parts: [], turn: 0, base: '/' }, fresh: true });
      // Its answer follows all requests of the page for files.
      await ask({ forget: [] });
      if (need.length) await ask({ files: need.splice(0).map((path) => [path, null, '']) });
      clicked += (await ask({ click: true })).clicked;
    } catch (error) {
      // Without walls the code of a page may have taken the frame to another document.
      if (!/alone=none/.test(address)) throw error;
      fresh = false;
    }
  }
  // Late code and requests of the last page.
  await new Promise((resolve) => setTimeout(resolve, 500));
  frame.remove();
  return { ran, clicked };
}

/** Runs in the bench: downloaded pages, each opened by itself. */
async function openAll({ pages }) {
  const ran = [];
  // Where Firefox may connect to a host before it checks the policy, depending on timing.
  const ahead = [];
  let now = '';
  onmessage = ({ data }) => data?.ran && ran.push([now, data.ran]);
  let frame;
  for (const [name, html] of pages) {
    now = name;
    const text = await window.walls.single(html, '/', async () => null, false);
    const url = URL.createObjectURL(new Blob([text], { type: 'text/html' }));
    // In a frame of its own: a link that was clicked may lead the last one away only now.
    await new Promise((resolve) => {
      const last = frame;
      frame = document.createElement('iframe');
      frame.onload = () => (last?.remove(), resolve());
      frame.src = url;
      document.body.append(frame);
    });
    frame.onload = null;
    const shown = frame.contentDocument;
    for (const picture of shown
      ? Document.prototype.querySelectorAll.call(shown, '[srcset*="//"]:not([srcset^="data:"])')
      : [])
      ahead.push([name, picture.outerHTML]);
    for (const link of shown
      ? Document.prototype.querySelectorAll.call(shown, 'a, button, [onclick]')
      : [])
      if (!/^https?:/i.test(link.href ?? ''))
        link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    URL.revokeObjectURL(url);
  }
  // Late code and requests of the last page.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { ran, ahead };
}

const bundle = missing
  ? ''
  : (
      await build({
        stdin: {
          contents: "export { single } from './web/playground/export/page.js';",
          resolveDir: PROJECT,
        },
        bundle: true,
        write: false,
        format: 'iife',
        globalName: 'walls',
        define: { FRAMES: '""', 'import.meta.url': '"https://site.invalid/"' },
      })
    ).outputFiles[0].text.replaceAll('</script', '<\\/script');

const server = missing ? undefined : await host({ after }, DIST);
const proxy = missing ? undefined : await writingProxy({ after }, server.url);

/** A page on the site that drives frames; records requests to other hosts. */
async function bench(t, engine, wall) {
  server.state.answer = (request, response, path) => {
    if (path === '/bench')
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          `<!doctype html><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><script>${bundle}</script><body>`,
        );
    else if (path === '/playground/frame.html')
      response
        .writeHead(200, {
          'content-type': 'text/html',
          ...(wall === 'both walls' && delivered(path)),
        })
        .end(WALLS[wall]());
    else return false;
    return true;
  };
  const { page } = await openPage(t, await engine.browser());
  await page.addInitScript(within);
  await page.goto(`${server.url}bench`);
  const { asked } = proxy;
  asked.length = 0;
  return { page, asked };
}

const ALL = process.env.MERIDIAN_VECTORS === 'all';
for (const engine of engines(after, proxy?.options)) {
  const skip = missing ?? engine.missing;
  // Sanitiser and policy together hold back at least what each does alone.
  for (const wall of Object.keys(WALLS).slice(ALL ? 0 : 1, 3)) {
    test(
      `${engine.name}: no hostile input runs or requests anything behind ${wall}`,
      { skip, timeout: 300_000 },
      async (t) => {
        const { page, asked } = await bench(t, engine, wall);
        const address = `${server.url}playground/frame.html?alone=${wall === 'the policy alone' ? 'policy' : 'sanitiser'}`;
        const { ran, clicked } = await page.evaluate(
          `(${showAll})(${JSON.stringify({ address, pages })})`,
        );
        t.diagnostic(`${pages.length} pages, ${clicked} places clicked`);
        assert.deepEqual([ran, asked], [[], []]);
        assert.equal(page.url(), `${server.url}bench`);
        assert.ok(clicked > 100);
      },
    );
  }

  test(
    `${engine.name}: … nor in a downloaded untrusted page`,
    { skip, timeout: 300_000 },
    async (t) => {
      const { page, asked } = await bench(t, engine, 'both walls');
      // Firefox is far slower for each: there all of our own, and every eighth of the others.
      const STRIDE = ALL ? 1 : 8;
      const tried = pages.filter(
        ([name], at) => engine.name === 'Chromium' || name.startsWith('own') || at % STRIDE === 0,
      );
      const { ran, ahead } = await page.evaluate(
        `(${openAll})(${JSON.stringify({ pages: tried })})`,
      );
      t.diagnostic(`${tried.length} pages`);
      assert.deepEqual([ran, asked, ahead], [[], [], []]);
    },
  );

  test(
    `${engine.name}: … control: without sanitiser and policy they run and load`,
    { skip, timeout: 300_000 },
    async (t) => {
      const { page, asked } = await bench(t, engine, 'no wall');
      // Without TLS, for which the proxy logs one line for many requests to a host.
      const few = pages
        .filter(([name]) => /^own\d*[0-9]$/.test(name))
        .slice(0, 40)
        .map(([name, html]) => [name, html.replaceAll('https://evil', 'http://evil')]);
      const { ran } = await page.evaluate(
        `(${showAll})(${JSON.stringify({ address: `${server.url}playground/frame.html?alone=none`, pages: few })})`,
      );
      assert.ok(
        ran.length > 5 && asked.some((line) => line.startsWith('GET http://evil.example/')),
        `${ran.length} ${asked}`,
      );
    },
  );
}
