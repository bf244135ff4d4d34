// Popovers of footnotes and citations: what a link within the page leads to, beside the link. They
// open by mouse, focus and tap; `Escape`, leaving and scrolling close them. A second tap and the
// enter key follow the link as ever.

import { make } from '../../base/elements.js';
import { document } from '../../base/unclobbered.js';
import { perhaps } from '../../base/util.js';

const LINKS = 'a.footnote, a[role=doc-noteref], sup > a[href^="#fn"], a.citation, .citation > a';
// Milliseconds: a pointer that only passes opens nothing, one on its way to the popover closes
// nothing.
const OPEN_AFTER = 150;
const CLOSE_AFTER = 250;
const GAP = 8; // pixels between popover, link and window

/** The element that a link within the page leads to. @param {HTMLAnchorElement} link */
function targetOf(link) {
  const { hash, pathname, search } = link;
  if (hash.length < 2 || pathname !== location.pathname || search !== location.search) return null;
  return perhaps(() => document.getElementById(decodeURIComponent(hash.slice(1))));
}

/**
 * What is shown of a note: a copy without the way back, and without names.
 * @param {Element} target
 */
function contentOf(target) {
  const copy = /** @type {Element} */ (target.cloneNode(true));
  for (const element of copy.querySelectorAll(
    '.reversefootnote, [role=doc-backlink], script, style',
  ))
    element.remove();
  for (const element of copy.querySelectorAll('[id]')) element.removeAttribute('id');
  return [...copy.childNodes];
}

/** @type {{ link: HTMLAnchorElement, note: HTMLElement } | undefined} */
let open;
let timer = 0;

function close() {
  clearTimeout(timer);
  open?.link.removeAttribute('aria-describedby');
  open?.note.remove();
  open = undefined;
}

/** @param {HTMLElement} note @param {Element} link */
function place(note, link) {
  const { left, right, top, bottom } = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = note;
  const { clientWidth, clientHeight } = document.documentElement;
  const x = (left + right - offsetWidth) / 2;
  const below = bottom + GAP;
  const fits = below + offsetHeight + GAP <= clientHeight || top < clientHeight - bottom;
  note.style.left = `${Math.max(GAP, Math.min(x, clientWidth - offsetWidth - GAP))}px`;
  note.style.top = `${fits ? below : Math.max(GAP, top - GAP - offsetHeight)}px`;
}

/** @param {HTMLAnchorElement} link */
function show(link) {
  clearTimeout(timer);
  if (open?.link === link) return;
  close();
  const target = targetOf(link);
  if (!target) return;
  const note = make(
    'div',
    { class: 'aid-note', id: 'aid-note', role: 'note' },
    ...contentOf(target),
  );
  if (!note.textContent?.trim()) return;
  open = { link, note };
  note.onpointerenter = () => clearTimeout(timer);
  note.onpointerleave = leave;
  note.onclick = ({ target }) => target instanceof Element && target.closest('a') && close();
  // Beside the link, for the keyboard: what the note links to comes next.
  link.after(note);
  link.setAttribute('aria-describedby', note.id);
  place(note, link);
}

function leave() {
  clearTimeout(timer);
  timer = setTimeout(close, CLOSE_AFTER);
}

/** True once the document is listened to. */
let listens = false;

/** @param {Element} main */
export function openNotes(main) {
  const links = /** @type {HTMLAnchorElement[]} */ ([...main.querySelectorAll(LINKS)]);
  for (const link of links) {
    if (!targetOf(link)) continue;
    let touched = false;
    link.onpointerenter = ({ pointerType }) => {
      if (pointerType !== 'mouse') return;
      clearTimeout(timer);
      timer = setTimeout(() => show(link), OPEN_AFTER);
    };
    link.onpointerleave = ({ pointerType }) => pointerType === 'mouse' && leave();
    link.onpointerdown = ({ pointerType }) => (touched = pointerType !== 'mouse');
    link.onfocus = () => link.matches(':focus-visible') && !touched && show(link);
    link.onclick = (event) => {
      const first = touched && open?.link !== link;
      touched = false;
      if (!first || event.ctrlKey || event.metaKey || event.shiftKey) return close();
      event.preventDefault();
      event.stopPropagation();
      show(link);
    };
  }
  if (!links.length || listens) return;
  listens = true;
  const outside = (/** @type {Event} */ { target }) =>
    open && target instanceof Node && !open.note.contains(target) && !open.link.contains(target);
  document.addEventListener('focusin', (event) => outside(event) && close());
  document.addEventListener('pointerdown', (event) => outside(event) && close());
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
  document.addEventListener('scroll', close, { passive: true });
}
