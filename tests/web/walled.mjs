// A playground with an untrusted project from a link, for the tests.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { launchLater } from './browser.mjs';
import { demoMissing } from './demo.mjs';
import { DIST, headersBy, host, noBrowser, openPage } from './hosts.mjs';

export const skip = demoMissing() ?? noBrowser();
export const browser = launchLater();

export const delivered = skip ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));

export const linkOf = (files) =>
  `#p1=${deflateRawSync(JSON.stringify({ title: 'Shared', open: 'index.md', files })).toString('base64url')}`;

/**
 * The playground with an untrusted project from a link; requests to other hosts are recorded and
 * not answered.
 */
export async function shared(t, files, { answer, context: options, init } = {}) {
  const server = await host(t, DIST, { headers: delivered, ...(answer && { answer }) });
  const opened = await openPage(t, browser, options);
  const asked = [];
  await opened.context.route(
    (url) => !url.href.startsWith(server.url),
    (route) => {
      asked.push({ url: route.request().url(), headers: route.request().headers() });
      return route.fulfill({
        status: 200,
        contentType: 'image/svg+xml',
        headers: { 'access-control-allow-origin': '*' },
        body: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>',
      });
    },
  );
  const ran = [];
  await opened.context.exposeFunction('X', (...what) => void ran.push(what));
  if (init) await opened.context.addInitScript(...init);
  await opened.page.goto(
    `${server.url}playground/${linkOf(Array.isArray(files) ? files : Object.entries(files))}`,
  );
  const shown = opened.page.frameLocator('iframe');
  await shown.locator('main').waitFor();
  return { ...opened, server, shown, asked, ran };
}
/** A project as if the reader had it open the last time. */
export const kept = (files, trusted) =>
  new Promise((resolve) => {
    const request = indexedDB.open('meridian-playground', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('projects');
    request.onsuccess = () => {
      const transaction = request.result.transaction('projects', 'readwrite');
      // Until then a page that is left takes it back.
      transaction.oncomplete = () => (request.result.close(), resolve());
      transaction.objectStore('projects').put(
        {
          title: 'T',
          open: 'index.md',
          files: Object.entries(files),
          ...(trusted && { trusted }),
        },
        'last',
      );
    };
  });

/** The playground with a stored project. */
export async function own(t, files, { trusted = true } = {}) {
  const opened = await shared(t, { 'index.md': 'x' });
  await opened.page.goto(`${opened.server.url}playground/playground.css`);
  await opened.page.evaluate(`(${kept})(${JSON.stringify(files)}, ${trusted})`);
  await opened.page.goto(`${opened.server.url}playground/`);
  await opened.shown.locator('main').waitFor();
  return opened;
}
/** Changes a file as the editor does. */
export const put = (page, path, text) =>
  page
    .locator('meridian-playground')
    .evaluate((element, [path, text]) => element.playground.project.put(path, text), [path, text]);
