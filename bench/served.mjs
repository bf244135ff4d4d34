// A host that compresses and lets browsers keep files, as GitHub Pages does.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { TYPES, filesBelow, host } from '../tests/web/hosts.mjs';

const answers = new Map();

/** A file as it is sent, compressed once. */
function answerOf(file) {
  if (!answers.has(file)) {
    const bytes = readFileSync(file);
    answers.set(file, {
      body: brotliCompressSync(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
      headers: {
        'content-type': TYPES[extname(file)] ?? 'text/plain; charset=utf-8',
        'content-encoding': 'br',
        'cache-control': 'max-age=600',
        etag: `"${createHash('sha1').update(bytes).digest('hex')}"`,
      },
    });
  }
  return answers.get(file);
}

/**
 * Serves a folder with brotli 11, ETag and ten minutes of cache.
 * @param {{ after(close: () => unknown): void }} t
 * @param {string} root
 * @param {RegExp} [rare] files that few pages need are compressed when they are requested
 * @returns the address
 */
export async function serve(t, root, rare = /\/places\//) {
  for (const file of filesBelow(root)) if (!rare.test(`/${file}`)) answerOf(join(root, file));
  const { url } = await host(t, root, {
    answer(request, response, path) {
      let file = join(root, path);
      if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
      const status = existsSync(file) ? 200 : 404;
      if (status === 404) file = join(root, '404.html');
      if (!existsSync(file)) return false;
      const { body, headers } = answerOf(file);
      if (status === 200 && request.headers['if-none-match'] === headers.etag)
        response.writeHead(304, headers).end();
      else response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
      return true;
    },
  });
  // On localhost the shell behaves differently; this name resolves to it.
  return url.replace('127.0.0.1', 'reader.localhost');
}
