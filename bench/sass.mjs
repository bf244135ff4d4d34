// Style sheets: node bench/sass.mjs [--rounds N] [--themes DIR] [--no-browser]
// Prepared by: python3 serve.py --build; npm ci; cd bench && npm ci. Wants Chromium.
//
// sass.wasm beside dart-sass's JavaScript (npm `sass`), with the same files in memory and the same
// style. Bootstrap 5 is always compiled; with --themes DIR also each sheet with front matter in
// DIR/SITE/assets or DIR/SITE/css whose imports lie in SITE/_sass, where both compile it.
//
// "cold": in a new process, or a new page of Chromium, from the bytes of the module or the script
// that are in memory to the first CSS, by the clock; in Chromium also by the processor's time of
// the page's thread, which other programs change less. Other rows are warm: the median of the
// compilations that follow, in one process, by the processor's time. Memory of a sheet is freed
// between two of them: ours makes an instance for each, which is part of its time.
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
const compiled = [];
for (const each of sheets()) {
  if (!engines.meridian(each) || !engines.dart(each)) {
    console.error(`left out, as one of them refuses it: ${each.name}`);
    continue;
  }
  compiled.push(each);
  const times = measure(
    { meridian: () => engines.meridian(each), dart: () => engines.dart(each) },
    { rounds },
  );
  ratios.push(times.dart / times.meridian);
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

const coldRatios = { clock: [], thread: [] };
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
  const browser = await launch();
  const inPage = async (engine, each) => {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const threadTime = async () =>
      (await session.send('Performance.getMetrics')).metrics.find(
        ({ name }) => name === 'ThreadTime',
      ).value * 1000;
    await page.evaluate(
      ([source, wasm, each]) => {
        const bytes = Uint8Array.from(atob(wasm), (c) => c.charCodeAt(0));
        globalThis.given = { source, bytes, each };
      },
      [scripts[engine], wasm, each],
    );
    const before = await threadTime();
    const clock = await page.evaluate(async () => {
      const { source, bytes, each } = globalThis.given;
      const begin = performance.now();
      (0, eval)(source);
      await globalThis.compileSheet(bytes, each);
      return performance.now() - begin;
    });
    const thread = (await threadTime()) - before;
    await page.close();
    return { clock, thread };
  };
  for (const each of compiled) {
    const times = { meridian: [], dart: [] };
    for (let i = 0; i < rounds; i++)
      for (const engine of Object.keys(times)) times[engine].push(await inPage(engine, each));
    for (const [kind, all] of Object.entries(coldRatios)) {
      const [ours, theirs] = [times.meridian, times.dart].map((all) =>
        median(all.map((time) => time[kind])),
      );
      all.push(theirs / ours);
      rows.push([
        `${each.name}, cold, Chromium${kind === 'thread' ? ', its thread' : ''}`,
        milliseconds(ours),
        milliseconds(theirs),
        ratio(theirs, ours),
      ]);
    }
  }
  await browser.close();
}
console.log(table(['', 'sass.wasm', 'dart-sass (JavaScript)', 'ratio'], rows));
for (const [what, all] of Object.entries({
  warm: ratios,
  'cold in Chromium': coldRatios.clock,
  'cold in Chromium, its thread': coldRatios.thread,
})) {
  if (!all.length) continue;
  const [middle, least] = [median(all), Math.min(...all)].map((x) => x.toFixed(1));
  console.log(`${all.length} sheets, ${what}: median ratio ${middle}, least ${least}`);
}
