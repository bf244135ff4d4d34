// Brotli 11 and gzip 9 of files, by Node's own zlib: Python has no brotli.
//
//   node cmake/compress.mjs --write FILE…   writes FILE.br and FILE.gz beside each
//   node cmake/compress.mjs --sizes FILE…   prints "raw gzip brotli FILE" for each
//   node cmake/compress.mjs --sizes=WORD FILE…   the same, as if the word of the release, which is
//       another one for each build, were `release0`: else a budget would hold for some builds only
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

const [option, ...names] = process.argv.slice(2);
const [mode, word] = option?.split('=') ?? [];
const files = names[0] === '-' ? readFileSync(0, 'utf8').split('\n').filter(Boolean) : names;
if (!['--write', '--sizes'].includes(mode)) {
  console.error('usage: compress.mjs --write|--sizes[=WORD] FILE…');
  process.exit(2);
}
const withoutRelease = (bytes) =>
  Buffer.from(bytes.toString('latin1').replaceAll(word, 'release0'), 'latin1');
const lines = await Promise.all(
  files.map(async (file) => {
    const bytes = word ? withoutRelease(await readFile(file)) : await readFile(file);
    const [br, gz] = await Promise.all([brotli(bytes), gzip9(bytes)]);
    if (mode === '--write')
      await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
    return `${bytes.length} ${gz.length} ${br.length} ${file}`;
  }),
);
if (mode === '--sizes' && lines.length) console.log(lines.join('\n'));
