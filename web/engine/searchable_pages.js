// The pages of a site as a search index takes them: rendered by the core one by one, without their
// layouts.

import { task } from '../net/fetch.js';
import { READY } from './abi.js';
import { complete } from './complete.js';

/**
 * A page of the site. `isList`: it lists other pages.
 * @typedef {{
 *   url: string, title: string, collection: string, language: string, year: number, tags: string,
 *   isList: boolean, html: string,
 * }} Page
 *
 * The pages of a site. `each` calls `take` for each page, and resolves when all were taken.
 * @typedef {{
 *   count(): Promise<number>,
 *   each(take: (page: Page, done: number, all: number) => void): Promise<void>,
 * }} Pages
 */

/**
 * What pages are rendered with.
 * @typedef {{
 *   engine: import('./engine.js').Engine,
 *   supply(needs: import('./complete.js').Needs): Promise<unknown>,
 *   ready: Promise<unknown>,
 * }} Shell  `ready`: the core has the list of files
 */

// Pages that are fetched at once: the core renders one while the next are on their way.
const AT_ONCE = 6;

/**
 * Asks the core for what an index is made of.
 * @param {Shell} shell
 * @param {string} path
 */
const ask = ({ engine, supply }, path) =>
  complete(path, () => engine.question('answer', 'search', path), supply);

/** @param {Shell} shell @returns {Pages} */
export const pagesOf = (shell) => ({
  async count() {
    await shell.ready;
    return (await ask(shell, '')).json.length;
  },
  async each(take) {
    await shell.ready;
    const { json: list } = await ask(shell, '');
    let at = 0;
    let done = 0;
    const next = async () => {
      for (let page = list[at++]; page; page = list[at++]) {
        const [path, url, collection, language, year, isList, tags] = page;
        const answer = await ask(shell, path).catch(() => undefined);
        done++;
        const ready = answer?.status === READY;
        const content = ready
          ? { title: answer.json ?? '', html: answer.html }
          : { title: '', html: '' };
        take({ url, collection, language, year, isList, tags, ...content }, done, list.length);
        // Links and keys come before the next page.
        await task();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  },
});
