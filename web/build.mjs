// Builds the shell: node web/build.mjs --out build/dist
//
// Joins and minifies site.js with what it imports, once as a file (an ES module, for a strict policy) and once inlined in
// index.html and 404.html, whose Content-Security-Policy names the inlined script by its hash; joins the theme's sheets.
// Prints the size of every file; cmake/bytes.py holds them to their budgets.

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, transform } from 'esbuild';
import { grammars } from './highlight/grammars.mjs';

const WEB = dirname(fileURLToPath(import.meta.url));
const THEME = join(WEB, '../core/theme');
// The order of the layers; base.css and the others are each in the layer of their name.
const SHEETS = ['tokens', 'base', 'layout', 'content', 'parts', 'print'];
// Modules and syntax that Chromium 94, Firefox 93 and Safari 15.4 know.
const TARGET = ['chrome94', 'firefox93', 'safari15.4'];

// Whoever reads only the first lines of the sizes still gets all the files.
process.stdout.on('error', () => {});

const { values } = parseArgs({ options: { out: { type: 'string', default: 'build/dist' } } });

const BUNDLE = { bundle: true, minify: true, write: false, target: TARGET, charset: 'utf8', legalComments: 'none' };

async function script(format, entry = 'site.js') {
  const { outputFiles } = await build({
    ...BUNDLE,
    entryPoints: [join(WEB, entry)],
    format,
    // Inlined, the script has no address of its own.
    define: format === 'iife' ? { 'import.meta.url': '""' } : {},
  });
  return outputFiles[0].text.trim();
}

/** The highlighter, each grammar a file beside it that is loaded on use. */
async function highlighter() {
  const { outputFiles } = await build({
    ...BUNDLE,
    entryPoints: { highlight: join(WEB, 'highlight/highlight.js') },
    outdir: 'meridian',
    chunkNames: 'highlight/[name]',
    splitting: true,
    format: 'esm',
    plugins: [grammars],
  });
  return outputFiles.map(({ path, text }) => [relative('', path), text]);
}

async function css(text, sourcefile) {
  return (await transform(text, { loader: 'css', minify: true, target: [...TARGET, 'chrome123'], sourcefile })).code.trim();
}

const read = (...path) => readFileSync(join(...path), 'utf8');

async function theme() {
  const sheets = SHEETS.map((name) => read(THEME, 'css', `${name}.css`));
  return minifySheet(`@layer ${SHEETS.join()};\n${sheets.join('\n')}`, 'theme.css');
}

/** The theme is written for browsers of today and falls back by itself: nothing in it is to be rewritten. */
async function minifySheet(text, sourcefile) {
  return (await transform(text, { loader: 'css', minify: true, target: 'esnext', sourcefile })).code.trim() + '\n';
}

/** @param {'index' | '404'} shell */
function page(shell, inlined, style) {
  const hash = createHash('sha256').update(inlined).digest('base64');
  // The site's own sources are trusted as an HTML file on the same host would be: any file, and what they bring inline is run
  // as a file by mount.js. Of inline scripts in this file only the one below runs.
  const policy = `script-src * blob: data: 'unsafe-eval' 'sha256-${hash}';script-src-attr 'unsafe-inline';base-uri 'self'`;
  // 404.html is given at any depth: it can't know the address.
  const preload = shell === 'index' ? '<link rel="preload" as="fetch" crossorigin href="meridian/meridian.wasm">\n' : '';
  const parts = { shell, policy, preload, style, script: inlined };
  return read(WEB, 'shell.html').replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
}

function headers(inlined) {
  const hash = createHash('sha256').update(inlined).digest('base64');
  return `# For hosts that read this file (Netlify, Cloudflare Pages, …).
/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
/meridian/*.wasm
  Content-Type: application/wasm
/*.md
  Content-Type: text/markdown; charset=utf-8
/*.yml
  Content-Type: text/yaml; charset=utf-8

# A site that brings no inline script of its own can do with less. Under this policy an inline script of the site is
# reported and not run; the hash is that of the script inside index.html and 404.html.
#/*
#  Content-Security-Policy: default-src 'self'; script-src 'self' 'sha256-${hash}' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; object-src 'self'; base-uri 'none'; frame-ancestors 'self'
`;
}

function write(path, text) {
  const file = join(values.out, path);
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  const small = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  console.log(`${path.padEnd(22)} ${String(text.length).padStart(7)} ${String(small).padStart(6)} br`);
}

const inlined = (await script('iife')).replaceAll('</script', '<\\/script');
const style = await css(read(WEB, 'shell.css'), 'shell.css');
write('index.html', page('index', inlined, style));
write('404.html', page('404', inlined, style));
write('meridian/site.js', (await script('esm')) + '\n');
write('meridian/more.js', (await script('esm', 'more.js')) + '\n');
for (const [path, text] of await highlighter()) write(path, text);
write('meridian/theme.css', await theme());
write('_headers', headers(inlined));
write('.nojekyll', '');
if (existsSync(join(THEME, 'icons.svg'))) write('meridian/icons.svg', read(THEME, 'icons.svg'));
