// Liquid on the theme's own templates, and in a loop over 1,000 documents: node bench/liquid.mjs
// [--rounds N] Prepared by: cd bench && npm ci; ninja -C build/wasm rooms_wasm core_wasm. Ruby's
// row needs `ruby` with jekyll.
//
// Every engine gets the same templates, already parsed, and the same variables, and the outputs are
// compared. Filters of Jekyll that liquidjs lacks are written here for it; `markdownify` wraps a
// text in <p> in all three.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { Liquid } from 'liquidjs';
import { Core, makeCore } from '../web/engine/abi.js';
import { median, milliseconds, now, ratio, table } from './measure.mjs';
import { load } from './wasm.mjs';

const root = new URL('..', import.meta.url).pathname;
const theme = join(root, 'core/theme');
const at = process.argv.indexOf('--rounds');
const rounds = at > 0 ? Number(process.argv[at + 1]) : 15;

function* filesOf(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesOf(path);
    else yield path;
  }
}

// ---- variables: what the demo site's templates see, as plain data ----

async function variables() {
  const core = await makeCore(
    Core,
    await WebAssembly.compile(readFileSync(join(root, 'build/wasm/meridian.wasm'))),
  );
  const wanted = [
    'title',
    'locale',
    'description',
    'author',
    'title_separator',
    'publication_category',
    'og_image',
    'data',
  ];
  const lists = ['posts', 'publications', 'talks'];
  const fields = [
    'title',
    'url',
    'date',
    'excerpt',
    'category',
    'tags',
    'venue',
    'location',
    'collection',
    'citation',
    'paperurl',
  ];
  const list = (name) =>
    `"${name}":[{% for d in site.${name} %}{${fields.map((f) => `"${f}":{{ d.${f} | jsonify }}`)}}{% unless forloop.last %},{% endunless %}{% endfor %}]`;
  core.tell('theme', readFileSync(join(root, 'build/wasm/theme.txt')));
  for (const path of filesOf(join(root, 'content')))
    core.tell('put', relative(join(root, 'content'), path), readFileSync(path));
  core.tell(
    'put',
    'dump.json',
    `---\nlayout: null\n---\n{${[...wanted.map((name) => `"${name}":{{ site.${name} | jsonify }}`), ...lists.map(list)]}}`,
  );
  core.tell('list', JSON.stringify({ files: [] }));
  const site = JSON.parse(core.render('/dump.json').html);
  const pages = (site.data.navigation?.main ?? []).map(({ title, url }) => ({ title, url }));
  return {
    site: {
      ...site,
      pages,
      url: 'https://example.org',
      baseurl: '',
      time: '2026-01-01 00:00:00 +0000',
    },
  };
}

const many = (data) =>
  Array.from({ length: 1000 }, (_, i) => {
    const of = data.site.publications[i % data.site.publications.length];
    return {
      ...of,
      title: `${of.title} & ${i}`,
      url: `/papers/${i}/`,
      date: `18${10 + (i % 90)}-0${1 + (i % 9)}-1${i % 10} 00:00:00 +0000`,
      tags: [`t${i % 7}`, `u${i % 3}`],
    };
  });

// ---- templates ----

const layout = (name, page) => {
  const [, front, text] = readFileSync(join(theme, `_layouts/${name}.html`), 'utf8').match(
    /^---\n([^]*?)---\n([^]*)$/,
  );
  const own = Object.fromEntries(
    front
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(/: */)),
  );
  return { text, own: { page, layout: { author_profile: true, ...own } } };
};

function cases(data) {
  const post = {
    ...data.site.publications[0],
    layout: 'single',
    share: true,
    previous: data.site.publications[1],
    next: data.site.publications[2],
    path: 'a.md',
  };
  const page = {
    title: 'Publications',
    url: '/publications/',
    layout: 'collection',
    collection: 'publications',
    path: 'b.md',
  };
  const body = { text: '<p>The text of the page.</p>\n'.repeat(20), own: {} };
  const loop =
    '<ul>{% for d in documents %}<li class="{% cycle "odd", "even" %}"><a href="{{ d.url | relative_url }}">{{ d.title | escape }}</a> ' +
    '{{ d.date | date: "%-d %B %Y" }}{% if d.tags contains "t3" %} *{% elsif forloop.first %} first{% endif %} {{ d.tags | join: ", " }} ' +
    '{{ d.venue | default: "unknown" | upcase | truncate: 20 }}</li>\n{% endfor %}</ul>{% assign old = documents | where: "category", "books" %}{{ old.size }}';
  return {
    'a page in its layouts': [body, layout('single', post), layout('default', post)],
    'a list of documents in its layouts': [
      body,
      layout('collection', page),
      layout('single', page),
      layout('default', page),
    ],
    'a loop over 1,000 documents': [{ text: loop, own: {} }],
  };
}

// ---- engines: prepare(cases) gives a function for each ----

function meridian(data, all, parse) {
  const { call, text } = load('rooms');
  call('open');
  call('put', '_config.yml', `url: ${data.site.url}\n`);
  for (const path of filesOf(join(theme, '_includes')))
    call('put', relative(theme, path), readFileSync(path, 'utf8'));
  if (!call('data', JSON.stringify(data))) throw new Error('the data is not JSON');
  const runs = Object.entries(all).map(([name, steps]) => {
    const parsed = steps.map((step) => [call('parse', step.text), JSON.stringify(step.own)]);
    return [
      name,
      () => parsed.reduce((content, [template, own]) => text('render', template, own, content), ''),
    ];
  });
  return {
    ...Object.fromEntries(runs),
    [PARSING]: () => parse.forEach((template) => call('parse_only', template)),
  };
}

function liquidjs(data, all, parse) {
  const engine = new Liquid({
    root: join(theme, '_includes'),
    dynamicPartials: false,
    jekyllInclude: true,
    jekyllWhere: true,
    cache: true,
    timezoneOffset: 0,
  });
  engine.registerFilter('relative_url', (path) => data.site.baseurl + path);
  engine.registerFilter('absolute_url', (path) => data.site.url + data.site.baseurl + path);
  engine.registerFilter('markdownify', (input) => `<p>${input ?? ''}</p>\n`);
  engine.registerFilter('normalize_whitespace', (input) =>
    String(input ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
  ); // ); // its own implementation does not trim
  const runs = Object.entries(all).map(([name, steps]) => {
    const parsed = steps.map((step) => [engine.parse(step.text), step.own]);
    return [
      name,
      () =>
        parsed.reduce(
          (content, [template, own]) => engine.renderSync(template, { ...data, ...own, content }),
          '',
        ),
    ];
  });
  const fresh = new Liquid({
    root: join(theme, '_includes'),
    dynamicPartials: false,
    jekyllInclude: true,
  });
  for (const name of ['relative_url', 'absolute_url', 'markdownify'])
    fresh.registerFilter(name, (input) => input);
  return {
    ...Object.fromEntries(runs),
    [PARSING]: () => parse.forEach((template) => fresh.parse(template)),
  };
}

async function ruby(data, all, parse) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  cpSync(join(theme, '_includes'), join(folder, '_includes'), { recursive: true });
  const child = spawn('ruby', [new URL('liquid.rb', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, JEKYLL_ENV: 'production' },
  });
  const missing = new Promise((resolve) => child.once('error', () => resolve(undefined)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (order) => {
    child.stdin.write(JSON.stringify(order) + '\n');
    const line = await Promise.race([lines.next(), missing]);
    return line && !line.done ? JSON.parse(line.value) : undefined;
  };
  child.stdin.on('error', () => {});
  child.stdin.write(JSON.stringify({ site: folder, data }) + '\n');
  if (!(await ask({ cases: all }))) return undefined;
  return {
    run: (name, times) => ask(name === PARSING ? { parse, times } : { render: name, times }),
    end: () => (child.stdin.end(), rmSync(folder, { recursive: true })),
  };
}

// ---- the run ----

const PARSING = 'parsing the theme’s templates';
/** The visible text of an output: trimming of white space differs between engines. */
const normal = (html) => html.replace(/\s+/g, ' ').replace(/> /g, '>').replace(/ </g, '<');

const data = await variables();
data.documents = many(data);
const all = cases(data);
const parse = [...filesOf(join(theme, '_includes')), ...filesOf(join(theme, '_layouts'))].map(
  (path) => readFileSync(path, 'utf8').replace(/^---\n[^]*?---\n/, ''),
);
const engines = { Meridian: meridian(data, all, parse), liquidjs: liquidjs(data, all, parse) };
const child = await ruby(data, all, parse);

const names = [...Object.keys(all), PARSING];
const rows = [];
for (const name of names) {
  const times = { Meridian: [], liquidjs: [], 'Ruby Liquid': [] };
  const repeats = {};
  for (const [engine, runs] of Object.entries(engines)) {
    const until = now() + 400;
    do runs[name]();
    while (now() < until);
    const begin = now();
    runs[name]();
    repeats[engine] = Math.max(1, Math.ceil(20 / (now() - begin)));
  }
  if (name !== PARSING) {
    const ours = normal(engines.Meridian[name]());
    const theirs = {
      liquidjs: engines.liquidjs[name](),
      'Ruby Liquid': (await child?.run(name, 20))?.html,
    };
    for (const [engine, html] of Object.entries(theirs)) {
      if (html === undefined || normal(html) === ours) continue;
      const other = normal(html);
      let i = 0;
      while (ours[i] === other[i]) i++;
      console.error(
        `${name}: ${engine} differs\n  ours:   ${ours.slice(i - 30, i + 90)}\n  theirs: ${other.slice(i - 30, i + 90)}`,
      );
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const [engine, runs] of Object.entries(engines)) {
      const begin = now();
      for (let n = repeats[engine]; n--;) runs[name]();
      times[engine].push((now() - begin) / repeats[engine]);
    }
    if (child) times['Ruby Liquid'].push((await child.run(name, 3)).ms);
  }
  rows.push([
    name,
    ...Object.values(times).flatMap((t, i) =>
      t.length
        ? [milliseconds(median(t)), ...(i ? [ratio(median(t), median(times.Meridian))] : [])]
        : ['–', '–'],
    ),
  ]);
}
child?.end();
console.log(table(['', 'Meridian (wasm)', 'liquidjs', 'ratio', 'Ruby Liquid', 'ratio'], rows));
