// Builds the server for raw sources:
//
//     node web/build/server.mjs --dist build/dist --out build/server [--inputs]
//
// --inputs prints how many bytes of handler.js each file is, before compression.
//
// `_worker.js/` for Cloudflare, with the modules that it imports; `netlify.js` for Netlify;
// `serve.mjs` for Node and `fetch.mjs` for Deno and Bun, with `handler.js`, which others import.

import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const SERVER = join(dirname(fileURLToPath(import.meta.url)), '../server');
const { values } = parseArgs({
  options: {
    dist: { type: 'string', default: 'build/dist' },
    out: { type: 'string', default: 'build/server' },
    inputs: { type: 'boolean' },
  },
});

/** Leaves imports of files that are delivered themselves as they are. */
const apart = (files) => ({
  name: 'files apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\// }, ({ path }) =>
      files.includes(path) || path.endsWith('.wasm') ? { path, external: true } : undefined,
    ),
});

/** The output of an entry, what it imports, and its inputs, which have `bytesInOutput`. */
async function bundle(entry, platform, files = []) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(SERVER, entry)],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    platform,
    plugins: [apart(files)],
  });
  const [{ imports, inputs }] = Object.values(metafile.outputs);
  return { text: outputFiles[0].text, imports: imports.map(({ path }) => path), inputs };
}

rmSync(values.out, { recursive: true, force: true });
mkdirSync(join(values.out, '_worker.js'), { recursive: true });
const write = (path, text) => writeFileSync(join(values.out, path), text);
const handler = await bundle('handler.js', 'neutral');
write('handler.js', handler.text);
if (values.inputs)
  Object.entries(handler.inputs)
    .sort(([, { bytesInOutput: one }], [, { bytesInOutput: other }]) => other - one)
    .forEach(([path, { bytesInOutput }]) => console.log(String(bytesInOutput).padStart(7), path));
for (const name of ['assets.js', 'git.js', 'github_sign_in.js', 's3.js'])
  write(name, (await bundle(name, 'neutral')).text);
write('folder.mjs', (await bundle('folder.mjs', 'node')).text);
const parts = ['./handler.js', './folder.mjs'];
for (const name of ['serve.mjs', 'fetch.mjs'])
  write(name, (await bundle(name, 'node', parts)).text);
write('netlify.js', (await bundle('netlify.js', 'neutral')).text);
const worker = await bundle('worker.js', 'neutral');
write('_worker.js/index.js', worker.text);
for (const path of worker.imports)
  copyFileSync(join(values.dist, 'meridian', path), join(values.out, '_worker.js', path));
