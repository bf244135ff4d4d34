// Links between notes that the site's core renders one by one, where none were prepared. Delivered
// as `notes-live.js`.

import { exact, instantiate, wrap } from '../engine/abi.js';
import { compile } from '../net/fetch.js';

export { RELEASE as release } from '../base/release.js';

/** `write`: what belongs below a note; empty when that is nothing.
 * @typedef {{ write(url: string, words: string): string }} LiveLinks
 */

/**
 * @param {import('../engine/searchable_pages.js').Pages} pages
 * @param {string} baseurl before the addresses of links
 * @returns {Promise<LiveLinks>} when all pages are read
 */
export async function readLinks(pages, baseurl) {
  const module = await compile(new URL('./notes.wasm', import.meta.url).href);
  const { call, bytes, u32 } = wrap(await instantiate(module), 'notes_');
  call('open', baseurl);
  await pages.each(({ url, title, tags, html }) => {
    const fields = [url, title].map((text) => text.replaceAll('\x1F', ' '));
    call('add', [...fields, tags].join('\x1F'), html);
  });
  call('finish');
  return {
    write(url, words) {
      const at = call('write', url, words);
      return exact.decode(bytes(u32(at), u32(at + 4)));
    },
  };
}
