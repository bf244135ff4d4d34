// Whole style sheets, byte for byte: node bench/sheets.mjs [--only NAME] [--keep DIR]
// Prepared by: python3 serve.py --build; cd bench; npm ci; cd sheets; npm ci. Wants jekyll with
// sassc (Debian's).
//
// The sheets of themes and frameworks that bench/sheets/package.json pins lie in the `_sass` of a
// site; each is loaded by a sheet of its own in `assets`. What `meridian build` and sass.wasm make
// of it is compared with the file that Jekyll writes. Where a sheet uses modules Jekyll's libsass
// is at its end, and dart-sass's JavaScript (npm `sass`) is the reference. --keep leaves all CSS in
// DIR, to be compared.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as sass from 'sass';
import { pack } from '../tests/wasm/sass_bundle.mjs';
import { makeSass } from '../web/engine/abi.js';
import { table } from './measure.mjs';
import { css } from './sass/compilers.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PACKAGES = join(ROOT, 'bench/sheets/node_modules');
const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, keep: { type: 'string' } },
});

/** The sheets of each package, with a space between two; those of MODULES use modules. */
const SHEETS = {
  'bootstrap-4': 'scss/bootstrap',
  'bootstrap-5': 'scss/bootstrap',
  'bulma-0': 'bulma',
  'carbon-10': 'src/globals/scss/styles',
  'chirpy-5': '_sass/jekyll-theme-chirpy',
  'concise-4': 'concise',
  'coreui-3': 'scss/coreui',
  'font-awesome-4': 'scss/font-awesome',
  'font-awesome-6': 'scss/fontawesome',
  'govuk-3': 'govuk/all',
  'govuk-5': 'dist/govuk/all',
  'highlight-11': 'scss/github',
  'materialize-1': 'sass/materialize',
  'milligram-1': 'src/milligram',
  'papercss-1': 'src/styles',
  'pico-1': 'scss/pico',
  'purecss-3': 'vendor/assets/stylesheets/purecss',
  'semantic-ui-2': 'semantic-ui',
  'spectre-0': 'src/spectre',
  'tocbot-4': 'src/scss/tocbot',
  'uikit-3': 'src/scss/variables-theme src/scss/mixins-theme src/scss/uikit-theme',
  'uswds-2': 'src/stylesheets/uswds',
};
const MODULES = {
  'bootstrap-3': 'assets/stylesheets/bootstrap',
  'bulma-1': 'bulma',
  'coreui-5': 'scss/coreui',
  'foundation-6': 'assets/foundation',
  'nhsuk-9': 'packages/nhsuk',
  'picnic-7': 'src/picnic',
  'pico-2': 'scss/pico',
  'reveal-4': 'css/reveal',
};
/** Folders below `_sass` in which imports are searched for as well. */
const LOAD_PATHS = ['chirpy-5/_sass'];
const STYLES = ['compact', 'compressed'];

function* filesOf(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesOf(path);
    else if (/\.(scss|sass|css)$/.test(name)) yield path;
  }
}

const chosen = (sheets) => Object.entries(sheets).filter(([name]) => name.includes(values.only));
const loads = (name, paths) =>
  paths.replace(/\S+/g, (path) => `${name in MODULES ? '@use' : '@import'} "${name}/${path}";`) +
  '\n';

/** A site with the files of these sheets; returns its files by path. */
function makeSite(site, sheets, style) {
  const files = {};
  const paths = ['_sass', ...LOAD_PATHS.map((path) => `_sass/${path}`)];
  mkdirSync(join(site, 'assets'), { recursive: true });
  writeFileSync(
    join(site, '_config.yml'),
    `sass: {style: ${style}, sourcemap: never, load_paths: [${paths.join(', ')}]}\n`,
  );
  for (const [name, path] of sheets) {
    for (const file of filesOf(join(PACKAGES, name))) {
      const to = join('_sass', name, relative(join(PACKAGES, name), file));
      mkdirSync(dirname(join(site, to)), { recursive: true });
      cpSync(file, join(site, to));
      files[to] = readFileSync(file, 'utf8');
    }
    writeFileSync(join(site, 'assets', `${name}.scss`), `---\n---\n${loads(name, path)}`);
  }
  return { files, loadPaths: paths };
}

/** The CSS of a sheet as dart-sass's JavaScript prints it, without its byte order mark. */
function byDart(site, name, path, loadPaths, style) {
  const made = sass.compileString(loads(name, path), {
    style: style === 'compressed' ? style : 'expanded',
    loadPaths: loadPaths.map((path) => join(site, path)),
    logger: sass.Logger.silent,
  });
  return `${made.css.replace('\ufeff', '')}\n`;
}

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'meridian-sheets-'));
const compile = makeSass(
  await WebAssembly.compile(readFileSync(join(ROOT, 'build/wasm/sass.wasm'))),
);
const rows = [];
for (const [reference, sheets] of [
  ['Jekyll', chosen(SHEETS)],
  ['dart-sass', chosen(MODULES)],
])
  for (const style of sheets.length ? STYLES : []) {
    const at = join(folder, `${reference}-${style}`);
    rmSync(at, { recursive: true, force: true });
    const site = join(at, 'site');
    const { files, loadPaths } = makeSite(site, sheets, style);
    const run = (program, to) =>
      spawnSync(program, ['build', '--quiet', '--source', site, '--destination', join(at, to)], {
        encoding: 'utf8',
      });
    const jekyll = reference === 'Jekyll' && run('jekyll', reference);
    if (jekyll && jekyll.status) throw new Error(`jekyll: ${jekyll.error ?? jekyll.stderr}`);
    run(join(ROOT, 'build/native/meridian'), 'command'); // what it refuses is not equal
    for (const [name, path] of sheets) {
      const file = join(at, reference, 'assets', `${name}.css`);
      if (reference !== 'Jekyll') {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, byDart(site, name, path, loadPaths, style));
      }
      const options = { path: `assets/${name}.scss`, style, loadPaths };
      const wanted = readFileSync(file, 'utf8');
      const command = join(at, 'command/assets', `${name}.css`);
      const made = {
        command: existsSync(command) ? readFileSync(command, 'utf8') : '',
        wasm: css(compile(pack(loads(name, path), files, options))),
      };
      const [a, b] = Object.values(made).map((text) => (text === wanted ? 'equal' : 'differs'));
      rows.push([name, style, reference, wanted.length.toLocaleString('en'), a, b]);
    }
  }
console.log(table(['sheet', 'style', 'reference', 'bytes', 'command', 'sass.wasm'], rows));
const equal = rows.filter(([, , , , a, b]) => a === 'equal' && b === 'equal').length;
console.log(`${equal} of ${rows.length} equal`);
if (!values.keep) rmSync(folder, { recursive: true });
process.exitCode = equal === rows.length ? 0 : 1;
