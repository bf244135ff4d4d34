// stills.wasm as a function: still pictures of globes in pages that are written, as the command
// draws them. wasm/stills.h documents its functions.

import { instantiate, wrap } from './abi.js';

/**
 * Adds still pictures to a page with globes: returns the page, a view that lives until the next
 * call; whether it has a globe, and whether a globe looks up its stops by their names.
 * @typedef {(html: string | Uint8Array) => {
 *   html: Uint8Array, globe: boolean, places: boolean,
 * }} Stills
 */

/**
 * @param {WebAssembly.Module} module
 * @param {Uint8Array} land
 * @param {Uint8Array} countries
 * @returns {Promise<Stills>}
 */
export async function makeStills(module, land, countries) {
  const { call, bytes, u32 } = wrap(await instantiate(module, {}), 'stills_');
  call('put', land, countries);
  return (page) => {
    const block = call('add', page);
    // u32 whether there is a globe | u32 whether one asks for places | u32 length | html
    const html = bytes(block + 12, u32(block + 8));
    return { html, globe: !!u32(block), places: !!u32(block + 4) };
  };
}
