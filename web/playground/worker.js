// The thread of the playground's core: the site's, and what an editor asks beyond pages.

import { Core } from '../abi.js';
import { beginServing, serveBy } from '../serving.js';

/** The core of live.wasm: its functions beyond the site's are in wasm/live.h. */
class LiveCore extends Core {}

/** @param {Pick<MessagePort, 'onmessage'>} port */
export const serve = (port) => serveBy(port, LiveCore);
beginServing(serve);
