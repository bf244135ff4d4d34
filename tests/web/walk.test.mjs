// A walk over the demo, hosts and elements in each engine: every kind of page, every element, every
// gesture. After each step the console is empty and no request has failed. The steps are in walk/.
// Runs alone: it takes minutes.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ALL, engines } from './engines.mjs';
import { notBuilt } from './hosts.mjs';
import { leg as card } from './walk/card.mjs';
import { leg as globe } from './walk/globe.mjs';
import { leg as hashes } from './walk/hashes.mjs';
import { leg as history } from './walk/history.mjs';
import { leg as looks } from './walk/looks.mjs';
import { leg as oneFile } from './walk/one-file.mjs';
import { leg as pages } from './walk/pages.mjs';
import { leg as playground } from './walk/playground.mjs';
import { leg as spoken } from './walk/spoken.mjs';

/**
 * @typedef {{
 *   name: string, open: (env: { t: any, browser: any, engine: any }) => Promise<any>,
 *   steps: Record<string, (state: any) => Promise<void>>,
 * }} Leg steps that follow each other in one visit; `open` gives what they need
 */
/** @type {Leg[]} */
const LEGS = [pages, oneFile, history, hashes, looks, globe, playground, card, spoken];

// As for visitors, pages that were left may be kept.
const KEEPS = { keepsPages: true };
for (const engine of engines(after, { Chromium: KEEPS, Firefox: KEEPS }, ALL)) {
  for (const { name, open, steps } of LEGS) {
    // Its files have other hashes than the page has.
    const changed = name === oneFile.name && process.env.MERIDIAN_OLDER && 'the shell is changed';
    const skip = notBuilt() ?? engine.missing ?? (changed || undefined);
    test(`${engine.name}: ${name}`, { skip, timeout: 600_000 }, async (t) => {
      const state = await open({ t, browser: await engine.browser(), engine });
      let lost = false;
      for (const [what, step] of Object.entries(steps)) {
        await t.test(what, { skip: lost && 'a step before it failed' }, async () => {
          lost = true;
          await step(state);
          assert.deepEqual(state.troubles(), []);
          lost = false;
        });
      }
    });
  }
}
