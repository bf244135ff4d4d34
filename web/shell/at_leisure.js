// When there is time for what the open page does not need.

import { OWN } from '../base/util.js';
import { document } from '../base/unclobbered.js';

// Milliseconds after the page has loaded, where a browser does not tell that it has nothing to do.
const PAUSE_MS = 200;

const ACTS = ['pointerdown', 'pointerover', 'keydown', 'scroll'];

/** Resolves when the page has loaded and the browser has nothing to do, or the reader acts. */
export async function atLeisure() {
  const acts = new Promise((resolve) => {
    for (const type of ACTS) addEventListener(type, resolve, { once: true, passive: true });
  });
  const loaded = new Promise((resolve) => {
    if (document.readyState === 'complete') resolve(0);
    else for (const type of ['load', OWN + 'load']) addEventListener(type, resolve, { once: true });
  });
  const idle = () =>
    new Promise((resolve) =>
      'requestIdleCallback' in globalThis
        ? requestIdleCallback(resolve)
        : setTimeout(resolve, PAUSE_MS),
    );
  await Promise.race([acts, loaded.then(idle)]);
}
