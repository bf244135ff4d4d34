// Translates messages for visitors: into the language of the page, of the site, or of the browser.
// On the author's own machine they are English, as all remedies are.

import { importFile } from '../base/foreign.js';
import { languageOf } from '../base/language.js';
import { development, site } from '../base/site_state.js';
import { set } from '../base/util.js';
import { CONFIG } from '../base/site_files.js';
import { settingsText } from '../net/site_sources.js';
import { document } from '../base/unclobbered.js';

// The theme's languages; each but English has a file in messages/.
const LANGUAGES = ['en', 'ar', 'de', 'es', 'fr', 'it', 'ja', 'pt', 'zh', 'zh-Hant'];

/**
 * @typedef {Record<string, string>} Words a message by the English one; `{}` stands for what is
 *   named there
 */

/**
 * Translates the messages in an element once the translations are loaded; until then, or without
 * them, they are English.
 * @param {HTMLElement} element
 */
export async function localize(element) {
  const tag = languageOfVisitor();
  const words = await wordsIn(tag);
  const direction = words && tag === 'ar' ? 'rtl' : 'ltr';
  set(element, 'lang', words ? tag : 'en');
  set(element, 'dir', direction);
  if (!words) return;
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    text.nodeValue = translated(words, text.nodeValue ?? '', direction);
  document.title = translated(words, document.title, direction);
  const panels = element.matches('.diagnostic')
    ? [element]
    : element.querySelectorAll('.diagnostic');
  for (const panel of panels) relabel(panel);
}

/** Sets a panel's accessible name to its text. @param {Element} panel */
function relabel(panel) {
  const [where, what] = ['where', 'what'].map((part) =>
    panel.querySelector(`.diagnostic__${part}`),
  );
  set(panel, 'aria-label', [where?.textContent, what?.textContent].filter(Boolean).join(': '));
  if (where) set(where, 'dir', 'ltr');
}

/** Loads the translations after the text: they must be there when the connection fails. */
export const fetchWords = () => wordsIn(languageOfVisitor());

/**
 * Undefined for English.
 * @param {string} tag
 * @returns {Promise<Words | undefined>}
 */
async function wordsIn(tag) {
  if (tag === 'en') return undefined;
  const module = await importFile(`${site.folder}messages/${tag}.js`).catch(() => undefined);
  return module?.default;
}

function languageOfVisitor() {
  if (development) return 'en';
  // The shell's own head is there until a page is mounted.
  const page = document.head.querySelector('noscript') ? '' : document.documentElement.lang;
  const tags = [page, languageOfSite(), ...navigator.languages].map(known);
  return tags.find((tag) => tag) ?? 'en';
}

/** The language of `_config.yml`, or of the manifest. */
function languageOfSite() {
  const entry = site.listing.files.find(
    (file) => typeof file !== 'string' && CONFIG.test(file.path),
  );
  const config = settingsText() ?? /** @type {{ text?: string } | undefined} */ (entry)?.text ?? '';
  return /^(?:lang|locale)[ \t]*:[ \t]*["']?([\w-]+)/m.exec(config)?.[1] ?? '';
}

/** The supported language for a page's or browser's language tag. @param {string} tag */
const known = (tag) => LANGUAGES.find((name) => name.toLowerCase() === languageOf(tag));

/** @param {Words} words @param {string} text @param {string} direction */
function translated(words, text, direction) {
  const message = text.trim();
  if (Object.hasOwn(words, message)) return text.replace(message, () => words[message]);
  for (const [english, word] of Object.entries(words)) {
    const [before, after] = english.split('{}');
    if (after === undefined || !message.startsWith(before) || !message.endsWith(after)) continue;
    const named = message.slice(before.length, message.length - after.length);
    // Isolates the direction of addresses and numbers in a message.
    return word.replace('{}', () => (direction === 'rtl' ? `\u2068${named}\u2069` : named));
  }
  return text;
}
