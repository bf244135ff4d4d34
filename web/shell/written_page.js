// The page as the command wrote it for first visitors (FirstPages in
// core/include/meridian/workspace.h), who see it while the core is on its way.

import { meta, site } from '../base/site_state.js';
import { shardOf } from '../base/hashes.js';
import { document } from '../base/unclobbered.js';
import { fetchPrepared, task } from '../net/fetch.js';
import { address } from '../net/site_sources.js';

/**
 * @typedef {object} File
 * @property {string} baseurl with which the pages were made
 * @property {string} url
 * @property {Record<string, string>} sheets of the site, by route the path of the compiled form
 * @property {Record<string, string>} pages HTML by path
 */

// Milliseconds after which the core no longer waits for it.
const PATIENCE_MS = 2000;

const SCRIPTS = /<script(?! type="application)[^<>]*/g;

/**
 * A page with scripts, which run again when it is mounted again. The shell's own don't count where
 * the page before has them: they enhance a page that is patched.
 * @param {string} html
 * @param {string} root path of its site's root
 * @param {string} [before] HTML of the page before
 */
export function runsScripts(html, root, before = html) {
  const had = new Set(before.match(SCRIPTS));
  return (html.match(SCRIPTS) ?? []).some(
    (tag) => !tag.startsWith(`<script defer src="${root}meridian/`) || !had.has(tag),
  );
}

/**
 * A page of a file; undefined where the file does not have it, or where it was made for another
 * address and would run scripts that the page of this one runs again.
 * @param {File} file
 * @param {string} path of the page, percent-encoded
 * @param {string} root path of the site's root
 */
export function pageOfFile({ baseurl, url, pages }, path, root) {
  if (!Object.hasOwn(pages, path)) return undefined;
  const html = pages[path];
  const moved = `${baseurl}/` !== root;
  if ((moved || url !== location.origin) && runsScripts(html, `${baseurl}/`)) return undefined;
  if (!moved) return html;
  // Not `//host/`, which is another site's.
  return html.replace(/="(\/(?!\/)[^"]*)/g, (all, target) =>
    target.startsWith(`${baseurl}/`) ? `="${root}${target.slice(baseurl.length + 1)}` : all,
  );
}

/**
 * Compiled sheets that a page loads: not those that a reader or a script has to choose.
 * @param {string} html
 * @param {File['sheets']} sheets of the site, by route
 */
export function sheetsIn(html, sheets) {
  // The folder of a language ends with the address of the site's own sheet.
  const routes = Object.keys(sheets).sort((a, b) => b.length - a.length);
  const links = (html.match(/<link\b[^<>]*>/g) ?? []).filter(
    (link) => !/ disabled|alternate s/.test(link),
  );
  const route = (/** @type {string} */ link) => routes.find((one) => link.includes(one)) ?? '';
  return [...new Set(links.flatMap((link) => sheets[route(link)] ?? []))];
}

/**
 * A page's HTML, of the shell's own page or of a file in `meridian/first/`; undefined where there
 * is none, and where it is late or damaged.
 * @param {string} path of the page, percent-encoded
 */
export async function writtenPage(path) {
  const count = Number(meta('first'));
  if (!count) return undefined;
  const find = (/** @type {string} */ text, isSure = true) => {
    const file = JSON.parse(text);
    // A host may give its first page for every address: then the root is elsewhere.
    if (!isSure && `${file.baseurl}/` !== site.root) return undefined;
    site.sheets = file.sheets;
    return pageOfFile(file, path, site.root);
  };
  const url = address(`meridian/first/${shardOf(path, count)}.json`);
  try {
    const here = document.querySelector('script[data-first]')?.textContent;
    return (
      (here && find(here, false)) ??
      (await Promise.race([
        fetchPrepared(url, { cache: 'no-cache' }).then((bytes) =>
          find(new TextDecoder().decode(bytes)),
        ),
        task(PATIENCE_MS),
      ]))
    );
  } catch {
    return undefined; // the core makes the page
  }
}
