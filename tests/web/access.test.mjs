// Accessibility: axe-core reports no violation on any page of the demo, in both colour schemes, at
// phone and desktop widths; the console stays empty; late files cause no layout shift.
// MERIDIAN_AXE=/route/ checks that page only.
// Runs alone: it takes minutes.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromiumOnly, launch } from './browser.mjs';
import { demo, demoMissing, demoPages } from './demo.mjs';
import { COMMAND, DIST, PROJECT, host, makeSite, openPage, settled } from './hosts.mjs';

const skip = demoMissing();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const AXE = skip ? '' : readFileSync(join(PROJECT, 'node_modules/axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

/** Violations that axe reports for the open page, a line for each element. */
const violations = (tab) =>
  tab.evaluate(async () => {
    // The default rules of axe, best practices included, and target-size; "incomplete" lists what
    // axe could not decide.
    const { violations } = await window.axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true } },
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) =>
          `${id}: ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, ' ')}`,
      ),
    );
  });

/** Follows a link to the path, without loading a new document. */
async function visit(tab, route) {
  await tab.evaluate((route) => {
    if (location.pathname === route) return;
    document.querySelector('main > *').dataset.left = '';
    window.meridian.navigate(route);
  }, route);
  await tab.waitForFunction(
    () =>
      document.querySelector('main') &&
      !document.querySelector('[data-left]') &&
      [...document.images].every(({ complete, loading }) => complete || loading === 'lazy'),
  );
  assert.equal(new URL(tab.url()).pathname, route);
  // A scrollable element becomes focusable when the whole page is there; axe reports it if it never
  // does.
  const reachable = () =>
    document.querySelector('.page__footer') &&
    [...document.querySelectorAll('pre, table, .table-wrap')].every(
      ({ scrollWidth, clientWidth, tabIndex }) => scrollWidth <= clientWidth || tabIndex === 0,
    );
  await tab.waitForFunction(reachable, undefined, { timeout: 2000 }).catch(() => {});
  await tab.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

test('axe reports no violation on any page', { skip }, async (t) => {
  const server = await host(t, demo(t).folder);
  const { page: tab, lines } = await openPage(t, browser, { viewport: DESK });
  await tab.addInitScript(AXE);
  const only = process.env.MERIDIAN_AXE;
  const pages = demoPages().filter(({ route }) => !only || route === only);
  assert.ok(only || pages.length > 50, `${pages.length} pages`);
  await tab.goto(server.url);
  await settled(tab);
  for (const [name, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
    await tab.setViewportSize(viewport);
    for (const { route } of pages) {
      // A test each, so that the limit of a test that hangs holds for one page.
      await t.test(`${route}, ${name}`, { timeout: 60_000 }, async () => {
        await visit(tab, route);
        const found = [];
        for (const colorScheme of ['light', 'dark']) {
          await tab.emulateMedia({ colorScheme });
          for (const line of await violations(tab)) found.push(`${colorScheme}: ${line}`);
        }
        assert.equal(found.join('\n'), '');
      });
    }
  }
  await tab.setViewportSize(PHONE);
  await visit(tab, '/');
  await tab.click('[popovertarget=menu]');
  assert.equal((await violations(tab)).join('\n'), '', 'the menu, open');
  // Firefox tells of what is preloaded for a globe that the reader has not scrolled to yet.
  assert.deepEqual(
    lines.filter((line) => !/preloaded with link preload was not used/.test(line)),
    [],
  );
  // Control: axe reports an element that violates a rule.
  await tab.evaluate(() =>
    document
      .querySelector('main')
      .append(Object.assign(new Image(), { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' })),
  );
  assert.match((await violations(tab)).join(), /^image-alt:/);
});

test(
  'no layout shift while the style sheet, the theme and the pictures load',
  { skip: skip ?? chromiumOnly('no other engine tells layout shifts') },
  async (t) => {
    const late = {
      '/meridian/theme.css': 250,
      '/meridian/meridian.wasm': 500,
      '/meridian.json': 100,
      '/images/avatar.svg': 900,
      '/images/chimborazo.svg': 1200,
    };
    const server = await host(t, demo(t).folder, {
      answer: async (request, response, path) => {
        await new Promise((resolve) => setTimeout(resolve, late[path] ?? 0));
        return false;
      },
    });
    for (const viewport of [PHONE, DESK]) {
      for (const path of ['', 'publications/', 'travel/andes/on-the-slope-of-chimborazo/']) {
        const { page: tab, context } = await openPage(t, browser, { viewport });
        await tab.addInitScript(() => {
          window.shifts = [];
          new PerformanceObserver((list) => {
            for (const { value, hadRecentInput, sources } of list.getEntries()) {
              if (!hadRecentInput)
                window.shifts.push({ value, of: sources.map(({ node }) => node?.nodeName) });
            }
          }).observe({ type: 'layout-shift', buffered: true });
        });
        await tab.goto(server.url + path);
        await settled(tab);
        await tab.waitForFunction(() => [...document.images].every(({ complete }) => complete));
        // No later shift follows: nothing to wait for.
        await tab.waitForTimeout(300);
        const shifts = await tab.evaluate(() => window.shifts);
        assert.ok(
          shifts.reduce((sum, { value }) => sum + value, 0) < 0.02,
          `${path} ${viewport.width}: ${JSON.stringify(shifts)}`,
        );
        await context.close();
      }
    }
  },
);

test(
  'axe reports no violation in diagnostics for authors and messages about missing files',
  { skip },
  async (t) => {
    const broken =
      '---\ntitle: Broken\npermalink: /broken/\n---\n{% include nowhere.html %}\n\nText {{ "a" | nofilter }} {% frob %}\n';
    const late = '---\ntitle: Late\npermalink: /late/\n---\nText.\n';
    const state = {
      answer: (request, response, path) =>
        path === '/_pages/late.md' && response.writeHead(500).end('no'),
    };
    const server = await host(
      t,
      demo(t, { '_pages/broken.md': broken, '_pages/late.md': late }).folder,
      state,
    );
    const { page: tab } = await openPage(t, browser, { viewport: DESK });
    await tab.addInitScript(AXE);
    await tab.goto(server.url);
    await settled(tab);
    for (const [route, sign] of [
      ['/broken/', '.mer-notes'],
      ['/late/', '.diagnostic button'],
    ]) {
      await visit(tab, route);
      await tab.waitForSelector(sign);
      await tab.evaluate(() => document.querySelector('.mer-notes')?.setAttribute('open', ''));
      for (const [viewport, colorScheme] of [
        [DESK, 'light'],
        [PHONE, 'dark'],
      ]) {
        await tab.setViewportSize(viewport);
        await tab.emulateMedia({ colorScheme });
        assert.equal((await violations(tab)).join('\n'), '', `${route} (${colorScheme})`);
      }
    }
  },
);

test(
  'footnotes and task list checkboxes have accessible names in the site’s language; code that shows such markup is left as it is',
  { skip },
  (t) => {
    const code =
      '`<sup role="doc-noteref"><a href="x">` `<input type="checkbox" class="task-list-item-checkbox"`';
    const { folder } = makeSite(
      t,
      {
        '_config.yml': 'locale: de\n',
        '_data/ui-text.yml': 'de:\n  task_label: Aufgabe\n',
        'index.md': `---\nlayout: single\n---\n- [x] done\n\nText[^1] ${code}\n\n[^1]: Note.\n`,
      },
      { shell: false },
    );
    execFileSync(COMMAND, [
      'build',
      '--source',
      folder,
      '--destination',
      join(folder, 'out'),
      '--shell',
      DIST,
      '--quiet',
    ]);
    const html = readFileSync(join(folder, 'out/index.html'), 'utf8');
    assert.match(
      html,
      /<input type="checkbox" class="task-list-item-checkbox" aria-label="Aufgabe" disabled="disabled" checked="checked"/,
    );
    assert.match(html, /<sup id="fnref:1"><a role="doc-noteref" href="#fn:1"/);
    assert.match(html, /<li id="fn:1">/);
    assert.match(
      html,
      /<code[^>]*>&lt;sup role="doc-noteref"&gt;&lt;a href="x"&gt;<\/code> <code[^>]*>&lt;input type="checkbox" class="task-list-item-checkbox"<\/code>/,
    );
  },
);
