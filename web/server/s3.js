// Sources in a bucket by S3's API: Amazon S3, Cloudflare R2, MinIO and others.

import { hex } from '../base/hashes.js';
import { fileOf, passedOn } from './remote_file.js';
import { bytesOf } from './response_bytes.js';

// A page of a list has 1,000 files, and a site at most 200,000 (storage.js).
const MOST_PAGES = 200;
const MOST_LIST = 4 << 20;
// Hash of no bytes: requests have no body.
const NO_BODY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const SIGNS = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
// What visitors may ask of a file that is sent as it is.
const CONDITIONS = ['range', 'if-none-match', 'if-range', 'if-modified-since'];

/** @typedef {{ key: string, secret: string, token?: string, region?: string }} Credentials */

const encode = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** Percent-encoded as S3 reads it. @param {string} text */
const escaped = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) =>
    `%${c.charCodeAt(0).toString(16)}`.toUpperCase(),
  );

/** @param {BufferSource} key @param {string} text */
async function hmac(key, text) {
  const kind = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, kind, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, encode(text)));
}

/**
 * Headers of a GET or HEAD request with a signature (AWS Signature Version 4).
 * @param {string} method
 * @param {URL} url  its query in order of names
 * @param {Credentials} credentials
 * @param {Date} [date]
 */
export async function sign(
  method,
  url,
  { key, secret, token, region = 'auto' },
  date = new Date(),
) {
  const time = date.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = [time.slice(0, 8), region, 's3', 'aws4_request'];
  /** @type {Record<string, string>} */
  const headers = { 'x-amz-content-sha256': NO_BODY, 'x-amz-date': time };
  if (token) headers['x-amz-security-token'] = token;
  const signed = { host: url.host, ...headers };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const request = [method, url.pathname, url.search.slice(1), lines.join(''), names, NO_BODY];
  const hash = await crypto.subtle.digest('SHA-256', encode(request.join('\n')));
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), hex(new Uint8Array(hash))].join('\n');
  let by = encode(`AWS4${secret}`);
  for (const part of scope) by = await hmac(by, part);
  const signature = hex(await hmac(by, text));
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${key}/${scope.join('/')},SignedHeaders=${names},Signature=${signature}`;
  return headers;
}

/** The text of an element of S3's XML. @param {string} xml @param {string} name */
const textOf = (xml, name) =>
  new RegExp(`<${name}>([^<]*)</`)
    .exec(xml)?.[1]
    .replace(/&(?:#(x?)(\w+)|(\w+));/g, (all, x, number, word) =>
      word
        ? (SIGNS[/** @type {keyof SIGNS} */ (word)] ?? all)
        : String.fromCodePoint(parseInt(number, x ? 16 : 10)),
    ) ?? '';

/** @param {string | null} etag */
const bare = (etag) => etag?.replace(/^(W\/)?"|"$/g, '') || undefined;

/**
 * The files of a bucket, or those below a prefix.
 * @param {string} address of the bucket: `https://HOST/BUCKET`, or `https://BUCKET.HOST`
 * @param {{ prefix?: string, credentials?: Credentials, fetch?: typeof globalThis.fetch }} [given]
 *   `prefix`: ends with a slash; `credentials`: of a bucket that is not public
 * @returns {import('./storage.js').Sources}
 */
export function bucket(address, { prefix = '', credentials, fetch: ask = fetch } = {}) {
  const root = address.replace(/\/$/, '');
  /**
   * @param {string} method
   * @param {string} place with its query
   * @param {Record<string, string>} [conditions]
   */
  const request = async (method, place, conditions) => {
    const url = new URL(root + place);
    const signature = credentials && (await sign(method, url, credentials));
    const headers = { ...conditions, ...signature };
    return fileOf(await ask(url.href, { method, headers, redirect: 'manual' }), 'the bucket');
  };
  const placeOf = (/** @type {string} */ path) =>
    `/${(prefix + path).split('/').map(escaped).join('/')}`;
  return {
    async list() {
      const files = [];
      let next = '';
      for (let page = 0; page < MOST_PAGES; page++) {
        const from = next && `continuation-token=${escaped(next)}&`;
        const query = `/?${from}list-type=2&prefix=${escaped(prefix)}`;
        const response = await request('GET', query);
        if (!response) throw new Error('there is no such bucket');
        const xml = new TextDecoder().decode(await bytesOf(response, MOST_LIST));
        // A list that is cut, or a page in its place.
        if (!xml.includes('</ListBucketResult>')) throw new Error('the bucket has no list');
        for (const [, file] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
          const path = textOf(file, 'Key').slice(prefix.length);
          const etag = bare(textOf(file, 'ETag'));
          if (path && !path.endsWith('/'))
            files.push({ path, size: Number(textOf(file, 'Size')), etag });
        }
        next = textOf(xml, 'NextContinuationToken');
        if (!next) return files;
      }
      throw new Error('the bucket has more than 200,000 files below the prefix');
    },
    async get(path, known, most) {
      const conditions = known === undefined ? undefined : { 'if-none-match': `"${known}"` };
      const response = await request('GET', placeOf(path), conditions);
      if (!response) return undefined;
      if (response.status === 304) return { etag: known };
      return { bytes: await bytesOf(response, most), etag: bare(response.headers.get('etag')) };
    },
    open: (path, { method, headers }) =>
      request(method, placeOf(path), passedOn(headers, CONDITIONS)),
  };
}
