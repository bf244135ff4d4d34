// Marks the element that is written in, for the browser and for those who hear the page.

/** What an element is called; others are a text. @type {Record<string, string>} */
const NAMES = {
  p: 'Paragraph',
  li: 'List item',
  td: 'Cell',
  th: 'Cell of the head',
  pre: 'Code',
  figcaption: 'Caption',
};
// The role of another one belongs to the list or the table around it.
const FIELD = /^(p|h[1-6]|pre|figcaption)$/;

/** What the page itself says of an element. @type {WeakMap<Element, [string, string | null][]>} */
const own = new WeakMap();

/** @param {HTMLElement} element */
export function setWritten(element) {
  const { localName } = element;
  const name = NAMES[localName] ?? (/^h[1-6]$/.test(localName) ? 'Heading' : 'Text');
  const marks = {
    contenteditable: 'true',
    'aria-label': `${name}, written in place`,
    ...(FIELD.test(localName) && { role: 'textbox', 'aria-multiline': 'true' }),
  };
  const names = Object.keys(marks);
  if (!own.has(element))
    own.set(
      element,
      names.map((one) => [one, one === 'contenteditable' ? null : element.getAttribute(one)]),
    );
  for (const [one, value] of Object.entries(marks)) element.setAttribute(one, value);
}

/** @param {HTMLElement | undefined} element */
export function unsetWritten(element) {
  if (!element) return;
  for (const [name, value] of own.get(element) ?? [['contenteditable', null]])
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  own.delete(element);
}
