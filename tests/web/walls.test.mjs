// The walls around what the playground shows. What came by a link goes through two: a sanitiser, and a frame whose policy runs and asks
// for nothing. Each is tried with the other away; the switches are here, not in what is delivered.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { findChromium, launch } from './browser.mjs';
import { demoMissing } from './demo.mjs';
import { DIST, PROJECT, filesBelow, headersBy, host, openPage } from './hosts.mjs';

const skip = demoMissing() ?? (findChromium() || process.env.MERIDIAN_REQUIRE_BROWSER ? undefined : 'no Chromium on this machine');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const delivered = skip ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
const FIXTURES = join(process.env.MERIDIAN_SHARED ?? join(PROJECT, '../shared'), 'corpora/xss/dompurify-fixtures.json');

/** What is tried: sources by a name. Of the vectors those that are text; what is data or an address is for other doors. */
const vectors = Object.fromEntries(
  JSON.parse(readFileSync(new URL('../spec/vectors.json', import.meta.url), 'utf8')).cases
    .filter(({ payload }) => typeof payload === 'string')
    .map(({ context, payload }, number) => {
      const url = JSON.stringify(payload);
      const text = context === 'frontmatter' && payload.startsWith('---') ? payload : context === 'url' ? `---\nlink: ${url}\n---\n[a](${payload}) ![b](${payload})\n\n<a href=${url}>c</a>` : `---\n---\n${payload}`;
      return [`v${number}`, text];
    }),
);
const fixtures = existsSync(FIXTURES)
  ? Object.fromEntries(JSON.parse(readFileSync(FIXTURES, 'utf8')).cases.map(({ payload }, number) => [`f${number}`, `---\n---\n${payload}`]))
  : undefined;

const linkOf = (files) => `#p1=${deflateRawSync(JSON.stringify({ title: 'Shared', open: 'index.md', files })).toString('base64url')}`;

/** The playground with a project that came by a link; all that asks anything of another host is written down and answered with nothing. */
async function shared(t, files, { answer, context: options } = {}) {
  const server = await host(t, DIST, { headers: delivered, ...(answer && { answer }) });
  const opened = await openPage(t, browser, options);
  const asked = [];
  await opened.context.route((url) => !url.href.startsWith(server.url), (route) => {
    asked.push({ url: route.request().url(), headers: route.request().headers() });
    return route.fulfill({ status: 200, contentType: 'image/svg+xml', headers: { 'access-control-allow-origin': '*' }, body: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>' });
  });
  const ran = [];
  await opened.context.exposeFunction('X', (...what) => void ran.push(what));
  await opened.page.goto(`${server.url}playground/${linkOf(Array.isArray(files) ? files : Object.entries(files))}`);
  const shown = opened.page.frameLocator('iframe');
  await shown.locator('main').waitFor();
  return { ...opened, server, shown, asked, ran };
}

/** Reads through all pages of a collection, and tries what can be clicked. */
async function readThrough(t, files, options) {
  const opened = await shared(t, { 'index.md': '---\nlayout: single\n---\n', ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${name}.md`, text])) }, options);
  const { page, shown, context, server, asked, ran } = opened;
  let seen = 0;
  for (const name of Object.keys(files)) {
    const url = `/${name}.html`;
    await shown.locator('body').evaluate((body, url) => {
      const way = Object.assign(document.createElement('a'), { href: url });
      body.append(way);
      way.click();
    }, url);
    await page.waitForFunction((url) => document.querySelector('meridian-playground').shadowRoot.querySelector('.address code').textContent === url, url, { timeout: 2000 }).then(() => seen++, () => {});
    // What leads elsewhere on purpose (https:) opens a tab of its own; everything else is tried.
    await shown.locator('body').evaluate((body) => {
      for (const link of body.querySelectorAll('a, area, [onclick], button, summary')) if (!/^(https?:|mailto:|\/)/i.test(link.getAttribute('href')?.trim() ?? '')) link.click();
    });
  }
  t.diagnostic(`${Object.keys(files).length} payloads, ${seen} of them shown`);
  assert.ok(seen > 0.9 * Object.keys(files).length);
  assert.deepEqual(ran, []);
  assert.deepEqual(asked, []);
  assert.equal(new URL(page.url()).pathname, '/playground/');
  assert.ok(context.pages().every((tab) => tab === page || tab.url().startsWith(server.url)));
}

// The frame alone: the script of one's own frame, which takes nothing out and would run what it is given, under the other's policy.
function frameAlone(request, response, path) {
  if (path !== '/playground/frame.html') return false;
  const [, policy] = /security-policy" content="([^"]*)"/.exec(readFileSync(join(DIST, 'playground/frame.html'), 'utf8'));
  const [, script] = /<script>([^]*)<\/script>/.exec(readFileSync(join(DIST, 'playground/frame-own.html'), 'utf8'));
  const hash = createHash('sha256').update(script).digest('base64');
  const instead = policy.replace(/'sha256-[^']+'/, `'sha256-${hash}'`);
  assert.notEqual(instead, policy);
  response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': instead });
  response.end(`<!doctype html><html><head><meta charset="utf-8"><title>Preview</title></head><body><script>${script}</script></body></html>`);
  return true;
}

// The sanitiser alone: what it leaves is put into a page that may run and load everything.
async function sanitiserAlone(t, payloads) {
  const { outputFiles } = await build({
    stdin: { contents: "import { makeWall } from './web/playground/sanitize.js'; window.sanitize = makeWall({ pictures: false });", resolveDir: PROJECT },
    bundle: true, write: false, format: 'iife',
  });
  const server = await host(t, DIST, {
    answer: (request, response, path) => {
      if (path === '/alone') response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><script>${outputFiles[0].text.replaceAll('</script', '<\\/script')}</script>`);
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
  await page.evaluate(() => (window.X = (...what) => (window.ran ??= []).push([window.now, ...what])));
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
        document.body.replaceChildren(...(part ? [fragment] : page.documentElement.querySelectorAll(':scope > head > *, :scope > body, :scope > :not(head, body)')));
        for (const element of document.body.querySelectorAll('*')) {
          if (/^(script|iframe|object|embed|base|meta|form|frame|frameset|applet|foreignobject|portal)$/i.test(element.localName)) forbidden.push([name, element.localName]);
          for (const { name: attribute, value } of element.attributes) {
            if (element.localName === 'image' && /^data:image\//.test(value)) continue;
            if (/^on|^(action|formaction|srcdoc|background|ping)$/i.test(attribute)) forbidden.push([name, attribute]);
            if (/^(id|name)$/.test(attribute) && !value.startsWith('user-content-')) forbidden.push([name, attribute, value]);
            if (/^(xlink:)?href$/.test(attribute) && !allowed.test(value.replace(/[\0-\x20\u00a0\u1680\u180e\u2000-\u2029\u205f\u3000]/g, ''))) forbidden.push([name, attribute, value]);
          }
        }
        for (const element of document.body.querySelectorAll('a, area, button, summary, input, label, details, [tabindex]')) {
          // Where links lead was looked at; they are not followed.
          if (element.matches('a[href], area[href], svg a')) continue;
          for (const event of ['mouseover', 'focus', 'click', 'toggle']) element.dispatchEvent(new MouseEvent(event, { bubbles: true, cancelable: true }));
        }
        if (Number(name.slice(1)) % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { forbidden, ran: window.ran ?? [] };
  }, payloads);
  t.diagnostic(`${Object.keys(payloads).length} payloads, as a document and as a part`);
  assert.deepEqual(found, { forbidden: [], ran: [] });
  assert.deepEqual(asked, []);
  assert.equal(page.url(), `${server.url}alone`);
}

const noFixtures = fixtures ? undefined : `${FIXTURES} is not there`;
const timeout = 240_000;
test('no vector of ours runs or asks for anything, opened through a link', { skip, timeout }, (t) => readThrough(t, vectors));
test('… with the frame’s wall alone', { skip, timeout }, (t) => readThrough(t, vectors, { answer: frameAlone }));
test('… with the sanitiser alone', { skip, timeout }, (t) => sanitiserAlone(t, Object.fromEntries(Object.entries(vectors).map(([name, text]) => [name, text.replace(/^---\n---\n/, '')]))));
test('nor does any of DOMPurify’s own', { skip: skip ?? noFixtures, timeout }, (t) => readThrough(t, fixtures));
test('… with the frame’s wall alone, too', { skip: skip ?? noFixtures, timeout }, (t) => readThrough(t, fixtures, { answer: frameAlone }));
test('… with the sanitiser alone, too', { skip: skip ?? noFixtures, timeout }, (t) => sanitiserAlone(t, Object.fromEntries(Object.entries(fixtures).map(([name, text]) => [name, text.replace(/^---\n---\n/, '')]))));
