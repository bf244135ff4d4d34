// The core as a server calls it: pages as `meridian build` writes them, as bytes.

import { Core, exact } from '../engine/abi.js';

/**
 * A page as the core gives it: `bytes` without the pictures of its globes.
 * @typedef {{
 *   status: number,
 *   bytes: Uint8Array,
 *   json: import('../engine/abi.js').Answer['json'],
 * }} CorePage
 *
 * The site's files: `baseurl` is empty or begins with a slash, `url` is the configuration's,
 * `search` says that the site has one.
 * @typedef {import('../engine/abi.js').Answer & { json: {
 *   baseurl?: string, url?: string | null, search?: boolean,
 * } }} CoreFiles
 */

/** The core of live.wasm with one workspace. */
export class WritingCore extends Core {
  /** Steps of one render, at most. @param {number} most */
  limitSteps(most) {
    this.instance.call('limit_steps', this.workspace, most);
  }

  /** The files that the site writes. @returns {CoreFiles} */
  files() {
    return this.answer('files');
  }

  /** A page by its path among those files. @param {string} path @returns {CorePage} */
  page(path) {
    const { call, u32, bytes } = this.instance;
    const block = call('page', this.workspace, path);
    // The layout is that of Core.answer(); HTML stays bytes, which may be no UTF-8.
    const size = u32(block + 8);
    const page = {
      status: u32(block + 4),
      bytes: bytes(block + 16, size).slice(),
      json: JSON.parse(exact.decode(bytes(block + 16 + size, u32(block + 12)))),
    };
    call('free', block);
    return page;
  }
}
