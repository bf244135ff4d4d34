// The one page that `meridian init` writes beside sources, and a host of another origin for the
// shell that it names.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, PROJECT, host } from './hosts.mjs';

// As hosts of packages do: any page may read files, and pages are text.
const LIKE_A_CDN = (/** @type {string} */ path) => ({
  'access-control-allow-origin': '*',
  ...(path.endsWith('.html') && { 'content-type': 'text/plain' }),
});

/** A host of the shell alone. @param {any} t @param {object} [options] of host() */
export const shellHost = (t, options) => host(t, DIST, { headers: LIKE_A_CDN, ...options });

/**
 * The page as it is delivered, with the address of another host.
 * @param {string} address of the shell's host
 * @param {Record<string, string>} [meta] settings of the page, by name
 */
export const onePage = (address, meta = {}) =>
  Object.entries(meta).reduce(
    (page, [name, content]) =>
      page
        .replace(new RegExp(`<meta name="meridian-${name}"[^>]*>`), '')
        .replace('<title>', `<meta name="meridian-${name}" content="${content}">\n<title>`),
    readFileSync(join(DIST, 'meridian/one-file.html'), 'utf8').replace(
      /src="[^"]*"/,
      `src="${address}meridian/site.js"`,
    ),
  );

/**
 * The policy of docs/guide/publish.md.
 * @param {string} [shell] its address
 */
export const policyFor = (shell) =>
  readFileSync(join(PROJECT, 'docs/guide/publish.md'), 'utf8')
    .match(/^(default-src 'self'; script-src 'self' SHELL[^`]*)/m)[1]
    .replace(/\s+/g, ' ')
    .replaceAll('SHELL', `${shell}`)
    .trim();
