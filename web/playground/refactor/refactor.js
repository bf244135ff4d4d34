// Renames files with the links to them, and says who links to files that are deleted. A file of its
// own, loaded when a text mentions such a file.

import { make } from '../../base/elements.js';
import { READY } from '../../engine/abi.js';
import { renaming } from '../project/names.js';
import { button } from '../ui/buttons.js';
import * as shapes from '../ui/shapes.js';
import { Sheet } from '../ui/dialog.js';
import { plural } from '../ui/words.js';
import { Renaming, namedAt } from './names.js';
import { changedLinks, linksTo, plain, replaced } from './targets.js';
import { FRONT } from './terms.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('../playground.js').Playground} Playground
 * @typedef {import('../render/renderer.js').Renderer} Renderer
 * @typedef {import('./targets.js').Site} Site
 * @typedef {import('./targets.js').Use} Use
 */

// Links that are listed.
const MOST = 200;
// Characters of a line beside a link.
const SIDE = 60;

export class Refactor {
  /** @param {Playground} playground */
  constructor(playground) {
    this.playground = playground;
  }

  /** @param {Pick<Renderer, 'ask' | 'project'>} renderer @returns {Promise<Site>} */
  async site(renderer) {
    const { project } = renderer;
    const answer = await renderer.ask('files').catch(() => undefined);
    /** @type {Map<string, string>} */
    const urls = new Map();
    /** @type {Map<string, string>} */
    const all = new Map();
    for (const { path, kind, source } of /** @type {import('../../engine/abi.js').OutputFile[]} */ (
      (answer?.status === READY && answer.json.files) || []
    )) {
      if (kind !== 'page') continue;
      const url = encodeURI(`/${path.replace(/(^|\/)index\.html$/, '$1')}`);
      all.set(plain(url), url);
      if (project.has(source) && !urls.has(source)) urls.set(source, url);
    }
    const texts = new Map(
      [...project.files].filter(
        /** @returns {file is [string, string]} */ (file) => typeof file[1] === 'string',
      ),
    );
    const [, url = ''] =
      /^url[ \t]*:[ \t]*["']?([^"'\s#]*?)\/?["']?[ \t]*(?:#.*)?$/m.exec(
        project.text('_config.yml') ?? '',
      ) ?? [];
    return { texts, paths: new Set(project.files.keys()), urls, base: project.base, url, all };
  }

  // ---- renaming ----

  /**
   * Renames what the cursor is in: a heading, a tag, a category or a citation key.
   * @param {() => void} [otherwise] there is none
   */
  async renameHere(otherwise) {
    const { playground } = this;
    const named = await namedAt(this);
    if (named) await new Renaming(this, named).ask();
    else if (otherwise) otherwise();
    else
      playground.notify(
        'Put the cursor into a heading, a tag, a category or a citation key first.',
      );
    if (named || !otherwise) playground.editor.view.focus();
  }

  /** @param {string} from @param {string} to */
  async rename(from, to) {
    const { playground } = this;
    const { project, edits } = playground;
    const renamed = (/** @type {string} */ path) =>
      path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
    const before = await this.site(playground.renderer);
    const after = await this.sites(renamed);
    if (!project.paths.some((path) => renamed(path) !== path)) return false;
    const uses = changedLinks(before, after, renamed);
    const moved = [...before.urls].flatMap(([source, url]) => {
      const now = after.urls.get(renamed(source));
      return now !== undefined && now !== url ? [{ source, url }] : [];
    });
    const redirects = /jekyll-redirect-from|github-pages/.test(project.text('_config.yml') ?? '')
      ? moved.filter(({ source }) => takesRedirect(before.texts.get(source) ?? ''))
      : [];
    const choice =
      uses.length || redirects.length ? await this.ask(from, to, uses, before, redirects) : {};
    if (!choice) return false;
    /** @type {Map<string, string>} */
    const texts = choice.links === false ? new Map() : replaced(before, uses);
    if (choice.redirect)
      for (const { source, url } of redirects)
        texts.set(source, withRedirect(texts.get(source) ?? before.texts.get(source) ?? '', url));
    const label = `${from} is now ${to}${choice.links !== false && uses.length ? `, and ${plural(uses.length, 'link leads', 'links lead')} there` : ''}.`;
    /** @type {Map<string, import('../project/edits.js').FileChange>} */
    const changes = new Map(renaming(project, from, to).map((change) => [change[0], change]));
    for (const [path, text] of texts) {
      const now = renamed(path);
      if (now === path) changes.set(path, [path, before.texts.get(path), text]);
      else changes.set(now, [now, undefined, text]);
    }
    edits.apply(label, [...changes.values()]);
    playground.offerUndo(label);
    return true;
  }

  /**
   * The site as it will be: a second core says which addresses its pages have.
   * @param {(path: string) => string} renamed
   */
  async sites(renamed) {
    const files = [...this.playground.project.files];
    const renderer = this.playground.rendererOf(
      Object.fromEntries(files.map(([path, content]) => [renamed(path), content])),
    );
    try {
      return await this.site(renderer);
    } finally {
      renderer.close();
    }
  }

  /**
   * Shows the links that change. Resolves to undefined when it is cancelled.
   * @param {string} from
   * @param {string} to
   * @param {Use[]} uses
   * @param {Site} site
   * @param {{ url: string }[]} redirects
   * @returns {Promise<{ links?: boolean, redirect?: boolean } | undefined>}
   */
  ask(from, to, uses, site, redirects) {
    const files = new Set(uses.map(({ path }) => path)).size;
    const sheet = new Sheet(this.playground.play, `Rename ${from}`, { wide: true });
    sheet.dialog.classList.add('refactor');
    const box = make('input', { type: 'checkbox' });
    box.checked = true;
    const redirect = make(
      'label',
      { class: 'choice' },
      box,
      make('span', {}, 'Redirect the old address'),
      make(
        'small',
        {},
        'Adds ',
        make('code', {}, `redirect_from: ${redirects[0]?.url}`),
        ', so links from other sites still work.',
      ),
    );
    const count = plural(uses.length, 'link', 'links');
    sheet.body.append(
      make('p', {}, 'The new path is ', make('code', {}, to), '.'),
      ...(redirects.length ? [redirect] : []),
      make(
        'p',
        {},
        uses.length
          ? make('b', {}, `${count} in ${plural(files, 'file changes', 'files change')}`)
          : 'No link of the site leads there.',
      ),
      this.list(uses, site),
    );
    return new Promise((resolve) => {
      /** @type {{ links?: boolean, redirect?: boolean } | undefined} */
      let choice;
      const end = (/** @type {boolean} */ links) => {
        choice = { links, redirect: redirects.length > 0 && box.checked };
        sheet.close();
      };
      const main = button(uses.length ? `Rename and change ${count}` : 'Rename', () => end(true), {
        class: 'main',
      });
      sheet.dialog.append(
        make(
          'footer',
          {},
          make('small', {}, 'You can undo this in one step.'),
          button('Cancel', () => sheet.close()),
          ...(uses.length ? [button('Rename only', () => end(false), { class: 'line' })] : []),
          main,
        ),
      );
      sheet.dialog.addEventListener('close', () => {
        sheet.dialog.remove();
        resolve(choice);
      });
      sheet.open();
      main.focus();
    });
  }

  /**
   * The lines with links, as they are and as they become.
   * @param {Use[]} uses
   * @param {Site} site
   */
  list(uses, site) {
    const list = make('div', {
      class: 'links',
      tabindex: '0',
      role: 'group',
      'aria-label': 'Links',
    });
    let [path, lines] = ['', make('div')];
    for (const use of uses.slice(0, MOST)) {
      if (use.path !== path) {
        path = use.path;
        lines = make('div', { class: 'diff' });
        list.append(make('section', {}, make('h3', {}, path), lines));
      }
      const text = site.texts.get(path) ?? '';
      const { from } = use.link;
      // A line that goes is shown without what follows.
      const whole = !use.by && use.link.text.endsWith('\n');
      const to = use.link.to - Number(whole);
      const begin = text.lastIndexOf('\n', from - 1) + 1;
      const newline = text.indexOf('\n', to);
      const end = newline < 0 ? text.length : newline;
      const number = String(text.slice(0, from).split('\n').length);
      const line = (/** @type {'del' | 'ins'} */ tag, /** @type {string} */ part) =>
        make(
          'span',
          { class: `d d--${tag === 'del' ? 'cut' : 'add'}`, 'data-n': number },
          make('i', {}, tag === 'del' ? '−' : '+'),
          make(
            'span',
            {},
            (begin < from - SIDE ? '…' : '') + text.slice(Math.max(begin, from - SIDE), from),
            make(tag, {}, part),
            text.slice(to, Math.min(end, to + SIDE)) + (end > to + SIDE ? '…' : ''),
          ),
        );
      lines.append(line('del', text.slice(from, to)));
      if (!whole) lines.append(line('ins', use.by));
    }
    if (uses.length > MOST) list.append(make('p', {}, `… and ${uses.length - MOST} more`));
    return list;
  }

  // ---- deleting ----

  /**
   * Asks if other files link to these. Resolves to true if they may be deleted.
   * @param {string[]} paths
   * @returns {Promise<boolean>}
   */
  async leaves(paths) {
    const { playground } = this;
    const site = await this.site(playground.renderer);
    const gone = new Set(paths);
    const uses = linksTo(site, (path) => gone.has(path));
    if (!uses.length) return true;
    const name = paths.length === 1 ? paths[0] : plural(paths.length, 'file', 'files');
    const sheet = new Sheet(playground.play, `Delete ${name}?`);
    sheet.dialog.classList.add('refactor');
    sheet.dialog.setAttribute('role', 'alertdialog');
    /** @type {Map<string, { lines: number[], first: Use }>} */
    const files = new Map();
    for (const use of uses) {
      const text = site.texts.get(use.path) ?? '';
      const line = text.slice(0, use.link.from).split('\n').length;
      const known = files.get(use.path);
      if (known) known.lines.push(line);
      else files.set(use.path, { lines: [line], first: use });
    }
    sheet.body.append(
      make(
        'p',
        {},
        make(
          'b',
          {},
          `${plural(uses.length, 'link', 'links')} in ${plural(files.size, 'file', 'files')}`,
        ),
        uses.length === 1 ? ' leads there and will break:' : ' lead there and will break:',
      ),
      make(
        'ul',
        {},
        ...[...files].slice(0, MOST).map(([path, { lines }]) => {
          const item = button(
            path,
            () => {
              sheet.close();
              playground.goTo({ file: path, line: lines[0] });
            },
            { shape: shapes.file, text: true },
          );
          item.append(make('code', {}, [...new Set(lines)].join(', ')));
          return make('li', {}, item);
        }),
      ),
    );
    return new Promise((resolve) => {
      let yes = false;
      const cancel = button('Cancel', () => sheet.close(), { class: 'line' });
      sheet.dialog.append(
        make(
          'footer',
          {},
          make('small', {}, 'You can undo this.'),
          cancel,
          button(
            'Delete',
            () => {
              yes = true;
              sheet.close();
            },
            { class: 'line danger' },
          ),
        ),
      );
      sheet.dialog.addEventListener('close', () => {
        sheet.dialog.remove();
        resolve(yes);
      });
      sheet.open();
      cancel.focus();
    });
  }
}

/** Tells whether a redirect can be added to front matter. @param {string} text */
const takesRedirect = (text) => FRONT.test(text) && !/^redirect_from\s*:/m.test(text);

/** @param {string} text @param {string} url */
const withRedirect = (text, url) =>
  text.replace(
    FRONT,
    (_, begin, inner = '', end) => `${begin}${inner}redirect_from: ${decodeURI(url)}\n${end}`,
  );
