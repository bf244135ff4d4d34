// The core's own thread: the page goes on while it renders. Where a page can have no worker it
// imports this script and talks to it in the same way, by a port.

import { Core } from './abi.js';
import { beginServing, serveBy } from './worker_server.js';

export { RELEASE as release } from '../base/release.js';

/** @param {Pick<MessagePort, 'onmessage'>} port */
export const serve = (port) => serveBy(port, Core);
beginServing(serve);
