// Builds the shell: node web/build/build.mjs --out build/dist
//
// Joins and minifies site.js with what it imports, once as a file (an ES module, for a strict
// policy) and once inlined in index.html and 404.html, whose Content-Security-Policy names the
// inlined script by its hash; joins the theme's sheets. Prints the size of every file and the hash
// of the inlined script; cmake/bytes.py holds them to their budgets.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, transform } from 'esbuild';
import { files as grammarFiles, grammars } from '../highlight/grammars.mjs';
import { MARKS, paths, readIcons, sheet, single, sprite } from './icons.mjs';
import { packCountries, packLand } from './land.mjs';
import { DIAGRAMS_POLICY, mermaidFiles } from './mermaid.mjs';
import { alsoByWindow } from './container_queries.mjs';
import { BORROWED, FOR_OPENING, LENT, apart } from './files_apart.mjs';
import { globeScript, inScript, writingScript } from './frame_scripts.mjs';
import { framesOf } from './frames.mjs';
import { hashesOf } from './hashes.mjs';
import { version } from './npm_package.mjs';
import { framePolicy, hashOf, headers } from './policies.mjs';
import { readSettings, readWords } from './settings.mjs';
import { TARGETS } from './targets.mjs';
import { turndownWithin } from './turndown.mjs';
import { vimWithin } from './vim.mjs';

const WEB = join(dirname(fileURLToPath(import.meta.url)), '..');
const THEME = join(WEB, '../core/theme');
// The cascade layers in order. Each is in the sheet of its name, or in these.
const LAYERS = ['tokens', 'base', 'layout', 'content', 'parts', 'print'];
const SHEETS = { parts: ['masthead', 'lists', 'parts'] };
// The sheets of the playground's layer in order; narrow.css takes precedence.
const PLAYGROUND_SHEETS = ['base', 'toolbar', 'dialogs', 'panes', 'narrow'];

// All files are written, even if the reader of the output closes the pipe early.
process.stdout.on('error', () => {});

const { values } = parseArgs({ options: { out: { type: 'string', default: 'build/dist' } } });

const BUNDLE = {
  bundle: true,
  minify: true,
  write: false,
  target: TARGETS,
  charset: 'utf8',
  legalComments: 'none',
};

/** Sheets that stand in a script, as `export const STYLE = …` between backquotes. */
const sheetsWithin = {
  name: 'sheets within',
  setup: ({ onLoad }) =>
    onLoad(
      {
        filter:
          /(globe[/\\](style|interaction_style|journey)|(profile|search|aids)[/\\]style)\.js$/,
      },
      async ({ path }) => {
        const parts = read(path).split(/(?<=const [A-Z]+ = `)([^`]*)/);
        const contents = await Promise.all(
          parts.map(async (part, at) => (at % 2 ? (await minifySheet(part, path)).trim() : part)),
        );
        return { contents: contents.join(''), loader: 'js' };
      },
    ),
};

const icons = readIcons(THEME, join(WEB, '../node_modules'));

/** Provides profile/icons.js, the card's frequent icons, as a virtual module. */
const signs = paths(icons);
const signsWithin = {
  name: 'signs within',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/icons\.js$/ }, ({ path }) => ({ path, namespace: 'signs' }));
    onLoad({ filter: /./, namespace: 'signs' }, () => ({ contents: signs.frequent, loader: 'js' }));
  },
};

/** The release at the end of a module (as a section) and of templates (as another file). */
const STAMP = { wasm: /\0\x10\x07release[0-9a-f]{8}$/, txt: /release\n[0-9a-f]{8}\0$/ };
const stamped = () =>
  readdirSync(join(values.out, 'meridian'))
    .filter((name) => /\.(wasm|txt)$/.test(name))
    .map((name) => {
      const file = join(values.out, 'meridian', name);
      const [, type] = name.split('.');
      return { file, type, text: readFileSync(file, 'latin1').replace(STAMP[type], '') };
    });

/** The release word of all delivered files: a hash of their sources, modules and templates. */
function release() {
  const hash = createHash('sha256');
  for (const { text } of stamped()) hash.update(text, 'latin1');
  for (const folder of [WEB, THEME]) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = files.map(({ parentPath, path, name }) => join(parentPath ?? path, name)).sort();
    for (const path of paths.filter((path) => /\.(m?js|html|css|txt)$/.test(path)))
      hash.update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 8);
}
const RELEASE = release();
// Where each release of the npm package meridian-site can be had.
const PUBLISHED = `https://cdn.jsdelivr.net/npm/meridian-site@${version()}/dist/meridian/`;

const { version: katexVersion } = JSON.parse(
  readFileSync(join(WEB, '../node_modules/katex/package.json'), 'utf8'),
);
/** Constants in all scripts. */
const DEFINE = {
  MERIDIAN_RELEASE: JSON.stringify(RELEASE),
  MERIDIAN_KATEX: JSON.stringify(katexVersion),
};

/** Writes it into the modules and templates. */
function stamp() {
  for (const { file, type, text } of stamped()) {
    const mark = type === 'wasm' ? `\0\x10\x07release${RELEASE}` : `release\n${RELEASE}\0`;
    writeFileSync(file, text + mark, 'latin1');
  }
}

// The address of a file that belongs to the script has the release in it, past all caches. The
// globe's data has a format version of its own; its module is preloaded by pages.
const OWN_FILE =
  /(?<=new URL\(")\.\/(?!globe\.wasm)[\w.-]+\.(wasm|txt|js)(?=",import\.meta\.url\))/g;

/** @param {string} [folder] in which it is delivered */
async function script(
  format,
  entry = 'shell/main.js',
  define = {},
  folder = entry.startsWith('playground/') ? 'playground' : 'meridian',
  lent = {},
) {
  const { outputFiles } = await build({
    ...BUNDLE,
    entryPoints: [join(WEB, entry)],
    format,
    plugins: [sheetsWithin, signsWithin, turndownWithin, vimWithin, apart(RELEASE, folder, lent)],
    // Inlined, the script has no address of its own.
    define: { ...DEFINE, ...(format === 'iife' && { 'import.meta.url': '""' }), ...define },
  });
  return outputFiles[0].text.trim().replace(OWN_FILE, `$&?${RELEASE}`);
}

/** KaTeX as a separate module, which math.js loads; it uses the document through its prototype. */
async function katex() {
  const banner = {
    js: '/* KaTeX, https://katex.org, MIT licence, (c) Khan Academy and other contributors */',
  };
  const { outputFiles } = await build({
    ...BUNDLE,
    banner,
    stdin: { contents: "export { default } from 'katex';", resolveDir: WEB },
    inject: [join(WEB, 'base/unclobbered.js')],
    format: 'esm',
  });
  return outputFiles[0].text;
}

/** The highlighter. What uses highlight.js, and each grammar, is a file loaded on demand. */
async function highlighter() {
  const { outputFiles } = await build({
    ...BUNDLE,
    banner: {
      js: '/* highlight.js, https://highlightjs.org, BSD-3-Clause licence, (c) Ivan Sagalaev and other contributors */',
    },
    entryPoints: {
      highlight: join(WEB, 'highlight/highlight.js'),
      grammars: join(WEB, 'highlight/by_grammar.js'),
      ...grammarFiles,
    },
    outdir: 'meridian',
    format: 'esm',
    plugins: [grammars],
    define: DEFINE,
  });
  return outputFiles.map(({ path, text }) => [relative('', path), text]);
}

const read = (...path) => readFileSync(join(...path), 'utf8');
const SETTINGS = JSON.stringify(readSettings(join(WEB, '../core/check/settings.txt')));

const NOTICES = {
  merge: '/* node-diff3, https://github.com/bhousel/node-diff3, MIT, (c) Bryan Housel */\n',
  paste: '/* turndown, https://github.com/mixmark-io/turndown, MIT licence, (c) Dom Christie */\n',
  vim: '/* CodeMirror Vim, https://github.com/replit/codemirror-vim, MIT licence, (c) Marijn Haverbeke and others */\n',
};
const WORDS = JSON.stringify(readWords(join(WEB, '../docs/reference.md')));

/** The files of messages/, one for each language but English. */
const MESSAGES = readdirSync(join(WEB, 'shell/messages'));
/** The files of search/stems/, one for each language that has a stemmer. */
const STEMS = readdirSync(join(WEB, 'search/stems'));

/** What readers without scripts see, in every language: nothing is there to choose one. */
const unscripted = (
  await Promise.all(
    MESSAGES.map(async (name) => {
      const { default: words } = await import(join(WEB, 'shell/messages', name));
      const tag = name.replace('.js', '');
      return `<p lang=${tag}${tag === 'ar' ? ' dir=rtl' : ''}>${words['This site needs JavaScript.']}`;
    }),
  )
).join('');

async function theme() {
  const names = LAYERS.flatMap((layer) => SHEETS[layer] ?? layer);
  const sheets = names.map((name) => read(THEME, 'css', `${name}.css`));
  return minifySheet(
    `@layer ${LAYERS.join()};\n:root { --release: '${RELEASE}' }\n${sheets.join('\n')}`,
    'theme.css',
  );
}

/** Minifies a sheet; nested rules and ranges in media queries are lowered for older browsers. */
async function minifySheet(text, sourcefile) {
  const { code } = await transform(text, {
    loader: 'css',
    minify: true,
    target: TARGETS,
    sourcefile,
  });
  // "not" before a condition alone is newer than the targets.
  const older = code.trim().replaceAll('@media not (', '@media not all and (');
  // Chromium 103 hangs on the way back to a page whose sheet has a statement of layers, and media
  // queries in them. Empty layers say the same.
  const inLayers = older.replace(/@layer ([\w,]+);/g, (_, layers) =>
    layers.replace(/(\w+),?/g, '@layer $1{}'),
  );
  return `${inLayers}\n`;
}

/** A part of a sheet of the playground. @param {string} name */
const playgroundPart = (name) => read(WEB, 'playground/css', `${name}.css`);

/**
 * The playground's sheet. The element has tokens and a colour scheme of its own; by default the
 * scheme is the page's. CodeMirror's styles are in no layer, so neither is codemirror.css.
 */
async function playgroundSheet() {
  const tokens = read(THEME, 'css', 'tokens.css')
    .replace('color-scheme: light dark;', '')
    .replaceAll(':root', ':host')
    .replace(/html\[data-theme=('?\w+'?)\]/g, ':host([theme=$1])')
    .replace(/html:not\(\[data-theme=('?\w+'?)\]\)/g, ':host(:not([theme=$1]))');
  const sheet = `${tokens}@layer tokens, play;\n@layer play {\n${PLAYGROUND_SHEETS.map(playgroundPart).join('\n')}}\n${playgroundPart('codemirror')}`;
  return minifySheet(alsoByWindow(sheet, 'playground'), 'playground.css');
}

/** A sheet for parts of the playground that are loaded when they are used. */
const partsSheet = (file, parts) =>
  minifySheet(
    alsoByWindow(`@layer play {\n${parts.map(playgroundPart).join('\n')}}\n`, 'playground'),
    file,
  );

/** @param {'index' | '404'} shell */
function page(shell, inlined, style) {
  // The site's own sources are trusted like an HTML file on the same host: any file may load, and
  // mount.js runs inline code as a file. Of inline scripts in this file only the one below runs. A
  // host that sends the stricter policy of _headers is obeyed: both apply.
  const policy = `script-src * blob: data: 'unsafe-eval' ${hashOf(inlined)};script-src-attr 'unsafe-inline';base-uri 'self'`;
  // 404.html is given at any depth: its own address is unknown.
  const parts = { shell, policy, style, script: inlined, unscripted };
  return fill('shell/shell.html', parts);
}

/** Fills a page template: names between double braces are parts. */
const fill = (file, parts) => read(WEB, file).replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
/** Escapes a script for a page. */
const inline = async (entry) => inScript(await script('iife', entry));

/**
 * The frames in which the playground shows pages, with their scripts and policies: an untrusted
 * page loads nothing and runs nothing; a variant allows pictures of other hosts, with the reader's
 * consent; a trusted project works as on the finished site. None has an origin.
 */
const FRAMES = {
  frame: { entry: 'walled', pictures: '' },
  'frame-pictures': { entry: 'walled', pictures: ' https:' },
  'frame-own': { entry: 'own', open: "'unsafe-inline' 'unsafe-eval' https: data: blob:" },
};
const PURIFY =
  'DOMPurify, https://github.com/cure53/DOMPurify, Apache-2.0 or MPL-2.0, (c) Cure53 and other contributors; ';
const STEMMER = '/* stemmer, https://github.com/words/stemmer, MIT licence, (c) Titus Wormer */';
const STEMMERS =
  '/* Orama Stemmers, https://github.com/oramasearch/orama, Apache-2.0 licence, (c) OramaSearch; from Snowball, https://snowballstem.org, BSD-3-Clause licence, (c) Martin Porter, Richard Boulton and others */';
const TOKENIZER =
  '@csstools/css-tokenizer, https://github.com/csstools/postcss-plugins, MIT licence, (c) Romain Menke, Antonio Laguna';
// What the playground keeps to be there without a network; the rest of the shell once it has used
// it.
const KEPT = [
  ...[
    '',
    'main.js',
    'complete.js',
    'conflict.js',
    'find.js',
    'find-worker.js',
    'first_site.js',
    'forgejo.js',
    'github.js',
    'gitlab.js',
    'history.js',
    'insert.js',
    'merge.js',
    'oauth.js',
    'on_page.js',
    'opening.js',
    'pages.js',
    'paste.js',
    'projects.js',
    'publish.css',
    'publish.js',
    'refactor.js',
    'review.js',
    'settings.js',
    'shrink-worker.js',
    'transfer.js',
    'writing.css',
    'playground.js',
    'playground.css',
    'worker.js',
    'frame.html',
    'frame-globe.js',
    'frame-writing.js',
  ].map((name) => `playground/${name}`),
  ...[
    'live.wasm',
    'live-rest.wasm',
    'rouge.wasm',
    'sass.wasm',
    'commonmark.wasm',
    'theme.txt',
    'more.txt',
    'words.txt',
    'plugins.txt',
    'theme.css',
    'icons.svg',
  ].map((name) => `meridian/${name}`),
];

/**
 * The playground as one version, with the modules that lie there already: a hash of all, and of
 * each whether the release is in it.
 */
function kept() {
  const hash = createHash('sha256');
  /** @type {Record<string, boolean>} */
  const files = {};
  for (const path of KEPT) {
    const file = join(values.out, path.replace(/\/$/, '/index.html'));
    if (!existsSync(file)) continue;
    const bytes = readFileSync(file);
    hash.update(path).update(bytes);
    // The playground requests scripts of frames by the frames' version.
    const query = /frame-\w+\.js$/.test(path) ? `?${framesVersion}` : '';
    files[path.replace(/^playground\//, './').replace(/^meridian/, '../$&') + query] =
      bytes.includes(RELEASE);
  }
  return { version: hash.digest('hex').slice(0, 16), files };
}

/** @param {string | Buffer} text */
function write(path, text) {
  const file = join(values.out, path);
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file) || !readFileSync(file).equals(Buffer.from(text))) writeFileSync(file, text);
  const small = brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
  }).length;
  console.log(
    `${path.padEnd(22)} ${String(text.length).padStart(7)} ${String(small).padStart(6)} br`,
  );
}

stamp();
const inlined = await inline('shell/main.js');
const style = (await minifySheet(read(WEB, 'shell/shell.css'), 'shell.css')).trim();
write('index.html', page('index', inlined, style));
write('404.html', page('404', inlined, style));
write('meridian/worker.js', (await script('esm', 'engine/worker.js')) + '\n');
write('meridian/plugins.js', (await script('esm', 'shell/plugin_scripts.js')) + '\n');
write('meridian/plugin-host.js', (await script('esm', 'engine/plugins.js')) + '\n');
write('meridian/offline.js', (await script('iife', 'offline/worker.js')) + '\n');
write('meridian-offline.js', (await script('iife', 'offline/entry.js')) + '\n');
write('meridian/more.js', (await script('esm', 'shell/lazy.js')) + '\n');
write('meridian/fetched-theme.js', (await script('esm', 'shell/fetched_theme.js')) + '\n');
write('meridian/develop.js', (await script('esm', 'shell/development.js')) + '\n');
const OF_THE_THEME = 'comments analytics diagrams edit lightbox math publications scheme aids/aids';
for (const name of OF_THE_THEME.split(' '))
  write(`meridian/${basename(name)}.js`, (await script('iife', `theme/${name}.js`)) + '\n');
for (const name of MESSAGES)
  write(`meridian/messages/${name}`, (await script('esm', `shell/messages/${name}`)) + '\n');
for (const [path, text] of await highlighter()) write(path, text);
write('meridian/katex.js', await katex());
write(
  'meridian/diagrams.html',
  fill('diagrams/diagrams.html', { release: RELEASE, policy: DIAGRAMS_POLICY }),
);
for (const [name, text] of await mermaidFiles(WEB, BUNDLE)) write(`meridian/mermaid/${name}`, text);
write('meridian/theme.css', await theme());
write(
  'meridian/first-page.js',
  (await script('esm', 'shell/first_page.js', {
    MERIDIAN_FRAMES: await framesOf(join(values.out, 'meridian')),
  })) + '\n',
);
write('meridian/segments.js', (await script('esm', 'shell/manifest_segments.js')) + '\n');
write('meridian/search.js', (await script('esm', 'search/open.js')) + '\n');
write('meridian/search-live.js', (await script('esm', 'search/live.js')) + '\n');
write('meridian/search-keys.js', (await script('esm', 'search/keys.js')) + '\n');
write('meridian/search-words.js', (await script('esm', 'search/languages.js')) + '\n');
for (const name of STEMS) {
  const notice = name === 'en.js' ? STEMMER : STEMMERS;
  write(`meridian/stems/${name}`, `${notice}\n${await script('esm', `search/stems/${name}`)}\n`);
}
write('meridian/notes.js', (await script('esm', 'notes/notes.js')) + '\n');
write('meridian/notes-live.js', (await script('esm', 'notes/live.js')) + '\n');
write('meridian/notes.css', await minifySheet(read(THEME, 'css/notes.css'), 'notes.css'));
write('meridian/globe.js', (await script('esm', 'globe/element.js')) + '\n');
write('meridian/globe-interaction.js', (await script('esm', 'globe/interaction.js')) + '\n');
write('meridian/globe-words.js', (await script('esm', 'globe/languages.js')) + '\n');
write('meridian/globe-more.js', (await script('esm', 'globe/more.js')) + '\n');
// V8 compiles most of its functions during loading, off the main thread, instead of one by one on
// their first call. https://v8.dev/blog/explicit-compile-hints
write(
  'meridian/profile.js',
  `//# allFunctionsCalledOnLoad\n${MARKS}\n${await script('esm', 'profile/element.js')}\n`,
);
write(
  'meridian/profile-icons.js',
  `${MARKS}\n${signs.more}\nexport const release = ${JSON.stringify(RELEASE)};\n`,
);
const PROFILE = { raw: 'render_sources', show: 'show', worker: 'worker', words: 'words' };
for (const [name, entry] of Object.entries(PROFILE))
  write(`meridian/profile-${name}.js`, (await script('esm', `profile/${entry}.js`)) + '\n');
write(
  'meridian/profile-sections.js',
  `/* DOMPurify, https://github.com/cure53/DOMPurify, Apache-2.0 or MPL-2.0, (c) Cure53 and other contributors */\n${await script('esm', 'profile/sections.js')}\n`,
);
write('meridian/embed.js', (await script('esm', 'profile/embed.js')) + '\n');
write('meridian/embed.html', read(WEB, 'profile/embed.html'));
write('card/index.html', read(WEB, 'profile/builder.html'));
write('card/builder.js', (await script('esm', 'profile/builder.js', {}, 'card')) + '\n');
write('playground/index.html', read(WEB, 'playground/index.html'));
write('playground/signed-in.html', read(WEB, 'playground/signed_in/signed_in.html'));
/** @type {Record<string, string>} */
const framed = {};
const hashOfFrames = createHash('sha256');
const globe = await globeScript({ ...BUNDLE, plugins: [sheetsWithin] });
const writing = await writingScript(BUNDLE);
const inFrames = {
  walled: await inline('playground/frame/untrusted.js'),
  own: await inline('playground/frame/trusted.js'),
};
write('playground/frame-globe.js', globe);
write('playground/frame-writing.js', writing);
for (const [name, frame] of Object.entries(FRAMES)) {
  const script = inFrames[frame.entry];
  framed[name] = framePolicy([script, globe, writing], frame);
  const html = fill('playground/frame/frame.html', {
    policy: framed[name],
    pictures: frame.pictures ? ' data-pictures' : '',
    notice: `<!-- Contains ${frame.entry === 'walled' ? PURIFY : ''}${TOKENIZER} -->`,
    script,
  });
  write(`playground/${name}.html`, html);
  hashOfFrames.update(html);
}
// The addresses of frames, and of the scripts that they request, contain it, so that browsers may
// cache them.
const framesVersion = hashOfFrames.digest('hex').slice(0, 12);
write(
  'playground/playground.js',
  `/* CodeMirror, https://codemirror.net, MIT licence, (c) Marijn Haverbeke and others */\n${await script('esm', 'playground/element.js', { FRAMES: JSON.stringify(framesVersion) })}\n`,
);
for (const [name, source] of [
  ['worker', 'render/worker'],
  ['formulas', 'render/math'],
  ['diagrams', 'render/diagrams'],
  ['typeset', 'render/math_worker'],
  ['find-worker', 'find/worker'],
  ['projects', 'ui/project_list'],
  ['shrink-worker', 'paste/shrink_worker'],
  ['signed-in', 'signed_in/signed_in'],
  ['main', 'main'],
])
  write(`playground/${name}.js`, `${await script('esm', `playground/${source}.js`)}\n`);
// What publish.js loads on use.
const PUBLISHING = 'conflict first_site forgejo github gitlab merge oauth opening pages review';
for (const name of PUBLISHING.split(' ')) {
  const lent = name === 'opening' ? FOR_OPENING : LENT;
  const text = await script('esm', `playground/publish/${name}.js`, {}, 'playground', lent);
  write(`playground/${name}.js`, `${NOTICES[name] ?? ''}${text}\n`);
}
const PARTS = 'find history insert on_page paste publish refactor';
for (const name of PARTS.split(' ')) {
  const text = await script('esm', `playground/${name}/${name}.js`, {});
  write(`playground/${name}.js`, `${NOTICES[name] ?? ''}${text}\n`);
}
for (const [name, source] of [
  ['complete', 'complete/complete'],
  ['transfer', 'transfer'],
  ['vim', 'vim/vim'],
]) {
  const text = await script('esm', `playground/${source}.js`, { WORDS }, 'playground', BORROWED);
  write(`playground/${name}.js`, `${NOTICES[name] ?? ''}${text}\n`);
}
write(
  'playground/settings.js',
  (await script('esm', 'playground/complete/settings.js', { SETTINGS })) + '\n',
);
write('playground/playground.css', await playgroundSheet());
write('playground/writing.css', await partsSheet('writing.css', ['writing', 'history']));
write('playground/publish.css', await partsSheet('publish.css', ['publish']));
const builder = read(THEME, 'css', 'tokens.css') + read(WEB, 'profile/builder.css');
write('card/builder.css', await minifySheet(builder, 'builder.css'));
write('meridian/icons.svg', sprite(icons));
write(
  'playground/offline.js',
  (await script('iife', 'playground/offline.js', { BUILD: JSON.stringify(kept()) })) + '\n',
);
write('_headers', headers(inlined, framed, [inFrames.walled, globe, writing]));
write('.nojekyll', '');
for (const name of ['globe.css', 'publications.css', 'cv.css'])
  write(`meridian/${name}`, await minifySheet(read(THEME, 'css', name), name));
write('meridian/icons.css', await minifySheet(sheet(icons), 'icons.css'));
for (const icon of icons) write(`meridian/icons/${icon.name}.svg`, single(icon));
write('meridian/land-110m.bin', packLand('110m'));
write('meridian/land-50m.bin', packLand('50m'));
write('meridian/countries.bin', packCountries('110m'));
write('meridian/countries-50m.bin', packCountries('50m'));

const { first, others, offline } = hashesOf(join(values.out, 'meridian'));
write('meridian/hashes.json', others);
const MERIDIAN_HASHES = first;
const entry = (await script('esm', 'shell/module.js', { MERIDIAN_HASHES })) + '\n';
write('meridian/site.js', entry);
// `meridian init` writes it beside sources, where it is the only file of the shell.
write(
  'meridian/one-file.html',
  fill('shell/one_file.html', {
    address: `${PUBLISHED}site.js`,
    integrity: `sha384-${createHash('sha384').update(entry).digest('base64')}`,
  }),
);
// The head of the worker that `meridian init` writes where the site asks for one.
write(
  'meridian/one-file-offline.js',
  `// Keeps the site for visits without a network; written by \`meridian init\`.
self.meridianShell={release:"${RELEASE}",folder:"${PUBLISHED}",hashes:${offline}};\n`,
);
console.log(`\nScript inside index.html and 404.html: ${hashOf(inlined)}`);
