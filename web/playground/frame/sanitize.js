// The sanitiser of untrusted pages: only elements, attributes and addresses of an allow-list enter
// the document. The sanitised tree itself is inserted, and not parsed again.

import DOMPurify from 'dompurify';
import { real } from '../../base/unclobbered.js';
import { rewrite } from './css.js';

/** The prefix of ids and names, so that they do not shadow properties of the document. */
export const IDS = 'user-content-';

/** @type {import('dompurify').Config} */
const CONFIG = {
  IN_PLACE: true,
  WHOLE_DOCUMENT: true,
  SANITIZE_NAMED_PROPS: true,
  // Comments mark the parts of the page.
  ADD_TAGS: ['#comment', 'link', 'use', 'semantics', 'annotation'],
  // A form's fields stay; nothing can submit them.
  FORBID_TAGS: ['form'],
  FORBID_ATTR: ['action', 'background', 'enctype', 'method', 'nonce'],
  // The frame makes the addresses of project files itself.
  ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|tel|blob):|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
  CUSTOM_ELEMENT_HANDLING: {
    tagNameCheck: /^meridian-globe$/,
    attributeNameCheck: /^(src|rotate|night|arcs|shade|labels|year|zoom|center)$/,
  },
};

// Attributes that refer to ids.
const REFERENCES = new Set([
  'for',
  'form',
  'headers',
  'list',
  'popovertarget',
  'commandfor',
  'aria-activedescendant',
  'aria-controls',
  'aria-describedby',
  'aria-details',
  'aria-errormessage',
  'aria-flowto',
  'aria-labelledby',
  'aria-owns',
]);
// A candidate of srcset. An address with a comma could be two.
const SOURCE = /^\s*(blob|https):\S+(\s+[\d.]+[wxh])?\s*$/;
const OWN = /^(blob:|data:(image|audio|video|font)\/|data:,)/i;

/**
 * Tells whether an address may be loaded.
 * @param {string} address
 * @param {boolean} pictures those of other hosts, too
 */
const isOwn = (address, pictures) => OWN.test(address) || (pictures && /^https:/i.test(address));

/** @param {{ pictures: boolean }} allowed `pictures`: those of other hosts */
export function makeWall({ pictures }) {
  const rules = {
    ids: '',
    strict: true,
    address: (/** @type {string} */ address, /** @type {string} */ property) =>
      address.startsWith('#')
        ? `#${IDS}${address.slice(1)}`
        : isOwn(address, pictures && property !== 'src')
          ? address
          : 'data:,',
  };
  /**
   * The sanitised value of an attribute; null: remove it.
   * @param {Element} element
   * @param {string} name
   * @param {string} value
   */
  const allow = (element, name, value) => {
    const tag = element.localName;
    if (name === 'srcset')
      return value.split(',').every((part) => SOURCE.test(part) && isOwn(part.trim(), pictures))
        ? value
        : null;
    if (name === 'src' || name === 'poster' || name === 'data-image')
      return isOwn(
        value,
        pictures &&
          /^(img|image|input|video|li)$/.test(tag) &&
          !(tag === 'video' && name === 'src'),
      )
        ? value
        : null;
    if (/^(xlink:)?href$/.test(name)) {
      if (tag === 'a' || tag === 'area') return /^(blob|data):/i.test(value) ? null : value;
      if (value.startsWith('#')) return `#${IDS}${value.slice(1)}`;
      return tag !== 'use' && isOwn(value, pictures && tag === 'image') ? value : null;
    }
    if (name === 'usemap') return value.replace('#', `#${IDS}`);
    if (REFERENCES.has(name)) return value.replace(/\S+/g, `${IDS}$&`);
    // Of styles, and of SVG's presentation attributes.
    if ((name === 'style' || element.namespaceURI?.endsWith('svg')) && /[\\(]/.test(value))
      return rewrite(value, rules);
    return value;
  };
  const purify = DOMPurify();
  purify.addHook('uponSanitizeElement', (node, { tagName }) => {
    const element = /** @type {Element} */ (node);
    if (tagName === 'style') element.textContent = rewrite(element.textContent ?? '', rules);
    if (
      tagName === 'link' &&
      (element.getAttribute('rel') !== 'stylesheet' ||
        !/^blob:/.test(element.getAttribute('href') ?? ''))
    )
      element.remove();
  });
  purify.addHook('uponSanitizeAttribute', (element, attribute) => {
    const allowed = allow(element, attribute.attrName, attribute.attrValue);
    if (allowed === null) attribute.keepAttr = false;
    else attribute.attrValue = allowed;
  });

  /**
   * Removes from a tree outside of the document all that is not on the allow-list.
   * @param {Document | DocumentFragment} root
   */
  return function sanitize(root) {
    // Their content stays; a form whose fields shadow its properties would be removed with all of
    // it. Fields that wait for a script, which does not come, are gone.
    for (const form of root.querySelectorAll('form')) {
      const own = real(form);
      own.replaceWith(...(own.hasAttribute('inert') ? [] : own.childNodes));
    }
    if ('documentElement' in root) return void purify.sanitize(root.documentElement, CONFIG);
    const body = root.ownerDocument.createElement('body');
    body.append(root);
    purify.sanitize(body, CONFIG);
    root.append(...body.childNodes);
  };
}
