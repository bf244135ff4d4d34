// The thread that sends the requests of asker.mjs: each of one step, whose answer's head counts.

import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { workerData } from 'node:worker_threads';

/** @typedef {import('./asker.mjs').Question} Question */
/** @typedef {import('./asker.mjs').Answer} Answer */

// Characters of a header that are passed on: longer addresses are not asked for.
const LONGEST = 4000;
// Bytes that GET asks for; the connection is closed whatever comes.
const BYTES_READ = 1024;

class PrivateError extends Error {
  code = 'PRIVATE';
}

/** @param {[string, number][]} networks */
function blockList(networks) {
  const list = new BlockList();
  for (const [prefix, bits] of networks)
    list.addSubnet(prefix, bits, prefix.includes(':') ? 'ipv6' : 'ipv4');
  return list;
}

/** @param {BlockList} list @param {string} address in numbers */
const isBlocked = (list, address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * A look-up of names that finds no private network: whoever owns a name says where it leads.
 * @param {BlockList} list
 * @returns {import('node:net').LookupFunction}
 */
const publicLookup = (list) => (name, options, done) =>
  lookup(name, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '');
    if (addresses.some(({ address }) => isBlocked(list, address)))
      return done(new PrivateError(name), '');
    if (options.all) done(null, addresses);
    else done(null, addresses[0].address, addresses[0].family);
  });

/** Which failure of cli/external/asker.h an error is. @param {unknown} error */
function failureOf(error) {
  const { code = '', name } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'PRIVATE') return 'private';
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'no-host';
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ETIMEDOUT') return 'timed-out';
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(code)) return 'no-connection';
  // OpenSSL's names of what is wrong with a certificate, and Node's of what is with a connection.
  if (/CERT|^(ERR_TLS|ERR_SSL|EPROTO|UNABLE_TO|HOSTNAME|INVALID_CA)/.test(code))
    return 'not-secure';
  return 'other';
}

/** A header as the bytes that were sent. @param {string | undefined} value */
const bytesOf = (value) =>
  Buffer.from(value ?? '', 'latin1')
    .toString('utf8')
    .slice(0, LONGEST);

/** @param {string | undefined} location @param {URL} from */
function whole(location, from) {
  try {
    return location ? new URL(bytesOf(location), from).href : '';
  } catch {
    return '';
  }
}

/** @param {Question} question @returns {Promise<Omit<Answer, 'number' | 'failure'>>} */
function ask({ address, head, seconds, private: networks }) {
  const url = new URL(address);
  const list = blockList(networks);
  const number = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(number) && isBlocked(list, number)) return Promise.reject(new PrivateError(number));
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: head ? 'HEAD' : 'GET',
        headers: {
          'user-agent': 'Meridian (checks links)',
          accept: '*/*',
          ...(head ? {} : { range: `bytes=0-${BYTES_READ - 1}` }),
        },
        lookup: publicLookup(list),
        agent: false,
        signal: AbortSignal.timeout(seconds * 1000),
      },
      (response) => {
        resolve({
          status: response.statusCode ?? 0,
          location: whole(response.headers.location, url),
          retryAfter: bytesOf(response.headers['retry-after']),
        });
        sent.destroy();
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

const { port, count } = workerData;
port.on('message', async (/** @type {Question} */ question) => {
  /** @type {Answer} */
  let answer;
  try {
    answer = { number: question.number, failure: 'none', ...(await ask(question)) };
  } catch (error) {
    const { number } = question;
    answer = { number, failure: failureOf(error), status: 0, location: '', retryAfter: '' };
  }
  port.postMessage(answer);
  Atomics.add(count, 0, 1);
  Atomics.notify(count, 0);
});
