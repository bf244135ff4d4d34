// For the build: mermaid as classic scripts, one with what every diagram needs and others with some
// kinds each. A frame without an origin may load those from any host; modules only from hosts that
// say so (Access-Control-Allow-Origin), which Python's http.server and nginx don't.

import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { build, transform } from 'esbuild';

const BANNER =
  '/* mermaid, https://mermaid.js.org, MIT licence, (c) Knut Sveidqvist and other contributors; with d3, ISC, (c) Mike Bostock; dagre, MIT, (c) Chris Pettitt; DOMPurify, Apache-2.0 or MPL-2.0, (c) Cure53; cytoscape.js, langium and others, MIT */';
/**
 * The files, and the parts of mermaid that begin what is in each: kinds of diagrams, layouts,
 * parsers. One for each part would be 66, most of them small; a reader loads one, two or three.
 */
const FILES = {
  layout: ['dagre', 'sizeCapture'],
  flow: ['flowDiagram'],
  swimlanes: ['swimlanes', 'swimlanesDiagram'],
  class: ['classDiagram', 'classDiagram-v2'],
  state: ['stateDiagram', 'stateDiagram-v2'],
  sequence: ['sequenceDiagram'],
  er: ['erDiagram', 'requirementDiagram'],
  gantt: ['ganttDiagram'],
  charts: ['quadrantDiagram', 'xychartDiagram'],
  sets: ['sankeyDiagram', 'vennDiagram'],
  time: ['timeline-definition', 'journeyDiagram', 'kanban-definition'],
  mindmap: ['mindmap-definition', 'cose-bilkent'],
  blocks: ['blockDiagram', 'c4Diagram', 'ishikawaDiagram'],
  git: ['gitGraphDiagram'],
  // Small, and so are the parsers' beginnings: with the parsers themselves.
  parser: [
    ...['pieDiagram', 'infoDiagram'],
    ...['architecture', 'cynefin', 'eventmodeling', 'gitGraph', 'info', 'packet', 'pie', 'radar'],
    ...['railroad', 'railroad-abnf', 'railroad-ebnf', 'railroad-peg', 'treeView', 'treemap'],
    'wardley',
  ],
  // `diagram` is packet, radar, treemap, tree view and event modelling.
  parsed: [
    ...['diagram', 'cynefinDiagram', 'wardleyDiagram'],
    ...['railroadDiagram', 'abnfDiagram', 'ebnfDiagram', 'pegDiagram'],
  ],
  architecture: ['architectureDiagram'],
};
/** What two parts share, and with it other parts, is in a file of its own, or in mermaid.js. */
const SHARED = [
  ['mermaid', 'flowDiagram', 'classDiagram'],
  ['mermaid', 'sequenceDiagram', 'gitGraphDiagram'],
  ['parser', 'pieDiagram', 'gitGraphDiagram'],
  ['scales', 'ganttDiagram', 'quadrantDiagram'],
  ['cytoscape', 'architectureDiagram', 'cose-bilkent'],
];

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
 * Path and text of each file below `mermaid/`.
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
    // For formulas, which images can't show (diagrams/frame.js).
    external: ['katex'],
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
  const entries = new Set(
    Object.values(outputs).flatMap(({ imports }) =>
      imports
        .filter(({ kind, external }) => kind === 'dynamic-import' && !external)
        .map(({ path }) => basename(path)),
    ),
  );
  /** Of a part in a file of chunkNames. */
  const partOf = (name) => name.replace(/(-[A-Z0-9]{8})+\.js$/, '');
  const beginOf = (part) => [...entries].find((name) => partOf(name) === part);
  const fileOf = new Map([...closure('frame.js')].map((name) => [name, 'mermaid']));
  const take = (name, file) => fileOf.has(name) || fileOf.set(name, file);
  for (const [file, one, other] of SHARED) {
    const too = closure(beginOf(other));
    for (const name of closure(beginOf(one))) if (too.has(name)) take(name, file);
  }
  for (const [file, parts] of Object.entries(FILES))
    for (const entry of entries)
      if (parts.includes(partOf(entry))) for (const name of closure(entry)) take(name, file);
  for (const entry of entries)
    if (!fileOf.has(entry)) throw new Error(`web/build/mermaid.mjs: no file has ${entry}`);
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const { path, text } of outputFiles) {
    const name = basename(path);
    const loading = text.replace(/\bimport\("\.\/([\w.-]+)"\)/g, 'meridianLoad("$1")');
    const { code } = await transform(loading, { ...only(options), format: 'cjs' });
    const calls = code.trim().replace(/\brequire\("\.\/([\w.-]+)"\)/g, 'require("$1")');
    const part = `meridianPart(${JSON.stringify(name)},(require,module,exports)=>{${calls}\n});`;
    const file = fileOf.get(name);
    texts.set(file, (texts.get(file) ?? '') + part + '\n');
  }
  // Whose text changes has another address, past all caches.
  const addressOf = (file) =>
    `${file}.js?${createHash('sha256').update(texts.get(file)).digest('hex').slice(0, 8)}`;
  const needs = {};
  for (const entry of entries) {
    const files = new Set([...closure(entry)].map((name) => fileOf.get(name)));
    files.delete('mermaid');
    needs[entry] = [...files].map(addressOf);
  }
  const { code: loader } = await transform(
    LOADER.replace('FILES', () => JSON.stringify(needs)),
    only(options),
  );
  const begin = `${BANNER}\n${loader}${texts.get('mermaid')}meridianRun("frame.js");\n`;
  texts.set('mermaid', begin);
  return [...texts].map(([file, text]) => [`${file}.js`, text]);
}

const only = ({ minify, target, charset, legalComments }) => ({
  minify,
  target,
  charset,
  legalComments,
});
