// What may stand at a place of a source: links, Liquid, front matter, keys and values of settings
// and data. Offers only what exists in the project, or what the core knows. A file of its own,
// loaded with the first completion.

import { acceptCompletion, autocompletion, startCompletion } from '@codemirror/autocomplete';
import { Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { isPicture } from '../../base/file_kinds.js';
import { READY } from '../../engine/abi.js';
import { inFront, mayBe } from '../editor/completion.js';
import { configOf, isConfig } from '../project/dialect.js';
import { isText } from '../project/file_content.js';
import { frontMatterOf } from '../project/front_matter.js';
import { completeConfig } from './config.js';
import { names as emojiNames } from './emoji.js';
import { completeFront } from './front.js';
import { completePlace } from './places.js';
import { FILTERS, TAGS } from './words.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('@codemirror/autocomplete').Completion} Completion
 * @typedef {import('@codemirror/autocomplete').CompletionContext} Context
 * @typedef {import('@codemirror/autocomplete').CompletionResult} Result
 * @typedef {import('../playground.js').Playground} Playground
 */

// Entries that are offered.
const MOST = 3000;
const NEAR = 300;
// Characters in which front matter is looked for.
const FRONT = 2000;

/** Variables that each template sees. */
const ROOTS = [
  ['page', 'the page: its front matter, url, content'],
  ['site', 'the site: settings, posts, pages, data'],
  ['content', 'in a layout: the page that it surrounds'],
  ['layout', 'front matter of the layout'],
  ['include', 'in an include: its parameters'],
  ['forloop', 'in a loop: index, first, last'],
  ['paginator', 'on paginated pages: posts and neighbours'],
];
const NOTICES = [
  'notice',
  ...['primary', 'info', 'success', 'warning', 'danger'].map((kind) => `notice--${kind}`),
];

export class Complete {
  /**
   * Addresses and titles of the pages, until the project changes.
   * @type {Promise<{ url: string, source: string, title: string }[]> | undefined}
   */
  known = undefined;

  /** @param {Playground} playground */
  constructor(playground) {
    this.playground = playground;
    const { project } = playground;
    const forget = () => (this.known = undefined);
    project.whenChanged((path, listed, changes) => {
      // An edit of text changes no address; one of front matter (with its dashes) or settings may.
      // Few edits ask for the text: that of megabytes is joined then.
      const front = () => '---\n---\n'.length + frontMatterOf(project.text(path) ?? '').length;
      const early = !changes || changes.some(([from]) => from < FRONT && from < front());
      if (listed || early || isConfig(path)) forget();
    });
    project.addEventListener('open', forget);
  }

  get project() {
    return this.playground.project;
  }

  /** For the editor of a file. @param {string} path */
  extension(path) {
    return [
      autocompletion({
        override: [(context) => (mayBe(context, path) ? this.at(context, path) : null)],
        icons: false,
        activateOnTypingDelay: 0,
      }),
      Prec.highest(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
    ];
  }

  /** Opens it at the caret. */
  start = startCompletion;

  /** Tells whether the site lists a plugin. @param {string} name */
  has(name) {
    return !name || (this.project.text(configOf(this.project)) ?? '').includes(name);
  }

  /**
   * @param {Context} context
   * @param {string} path
   * @returns {Promise<Result | null>}
   */
  async at(context, path) {
    const { state, pos } = context;
    if (isConfig(path) && !path.endsWith('.toml')) return completeConfig(context);
    const { from } = state.doc.lineAt(pos);
    const before = state.sliceDoc(Math.max(from, pos - NEAR), pos);
    const data = /\.(ya?ml|json)$/i.test(path);
    if (!data) {
      const liquid = /\{([%{])-?\s*([^%{}]*)$/.exec(before);
      if (liquid) return this.liquid(liquid[1] === '%', liquid[2], pos, path);
    }
    if (data || inFront(context)) {
      const used = completeFront(context, path, this.project, data);
      return withPlaces(used, await completePlace(context), state);
    }
    return this.text(before, pos, path);
  }

  // ---- links and attributes ----

  /**
   * @param {string} before
   * @param {number} pos
   * @param {string} path
   * @returns {Promise<Result | null>}
   */
  async text(before, pos, path) {
    const link =
      /(!?)\[[^\]]*\]\(([^()\s]*)$/.exec(before) ?? /\b(?:href|(src))="([^"]*)$/.exec(before);
    if (link) return this.address(link[2], !!link[1], pos, path);
    const note = /\[\[([^\][]*)$/.exec(before);
    if (note) {
      const pages = await this.pages();
      const options = pages.map(({ source, title }) => ({
        label: source.replace(/^.*\//, '').replace(/\.\w+$/, ''),
        detail: title,
        apply: `${source.replace(/^.*\//, '').replace(/\.\w+$/, '')}]]`,
      }));
      return result(options, pos - note[1].length, /^[^\]]*$/);
    }
    const list = /\{:(?:.*\s)?\.([\w-]*)$/.exec(before);
    if (list)
      return result(
        NOTICES.map((label) => ({ label, detail: 'callout' })),
        pos - list[1].length,
        /^[\w-]*$/,
      );
    const emoji = /(?:^|\s):([a-z]\w*)$/.exec(before);
    if (emoji && this.has('jemoji')) {
      return result(
        (await emojiNames()).map((name) => ({ label: `:${name}:` })),
        pos - emoji[1].length - 1,
        /^:\w*$/,
      );
    }
    return null;
  }

  /**
   * @param {string} begun
   * @param {boolean} picture
   * @param {number} pos
   * @param {string} path
   * @returns {Promise<Result | null>}
   */
  async address(begun, picture, pos, path) {
    const hash = begun.indexOf('#');
    const pages = await this.pages();
    if (hash >= 0) {
      const target = begun.slice(0, hash);
      const url = target || pages.find(({ source }) => source === path)?.url;
      const page =
        url && (await this.playground.renderer.ask('render', url).catch(() => undefined));
      return result(page ? headings(page.html) : [], pos - begun.length + hash + 1, /^[^()\s"]*$/);
    }
    const pictures = this.project.paths
      .filter((one) => (picture ? isPicture(one) : !isText(one)) && !/(^|\/)_/.test(one))
      .map((one) => ({ label: `/${encodeURI(one)}`, detail: 'file' }));
    const options = picture
      ? pictures
      : [
          ...pages.map(({ url, title, source }) => ({
            label: url,
            detail: title,
            info: `Made of ${source}`,
            boost: 1,
          })),
          ...pictures,
        ];
    return result(options, pos - begun.length, /^[^()\s"#]*$/);
  }

  /** The pages of the site. */
  pages() {
    return (this.known ??= this.ask());
  }

  async ask() {
    const answer = await this.playground.renderer.ask('files').catch(() => undefined);
    /** @type {import('../../engine/abi.js').OutputFile[]} */
    const files = (answer?.status === READY && answer.json.files) || [];
    return files
      .filter(
        ({ kind, path, source }) =>
          kind === 'page' && /\.html$/.test(path) && this.project.has(source),
      )
      .map(({ path, source }) => ({
        url: encodeURI(`/${path.replace(/(^|\/)index\.html$/, '$1')}`),
        source,
        title: titleOf(this.project.text(source) ?? ''),
      }));
  }

  // ---- Liquid ----

  /**
   * @param {boolean} tag
   * @param {string} text after the brackets
   * @param {number} pos
   * @param {string} path
   * @returns {Promise<Result | null>}
   */
  async liquid(tag, text, pos, path) {
    const filter = /\|\s*(\w*)$/.exec(text);
    if (filter)
      return result(
        FILTERS.filter(([, , plugin]) => this.has(plugin)).map(([label, info, , count]) => ({
          label,
          detail: /^0?$/.test(count) ? '' : `: ${ARGUMENTS[count] ?? count}`,
          info,
          type: 'function',
          apply: /^[12]/.test(count) ? `${label}: ` : label,
        })),
        pos - filter[1].length,
        /^\w*$/,
      );
    const begun = /^(\w*)$/.exec(text);
    if (tag && begun)
      return result(
        TAGS.filter(([, , plugin]) => this.has(plugin)).map(([label, info]) => ({
          label,
          info,
          type: 'keyword',
          apply: label,
        })),
        pos - begun[1].length,
        /^\w*$/,
      );
    const named =
      tag &&
      /^(include(?:_cached)?|include_relative|link|post_url|cite|nocite|reference)\s+(\S*)$/.exec(
        text,
      );
    if (named) return result(this.names(named[1], path), pos - named[2].length, /^\S*$/);
    const variable = /(?:^|[\s(,=<>:])((?:[\w-]+\.)*)([\w-]*)$/.exec(text);
    if (!variable || /["'][^"']*$/.test(text.replace(/"[^"]*"|'[^']*'/g, ''))) return null;
    const [, way, last] = variable;
    if (!way)
      return last || !tag
        ? result(
            ROOTS.map(([label, info]) => ({ label, info, type: 'variable' })),
            pos - last.length,
            /^[\w-]*$/,
          )
        : null;
    const keys = way.slice(0, -1).split('.');
    if (keys[0] !== 'page' && keys[0] !== 'site') return null;
    const { renderer, loop } = this.playground;
    const found = await renderer.inspect(loop.url, keys).catch(() => undefined);
    if (!found?.entries || found.kind === 'array')
      return found?.kind === 'array'
        ? result(
            ['first', 'last', 'size'].map((label) => ({ label })),
            pos - last.length,
            /^\w*$/,
          )
        : null;
    return result(
      found.entries
        .filter(({ key }) => /^[\w-]+$/.test(String(key)))
        .map(({ key, kind, text }) => ({
          label: String(key),
          detail: kind,
          info: text?.slice(0, 200) || undefined,
        })),
      pos - last.length,
      /^[\w-]*$/,
    );
  }

  /** Names that a tag takes. @param {string} tag @param {string} path @returns {Completion[]} */
  names(tag, path) {
    const { paths } = this.project;
    const below = (/** @type {string} */ folder) =>
      paths
        .filter((one) => one.startsWith(folder))
        .map((one) => ({ label: one.slice(folder.length) }));
    if (tag.startsWith('include') && tag !== 'include_relative') return below('_includes/');
    if (tag === 'include_relative') return below(path.slice(0, path.lastIndexOf('/') + 1));
    if (tag === 'link')
      return paths
        .filter((one) => !/^_(config|includes|layouts|data|sass)/.test(one))
        .map((label) => ({ label }));
    if (tag === 'post_url')
      return paths.flatMap((one) => {
        const [, name] = /(?:^|\/)_posts\/(.+)\.\w+$/.exec(one) ?? [];
        return name ? [{ label: name, detail: titleOf(this.project.text(one) ?? '') }] : [];
      });
    return paths
      .filter((one) => /\.bib$/i.test(one))
      .flatMap((one) => citations(this.project.text(one) ?? ''));
  }
}

/** Numbers of arguments in words. @type {Record<string, string>} */
const ARGUMENTS = {
  1: 'a value',
  2: 'two values',
  '0–1': 'a value, or none',
  '1–2': 'one value or two',
  '0–2': 'up to two values',
};

/**
 * @param {Completion[]} options
 * @param {number} from
 * @param {RegExp} validFor
 * @returns {Result | null}
 */
const result = (options, from, validFor) =>
  options.length ? { from, options: options.slice(0, MOST), validFor } : null;

/**
 * Places of the world behind the values in use that begin like what is typed.
 * @param {Result | null} used
 * @param {Result | null} places
 * @param {import('@codemirror/state').EditorState} state
 */
function withPlaces(used, places, { doc, selection }) {
  if (!places) return used;
  const { from, options } = places;
  const begun = doc.sliceString(from, selection.main.head).toLowerCase();
  const known = new Set(options.map(({ label }) => label));
  const own = used?.from === from ? used.options : [];
  const fits = (/** @type {Completion} */ { label }) =>
    !known.has(label) && label.toLowerCase().startsWith(begun);
  return { ...places, options: [...own.filter(fits), ...options] };
}

/** The title in front matter. @param {string} text */
export function titleOf(text) {
  const [, front = ''] = /^\uFEFF?---\s*\n([^]*?)\n---/.exec(text.slice(0, 4000)) ?? [];
  return /^title\s*:\s*["']?(.*?)["']?\s*$/m.exec(front)?.[1] ?? '';
}

// Characters of a heading.
const LONGEST = 1000;

/** The headings of a page with an id. @param {string} html @returns {Completion[]} */
const headings = (html) =>
  [...html.matchAll(/<h[1-6]\b[^<>]*?\sid="([^"]+)"[^<>]*>/g)].map(
    ({ 0: tag, 1: label, index }) => {
      const text = html.slice(index + tag.length, index + tag.length + LONGEST);
      const detail = text
        .split(/<\/h[1-6]/)[0]
        .replace(/<[^<>]*>/g, '')
        .trim();
      return { label, detail };
    },
  );

/**
 * Entries of BibTeX: their keys with year and title.
 * @param {string} text
 * @returns {Completion[]}
 */
function citations(text) {
  return text.split(/^\s*(?=@)/m).flatMap((entry) => {
    const [, label] = /^@\w+\s*[{(]\s*([^\s,]+)\s*,/.exec(entry) ?? [];
    if (!label) return [];
    const field = (/** @type {string} */ name) =>
      (
        new RegExp(
          `\\b${name}\\s*=\\s*(?:\\{((?:[^{}]|\\{[^{}]*\\})*)\\}|"([^"]*)"|(\\d+))`,
          'i',
        ).exec(entry) ?? []
      )
        .slice(1)
        .find(Boolean)
        ?.replace(/[{}]/g, '')
        .replace(/\s+/g, ' ');
    const [year, title, author] = ['year', 'title', 'author'].map(field);
    return [
      {
        label,
        detail: [year, title?.slice(0, 60)].filter(Boolean).join(', '),
        info: [title, author].filter(Boolean).join('. '),
      },
    ];
  });
}
