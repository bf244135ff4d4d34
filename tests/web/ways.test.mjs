// A page is the same to the byte, whichever way it comes about: for every page of every site that the tests have.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { LiveCore } from '../../web/playground/worker.js';
import { editAtRandom, typeOut } from './edits.mjs';
import { COMMAND, notBuilt } from './hosts.mjs';
import { Visitor, difference, filesOf, listOf, manifestOf, shownBy, testSites, urlOf, withoutStills, written } from './ways.mjs';

const skip = notBuilt() ?? (existsSync(COMMAND) ? undefined : 'build/native/meridian is not built: python3 serve.py --build');
const SEED = Number(process.env.MERIDIAN_SEED ?? 1);
const EDITS = 60; // of each site

// The navigation of a plain folder has the titles of the files that came, of others their names, as long as no manifest tells them.
const withoutNavigation = (/** @type {string} */ html) => html.replace(/<header class="masthead">[^]*?<\/header>|<(nav|aside)\b[^]*?<\/\1>/g, '');
// What has neither a page's name nor a manifest is a static file until its bytes come: a list of all files shows it as one.
const LISTS_UNREAD = ['/sitemap.txt'];

for (const { name, folder } of testSites()) {
  test(`each page is the same first and last, with and without a manifest, and written by the command: ${name}`, { skip, timeout: 600_000 }, async (t) => {
    const files = filesOf(folder);
    const all = await Visitor.withAll(files, LiveCore);
    const pages = (await all.outputs()).filter((/** @type {any} */ { kind, source }) => kind !== 'static' && source);
    const command = written(folder);
    const manifest = manifestOf(folder);
    assert.ok(manifest || name === 'broken-config', 'there is a manifest');
    /** @type {string[]} */
    const wrong = [];
    // Each is rendered once, so that the last ones come after all others.
    for (const { path } of pages) await all.render(urlOf(path));
    for (const { path, kind } of pages) {
      const url = urlOf(path);
      const answer = await all.render(url);
      const last = shownBy(answer);
      const compare = (/** @type {string} */ way, /** @type {string} */ other, same = (/** @type {string} */ html) => html) => {
        if (same(other) !== same(last)) wrong.push(`${url}, ${way}: ${difference(same(other), same(last))}`);
      };
      if (kind === 'page' && last === answer.html) compare('the command', new TextDecoder().decode(command.get(path)), withoutStills);
      compare('first of all files', shownBy(await (await Visitor.withAll(files)).render(url)));
      if (manifest) compare('first, with a manifest', shownBy(await (await Visitor.open(files, manifest)).render(url)));
      if (!LISTS_UNREAD.includes(url)) compare('first, with a list of names', shownBy(await (await Visitor.open(files, listOf(files))).render(url)), name === 'folder' ? withoutNavigation : undefined);
    }
    t.diagnostic(`${pages.length} pages`);
    assert.deepEqual(wrong, []);
  });

  test(`what the editor shows after random edits is a full render, and all undone each page is as it was: ${name}`, { skip, timeout: 600_000 }, async (t) => {
    t.diagnostic(`seed ${SEED}`);
    assert.deepEqual(await editAtRandom(filesOf(folder), { edits: EDITS, seed: SEED }), []);
  });

  test(`a page that is typed letter by letter is the page of the file: ${name}`, { skip, timeout: 600_000 }, async () => {
    assert.deepEqual(await typeOut(filesOf(folder), { pages: 3, letters: 400, seed: SEED }), []);
  });
}
