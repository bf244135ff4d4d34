// Style sheets: node bench/sass.mjs [--rounds N] [--themes DIR] [--no-browser]
// Prepared by: python3 serve.py --build; npm ci; cd bench && npm ci. Wants Chromium.
//
// sass.wasm beside dart-sass's JavaScript (npm `sass`), with the same files in memory and the same
// style. Bootstrap 5 is always compiled; with --themes DIR also each sheet with front matter in
// DIR/SITE/assets or DIR/SITE/css whose imports lie in SITE/_sass, where both compile it.
//
// "cold": in a new process, or a new page of Chromium, from the bytes of the module or the script
// that are in memory to the first CSS, by the clock. "warm": the median of the compilations that
// follow, in one process, by the processor's time. Memory of a sheet is freed between two of them:
// ours makes an instance for each, which is part of its time.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { launch } from '../tests/web/browser.mjs';
import { measure, median, milliseconds, ratio, table } from './measure.mjs';
import { compilers } from './sass/compilers.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MODULE = join(ROOT, 'build/wasm/sass.wasm');
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    themes: { type: 'string' },
    'no-browser': { type: 'boolean' },
    cold: { type: 'string' },
  },
});

function* filesOf(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesOf(path);
    else if (/\.(scss|sass)$/.test(name)) yield path;
  }
}

/** A sheet with all files that it may import. */
function sheet(name, main, folder, loadPaths) {
  const files = {};
  for (const path of filesOf(folder)) files[relative(folder, path)] = readFileSync(path, 'utf8');
  const path = relative(folder, main);
  const text = files[path].replace(/^---\n(?:[^]*?\n)?---\n/, '');
  return { name, path, text, files, loadPaths };
}

function sheets() {
  const bootstrap = join(ROOT, 'node_modules/bootstrap/scss');
  const all = [sheet('Bootstrap 5', join(bootstrap, 'bootstrap.scss'), bootstrap, [])];
  for (const site of values.themes ? readdirSync(values.themes).sort() : []) {
    const folder = join(values.themes, site);
    if (!existsSync(join(folder, '_sass'))) continue;
    for (const part of ['assets', 'css'])
      for (const main of existsSync(join(folder, part)) ? filesOf(join(folder, part)) : [])
        if (readFileSync(main, 'utf8').startsWith('---\n'))
          all.push(sheet(`${site}: ${relative(folder, main)}`, main, folder, ['_sass']));
  }
  return all;
}

/** The first CSS of a new process, in milliseconds. */
function coldProcess(engine) {
  const self = fileURLToPath(import.meta.url);
  return Number(execFileSync(process.execPath, [self, '--cold', engine], { encoding: 'utf8' }));
}

if (values.cold) {
  const [bootstrap] = sheets();
  const begin = performance.now();
  const { meridian, dart } = compilers;
  const engine =
    values.cold === 'meridian'
      ? await meridian(readFileSync(MODULE))
      : dart(await import(pathToFileURL(join(ROOT, 'bench/node_modules/sass/sass.node.mjs'))));
  engine(bootstrap);
  console.log(performance.now() - begin);
  process.exit(0);
}

const rounds = Number(values.rounds);
const engines = {
  meridian: await compilers.meridian(readFileSync(MODULE)),
  dart: compilers.dart(await import('sass')),
};
const rows = [];
const ratios = [];
for (const each of sheets()) {
  if (!engines.meridian(each) || !engines.dart(each)) {
    console.error(`left out, as one of them refuses it: ${each.name}`);
    continue;
  }
  const times = measure(
    { meridian: () => engines.meridian(each), dart: () => engines.dart(each) },
    { rounds },
  );
  ratios.push(times.dart / times.meridian);
  if (rows.length < 12)
    rows.push([
      each.name,
      milliseconds(times.meridian),
      milliseconds(times.dart),
      ratio(times.dart, times.meridian),
    ]);
}
const cold = (of) => median(Array.from({ length: rounds }, of));
const ours = cold(() => coldProcess('meridian'));
const theirs = cold(() => coldProcess('dart'));
rows.push([
  'Bootstrap 5, cold, Node',
  milliseconds(ours),
  milliseconds(theirs),
  ratio(theirs, ours),
]);

if (!values['no-browser']) {
  const script = (entry) =>
    build({
      entryPoints: [join(ROOT, 'bench/sass', entry)],
      bundle: true,
      minify: true,
      format: 'iife',
      platform: 'browser',
      write: false,
    }).then(({ outputFiles }) => outputFiles[0].text);
  const scripts = { meridian: await script('meridian.js'), dart: await script('dart.js') };
  const wasm = readFileSync(MODULE).toString('base64');
  const [bootstrap] = sheets();
  const browser = await launch();
  const inPage = async (engine) => {
    const page = await browser.newPage();
    const ms = await page.evaluate(
      async ([source, wasm, each]) => {
        const bytes = Uint8Array.from(atob(wasm), (c) => c.charCodeAt(0));
        const begin = performance.now();
        (0, eval)(source);
        await globalThis.compileSheet(bytes, each);
        return performance.now() - begin;
      },
      [scripts[engine], wasm, bootstrap],
    );
    await page.close();
    return ms;
  };
  const times = { meridian: [], dart: [] };
  for (let i = 0; i < rounds; i++)
    for (const engine of Object.keys(times)) times[engine].push(await inPage(engine));
  await browser.close();
  rows.push([
    'Bootstrap 5, cold, Chromium',
    milliseconds(median(times.meridian)),
    milliseconds(median(times.dart)),
    ratio(median(times.dart), median(times.meridian)),
  ]);
}
console.log(table(['', 'sass.wasm', 'dart-sass (JavaScript)', 'ratio'], rows));
const [middle, least] = [median(ratios), Math.min(...ratios)].map((x) => x.toFixed(1));
console.log(`${ratios.length} sheets: median ratio ${middle}, least ${least}`);
