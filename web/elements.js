// Elements made by scripts.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, string>} [attributes] @param {(Node | string)[]} children @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// Milliseconds until a browser has taken what it is to keep.
const TAKEN = 10_000;

/** Gives the reader a file to keep. @param {Blob} file @param {string} name */
export function download(file, name) {
  const href = URL.createObjectURL(file);
  make('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), TAKEN);
}
