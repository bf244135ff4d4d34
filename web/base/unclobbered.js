// Named elements shadow properties of documents and forms: in a page with `<img name="body">` the
// property `body` is that picture, in a form with `<input name="childNodes">` its `childNodes` is
// that field. Prototypes are not affected: code that walks a page of somebody else's reads
// properties from them.

/** @type {ProxyHandler<any>} */
const BY_PROTOTYPE = {
  get(node, name) {
    const value = Reflect.get(Object.getPrototypeOf(node), name, node);
    return typeof value === 'function' ? value.bind(node) : value;
  },
  set: (node, name, value) => Reflect.set(Object.getPrototypeOf(node), name, value, node),
};

/**
 * Wraps a node so that its properties and methods come from its prototypes. Methods that take
 * nodes, such as `append`, get the wrapped node itself.
 * @template {object} T
 * @param {T} node
 * @returns {T}
 */
export const real = (node) =>
  node instanceof HTMLFormElement || node instanceof Document
    ? new Proxy(node, BY_PROTOTYPE)
    : node;

/** The open page; undefined in a worker or without a browser. */
const open =
  typeof HTMLFormElement === 'undefined' ? globalThis.document : real(globalThis.document);
export { open as document };
