// A host that delivers one file with a fault, and what the page shows to its reader then.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { TYPES } from './hosts.mjs';

const LOGIN = `<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in to this network</h1><form action="/login"><input name="name"></form></html>`;
const PIECE = 64 << 10;

/** Flips one bit of every 211th byte. @param {Buffer} bytes */
function flipped(bytes) {
  const wrong = Buffer.from(bytes);
  for (let at = 97; at < wrong.length || at === 97; at += 211)
    wrong[at % Math.max(1, wrong.length)] ^= 4;
  return wrong;
}

// A document's first packet arrives whole, and with it the head of the page.
const FIRST = 1024;

/**
 * The part of a file that arrives before the connection breaks.
 * @param {Buffer} bytes
 * @param {any} request
 */
const half = (bytes, { headers }) =>
  bytes.subarray(
    0,
    Math.max(headers['sec-fetch-dest'] === 'document' ? FIRST : 0, bytes.length / 2),
  );

/** Sends the same bytes repeatedly until the client disconnects. */
function sendForEver(response, bytes) {
  const piece = Buffer.alloc(PIECE, bytes.length ? bytes : ' ');
  const timer = setInterval(() => response.writableLength > 4 * PIECE || response.write(piece), 20);
  response.on('close', () => clearInterval(timer));
}

/** An error response with an HTML body, as hosts send it. */
const error = (status) => (response) =>
  response.writeHead(status, { 'content-type': 'text/html' }).end(`<h1>${status}</h1>`);

/** Well before the nine seconds after which the shell gives a silent host up. */
export const LATE = '5 s late';

/**
 * Each fault takes the response, the file's bytes and its type. `silent`: nothing is sent for a
 * while.
 * @type {Record<string, { send: (response: any, bytes: Buffer, type: string, request: any) =>
 *   unknown, silent?: boolean }>}
 */
export const FAULTS = {
  403: { send: error(403) },
  404: { send: error(404) },
  500: { send: error(500) },
  'no answer': { send: () => {}, silent: true },
  reset: { send: (response) => response.socket.destroy() },
  'redirect loop': {
    send: (response, _bytes, _type, request) =>
      response.writeHead(302, { location: request.url }).end(),
  },
  'headers, then nothing': {
    send: (response, bytes, type) =>
      response
        .writeHead(200, { 'content-type': type, 'content-length': bytes.length })
        .flushHeaders(),
    silent: true,
  },
  'half, then nothing': {
    send: (response, bytes, type, request) =>
      response
        .writeHead(200, { 'content-type': type, 'content-length': bytes.length })
        .write(half(bytes, request)),
    silent: true,
  },
  endless: {
    send: (response, bytes, type) =>
      sendForEver(response.writeHead(200, { 'content-type': type }), bytes),
    silent: true,
  },
  cut: {
    send: (response, bytes, type, request) => {
      response.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
      // When the connection ends before half of a page is shown, a browser shows its own error
      // page.
      response.write(half(bytes, request), () => setTimeout(() => response.socket?.destroy(), 300));
    },
  },
  empty: {
    send: (response, _bytes, type) => response.writeHead(200, { 'content-type': type }).end(),
  },
  'wrong type': {
    send: (response, bytes) =>
      response
        .writeHead(200, { 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
        .end(bytes),
  },
  'login page': {
    send: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(LOGIN),
  },
  'wrong encoding': {
    send: (response, bytes, type) =>
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(bytes),
  },
  'flipped bits': {
    send: (response, bytes, type) =>
      response.writeHead(200, { 'content-type': type }).end(flipped(bytes)),
  },
  [LATE]: {
    send: (response, bytes, type) =>
      setTimeout(() => response.writeHead(200, { 'content-type': type }).end(bytes), 5000),
    silent: true,
  },
};

/**
 * An `answer` for host(): delivers a file with a fault to the readers of some host names, wherever
 * they request it.
 * @param {string} root folder of the site
 * @param {(name: string) => { file: string, fault: string } | undefined} met by the host's name.
 *   `file`: a path with a slash at its beginning; "/": the document
 * @param {string} [instead] what the host gives for a page that it does not have
 */
export const meets =
  (root, met, instead = '404.html') =>
  (request, response, asked) => {
    const { file, fault } = met(new URL(`http://${request.headers.host}`).hostname) ?? {};
    const document = file === '/';
    const navigation = request.headers['sec-fetch-dest'] === 'document';
    if (!file || (document ? !navigation : asked !== file)) return false;
    const page = existsSync(join(root, asked)) ? join(asked, 'index.html') : instead;
    const path = join(root, document && asked.endsWith('/') ? page : asked);
    const bytes =
      existsSync(path) && statSync(path).isFile() ? readFileSync(path) : Buffer.alloc(0);
    FAULTS[fault].send(response, bytes, TYPES[extname(path)] ?? 'text/plain', request);
    return true;
  };

/** The same for a host that answers every unknown path with index.html. @param {string} root */
export const givesIndex = (root) => (_request, response, asked) => {
  if (existsSync(join(root, asked))) return false;
  response
    .writeHead(200, { 'content-type': TYPES['.html'] })
    .end(readFileSync(join(root, 'index.html')));
  return true;
};
