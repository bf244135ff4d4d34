// Markdown, string in and string out: node bench/markdown.mjs [--sizes 3,100,5000] [--rounds N]
// Prepared by: cd bench && npm ci; ninja -C build/wasm all md4c_wasm
import { Parser, HtmlRenderer } from 'commonmark';
import MarkdownIt from 'markdown-it';
import markdownWasm from 'markdown-wasm';
import { marked } from 'marked';
import { init as initMd4w, mdToHtml } from 'md4w';
import { init as initMd4x, renderToHtml } from 'md4x/wasm';
import { measure, milliseconds, ratio, table } from './measure.mjs';
import { prose } from './prose.mjs';
import { load } from './wasm.mjs';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : otherwise;
};

await initMd4w();
await initMd4x();
// The flags of cm_parse (core/markdown/commonmark.h): GitHub's dialect, as HTML.
const GITHUB_HTML = 1 | 8;
const kramdown = load('kramdown', 'kd_');
const commonmark = load('commonmark', 'cm_');
const md4c = load('md4c');
const markdownIt = new MarkdownIt({ html: true });
const markdownItTypographer = new MarkdownIt({ html: true, typographer: true });
const parser = new Parser();
const writer = new HtmlRenderer();

const engines = {
  'Meridian, kramdown': (text) => kramdown.text('html', text),
  'Meridian, GitHub': (text) => commonmark.text('parse', GITHUB_HTML, text),
  'md4x (wasm)': (text) => renderToHtml(text),
  'md4w (wasm)': (text) => mdToHtml(text),
  'markdown-wasm': (text) => markdownWasm.parse(text),
  'md4c (wasm)': (text) => md4c.text('markdown', text, 0),
  'commonmark.js': (text) => writer.render(parser.parse(text)),
  marked: (text) => marked.parse(text),
  'markdown-it': (text) => markdownIt.render(text),
  'markdown-it, typographer': (text) => markdownItTypographer.render(text),
};

const sizes = option('sizes', '3,100,5000').split(',').map(Number);
const results = sizes.map((size) => {
  const text = prose(size * 1000);
  for (const [name, run] of Object.entries(engines)) {
    const html = run(text);
    if (html.length < text.length || !html.includes('<p>'))
      throw new Error(`${name} gives no HTML`);
  }
  const rounds = Number(option('rounds', size > 1000 ? 7 : 15));
  return measure(
    Object.fromEntries(Object.entries(engines).map(([name, run]) => [name, () => run(text)])),
    { rounds },
  );
});
const first = Object.keys(engines)[0];
const name = (size) => (size >= 1000 ? `${size / 1000} MB` : `${size} KB`);
console.log(
  table(
    ['', ...sizes.flatMap((size) => [name(size), 'ratio'])],
    Object.keys(engines).map((engine) => [
      engine,
      ...results.flatMap((times) => [
        milliseconds(times[engine]),
        ratio(times[engine], times[first]),
      ]),
    ]),
  ),
);
