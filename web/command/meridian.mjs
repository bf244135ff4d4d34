#!/usr/bin/env node
// The program of the npm package: `meridian serve` and `compare --pixels` are Node's, all else the
// command's.

const OLDEST = 20;
const given = process.argv.slice(2);
const asked = given[0] === 'help' && given[1] === 'serve' ? ['serve', '--help'] : given;
const [name, ...words] = asked;

/** @param {string[]} words */
function looksAtPages(words) {
  const command = words.find((word) => !word.startsWith('-'));
  const asksForHelp = words.some((word) => ['--help', '-h'].includes(word));
  return command === 'compare' && words.includes('--pixels') && !asksForHelp;
}

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error(`meridian: Node ${OLDEST} or newer is needed, this is ${process.versions.node}`);
  process.exitCode = 2;
} else if (name === 'serve') {
  const { main } = await import('./serve.mjs');
  await main(words);
} else if (looksAtPages(given)) {
  const { main } = await import('./compare.mjs');
  await main(given);
} else {
  const { run } = await import('./run.mjs');
  await run(given);
}
