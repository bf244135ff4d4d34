// Style sheets as the last visit had them, in a page that it kept: that page then waits for no
// request. Links are put back when the page is painted (kept_sheets.js).

import { site } from '../base/site_state.js';
import { document } from '../base/unclobbered.js';
import { pathOf, targetOf } from './router.js';
import { keptSheets } from './storage.js';

/** @typedef {{ style: HTMLStyleElement, link: HTMLLinkElement }} StandIn */

const SHEETS = 'link:is([rel~=stylesheet],[as=style])[href]';
// A link of which nothing but its sheet is expected, and which a page waits for.
export const PLAIN_LINK = '[rel=stylesheet]:not([onload],[onerror],[title],[disabled])';
/** A policy that a page brings for itself. */
export const POLICY = 'meta[http-equiv=content-security-policy]';

/** Where a link leads to, below the root. @param {Element} link */
export const targetOfLink = (link) => targetOf(link.getAttribute('href') ?? '', site.shown);

/**
 * The links that may lead to style sheets of the site; the shell's own are not.
 * @param {Document} page not yet mounted
 */
export const sheetsOf = (page) =>
  /** @type {HTMLLinkElement[]} */ ([...page.querySelectorAll(SHEETS)]).filter(
    (link) => targetOfLink(link)?.startsWith('/meridian/') === false,
  );

/**
 * Puts a `<style>` in the place of each link, if all their sheets are kept; undefined if not.
 * @param {HTMLLinkElement[]} links of a page that is not yet mounted
 * @returns {StandIn[] | undefined}
 */
export function standIn(links) {
  const kept = keptSheets(pathOf(site.shown));
  // Where the host's policy forbids <style>, the shell's own has no sheet.
  const isAllowed =
    document.querySelector('style')?.sheet && !links[0]?.ownerDocument.querySelector(POLICY);
  const textOf = (/** @type {Element} */ link) =>
    link.matches('head>' + PLAIN_LINK) ? kept?.[targetOfLink(link) ?? ''] : undefined;
  if (!links[0] || !isAllowed || links.some((link) => textOf(link) === undefined)) return undefined;
  return links.map((link) => {
    const style = document.createElement('style');
    style.media = link.media;
    style.textContent = textOf(link) ?? '';
    link.replaceWith(style);
    return { style, link };
  });
}
