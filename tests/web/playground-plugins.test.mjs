// Plugins in JavaScript in the playground: of the reader's own project they run without an origin,
// of what came from elsewhere not at all. Neither does a card run those of its source.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { engines } from './engines.mjs';
import { DIST, headersBy, host, notBuilt, openPage, until } from './hosts.mjs';
import { renderWhole } from './playgrounds.mjs';
import { OPEN, PERSON, hostPage, sources } from './profiles.mjs';
import { kept, linkOf, put } from './walled.mjs';

const missing = notBuilt();
// Says what it can reach; asks for a file of the host by which its run is seen.
const PLUGIN = `const seen = [];
const attempt = (name, act) => { try { seen.push(name + ' ' + act()); } catch (error) { seen.push(name + ' ' + error.name); } };
attempt('origin', () => self.origin);
attempt('document', () => typeof document);
attempt('indexedDB', () => { indexedDB.open('meridian-playground'); return 'open'; });
attempt('caches', () => typeof caches);
fetch('SITE/ran').catch(() => {});
export const tags = { seen: () => '<p id="seen">' + seen.join('; ') + '</p>', fails() { null.x; } };
export const filters = { shout: (input) => input + '!' };
`;
const PROJECT = {
  'index.md': '---\nlayout: default\n---\n<p id="a">{{ "A" | shout }}</p>{% seen %}\n',
  '_config.yml': 'title: T\n',
  '_layouts/default.html': '<!doctype html><html><body><main>{{ content }}</main></body></html>',
};
const projectOf = (url) => ({ ...PROJECT, '_plugins/a.js': PLUGIN.replace('SITE/', url) });
const problem = (page, text) => page.locator('.probs li', { hasText: text });
const ran = (server) => server.log.some(({ path }) => path === '/ran');

/** The playground with the reader's own project. */
async function own(t, engine, server, files) {
  const { page, lines } = await openPage(t, await engine.browser());
  await page.goto(`${server.url}playground/playground.css`);
  await page.evaluate(`(${kept})(${JSON.stringify(files)}, true)`);
  await page.goto(`${server.url}playground/`);
  const shown = page.frameLocator('iframe');
  await shown.locator('main').waitFor();
  return { page, shown, lines };
}

for (const engine of engines(after)) {
  const skip = missing ?? engine.missing;

  test(
    `${engine.name}: plugins of one’s own project run, without an origin, and again when they change`,
    { skip },
    async (t) => {
      const answer = (_, response, path) =>
        path === '/ran' && !!response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
      const server = await host(t, DIST, { answer });
      const { page, shown, lines } = await own(t, engine, server, projectOf(server.url));
      assert.equal(await shown.locator('#a').textContent(), 'A!');
      assert.match(
        await shown.locator('#seen').textContent(),
        /^origin null; document undefined; indexedDB SecurityError; caches \w+$/,
      );
      await put(
        page,
        '_plugins/a.js',
        'export const filters = { shout: (x) => x + "?" };\nexport const tags = { seen: () => "new" };',
      );
      await shown.locator('#a', { hasText: 'A?' }).waitFor();
      await put(page, '_plugins/a.js', 'export const filters = {');
      await problem(page, /SyntaxError.*_plugins\/a\.js/s).waitFor();
      await put(
        page,
        '_plugins/a.js',
        '\n\nexport const filters = { shout: (x) => x.y.z };\nexport const tags = { seen: () => "" };',
      );
      await problem(
        page,
        /the filter `shout` of `_plugins\/a\.js`: TypeError.*\(line 3\)/s,
      ).waitFor();
      await put(page, '_plugins/b.js', 'export const filters = { shout: (x) => `${x} of b` };');
      await shown.locator('#a', { hasText: 'A of b' }).waitFor();
      assert.deepEqual(lines, []);
    },
  );

  test(
    `${engine.name}: a project without plugins gets one, and its worker loses its origin`,
    { skip },
    async (t) => {
      const server = await host(t, DIST);
      const { page, shown } = await own(t, engine, server, PROJECT);
      assert.equal(await shown.locator('#a').textContent(), 'A');
      await put(page, '_plugins/a.js', projectOf(server.url)['_plugins/a.js']);
      await shown.locator('#seen', { hasText: 'origin null' }).waitFor();
      assert.equal(await shown.locator('#a').textContent(), 'A!');
    },
  );

  test(
    `${engine.name}: where the policy allows no worker without an origin, a plugin is not run`,
    { skip },
    async (t) => {
      const headers = headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
      const server = await host(t, DIST, { headers });
      const { page, shown } = await own(t, engine, server, projectOf(server.url));
      assert.equal(await shown.locator('#a').textContent(), 'A');
      await problem(page, /plugins are not run here: this page’s policy/).waitFor();
      assert.equal(ran(server), false);
    },
  );

  // Each wall alone: the core of a stranger asks for no plugin; the page hands none over.
  for (const wall of ['both walls', 'the page alone'])
    test(
      `${engine.name}: plugins of a shared project are not run (${wall})`,
      { skip },
      async (t) => {
        // A worker that forgets whose project it is.
        const worker = readFileSync(join(DIST, 'playground/worker.js'), 'utf8');
        const forgetful = worker.replace(
          'tell(',
          "tell(verb0,...rest0){if(verb0!=='live_stranger')this.tell0(verb0,...rest0)}tell0(",
        );
        assert.notEqual(forgetful, worker);
        const answer = (_, response, path) =>
          wall !== 'both walls' &&
          path === '/playground/worker.js' &&
          !!response.writeHead(200, { 'content-type': 'text/javascript' }).end(forgetful);
        const server = await host(t, DIST, { answer });
        const { page } = await openPage(t, await engine.browser());
        const files = Object.entries(projectOf(server.url));
        await page.goto(`${server.url}playground/${linkOf(files)}`);
        const shown = page.frameLocator('iframe');
        await shown.locator('main').waitFor();
        assert.equal(await shown.locator('#user-content-a').textContent(), 'A');
        await problem(
          page,
          wall === 'both walls'
            ? /plugins of what came from elsewhere are not run/
            : /plugins are not run here/,
        ).waitFor();
        await renderWhole(page);
        assert.equal(ran(server), false);
        // … control: taken for one's own it runs.
        await page.evaluate(() =>
          document.querySelector('meridian-playground').playground.project.trust(),
        );
        await until(() => ran(server), 'the plugin runs');
      },
    );

  test(`${engine.name}: neither are those of a repository, and of a site`, { skip }, async (t) => {
    const server = await host(t, DIST);
    const files = projectOf(server.url);
    const source = await host(t, DIST, {
      answer: (_, response, path) => {
        const text =
          path === '/meridian.json'
            ? JSON.stringify({ files: Object.keys(files), complete: true })
            : files[path.slice(1)];
        return (
          !!text && !!response.writeHead(200, { ...OPEN, 'content-type': 'text/plain' }).end(text)
        );
      },
    });
    const { page } = await openPage(t, await engine.browser());
    await page.goto(`${server.url}playground/?site=${encodeURIComponent(source.url)}`);
    const shown = page.frameLocator('iframe');
    await shown.locator('#user-content-a').waitFor();
    await problem(page, /plugins of what came from elsewhere are not run/).waitFor();
    assert.equal(ran(server), false);
  });

  test(`${engine.name}: a card runs no plugin of its source`, { skip }, async (t) => {
    const person = {
      ...PERSON,
      '_plugins/a.js': 'export const filters = { upcase: () => "RAN" };',
    };
    const { page, person: source } = await hostPage(
      t,
      await engine.browser(),
      sources(t, person),
      '<meridian-profile src="{site}" show="publications" size="full" loading="eager"><a href="{site}">Ada</a></meridian-profile>',
    );
    await page.locator('.p-name').first().waitFor();
    assert.equal(
      source.log.some(({ path }) => /plugins/.test(path) && !path.endsWith('plugins.txt')),
      false,
    );
  });
}
