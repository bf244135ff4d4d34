// Every state of every screen matches its reference: parts are in place, nothing overlaps, is cut
// off or covered.
// Runs alone: it takes minutes.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chromiumOnly, launch } from './browser.mjs';
import { demoMissing } from './demo.mjs';
import { TABS, check, finish, screens } from './states.mjs';

// Engines differ in fonts and scrollbars; side_by_side.mjs shows them beside each other.
const skip = demoMissing() ?? chromiumOnly('its pictures are the references');
let browser;
before(async () => (browser = skip ? undefined : await launch({ isolated: false })));
after(async () => {
  await browser?.close();
  await finish();
});

for (const screen of await screens()) {
  describe(screen.name, { concurrency: TABS }, () => {
    for (const state of screen.states) {
      test(state.name, { skip }, async (t) => {
        assert.deepEqual(await check(t, browser, screen, state), []);
      });
    }
  });
}
