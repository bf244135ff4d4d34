// A browser for playwright-core that is this machine's WebKitGTK.
//
// playwright-core starts this program in place of its own build of WebKit and speaks that build's
// protocol to it, over the pipes 3 and 4. Debian's WebKit has most of it in its inspector server;
// the rest is made here from the inspector's commands (target.mjs, elements.mjs), from GTK
// (view.py) and from a virtual screen (Xvfb). What WebKit has no means for is answered by an error
// that names the command.

import { Browser } from './browser.mjs';
import { openPipe } from './pipe.mjs';
import { startProxy } from './proxy.mjs';
import { startView } from './view.mjs';

// Not through the proxy.
const HERE = ['127.0.0.1', 'localhost', '*.localhost'];

const options = JSON.parse(process.argv.at(-1).replace(/^--options=/, ''));
const proxy = options.proxy ?? { server: await startProxy(options.local), bypass: HERE };
const view = await startView(options);
const stop = (code) => {
  view.stop();
  process.exit(code);
};
const pipe = openPipe({
  message: (message) => browser.receive(message),
  close: () => stop(0),
});
const browser = new Browser({ view, proxy, send: pipe.send, close: () => stop(0) });
view.on('end', () => stop(1));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));
