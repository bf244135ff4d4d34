// The module that grammars.mjs makes at build time.
declare module 'meridian:grammars' {
  /** By the names of highlight.js. */
  export const grammars: Record<
    string,
    () => Promise<{ default: import('highlight.js').LanguageFn; version: string }>
  >;
  /** Other names of the same languages. */
  export const aliases: Record<string, string>;
}

declare module 'meridian:lexers' {
  /** The file of a language, by each of its names. */
  export const lexers: Record<string, string>;
}
