// The first commit where one call makes the commit and moves the branch.

import { toBase64 } from '../project/base64.js';

/**
 * @param {import('./host.js').Host} host
 * @param {string} branch
 * @returns {import('./host.js').First['begin']}
 */
export const beginOn = (host, branch) => (name, path, bytes, message) => {
  // Nothing is there that it could be compared with, and no hash of it is sent.
  const file = { path, mode: '100644', sha: 'new', base: '', content: toBase64(bytes) };
  const head = { commit: '', tree: '' };
  const draft = { name, source: name, head, message, files: [file] };
  return host.land(draft, branch, { prepared: '', fresh: false });
};
