// Rewrites addresses in a page where they can't stay: for hash routing, sources in a separate
// folder, and a shell on another host.

import { site } from '../base/site_state.js';
import { decode, perhaps } from '../base/util.js';
import { isListed, locate } from '../net/site_sources.js';
import { putInline } from './foreign_icons.js';
import { document, real } from '../base/unclobbered.js';
import { setSource } from './rendered_files.js';
import { hrefOf, pathOf, routeOf, targetOf } from './router.js';

/**
 * Tells whether an element is a link to a page within the shell, and not the address of embedded
 * content.
 * @param {Element} element
 */
const isLink = (element) => element.matches('a:not([download],[target=_top]),area:not([download])');

/**
 * Where GitHub shows what a link names in the repository outside of the site's folder, relative to
 * the page's source; undefined for other links. Of a site by Jekyll `../cv.html` and `../cv/` may
 * be pages.
 * @param {string} href
 */
function outside(href) {
  const { tree, written } = site;
  const [path] = href.split(/[?#]/, 1);
  const ups = (/^(\.\.\/)+/.exec(path)?.[0].length ?? 0) / 3;
  const isSource = /\.(?!html?$)\w+$|\/[A-Z]+$/.test(path);
  return tree && isSource && ups >= written.split('/').length
    ? new URL(href, tree + written).href
    : undefined;
}

/**
 * The rewritten form of an address in the open page; undefined: unchanged.
 * @param {string} href
 * @param {Element} element
 * @param {boolean} linksOnly
 */
function write(href, element, linksOnly) {
  const { root, source, moved, folder, foreign, byPath, shown } = site;
  const link = isLink(element);
  if (!link && (linksOnly || href.startsWith('#'))) return undefined;
  const target = targetOf(href, shown);
  const path = decode(pathOf(target ?? '')).slice(1);
  const rest = target?.slice(pathOf(target).length) ?? '';
  // Not a page, though a complete list of the site's files does not have it.
  const ofShell = !linksOnly && path.startsWith('meridian/') && folder + path.slice(9) + rest;
  if (ofShell && foreign && !link && !isListed(path)) return ofShell;
  const beyond = link && isListed(path) === false ? outside(href) : undefined;
  if (beyond) return beyond;
  const route = routeOf(href, shown);
  if (route !== undefined && !element.hasAttribute('download'))
    return link && !byPath ? hrefOf(route) : undefined;
  if (target === undefined || linksOnly) return undefined;
  if (ofShell) return ofShell;
  if (source || moved.has(path)) return (locate(path) ?? href) + rest;
  return byPath ? undefined : root + target.slice(1);
}

// What core/theme/_includes/playground.html writes.
const TO_PLAYGROUND = 'a[target=_top][href*="&open="]';

/**
 * Tells whether a link leads to a playground beside the sources, where only one page of the shell
 * lies: there is none, as it needs the shell's files beside it.
 * @param {Element} element
 */
const isDead = (element) =>
  site.foreign &&
  element.matches(TO_PLAYGROUND) &&
  /** @type {HTMLAnchorElement} */ (element).origin === location.origin;

const ADDRESSES = ['href', 'xlink:href', 'src', 'poster', 'data', 'action', 'srcset'];
const ADDRESSED = '[*|href],[src],[poster],[data],[action],[srcset]';

/**
 * Rewrites the addresses below `scope`.
 * @param {ParentNode} scope
 * @param {boolean} [linksOnly]
 */
export function rewrite(scope, linksOnly = false) {
  for (const element of [...scope.querySelectorAll(ADDRESSED)].map(real)) {
    if (isDead(element)) {
      element.remove();
      continue;
    }
    for (const name of ADDRESSES) {
      const value = element.getAttribute(name);
      if (value === null) continue;
      if (site.foreign && element.localName === 'use' && !value.startsWith('#')) {
        putInline(element, write(value, element, linksOnly) ?? value);
        break;
      }
      const each = (/** @type {string} */ href) => write(href, element, linksOnly) ?? href;
      const list = () => value.replace(/(^\s*|,\s+)([^\s,]+)/g, (_, gap, href) => gap + each(href));
      const written = name === 'srcset' ? list() : each(value);
      if (written !== value) {
        // Otherwise a script would seem to be added by another one.
        if (name === 'src' && element instanceof HTMLScriptElement) setSource(element, written);
        // Trusted Types want the addresses of scripts and objects from the page's policy.
        else element.setAttribute(name, site.trust(written));
      }
      // A request with a hash takes no preload.
      if (site.foreign && element.matches('[rel=preload]') && written.startsWith(site.folder))
        element.remove();
    }
  }
}

/**
 * What the page's import map has, longest names first. The map itself is inline, which the shell's
 * policy forbids; its scopes have no effect.
 * @returns {[string, unknown][]}
 */
function importMap() {
  const text = document.querySelector('script[type=importmap]')?.textContent;
  /** @type {[string, unknown][]} */
  const imports = (text && perhaps(() => Object.entries(JSON.parse(text).imports))) || [];
  return imports.sort(([a], [b]) => b.length - a.length);
}

/**
 * The address of a bare name: its own, or that of the longest prefix that ends with a slash (HTML,
 * "resolve a module specifier").
 * @param {string} name
 * @param {[string, unknown][]} map
 */
function mapped(name, map) {
  const [key, to] =
    map.find(([key]) => key === name || (key.endsWith('/') && name.startsWith(key))) ?? [];
  return key !== undefined && typeof to === 'string'
    ? perhaps(() => new URL(to + name.slice(key.length), document.baseURI).href)
    : undefined;
}

/**
 * Resolves relative imports, and those that the page's import map has, of a module that runs from
 * another address: an inline one, or one that is rendered here.
 * @param {string} module
 * @param {string} [base] its own address
 */
export function absolute(module, base = document.baseURI) {
  /** @type {[string, unknown][] | undefined} */
  let map;
  return module.replace(
    /(\bfrom\s*|\bimport\s*(?:\(\s*)?)(["'])([^"'\n]+)\2/g,
    (all, word, quote, name) => {
      const to = /^\.{0,2}\//.test(name)
        ? new URL(name, base).href
        : mapped(name, (map ??= importMap()));
      return to ? word + quote + to + quote : all;
    },
  );
}
