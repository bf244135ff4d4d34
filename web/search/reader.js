// An index of which the shards come when a query needs them. search.wasm reads it and answers
// (wasm/search.h).

import { instantiate, wrap } from '../engine/abi.js';
import { compile } from '../net/fetch.js';
import { stemOf } from './stems.js';

/**
 * Where an index comes from.
 * @typedef {{
 *   head(): Promise<Uint8Array>,
 *   shard(name: string): Promise<Uint8Array>,
 * }} Source
 *
 * @typedef {{
 *   words: string, collection: string, language: string, year: string, tag: string,
 *   preferred: string, results: number,
 * }} Query  `preferred`: the reader's language
 *
 * A text with what matches marked by \x02 before and \x03 behind it.
 * @typedef {string} Marked
 * @typedef {{ id: string, heading: Marked, snippet: Marked }} Section
 * @typedef {{
 *   url: string, title: Marked, collection: string, year: string, sections: Section[],
 * }} Result
 * @typedef {[name: string, count: number][]} Facet
 * @typedef {{
 *   count: number, results: Result[], collections: Facet, languages: Facet, years: Facet,
 *   tags: Facet, wanted: string[],
 * }} Answer  `wanted`: names of shards that it lacks
 */

// A query needs its words' shards, then those of similar words, then lists of what has them, then
// pages: each at most once.
const MAX_ROUNDS = 24;
// Bytes of a word (kMaxWord in core/include/meridian/search.h).
const MAX_WORD = 48;
const decoder = new TextDecoder();
const encoder = new TextEncoder();
/** Names of shards with words, lists and endings, before which there is nothing to show. */
export const OF_WORDS = /^[toe]/;

/** @param {string} text as core/include/meridian/search.h has it @returns {Answer} */
function parseAnswer(text) {
  /** @type {Answer} */
  const answer = {
    count: 0,
    results: [],
    collections: [],
    languages: [],
    years: [],
    tags: [],
    wanted: [],
  };
  const { collections, languages, years, tags } = answer;
  /** @type {Record<string, Facet>} */
  const facets = { c: collections, l: languages, y: years, t: tags };
  for (const record of text.split('\x1E').slice(1)) {
    const [kind, ...fields] = record.split('\x1F');
    const [first, second, third, fourth] = fields;
    if (kind === 'n') answer.count = Number(first);
    else if (kind === 'd')
      answer.results.push({
        url: first,
        title: second,
        collection: third,
        year: fourth,
        sections: [],
      });
    else if (kind === 's')
      answer.results.at(-1)?.sections.push({ id: first, heading: second, snippet: third });
    else if (kind === 'w') answer.wanted = fields;
    else facets[kind]?.push([first, Number(second)]);
  }
  return answer;
}

/**
 * An instance of search.wasm, which asks `stem` for stems of words; empty: not known.
 * @param {WebAssembly.Module} module
 */
export async function makeSearch(module) {
  /** @type {{ stem: import('./stems.js').Stem }} */
  const own = { stem: () => '' };
  const exports = await instantiate(module, {
    search_stem(word, size, stem) {
      const text = own.stem(decoder.decode(instance.bytes(word, size)));
      return encoder.encodeInto(text, instance.bytes(stem, MAX_WORD)).written;
    },
  });
  const instance = wrap(exports, 'search_');
  return Object.assign(own, instance);
}

export class Reader {
  /** @param {Awaited<ReturnType<typeof makeSearch>>} instance @param {Source} source */
  constructor(instance, source) {
    this.instance = instance;
    this.source = source;
    /** Counts queries: an older one stops. */
    this.turn = 0;
    /** Shards that are on their way. @type {Map<string, Promise<void>>} */
    this.coming = new Map();
  }

  /** @param {Source} source */
  static async open(source) {
    const module = compile(new URL('./search.wasm', import.meta.url).href);
    const [instance, head] = await Promise.all([module.then(makeSearch), source.head()]);
    const reader = new Reader(instance, source);
    reader.show(head);
    return reader;
  }

  /** Reads another head, as of an index that has grown. @param {Uint8Array} head */
  show(head) {
    this.coming = new Map();
    if (!this.instance.call('open', head)) throw new Error('The search index can’t be read.');
  }

  /** @param {Query} query @returns {Answer} */
  ask({ results, collection, language, year, tag, preferred, words }) {
    const { call, bytes, u32 } = this.instance;
    const fields = [collection, language, year, tag, preferred, words];
    const clean = fields.map((text) => text.replace(/[\0-\x1F]/g, ' '));
    const block = call('query', results, clean.join('\x1F'));
    return parseAnswer(decoder.decode(bytes(block + 4, u32(block))));
  }

  /** Loads a shard, once. @param {string} name */
  load(name) {
    const { coming } = this;
    const put = (/** @type {Uint8Array} */ data) => {
      // The index may be another one by now.
      if (coming === this.coming)
        this.instance.call('put', name.charCodeAt(0), Number(name.slice(1)), data);
    };
    const loading =
      coming.get(name) ??
      this.source.shard(name).then(put, (error) => {
        coming.delete(name);
        throw error;
      });
    coming.set(name, loading);
    return loading;
  }

  /**
   * Answers a query, as soon as there is something to show and again when more has come. Rejects
   * when shards with its words can't be had.
   * @param {Query} query
   * @param {(answer: Answer, complete: boolean) => void} show
   */
  async query(query, show) {
    const turn = ++this.turn;
    const failed = new Set();
    this.instance.stem = await stemOf(query.language || query.preferred);
    for (let round = 0; round < MAX_ROUNDS && turn === this.turn; round++) {
      const answer = this.ask(query);
      const wanted = answer.wanted.filter((name) => !failed.has(name));
      const ofWords = wanted.filter((name) => OF_WORDS.test(name));
      if (!ofWords.length) show(answer, !wanted.length);
      if (!wanted.length) return;
      if (ofWords.length) await Promise.all(ofWords.map((name) => this.load(name)));
      // Pages are shown one by one: the first result does not wait for the last.
      else
        await Promise.race(
          wanted.map((name) => this.load(name).catch(() => void failed.add(name))),
        );
    }
  }
}
