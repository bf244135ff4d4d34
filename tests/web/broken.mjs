// A host on whose way to the reader one file meets a fault, and what a reader sees of a page then.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { TYPES } from './hosts.mjs';

const LOGIN = `<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in to this network</h1><form action="/login"><input name="name"></form></html>`;
const PIECE = 64 << 10;

/** Every 211th byte with one bit wrong. @param {Buffer} bytes */
function flipped(bytes) {
  const wrong = Buffer.from(bytes);
  for (let at = 97; at < wrong.length || at === 97; at += 211)
    wrong[at % Math.max(1, wrong.length)] ^= 4;
  return wrong;
}

// The first packet comes as a whole, and so a page's beginning.
const FIRST = 1024;

/** What comes of a file before it breaks off. @param {Buffer} bytes @param {any} request */
const half = (bytes, { headers }) =>
  bytes.subarray(
    0,
    Math.max(headers['sec-fetch-dest'] === 'document' ? FIRST : 0, bytes.length / 2),
  );

/** Sends the same bytes again and again, until the reader goes away. */
function sendForEver(response, bytes) {
  const piece = Buffer.alloc(PIECE, bytes.length ? bytes : ' ');
  const timer = setInterval(() => response.writableLength > 4 * PIECE || response.write(piece), 20);
  response.on('close', () => clearInterval(timer));
}

/** An error's page, as hosts have them. */
const error = (status) => (response) =>
  response.writeHead(status, { 'content-type': 'text/html' }).end(`<h1>${status}</h1>`);

/**
 * Each takes the response, the file's bytes and its type. `silent`: nothing happens for a while.
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
      // A browser that hears of the end before it has begun to show the half shows an error of its
      // own.
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
  '8 s late': {
    send: (response, bytes, type) =>
      setTimeout(() => response.writeHead(200, { 'content-type': type }).end(bytes), 8000),
    silent: true,
  },
};

/**
 * What host() takes as `answer`: a file meets a fault for readers of some names of the host,
 * wherever it is asked for.
 * @param {string} root folder of the site
 * @param {(name: string) => { file: string, fault: string } | undefined} met by the host's name.
 *   `file`: a path with a
 *   slash at its beginning; "/": the document
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

/** The same: a host that gives index.html for whatever it does not have. @param {string} root */
export const givesIndex = (root) => (_request, response, asked) => {
  if (existsSync(join(root, asked))) return false;
  response
    .writeHead(200, { 'content-type': TYPES['.html'] })
    .end(readFileSync(join(root, 'index.html')));
  return true;
};
