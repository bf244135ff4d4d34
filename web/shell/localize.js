// What visitors read when something fails, in their language: the page's, the site's, else one of
// the browser's. The author's own machine speaks English, as all advice does.

import { development, site } from '../base/site_state.js';
import { set } from '../base/util.js';
import { textOf } from '../net/site_sources.js';
import { document } from '../base/unclobbered.js';

// The theme's languages; each but English has a file in messages/.
const LANGUAGES = ['en', 'ar', 'de', 'es', 'fr', 'it', 'ja', 'pt', 'zh'];
const TRADITIONAL = /^zh[-_](hant|tw|hk|mo)/i;

/**
 * @typedef {Record<string, string>} Words a message by the English one; `{}` stands for what is
 *   named there
 */

/**
 * Translates the messages in an element once their words have come; until then, and where they
 * don't, they are in English.
 * @param {HTMLElement} element
 */
export async function localize(element) {
  const tag = languageOfVisitor();
  const words = await wordsIn(tag);
  if (!words) return;
  const direction = tag === 'ar' ? 'rtl' : 'ltr';
  set(element, 'lang', tag);
  set(element, 'dir', direction);
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    text.nodeValue = translated(words, text.nodeValue ?? '', direction);
  document.title = translated(words, document.title, direction);
  const panels = element.matches('.diagnostic')
    ? [element]
    : element.querySelectorAll('.diagnostic');
  for (const panel of panels) relabel(panel);
}

/** The name of a panel is what stands in it. @param {Element} panel */
function relabel(panel) {
  const [where, what] = ['where', 'what'].map((part) =>
    panel.querySelector(`.diagnostic__${part}`),
  );
  set(panel, 'aria-label', [where?.textContent, what?.textContent].filter(Boolean).join(': '));
  if (where) set(where, 'dir', 'ltr');
}

/**
 * Fetches the words behind a page: without a connection, which they are for, they could not be had.
 */
export const fetchWords = () => wordsIn(languageOfVisitor());

/** None for English. @param {string} tag @returns {Promise<Words | undefined>} */
async function wordsIn(tag) {
  if (tag === 'en') return undefined;
  const module = await import(`${site.folder}messages/${tag}.js`).catch(() => undefined);
  return module?.default;
}

function languageOfVisitor() {
  if (development) return 'en';
  // The shell's own head is there until a page has come.
  const page = document.head.querySelector('noscript') ? '' : document.documentElement.lang;
  const tags = [page, languageOfSite(), ...navigator.languages].map(known);
  return tags.find((tag) => tag) ?? 'en';
}

/** The language of `_config.yml`, or of the manifest. */
function languageOfSite() {
  const entry = site.listing.files.find(
    (file) => typeof file !== 'string' && file.path === '_config.yml',
  );
  const config =
    textOf('_config.yml') ?? /** @type {{ text?: string } | undefined} */ (entry)?.text ?? '';
  return /^(?:lang|locale)[ \t]*:[ \t]*["']?([\w-]+)/m.exec(config)?.[1] ?? '';
}

/** One of ours, by the tag of a page or a browser. @param {string} tag */
const known = (tag) =>
  TRADITIONAL.test(tag)
    ? 'zh-Hant'
    : LANGUAGES.find((name) => name === tag.toLowerCase().split(/[-_]/)[0]);

/** @param {Words} words @param {string} text @param {string} direction */
function translated(words, text, direction) {
  const said = text.trim();
  if (Object.hasOwn(words, said)) return text.replace(said, () => words[said]);
  for (const [english, word] of Object.entries(words)) {
    const [before, after] = english.split('{}');
    if (after === undefined || !said.startsWith(before) || !said.endsWith(after)) continue;
    const named = said.slice(before.length, said.length - after.length);
    // An address or a number in a message keeps its own direction.
    return word.replace('{}', () => (direction === 'rtl' ? `\u2068${named}\u2069` : named));
  }
  return text;
}
