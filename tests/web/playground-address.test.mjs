// Repositories and published sites in the playground, from hosts that answer as GitHub's do, as a
// site's, and as hosts without CORS.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { CONTENT, demoMissing } from './demo.mjs';
import {
  COMMAND,
  DIST,
  filesBelow,
  headersBy,
  host,
  makeSite,
  noBrowser,
  openPage,
} from './hosts.mjs';

const skip = demoMissing() ?? noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

/** The CORS headers of api.github.com and raw.githubusercontent.com. */
const OPEN = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'ETag, Link, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset',
};
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const COMMIT = '0'.repeat(40);

/** GitHub with repositories, by `owner/name`: texts or bytes by path. */
async function gitHub(t, repositories, options = {}) {
  return host(t, tmpdir(), {
    ...options,
    answer: (_, response, path) => {
      if (options.refuse)
        return (response.writeHead(403, { ...OPEN, ...options.refuse }).end('{}'), true);
      const [, name] = /^\/repos\/([^/]+\/[^/]+)\/git\/trees\//.exec(path) ?? [];
      const [, of, file] = /^\/raw\/([^/]+\/[^/]+)\/0{40}\/(.*)$/.exec(path) ?? [];
      const files = repositories[name ?? of];
      const [, asked] = /^\/repos\/([^/]+\/[^/]+)\/commits\//.exec(path) ?? [];
      if (repositories[asked])
        return (
          response.writeHead(200, { ...OPEN, 'content-type': 'text/plain' }).end(COMMIT),
          true
        );
      if (name && files) {
        const tree = Object.entries(files).map(([path, content]) => ({
          path,
          type: 'blob',
          sha: COMMIT,
          size: options.sizes?.[path] ?? Buffer.byteLength(content),
        }));
        response
          .writeHead(200, { ...OPEN, 'content-type': 'application/json' })
          .end(JSON.stringify({ sha: 'x', tree, truncated: false }));
      } else if (files?.[file] !== undefined) {
        response
          .writeHead(200, { ...OPEN, 'content-type': 'text/plain; charset=utf-8' })
          .end(files[file]);
      } else {
        response.writeHead(404, OPEN).end('{}');
      }
      return true;
    },
  });
}

/** The playground under its policy, with these hosts in the place of GitHub's. */
async function playground(t, at, { github, others = [], context } = {}) {
  const api = github?.url.replace(/\/$/, '') ?? 'https://nowhere.invalid';
  const headers = headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
  const server = await host(t, DIST, {
    answer: (_, response, path) => {
      if (path !== '/playground/') return false;
      const metas = `<meta name="meridian-github-api" content="${api}"><meta name="meridian-github-raw" content="${api}/raw">`;
      response
        .writeHead(200, { ...sent(path), 'content-type': 'text/html' })
        .end(
          readFileSync(join(DIST, 'playground/index.html'), 'utf8').replace(
            '<head>',
            `<head>${metas}`,
          ),
        );
      return true;
    },
    headers: (path) => sent(path),
  });
  const sent = (path) => {
    const made = headers(path);
    // These hosts have no certificate.
    made['content-security-policy'] = made['content-security-policy']?.replace(
      /connect-src [^;]*/,
      `$& ${[api, ...others].join(' ')}`,
    );
    return made;
  };
  const opened = context
    ? { context, page: await context.newPage(), lines: [] }
    : await openPage(t, browser);
  await opened.page.goto(`${server.url}playground/${at}`);
  return { ...opened, server, shown: opened.page.frameLocator('iframe') };
}
const project = (page, key) =>
  page.evaluate(
    (key) => document.querySelector('meridian-playground').playground.project[key],
    key,
  );
async function write(page, text) {
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText(text);
}

const SITE = {
  '_config.yml': 'title: A site\nbaseurl: /name\n',
  'index.md':
    '---\ntitle: Home\nlayout: single\n---\n\nFrom the repository. ![A pixel](images/a.png)\n\n<img alt="Another" src="{{ \'/images/b.png\' | relative_url }}">\n\n[About]({{ \'/about.html\' | relative_url }})\n',
  'about.md': '---\ntitle: About\n---\n\nOn the site.\n',
  'images/a.png': PIXEL,
  'images/b.png': PIXEL,
  'images/never.png': PIXEL,
  'data/large.json': JSON.stringify('x'.repeat(600 << 10)),
  '.github/workflows/a.yml': 'a: b',
  'node_modules/x.md': 'x',
};

test(
  '?repo= opens a repository: its pages are shown, pictures are fetched when a page shows them, and it is untrusted',
  { skip },
  async (t) => {
    const github = await gitHub(t, { 'owner/name': SITE });
    const { page, shown, lines, server } = await playground(t, '?repo=owner/name', { github });
    await shown.getByText('From the repository.').waitFor();
    assert.equal(page.url(), `${server.url}playground/?repo=owner/name`);
    assert.equal(await project(page, 'trusted'), false);
    // The site has a baseurl: sheet, pictures and links are found.
    await shown.getByAltText('Another').evaluate((image) => image.decode());
    await shown.getByAltText('A pixel').evaluate((image) => image.decode());
    assert.match(
      await shown.locator('body').evaluate((body) => getComputedStyle(body).fontFamily),
      /,/,
    );
    await shown.locator('main').getByRole('link', { name: 'About' }).click();
    await shown.getByText('On the site.').waitFor();
    const asked = github.log.map(({ path }) => path);
    assert.ok(asked.includes(`/raw/owner/name/${COMMIT}/images/a.png`));
    for (const path of [
      'images/never.png',
      'data/large.json',
      '.github/workflows/a.yml',
      'node_modules/x.md',
    ])
      assert.ok(!asked.includes(`/raw/owner/name/${COMMIT}/${path}`), path);
    // A large text is fetched when it is opened.
    await page
      .getByRole('navigation', { name: 'Files' })
      .getByRole('button', { name: 'large.json' })
      .click();
    await page.getByRole('tab', { name: 'large.json' }).waitFor();
    assert.match(await page.locator('.cm-content').textContent(), /^"xxx/);
    assert.deepEqual(lines, []);
  },
);

test(
  'a branch, a docs folder, and GitHub’s addresses in the dialog of the menu',
  { skip },
  async (t) => {
    const github = await gitHub(t, {
      'owner/name': {
        'docs/_config.yml': 'title: D\n',
        'docs/index.md': '---\ntitle: D\n---\nIn the folder.\n',
        'README.md': '# Outside',
      },
    });
    const { page, shown, server } = await playground(t, '', { github });
    await shown.getByRole('heading', { name: 'A note' }).waitFor();
    await page.getByRole('combobox', { name: 'Open' }).selectOption('address');
    await page
      .getByRole('textbox', { name: 'Repository or site' })
      .fill('https://github.com/owner/name/tree/feature/x');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('tab', { name: 'index.md' }).waitFor();
    await shown.getByText('In the folder.').waitFor();
    assert.equal(page.url(), `${server.url}playground/?repo=owner/name@feature/x`);
    assert.ok(github.log.some(({ path }) => path === '/repos/owner/name/commits/feature/x'));
    assert.ok(github.log.some(({ path }) => path === `/raw/owner/name/${COMMIT}/docs/index.md`));
    assert.deepEqual(
      Object.keys(
        await page.evaluate(() => document.querySelector('meridian-playground').files),
      ).sort(),
      ['_config.yml', 'index.md'],
    );
    await page.getByRole('combobox', { name: 'Open' }).selectOption('address');
    await page.getByRole('textbox', { name: 'Repository or site' }).fill('not a name');
    await page.keyboard.press('Enter');
    await page.getByText('“not a name” is neither a repository').waitFor();
  },
);

test(
  'the reader’s changes are kept; a shared link takes precedence over the address',
  { skip },
  async (t) => {
    const github = await gitHub(t, { 'owner/name': SITE });
    const first = await playground(t, '?repo=owner/name', { github });
    await first.shown.getByText('From the repository.').waitFor();
    await write(first.page, '\nMy change.\n');
    await first.page.getByText('Kept in this browser').waitFor();
    await first.page.reload();
    await first.shown.getByText('My change.').waitFor();
    await first.page.getByText('This is your copy').waitFor();
    assert.equal(await project(first.page, 'trusted'), false);
    // Files that were not fetched yet are still fetched.
    await first.shown.getByAltText('Another').evaluate((image) => image.decode());
    await first.page.getByRole('button', { name: 'Share' }).click();
    await first.page
      .getByText('The link contains')
      .or(first.page.getByText('a link can hold'))
      .waitFor();
    const hash = await first.page.evaluate(async () => {
      const files = [['index.md', '---\ntitle: S\n---\nShared.\n']];
      const packed = new Blob([JSON.stringify({ title: 'S', files })])
        .stream()
        .pipeThrough(new CompressionStream('deflate-raw'));
      const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
      return `#p1=${btoa(String.fromCharCode(...bytes))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replace(/=+$/, '')}`;
    });
    const other = await playground(t, `?repo=owner/name${hash}`, { github });
    await other.shown.getByText('Shared.').waitFor();
    assert.equal(await project(other.page, 'trusted'), false);
  },
);

test(
  'a project that can’t be opened is reported with a remedy; the last one stays',
  { skip },
  async (t) => {
    const told = async (at, words, options) => {
      const { page, shown, server } = await playground(t, at, options);
      await page.getByText(words).waitFor();
      await shown.getByRole('heading', { name: 'A note' }).waitFor();
      assert.equal(page.url(), `${server.url}playground/${at}`);
      assert.ok(await page.getByRole('button', { name: 'Stop' }).isHidden());
    };
    await told('?repo=owner/none', 'GitHub knows no such repository or branch (404).', {
      github: await gitHub(t, {}),
    });
    const reset = Math.floor(Date.now() / 1000) + 1800;
    await told('?repo=owner/name', /answers no more questions from this network until \d/, {
      github: await gitHub(
        t,
        {},
        { refuse: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) } },
      ),
    });
    await told('?repo=owner/name', 'GitHub can’t be reached', {});
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`p${i}.md`, 'x']));
    await told('?repo=owner/many', /owner\/many has 2,001 files; 2,000 can be opened/, {
      github: await gitHub(t, { 'owner/many': many }),
    });
    const large = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`p${i}.md`, 'x'.repeat(500 << 10)]),
    );
    await told(
      '?repo=owner/large',
      /owner\/large has more text than can be opened: 10 MB, of 8 MB/,
      { github: await gitHub(t, { 'owner/large': large }) },
    );
    // A host that reports too small a size.
    const sizes = Object.fromEntries(Object.keys(large).map((path) => [path, 1]));
    await told('?repo=owner/large', /owner\/large has more text than can be opened/, {
      github: await gitHub(t, { 'owner/large': large }, { sizes }),
    });
  },
);

test(
  'pictures are fetched up to a total size, whatever sizes the host reports; then the reader is asked',
  { skip },
  async (t) => {
    const picture = (name) => `${name}.png`;
    const names = Array.from({ length: 12 }, (_, at) => `p${at}`);
    const large = Buffer.concat([PIXEL, Buffer.alloc(1000 - PIXEL.length)]);
    const files = {
      'README.md': '# Few\n',
      'many.md': `# Many\n\n${names.map((name) => `![${name}](${picture(name)})`).join('\n')}\n`,
      ...Object.fromEntries(names.map((name) => [picture(name), large])),
    };
    const sizes = { [picture('p0')]: 1 };
    const github = await gitHub(t, { 'a/b': files }, { sizes });
    const { page, shown } = await playground(t, '?repo=a/b', { github });
    await shown.getByRole('heading', { name: 'Few' }).waitFor();
    const element = page.locator('meridian-playground');
    assert.deepEqual(await element.evaluate(({ playground }) => playground.project.room), {
      bytes: 64 << 20,
      files: 1000,
    });
    const fetched = () => github.log.filter(({ path }) => path.endsWith('.png')).length;
    for (const [room, most] of [
      [{ bytes: 64 << 20, files: 5 }, 5],
      [{ bytes: 4500, files: 1000 }, 5],
    ]) {
      const before = fetched();
      await element.evaluate(({ playground }, room) => {
        // As after opening: nothing was fetched.
        for (const [path, content] of playground.project.files)
          if (path.endsWith('.png') && content instanceof Uint8Array)
            playground.project.files.set(path, {
              from: new URL(
                `raw/a/b/${'0'.repeat(40)}/${path}`,
                document.querySelector('[name=meridian-github-api]').content + '/',
              ).href,
              size: 1,
            });
        Object.assign(playground.project.room, room);
        playground.preview.begin();
      }, room);
      await page.getByRole('button', { name: 'many.md', exact: true }).click();
      await shown.getByRole('heading', { name: 'Many' }).waitFor();
      await page.getByText('files of this project were fetched from its host').waitFor();
      // No further file is fetched: nothing to wait for.
      await page.waitForTimeout(300);
      const came = fetched() - before;
      assert.ok(came >= 4 && came <= (room.files < 100 ? most : 12), `${came}`);
      assert.ok(
        (await element.evaluate(
          ({ playground }) =>
            [...playground.project.files.values()].filter(
              (content) => content instanceof Uint8Array,
            ).length,
        )) <= most,
      );
      await page.getByRole('button', { name: 'Fetch more' }).click();
      await page.waitForFunction(() =>
        [...document.querySelector('meridian-playground').playground.project.files].every(
          ([path, content]) => !path.endsWith('.png') || content instanceof Uint8Array,
        ),
      );
      await shown.getByRole('img', { name: 'p11' }).evaluate((image) => image.decode());
    }
  },
);

test('fetching can be stopped', { skip }, async (t) => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`p${i}.md`, 'x']));
  const github = await gitHub(t, { 'owner/name': files }, { delay: 200 });
  const { page, shown } = await playground(t, '?repo=owner/name', { github });
  await page.getByText(/^\d+ of 300 files$/).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped.').waitFor();
  await shown.getByRole('heading', { name: 'A note' }).waitFor();
  const { length } = github.log;
  // No further file is fetched: nothing to wait for.
  await page.waitForTimeout(1000);
  assert.ok(github.log.length <= length + 1, `${length} ${github.log.length}`);
});

/** The demo site as `build --raw` publishes it. */
function publish(t) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-published-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync(COMMAND, [
    'build',
    '--raw',
    '--quiet',
    '--source',
    CONTENT,
    '--destination',
    folder,
    '--shell',
    DIST,
  ]);
  return folder;
}

test(
  '?site= opens a published site, with the files that its manifest names',
  { skip },
  async (t) => {
    const site = await host(t, publish(t), { headers: { 'access-control-allow-origin': '*' } });
    const { page, shown, lines } = await playground(t, `?site=${encodeURIComponent(site.url)}`, {
      others: [site.url],
    });
    await shown.getByRole('heading', { level: 1, name: 'Nature is one connected whole' }).waitFor();
    await shown
      .locator('img')
      .first()
      .evaluate((image) => image.decode());
    assert.equal(await project(page, 'trusted'), false);
    assert.deepEqual(
      await page.evaluate(() =>
        Object.keys(document.querySelector('meridian-playground').files).sort(),
      ),
      filesBelow(CONTENT).sort(),
    );
    assert.ok(site.log.every(({ path }) => !/meridian\.wasm|site\.js/.test(path)));
    const fetched = site.log.filter(({ path }) => /\.(png|jpe?g|webp|svg)$/.test(extname(path)));
    t.diagnostic(`${site.log.length} requests, ${fetched.length} of pictures`);
    await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('combobox', { name: 'Download' }).selectOption('sources'),
    ]);
    assert.deepEqual(lines, []);
  },
);

test(
  'sites without CORS, without a manifest, missing, or with wrong sizes are reported',
  { skip },
  async (t) => {
    const told = async (url, words, others = [url]) => {
      const { page, shown } = await playground(t, `?site=${encodeURIComponent(url)}`, { others });
      await page.getByText(words).waitFor();
      await shown.getByRole('heading', { name: 'A note' }).waitFor();
    };
    await told(
      (await host(t, publish(t))).url,
      /does not let other sites read its files \(CORS\).*Access-Control-Allow-Origin/,
    );
    await told(
      (
        await host(t, tmpdir(), {
          headers: { 'access-control-allow-origin': '*' },
          answer: (_, response) => (
            response.writeHead(404, { 'access-control-allow-origin': '*' }).end(),
            true
          ),
        })
      ).url,
      /has no meridian\.json \(404\).*open the repository/,
    );
    await told('http://127.0.0.1:9/', /127\.0\.0\.1:9 can’t be reached/);
    const other = await host(t, tmpdir(), {
      answer: (_, response) => (response.writeHead(200, OPEN).end('secret'), true),
    });
    const lies = JSON.stringify({
      files: [
        { path: 'index.md', at: '../x' },
        { path: 'a.md', at: other.url },
        { path: '../../b.md' },
        { path: 7 },
        null,
        '__proto__',
        { path: 'ok.md', text: 'Fine.' },
        { path: 'c.md', text: {}, size: 'x' },
      ],
    });
    const liar = await host(t, tmpdir(), {
      answer: (_, response, path) => (
        path === '/meridian.json'
          ? response.writeHead(200, OPEN).end(lies)
          : response.writeHead(404, OPEN).end(),
        true
      ),
    });
    const { page } = await playground(t, `?site=${encodeURIComponent(liar.url)}`, {
      others: [liar.url, other.url],
    });
    await page
      .getByRole('navigation', { name: 'Files' })
      .getByRole('button', { name: 'ok.md' })
      .waitFor();
    assert.deepEqual(other.log, []);
    assert.deepEqual(
      await page.evaluate(() => Object.keys(document.querySelector('meridian-playground').files)),
      ['ok.md'],
    );
  },
);

test('a page of a site links to the playground, which opens its source', { skip }, async (t) => {
  const site = makeSite(
    t,
    {
      '_config.yml': 'title: T\nmeridian: {playground: /playground/}\n',
      'index.md': '---\nlayout: single\n---\nHome.\n',
      'a b.md': '---\nlayout: single\ntitle: A b\n---\nThe other page.\n',
    },
    { manifest: true },
  );
  // With real paths, and on a host without a 404 page.
  for (const [notFound, at] of [
    ['404.html', 'a%20b.html'],
    ['none', '#/a%20b.html'],
  ]) {
    const server = await host(t, site.root, { notFound });
    const { page } = await openPage(t, browser);
    await page.goto(server.url + at);
    await page.getByText('The other page.').waitFor();
    await page.getByRole('link', { name: 'Open in playground' }).click();
    await page.frameLocator('iframe').getByText('The other page.').waitFor();
    assert.equal(await page.locator('.address code').textContent(), '/a%20b.html');
    assert.match(page.url(), /\/playground\/\?site=http/);
  }
});
