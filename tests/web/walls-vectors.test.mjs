// The collections of hostile pages, opened through a link and behind the sanitiser alone. Behind
// sanitiser and policy separately in both engines: vectors.test.mjs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build } from 'esbuild';
import { DIST, PROJECT, host, openPage } from './hosts.mjs';
import { FIXTURES, NO_FIXTURES, VECTORS, sourcesOf } from './payloads.mjs';
import { tryPage, tryPages } from './tried.mjs';
import { WALLS } from './walls.mjs';
import { skip, browser, shared } from './walled.mjs';

/** The collections: sources by name. */
const vectors = sourcesOf(VECTORS, 'v');
const fixtures = FIXTURES && sourcesOf(FIXTURES, 'f');

// Tabs that share a collection: they mostly wait for frames.
const TABS = 3;
// Milliseconds that a page stays in view after it was clicked through.
const STAY = 60;

/**
 * Reads all pages of a collection, each in a document of its own, and clicks through them. Gives
 * executed code, requests and pages that were not shown, by name.
 */
async function readAll(t, files, options) {
  const names = Object.keys(files);
  const found = { ran: [], asked: [], missed: [], clicked: 0 };
  const readShare = async (share) => {
    const { page, context, server, asked, ran } = await shared(
      t,
      {
        'index.md': '---\nlayout: single\n---\n',
        ...Object.fromEntries(share.map((name) => [`${name}.md`, files[name]])),
      },
      { ...options, init: [tryPages, STAY] },
    );
    const look = (name) => {
      found.ran.push(...ran.splice(0).map((what) => [name, ...what]));
      found.asked.push(...asked.splice(0).map(({ url }) => [name, url]));
    };
    assert.deepEqual([ran, asked], [[], []]);
    // Links to other pages of the site are disabled here, so that each page stays until it was
    // tested; all others are followed.
    await page.evaluate(() => {
      const { preview } = document.querySelector('meridian-playground').playground;
      const { followed } = preview;
      preview.followed = (url) => /^[a-z][a-z+.-]*:/i.test(url) && followed(url);
    });
    for (const name of share) {
      let { clicked, why } = await page.evaluate(tryPage, { file: `${name}.md` });
      if (why) {
        // After a stall of the machine: a page counts as not shown only if another frame fails,
        // too.
        t.diagnostic(`${name} once more, as ${why}`);
        ({ clicked, why } = await page.evaluate(tryPage, { file: `${name}.md`, anew: true }));
      }
      if (why) found.missed.push([name, why]);
      else found.clicked += clicked;
      look(name);
    }
    // Late code and requests of the last page.
    await page.waitForTimeout(500);
    look('the last');
    assert.equal(new URL(page.url()).pathname, '/playground/');
    assert.ok(context.pages().every((tab) => tab === page || tab.url().startsWith(server.url)));
  };
  await Promise.all(
    Array.from({ length: Math.min(TABS, names.length) }, (_, at) =>
      readShare(names.filter((_, i) => i % TABS === at)),
    ),
  );
  t.diagnostic(
    `${names.length} payloads, ${names.length - found.missed.length} of them shown, ${found.clicked} places clicked`,
  );
  return found;
}

async function readThrough(t, files, options) {
  const { ran, asked, missed, clicked } = await readAll(t, files, options);
  assert.deepEqual({ ran, asked, missed }, { ran: [], asked: [], missed: [] });
  assert.ok(clicked > 0);
}

// The sanitiser alone: its output is put into a page that may run and load everything.
async function sanitiserAlone(
  t,
  payloads,
  wall = 'window.sanitize = makeWall({ pictures: false });',
) {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { makeWall } from './web/playground/frame/sanitize.js'; ${wall}`,
      resolveDir: PROJECT,
    },
    bundle: true,
    write: false,
    format: 'iife',
  });
  const server = await host(t, DIST, {
    answer: (request, response, path) => {
      if (path === '/alone')
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(
            `<!doctype html><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><script>${outputFiles[0].text.replaceAll('</script', '<\\/script')}</script>`,
          );
      return path === '/alone';
    },
  });
  const { page, context } = await openPage(t, browser);
  const asked = [];
  await page.goto(`${server.url}alone`);
  await context.route(/.*/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await page.evaluate(
    () => (window.X = (...what) => (window.ran ??= []).push([window.now, ...what])),
  );
  const found = await page.evaluate(async (payloads) => {
    const forbidden = [];
    const allowed = /^(https?:|mailto:|tel:|#|\/|\.|\?|[\w+.%-]*$|[\w+.%-]*[^\w+.%:-])/i;
    for (const [name, payload] of Object.entries(payloads)) {
      window.now = name;
      for (const part of [false, true]) {
        const page = new DOMParser().parseFromString(payload, 'text/html');
        const fragment = page.createDocumentFragment();
        if (part) fragment.append(...page.body.childNodes);
        window.sanitize(part ? fragment : page);
        document.body.replaceChildren(
          ...(part
            ? [fragment]
            : page.documentElement.querySelectorAll(
                ':scope > head > *, :scope > body, :scope > :not(head, body)',
              )),
        );
        for (const element of document.body.querySelectorAll('*')) {
          if (
            /^(script|iframe|object|embed|base|meta|form|frame|frameset|applet|foreignobject|portal)$/i.test(
              element.localName,
            )
          )
            forbidden.push([name, element.localName]);
          for (const { name: attribute, value } of element.attributes) {
            if (element.localName === 'image' && /^data:image\//.test(value)) continue;
            if (/^on|^(action|formaction|srcdoc|background|ping)$/i.test(attribute))
              forbidden.push([name, attribute]);
            if (/^(id|name)$/.test(attribute) && !value.startsWith('user-content-'))
              forbidden.push([name, attribute, value]);
            if (
              /^(xlink:)?href$/.test(attribute) &&
              !allowed.test(
                value.replace(/[\0-\x20\u00a0\u1680\u180e\u2000-\u2029\u205f\u3000]/g, ''),
              )
            )
              forbidden.push([name, attribute, value]);
          }
        }
        for (const element of document.body.querySelectorAll(
          'a, area, button, summary, input, label, details, [tabindex]',
        )) {
          // The links' addresses are checked; they are not followed.
          if (element.matches('a[href], area[href], svg a')) continue;
          for (const event of ['mouseover', 'focus', 'click', 'toggle'])
            element.dispatchEvent(new MouseEvent(event, { bubbles: true, cancelable: true }));
        }
        if (Number(name.slice(1)) % 10 === 0)
          await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    // Late code and requests of the last page.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { forbidden, ran: window.ran ?? [] };
  }, payloads);
  t.diagnostic(`${Object.keys(payloads).length} payloads, as a document and as a part`);
  assert.equal(page.url(), `${server.url}alone`);
  return { ...found, asked };
}
const nothing = { forbidden: [], ran: [], asked: [] };

// ---- collections; behind sanitiser and policy separately: vectors.test.mjs ----

/** Without front matter. */
const bodies = (payloads) =>
  Object.fromEntries(
    Object.entries(payloads).map(([name, text]) => [name, text.replace(/^---\n---\n/, '')]),
  );
const timeout = 480_000;
test('no vector of ours runs or requests anything, opened through a link', { skip, timeout }, (t) =>
  readThrough(t, vectors),
);
test('… with the sanitiser alone', { skip, timeout }, async (t) =>
  assert.deepEqual(await sanitiserAlone(t, bodies(vectors)), nothing),
);
test('nor does any of DOMPurify’s own', { skip: skip ?? NO_FIXTURES, timeout }, (t) =>
  readThrough(t, fixtures),
);
test('… with the sanitiser alone, too', { skip: skip ?? NO_FIXTURES, timeout }, async (t) =>
  assert.deepEqual(await sanitiserAlone(t, bodies(fixtures)), nothing),
);

test(
  '… control: without sanitiser and policy hostile input runs and loads, and is attributed to its place',
  { skip },
  async (t) => {
    const hostile = (n) =>
      `<script>X()</script><img src=x onerror=X()><img src="https://evil.example/${n}.png"><a href="javascript:X()">Way</a>`;
    // Among harmless ones, of which one closes nothing.
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `v${at}`,
        `---\n---\n${at % 4 === 2 ? hostile(at) : at % 4 === 1 ? '<!-- <textarea>' : 'A *text*.'}\n`,
      ]),
    );
    const { ran, asked, missed } = await readAll(t, files, {
      answer: (_request, response, path) =>
        path === '/playground/frame.html' &&
        !!response.writeHead(200, { 'content-type': 'text/html' }).end(WALLS['no wall']()),
    });
    assert.deepEqual(missed, []);
    for (const name of ['v2', 'v6', 'v10']) {
      assert.ok(
        ran.some(([at]) => at === name),
        `${name} of ${ran}`,
      );
      assert.ok(
        asked.some(([, url]) => url === `https://evil.example/${name.slice(1)}.png`),
        `${name} of ${asked}`,
      );
    }
    assert.ok(ran.length >= 6);
    const found = await sanitiserAlone(t, { v0: hostile(0) }, 'window.sanitize = () => {};');
    assert.ok(found.ran.length && found.forbidden.length && found.asked.length);
  },
);
