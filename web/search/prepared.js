// An index that `meridian index` or `build` wrote, in the shell's folder of this site.

import { hex } from '../base/hashes.js';
import { fetchPrepared } from '../net/fetch.js';

/**
 * @param {string} root path at which the site begins
 * @returns {import('./reader.js').Source}
 */
export function preparedIndex(root) {
  const folder = `${location.origin}${root}meridian/search/`;
  let stamp = '';
  return {
    async head() {
      const head = await fetchPrepared(`${folder}h0.bin`, { cache: 'no-cache' });
      // The bytes behind "MSI2" are a hash of all shards, which are kept until it is another one.
      stamp = hex(head.subarray(4, 8));
      return head;
    },
    shard: (name) => fetchPrepared(`${folder}${name}.bin?${stamp}`, {}),
  };
}
