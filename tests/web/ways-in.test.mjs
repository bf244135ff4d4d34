// The project's own hostile texts on every way into the playground, into a site in the browser and
// into the address bar, in Chromium and Firefox. Untrusted content runs nothing and requests
// nothing, behind sanitiser and policy separately; trusted content has no access to the origin that
// shows it. For cards see profile-hostile.test.mjs, for single texts vectors.test.mjs.
//
//   MERIDIAN_VECTORS=all   those of the corpora and DOMPurify's, too, behind sanitiser and policy
//                          separately on every way: some minutes
// Runs alone: it takes minutes.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { NO_PATHS, archiveOf } from './archives.mjs';
import { engines } from './engines.mjs';
import { DIST, headersBy, host, makeSite, notBuilt, openPage, settled } from './hosts.mjs';
import { FIXTURES, VECTORS, sourcesOf } from './payloads.mjs';
import { linkOf } from './playgrounds.mjs';
import { writingProxy } from './proxy.mjs';
import { tryPage, tryPages } from './tried.mjs';
import { OWN, batchesOf } from './vectors.mjs';
import { WALLS } from './walls.mjs';

const missing = notBuilt();
const headers = missing ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
/** The delivered headers, except that the other host has no certificate. @param {string} path */
const delivered = (path) => {
  const made = headers(path);
  if (made['content-security-policy'])
    made['content-security-policy'] = made['content-security-policy'].replace(
      /connect-src [^;]*/,
      `$& ${source.url}`,
    );
  return made;
};

/** Texts of the corpora, each by its name. */
const MORE = [...VECTORS, ...(FIXTURES ?? [])]
  .filter(({ payload }) => typeof payload === 'string')
  .map(({ payload }, at) => ({ id: `more-${at}`, payload }));
const ALL = process.env.MERIDIAN_VECTORS === 'all';
const BATCHES = batchesOf(ALL ? [...OWN, ...MORE] : OWN);
/** A project of all of them: the second page has the first seven, and so on. */
const PAGES = Object.fromEntries(
  Object.entries(sourcesOf(BATCHES, 'v')).map(([name, text]) => [`${name}.md`, text]),
);
const PROJECT = { 'index.md': '---\n---\nFirst.\n', '_config.yml': 'title: T\n', ...PAGES };
const ARCHIVE = archiveOf(Object.entries(PROJECT).map(([path, text]) => ({ path, text })));
const LEADING_OUT = archiveOf([
  ...NO_PATHS.map((path) => ({ path, text: 'x' })),
  ...Object.entries(PROJECT).map(([path, text]) => ({ path, text })),
]);
const MANIFEST = JSON.stringify({ files: Object.keys(PROJECT), complete: true });
const TREE = JSON.stringify({
  tree: Object.entries(PROJECT).map(([path, text]) => ({
    path,
    type: 'blob',
    size: text.length,
    sha: path,
  })),
});
const INNER = `<meridian-playground>${Object.entries(PROJECT)
  .map(
    ([path, text]) =>
      `<script type="text/plain" data-path="${path}">${text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script>`,
  )
  .join('')}</meridian-playground>`;
const host2 = (path) =>
  path === '/meridian.json'
    ? MANIFEST
    : path === '/tree' || /^\/repos\/.*\/git\/trees\//.test(path)
      ? TREE
      : path === '/all.zip'
        ? ARCHIVE
        : PROJECT[path.replace(/^\/(raw\/a\/b\/HEAD\/)?/, '')];

const OPEN = { 'access-control-allow-origin': '*', 'content-type': 'text/plain; charset=utf-8' };
const served = { after };
/** The files that the project comes from: a host other than the playground's. */
const source = missing
  ? undefined
  : await host(served, DIST, {
      answer: (_, response, path) =>
        !!host2(path) && !!response.writeHead(200, OPEN).end(host2(path)),
    });
const server = missing ? undefined : await host(served, DIST, { headers: delivered });
const proxy = missing ? undefined : await writingProxy(served, [server.url, source.url]);

const element = (body) =>
  `<!doctype html><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"><style>meridian-playground { display: block; block-size: 40rem }</style><script type="module" src="/playground/playground.js"></script>${body}`;
const playground = (text) =>
  text.replace(
    '<head>',
    `<head><meta name="meridian-github-api" content="${source.url.slice(0, -1)}"><meta name="meridian-github-raw" content="${source.url}raw">`,
  );
/**
 * The address at which each way begins; `own`: the content is the reader's own, or that of the
 * page's author.
 */
const WAYS = {
  'a shared link': { at: () => `playground/${linkOf(PROJECT)}` },
  '?site=': { at: () => `playground/?site=${encodeURIComponent(source.url)}` },
  'a repository': { at: () => 'playground/?repo=a/b' },
  'src of another host': {
    at: () => 'element/',
    body: () => `<meridian-playground src="${source.url}all.zip"></meridian-playground>`,
  },
  'src of the page’s host': {
    at: () => 'element/',
    body: () => '<meridian-playground src="/all.zip"></meridian-playground>',
    own: true,
  },
  'files within the element': { at: () => 'element/', body: () => INNER, own: true },
  'an archive that the reader opens': { at: () => 'playground/', chosen: true, own: true },
};

/** Runs in every document: executed code reports to the reader's document. */
function within() {
  const { top, location } = window;
  const say = top.postMessage.bind(top);
  if (top === window) {
    window.ran = [];
    addEventListener('message', ({ data }) => data?.ran && window.ran.push(data.ran));
    localStorage.secret = 'kept';
    window.X = () => window.ran.push('the page itself');
  } else {
    window.X = () => say({ ran: `${window.origin} ${location.pathname}` }, '*');
  }
}

/** The page with the project, once all its files are loaded. */
async function come(t, engine, { at, body, chosen }) {
  server.state.answer = (_, response, path) => {
    const text =
      path === '/element/'
        ? element(body?.() ?? '')
        : path === '/all.zip'
          ? ARCHIVE
          : path === '/playground/'
            ? playground(readFileSync(join(DIST, 'playground/index.html'), 'utf8'))
            : undefined;
    const { wall } = server.state;
    const [type, answer] =
      path === '/playground/frame.html'
        ? ['text/html', WALLS[wall]()]
        : [path === '/all.zip' ? 'application/zip' : 'text/html', text];
    // The frame's headers are omitted where another policy is tested.
    return (
      !!answer &&
      !!response
        .writeHead(200, {
          'content-type': type,
          ...(wall === 'both walls' && !/all\.zip|element/.test(path) && delivered(path)),
          'cache-control': 'no-store',
        })
        .end(answer)
    );
  };
  server.state.wall = 'both walls';
  const { page, context, lines } = await openPage(t, await engine.browser());
  await page.addInitScript(within);
  // Milliseconds that a page stays in view after it was clicked through.
  await page.addInitScript(`(${tryPages})(10)`);
  await page.addInitScript(() => delete window.showDirectoryPicker);
  await page.goto(server.url + at());
  await page.waitForFunction(() => document.querySelector('meridian-playground')?.playground);
  if (chosen) {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('combobox', { name: 'Open' }).selectOption('zip'),
    ]);
    await chooser.setFiles([
      { name: 'all.zip', mimeType: 'application/zip', buffer: Buffer.from(LEADING_OUT) },
    ]);
    await page
      .getByText(
        `Skipped, because their paths are not valid in a project: “../up.md”, “a/../../up.md”, “..\\up.md” and ${NO_PATHS.length - 3} more.`,
      )
      .waitFor();
  }
  await page.waitForFunction(
    (count) =>
      document.querySelector('meridian-playground').playground.project.files.size === count,
    Object.keys(PROJECT).length,
  );
  // Links to other pages of the project are disabled, so that each page stays until it was tested.
  await page.evaluate(() => {
    const { preview } = document.querySelector('meridian-playground').playground;
    const { followed } = preview;
    preview.followed = (url) => /^[a-z][a-z+.-]*:/i.test(url) && followed(url);
  });
  return { page, context, lines };
}

/** Texts that have a page of their own. */
const SINGLE = Object.keys(PAGES).filter((_, at) => !BATCHES[at].id.includes(' '));

/**
 * Shows pages of the project in the current frame: the number of clicks, and the pages that were
 * not shown.
 */
async function showAll(page, files = Object.keys(PAGES)) {
  const missed = [];
  let clicked = 0;
  for (const file of files) {
    let tried = await page.evaluate(tryPage, { file });
    // After a stall of the machine a page may arrive too late; one whose scripts have run starts
    // another frame meanwhile.
    for (const anew of [false, true])
      if (tried.why) tried = await page.evaluate(tryPage, { file, anew });
    if (tried.why) missed.push([file, tried.why]);
    clicked += tried.clicked ?? 0;
  }
  return { missed, clicked };
}

for (const engine of engines(after, proxy?.options)) {
  const skip = missing ?? engine.missing;
  for (const [name, way] of Object.entries(WAYS)) {
    // Sanitiser and policy separately on the first way; on the others the delivered frame, or the
    // sanitiser alone.
    const some = [engine.name === 'Chromium' ? 'both walls' : 'the sanitiser alone'];
    const each = ALL || name === 'a shared link';
    const walls = way.own ? ['both walls'] : each ? Object.keys(WALLS).slice(0, 3) : some;
    test(
      `${engine.name}: ${name}: ${way.own ? 'its code has no access to the page' : 'nothing runs, nothing is requested'}`,
      { skip, timeout: 600_000 },
      async (t) => {
        const { page, context } = await come(t, engine, way);
        assert.equal(
          await page.evaluate(
            () => document.querySelector('meridian-playground').playground.project.trusted,
          ),
          !!way.own,
        );
        for (const wall of walls) {
          server.state.wall = wall;
          proxy.asked.length = server.log.length = 0;
          await page.evaluate(() =>
            document.querySelector('meridian-playground').playground.preview.begin(),
          );
          // Those are tested separately on the first way; on the others together.
          const files = Object.keys(PAGES).filter(
            (file) => wall === 'both walls' || name === 'a shared link' || !SINGLE.includes(file),
          );
          const { missed, clicked } = await showAll(page, files);
          const ran = await page.evaluate(() => window.ran.splice(0));
          t.diagnostic(
            `${wall}: ${files.length} pages, ${clicked} places clicked, ${ran.length} ran, ${proxy.asked.length} asked`,
          );
          assert.deepEqual(missed, [], wall);
          assert.ok(clicked > 20);
          // Of the site only frames and files of the shell are requested.
          assert.deepEqual(
            server.log
              .map(({ path }) => path)
              .filter(
                (path) =>
                  !/^\/(playground\/(frame[\w.-]*\.html|[\w.-]+\.js)|meridian\/[\w./-]+)$/.test(
                    path,
                  ),
              ),
            [],
          );
          // In the frame, or in one that a page makes for itself: never with an origin.
          if (way.own)
            assert.deepEqual(
              ran.filter((where) => !/^null (\/playground\/frame-own\.html|blank)$/.test(where)),
              [],
            );
          else assert.deepEqual([ran, [...proxy.asked]], [[], []], wall);
        }
        assert.deepEqual(
          await page.evaluate(() => [{ ...localStorage }.secret, location.pathname]),
          ['kept', `/${way.at().replace(/[?#].*/, '')}`],
        );
        // … control: the record is not empty.
        if (name === 'a shared link') {
          server.state.wall = 'no wall';
          await page.evaluate(() =>
            document.querySelector('meridian-playground').playground.preview.begin(),
          );
          await showAll(page);
          const ran = await page.evaluate(() => window.ran.splice(0));
          assert.ok(
            ran.length > 15 && proxy.asked.length > 15,
            `${ran.length} ran, ${proxy.asked.length} asked`,
          );
        }
        assert.ok(
          context
            .pages()
            .every(
              (tab) =>
                tab === page || tab.url() === 'about:blank' || !tab.url().startsWith(server.url),
            ),
        );
      },
    );
  }

  test(
    `${engine.name}: the address of a raw site: parameters of a link are text`,
    { skip, timeout: 120_000 },
    async (t) => {
      const files = {
        '_config.yml': 'title: T\n',
        'index.md': '---\ntitle: Home\nlayout: single\n---\nHello.\n',
      };
      const site = makeSite(t, files, { meta: { root: '/' }, manifest: true });
      server.state.answer = (_, response, path) => {
        const file = /^\/(meridian|playground)\//.test(path)
          ? undefined
          : join(site.root, path === '/' ? 'index.html' : path);
        const there = !!file && existsSync(file) && statSync(file).isFile();
        if (!file) return false;
        response.writeHead(there ? 200 : 404, {
          'content-type': /\.(md|yml)$/.test(path)
            ? 'text/plain'
            : path.endsWith('.json')
              ? 'application/json'
              : 'text/html',
        });
        // The site's folder goes before the last request does.
        const page404 = join(site.root, '404.html');
        const found = there ? file : existsSync(page404) ? page404 : undefined;
        return !!response.end(found ? readFileSync(found) : '');
      };
      const { page } = await openPage(t, await engine.browser());
      await page.addInitScript(within);
      proxy.asked.length = 0;
      const texts = OWN.map(({ payload }) => payload.slice(0, 1500));
      /** Elements that only a text can have made. The shell's own <object>s lie behind the body. */
      const seen = async () => {
        await settled(page);
        const hostile =
          '[onerror], [onclick], [onload], form[name], img[name], a[href^="javascript:"], [src*="evil.example"], [href*="evil.example"], iframe, body object, embed';
        return page.evaluate(
          (hostile) => [...document.querySelectorAll(hostile)].map((element) => element.outerHTML),
          hostile,
        );
      };
      // Whole addresses: of paths, queries and fragments, some texts in each.
      for (const [before, after] of [
        ['', ''],
        ['?q=', ''],
        ['#/', ''],
        ['posts/', '/'],
      ]) {
        const joined = texts
          .filter((text) => /X\(\)/.test(text) && text.length < 100)
          .slice(0, 10)
          .join('');
        await page.goto(`${server.url}${before}${encodeURIComponent(joined)}${after}`);
        assert.deepEqual(await seen(), [], before);
      }
      // Fragments, one after the other.
      await page.goto(server.url);
      await settled(page);
      for (const text of texts)
        await page.evaluate((text) => void (location.hash = `/${text}`), text);
      assert.deepEqual(await seen(), []);
      assert.deepEqual(
        [await page.evaluate(() => window.ran), [...proxy.asked], new URL(page.url()).origin],
        [[], [], new URL(server.url).origin],
      );
    },
  );
}
