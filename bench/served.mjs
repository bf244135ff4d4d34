// A host that compresses and lets browsers keep files, as GitHub Pages does.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { TYPES, filesBelow, host } from '../tests/web/hosts.mjs';

const answers = new Map();
const compressed = new Map();

/** Bytes as they are sent; equal ones are compressed once. */
function compress(bytes, hash) {
  if (!compressed.has(hash))
    compressed.set(
      hash,
      brotliCompressSync(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
    );
  return compressed.get(hash);
}

/** A file as it is sent. */
function answerOf(file) {
  if (!answers.has(file)) {
    const bytes = readFileSync(file);
    const hash = createHash('sha1').update(bytes).digest('hex');
    answers.set(file, {
      body: compress(bytes, hash),
      headers: {
        'content-type': TYPES[extname(file)] ?? 'text/plain; charset=utf-8',
        'content-encoding': 'br',
        'cache-control': 'max-age=600',
        etag: `"${hash}"`,
        'access-control-allow-origin': '*',
      },
    });
  }
  return answers.get(file);
}

/** Answers a request with a file of a folder; false: there is none. */
function answer(root, request, response, path) {
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
}

/**
 * Serves a folder with brotli 11, ETag and ten minutes of cache.
 * @param {{ after(close: () => unknown): void }} t
 * @param {string} root
 * @param {{ rare?: RegExp, http2?: boolean }} [options] `rare`: files that few pages need are
 *   compressed when they are requested
 * @returns the address
 */
export async function serve(t, root, { rare = /\/places\//, http2 = false } = {}) {
  for (const file of filesBelow(root)) if (!rare.test(`/${file}`)) answerOf(join(root, file));
  const { url } = http2
    ? await overHttp2(t, root)
    : await host(t, root, { answer: (...asked) => answer(root, ...asked) });
  // On localhost the shell behaves differently; this name resolves to it.
  return url.replace('127.0.0.1', 'reader.localhost');
}

/** With a certificate that browsers have to be told to accept. */
async function overHttp2(t, root) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-key-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  const how = '-x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=reader.localhost'.split(' ');
  execFileSync('openssl', ['req', ...how, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const identity = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  const server = createSecureServer({ ...identity, allowHTTP1: true }, (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'https://host').pathname);
    if (!answer(root, request, response, path)) response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => server.close());
  return { url: `https://127.0.0.1:${server.address().port}/` };
}
