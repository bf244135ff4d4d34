// Search as the browser does it, without a browser: indexer.wasm writes an index of documents,
// search.wasm reads it shard by shard. And documents to search in: those of
// tests/spec/search-queries.txt among others with the same words.

import { readFileSync } from 'node:fs';
import { instantiate, wrap } from '../../web/engine/abi.js';
import { OF_WORDS, Reader, makeSearch } from '../../web/search/reader.js';
import { stemOf } from '../../web/search/stems.js';

const ROOT = new URL('../../', import.meta.url);
const module = (name) =>
  WebAssembly.compile(
    readFileSync(new URL(`${process.env.MERIDIAN_WASM ?? 'build/wasm'}/${name}.wasm`, ROOT)),
  );

/** The written queries: what is asked for, and the document that has to come first. */
export function readQueries() {
  const text = readFileSync(new URL('tests/spec/search-queries.txt', ROOT), 'utf8');
  return text
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [language, title, heading, sentence, query, kind] = line.split(' | ');
      return { language, title, heading, sentence, query, kind };
    });
}

// Numerical Recipes' linear congruential generator: the same documents on every machine.
function randomBy(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

// Syllables of which words are made that no language has, beside those of the queries' documents.
const SYLLABLES = {
  en: 'ab er in ol um ant est ile ort ust bra cle dro fli gru pla sta tre vin wel'.split(' '),
  de: 'ach ein erg ich ung auf bel ger hei kau lum mar nie rot sch stu tal ver wol zug'.split(' '),
  zh: [...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动'],
  ar: 'ال بي تم جد حر دو رس سل شم صف عل فن قد كت لي مو نو هر وج يد'.split(' '),
};
/** Different words of a language: with these, 5 MB have as many as prose has. */
const VOCABULARY = { en: 12000, de: 14000, zh: 3000, ar: 9000 };

function vocabularyOf(language, random) {
  const syllables = SYLLABLES[language];
  return Array.from({ length: VOCABULARY[language] }, () =>
    Array.from({ length: 2 + random(3) }, () => syllables[random(syllables.length)]).join(''),
  );
}

/**
 * `count` documents of about `size` bytes: a document for each query, and others, whose texts have
 * single words of the queries' documents as well. Titles are text, bodies HTML.
 */
export function makeDocuments(count, size = 5000) {
  const queries = readQueries();
  const random = randomBy(7);
  const words = {};
  const lures = {};
  for (const language of Object.keys(SYLLABLES)) {
    words[language] = vocabularyOf(language, random);
    // Single words, in Chinese of two characters: a whole sentence would be as right an answer.
    lures[language] = queries
      .filter((one) => one.language === language)
      .flatMap(({ title, sentence }) => `${title} ${sentence}`.split(/[ ,.:：。，]+/))
      .flatMap((part) => (language === 'zh' ? (part.match(/../g) ?? []) : part))
      .filter((part) => part && !queries.some(({ query }) => query === part));
  }
  const glue = (language) => (language === 'zh' ? '' : ' ');
  // Word frequencies as in prose (Zipf): the product of two draws prefers the first ones.
  const word = (language, lured) => {
    const list = words[language];
    if (lured && random(60) === 0) return lures[language][random(lures[language].length)];
    return list[Math.floor((random(list.length) * random(list.length)) / list.length)];
  };
  const sentence = (language, length, lured = false) =>
    Array.from({ length }, () => word(language, lured)).join(glue(language));
  const prose = (language, bytes) => {
    let text = '';
    for (let at = 0; at < bytes;) {
      const one = sentence(language, 8 + random(12), true) + (language === 'zh' ? '。' : '. ');
      at += Buffer.byteLength(one);
      text += one;
    }
    return text;
  };
  const languages = Object.keys(SYLLABLES);
  return Array.from({ length: count }, (_, number) => {
    // The queries' documents are spread over all.
    const every = Math.floor(count / queries.length);
    const query = number % every === 0 ? queries[number / every] : undefined;
    const language = query?.language ?? languages[random(languages.length)];
    const title = query?.title ?? sentence(language, 2 + random(4));
    const part = (heading, text, id) => `<h2 id="${id}">${heading}</h2>\n<p>${text}</p>\n`;
    const third = size / 3;
    const html =
      `<p>${prose(language, third)}</p>\n` +
      part(
        query?.heading ?? sentence(language, 3),
        `${prose(language, third / 2)} ${query?.sentence ?? ''} ${prose(language, third / 2)}`,
        'first',
      ) +
      part(sentence(language, 3), prose(language, third), 'second');
    return {
      url: `/${language}/${number}/`,
      title,
      html,
      language,
      collection: ['posts', 'notes', 'talks'][random(3)],
      year: 1990 + random(35),
      tags: `tag ${random(20)}\ntag ${random(20)}`,
    };
  });
}

/** An index of documents, written by indexer.wasm: its files by name. */
export async function writeIndex(documents) {
  const { call, bytes, u32, memory } = wrap(await instantiate(await module('indexer')), 'indexer_');
  const begin = performance.now();
  for (const { url, title, collection, year, tags, html } of documents)
    if (!call('add', year, 0, [url, title, collection, '', tags].join('\x1F'), html))
      throw new Error('The index is full.');
  const files = new Map();
  for (let at = call('write'); u32(at); at += 16)
    files.set(String.fromCharCode(u32(at)) + u32(at + 4), bytes(u32(at + 8), u32(at + 12)).slice());
  return { files, time: performance.now() - begin, memory: memory.buffer.byteLength };
}

/**
 * search.wasm with the head of an index, for a reader of a language; `ask` loads the shards that a
 * query needs.
 */
export async function openIndex(files, language = 'ja') {
  const instance = await makeSearch(await module('search'));
  instance.stem = await stemOf(language);
  const { call, memory } = instance;
  const opened = call('open', files.get('h0'));
  let read = files.get('h0').length;
  const reader = new Reader(instance);
  const all = { results: 10, collection: '', language: '', year: '', tag: '', preferred: '' };
  const once = (words, options) => reader.ask({ ...all, ...options, words });
  return {
    opened: !!opened,
    once,
    put: (name, data) => call('put', name.charCodeAt(0), Number(name.slice(1)), data),
    /** Until nothing is wanted, or, with `first`, until there is a result. */
    ask(words, options = {}) {
      for (let round = 0; round < 20; round++) {
        const answer = once(words, options);
        const wanted = answer.wanted.filter((name) => files.has(name));
        if (!wanted.length || (options.first && answer.results.length)) return answer;
        const ofWords = wanted.filter((name) => OF_WORDS.test(name));
        for (const name of ofWords.length ? ofWords : options.first ? wanted.slice(0, 1) : wanted) {
          read += files.get(name).length;
          this.put(name, files.get(name));
        }
      }
      throw new Error(`no end: ${words}`);
    },
    read: () => read,
    memory: () => memory.buffer.byteLength,
  };
}
