// Documents and forms give what is named in them before what they have themselves: of a page with
// `<img name="body">` the property `body` is that picture, of a form with `<input
// name="childNodes">` its `childNodes` that field. Names don't reach the prototypes: what walks a
// page that somebody has written asks those.

/** @type {ProxyHandler<any>} */
const BY_PROTOTYPE = {
  get(node, name) {
    const value = Reflect.get(Object.getPrototypeOf(node), name, node);
    return typeof value === 'function' ? value.bind(node) : value;
  },
  set: (node, name, value) => Reflect.set(Object.getPrototypeOf(node), name, value, node),
};

/**
 * A node with its own properties and methods, whatever is named in it. What asks for a node, as
 * `append` does, is given the node itself.
 * @template {object} T @param {T} node @returns {T}
 */
export const real = (node) =>
  node instanceof HTMLFormElement || node instanceof Document
    ? new Proxy(node, BY_PROTOTYPE)
    : node;

/** The page that is open; a thread has none, nor what runs without a browser. */
const open =
  typeof HTMLFormElement === 'undefined' ? globalThis.document : real(globalThis.document);
export { open as document };
