// The table of file kinds: which extensions are Markdown and other text. It is the only one:
// core/theme/embed.py takes `markdown_ext` of the default configuration from it, by which the core
// and the command know Markdown. Media types are beside it, in media_types.js.

/** Extensions of Markdown, as alternatives of a regular expression: those of Jekyll. */
export const MARKDOWN = 'markdown|mkdown|mkdn|mkd|md';

/** Extensions of other texts that an editor opens. */
export const OTHER_TEXTS =
  'x?html?|xml|ya?ml|json|csv|tsv|txt|liquid|css|scss|sass|js|mjs|bib|svg|toml';

/**
 * Tells by its extension whether a path is one of some kinds.
 * @param {string} extensions alternatives of a regular expression
 */
export const ending = (extensions) => new RegExp(`\\.(${extensions})$`, 'i');

const PICTURE = /\.(png|jpe?g|gif|svg|webp|avif)$/i;
/** Tells by its extension whether a page can show a file as a picture. @param {string} path */
export const isPicture = (path) => PICTURE.test(path);
