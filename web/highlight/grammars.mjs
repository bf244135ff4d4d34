// For the build: the grammars of highlight.js that are delivered, each in a file, and the module
// `meridian:grammars` that loads them; likewise the languages of core/rouge/lexers and the module
// `meridian:lexers`.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const FOLDER = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
// A grammar and its parser have the same version. It is part of the address: a release with the
// same grammars needs no new file.
const { version } = require('highlight.js/package.json');

// Languages that are common in texts about research and software, and for which rouge.wasm has no
// lexer.
const OWN = 'less lisp python-repl x86asm'.split(' ');
// Grammars that those use for parts of a text.
const INNER = ['python'];
const DELIVERED = [...OWN, ...INNER];

// Names that Rouge has and highlight.js has not.
const ALSO = { pycon: 'python-repl' };

const GRAMMAR = /^meridian:(grammar|lexer)\/(.*)/;

const LEXERS = join(FOLDER, '../../core/rouge/lexers');
const FILES = readdirSync(LEXERS).map((file) => file.replace('.txt', ''));

/**
 * The file of a language: its names in a line, and the lines that rouge.wasm reads. What another
 * file has is in it.
 * @param {string} file
 */
function lexerOf(file) {
  const text = readFileSync(join(LEXERS, `${file}.txt`), 'utf8');
  const [, names, base, lines] = /^([^<\n]*?)(?: < (.*))?\n([^]*)$/.exec(text) ?? [];
  if (!FILES.includes(base)) return { names: names.split(' '), text };
  return {
    names: names.split(' '),
    text: `${names}\n${lexerOf(base).text.replace(/.*\n/, '')}${lines}`,
  };
}

/** The files, by their names in the folder of the highlighter. */
export const files = Object.fromEntries([
  ...DELIVERED.map((name) => [`highlight/${name}`, `meridian:grammar/${name}`]),
  ...FILES.map((file) => [`highlight/rouge-${file}`, `meridian:lexer/${file}`]),
]);

/** An esbuild plugin. */
export const grammars = {
  name: 'grammars',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^meridian:(grammar|lexer)/ }, ({ path }) => ({
      path,
      namespace: 'grammars',
    }));
    onResolve({ filter: /^\.\/highlight\// }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: 'grammars' }, ({ path }) => ({
      contents: sourceOf(path),
      resolveDir: FOLDER,
    }));
  },
};

/** @param {string} path of a grammar or of a language's file; else what loads them */
function sourceOf(path) {
  const [, kind, name] = GRAMMAR.exec(path) ?? [];
  if (kind === 'lexer') return `export default ${JSON.stringify(lexerOf(name).text)}`;
  if (path === 'meridian:lexers') {
    const names = FILES.flatMap((file) => lexerOf(file).names.map((name) => [name, file]));
    return `export const lexers = ${JSON.stringify(Object.fromEntries(names))};`;
  }
  if (name)
    return `export { default } from 'highlight.js/lib/languages/${name}';\nexport const version = ${JSON.stringify(version)};`;
  const hljs = require('highlight.js/lib/core');
  const aliases = { ...ALSO };
  for (const name of OWN) {
    for (const alias of require(`highlight.js/lib/languages/${name}`)(hljs).aliases ?? []) {
      if (!DELIVERED.includes(alias)) aliases[alias] ??= name;
    }
  }
  const loaders = DELIVERED.map(
    (name) =>
      `${JSON.stringify(name)}: () => importFile(new URL('./highlight/${name}.js?${version}', import.meta.url).href)`,
  );
  return `import { importFile } from '../base/foreign.js';\nexport const grammars = {${loaders.join(',\n')}};\nexport const aliases = ${JSON.stringify(aliases)};`;
}
