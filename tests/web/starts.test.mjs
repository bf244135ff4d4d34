// The playground's templates: every page of each renders without a diagnostic, and a check finds
// nothing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { makeCommonMark, makeCore, makeTravel } from '../../web/engine/abi.js';
import { STARTS } from '../../web/playground/templates/templates.js';
import { LiveCore } from '../../web/playground/render/worker.js';
import { DIST, notBuilt, placesFile } from './hosts.mjs';

const skip = notBuilt();
const read = (name) => readFileSync(join(DIST, 'meridian', name));
const modules = {};
/** A delivered module, compiled once. */
const moduleOf = (name) => (modules[name] ??= new WebAssembly.Module(read(name)));

/** The answer for an address, once the core has all that it needs. */
async function answer(core, url, others, ask = () => core.render(url)) {
  for (let round = 0; round < 20; round++) {
    const page = ask();
    if (page.status !== 1) return page;
    for (const path of page.json.paths ?? []) core.tell('put_missing', path);
    for (const zone of page.json.zones ?? []) core.tell('zone', zone, '[]');
    for (const name of page.json.modules ?? []) {
      if (name === 'travel') others.travel = await makeTravel(moduleOf('travel.wasm'));
      else if (name === 'commonmark')
        others.commonmark = await makeCommonMark(moduleOf('commonmark.wasm'));
      else if (name.startsWith('places/')) others.travel.put(name, placesFile(name));
      else core.tell('theme', read(`${name}.txt`));
    }
  }
  return undefined;
}

for (const [name, { title, open, files }] of Object.entries(STARTS)) {
  test(`${name}: ${title}`, { skip }, async () => {
    const others = {};
    const core = await makeCore(LiveCore, moduleOf('live.wasm'), others);
    await core.takeRest(moduleOf('live-rest.wasm'));
    core.tell('theme', read('theme.txt'));
    core.tell('options', '{"time":"2026-01-01T00:00:00Z","environment":"production"}');
    core.tell('list', JSON.stringify({ files: Object.keys(files), complete: true }));
    for (const [path, text] of Object.entries(files)) core.tell('put', path, text);
    assert.ok(open in files);
    let pages = 0;
    for (const path of Object.keys(files)) {
      const { status, json } = await answer(core, `source:${path}`, others);
      if (status !== 2) continue;
      const page = await answer(core, json.url, others);
      assert.equal(page.status, 0, path);
      assert.deepEqual(page.json.diagnostics ?? [], [], path);
      const checked = await answer(core, json.url, others, () => core.answer('check', json.url));
      assert.deepEqual(checked.json.diagnostics, [], path);
      assert.match(page.html, /<main/, path);
      // Every link leads to a page.
      for (const [, href] of page.html.matchAll(/<a [^>]*href="(\/[^"#?]*)/g)) {
        if (href.startsWith('/meridian/')) continue;
        assert.notEqual((await answer(core, href, others)).status, 3, `${path}: ${href}`);
      }
      pages++;
    }
    assert.ok(pages > 0);
    assert.equal((await answer(core, '/', others)).status, 0);
  });
}
