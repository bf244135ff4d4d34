// The language of the open file, in which the browser checks the spelling: as its page has it.

import { configOf, isConfig } from './project/dialect.js';
import { frontMatterOf } from './project/front_matter.js';

// Characters in which front matter is looked for, and the start of a page.
const [FRONT, START] = [8000, 2000];
const TAG = /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i;

/** A language tag as HTML has it, if it is one. @param {string} [text] */
function tagOf(text = '') {
  const tag = text
    .replace(/\s+#.*$/, '')
    .replace(/^(["'])(.*)\1$/, '$2')
    .replaceAll('_', '-');
  return TAG.test(tag) ? tag : '';
}

/** The value of a key at the top of YAML. @param {string} yaml @param {string} key */
const valueOf = (yaml, key) =>
  tagOf(new RegExp(`^${key}[ \\t]*:[ \\t]*(\\S.*?)[ \\t\\r]*$`, 'm').exec(yaml)?.[1]);

/** The theme's order. @param {string} yaml */
const langIn = (yaml) => valueOf(yaml, 'lang') || valueOf(yaml, 'locale');

/**
 * The language of a file: of its front matter, of its page (by defaults, or its folder), of the
 * site. Empty where none is set: then the browser's settings decide.
 * @param {import('./playground.js').Playground} playground
 */
function languageOf({ path, project, loop, preview }) {
  const own = langIn(frontMatterOf((project.text(path) ?? '').slice(0, FRONT)));
  if (own) return own;
  const settings = project.text(configOf(project)) ?? '';
  // The theme's pages are English where nothing is set.
  const isSet = /\b(lang|locale|languages|default_lang)["']?\s*:/.test(settings);
  if (isSet && loop.there.source === path) {
    const shown = /<html\b[^<>]*?\slang=["']?([\w-]+)/i.exec(preview.html.slice(0, START))?.[1];
    if (tagOf(shown)) return tagOf(shown);
  }
  return langIn(settings) || valueOf(settings, 'default_lang');
}

/**
 * Keeps the editor's language that of its file.
 * @param {import('./playground.js').Playground} playground
 */
export function followLanguage(playground) {
  const { editor, preview, project } = playground;
  const follow = () => editor.speak(languageOf(playground));
  playground.opened.push(follow);
  project.whenChanged((path, _, changes) => {
    if (isConfig(path) || !changes || changes.some(([from]) => from < FRONT)) follow();
  });
  const { measured } = preview;
  // The frame has the page.
  preview.measured = () => {
    measured();
    follow();
  };
}
