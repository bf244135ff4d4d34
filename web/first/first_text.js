// The beginning of a page while the core is on its way, delivered as `first.js`: what stands before
// its text, which the command wrote (FirstText in core/include/meridian/workspace.h), and the first
// blocks of its own Markdown. The core's page takes its place.

import { firstBlocks } from './markdown.js';

export { RELEASE as release } from '../base/release.js';

/**
 * Of a page: path of its source; the beginning of that, if it is here; 1: all of it; number of a
 * frame; steps through its tokens.
 * @typedef {[string, string | null, 0 | 1, number, ...(number | string)[]]} Entry
 * @typedef {{ baseurl: string, frames: string[], pages: Record<string, Entry> }} File
 */

/**
 * @param {string} frame
 * @param {(number | string)[]} steps tokens to take, to skip when negative, or to insert
 */
function follow(frame, steps) {
  const tokens = frame.split(/(?=<)/);
  let at = 0;
  return steps
    .map((step) => {
      if (typeof step === 'string') return step;
      const begin = at;
      at += Math.abs(step);
      return step < 0 ? '' : tokens.slice(begin, at).join('');
    })
    .join('');
}

/**
 * A document with the beginning of a page; empty where there is none.
 * @param {string} path of the page, percent-encoded
 * @param {string} root path of the site's root
 * @param {Uint8Array} file of `meridian/first/`, the one that has the page
 * @param {(path: string) => Promise<[text: string, whole: 0 | 1]>} beginningOf a source
 */
export async function firstText(path, root, file, beginningOf) {
  /** @type {File} */
  const { baseurl, frames, pages } = JSON.parse(new TextDecoder().decode(file));
  if (!Object.hasOwn(pages, path)) return '';
  const [source, here, all, frame, ...steps] = pages[path];
  const [text, whole] = here === null ? await beginningOf(source) : [here, all];
  // Not `//host/`, which is another site's.
  const above = follow(frames[frame], steps).replace(/="(\/(?!\/)[^"]*)/g, (all, url) =>
    url.startsWith(`${baseurl}/`) ? `="${root}${url.slice(baseurl.length + 1)}` : all,
  );
  return above + firstBlocks(text, !!whole, { root });
}
