#!/usr/bin/env node
// The program of the npm package: `meridian serve` is Node's, all else the command's.

const OLDEST = 20;
const [name, ...words] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error(`meridian: Node ${OLDEST} or newer is needed, this is ${process.versions.node}`);
  process.exitCode = 2;
} else if (name === 'serve') {
  const { main } = await import('./serve.mjs');
  await main(words);
} else {
  const { run } = await import('./run.mjs');
  await run(process.argv.slice(2));
}
