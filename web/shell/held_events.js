// Events of pictures and frames whose handlers are attributes: on a page load most scripts have run
// before such an event arrives; here everything is mounted first, and a handler would call what a
// script has still to define.

import { document } from '../base/unclobbered.js';

/**
 * Types of events that came meanwhile, by element.
 * @type {Map<Element, Set<string>> | undefined}
 */
let held;

/** @param {Event} event */
function hold(event) {
  const { target, type } = event;
  if (!(target instanceof Element) || !document.body.contains(target)) return;
  if (!target.hasAttribute(`on${type}`) || target.matches('script, link, style')) return;
  event.stopImmediatePropagation();
  held?.set(target, (held.get(target) ?? new Set()).add(type));
}

/** Holds back `load` and `error` of elements that have an attribute for them. */
export function holdEvents() {
  held = new Map();
  // Before any other listener. These events do not reach the window.
  for (const type of ['load', 'error']) document.addEventListener(type, hold, true);
}

/**
 * Lets events through again.
 * @param {boolean} [dispatching] also those that were held back
 */
export function release(dispatching) {
  for (const type of ['load', 'error']) document.removeEventListener(type, hold, true);
  const late = held;
  held = undefined;
  if (!dispatching || !late) return;
  for (const [element, types] of late)
    for (const type of types) if (element.isConnected) element.dispatchEvent(new Event(type));
}
