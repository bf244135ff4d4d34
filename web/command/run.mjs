// The command `meridian` under Node: the native command's own sources, compiled to WebAssembly
// (cli/node), which read and write files by Node's functions.

import fs, { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { transitions } from '../engine/time_zones.js';
import { Asker } from './asker.mjs';
import { lock } from './lock.mjs';
import { toCommand, toNode, translate, wordsFor } from './windows.mjs';

// Of standard input, output and errors.
const STREAMS = [0, 1, 2];

/**
 * Runs the command, which ends the process with its exit status.
 * @param {string[]} words
 */
export async function run(words) {
  const file = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
  const start = createRequire(import.meta.url)(file('./command.cjs'));
  const onWindows = process.platform === 'win32';
  const shell = file('./dist');
  const module = {
    thisProgram: 'meridian',
    // One that is given comes later, and counts.
    arguments: onWindows
      ? ['--shell', toCommand(shell), ...wordsFor(words)]
      : ['--shell', shell, ...words],
    wasmBinary: readFileSync(file('./command.wasm')),
    asker: new Asker(),
    /** @param {string} folder */
    lock: (folder) => lock(onWindows ? toNode(folder) : folder),
    /** @param {string} name */
    zone: (name) => JSON.stringify(transitions(name)),
    preRun: [() => void Object.assign(module.ENV, process.env)],
    onRuntimeInitialized() {
      for (const stream of STREAMS) module.FS.streams[stream].tty = isatty(stream);
    },
    /** @type {Record<string, string>} */
    ENV: {},
    FS: { streams: [{ tty: false }] },
  };
  if (onWindows) translate(fs, process);
  try {
    await start(module);
  } catch (error) {
    // Of the engine, which has no place for the program or its data.
    console.error(`meridian: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
