// Whose work is in the command and in the shell beside it: NOTICE.txt of the npm package
// meridian-site and, as a program, of the native command:
//
//   node web/build/site_notice.mjs --libc "glibc 2.36" > NOTICE.txt

import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { notice } from './npm_package.mjs';

const others = (command) => [
  ['libyaml', `libyaml, in ${command} and live.wasm. MIT`],
  ['md4c', `md4c, in ${command} and commonmark.wasm. MIT`],
  ['quickjs', `QuickJS, in ${command}. MIT`],
  ['minima', 'minima: meridian/themes/minima/. MIT'],
  ['gemoji', 'gemoji: emoji.txt. MIT'],
  ['octicons', 'octicons: octicons.txt. MIT'],
  [
    'world-atlas',
    'world-atlas, and by it Natural Earth (public domain): land-*.bin, countries*.bin. ISC',
  ],
  ['highlight.js', 'highlight.js: grammars.js and highlight/. BSD-3-Clause'],
  ['katex', 'KaTeX: katex.js. MIT'],
  ['mermaid', 'mermaid: mermaid/, with the work of others that its files name. MIT'],
  [
    'dompurify',
    'DOMPurify, in profile-sections.js. Apache-2.0 (which follows) or MPL-2.0, © Cure53 and other contributors',
  ],
  ['heroicons', 'heroicons: icons. MIT'],
  [
    'simple-icons',
    'simple-icons: icons, which remain their owners’ trademarks. CC0 1.0, https://simpleicons.org',
  ],
];

const untold = (
  own,
) => `Parts of musl (MIT, © Rich Felker and others, https://musl.libc.org) and of LLVM's libc++ and compiler-rt (Apache-2.0 with LLVM exception) are in
the modules (*.wasm). ${own}
GeoNames (CC BY 4.0), Unicode CLDR (Unicode-3.0) and countries-list (MIT) are in meridian/places/ and travel.wasm: meridian/places/NOTICE.txt.`;

/** The text for the npm package. */
export const packageNotice = () =>
  notice(
    untold(
      "Emscripten's runtime (MIT, © the Emscripten authors, https://emscripten.org) is command.cjs.",
    ),
    others('command.wasm'),
  );

/** @param {string} libc the C library of the static program, with its version */
const programNotice = (libc) =>
  notice(
    untold(
      `The program has parts of ${libc}, the GNU C Library (LGPL-2.1-or-later, © the Free Software Foundation
and others, https://www.gnu.org/software/libc/sources.html), whose licence is in LGPL-2.1.txt; and of GCC's libstdc++ and libgcc (GPL-3.0-or-later
with the GCC Runtime Library Exception 3.1). To link it with another version of the C library, take Meridian's sources of the same version:
cmake --preset native && ninja -C build/native meridian_static`,
    ),
    others('the program'),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { libc: { type: 'string', default: 'glibc' } } });
  process.stdout.write(programNotice(values.libc));
}
