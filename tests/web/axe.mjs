// What axe-core finds in a page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './hosts.mjs';

const AXE = join(PROJECT, 'node_modules/axe-core/axe.min.js');

/** Violations of axe's default rules in the open page, a line for each rule. */
export async function violations(page) {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate(async () =>
    (await window.axe.run()).violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`),
  );
}
