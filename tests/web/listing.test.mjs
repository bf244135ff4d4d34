// Directory listings as hosts write them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

// The script reads the page that it runs in.
globalThis.location ??= /** @type {any} */ ({
  hostname: 'example.org',
  origin: 'https://example.org',
  href: 'https://example.org/',
});
globalThis.document ??= /** @type {any} */ ({ querySelector: () => null });
globalThis.HTMLScriptElement ??= /** @type {any} */ (class {});
const { parseListing } = await import('../../web/shell/discovery.js');

const parse = (html, url = 'https://example.org/site/_posts/') =>
  parseListing(new TextEncoder().encode(html), url);

test('Python’s http.server', () => {
  const html = `<!DOCTYPE HTML><html lang="en"><head><meta charset="utf-8"><title>Directory listing for /site/_posts/</title></head>
<body><h1>Directory listing for /site/_posts/</h1><hr><ul><li><a href="2020-01-01-a%20b.md">2020-01-01-a b.md</a></li>
<li><a href="drafts/">drafts/</a></li><li><a href="%E6%97%A5%E6%9C%AC.md">日本.md</a></li><li><a href="a%26b.md">a&amp;b.md</a></li></ul></body></html>`;
  assert.deepEqual(parse(html), ['2020-01-01-a b.md', 'drafts/', '日本.md', 'a&b.md']);
});

test('nginx', () => {
  const html = `<html><head><title>Index of /site/_posts/</title></head><body><h1>Index of /site/_posts/</h1><hr><pre><a href="../">../</a>
<a href="more/">more/</a>      20-Nov-2026 08:00       -
<a href="a.md">a.md</a>       20-Nov-2026 08:00     120</pre></body></html>`;
  assert.deepEqual(parse(html), ['more/', 'a.md']);
});

test('Apache, with columns to sort by', () => {
  const html = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN"><html><head><title>Index of /site/_posts</title></head><body>
<table><tr><th><a href="?C=N;O=D">Name</a></th></tr><tr><td><a href="/site/">Parent Directory</a></td></tr>
<tr><td><a href="a.md">a.md</a></td></tr><tr><td><a href="sub/">sub/</a></td></tr></table></body></html>`;
  assert.deepEqual(parse(html), ['a.md', 'sub/']);
});

test('links elsewhere, paths and undecodable names are skipped; an ordinary page is no listing', () => {
  const html = `<title>Index of /</title><a href="https://other.example/site/_posts/x.md">x</a> <a href="//other.example/y">y</a>
<a href="sub/deep.md">deep</a> <a href="../../etc/passwd">p</a> <a href="%ff.md">bad</a> <a href='single.md'>s</a> <a href=bare.md>b</a> <a href="..%2fup.md">up</a>`;
  assert.deepEqual(parse(html), ['single.md', 'bare.md']);
  assert.equal(parse('<title>My posts</title><a href="a.md">a</a>'), undefined);
});
