// How the addresses in a page are written where they can't stay as they are: hash routing, sources
// in a folder of their own, the shell's files on another host.

import { site } from '../base/site_state.js';
import { decode } from '../base/util.js';
import { locate } from '../net/site_sources.js';
import { document, real } from '../base/unclobbered.js';
import { hrefOf, pathOf, routeOf, targetOf } from './router.js';

/**
 * A link to a page, not an address of something that is shown, nor one that leads out of the shell.
 * @param {Element} element
 */
const isLink = (element) => element.matches('a:not([download],[target=_top]),area:not([download])');

/**
 * How an address in the open page is written here; undefined: as it is.
 * @param {string} href @param {Element} element @param {boolean} linksOnly
 */
function write(href, element, linksOnly) {
  const { root, source, moved, folder, byPath, shown } = site;
  const link = isLink(element);
  if (!link && (linksOnly || href.startsWith('#'))) return undefined;
  const route = routeOf(href, shown);
  if (route !== undefined && !element.hasAttribute('download'))
    return link && !byPath ? hrefOf(route) : undefined;
  const target = targetOf(href, shown);
  if (target === undefined || linksOnly) return undefined;
  const path = decode(pathOf(target)).slice(1);
  const rest = target.slice(pathOf(target).length);
  if (path.startsWith('meridian/')) return folder + path.slice(9) + rest;
  if (source || moved.has(path)) return (locate(path) ?? href) + rest;
  return byPath ? undefined : root + target.slice(1);
}

const ADDRESSES = ['href', 'src', 'poster', 'data', 'action', 'srcset'];

/**
 * Writes the addresses below `scope` anew.
 * @param {ParentNode} scope
 * @param {boolean} [linksOnly]
 */
export function rewrite(scope, linksOnly = false) {
  for (const element of [
    ...scope.querySelectorAll(ADDRESSES.map((name) => `[${name}]`).join()),
  ].map(real)) {
    for (const name of ADDRESSES) {
      const value = element.getAttribute(name);
      if (value === null) continue;
      const each = (/** @type {string} */ href) => write(href, element, linksOnly) ?? href;
      const list = () => value.replace(/(^\s*|,\s+)([^\s,]+)/g, (_, gap, href) => gap + each(href));
      const written = name === 'srcset' ? list() : each(value);
      if (written !== value) element.setAttribute(name, written);
    }
  }
}

/**
 * Relative imports of an inline module, for when it is run as a file of its own.
 * @param {string} module
 */
export function absolute(module) {
  return module.replace(
    /(\bfrom\s*|\bimport\s*(?:\(\s*)?)(["'])(\.{0,2}\/[^"']*)\2/g,
    (_, word, quote, path) => word + quote + new URL(path, document.baseURI).href + quote,
  );
}
