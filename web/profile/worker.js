// The thread in which raw sources become a profile: the core of the playground, with a stranger's limits.

import { Core } from '../abi.js';
import { beginServing, serveBy } from '../serving.js';

export class ProfileCore extends Core {
  /** @param {string} wanted names @returns {import('../abi.js').Answer} */
  profile(wanted) {
    return this.answer('profile', wanted);
  }
}

beginServing((port) => serveBy(port, ProfileCore));
