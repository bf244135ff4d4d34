// Random edits of a project, as the playground makes them: after each edit the editor shows the
// page that a new core renders from the same files; and after all edits are undone, every page is
// as before.
//
//     node tests/web/edits.mjs [--edits 20000] [--seed 1] [--site NAME]

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { textOf } from '../../web/playground/project/file_content.js';
import { LiveCore } from '../../web/playground/render/worker.js';
import { choices, random } from './random.mjs';
import {
  Visitor,
  difference,
  filesOf,
  isSource,
  listOf,
  shownBy,
  testSites,
  urlOf,
} from './ways.mjs';

/**
 * @typedef {import('../../web/playground/project/project.js').Change} Change
 * @typedef {ReturnType<typeof choices>} Choices
 */

const encode = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** The state of a project in the editor's worker and its frame. */
export class Editor {
  shell = '';
  at = -1;
  /** @type {string[]} */
  parts = [];

  /** @param {Visitor} visitor of a LiveCore */
  constructor(visitor) {
    this.visitor = visitor;
    this.core = /** @type {LiveCore} */ (visitor.core);
    this.files = visitor.files;
    /** Paths whose bytes the core has. */
    this.told = new Set(
      [...visitor.files].filter((file) => isSource(...file)).map(([path]) => path),
    );
  }

  /** @param {Map<string, Uint8Array>} files which are its own from now on */
  static async open(files) {
    return new Editor(await Visitor.withAll(files, LiveCore));
  }

  /** @param {import('../../web/playground/render/worker.js').News} news */
  take({ shell, at, first, gone, come }) {
    if (shell !== undefined) [this.shell, this.at] = [shell, at ?? -1];
    this.parts.splice(first, gone, ...come);
  }

  /** The page as the frame receives it. */
  get page() {
    return this.at < 0
      ? this.shell
      : this.shell.slice(0, this.at) + this.parts.join('') + this.shell.slice(this.at);
  }

  /** The page that a reader sees at an address. @param {string} url */
  async view(url) {
    const { status, json, news } = await this.visitor.ask(() => this.core.view(url));
    this.take(news);
    return shownBy({ status, json, html: this.page });
  }

  /** @param {string} path @param {Change} change */
  type(path, change) {
    const text = /** @type {string} */ (textOf(/** @type {Uint8Array} */ (this.files.get(path))));
    const [from, to, more] = change;
    for (const news of this.core.edit(path, [change]).news) this.take(news);
    this.files.set(path, encode(text.slice(0, from) + more + text.slice(to)));
  }

  /**
   * Changes, adds or removes a file.
   * @param {string} path
   * @param {Uint8Array | undefined} bytes
   */
  put(path, bytes) {
    const listed = this.files.has(path) !== !!bytes;
    if (bytes) this.files.set(path, bytes);
    else this.files.delete(path);
    if (!bytes) {
      this.told.delete(path);
      this.core.tell('put_missing', path);
    } else if (isSource(path, bytes) || this.told.has(path)) {
      this.told.add(path);
      this.core.tell('put', path, bytes);
    }
    if (listed) this.core.tell('list', listOf(this.files));
  }
}

// ---- edits ----

// Fragments that authors type, mistakes included.
const PIECES = [
  'a',
  ' ',
  '\n',
  '\n\n',
  'word ',
  '*',
  '**',
  '_',
  '`',
  '[',
  '](',
  ']',
  '!',
  '(',
  ')',
  '<',
  '>',
  '<b>',
  '</b>',
  '<div markdown="1">',
  '</div>',
  '# ',
  '- ',
  '1. ',
  '> ',
  '|',
  '|---|',
  '    ',
  '\t',
  '---',
  '---\n',
  '{:.note}',
  '{: #id}',
  '{:toc}',
  '[^1]',
  '[^1]: note\n',
  '[a]: /b\n',
  '$$',
  '~~~\n',
  '```\n',
  ':tada:',
  '“',
  'é',
  '北京',
  '😀',
  '&amp;',
  '&',
  '\\',
  ':',
  '"',
  "'",
  '\r\n',
  '\u{FEFF}',
  '{{',
  '}}',
  '{%',
  '%}',
  '{{ page.title }}',
  '{{ page.next.url }}',
  '{{ page.previous.title }}',
  '{{ site.posts.size }}',
  '{% for p in site.pages %}{{ p.url }} {% endfor %}',
  '{% for p in site.posts %}{{ p.excerpt }}{{ p.next.url }}{% endfor %}',
  '{% for c in site.collections %}{{ c.label }}{{ c.docs.size }}{% endfor %}',
  '{{ site.related_posts | map: "url" }}',
  '{{ site.tags | size }}',
  '{{ site.data | jsonify }}',
  '{% for p in site.pages limit: 3 %}{{ p.content }}{% endfor %}',
  '{{ site.static_files | size }}',
  '{{ site.documents | map: "url" | join: " " }}',
  '{% include x.html a=page.title %}',
  '{% assign x = site.posts | first %}{{ x.content }}',
  '{% if page.url == "/" %}',
  '{% endif %}',
  '{{ paginator.posts | size }}',
  '{{ "x" | relative_url }}',
  'title: T\n',
  'title: a: b\n',
  'layout: none\n',
  'layout: default\n',
  'published: false\n',
  'date: 2020-02-02\n',
  'date: nothing\n',
  'permalink: /moved/\n',
  'permalink: /:path/x:output_ext\n',
  'tags: [a, b]\n',
  'categories: x y\n',
  'excerpt_separator: "\\n"\n',
  'redirect_from: /old/\n',
  'redirect_to: /new/\n',
  'order: 1\n',
  'render_with_liquid: false\n',
  'plugins: [jekyll-feed, jekyll-sitemap]\n',
  'baseurl: /b\n',
  'future: true\n',
  'liquid: {error_mode: strict}\n',
  'excerpt_separator: ""\n',
  'collections: {notes: {output: true}}\n',
  'paginate: 2\n',
  'timezone: Europe/Berlin\n',
  'markdown: GFM\n',
];
const NEW = [
  '_posts/2020-02-0N-new.md',
  '_drafts/new.md',
  '_pages/new-N.md',
  'newN.md',
  'README.md',
  'index.html',
  'index.md',
  '_includes/x.html',
  '_includes/footer/custom.html',
  '_data/n/N.yml',
  '_data/navigation.yml',
  '_layouts/default.html',
  '_layouts/N.html',
  '_notes/N.md',
  'a/_posts/2021-01-0N-in.md',
  'assets/style.scss',
  'data.json',
  '404.html',
  '_config.yml',
  '_sass/x.scss',
  'docs/N.md',
];

/**
 * An edit: what it does, and how it is undone.
 * @typedef {{ what: string, path: string, act(editor: Editor): void, undo(editor: Editor): void }}
 *   Edit
 */

/** @param {string} text @param {number} at @returns {number} never within a character */
const between = (text, at) => (/[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at + 1 : at);

/** @param {string} text @param {Choices} choose @returns {Change} */
export function change(text, { below, chance, one }) {
  const from = between(
    text,
    chance(0.3) ? below(Math.min(text.length, 120) + 1) : below(text.length + 1),
  );
  const lines = [...text.matchAll(/^.*$/gm)];
  if (chance(0.2) && lines.length) {
    const line = one(lines);
    // Most insertions are at the beginning of a line.
    return [
      line.index,
      line.index + (chance(0.4) ? line[0].length : 0),
      chance(0.5) ? one(PIECES) : one(lines)[0],
    ];
  }
  const to = between(
    text,
    Math.min(text.length, from + (chance(0.5) ? 0 : chance(0.7) ? below(4) : below(200))),
  );
  return [from, to, to > from && chance(0.5) ? '' : one(PIECES)];
}

/** @param {Map<string, Uint8Array>} files @param {Choices} choose @returns {Edit} */
export function anyEdit(files, choose) {
  const { one, below, chance } = choose;
  const paths = [...files.keys()];
  const path = paths.length ? one(paths) : 'index.md';
  const old = files.get(path);
  const put = (
    /** @type {string} */ what,
    /** @type {[string, Uint8Array | undefined][]} */ pairs,
  ) => {
    const before = pairs.map(([path]) => /** @type {const} */ ([path, files.get(path)]));
    return {
      what,
      path: pairs[0][0],
      act: (/** @type {Editor} */ e) => pairs.forEach((pair) => e.put(...pair)),
      undo: (/** @type {Editor} */ e) => before.reverse().forEach((pair) => e.put(...pair)),
    };
  };
  const kind = below(100);
  if (kind < 6 && old) return put('removes', [[path, undefined]]);
  if (kind < 10 && old) {
    const to = chance(0.5)
      ? one(NEW).replace('N', String(below(9)))
      : path.replace(/[^/]*$/, (name) => `x${name}`);
    return put(
      `renames to ${to}`,
      to === path
        ? [[path, old]]
        : [
            [path, undefined],
            [to, old],
          ],
    );
  }
  const other = files.get(paths.length ? one(paths) : '');
  if (kind < 18 || !old)
    return put('adds', [
      [
        one(NEW).replace('N', String(below(9))),
        chance(0.6) && other
          ? other
          : encode(chance(0.5) ? `---\ntitle: New\n---\n${one(PIECES)}\n` : one(PIECES)),
      ],
    ]);
  if (kind < 22 && other) return put('exchanges', [[path, other]]);
  const text = textOf(old);
  // Binary files are never edited as text.
  if (text === undefined || !isSource(path, old))
    return put('cuts', [[path, old.slice(0, below(old.length + 1))]]);
  const typed = change(text, choose);
  const [from, to, more] = typed;
  return {
    what: `types ${JSON.stringify(typed)}`,
    path,
    act: (e) => e.type(path, typed),
    undo: (e) => e.type(path, [from, from + more.length, text.slice(from, to)]),
  };
}

// ---- a run ----

/** The addresses of all pages of a site. @param {Map<string, Uint8Array>} files */
async function pagesOf(files) {
  const outputs = await (await Visitor.withAll(files, LiveCore)).outputs();
  return outputs
    .filter((/** @type {any} */ { kind }) => kind === 'page')
    .map((/** @type {any} */ { path }) => urlOf(path));
}

const rendered = async (/** @type {Map<string, Uint8Array>} */ files, /** @type {string} */ url) =>
  shownBy(await (await Visitor.withAll(files)).render(url));

/**
 * Makes `edits` random edits in a site and undoes all of them after every `turn` edits. Gives the
 * differences.
 * @param {Map<string, Uint8Array>} original
 * @param {{ edits: number, seed: number, turn?: number }} options
 * @returns {Promise<string[]>}
 */
export async function editAtRandom(original, { edits, seed, turn = 100 }) {
  const choose = choices(random(seed));
  const urls = [...(await pagesOf(original)), '/nowhere/', '/moved/'];
  const expected = new Map();
  for (const url of urls) expected.set(url, await rendered(original, url));
  const editor = await Editor.open(new Map(original));
  /** @type {string[]} */
  const found = [];
  /** @type {Edit[]} */
  let done = [];
  let url = choose.one(urls);
  const differs = (
    /** @type {string} */ when,
    /** @type {string} */ mine,
    /** @type {string} */ full,
  ) => {
    if (mine !== full)
      found.push(
        `${when}, ${url}: ${difference(mine, full)}\n  ${done.map(({ what, path }) => `${path} ${what}`).join('\n  ')}`,
      );
    return mine !== full;
  };
  for (let i = 1; i <= edits; i++) {
    const edit = anyEdit(editor.files, choose);
    edit.act(editor);
    done.push(edit);
    if (choose.chance(0.5)) {
      const page = editor.core.render(`source:${edit.path}`);
      if (page.json.url) url = page.json.url;
    } else if (choose.chance(0.3)) {
      url = choose.one(urls);
    }
    // Rendering another page, as the inspector and an export do, must not change the page in view.
    if (choose.chance(0.1)) editor.core.render(choose.one(urls));
    if (choose.chance(0.1)) editor.core.look(url, ['site', 'posts']);
    const wrong = differs(`edit ${i}`, await editor.view(url), await rendered(editor.files, url));
    if (!wrong && i % turn && i < edits) continue;
    for (const edit of [...done].reverse()) edit.undo(editor);
    for (url of urls)
      differs(`after edit ${i} all is undone`, await editor.view(url), expected.get(url));
    done = [];
    if (found.length > 2) return found;
  }
  return found;
}

/**
 * Types some pages of a site from an empty file: the first `letters` characters of each one by one,
 * the rest at once. Gives the differences.
 * @param {Map<string, Uint8Array>} original
 * @param {{ pages: number, letters: number, seed: number }} options
 * @returns {Promise<string[]>}
 */
export async function typeOut(original, { pages, letters, seed }) {
  const choose = choices(random(seed));
  const texts = [...original].flatMap(([path, bytes]) =>
    /\.(md|html)$/.test(path) && textOf(bytes)
      ? [/** @type {const} */ ([path, /** @type {string} */ (textOf(bytes))])]
      : [],
  );
  /** @type {string[]} */
  const found = [];
  for (let i = 0; i < pages && texts.length; i++) {
    const [[path, text]] = texts.splice(choose.below(texts.length), 1);
    const editor = await Editor.open(new Map(original).set(path, new Uint8Array()));
    const compare = async (/** @type {number} */ at) => {
      const url = editor.core.render(`source:${path}`).json.url ?? '/';
      const [mine, full] = [await editor.view(url), await rendered(editor.files, url)];
      if (mine !== full)
        found.push(`${path} up to letter ${at}, ${url}: ${difference(mine, full)}`);
    };
    await compare(0);
    let at = 0;
    for (const letter of text.slice(0, letters)) {
      editor.type(path, [at, at, letter]);
      at += letter.length;
      if (choose.chance(0.1)) await compare(at);
    }
    editor.type(path, [at, at, text.slice(at)]);
    await compare(text.length);
  }
  return found;
}

async function main() {
  const { values } = parseArgs({
    options: {
      edits: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      site: { type: 'string' },
    },
  });
  const sites = testSites().filter(({ name }) => !values.site || name === values.site);
  const each = Math.ceil(Number(values.edits) / sites.length);
  let differences = 0;
  let all = 0;
  for (const { name, folder } of sites) {
    const begin = performance.now();
    const found = await editAtRandom(filesOf(folder), { edits: each, seed: Number(values.seed) });
    all += each;
    differences += found.length;
    for (const one of found) console.log(`${name}, seed ${values.seed}, ${one}`);
    console.log(
      `${name}: ${each} edits, ${found.length} differences, ${Math.round((performance.now() - begin) / 1000)} s`,
    );
  }
  console.log(`${all} edits, ${differences} differences from full renders`);
  process.exitCode = differences ? 1 : 0;
}
if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
