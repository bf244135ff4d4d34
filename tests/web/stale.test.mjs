// A manifest older than its sources is a hint: edited, added and removed files are noticed, and in
// development the reason is reported. Real core, real command, real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { COMMAND, host, makeSite, nginx, noBrowser, openPage, python } from './hosts.mjs';

const noCommand = existsSync(COMMAND) ? undefined : 'build/native/meridian is not there';
const skip = noCommand ?? noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const page = (title, text, more = '') =>
  `---\ntitle: ${title}\nlayout: single\n${more}---\n${text}\n`;
const SITE = {
  '_config.yml': 'title: Old name\n',
  '_data/navigation.yml': 'main:\n  - {title: Notes, url: /notes/}\n',
  'index.md': page(
    'Home',
    'Welcome.\n\n{% include note.html %}\n\n{% for post in site.posts %}- [{{ post.title }}]({{ post.url | relative_url }})\n{% endfor %}',
  ),
  '_includes/note.html': 'An old note.\n',
  'notes.md': page('Notes', 'Some notes.', 'permalink: /notes/\n'),
  '_posts/2020-01-02-first.md': page('The frist', 'Text.'),
};
const EDITED = {
  'the configuration': ['_config.yml', 'title: New name\n', '', 'New name'],
  'a data file': [
    '_data/navigation.yml',
    'main:\n  - {title: Remarks, url: /notes/}\n',
    '',
    'Remarks',
  ],
  'an include': ['_includes/note.html', 'A new note.\n', '', 'A new note.'],
  'the home page': ['index.md', page('Home', 'Well met.'), '', 'Well met.'],
  'a title in a list, of the same length': [
    '_posts/2020-01-02-first.md',
    page('The first', 'Text.'),
    '',
    'The first',
  ],
};
/** A site with the command's manifest, whose sources are edited afterwards. */
function edited(t, edits, options = {}) {
  const site = makeSite(t, SITE, {
    meta: { manifest: 'meridian.json', root: '/', ...options.meta },
  });
  execFileSync(COMMAND, ['index', '--source', site.root]);
  const before = new Date(Date.now() - 60_000);
  for (const path of ['meridian.json', ...Object.keys(SITE)])
    utimesSync(join(site.root, path), before, before);
  for (const [path, text] of Object.entries(edits)) site.put(path, text);
  return site;
}
const shows = (tab, words) =>
  tab.waitForFunction((words) => document.body.innerText.includes(words), words);
const visitor = (url) => url.replace('127.0.0.1', 'reader.localhost');

test(
  'an edited source is shown though the manifest is older: on the first visit, and on the next without the old text first',
  { skip },
  async (t) => {
    for (const [name, [path, text, at, words]] of Object.entries(EDITED)) {
      const site = edited(t, { [path]: text });
      const address = await nginx(t, site.folder, { errors: '403 404' });
      if (!address) return;
      const { page: tab, lines } = await openPage(t, browser);
      await tab.goto(visitor(address) + at);
      await shows(tab, words).catch((error) => assert.fail(`${name}: ${error.message}`));
      assert.deepEqual(lines, [], name);
      // A file that was found outdated is revalidated before the next visit's page is rendered.
      await tab.waitForFunction((words) => localStorage['meridian:/:/']?.includes(words), words);
      await tab.addInitScript((words) => {
        window.steps = [];
        new MutationObserver(() =>
          window.steps.push(document.body?.innerText.includes(words)),
        ).observe(document, { childList: true, subtree: true });
      }, words);
      await tab.reload();
      await shows(tab, words);
      await tab.waitForFunction(() => window.meridian);
      // The old text does not return: nothing to wait for.
      await tab.waitForTimeout(1500);
      const first = await tab.evaluate(() =>
        window.steps.slice(window.steps.indexOf(true)).includes(false),
      );
      assert.equal(first, false, `${name}: it went back`);
    }
  },
);

test(
  'a new post is found by the host’s listings, and by the repository’s tree',
  { skip },
  async (t) => {
    const more = { '_posts/2021-03-04-second.md': page('The second', 'More text.') };
    const site = edited(t, more);
    const address = await nginx(t, site.folder, { autoindex: true });
    if (!address) return;
    const { page: tab } = await openPage(t, browser);
    await tab.goto(visitor(address));
    await shows(tab, 'The second');

    const tree = [...Object.keys(SITE), ...Object.keys(more)].map((path) => ({
      path,
      mode: '100644',
      type: 'blob',
      size: statSync(join(site.root, path)).size,
    }));
    const asked = [];
    const api = await host(t, site.folder, {
      answer: (request, response) => {
        asked.push(request.url);
        return response
          .writeHead(200, {
            'content-type': 'application/json',
            'access-control-allow-origin': '*',
          })
          .end(JSON.stringify({ tree }));
      },
    });
    const other = edited(t, more, {
      meta: { repository: 'ada/site', 'github-api': api.url.replace(/\/$/, '') },
    });
    const server = await host(t, other.folder);
    const opened = await openPage(t, browser);
    await opened.page.goto(visitor(server.url));
    await shows(opened.page, 'The second');
    // The next visit knows it, and does not request GitHub's tree again so soon.
    await opened.page.waitForFunction(() => JSON.parse(localStorage['meridian:/']).news?.length);
    await opened.page.evaluate(() => delete localStorage['meridian:/:/']);
    await opened.page.reload();
    await shows(opened.page, 'The second');
    assert.equal(asked.length, 1);
  },
);

/** Git's name for a file, as GitHub lists it. */
const gitHash = (path) => {
  const bytes = readFileSync(path);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
};
/**
 * A host of Node's, with the headers that `tell` gives for a file; `asked` are the requests for
 * sources.
 */
async function hostThatTells(t, site, tell) {
  const asked = [];
  const { url } = await host(t, site.folder, {
    answer: (request, response, path) => {
      if (!/\.(md|yml|json)$/.test(path) || !existsSync(join(site.root, path))) return false;
      const bytes = readFileSync(join(site.root, path));
      const headers = tell(path, bytes);
      const since = Date.parse(request.headers['if-modified-since'] ?? '');
      const known = headers.etag
        ? request.headers['if-none-match'] === headers.etag
        : Date.parse(headers['last-modified'] ?? '') <= since;
      asked.push(`${request.method} ${path}${known ? ' 304' : ''}`);
      if (known) return response.writeHead(304, headers).end();
      response.writeHead(200, {
        'content-type': 'text/plain',
        'content-length': bytes.length,
        ...headers,
      });
      return response.end(request.method === 'HEAD' ? undefined : bytes);
    },
  });
  return { asked, url: visitor(url) };
}

test(
  'an edited linked document of the same size is noticed, whatever headers the host sends',
  { skip },
  async (t) => {
    const [path, text, , words] = EDITED['a title in a list, of the same length'];
    const deployed = { 'last-modified': 'Mon, 02 Nov 2020 10:00:00 GMT' };
    const tagOf = (bytes) => ({
      etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}"`,
    });
    const hosts = {
      'one time for all files': () => deployed,
      'an ETag alone': (_, bytes) => tagOf(bytes),
      'an ETag, and one time for all': (_, bytes) => ({ ...deployed, ...tagOf(bytes) }),
      nothing: () => ({}),
    };
    for (const [name, tell] of Object.entries(hosts)) {
      const { url } = await hostThatTells(t, edited(t, { [path]: text }), tell);
      const { page: tab } = await openPage(t, browser);
      await tab.goto(url);
      await shows(tab, words).catch((error) => assert.fail(`${name}: ${error.message}`));
    }
  },
);

test(
  'a linked document is read once: on the next visit its ETag decides whether it has changed',
  { skip },
  async (t) => {
    const [path, text, , words] = EDITED['a title in a list, of the same length'];
    const site = edited(t, {});
    const { asked, url } = await hostThatTells(t, site, (_, bytes) => ({
      etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}"`,
    }));
    const { page: tab } = await openPage(t, browser);
    await tab.goto(url);
    await tab.waitForFunction(
      (path) => JSON.parse(localStorage['meridian:/'] ?? '{}').tags?.[path],
      path,
    );
    assert.deepEqual(
      asked.filter((line) => line.endsWith(path)),
      [`GET /${path}`],
    );
    await tab.reload();
    while (!asked.includes(`GET /${path} 304`))
      await tab.evaluate(() => new Promise(requestAnimationFrame));
    await tab.goto(`${url}notes/`);
    await shows(tab, 'Some notes.');
    assert.equal(asked.filter((line) => line === `GET /${path}`).length, 1);
    site.put(path, text);
    await tab.goto(url);
    await shows(tab, words);
  },
);

test(
  'the sources of linked pages are asked for when their links are in view, each once, and not where they are older than the manifest',
  { skip },
  async (t) => {
    const [path] = EDITED['a title in a list, of the same length'];
    const times = {
      'meridian.json': 'Tue, 03 Nov 2020 10:00:00 GMT',
      [path]: 'Mon, 02 Nov 2020 10:00:00 GMT',
    };
    const far = 'index.md';
    const text = page(
      'Home',
      `<p style="height: 500vh">Far.</p>\n\n[First]({{ site.posts.first.url | relative_url }})`,
    );
    for (const [name, put, expected] of [
      ['in view, older', {}, [`GET /${path} 304`]],
      ['below the window', { [far]: text }, []],
    ]) {
      const site = edited(t, {});
      for (const [file, words] of Object.entries(put)) site.put(file, words);
      execFileSync(COMMAND, ['index', '--source', site.root]);
      const { asked, url } = await hostThatTells(t, site, (file) => ({
        'last-modified': times[file.slice(1)] ?? times['meridian.json'],
      }));
      const { page: tab } = await openPage(t, browser);
      await tab.goto(url);
      const about = () => asked.filter((line) => line.includes(path));
      if (!expected.length) {
        await tab.waitForTimeout(1500);
        assert.deepEqual(about(), [], name);
        await tab.getByRole('link', { name: 'First' }).scrollIntoViewIfNeeded();
        expected.push(`GET /${path} 304`);
      }
      while (about().length < expected.length)
        await tab.evaluate(() => new Promise(requestAnimationFrame));
      assert.deepEqual(about(), expected, name);
    }
  },
);

test(
  'git hashes in the repository’s tree show which documents have changed: no other request is made for them',
  { skip },
  async (t) => {
    const [path, text, , words] = EDITED['a title in a list, of the same length'];
    const site = edited(t, { [path]: text });
    const tree = Object.keys(SITE).map((path) => ({
      path,
      mode: '100644',
      type: 'blob',
      size: statSync(join(site.root, path)).size,
      sha: gitHash(join(site.root, path)),
    }));
    const api = await host(t, site.folder, {
      answer: (_, response) =>
        response
          .writeHead(200, {
            'content-type': 'application/json',
            'access-control-allow-origin': '*',
          })
          .end(JSON.stringify({ tree })),
    });
    for (const shell of ['index.html', '404.html'])
      site.say(shell, {
        manifest: 'meridian.json',
        root: '/',
        repository: 'ada/site',
        'github-api': api.url.replace(/\/$/, ''),
      });
    const { asked, url } = await hostThatTells(t, site, () => ({
      'last-modified': 'Mon, 02 Nov 2020 10:00:00 GMT',
    }));
    const { page: tab } = await openPage(t, browser);
    await tab.goto(url);
    await shows(tab, words);
    assert.deepEqual(
      asked.filter((line) => line.endsWith('first.md')),
      [`GET /${path}`],
    );
    assert.deepEqual(
      asked.filter((line) => line.startsWith('HEAD')),
      [],
    );
  },
);

test(
  'a page that is missing in the manifest is found by its address, where no list helps',
  { skip },
  async (t) => {
    const site = edited(t, { 'fresh.md': page('Fresh', 'Just written.', 'permalink: /fresh/\n') });
    const address = await nginx(t, site.folder, { errors: '403 404' });
    if (!address) return;
    const { page: tab } = await openPage(t, browser);
    await tab.goto(`${visitor(address)}fresh/`);
    await shows(tab, 'Just written.');
  },
);

test(
  'in development an outdated manifest is reported once, with the remedy; visitors see no message, and a fresh manifest causes none',
  { skip },
  async (t) => {
    const site = edited(t, {
      '_config.yml': 'title: New name\n',
      '_posts/2021-03-04-second.md': page('The second', 'More text.'),
    });
    const address = await python(t, site.folder);
    const { page: tab, lines } = await openPage(t, browser);
    await tab.goto(address);
    const notes = tab.locator('.mer-notes');
    await notes.waitFor();
    await shows(tab, 'The second');
    await tab.waitForFunction(() =>
      /is new/.test(document.querySelector('.mer-notes')?.textContent),
    );
    const said = await notes.textContent();
    assert.match(said, /meridian\.json/);
    assert.match(said, /older than the sources.*_config\.yml.* has changed/s);
    assert.match(said, /Run meridian index/);
    assert.ok(
      lines.filter((line) => line.includes('older than the sources')).length >= 1,
      lines.join('\n'),
    );
    const reader = await openPage(t, browser);
    await reader.page.goto(visitor(address));
    await shows(reader.page, 'The second');
    assert.doesNotMatch(
      await reader.page.evaluate(() => document.documentElement.textContent),
      /older than the sources/,
    );
    assert.deepEqual(
      reader.lines.filter((line) => /manifest/.test(line)),
      [],
    );

    execFileSync(COMMAND, ['index', '--source', site.root]);
    const fresh = await openPage(t, browser);
    await fresh.page.goto(address);
    await shows(fresh.page, 'The second');
    // No notice follows: nothing to wait for.
    await fresh.page.waitForTimeout(2000);
    assert.equal(await fresh.page.locator('.mer-notes').count(), 0);
  },
);

test('comparing sources does not delay the text', { skip }, async (t) => {
  const site = edited(t, {});
  const address = await nginx(t, site.folder, { errors: '403 404' });
  if (!address) return;
  const { page: tab } = await openPage(t, browser);
  await tab.addInitScript(() => {
    new MutationObserver(() => {
      if (!window.textAt && document.querySelector('.page__content')?.textContent.trim())
        window.textAt = performance.now();
    }).observe(document, { childList: true, subtree: true });
  });
  await tab.goto(visitor(address));
  await tab.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.endsWith('_config.yml')),
  );
  const early = await tab.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime < window.textAt)
      .map(({ name }) => new URL(name).pathname),
  );
  assert.deepEqual(
    early.filter((path) => !path.startsWith('/meridian/') || path.endsWith('more.js')),
    [],
  );
});

test(
  'a navigation during the comparison succeeds; changes show on the way back',
  { skip },
  async (t) => {
    const [path, text, , words] = EDITED['a title in a list, of the same length'];
    const site = edited(t, { [path]: text });
    let compare, arrive;
    const gates = {
      ['/' + path]: new Promise((resolve) => (compare = resolve)),
      '/notes.md': new Promise((resolve) => (arrive = resolve)),
    };
    const asked = [];
    const { url } = await host(t, site.folder, {
      answer: async (request, response, path) => {
        asked.push(path);
        await gates[path];
        return false;
      },
    });
    const { page: tab } = await openPage(t, browser);
    const until = async (path) => {
      for (let tries = 0; tries < 100 && !asked.includes(path); tries++)
        await tab.waitForTimeout(50);
      assert.ok(asked.includes(path), path);
    };
    await tab.goto(visitor(url));
    await shows(tab, 'Welcome.');
    await until('/' + path);
    // Nothing is kept from before: the next page waits for its source.
    await tab.evaluate(() => void window.meridian.navigate('/notes/'));
    compare();
    // The comparison ends without a visible sign, while the page waits for its source.
    await tab.waitForTimeout(700);
    arrive();
    await shows(tab, 'Some notes.');
    assert.equal(await tab.evaluate(() => location.pathname), '/notes/');
    await tab.goBack();
    await shows(tab, words);
  },
);
