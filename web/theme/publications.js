// A page of works: filters its list by text, year, type, person and tag, and copies BibTeX. Loaded
// by pages of the layout `publications`, also written ones. Without it the list is complete.
//
// The filter's state is in the page's address: `?q=curie&year=1911`, so that a link shows the same.

import { make } from '../base/elements.js';
import { enhance } from '../base/patches.js';
import { foreign } from '../base/release.js';
import { document } from '../base/unclobbered.js';
import { nearlyBegins } from '../base/typing_errors.js';
import { perhaps } from '../base/util.js';

/**
 * A work, and what is looked for in it. `words` are folded.
 * @typedef {{
 *   element: HTMLElement, group: Group, year: string, type: string, authors: string[],
 *   tags: string[], words: string,
 * }} Work
 *
 * A year of the list. `shown`: how many of its works are.
 * @typedef {{ element: HTMLElement, size: HTMLElement, shown: number }} Group
 */

// Browsers count how often a page changes its address: Safari allows 100 times in 30 seconds.
const ADDRESS_AFTER = 300; // milliseconds
const COPIED_FOR = 2000; // milliseconds
// Letters of the shortest word that may have a typing error, as in the site's search.
const SHORTEST = 4;

/** Text as it is compared: without case, and without marks of letters. @param {string} text */
const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** @param {Element} place @param {string} selector */
const textsOf = (place, selector) =>
  [...place.querySelectorAll(selector)].map((element) => (element.textContent ?? '').trim());

/** @param {Element} list @returns {Work[]} */
function readWorks(list) {
  return [...list.querySelectorAll('.publications__group')].flatMap((section) => {
    const group = {
      element: /** @type {HTMLElement} */ (section),
      size: /** @type {HTMLElement} */ (section.querySelector('.publications__size')),
      shown: 0,
    };
    const { year = '' } = group.element.dataset;
    return /** @type {HTMLElement[]} */ ([...section.querySelectorAll('.publication')]).map(
      (element) => {
        const { type = '', tags = '' } = element.dataset;
        const texts = textsOf(element, 'h3, p, .publication__abstract > div');
        return {
          element,
          group,
          year,
          type,
          authors: textsOf(element, '.archive__item-authors > span'),
          tags: tags.split('|').filter(Boolean),
          words: fold([year, tags, element.id, ...texts].join(' ')),
        };
      },
    );
  });
}

// ---- the page's address

/** A host without pages for missing files has routes in the anchor: `#/publications/?q=curie`. */
const inAnchor = () => /^#\//.test(location.hash);

function parameters() {
  const query = inAnchor() ? location.hash.replace(/^[^?]*/, '') : location.search;
  return new URLSearchParams(query);
}

/** @param {URLSearchParams} state */
function showAddress(state) {
  const query = String(state) && `?${state}`;
  const { origin, pathname, search, hash } = location;
  const address = inAnchor()
    ? pathname + search + hash.replace(/\?.*/s, '') + query
    : pathname + query + hash;
  // With its host: a path may begin with two slashes.
  if (address !== pathname + search + hash)
    perhaps(() => history.replaceState(history.state, '', origin + address));
}

// ---- filter

/**
 * What a work has of that which a field chooses.
 * @type {Record<string, (work: Work) => string[]>}
 */
const VALUES = {
  year: ({ year }) => [year],
  type: ({ type }) => [type],
  author: ({ authors }) => authors,
  tag: ({ tags }) => tags,
};

/**
 * The values of works that a field offers, each with the number of works.
 * @param {HTMLSelectElement} select
 * @param {string[]} values one of each work, or several
 * @param {(a: string, b: string) => number} order
 */
function offer(select, values, order) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const texts = new Map([...select.options].map(({ value, text }) => [value, text]));
  // Once more after a patch of the page: then they have their numbers.
  const nameOf = (/** @type {string} */ value) =>
    (texts.get(value) ?? value).replace(/ \(\d+\)$/, '');
  const names = [...counts.keys()].filter(Boolean).sort((a, b) => order(nameOf(a), nameOf(b)));
  select.length = 1;
  select.append(
    ...names.map((value) => make('option', { value }, `${nameOf(value)} (${counts.get(value)})`)),
  );
  /** @type {HTMLElement} */ (select.parentElement).hidden = names.length < 2;
}

/** @param {HTMLElement} list @param {HTMLFormElement} form */
function start(list, form) {
  const works = readWorks(list);
  const groups = [...new Set(works.map(({ group }) => group))];
  const fields = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([
    ...form.querySelectorAll('[name]'),
  ]);
  const reset = /** @type {HTMLElement} */ (form.querySelector('[type=reset]'));
  const status = /** @type {HTMLElement} */ (form.querySelector('[role=status]'));
  const names = new Intl.Collator(document.documentElement.lang || undefined).compare;
  for (const field of fields)
    if (field instanceof HTMLSelectElement)
      offer(
        field,
        works.flatMap((work) => VALUES[field.name](work)),
        field.name === 'year' ? (a, b) => names(b, a) : names,
      );

  /** All words of the list, once a typing error needs them. @type {Set<string> | undefined} */
  let vocabulary;
  /**
   * What a word of the query stands for: itself, else the words that are one typing error apart.
   * @param {string} word
   */
  const meant = (word) => {
    if (word.length < SHORTEST || works.some(({ words }) => words.includes(word))) return [word];
    vocabulary ??= new Set(works.flatMap(({ words }) => words.split(/[^\p{L}\p{N}]+/u)));
    return [...vocabulary].filter((one) => nearlyBegins(word, one));
  };

  const label = status.lastChild?.textContent ?? '';
  const filter = () => {
    const [query, ...chosen] = fields;
    const words = fold(query.value).split(/\s+/).filter(Boolean).map(meant);
    const wanted = chosen.filter(({ value }) => value);
    let shown = 0;
    for (const group of groups) group.shown = 0;
    for (const work of works) {
      const fits =
        wanted.every(({ name, value }) => VALUES[name](work).includes(value)) &&
        words.every((forms) => forms.some((form) => work.words.includes(form)));
      if (work.element.hidden === fits) work.element.hidden = !fits;
      work.group.shown += Number(fits);
      shown += Number(fits);
    }
    for (const { element, size, shown } of groups) {
      if (element.hidden !== !shown) element.hidden = !shown;
      if (size.textContent !== String(shown)) size.textContent = String(shown);
    }
    const number = shown === works.length ? `${shown}` : `${shown} / ${works.length}`;
    const none = status.dataset.none ?? '';
    // What is the same is not announced: the written page has the number of all.
    if (status.textContent !== (shown ? number + label : none))
      status.replaceChildren(...(shown ? [make('b', {}, number), label] : [none]));
    reset.hidden = !fields.some(({ value }) => value);
  };

  let timer = 0;
  const address = () => {
    const state = parameters();
    for (const { name, value } of fields) {
      if (value) state.set(name, value);
      else state.delete(name);
    }
    showAddress(state);
  };
  const changed = () => {
    filter();
    clearTimeout(timer);
    // The reader may have left the page meanwhile.
    timer = setTimeout(() => list.isConnected && address(), ADDRESS_AFTER);
  };

  form.oninput = changed;
  form.onsubmit = (event) => event.preventDefault();
  form.onreset = () => setTimeout(changed);
  const given = parameters();
  for (const element of fields) {
    element.value = given.get(element.name) ?? '';
    // A list without that value chooses nothing, not even its first line.
    if (!element.value) element.value = '';
  }
  for (const button of list.querySelectorAll('.publication__bibtex button'))
    /** @type {HTMLElement} */ (button).hidden = false;
  form.removeAttribute('inert');
  filter();
}

// ---- BibTeX

/** @param {HTMLElement} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text.textContent ?? '');
    return true;
  } catch {
    // On a page without TLS there is no clipboard but this.
    getSelection()?.selectAllChildren(text);
    return document.execCommand('copy');
  }
}

/** @param {HTMLElement} list */
function listenForCopies(list) {
  list.onclick = async ({ target }) => {
    const button = target instanceof Element ? target.closest('.publication__bibtex button') : null;
    const text = /** @type {HTMLElement | null} */ (button?.parentElement?.querySelector('pre'));
    if (!button || !text || !(await copy(text))) return;
    const word = button.textContent;
    const copied = list.dataset.copied ?? '';
    if (word === copied) return;
    button.setAttribute('aria-live', 'polite');
    button.textContent = copied;
    setTimeout(() => (button.textContent = word), COPIED_FOR);
  };
}

enhance(() => {
  const list = /** @type {HTMLElement | null} */ (document.querySelector('.publications'));
  const form = list?.querySelector('form');
  if (!list || !form || foreign()) return;
  listenForCopies(list);
  start(list, form);
});
