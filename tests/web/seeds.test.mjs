// Real pages through the core in a browser: the same nodes as Jekyll's, without a layout. The pages
// are in ../shared/seeds and serve as input only: none of their text is in this repository.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { COMMAND, PROJECT, filesBelow, host, makeSite, noBrowser, openPage } from './hosts.mjs';

const SEEDS = join(process.env.MERIDIAN_SHARED ?? join(PROJECT, '../shared'), 'seeds');
const skip = (existsSync(SEEDS) ? undefined : '../shared/seeds is not there') ?? noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

/**
 * The document's body and the body of `html`, each as lines: elements with attributes, and texts
 * with collapsed white space.
 */
const outlines = (tab, html) =>
  tab.evaluate((html) => {
    const outline = (root) => {
      const lines = [];
      const visit = (node, depth) => {
        if (node.nodeType === Node.TEXT_NODE) {
          const text = node.nodeValue.replace(/\s+/g, ' ').trim();
          if (text) lines.push(' '.repeat(depth) + text);
        } else if (node.nodeType === Node.ELEMENT_NODE) {
          const attributes = [...node.attributes]
            .map(({ name, value }) => `${name}=${value}`)
            .sort();
          lines.push(' '.repeat(depth) + [node.localName, ...attributes].join(' '));
          for (const child of node.childNodes) visit(child, depth + 1);
        }
      };
      for (const child of root.childNodes) visit(child, 0);
      return lines;
    };
    return [
      outline(document.body),
      outline(new DOMParser().parseFromString(html, 'text/html').body),
    ];
  }, html);

test('each seed page has the nodes that Jekyll gives it', { skip }, async (t) => {
  const sources = Object.fromEntries(
    filesBelow(join(SEEDS, 'site')).map((path) => [path, readFileSync(join(SEEDS, 'site', path))]),
  );
  sources['_config.yml'] = `${sources['_config.yml']}\nmeridian:\n  theme: site\n`;
  const site = makeSite(t, sources, {
    manifest: true,
    meta: { manifest: 'meridian.json', root: '/' },
  });
  if (existsSync(COMMAND))
    site.put(
      'meridian.json',
      execFileSync(COMMAND, ['index', '--source', join(SEEDS, 'site'), '--output', '-', '--quiet']),
    );
  site.put('_config.yml', sources['_config.yml']);
  const manifest = JSON.parse(readFileSync(join(site.root, 'meridian.json'), 'utf8'));
  for (const file of manifest.files) if (file.path === '_config.yml') delete file.text;
  site.put('meridian.json', JSON.stringify(manifest));
  const server = await host(t, site.folder);
  const pages = filesBelow(join(SEEDS, 'expected'));
  assert.equal(pages.length, 6);
  for (const path of pages) {
    const { page, context } = await openPage(t, browser);
    const address = dirname(path) === '.' ? '' : `${dirname(path)}/`;
    await page.goto(server.url + address);
    await page.waitForFunction(() => !document.querySelector('main[aria-busy]'));
    const [shown, wanted] = await outlines(
      page,
      readFileSync(join(SEEDS, 'expected', path), 'utf8'),
    );
    assert.deepEqual(shown, wanted, path);
    await context.close();
  }
});
