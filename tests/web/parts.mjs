// The test sites as `meridian build` writes them, with and without --raw, and the files of the
// shell that their pages ask for in vain: for raw-parts and written-parts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND, PROJECT, SITES, openPage } from './hosts.mjs';

const DEMO = join(PROJECT, 'content');
const MOST = 5; // pages of each site but the demo that are opened

// A page waits most of its time until its network is silent: so many are open at a time.
const [SITES_AT_ONCE, TABS, PAGES_OF_TAB] = [3, 2, 20];

// Milliseconds for a page's network to be silent. Playwright may miss that: it counts requests that
// the next page has cancelled.
const SILENCE_MS = 10_000;

/** Waits until a page loads nothing more. @param {import('playwright-core').Page} tab */
export const silent = (tab) =>
  tab.waitForLoadState('networkidle', { timeout: SILENCE_MS }).catch(() => {});

/**
 * Calls `run` with each item, `count` at a time.
 * @template T
 * @param {T[]} items
 * @param {number} count
 * @param {() => Promise<(item: T) => Promise<void>>} begin gives `run`, for one of them at a time
 */
async function sideBySide(items, count, begin) {
  const todo = [...items];
  const go = async () => {
    const run = await begin();
    while (todo.length) await run(/** @type {T} */ (todo.shift()));
  };
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, go));
}

/**
 * @param {string[]} sites
 * @param {(site: string) => Promise<void>} run
 */
export const eachSite = (sites, run) => sideBySide(sites, SITES_AT_ONCE, async () => run);

/**
 * Visits pages of a site, in several tabs where there are many; gives the messages of the console.
 * @param {any} t @param {any} browser @param {string[]} pages
 * @param {(tab: import('playwright-core').Page, page: string) => Promise<void>} visit
 */
export async function eachPage(t, browser, pages, visit) {
  const tabs = [];
  const count = Math.min(TABS, Math.ceil(pages.length / PAGES_OF_TAB));
  await sideBySide(pages, count, async () => {
    const tab = await openPage(t, browser);
    tabs.push(tab);
    return (page) => visit(tab.page, page);
  });
  return tabs.flatMap(({ lines }) => lines);
}

/** The folders of the demo and of the test sites, but for those whose names match. */
export const sitesBut = (/** @type {RegExp} */ others) => [
  DEMO,
  ...readdirSync(SITES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !others.test(entry.name))
    .map(({ name }) => join(SITES, name)),
];

/** Of the demo all pages. @template T @param {string} source @param {T[]} pages */
export const someOf = (source, pages) => (source === DEMO ? pages : pages.slice(0, MOST));

/** `baseurl` of a site's configuration. @param {string} source */
export function baseurlOf(source) {
  const config = join(source, '_config.yml');
  const settings = existsSync(config) ? readFileSync(config, 'utf8') : '';
  return /^baseurl: *["']?([^"'\s]*)/m.exec(settings)?.[1] ?? '';
}

/** A site as the command writes it, in a folder of the host's. */
export function written(t, source, { base = '', options = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-parts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const words = ['build', ...options, '--source', source, '--destination', join(folder, base)];
  spawnSync(COMMAND, words, { stdio: 'ignore' }); // sites of the tests have mistakes
  return folder;
}

/** Addresses in `folder` that a host did not have, each once; of its log. */
export const lostIn = (log, folder) => [
  ...new Set(
    log
      .filter(({ path, status }) => status === 404 && path.startsWith(folder))
      .map(({ path }) => path),
  ),
];
