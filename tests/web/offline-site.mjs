// A site that a service worker keeps, published raw on a host that is not localhost.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND, DIST, host, makeSite, openPage, settled } from './hosts.mjs';

export const SITE = {
  '_config.yml': 'title: Kept\nmarkdown: GFM\nmeridian: {offline: true}\n',
  'index.md': '---\nlayout: single\ntitle: Home\n---\n\n[About](about/), ![a dot](dot.svg)\n',
  'about.md':
    '---\nlayout: single\ntitle: About\npermalink: /about/\n---\n\nOf the first version.\n',
  'code.md': '---\nlayout: single\ntitle: Code\npermalink: /code/\n---\n\n```js\nlet a = 1;\n```\n',
  'never.md':
    '---\nlayout: single\ntitle: Never visited\npermalink: /never/\n---\n\n| a |\n|---|\n| b |\n',
  'old.md': '---\nredirect_to: /about/\npermalink: /old/\n---\n',
  'dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"/>',
};

/** A page that is none of Meridian's. */
export const OTHER = '<!doctype html><title>Other</title><h1>Other</h1>';

/** `meridian build --raw` of texts into a folder, which it may have written before. */
export function write(t, texts, into) {
  const { root } = makeSite(t, texts, { shell: false });
  const options = ['--source', root, '--destination', into, '--shell', DIST, '--quiet', '--force'];
  execFileSync(COMMAND, ['build', '--raw', ...options], { stdio: 'pipe' });
}

/** A site on a host that is not localhost; `stop` really ends the server, `start` starts it. */
export async function publish(t, texts = SITE, { into = '' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-offline-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  write(t, texts, join(folder, into));
  const server = await host(t, folder);
  const url = `${server.url.replace('127.0.0.1', 'kept.localhost')}${into && `${into}/`}`;
  const update = (more) => write(t, { ...texts, ...more }, join(folder, into));
  return { folder: join(folder, into), server, url, update };
}

/** Visits the first page, and waits until its worker has kept the site. */
export async function firstVisit(t, browser, url) {
  const opened = await openPage(t, browser);
  opened.context.setDefaultTimeout(20_000);
  await opened.page.goto(url);
  await settled(opened.page);
  await opened.page.waitForFunction(() => navigator.serviceWorker.controller);
  return opened;
}

/** Goes to a page, and gives its heading. */
export async function heading(page, url) {
  await page.goto(url);
  return page.locator('h1').first().textContent();
}

/** Is this page the core's, and not one that the shell makes? */
export const isFinished = async (page) =>
  (await page.locator('meta[name=meridian-shell]').count()) === 0;

/**
 * Messages but those of the shell's own pages: hosts of raw sources give it with the status 404.
 * @param {string[]} lines
 */
export const withoutShell = (lines) => lines.filter((line) => !/ 404 .*\/$/.test(line));
