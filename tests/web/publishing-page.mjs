// The playground's page with the git host of git-host.mjs in the place of GitHub.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, headersBy, host } from './hosts.mjs';

/**
 * A server of the playground under its policy, which asks `git` for repositories. Its policy names
 * that host alone, and the `others`; `metas`: settings of the page.
 */
export async function publishingServer(t, git, { metas: more = {}, others = [], answer } = {}) {
  const headers = headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
  const sent = (path) => {
    const made = headers(path);
    made['content-security-policy'] = made['content-security-policy']?.replace(
      /connect-src [^;]*/,
      `connect-src 'self' ${[git.url, ...others].join(' ')}`,
    );
    return made;
  };
  const named = { 'github-api': git.url, 'github-raw': `${git.url}/raw`, ...more };
  const metas = Object.entries(named)
    .map(([name, content]) => `<meta name="meridian-${name}" content="${content}">`)
    .join('');
  return host(t, DIST, {
    headers: sent,
    answer: (request, response, path) => {
      if (path !== '/playground/') return !!answer?.(request, response, path);
      const page = readFileSync(join(DIST, 'playground/index.html'), 'utf8');
      response
        .writeHead(200, { ...sent(path), 'content-type': 'text/html' })
        .end(page.replace('<head>', `<head>${metas}`));
      return true;
    },
  });
}

/** Signs in in the dialog that asks for it. */
export async function signIn(page, token, { keep = false } = {}) {
  const dialog = page.getByRole('dialog', { name: 'Sign in to publish' });
  await dialog.getByLabel('Paste the token.').fill(token);
  if (keep) await dialog.getByLabel('In this browser, encrypted').check();
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The button in the bar, in any of its states. */
export const publishButton = (page) => page.locator('.for-publish');
