// An index that `meridian index` or `build` wrote, in the shell's folder of this site.

import { hex } from '../base/hashes.js';
import { Failure, bytesOf, request, typeOf } from '../net/fetch.js';

const FOLDER = new URL('./search/', import.meta.url).href;

/** @param {string} url @param {RequestCache} cache */
async function read(url, cache) {
  // What another host answers with is not this site's.
  const response = await request(url, url, { cache, redirect: 'error' });
  if (!response.ok || typeOf(response).startsWith('text/html'))
    throw new Failure(url, `The host answered ${response.status}.`);
  return bytesOf(response);
}

/** @returns {import('./reader.js').Source} */
export function preparedIndex() {
  let stamp = '';
  return {
    async head() {
      const head = await read(`${FOLDER}h0.bin`, 'no-cache');
      // The bytes behind "MSI1" are a hash of all shards, which are kept until it is another one.
      stamp = hex(head.subarray(4, 8));
      return head;
    },
    shard: (name) => read(`${FOLDER}${name}.bin?${stamp}`, 'default'),
  };
}
