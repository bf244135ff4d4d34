// A polyfill: Node before 20.12 has CompressionStream without `deflate-raw`, which the playground's
// archives need; zlib does it then.
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
