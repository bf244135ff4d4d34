// A page has the same bytes whichever way it is rendered: for every page of every site of the
// tests.
// Pure: it reads sites and what is built, at a fixed time.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { LiveCore } from '../../web/playground/render/worker.js';
import { editAtRandom, typeOut } from './edits.mjs';
import { COMMAND, notBuilt } from './hosts.mjs';
import {
  Visitor,
  difference,
  filesOf,
  inTemporary,
  listOf,
  manifestOf,
  shownBy,
  testSites,
  urlOf,
  asRendered,
  written,
} from './ways.mjs';

const skip =
  notBuilt() ??
  (existsSync(COMMAND)
    ? undefined
    : 'build/native/meridian is not built: python3 serve.py --build');
const SEED = Number(process.env.MERIDIAN_SEED ?? 1);
const EDITS = 60; // of each site

// The navigation of a plain folder has the titles of files that were read, and the names of others,
// unless a manifest has their titles.
const withoutNavigation = (/** @type {string} */ html) =>
  html.replace(/<header class="masthead">[^]*?<\/header>|<(nav|aside)\b[^]*?<\/\1>/g, '');
// A file without a page's extension and without a manifest counts as static until its bytes arrive:
// a list of all files shows it so.
const LISTS_UNREAD = ['/sitemap.txt'];

/**
 * Differences between the ways, for all pages of a site.
 * @param {string} folder
 * @param {{ plain?: boolean, unread?: string[] }} [known] `plain`: a folder without a
 *   configuration; `unread`: addresses of lists of all files
 */
async function differencesOf(folder, { plain = false, unread = [] } = {}) {
  const files = filesOf(folder);
  const all = await Visitor.withAll(files, LiveCore);
  const pages = (await all.outputs()).filter(
    (/** @type {any} */ { kind, source }) => kind !== 'static' && source,
  );
  const command = await written(folder);
  const manifest = manifestOf(folder);
  /** @type {string[]} */
  const wrong = [];
  // Each is rendered once, so that the last ones follow all others.
  for (const { path } of pages) await all.render(urlOf(path));
  for (const { path, kind } of pages) {
    const url = urlOf(path);
    const answer = await all.render(url);
    const last = shownBy(answer);
    const compare = (
      /** @type {string} */ way,
      /** @type {string} */ other,
      same = (/** @type {string} */ html) => html,
    ) => {
      if (same(other) !== same(last))
        wrong.push(`${url}, ${way}: ${difference(same(other), same(last))}`);
    };
    if (kind === 'page' && last === answer.html)
      compare('the command', new TextDecoder().decode(command.get(path)), asRendered);
    compare('first of all files', shownBy(await (await Visitor.withAll(files)).render(url)));
    if (manifest)
      compare(
        'first, with a manifest',
        shownBy(await (await Visitor.open(files, manifest)).render(url)),
      );
    if (!unread.includes(url))
      compare(
        'first, with a list of names',
        shownBy(await (await Visitor.open(files, listOf(files))).render(url)),
        plain ? withoutNavigation : undefined,
      );
  }
  return { wrong, pages: pages.length, manifest: !!manifest };
}

for (const { name, folder } of testSites()) {
  test(
    `each page is the same first and last, with and without a manifest, and written by the command: ${name}`,
    { skip, timeout: 600_000 },
    async (t) => {
      const { wrong, pages, manifest } = await differencesOf(folder, {
        plain: name === 'folder',
        unread: LISTS_UNREAD,
      });
      t.diagnostic(`${pages} pages`);
      assert.ok(manifest || name === 'broken-config', 'there is a manifest');
      assert.deepEqual(wrong, []);
    },
  );

  test(
    `after random edits the editor shows what a full render gives, and after undoing all each page is as before: ${name}`,
    { skip, timeout: 600_000 },
    async (t) => {
      t.diagnostic(`seed ${SEED}`);
      assert.deepEqual(await editAtRandom(filesOf(folder), { edits: EDITS, seed: SEED }), []);
    },
  );

  test(
    `a page that is typed letter by letter equals the page of the file: ${name}`,
    { skip, timeout: 600_000 },
    async () => {
      assert.deepEqual(await typeOut(filesOf(folder), { pages: 3, letters: 400, seed: SEED }), []);
    },
  );
}

// Values of a site that templates use, each alone on a page: nothing else has been read before.
const LISTS = [
  'site.posts',
  'site.notes',
  'site.pages',
  'site.html_pages',
  'site.documents',
  'site.related_posts',
  'site.tags.a',
  'site.categories.x',
  'paginator.posts',
];
const OF_LISTS = [
  '| map: "url" | join: " "',
  '| where: "title", "Second" | map: "url"',
  '| where_exp: "p", "p.date" | size',
  '| size',
  '| first | map: "url"',
  '| last | map: "title"',
  '| sort: "title" | map: "url"',
  '| group_by: "layout" | size',
  '| map: "excerpt" | join: ""',
  '| map: "content" | join: ""',
  '| map: "output" | join: ""',
  '| map: "id" | join: " "',
  '| reverse | map: "path"',
  '| find: "title", "Second" | map: "url"',
  '| jsonify',
];
const ASKED = [
  ...LISTS.flatMap((list) => OF_LISTS.map((filter) => `{{ ${list} ${filter} }}`)),
  ...LISTS.flatMap((list) => [
    `{% for p in ${list} %}{{ p.url }} {{ p.previous.url }} {{ p.next.title }} {{ p.excerpt }};{% endfor %}`,
    `{% for p in ${list} limit: 2 offset: 1 %}{{ p.content }}{% endfor %}`,
    `{{ ${list}[1].url }} {{ ${list}.last.url }} {{ ${list}.first.next.url }} {{ ${list}.size }}`,
  ]),
  '{% for c in site.collections %}{{ c.label }} {{ c.docs.size }} {{ c.files.size }} {{ c.docs.last.next.url }};{% endfor %}',
  '{{ site.collections | map: "label" }}',
  '{% for t in site.tags %}{{ t[0] }} {{ t[1].size }};{% endfor %}',
  '{% for c in site.categories %}{{ c[0] }} {{ c[1] | map: "url" }};{% endfor %}',
  '{% link _notes/two.md %} {% link other.md %} {% link _posts/2020-01-02-second.md %}',
  '{% post_url 2020-01-03-third %}',
  '{% include x.html %}',
  '{% include_relative part.txt %}',
  '{{ site.data | jsonify }}',
  '{{ site.data.a.b }} {{ site.data.c.d.e }}',
  '{{ paginator.total_pages }} {{ paginator.next_page_path }}',
  '{{ site.title }} {{ site.time }} {{ jekyll.version }}',
  '{% feed_meta %}',
  '{% seo %}',
  '{{ "x" | absolute_url }} {{ "/y" | relative_url }}',
  '{{ site }}',
  '{{ page }}',
  '{{ page | jsonify }}',
  '{% assign p = site.posts | where: "title", "Second" | first %}{{ p.next.next.url }} {{ p.previous.previous.url }} {{ p.next.excerpt }}{{ p.previous.content }}',
];
const POST = (/** @type {string} */ title, /** @type {string} */ more = '') =>
  `---\ntitle: ${title}\ntags: [a, ${title}]\ncategories: x\n---\nThe ${title} *post*.\n\n{{ page.previous.url }} {{ page.next.excerpt }} ${more}\n`;

test(
  'every value of `site` is the same, whether its documents were read before or not',
  { skip, timeout: 600_000 },
  async () => {
    /** @type {Record<string, string>} */
    const files = {
      '_config.yml':
        'title: T\nmeridian: {theme: site}\ncollections: {notes: {output: true, sort_by: order}, hidden: {}}\nplugins: [jekyll-redirect-from, jekyll-feed, jekyll-sitemap, jekyll-paginate, jekyll-seo-tag]\npaginate: 2\nurl: https://example.org\n',
      '_posts/2020-01-01-first.md': POST('First'),
      '_posts/2020-01-02-second.md': POST('Second', '{{ page.previous.content }}'),
      '_posts/2020-01-03-third.md': POST('Third', '{{ page.next.content }}'),
      '_posts/2999-01-01-future.md': POST('Future'),
      '_notes/one.md':
        '---\ntitle: One\norder: 2\nredirect_from: /old/one/\n---\nOne. {{ page.next.url }}\n',
      '_notes/two.md': '---\ntitle: Two\norder: 1\n---\nTwo. {{ page.previous.content }}\n',
      '_notes/picture.txt': 'no front matter',
      '_hidden/h.md': '---\ntitle: H\n---\nH\n',
      'index.html':
        '---\ntitle: Home\n---\n{% for p in paginator.posts %}{{ p.title }}{% endfor %} {{ paginator.next_page_path }}',
      'other.md':
        '---\ntitle: Other\npermalink: /elsewhere/\nredirect_from: [/old/, /older/]\n---\nOther\n',
      'plain.md': 'no front matter\n',
      '_includes/x.html': '{{ site.posts.last.url }} {% include y.html %}',
      '_includes/y.html': '{{ site.notes.size }}',
      'part.txt': '{{ site.notes.first.url }}',
      '_data/a.yml': 'b: 1\n',
      '_data/c/d.csv': 'e\n2\n',
      '_layouts/l.html': '{{ content }}',
    };
    ASKED.forEach(
      (text, i) => (files[`asked-${i}.html`] = `---\ntitle: Asked ${i}\nmade: ${i}\n---\n${text}`),
    );
    const wrong = await inTemporary(async (folder) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      return (await differencesOf(folder)).wrong;
    });
    assert.deepEqual(wrong, []);
  },
);

test(
  "the core does not ask for ever for what a site calls a file of the theme's",
  { skip },
  async () => {
    const encode = (/** @type {string} */ text) => new TextEncoder().encode(text);
    const files = new Map([
      ['_config.yml', encode('includes_dir: "theme:_plugins"\nmeridian: {theme: site}\n')],
      ['index.html', encode('---\n---\n{% include none.html %}')],
    ]);
    const visitor = await Visitor.withAll(files, LiveCore);
    const { json } = await visitor.render('/');
    assert.match(JSON.stringify(json), /there is no file 'none\.html' to include/);
  },
);
