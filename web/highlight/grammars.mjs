// For the build: which grammars of highlight.js are delivered, as the module `meridian:grammars`.

import { createRequire } from 'node:module';

// What people who write about research and software show.
const DELIVERED = `bash c cmake cpp csharp css dart diff dockerfile elixir erlang fortran go haskell http ini java javascript json julia
  kotlin latex less lisp lua makefile markdown matlab nginx objectivec ocaml perl php powershell protobuf python
  python-repl r ruby rust scala scheme scss shell sql stata swift typescript verilog vhdl vim x86asm xml yaml`.split(/\s+/);

// Names that Rouge knows and highlight.js does not.
const ALSO = { console: 'shell', toml: 'ini', jsonc: 'json', liquid: 'xml', tex: 'latex', 'c++': 'cpp', docker: 'dockerfile', make: 'makefile', pycon: 'python-repl' };

/** An esbuild plugin. */
export const grammars = {
  name: 'grammars',
  setup(build) {
    build.onResolve({ filter: /^meridian:grammars$/ }, ({ path }) => ({ path, namespace: 'grammars' }));
    build.onLoad({ filter: /.*/, namespace: 'grammars' }, () => ({ contents: source(), resolveDir: import.meta.dirname ?? new URL('.', import.meta.url).pathname }));
  },
};

function source() {
  const require = createRequire(import.meta.url);
  const hljs = require('highlight.js/lib/core');
  const aliases = { ...ALSO };
  for (const name of DELIVERED) {
    for (const alias of require(`highlight.js/lib/languages/${name}`)(hljs).aliases ?? []) {
      if (!DELIVERED.includes(alias)) aliases[alias] ??= name;
    }
  }
  const loaders = DELIVERED.map((name) => `${JSON.stringify(name)}: () => import('highlight.js/lib/languages/${name}')`);
  return `export const grammars = {${loaders.join(',\n')}};\nexport const aliases = ${JSON.stringify(aliases)};`;
}
