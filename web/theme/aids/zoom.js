// Pictures that are larger than they are shown open above the page. Those in a link have where they
// lead to: lightbox.js.

import { make } from '../../base/elements.js';
import { document } from '../../base/unclobbered.js';

/** @typedef {import('./words.js').Words} Words */

// How much wider a picture must be than it is shown, and how wide it must be shown: smaller ones
// are icons and portraits.
const LARGER = 1.25;
const SMALLEST = 160; // pixels

/** @param {HTMLImageElement} image @param {Words} words */
function open(image, words) {
  const close = make('button', { type: 'button', 'aria-label': words.close }, '×');
  const dialog = make(
    'dialog',
    { class: 'aid-zoom', 'aria-label': image.alt || words.enlarge.replace('{}', '') },
    close,
    make('img', { src: image.currentSrc || image.src, alt: image.alt }),
  );
  dialog.onclick = () => dialog.close();
  dialog.onclose = () => {
    dialog.remove();
    image.focus();
  };
  document.body.append(dialog);
  dialog.showModal();
}

/** Pictures that open here. @type {WeakSet<Element>} */
const offered = new WeakSet();

/** @param {HTMLImageElement} image @param {Words} words */
function offer(image, words) {
  const { clientWidth, currentSrc, naturalWidth } = image;
  // A drawing has any size; WebKit says that it is as large as it is shown.
  const width = /\.svg$/i.test(currentSrc) ? window.innerWidth : naturalWidth;
  if (clientWidth < SMALLEST || width < LARGER * clientWidth) return;
  offered.add(image);
  image.classList.add('aid-larger');
  image.tabIndex = 0;
  image.setAttribute('role', 'button');
  image.setAttribute('aria-label', words.enlarge.replace('{}', image.alt).trim());
  image.onclick = () => open(image, words);
  image.onkeydown = (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    open(image, words);
  };
}

/** @param {Element} main @param {Words} words */
export function enlargePictures(main, words) {
  for (const image of main.querySelectorAll('img')) {
    if (!offered.has(image) && image.onclick) continue;
    // A picture that was patched may be another one.
    if (offered.delete(image)) image.onclick = image.onkeydown = null;
    if (image.closest('a, button, .author, [role=button]')) continue;
    if (image.complete) offer(image, words);
    else image.addEventListener('load', () => offer(image, words), { once: true });
  }
}
