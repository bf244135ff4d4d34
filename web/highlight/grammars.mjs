// For the build: the grammars of highlight.js that are delivered, each in a file, and the module
// `meridian:grammars` that loads them.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const FOLDER = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
// A grammar and its parser have the same version. It is part of the address: a release with the
// same grammars needs no new file.
const { version } = require('highlight.js/package.json');

// Languages that are common in texts about research and software, and for which rouge.wasm has no
// lexer.
const OWN = `erlang http less lisp matlab ocaml protobuf python-repl scheme stata verilog vhdl vim
  x86asm`.split(/\s+/);
// Grammars that those use for parts of a text.
const INNER = ['python'];
const DELIVERED = [...OWN, ...INNER];

// Names that Rouge has and highlight.js has not.
const ALSO = { pycon: 'python-repl' };

const GRAMMAR = /^meridian:grammar\/(.*)/;

/** The files, by their names in the folder of the highlighter. */
export const files = Object.fromEntries(
  DELIVERED.map((name) => [`highlight/${name}`, `meridian:grammar/${name}`]),
);

/** An esbuild plugin. */
export const grammars = {
  name: 'grammars',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^meridian:grammar/ }, ({ path }) => ({ path, namespace: 'grammars' }));
    onResolve({ filter: /^\.\/highlight\// }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: 'grammars' }, ({ path }) => ({
      contents: sourceOf(GRAMMAR.exec(path)?.[1]),
      resolveDir: FOLDER,
    }));
  },
};

/** @param {string | undefined} name of a grammar; else what loads them */
function sourceOf(name) {
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
    (name) => `${JSON.stringify(name)}: () => import('./highlight/${name}.js?${version}')`,
  );
  return `export const grammars = {${loaders.join(',\n')}};\nexport const aliases = ${JSON.stringify(aliases)};`;
}
