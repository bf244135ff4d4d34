// Small helpers: exceptions as undefined, media queries, attributes, percent-encoding.

/** The result of an action, undefined when it throws. @param {() => any} action @returns {any} */
export const perhaps = (action) => {
  try {
    return action();
  } catch {
    return undefined;
  }
};

/**
 * Where a policy asks for Trusted Types, code in an attribute is refused: it alone.
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 */
export const set = (element, name, value) => perhaps(() => element.setAttribute(name, value));

/** @param {string} href @param {string} base @returns {URL | undefined} */
export const resolve = (href, base) => perhaps(() => new URL(href, base));
/** @param {string} text @returns {string} */
export const decode = (text) => perhaps(() => decodeURIComponent(text)) ?? text;

/** Whether a `prefers-` media query holds. @param {string} what */
export const prefers = (what) => matchMedia(`(prefers-${what})`).matches;
