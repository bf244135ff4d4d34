// The playground's page in a real browser, for the tests.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { launch } from './browser.mjs';
import { demoMissing } from './demo.mjs';
import { DIST, headersBy, host, noBrowser, openPage, until } from './hosts.mjs';

/** The reason to skip, or undefined. */
export const skip = demoMissing() ?? noBrowser();

/**
 * A browser for the tests of a file, and a function that opens the playground in it: under the
 * delivered headers, waiting for its first page (unless `frame` is false); `at`: query and fragment
 * of its address; `prepare`: what is done with the page before.
 */
export function playgrounds(before, after) {
  let browser;
  before(async () => (browser = skip ? undefined : await launch()));
  after(() => browser?.close());
  const headers = skip ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
  return async function playground(t, given = {}) {
    const { at = '', server: own, context, frame = true, prepare, ...options } = given;
    const server = own ?? (await host(t, DIST, { headers }));
    const opened = context
      ? { context, page: await context.newPage(), lines: [] }
      : await openPage(t, browser, options);
    // The browser's folder picker can't be automated: playground-folder.test.mjs tests it.
    await opened.page.addInitScript(() => delete window.showDirectoryPicker);
    await prepare?.(opened.page);
    await opened.page.goto(`${server.url}playground/${at}`);
    // Another one draws diagrams.
    const shown = opened.page.frameLocator('iframe:not([aria-hidden])');
    if (frame) await shown.locator('main').waitFor();
    return { ...opened, server, shown };
  };
}

/** The fragment of a link to a project of these files, the first of them open. */
export const linkOf = (files) =>
  `#p1=${deflateRawSync(JSON.stringify({ title: 'Shared', open: Object.keys(files)[0], files: Object.entries(files) }), { level: 9 }).toString('base64url')}`;

/** Opens the project in another profile, by the link of *Share*. */
export async function opensByLink(playground, t, { page, server }) {
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByText('The link contains the whole project').waitFor();
  return playground(t, { server, at: new URL(page.url()).hash });
}

/**
 * Renders the whole page, as the playground does when typing pauses, and waits until the frame has
 * applied it.
 */
export const renderWhole = (page) =>
  page.evaluate(async () => {
    const { loop, preview } = document.querySelector('meridian-playground').playground;
    await loop.render();
    while (loop.rendering || loop.wanted || preview.waiting.length)
      await new Promise(requestAnimationFrame);
  });

const element = (page) => page.locator('meridian-playground');
/** Opens a project. @param {object} start as the element's `open` takes it */
export const openProject = (page, start) =>
  element(page).evaluate((element, start) => element.open(start), start);
/** The text of a file. @param {string} [path] by default of the open one */
export const textOf = (page, path) =>
  element(page).evaluate(
    ({ playground: { project, path: open } }, path) => project.text(path ?? open),
    path,
  );
/** Selects text in the editor, by offsets. */
export const select = (page, anchor, head = anchor) =>
  element(page).evaluate(
    ({ playground: { editor } }, [anchor, head]) =>
      editor.view.dispatch({ selection: { anchor, head } }),
    [anchor, head],
  );

/** Replaces the editor's text. */
export async function write(page, text) {
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}
export const file = (page, name) =>
  page.getByRole('navigation', { name: 'Files' }).getByRole('button', { name, exact: true });
export const problems = (page) =>
  page.getByRole('region', { name: 'Problems' }).getByRole('listitem');
/** The editor's text, line by line. */
export const source = (page) => page.locator('.cm-line').allTextContents();
/** The tab of the open file. */
export const openTab = (page) =>
  page.getByRole('tablist', { name: 'Open files' }).getByRole('tab', { selected: true });

/** All projects in the storage: `entry`, as lists show it, or `content`. */
export const stored = (tab, kind) =>
  tab.evaluate(
    (kind) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('meridian-playground');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const all = request.result
            .transaction('projects')
            .objectStore('projects')
            .getAll(IDBKeyRange.bound([kind], [kind, []]));
          all.onsuccess = () => (request.result.close(), resolve(all.result));
        };
      }),
    kind,
  );
/** Waits until the edits are stored. */
export const keptWith = (tab, text) =>
  until(async () => JSON.stringify(await stored(tab, 'content')).includes(text), `${text} is kept`);
