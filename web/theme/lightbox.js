// Lightbox: pictures that link to larger ones open above the page. Loaded by pages with such links,
// also written ones. Without it, and with a click for a new tab, the link leads to the picture.

import { enhance } from '../base/patches.js';
import { foreign } from '../base/release.js';
import { document } from '../base/unclobbered.js';

const PICTURE = /\.(avif|gif|jpe?g|png|svg|webp)$/i;
const {
  previous = 'Previous',
  next = 'Next',
  close = 'Close',
} = /** @type {HTMLElement | null} */ (document.querySelector('script[src*="lightbox.js"]'))
  ?.dataset ?? {};

/** @type {HTMLAnchorElement[]} */
let links = [];

/**
 * The pictures of one lightbox: those of a gallery, or all others.
 * @param {HTMLAnchorElement} link
 */
const set = (link) =>
  links.filter((other) => other.closest('.gallery') === link.closest('.gallery'));

const STYLE =
  'position:fixed;inset:0;inline-size:100%;block-size:100%;max-inline-size:none;max-block-size:none;box-sizing:border-box;margin:0;border:0;padding:1rem;' +
  'background:#0b0d0ff2;color:#fff;display:grid;grid-template:auto minmax(0,1fr) auto/auto minmax(0,1fr) auto;gap:.5rem;place-items:center';

/** @param {string} label @param {string} sign @param {string} area @param {() => void} act */
function button(label, sign, area, act) {
  const made = Object.assign(document.createElement('button'), {
    type: 'button',
    textContent: sign,
    onclick: act,
  });
  made.setAttribute('aria-label', label);
  made.style.cssText = `grid-area:${area};min-inline-size:2.75rem;min-block-size:2.75rem;border:0;border-radius:50%;background:#0b0d0fb3;color:inherit;z-index:1;font:1.5rem/1 sans-serif;cursor:pointer`;
  return made;
}

/** @param {HTMLAnchorElement} first */
function open(first) {
  const all = set(first);
  let at = all.indexOf(first);
  const dialog = document.createElement('dialog');
  const picture = document.createElement('img');
  const caption = document.createElement('p');
  dialog.style.cssText = STYLE;
  picture.style.cssText =
    'grid-area:2/1/3/4;max-inline-size:100%;max-block-size:100%;object-fit:contain';
  caption.style.cssText = 'grid-area:3/1/3/4;margin:0;text-align:center';
  const show = (/** @type {number} */ by) => {
    at = (at + by + all.length) % all.length;
    const { alt } = /** @type {HTMLImageElement} */ (all[at].querySelector('img'));
    picture.src = all[at].href;
    picture.alt = alt;
    caption.textContent = all[at].title || alt;
    dialog.setAttribute('aria-label', caption.textContent || picture.src);
  };
  const right = getComputedStyle(document.body).direction === 'rtl' ? -1 : 1;
  dialog.append(
    button(close, '×', '1/3', () => dialog.close()),
    picture,
    caption,
  );
  if (all.length > 1) {
    dialog.append(
      button(previous, right > 0 ? '‹' : '›', '2/1', () => show(-1)),
      button(next, right > 0 ? '›' : '‹', '2/3', () => show(1)),
    );
    dialog.onkeydown = ({ key }) => {
      if (key === 'ArrowRight') show(right);
      if (key === 'ArrowLeft') show(-right);
    };
  }
  dialog.onclick = ({ target }) => target instanceof HTMLButtonElement || dialog.close();
  dialog.onclose = () => {
    dialog.remove();
    all[at].focus();
  };
  show(0);
  document.body.append(dialog);
  dialog.showModal();
}

enhance(() => {
  links = [...(foreign() ? [] : document.querySelectorAll('main a'))].filter(
    /** @returns {link is HTMLAnchorElement} */
    (link) =>
      link instanceof HTMLAnchorElement &&
      PICTURE.test(link.pathname) &&
      !!link.querySelector('img'),
  );
  for (const link of links)
    link.onclick = (event) => {
      // A patch may have made another link of it.
      if (!links.includes(link) || !PICTURE.test(link.pathname)) return;
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open(link);
    };
});
