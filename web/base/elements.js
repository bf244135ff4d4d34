// Creates elements in pages that others have written, where names such as `<img
// name="createElement">` shadow properties of the document.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, ...children) {
  const made = /** @type {HTMLElementTagNameMap[T]} */ (
    Document.prototype.createElement.call(document, tag)
  );
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * Reads a property of the page's document past elements that shadow it.
 * @template {keyof Document} T
 * @param {T} name
 * @returns {NonNullable<Document[T]>}
 */
export const own = (name) => /** @type {any} */ (Reflect.get(Document.prototype, name, document));

/**
 * An element of SVG or MathML.
 * @template {Element} T
 * @param {string} namespace
 * @param {string} tag
 * @returns {T}
 */
export const makeIn = (namespace, tag) =>
  /** @type {T} */ (Document.prototype.createElementNS.call(document, namespace, tag));

// Milliseconds until a browser has read a downloaded file.
const TAKEN = 10_000;

/**
 * Downloads a file to the reader's disk.
 * @param {Blob} file
 * @param {string} name
 */
export function download(file, name) {
  const href = URL.createObjectURL(file);
  make('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), TAKEN);
}
