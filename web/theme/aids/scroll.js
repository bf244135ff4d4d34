// What follows the reader: the table of contents, and how much of the page is read.

import { make } from '../../base/elements.js';
import { document } from '../../base/unclobbered.js';
import { decode } from '../../base/util.js';

const CONTENTS = '.toc a[href^="#"], #markdown-toc a[href^="#"]';
// Pixels below the window's upper edge: a heading above it has its section in view.
const READING_LINE = 120;

/** What follows the reader, by name. @type {Map<string, () => void>} */
const following = new Map();

/**
 * Calls at most once a frame, now, and when the reader scrolls.
 * @param {string} name of which there is one
 * @param {() => void} update
 */
function onScroll(name, update) {
  const listens = following.has(name);
  following.set(name, update);
  update();
  if (listens) return;
  let waits = false;
  const later = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      following.get(name)?.();
    });
  };
  document.addEventListener('scroll', later, { passive: true });
  window.addEventListener('resize', later);
}

export function followContents() {
  const entries = [...document.querySelectorAll(CONTENTS)].flatMap((link) => {
    const id = (link.getAttribute('href') ?? '').slice(1);
    const heading = document.getElementById(id) ?? document.getElementById(decode(id));
    return heading ? [{ link, heading }] : [];
  });
  if (!entries.length) return void following.set(CONTENTS, () => {});
  /** @type {Element | undefined} */
  let current;
  onScroll(CONTENTS, () => {
    const { scrollY, innerHeight } = window;
    const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    // Positions ascend: the last heading above the line is found in log n steps.
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries[middle].heading.getBoundingClientRect().top > READING_LINE) high = middle;
      else low = middle + 1;
    }
    const found = entries[end && scrollY > 0 ? entries.length - 1 : low - 1]?.link;
    if (found === current) return;
    current?.removeAttribute('aria-current');
    found?.setAttribute('aria-current', 'location');
    current = found;
  });
}

/** @param {Element} main */
export function showProgress(main) {
  if (main.querySelector('.aid-progress')) return;
  const bar = make('div', { class: 'aid-progress', 'aria-hidden': 'true' });
  main.append(bar);
  onScroll('progress', () => {
    const all = document.documentElement.scrollHeight - window.innerHeight;
    bar.style.scale = `${all > 0 ? Math.min(1, window.scrollY / all) : 0} 1`;
  });
}
