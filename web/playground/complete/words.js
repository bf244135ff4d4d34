// Tags and filters of Liquid and keys of front matter, with what they mean.

/**
 * Inserted by the build, of docs/reference.md: name, meaning, plugin, number of arguments.
 * @type {{ tags: string[][], filters: string[][], front: string[][] }}
 */
// @ts-ignore
const words = WORDS;

/** The end of a block belongs to its beginning. */
const ENDS = ['if', 'unless', 'case', 'for', 'capture', 'comment', 'raw', 'highlight', 'tablerow'];

export const TAGS = [
  ...words.tags,
  ...ENDS.map((name) => [`end${name}`, `ends ${name}`, '']),
  ...['else', 'elsif', 'when'].map((name) => [name, 'another case', '']),
];
export const FILTERS = [...new Map(words.filters.map((filter) => [filter[0], filter])).values()];
export const FRONT = words.front;
