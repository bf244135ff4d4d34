// Style sheets in the playground: the addresses that they load are found in every syntax.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { rewrite } from '../../web/playground/frame/css.js';
import { cpuTime } from '../wasm/cpu.mjs';
import { engines } from './engines.mjs';
import { DIST, PROJECT, host, openPage } from './hosts.mjs';

/** An untrusted sheet after rewriting, and the addresses that it would load. */
function walled(sheet) {
  const asked = [];
  const text = rewrite(sheet, {
    address: (address, property) => (asked.push([address, property]), 'X'),
    ids: 'p-',
    strict: true,
  });
  return { text, asked };
}

for (const [sheet, text, ...asked] of [
  ['a{background:url(x.png)}', 'a{background:url("X")}', ['x.png', 'background']],
  ['a{background:url( "x\\"y" )}', 'a{background:url("X" )}', ['x"y', 'background']],
  ['a{background:u\\72l(x)}', 'a{background:url("X")}', ['x', 'background']],
  ['a{background:\\75\\72 l(x)}', 'a{background:url("X")}', ['x', 'background']],
  [
    'a{background:URL(//evil.example/a\\)b)}',
    'a{background:url("X")}',
    ['//evil.example/a)b', 'background'],
  ],
  ["a{background:url('x", 'a{background:url("X"', ['x', 'background']],
  ['a{background:url(x', 'a{background:url("X")', ['x', 'background']],
  ['/* url(x) */a{}', '/**/a{}'],
  ['a{b:u/**/rl(x)}', 'a{b:u/**/rl(x)}'],
  ['a{content:"url(x)"}', 'a{content:"url(x)"}'],
  ['a{b:"x\ny:url(z)}', 'a{b:"x\ny:url("X")}', ['z', 'b']],
  ['@import "x.css";a{}', '@no-import "x.css";a{}'],
  ['@\\69mport url(x.css);', '@no-import url("X");', ['x.css', '@import']],
  ['a{background:image-set("x" 1x)}', 'a{background:no-image-set("x" 1x)}'],
  ['a{background:-webkit-IMAGE-set("x" 1x)}', 'a{background:no--webkit-image-set("x" 1x)}'],
  [
    '@font-face{src:url(x) format("woff2")}',
    '@font-face{src:url("X") format("woff2")}',
    ['x', 'src'],
  ],
  ['#a, .b #c:hover{color:#fff}', '#p-a, .b #p-c:hover{color:#fff}'],
  ['@media (width<5em){#a{color:#abc}}', '@media (width< 5em){#p-a{color:#abc}}'],
  ['a{content:"</style><script>"}', 'a{content:"\\3c /style>\\3c script>"}'],
  ['a{--x:{#b:#c}}', 'a{--x:{#b:#c}}'],
  // CSS recognises fewer characters as white space than JavaScript.
  ['a{background:\\2d\vurl(x)}', 'a{background:\\2d\vurl("X")}', ['x', 'background']],
  ['a{background:\\75\u00a0rl(x)}', 'a{background:\\75\u00a0rl(x)}'],
  ['a{background:\\2d\furl(x)}', 'a{background:\\2d\nurl(x)}'],
  ['a{background:url(\vx)}', 'a{background:bad-url()}'],
  ['a{background:url(x y)}', 'a{background:bad-url()}'],
  ['a{background:url(x"y)}', 'a{background:bad-url()}'],
  ['a{background:url(/**/x)}', 'a{background:url("X")}', ['/**/x', 'background']],
  ['a{b:"x\r\ny:url(z)}', 'a{b:"x\ny:url("X")}', ['z', 'b']],
  ['a{b:u\0rl(x)}', 'a{b:u\ufffdrl(x)}'],
  ['\\</style>{}', '\\3c /style>{}'],
]) {
  test(`rewriting an untrusted sheet: ${JSON.stringify(sheet)}`, () =>
    assert.deepEqual(walled(sheet), { text, asked }));
}

test('a trusted sheet changes only in the addresses of its files', () => {
  const sheet =
    '@import "x.css" print;@import url(y.css);#a{background:image-set("x" 1x),url(https://a.example/1.png)}';
  assert.equal(
    rewrite(sheet, { address: (address) => address }),
    '@import url("x.css") print;@import url("y.css");#a{background:image-set("x" 1x),url("https://a.example/1.png")}',
  );
});

test('rewriting takes time linear in the size of a sheet', () => {
  const time = (text) =>
    cpuTime(() => rewrite(text, { address: (address) => address, ids: 'p-', strict: true }));
  for (const unit of ['url(', '"', '\\', '/*', 'a{', '#a', "url('", '@import ', '(']) {
    time(unit.repeat(1000));
    assert.ok(time(unit.repeat(100_000)) < 2000, unit);
  }
});

// Fragments for random sheets: tokens that begin, end and hide an address, and characters that only
// some parsers treat as white space.
const PIECES = [
  'url(',
  'u\\72l(',
  'URL(',
  'u\\72 l(',
  '\\000075 rl(',
  '\\75\trl(',
  'url',
  'src(',
  'image-set(',
  '-webkit-image-set(',
  'image(',
  '"',
  "'",
  ')',
  '(',
  '\\',
  '\n',
  '\r',
  '\f',
  '\v',
  '\t',
  ' ',
  '  ',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\0',
  '/*',
  '*/',
  '{',
  '}',
  ';',
  ':',
  ',',
  'a1',
  'b2.png',
  '//e.example/3',
  '\\29 ',
  '\\"',
  '\\a ',
  '\\0',
  '\\110000 ',
  '\\2d',
  '\\d800 ',
  '-',
  '<!--',
  '-->',
  '@import ',
  '@\\69mport ',
  '@media all{',
  '#i',
  '5',
  'e',
  '.',
  '%',
  'é',
  '\\e9',
  '🙂',
  'background:',
  'cursor:',
  'list-style-image:',
];
const BEGINNINGS = [
  'p{background:',
  'p{cursor:',
  'p{background-image:url(a),',
  '@import ',
  '@media all{p{content:',
  '@font-face{font-family:f;src:',
  '',
  'p{background:url(',
  'p{background:url("',
  "p{list-style:url('",
];
const SHEETS = 3000;

/** A pseudo-random generator with a seed. @param {number} seed */
function chance(seed) {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/**
 * Runs in a page: the addresses that the browser finds in sheets but rewrite() did not, and those
 * that it still finds after rewriting.
 */
function compare(sheets) {
  const CSSOM = (text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const rules = [...sheet.cssRules].map(({ cssText }) => cssText).join(' ');
    const found = [];
    for (const [, address] of rules.matchAll(/"(?:\\[^]|[^"\\])*"|url\("((?:\\[^]|[^"\\])*)"\)/g)) {
      if (address !== undefined)
        found.push(
          address.replace(/\\(?:([\da-f]{1,6}) ?|([^]))/gi, (_, code, sign) =>
            code ? String.fromCodePoint(parseInt(code, 16)) : sign,
          ),
        );
    }
    return found;
  };
  const wrong = [];
  let addresses = 0;
  for (const text of sheets) {
    const seen = new Set();
    const walled = window.css.rewrite(text, {
      address: (address) => (seen.add(address), 'data:,X'),
      ids: 'p-',
      strict: true,
    });
    const loads = CSSOM(text).filter((address) => address);
    addresses += loads.length;
    // rewrite() also removes strings that functions such as image-set() take for addresses.
    const unseen = /image|src/i.test(text)
      ? []
      : loads.filter(
          (address) => ![...seen].some((one) => address === one || address.endsWith(one)),
        );
    const left = CSSOM(walled).filter((address) => !address.startsWith('data:'));
    if (unseen.length || left.length) wrong.push({ text, walled, unseen, left });
    const style = document.createElement('style');
    style.textContent = walled;
    document.head.append(style);
    // The browser would request its pictures here.
    getComputedStyle(document.querySelector('p')).backgroundImage;
    style.remove();
  }
  return { wrong: wrong.slice(0, 5), addresses };
}

for (const engine of engines(after)) {
  test(
    `${engine.name} finds no address in a sheet that rewrite() missed, and requests nothing after rewriting`,
    { skip: engine.missing },
    async (t) => {
      const { outputFiles } = await build({
        entryPoints: [`${PROJECT}/web/playground/frame/css.js`],
        bundle: true,
        write: false,
        format: 'iife',
        globalName: 'css',
      });
      const server = await host(t, DIST, {
        answer: (request, response, path) =>
          path === '/css' &&
          !!response
            .writeHead(200, { 'content-type': 'text/html' })
            .end(
              `<!doctype html><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><script>${outputFiles[0].text}</script><p>P</p>`,
            ),
      });
      const { page } = await openPage(t, await engine.browser());
      await page.goto(`${server.url}css`);
      const before = server.log.length;
      const asked = [];
      page.on(
        'request',
        (request) => request.url().startsWith('data:') || asked.push(request.url()),
      );
      const next = chance(20261122);
      const sheets = Array.from(
        { length: SHEETS },
        () =>
          BEGINNINGS[next(BEGINNINGS.length)] +
          Array.from({ length: 1 + next(14) }, () => PIECES[next(PIECES.length)]).join('') +
          [')}', '")}', '', ';}p{background:url(z9)}'][next(4)],
      );
      const { wrong, addresses } = await page.evaluate(compare, sheets);
      t.diagnostic(`${SHEETS} sheets, ${addresses} addresses that the browser found`);
      assert.deepEqual([wrong, asked, server.log.slice(before)], [[], [], []]);
      assert.ok(addresses > 500);
    },
  );
}
