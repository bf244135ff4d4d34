// Events of a page that come before its scripts have run. While a browser parses, scripts run
// before most of these events; here everything is mounted first. What a listener or a handler in an
// attribute waits for is held back until the scripts are through.

import { OWN } from '../base/util.js';
import { document } from '../base/unclobbered.js';

/**
 * Types of events that came meanwhile, by element.
 * @type {Map<Element, Set<string>> | undefined}
 */
let held;

/** Elements that have loaded or failed. @type {WeakSet<Element>} */
export const arrived = new WeakSet();

/** @param {Event} event */
function hold(event) {
  const { target, type, isTrusted, currentTarget } = event;
  if (!isTrusted) return;
  if (target instanceof Element) {
    arrived.add(target);
    // A script within a script is the shell's: it runs what its parent has (page_scripts.js).
    const isOwn = target.parentNode?.nodeName === 'SCRIPT';
    if (!isOwn && (!held || target.nodeName === 'SCRIPT')) return;
    if (!isOwn) held?.set(target, (held.get(target) ?? new Set()).add(type));
    // Errors of scripts; and pages that the browser has kept.
  } else if (type === 'error' || /** @type {PageTransitionEvent} */ (event).persisted) return;
  event.stopImmediatePropagation();
  (target instanceof Element ? target : currentTarget)?.dispatchEvent(new Event(OWN + type));
}

/**
 * From now on the document's own load events stay with the shell, which has others for scripts.
 * Called before any listener of a page is added.
 * @param {boolean} holding holds back `load` and `error` of elements as well
 */
export function holdEvents(holding) {
  if (holding) held = new Map();
  document.addEventListener('load', hold, true); // does not reach the window
  for (const type of ['load', 'error', 'pageshow', 'readystatechange'])
    addEventListener(type, hold, true);
}

/**
 * Lets events of elements through again.
 * @param {boolean} [dispatching] also those that were held back
 */
export function release(dispatching) {
  const late = held;
  held = undefined;
  if (!dispatching || !late) return;
  for (const [element, types] of late)
    for (const type of types) if (element.isConnected) element.dispatchEvent(new Event(type));
}
