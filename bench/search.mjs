// Search beside MiniSearch, FlexSearch, Orama and Pagefind, on the same documents in one run: time
// to index, size, memory, a query, and how many of 100 written queries find their page first.
//
//   node bench/search.mjs [--counts 1000,10000] [--engines meridian,minisearch,…]
//
// Every engine runs in a process of its own. Times are the processor's (this process and its
// helper threads), since other programs may be running. Each gets titles, headings and plain text
// with titles weighted, prefixes and typing errors on, as its documentation says.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from '../tests/web/browser.mjs';
import { host } from '../tests/web/hosts.mjs';
import { makeDocuments, openIndex, readQueries, writeIndex } from '../tests/wasm/search.mjs';

const ENGINES = ['meridian', 'minisearch', 'flexsearch', 'orama', 'pagefind'];
const { values } = parseArgs({
  options: {
    counts: { type: 'string', default: '1000,10000' },
    engines: { type: 'string', default: ENGINES.join() },
    one: { type: 'string' },
  },
});

/** Milliseconds of the processor since the last call. */
let last = process.cpuUsage();
function spent() {
  const now = process.cpuUsage(last);
  last = process.cpuUsage();
  return (now.user + now.system) / 1000;
}

/** The fields that engines without HTML get. */
function fields({ url, title, html }) {
  const headings = [...html.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, heading]) => heading);
  return { id: url, title, headings: headings.join(' '), text: html.replace(/<[^>]+>/g, ' ') };
}

const held = () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** How each makes an index: what it gives is asked for the address of the first result. */
const make = {
  async meridian(documents) {
    const { files, memory } = await writeIndex(documents);
    const time = spent();
    const size = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    const first = [];
    for (const { query, language } of readQueries()) {
      const index = await openIndex(files, language);
      if (index.ask(query, { first: true }).results.length) first.push(index.read());
    }
    spent();
    /** A reader's, with the stems of the language. @type {Record<string, any>} */
    const readers = {};
    for (const { language } of readQueries())
      readers[language] ??= await openIndex(files, language);
    const ask = (words, language) => readers[language].ask(words).results[0]?.url;
    return { ask, time, size, memory, first: Math.max(...first) };
  },
  async minisearch(documents) {
    const { default: MiniSearch } = await import('minisearch');
    const before = held();
    const index = new MiniSearch({ fields: ['title', 'headings', 'text'] });
    index.addAll(documents.map(fields));
    const time = spent();
    const memory = held() - before;
    const size = Buffer.byteLength(JSON.stringify(index));
    const options = {
      boost: { title: 3, headings: 2 },
      prefix: true,
      fuzzy: 0.2,
      combineWith: 'AND',
    };
    return { ask: (words) => index.search(words, options)[0]?.id, time, memory, size };
  },
  async flexsearch(documents) {
    const { Document } = await import('flexsearch').then((module) => module.default ?? module);
    const before = held();
    const index = new Document({
      document: { id: 'id', index: ['title', 'headings', 'text'] },
      tokenize: 'forward',
    });
    for (const document of documents) index.add(fields(document));
    const time = spent();
    const memory = held() - before;
    // The results of a field come in its order; those of titles first.
    const ask = (words) => index.search(words, { limit: 10, suggest: true })[0]?.result[0];
    return { ask, time, memory };
  },
  async orama(documents) {
    const { create, insertMultiple, save, search } = await import('@orama/orama');
    const before = held();
    const index = create({ schema: { title: 'string', headings: 'string', text: 'string' } });
    await insertMultiple(index, documents.map(fields), 500);
    const time = spent();
    const memory = held() - before;
    const size = Buffer.byteLength(JSON.stringify(save(index)));
    const boost = { title: 3, headings: 2 };
    const ask = async (term) => (await search(index, { term, tolerance: 1, boost })).hits[0]?.id;
    return { ask, time, memory, size };
  },
  async pagefind(documents) {
    const pagefind = await import('pagefind');
    const begin = performance.now();
    const { index } = await pagefind.createIndex();
    for (const { url, title, language, html } of documents)
      await index.addHTMLFile({
        url,
        content: `<html lang="${language}"><title>${title}</title><main><h1>${title}</h1>${html}</main>`,
      });
    const folder = mkdtempSync(join(tmpdir(), 'meridian-pagefind-'));
    await index.writeFiles({ outputPath: folder });
    const files = readdirSync(folder, { recursive: true })
      .map((name) => statSync(join(folder, name)))
      .filter((file) => file.isFile());
    await pagefind.close();
    const wall = performance.now() - begin;
    const size = files.reduce((sum, { size }) => sum + size, 0);
    return { size, wall, files: files.length, ...(await inBrowser(folder)) };
  },
};

/**
 * Pagefind's search runs in browsers alone: for each query a new one, whose page has the query's
 * language, which it loads the index of. Its time is the clock's, of a second query with the same
 * words.
 */
async function inBrowser(folder) {
  const closing = [() => rmSync(folder, { recursive: true })];
  const t = { after: (end) => closing.unshift(end) };
  const browser = await launch();
  closing.unshift(() => browser.close());
  const languages = new Set(readQueries().map(({ language }) => language));
  for (const language of languages)
    writeFileSync(join(folder, `${language}.html`), `<!doctype html><html lang="${language}">`);
  const { url, log } = await host(t, folder);
  const answers = new Map();
  const first = [];
  let query = 0;
  for (const { query: words, language } of readQueries()) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}${language}.html`);
    const before = log.length;
    const [found, time] = await page.evaluate(async (words) => {
      const pagefind = await import('/pagefind.js');
      const ask = async () => (await (await pagefind.search(words)).results[0]?.data())?.url;
      const found = await ask();
      const begin = performance.now();
      await ask();
      return [found, performance.now() - begin];
    }, words);
    answers.set(words, found);
    query += time;
    const files = new Set(log.slice(before).map(({ path }) => path.slice(1)));
    first.push([...files].reduce((sum, name) => sum + statSync(join(folder, name)).size, 0));
    await context.close();
  }
  for (const close of closing) await close();
  const ask = (words) => answers.get(words);
  return { ask, query: query / first.length, first: Math.max(...first) };
}

async function measure(name, count) {
  const documents = makeDocuments(count);
  spent();
  const begin = performance.now();
  const { ask, time, ...rest } = await make[name](documents);
  const result = { name, count, index: time, wall: performance.now() - begin, ...rest };
  const queries = readQueries();
  for (const { query, language } of queries) await ask(query, language); // loads and compiles
  spent();
  const found = [];
  for (const { query, language } of queries) found.push(await ask(query, language));
  result.query ??= spent() / queries.length;
  const titles = new Map(documents.map(({ url, title }) => [url, title]));
  result.found = queries.filter(({ title }, at) => titles.get(found[at]) === title).length;
  return result;
}

if (values.one) {
  const [name, count] = values.one.split(',');
  console.log(JSON.stringify(await measure(name, Number(count))));
} else {
  const shown = (value, unit = 1, digits = 0) => (value ? (value / unit).toFixed(digits) : '–');
  console.log('| documents | engine | index, ms | size, KB | memory, MB | query, ms | found |');
  console.log('| --------: | ------ | --------: | -------: | ---------: | --------: | ----: |');
  for (const count of values.counts.split(','))
    for (const name of values.engines.split(',')) {
      const self = fileURLToPath(import.meta.url);
      let line;
      try {
        const text = execFileSync(
          process.execPath,
          ['--expose-gc', '--max-old-space-size=3000', self, '--one', `${name},${count}`],
          { encoding: 'utf8', timeout: 280_000, stdio: ['ignore', 'pipe', 'ignore'] },
        );
        const one = JSON.parse(text.trim().split('\n').pop());
        const { index, size, memory, query, found } = one;
        line = `${shown(index)} | ${shown(size, 1024)} | ${shown(memory, 2 ** 20, 1)} | ${shown(query, 1, 2)} | ${found ?? '–'}`;
        if (one.first) line += ` | first result after at most ${shown(one.first, 1024)} KB`;
        if (one.files) line += ` | ${one.files} files, ${shown(one.wall)} ms of clock`;
      } catch (error) {
        line = `did not end: ${String(error.message).split('\n')[0].slice(0, 80)}`;
      }
      console.log(`| ${count} | ${name} | ${line} |`);
    }
}
