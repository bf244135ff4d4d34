// For the build: mermaid as classic scripts, one with what every diagram needs and one for each
// kind. A frame without an origin may load those from any host; modules only from hosts that say
// so (Access-Control-Allow-Origin), which Python's http.server and nginx don't.

import { basename, join } from 'node:path';
import { build, transform } from 'esbuild';

const BANNER =
  '/* mermaid, https://mermaid.js.org, MIT licence, (c) Knut Sveidqvist and other contributors; with d3, ISC, (c) Mike Bostock; dagre, MIT, (c) Chris Pettitt; DOMPurify, Apache-2.0 or MPL-2.0, (c) Cure53; cytoscape.js, langium, KaTeX and others, MIT */';
// Files for what several kinds share, each with two of these kinds, or it would be a dozen files.
const SHARED = {
  parser: ['pieDiagram', 'gitGraphDiagram'],
  graph: ['flowDiagram', 'classDiagram'],
};

/**
 * The policy of the frame: only scripts, from its own host, and styles of drawings. WebKit does not
 * take 'self' for the host of a document without an origin: mermaid.js narrows it down (below).
 */
export const DIAGRAMS_POLICY =
  "default-src 'none';script-src http: https:;style-src 'unsafe-inline';base-uri 'none';form-action 'none'";

// Allows scripts of this folder alone. Then loads and runs parts by name: a part runs when all that
// it imports is there.
const LOADER = `(() => {
  const base = document.currentScript.src;
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = 'script-src ' + new URL('./', base).href;
  document.head.append(policy);
  const [makers, made, coming] = [{}, {}, {}];
  const run = (name) => {
    if (!made[name]) {
      const module = (made[name] = { exports: {} });
      makers[name](run, module, module.exports);
    }
    return made[name].exports;
  };
  const bring = (file) =>
    (coming[file] ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.onload = resolve;
      script.onerror = () => {
        delete coming[file];
        reject(new Error('A part of the program that draws it did not come'));
      };
      script.src = new URL(file, base).href;
      document.head.append(script);
    }));
  self.meridianPart = (name, make) => { makers[name] = make; };
  self.meridianLoad = async (name) => {
    await Promise.all(FILES[name].map(bring));
    return run(name);
  };
  self.meridianRun = run;
})();`;

/**
 * Path and text of each file below `mermaid/`, mermaid.js first.
 * @param {string} web the folder of the sources
 * @param {import('esbuild').BuildOptions} options
 * @returns {Promise<[string, string][]>}
 */
export async function mermaidFiles(web, options) {
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: [join(web, 'diagrams/frame.js')],
    outdir: 'mermaid',
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    metafile: true,
  });
  const outputs = Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]),
  );
  /** A file and all that it imports when it begins. */
  const closure = (name, seen = new Set()) => {
    if (seen.has(name)) return seen;
    seen.add(name);
    for (const { path, kind } of outputs[name].imports)
      if (kind === 'import-statement') closure(basename(path), seen);
    return seen;
  };
  const core = closure('frame.js');
  const fileOf = new Map([...core].map((name) => [name, 'mermaid.js']));
  for (const [file, kinds] of Object.entries(SHARED)) {
    const [one, other] = kinds.map((kind) =>
      closure(Object.keys(outputs).find((name) => name.startsWith(`${kind}-`))),
    );
    for (const name of one)
      if (other.has(name) && !fileOf.has(name)) fileOf.set(name, `${file}.js`);
  }
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const { path, text } of outputFiles) {
    const name = basename(path);
    const loading = text.replace(/\bimport\("\.\/([\w.-]+)"\)/g, 'meridianLoad("$1")');
    const { code } = await transform(loading, { ...only(options), format: 'cjs' });
    const calls = code.trim().replace(/\brequire\("\.\/([\w.-]+)"\)/g, 'require("$1")');
    const part = `meridianPart(${JSON.stringify(name)},(require,module,exports)=>{${calls}\n});`;
    const file = fileOf.get(name) ?? name;
    fileOf.set(name, file);
    texts.set(file, (texts.get(file) ?? '') + part + '\n');
  }
  const files = {};
  for (const { imports } of Object.values(outputs))
    for (const { path, kind } of imports)
      if (kind === 'dynamic-import') {
        const needed = new Set([...closure(basename(path))].map((name) => fileOf.get(name)));
        needed.delete('mermaid.js');
        files[basename(path)] = [...needed];
      }
  const { code: loader } = await transform(
    LOADER.replace('FILES', JSON.stringify(files)),
    only(options),
  );
  const begin = `${BANNER}\n${loader}${texts.get('mermaid.js')}meridianRun("frame.js");\n`;
  texts.delete('mermaid.js');
  return [['mermaid.js', begin], ...texts];
}

const only = ({ minify, target, charset, legalComments }) => ({
  minify,
  target,
  charset,
  legalComments,
});
