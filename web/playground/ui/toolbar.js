// The toolbar: the project's title and state, and commands on the whole project.

import { make } from '../../base/elements.js';
import { command } from './commands.js';
import { dialectOf } from '../project/dialect.js';
import { button, icon } from './buttons.js';
import * as shapes from './shapes.js';
import { spoken } from './keys.js';
import { TEMPLATES } from '../templates/titles.js';

/**
 * @typedef {import('./commands.js').Workbench} Workbench
 * @typedef {import('../project/dialect.js').Dialect} Dialect
 */

const SOURCES = [
  ['folder', 'A folder …'],
  ['zip', 'A zip …'],
  ['address', 'A repository or a site …'],
  ...TEMPLATES.map(([name]) => [name, command(`new-${name}`).label]),
];

// No download, but for whoever looks for a site to publish.
const MAKE_SITE = 'make-site';
const DOWNLOADS = [
  ['sources', 'The sources (zip)'],
  ['site', 'The finished site (zip)'],
  ['page', 'This page (HTML)'],
  [MAKE_SITE, command(MAKE_SITE).label],
];

/** Commands with a button, and their icons. */
const BUTTONS = /** @type {const} */ ([
  ['tree', shapes.folder],
  ['palette', shapes.search],
  ['split', shapes.split],
  ['scheme', shapes.scheme],
  ['keys', shapes.keys],
]);
const DIALECTS = /** @type {const} */ ([
  ['kramdown', 'kramdown'],
  ['GitHub', 'GitHub’s'],
]);

/**
 * A menu of choices.
 * @param {string} label
 * @param {string[][]} entries value and text of each
 * @param {(value: any) => void} act
 */
function menu(label, entries, act) {
  const select = make(
    'select',
    { class: `menu for-${label.toLowerCase()}`, 'aria-label': label },
    make('option', { value: '' }, `${label} …`),
  );
  for (const [value, text] of entries) select.append(make('option', { value }, text));
  select.addEventListener('change', () => {
    const { value } = select;
    select.value = '';
    if (value) act(value);
  });
  return select;
}

export class Bar {
  /** @param {HTMLElement} bar @param {Workbench} playground */
  constructor(bar, playground) {
    this.bar = bar;
    this.title = make('span', { class: 'title' });
    /** Only on a page that stores projects. */
    this.projects = button('Projects', () => playground.projects?.(), {
      shape: shapes.stack,
      class: 'for-projects',
    });
    this.projects.hidden = true;
    this.saved = make('span', { class: 'saved', role: 'status' });
    this.save = button('Save', () => playground.saveFolder());
    this.save.hidden = true;
    this.dialects = make('span', { class: 'dialect', role: 'group', 'aria-label': 'Markdown' });
    const { project } = playground;
    for (const [dialect, label] of DIALECTS)
      this.dialects.append(
        button(label, () => dialectOf(project) !== dialect && playground.run(command('dialect'))),
      );
    // The page may set the level of the heading.
    const name = make(
      'span',
      { class: 'name' },
      icon(shapes.globe),
      make('slot', { name: 'title' }, 'Playground'),
    );
    const buttons = BUTTONS.map(([id, shape]) => {
      const { label, keys } = command(id);
      const made = button(label, () => playground.run(command(id)), { shape, class: `for-${id}` });
      if (keys) made.setAttribute('aria-keyshortcuts', spoken(keys));
      return made;
    });
    this.share = button('Share', () => playground.share(), { class: 'main for-share' });
    /** Only for a project from a repository. */
    this.publish = button('Publish', () => playground.publish(), {
      shape: shapes.send,
      class: 'main for-publish',
    });
    this.publish.append(make('span', { class: 'label' }, 'Publish'));
    this.publish.hidden = true;
    const more = button('Menu', () => playground.menu.open(), {
      shape: shapes.more,
      class: 'for-menu',
    });
    more.setAttribute('aria-haspopup', 'dialog');
    bar.append(
      name,
      this.projects,
      this.title,
      this.saved,
      this.dialects,
      menu('Open', SOURCES, (source) => playground.pick(source)),
      this.save,
      menu('Download', DOWNLOADS, (what) =>
        what === MAKE_SITE ? playground.makeSite() : playground.download(what),
      ),
      ...buttons,
      this.share,
      this.publish,
      more,
    );
  }

  /** One button is filled. @param {boolean} publishes the project's changes can be published */
  offerPublish(publishes) {
    this.publish.hidden = !publishes;
    this.bar.toggleAttribute('data-publishes', publishes);
    this.share.classList.toggle('main', !publishes);
  }

  /** Shows the Markdown dialect of a file. @param {Dialect | undefined} dialect */
  show(dialect) {
    this.dialects.hidden = !dialect;
    for (const [at, [name]] of DIALECTS.entries())
      this.dialects.children[at].setAttribute('aria-pressed', String(name === dialect));
  }

  /**
   * Shows the number of unsaved files of the folder.
   * @param {string[] | undefined} paths undefined: none is open
   */
  unsaved(paths) {
    this.save.hidden = !paths;
    this.save.disabled = !paths?.length;
    this.save.textContent = paths?.length ? `Save ${paths.length}` : 'Saved';
    this.save.title = paths?.join('\n') ?? '';
  }
}
