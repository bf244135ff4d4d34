// Scripts that others wrote, as comments.js and analytics.js load them.

/** @typedef {{ createScriptURL(url: string): string }} Policy */
const global = /** @type {any} */ (window);

/**
 * Adds a script. Where a host demands Trusted Types its policy must name `meridian-services`; one policy serves all pages of
 * a visit.
 * @param {Element} place @param {string} src @param {Record<string, any>} [attributes]
 */
export function load(place, src, attributes = {}) {
  /** @type {Policy} */
  const asItIs = { createScriptURL: (url) => url };
  const policy = (global.meridianServices ??= global.trustedTypes?.createPolicy('meridian-services', asItIs) ?? asItIs);
  const script = document.createElement('script');
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) script.setAttribute(name, String(value));
  }
  script.async = true;
  script.src = policy.createScriptURL(src);
  place.append(script);
}
