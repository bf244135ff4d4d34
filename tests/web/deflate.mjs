// Node before 20.12 has CompressionStream, but not for `deflate-raw`, which browsers have and the
// playground's archives need: zlib's own then.
import { Duplex } from 'node:stream';
import { createDeflateRaw, createInflateRaw } from 'node:zlib';

const known = () => {
  try {
    return !!new CompressionStream('deflate-raw');
  } catch {
    return false;
  }
};

if (process.env.MERIDIAN_OWN_DEFLATE || !known()) {
  const streams = (make) =>
    class {
      constructor() {
        Object.assign(this, Duplex.toWeb(make()));
      }
    };
  globalThis.CompressionStream = streams(createDeflateRaw);
  globalThis.DecompressionStream = streams(createInflateRaw);
}
