// Makes the npm package with the command: node web/build/site_package.mjs --dist build/dist --out
// build/package/meridian-site
//
// The command as wasm, with Emscripten's script that gives it Node's files; the shell, which
// `build --raw` puts beside the sources; the server of `serve`. No dependencies.

import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, transformSync } from 'esbuild';
import { ROOT, copyFolder, version } from './npm_package.mjs';
import { packageNotice } from './site_notice.mjs';

const NAME = 'meridian-site';
const OLDEST_NODE = 20;
const SOURCES = join(ROOT, 'web/command');
const { values } = parseArgs({
  options: {
    dist: { type: 'string', default: join(ROOT, 'build/dist') },
    wasm: { type: 'string', default: join(ROOT, 'build/wasm') },
    out: { type: 'string', default: join(ROOT, 'build/package', NAME) },
  },
});
const place = (...path) => join(values.out, ...path);

const manifest = () => ({
  name: NAME,
  version: version(),
  description:
    'Renders a site from its raw sources (Markdown, Liquid, _config.yml), as Jekyll 4.3 does, with nothing else installed',
  keywords: ['jekyll', 'static-site-generator', 'markdown', 'liquid', 'academicpages', 'cli'],
  license: 'MIT',
  type: 'module',
  bin: { meridian: 'meridian.mjs' },
  engines: { node: `>=${OLDEST_NODE}` },
  files: ['*'],
});

/** Writes the scripts, each with what it imports; files that several need are written once. */
async function bundle() {
  await build({
    entryPoints: ['meridian', 'run', 'serve', 'compare', 'asker_worker'].map((name) =>
      join(SOURCES, `${name}.mjs`),
    ),
    outdir: values.out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: `node${OLDEST_NODE}`,
    charset: 'utf8',
    chunkNames: 'part-[hash]',
    logLevel: 'error',
  });
}

rmSync(values.out, { recursive: true, force: true });
await bundle();
chmodSync(place('meridian.mjs'), 0o755);
const glue = transformSync(readFileSync(join(values.wasm, 'command.js'), 'utf8'), { minify: true });
writeFileSync(place('command.cjs'), glue.code);
copyFileSync(join(values.wasm, 'command.wasm'), place('command.wasm'));
copyFileSync(join(SOURCES, 'live_reload.js'), place('live_reload.js'));
// What `build --raw` puts beside sources; the playground and the card are in the release's zip.
mkdirSync(place('dist'), { recursive: true });
for (const name of ['index.html', '404.html', '_headers', '.nojekyll', 'meridian-offline.js'])
  copyFileSync(join(values.dist, name), place('dist', name));
copyFolder(join(values.dist, 'meridian'), place('dist/meridian'));
copyFileSync(join(SOURCES, 'package.md'), place('README.md'));
copyFileSync(join(ROOT, 'LICENSE'), place('LICENSE'));
writeFileSync(place('NOTICE.txt'), packageNotice());
writeFileSync(place('package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
