// Where a host requires Trusted Types of all its files, mermaid's HTML passes by the policy that
// the host allows: nothing else is in this document, and its policy runs no script of a text.

const { trustedTypes } = /** @type {any} */ (globalThis);
if (trustedTypes) {
  const asItIs = (/** @type {string} */ text) => text;
  const policy = trustedTypes.createPolicy('meridian', {
    createHTML: asItIs,
    createScriptURL: asItIs,
  });
  // DOMPurify's, whose name the host's policy does not have.
  Object.defineProperty(trustedTypes, 'createPolicy', { value: () => policy });
  /**
   * @param {any} prototype
   * @param {string} name of a property
   * @param {'createHTML' | 'createScriptURL'} make
   */
  const wrapProperty = (prototype, name, make) => {
    const { get, set } = /** @type {any} */ (Object.getOwnPropertyDescriptor(prototype, name));
    Object.defineProperty(prototype, name, {
      get,
      set(value) {
        set.call(this, policy[make](String(value)));
      },
    });
  };
  /** @param {any} prototype @param {string} name of a method @param {number} at its HTML */
  const wrapMethod = (prototype, name, at) => {
    const method = prototype[name];
    prototype[name] = function (/** @type {any[]} */ ...values) {
      values[at] = policy.createHTML(String(values[at]));
      return method.apply(this, values);
    };
  };
  wrapProperty(Element.prototype, 'innerHTML', 'createHTML');
  wrapProperty(Element.prototype, 'outerHTML', 'createHTML');
  wrapProperty(HTMLScriptElement.prototype, 'src', 'createScriptURL');
  wrapMethod(DOMParser.prototype, 'parseFromString', 0);
  wrapMethod(Element.prototype, 'insertAdjacentHTML', 1);
}
