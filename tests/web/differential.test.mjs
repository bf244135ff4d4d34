// The command and the modules of the browser give the same bytes for randomly changed documents.
// differential.mjs runs longer tests.
// Pure: its documents are random, by a fixed seed.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { differ } from './differential.mjs';
import { COMMAND, notBuilt } from './hosts.mjs';

const skip =
  notBuilt() ??
  (existsSync(COMMAND)
    ? undefined
    : 'build/native/meridian is not built: python3 serve.py --build');
const SEED = Number(process.env.MERIDIAN_SEED ?? 1);

for (const kind of ['kramdown', 'gfm', 'commonmark', 'liquid', 'front matter', 'yaml', 'pages']) {
  test(
    `command and browser give the same bytes for randomly changed documents: ${kind}`,
    { skip, timeout: 600_000 },
    async (t) => {
      const { counts, found } = await differ({
        documents: kind === 'pages' ? 50 : 300,
        seed: SEED,
        kinds: [kind],
      });
      t.diagnostic(`seed ${SEED}, ${counts[kind]} documents`);
      assert.deepEqual(found, []);
    },
  );
}
