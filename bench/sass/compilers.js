// The two compilers that bench/sass.mjs compares, as functions of a sheet with its files.
import { pack } from '../../tests/wasm/sass_bundle.mjs';
import { makeSass } from '../../web/engine/abi.js';

const ENDINGS = ['', '.scss', '.sass'];

/** The CSS that a result begins with; empty when there is none. */
export function css(result) {
  if (result.length === 4) return '';
  const size = new DataView(result.buffer, result.byteOffset).getUint32(4, true);
  return new TextDecoder().decode(result.subarray(8, 8 + size));
}

/** The file that an address means, as a path. */
function find(files, address) {
  const slash = address.lastIndexOf('/') + 1;
  const partial = `${address.slice(0, slash)}_${address.slice(slash)}`;
  for (const name of [partial, address, `${address}/_index`, `${address}/index`])
    for (const ending of ENDINGS) if (files[name + ending] !== undefined) return name + ending;
  return undefined;
}

/** dart-sass's importer for files in memory. */
const importer = ({ files, loadPaths }) => ({
  canonicalize(address) {
    const path = decodeURI(address.replace(/^mem:\/*/, ''));
    for (const folder of ['', ...loadPaths.map((folder) => `${folder}/`)]) {
      const found = find(files, folder + path);
      if (found) return new URL(`mem:///${found}`);
    }
    return null;
  },
  load(url) {
    const path = decodeURI(url.pathname.slice(1));
    return { contents: files[path], syntax: path.endsWith('.sass') ? 'indented' : 'scss' };
  },
});

export const compilers = {
  /** @param {Uint8Array} bytes */
  async meridian(bytes) {
    const compile = makeSass(await WebAssembly.compile(bytes));
    return (sheet) => css(compile(pack(sheet.text, sheet.files, sheet)));
  },
  dart: (sass) => (sheet) => {
    try {
      return sass.compileString(sheet.text, {
        syntax: sheet.path.endsWith('.sass') ? 'indented' : 'scss',
        url: new URL(`mem:///${sheet.path}`),
        importer: importer(sheet),
        importers: [importer(sheet)],
        logger: sass.Logger.silent,
      }).css;
    } catch {
      return '';
    }
  },
};
