// Elements made by scripts. Their page may be somebody else's, with names that stand before what
// its document has: `<img name="createElement">`.

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
 * A property of the page's document, read past elements that are named like it.
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

// Milliseconds until a browser has taken what it is to keep.
const TAKEN = 10_000;

/** Gives the reader a file to keep. @param {Blob} file @param {string} name */
export function download(file, name) {
  const href = URL.createObjectURL(file);
  make('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), TAKEN);
}
