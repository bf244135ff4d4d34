// The demo site as delivered: the sources of content/, the built shell and the manifest that
// `meridian index` writes.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserMissing } from './browser.mjs';
import { COMMAND, PROJECT, filesBelow, makeSite, notBuilt } from './hosts.mjs';

export const CONTENT = join(PROJECT, 'content');

/** The reason to skip tests of the demo in a browser, or undefined. */
export function demoMissing() {
  if (notBuilt()) return notBuilt();
  if (!existsSync(COMMAND)) return 'build/native/meridian is not built: python3 serve.py --build';
  return browserMissing();
}

/** The demo's folder, or another one's, ready to serve; `more`: additional files by path. */
export function demo(t, more = {}, meta = {}, source = CONTENT) {
  const site = makeSite(t, source, {
    meta: { manifest: 'meridian.json', root: '/', routes: 'path', ...meta },
  });
  for (const [path, text] of Object.entries(more)) site.put(path, text);
  site.put(
    'meridian.json',
    execFileSync(COMMAND, ['index', '--source', site.root, '--output', '-', '--quiet']),
  );
  return site;
}

/**
 * The routes of all pages of the demo, each with its layout, from the command's output without
 * redirects.
 */
export function demoPages() {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-pages-'));
  try {
    execFileSync(COMMAND, ['build', '--source', CONTENT, '--destination', folder], {
      stdio: 'ignore',
    });
    return filesBelow(folder)
      .filter((path) => path.endsWith('.html'))
      .flatMap((path) => {
        const layout = /<body class="layout--([\w-]+)/.exec(
          readFileSync(join(folder, path), 'utf8'),
        )?.[1];
        return layout ? [{ route: '/' + path.replace(/(^|\/)index\.html$/, '$1'), layout }] : [];
      })
      .sort((a, b) => (a.route < b.route ? -1 : 1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
