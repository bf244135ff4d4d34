#!/usr/bin/env node
// The program of the npm package: `meridian serve` is Node's, all else the command's.

const OLDEST = 20;
const given = process.argv.slice(2);
const asked = given[0] === 'help' && given[1] === 'serve' ? ['serve', '--help'] : given;
const [name, ...words] = asked;

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error(`meridian: Node ${OLDEST} or newer is needed, this is ${process.versions.node}`);
  process.exitCode = 2;
} else if (name === 'serve') {
  const { main } = await import('./serve.mjs');
  await main(words);
} else {
  const { run } = await import('./run.mjs');
  await run(given);
}
