// The core's worker. Where a page can have no worker, it imports this script and uses it through a
// port in the same way.

import { Core } from './abi.js';
import { openPlugins } from './open_plugins.js';
import { beginServing, serveBy } from './worker_server.js';

export { RELEASE as release } from '../base/release.js';

/** @param {Pick<MessagePort, 'onmessage'>} port */
export const serve = (port) => serveBy(port, Core, openPlugins);
beginServing(serve);
