// Makes the npm package of the profile card: node web/build/profile_package.mjs --dist build/dist
// --out build/package/meridian-profile
//
// The files that the card loads are found as a bundler finds them, by the addresses in its scripts;
// the gazetteer, whose files the core names, lies beside it as a folder. Whose work is in it is
// said in NOTICE.txt.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, copyFolder, notice, version } from './npm_package.mjs';

const HERE = join(ROOT, 'web/profile');
const NAME = 'meridian-profile';
// The card, and the page that shows one in a frame.
const ENTRIES = ['profile.js', 'embed.html'];
// Files written by hand, in the card's room.
const OWN = ['index.d.ts', 'react.d.ts', 'vue.d.ts', 'server.js', 'custom-elements.json'];
/** In a script, and in a page. */
const ADDRESSES = [
  /\bimport\(\s*["'`]\.\/([\w.-]+)["'`]\s*\)/g,
  /\b(?:from|import)\s*["']\.\/([\w.-]+)["']/g,
  /\bnew URL\(\s*["'`]\.\/([\w.-]+)["'`],\s*import\.meta\.url\s*\)/g,
  /\ssrc="([\w.-]+)"/g,
];

/** Follows the address of a file. */
const RELEASE = /(?<=["'`]\.\/[\w.-]+)\?[0-9a-f]{8}(?=["'`])/g;

const { values } = parseArgs({
  options: {
    dist: { type: 'string', default: join(ROOT, 'build/dist') },
    out: { type: 'string', default: join(ROOT, 'build/package', NAME) },
  },
});
const shell = join(values.dist, 'meridian');
const read = (...path) => readFileSync(join(...path), 'utf8');

/** A file, and all that it loads. @param {string} name @param {Set<string>} found */
function follow(name, found) {
  if (found.has(name)) return found;
  found.add(name);
  if (/\.(js|html)$/.test(name))
    for (const pattern of ADDRESSES)
      for (const [, other] of read(shell, name).replace(RELEASE, '').matchAll(pattern))
        follow(other, found);
  return found;
}

/** The content of package.json. @param {string} version */
function manifest(version) {
  // Without custom elements, as on a server, the module does nothing; bundlers for browsers use
  // `browser` before `node`.
  const script = { browser: './profile.js', node: './server.js', default: './profile.js' };
  const typed = (/** @type {string} */ types) => ({ types: `./${types}.d.ts`, ...script });
  return {
    name: NAME,
    version,
    description:
      'A person’s profile card, always as their own site says it is: the custom element <meridian-profile>',
    keywords: ['custom-element', 'web-component', 'profile', 'academic', 'jekyll'],
    license: 'MIT',
    type: 'module',
    exports: {
      '.': typed('index'),
      './react': typed('react'),
      './vue': typed('vue'),
      './profile.js': './profile.js',
      './embed.html': './embed.html',
      './custom-elements.json': './custom-elements.json',
      './package.json': './package.json',
    },
    types: './index.d.ts',
    customElements: 'custom-elements.json',
    // The scripts define elements when they are loaded.
    sideEffects: ['*.js'],
    files: ['*'],
  };
}

// Third-party code and drawings in the package, and their licences: in the node packages, or in the
// sources that the build has unpacked.
const OTHERS = [
  [
    'dompurify',
    'DOMPurify, in profile-sections.js. Apache-2.0 (which follows) or MPL-2.0, © Cure53 and other contributors',
  ],
  [
    'simple-icons',
    'simple-icons: marks in profile.js and profile-icons.js, which remain their owners’ trademarks. CC0 1.0, https://simpleicons.org',
  ],
  [
    'world-atlas',
    'world-atlas, and by it Natural Earth (public domain): land-*.bin, countries*.bin. ISC',
  ],
  ['libyaml', 'libyaml, in live.wasm. MIT'],
  ['md4c', 'md4c, in commonmark.wasm. MIT'],
  ['gemoji', 'gemoji: emoji.txt. MIT'],
];
const UNTOLD = `Parts of musl (MIT, © Rich Felker and others, https://musl.libc.org) and of LLVM's libc++ and compiler-rt (Apache-2.0 with LLVM exception) are in
the modules (*.wasm). GeoNames (CC BY 4.0), Unicode CLDR (Unicode-3.0) and countries-list (MIT) are in places/ and travel.wasm: places/NOTICE.txt.`;

rmSync(values.out, { recursive: true, force: true });
mkdirSync(values.out, { recursive: true });
const loaded = ENTRIES.reduce(
  (found, name) => follow(name, found),
  /** @type {Set<string>} */ (new Set()),
);
for (const name of loaded) {
  // A package has one release: its files' addresses need not name it.
  if (name.endsWith('.js'))
    writeFileSync(join(values.out, name), read(shell, name).replace(RELEASE, ''));
  else copyFileSync(join(shell, name), join(values.out, name));
}
copyFolder(join(shell, 'places'), join(values.out, 'places'));
for (const name of OWN) copyFileSync(join(HERE, name), join(values.out, name));
copyFileSync(join(HERE, 'package.md'), join(values.out, 'README.md'));
copyFileSync(join(ROOT, 'LICENSE'), join(values.out, 'LICENSE'));
writeFileSync(join(values.out, 'NOTICE.txt'), notice(UNTOLD, OTHERS));
writeFileSync(
  join(values.out, 'package.json'),
  `${JSON.stringify(manifest(version()), null, 2)}\n`,
);
console.log(`${NAME} ${version()}: ${[...loaded].sort().join(' ')}`);
