// Brotli 11 and gzip 9 of files, by Node's own zlib: Python has no brotli.
//
//   node cmake/compress.mjs --write FILE…   writes FILE.br and FILE.gz beside each
//   node cmake/compress.mjs --sizes FILE…   prints "raw gzip brotli FILE" for each
//
// With "-" as the only file the names are read from standard input, one a line.

import { readFile, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = (bytes) =>
  promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
const gzip9 = (bytes) => promisify(gzip)(bytes, { level: 9 });

const [mode, ...names] = process.argv.slice(2);
const files = names[0] === '-' ? readFileSync(0, 'utf8').split('\n').filter(Boolean) : names;
if (!['--write', '--sizes'].includes(mode)) {
  console.error('usage: compress.mjs --write|--sizes FILE…');
  process.exit(2);
}
const lines = await Promise.all(
  files.map(async (file) => {
    const bytes = await readFile(file);
    const [br, gz] = await Promise.all([brotli(bytes), gzip9(bytes)]);
    if (mode === '--write')
      await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
    return `${bytes.length} ${gz.length} ${br.length} ${file}`;
  }),
);
if (mode === '--sizes' && lines.length) console.log(lines.join('\n'));
