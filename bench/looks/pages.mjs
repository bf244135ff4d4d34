// What is compared of a site: its pages, and the addresses that they lie at.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../tests/web/hosts.mjs';

// Longer pages take a minute each, and look as their beginning does.
const LONGEST = 400_000;
// A page that leads elsewhere, or has no layout.
const NOT_SHOWN = /<meta[^>]+http-equiv=["']?refresh/i;
const WHOLE = /<body[\s>]/i;

/**
 * Paths of pages of a built site that differ as much as can be told without looking: the first
 * page, the longest, then the middle ones by length of those that are left.
 * @param {string} folder
 * @param {number} count
 */
export function choosePages(folder, count) {
  const pages = filesBelow(folder)
    .filter((path) => path.endsWith('.html') && path !== '404.html')
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
    .filter(({ text }) => text.length <= LONGEST && WHOLE.test(text) && !NOT_SHOWN.test(text))
    .map(({ path, text }) => ({ path, length: text.length }))
    .sort((a, b) => a.length - b.length || (a.path < b.path ? -1 : 1));
  const chosen = [];
  const take = (at) => at >= 0 && chosen.push(...pages.splice(at, 1));
  if (count) take(pages.findIndex(({ path }) => path === 'index.html'));
  if (chosen.length < count) take(pages.length - 1);
  while (chosen.length < count && pages.length) take(pages.length >> 1);
  return chosen.map(({ path }) => path);
}

/** The address of a file below the site's root, as the site's links have it. */
export const addressOf = (path) =>
  path
    .replace(/(^|\/)index\.html$/, '$1')
    .split('/')
    .map(encodeURIComponent)
    .join('/');

/**
 * The keys `url` and `baseurl` of a site's _config.yml or _config.yaml, written as nearly everybody
 * writes them: on a line each, with or without quotes. Without `url` the host is that of the file
 * CNAME.
 * @param {string} folder
 */
export function placeOf(folder) {
  const files = ['_config.yml', '_config.yaml'].map((name) => join(folder, name));
  const file = files.find((name) => existsSync(name));
  const text = file ? readFileSync(file, 'utf8') : '';
  const key = (name) =>
    new RegExp(`^${name}[ \\t]*:[ \\t]*(?:"([^"\\n]*)"|'([^'\\n]*)'|([^\\s#"']*))`, 'm')
      .exec(text)
      ?.slice(1)
      .find((value) => value !== undefined) ?? '';
  const trimmed = key('baseurl').replace(/^\/+|\/+$/g, '');
  const named = join(folder, 'CNAME');
  const host = existsSync(named) ? `https://${readFileSync(named, 'utf8').trim()}` : '';
  const url = (key('url') || host).replace(/\/+$/, '');
  return { url, baseurl: trimmed && `/${trimmed}` };
}
