// How soon what is typed is seen: node bench/playground.mjs [--sizes 10000,100000,1000000] [--keys
// 200] [--only WORD] Prepared by: python3 serve.py --build; cd bench && npm ci. Wants Chromium, and
// a quiet machine.
//
// The playground with one document of so many bytes in the theme's layout (prose.mjs), its cursor
// in the middle; beside it, in turns, pages with the same editor (CodeMirror) that put all that
// marked and markdown-it make of the text into a <div> at each keystroke. Keys are pressed as a
// reader's are, one when the one before was seen. "seen": from the key's event to the first task
// after the frame that shows it. "work": what was done for it beside the browser's own work:
// parsing and comparing in the core's thread, and patching, or the library and innerHTML. "The
// browser alone": from a letter that a script puts into that text of the same page until it is
// seen, which nobody can be faster than. Last, a site of 300 pages whose include is edited, which
// each page has: until the page in view is seen again.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { launch } from '../tests/web/browser.mjs';
import { DIST, MOVING, PROJECT, host, openPage } from '../tests/web/hosts.mjs';
import { milliseconds, table } from './measure.mjs';
import { documents, prose } from './prose.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    keys: { type: 'string', default: '200' },
    only: { type: 'string', default: '' },
  },
});
const KEYS = Number(values.keys);
const closing = [];
const t = { after: (f) => closing.push(f) };

// Milliseconds until a page is idle, and between a shown change and the next key.
const [REST, PAUSE] = [3000, 60];
const VIEWPORT = { width: 1440, height: 900 };
const MARK = 'themiddleofthetext';

const shell = (body) =>
  `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">${body}</html>`;

/** The prose, with a marker word in its middle. */
function textOf(size) {
  const text = documents(size);
  // The beginning of the prose.
  const middle = size / 2 + text.slice(size / 2).search(/\n\n(?=[A-Z][\w ,]{20})/);
  return `${text.slice(0, middle)}\n\nHere is ${MARK} and some more.${text.slice(middle)}`;
}

const ours = shell(
  `<style>html, body { margin: 0; height: 100% } meridian-playground { display: block; height: 100vh }</style><meridian-playground></meridian-playground><script type="module" src="/playground/playground.js"></script>`,
);
const theirs = (name) =>
  shell(
    `<style>body { margin: 0; display: grid; grid-template-columns: 1fr 1fr; height: 100vh } aside, main { overflow: auto; height: 100vh } .cm-editor { height: 100% }</style><aside></aside><main></main><script type="module" src="/${name}.js"></script>`,
  );

/** A peer's script: the editor with its library. */
async function bundle(name, code) {
  const { outputFiles } = await build({
    entryPoints: [join(PROJECT, 'bench/playground/peer.js')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    nodePaths: [join(PROJECT, 'node_modules'), join(PROJECT, 'bench/node_modules')],
    plugins: [
      {
        name,
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^(peer|codemirror-minimal)$/ }, ({ path }) => ({
            path,
            namespace: 'bench',
          }));
          onLoad({ filter: /^peer$/, namespace: 'bench' }, () => ({
            contents: code,
            resolveDir: join(PROJECT, 'bench'),
          }));
          onLoad({ filter: /./, namespace: 'bench' }, () => ({
            contents:
              "import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'; import { keymap } from '@codemirror/view'; import { search, searchKeymap } from '@codemirror/search'; export const minimalSetup = [history(), search({ top: true }), keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap])];",
            resolveDir: PROJECT,
          }));
        },
      },
    ],
  });
  return outputFiles[0].contents;
}

const PEERS = {
  marked: "import { marked } from 'marked'; export const render = (text) => marked.parse(text);",
  'markdown-it':
    "import MarkdownIt from 'markdown-it'; const md = new MarkdownIt({ html: true }); export const render = (text) => md.render(text);",
};

const pages = new Map([['/ours.html', ours]]);
const scripts = Object.fromEntries(
  await Promise.all(
    Object.entries(PEERS).map(async ([name, code]) => [`/${name}.js`, await bundle(name, code)]),
  ),
);
const { url } = await host(t, DIST, {
  answer(request, response, path) {
    const body = pages.get(path) ?? scripts[path];
    if (!body) return false;
    response.writeHead(200, {
      'content-type': path.endsWith('.js') ? 'text/javascript' : 'text/html',
    });
    response.end(body);
    return true;
  },
});

// ---- the time until a change is visible ----

/**
 * In every document: records when the last key was pressed, and when a different frame was painted
 * after it.
 */
function watch() {
  window.seen = 0;
  window.keyed = 0;
  window.patched = [];
  addEventListener(
    'keydown',
    ({ timeStamp }) => (window.keyed = performance.timeOrigin + timeStamp),
    { capture: true },
  );
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (window.seen ||= performance.timeOrigin + performance.now());
  const begin = () =>
    new MutationObserver(
      () => !window.seen && requestAnimationFrame(() => port2.postMessage(0)),
    ).observe(document.querySelector('main') ?? document.documentElement, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin);
  else begin();
  // A document's work for a message: in the frame, the patch.
  const { set, get } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', {
    get,
    set(listener) {
      set.call(this, (event) => {
        const began = performance.now();
        listener.call(this, event);
        const turn = event.data?.change?.turn;
        if (turn > (window.turn ?? 0))
          [window.turn] = [turn, window.patched.push(performance.now() - began)];
        const took = event.data?.answer?.took;
        if (took) window.took = [...(window.took ?? []), took];
      });
    },
  });
}

const share = (times, part) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))];
const pair = (times) =>
  times.length ? `${milliseconds(share(times, 0.5))} / ${milliseconds(share(times, 0.95))}` : '';

/**
 * Repeats an action, and gives the time of each until it was visible in the frame; `from`: reports
 * its start.
 */
async function timed(frame, times, from, act) {
  const took = [];
  for (let i = 0; i < times; i++) {
    await frame.evaluate(() => (window.seen = 0));
    await act(i);
    const at = await frame.waitForFunction(() => window.seen, undefined, {
      polling: 10,
      timeout: 60_000,
    });
    took.push((await at.jsonValue()) - (await from.evaluate(() => window.keyed)));
    await frame.waitForTimeout(PAUSE);
  }
  return took;
}

/** Types. */
const type = (page, frame, keys) =>
  timed(frame, keys, page, (i) => page.keyboard.press('abcdefghij'[i % 10]));

/** The same without typing: a script adds a letter to the marked text in the frame. */
const change = (frame, times) =>
  timed(frame, times, frame, () =>
    frame.evaluate((mark) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (!window.marked?.isConnected && walker.nextNode())
        if (walker.currentNode.data.includes(mark)) window.marked = walker.currentNode;
      window.keyed = performance.timeOrigin + performance.now();
      window.marked.data += 'x';
    }, MARK),
  );

/** Puts the cursor behind the word in the middle. */
async function find(page) {
  await page.locator('.cm-content').click();
  await page.evaluate((mark) => {
    const view =
      document.querySelector('meridian-playground')?.playground.editor.view ?? window.view;
    const anchor = view.state.doc.toString().indexOf(mark) + mark.length;
    view.dispatch({ selection: { anchor }, scrollIntoView: true });
    view.focus();
  }, MARK);
}

const browser = await launch();
async function open(path) {
  const opened = await openPage(t, browser, { ...MOVING, viewport: VIEWPORT });
  await opened.page.addInitScript(watch);
  await opened.page.goto(url + path.slice(1));
  await opened.page.locator('.cm-content').waitFor();
  return opened.page;
}
async function openOurs(files) {
  const page = await open('/ours.html');
  await page.waitForTimeout(REST);
  await page.evaluate((start) => document.querySelector('meridian-playground').open(start), {
    title: 'Bench',
    trusted: true,
    files,
    open: Object.keys(files)[0],
  });
  return page;
}
/** The frame of the playground, once it shows something. */
async function shown(page, text) {
  await page.locator('iframe').waitFor();
  const frame = page.frames().find((one) => one !== page.mainFrame());
  await frame.getByText(text).first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(REST);
  return frame;
}

const rows = [];
for (const size of values.sizes.split(',').map(Number)) {
  const text = `---\ntitle: Bench\nlayout: single\n---\n\n${textOf(size)}`;
  pages.set('/bench/index.md', text);
  const name = `${size / 1000} KB`;
  if ('meridian'.includes(values.only)) {
    const page = await openOurs({ 'index.md': text, '_config.yml': 'title: Bench\n' });
    const frame = await shown(page, MARK);
    await find(page);
    await type(page, frame, 10);
    await Promise.all(
      [page, frame].map((one) => one.evaluate(() => ((window.patched = []), (window.took = [])))),
    );
    const times = await type(page, frame, KEYS);
    const [patched, took] = [
      await frame.evaluate(() => window.patched),
      await page.evaluate(() => window.took),
    ];
    rows.push([name, 'Meridian', pair(times), pair(took), pair(patched)]);
    console.error(rows.at(-1).join(' | '));
    rows.push([name, 'the browser alone', pair(await change(frame, KEYS)), '', '']);
    console.error(rows.at(-1).join(' | '));
    await page.context().close();
  }
  for (const peer of Object.keys(PEERS).filter((one) => one.includes(values.only))) {
    pages.set('/theirs.html', theirs(peer));
    const page = await open('/theirs.html');
    await page.waitForTimeout(REST);
    await find(page);
    const few = size > 500_000 ? Math.min(KEYS, 40) : KEYS;
    await type(page, page.mainFrame(), 3);
    await page.evaluate(() => (window.work = []));
    const times = await type(page, page.mainFrame(), few);
    rows.push([name, peer, pair(times), pair(await page.evaluate(() => window.work)), '']);
    console.error(rows.at(-1).join(' | '));
    await page.context().close();
  }
}

if ('site'.includes(values.only)) {
  const posts = Array.from({ length: 299 }, (_, i) => [
    `_posts/2020-01-${String(1 + (i % 28)).padStart(2, '0')}-post-${i}.md`,
    `---\ntitle: Post ${i}\nlayout: default\n---\n\n{% include mark.html %}\n\n${prose(2000 + i)}\n`,
  ]);
  const list = [
    ['_includes/mark.html', `A mark: ${MARK}`],
    ['_config.yml', 'title: Bench\ntheme: none\n'],
    [
      '_layouts/default.html',
      '<!DOCTYPE html><html><head><title>{{ page.title }}</title></head><body><main>{{ content }}</main></body></html>',
    ],
    [
      'index.md',
      '---\ntitle: All\nlayout: default\n---\n\n{% include mark.html %}\n\n{% for post in site.posts %}\n- [{{ post.title }}]({{ post.url }}): {{ post.excerpt | strip_html | truncate: 80 }}\n{% endfor %}\n',
    ],
    ...posts,
  ];
  const page = await openOurs(Object.fromEntries(list));
  const frame = await shown(page, MARK);
  await find(page);
  await type(page, frame, 5);
  rows.push([
    '300 pages',
    'Meridian, an include',
    pair(await type(page, frame, Math.min(KEYS, 60))),
    '',
    '',
  ]);
  await page.context().close();
}

console.log(
  table(
    ['text', 'what types', 'seen, p50 / p95', 'work in the thread (theirs: all)', 'patching'],
    rows,
  ),
);
await browser.close();
for (const close of closing.reverse()) await close();
