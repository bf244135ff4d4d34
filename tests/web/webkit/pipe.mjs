// The pipes to playwright-core: JSON messages, each ended by a NUL.

import { Socket } from 'node:net';

/**
 * @param {{ message: (message: any) => void, close: () => void }} on
 * @returns {{ send: (message: object) => void }}
 */
export function openPipe(on) {
  const input = new Socket({ fd: 3, readable: true, writable: false });
  const output = new Socket({ fd: 4, readable: false, writable: true });
  /** @type {Buffer[]} */
  let parts = [];
  input.on('data', (data) => {
    for (let end; (end = data.indexOf(0)) >= 0; data = data.subarray(end + 1)) {
      const text = Buffer.concat([...parts, data.subarray(0, end)]).toString();
      parts = [];
      on.message(JSON.parse(text));
    }
    parts.push(data);
  });
  input.on('close', on.close);
  input.on('error', on.close);
  output.on('error', on.close);
  return { send: (message) => void output.write(`${JSON.stringify(message)}\0`) };
}
