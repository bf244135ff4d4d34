// Patches the open page, and tells what enhances it.

import { patch as patchNode } from '../base/dom_patch.js';
import { tellPatched } from '../base/patches.js';

/** @param {Element} from @param {Element} to is emptied on the way */
export function patch(from, to) {
  patchNode(from, to);
  tellPatched();
}
