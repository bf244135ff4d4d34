// The dialog that renames a heading, a tag, a category or a citation key: a field for the new name,
// and the lines that change with it, which follow what is typed.

import { make } from '../../base/elements.js';
import { NOT_FOUND } from '../../engine/abi.js';
import { button } from '../ui/buttons.js';
import { Sheet } from '../ui/dialog.js';
import { plural } from '../ui/words.js';
import { headingIn, headingLines, linksOf, merged, nameAt, placesOf, taken } from './named.js';
import { replaced } from './targets.js';

/**
 * @typedef {import('../playground.js').Playground} Playground
 * @typedef {import('./named.js').Named} Named
 * @typedef {import('./targets.js').Site} Site
 * @typedef {import('./targets.js').Use} Use
 * @typedef {import('../render/worker.js').TreeNode} TreeNode
 * @typedef {import('../render/renderer.js').Renderer} Renderer
 */
/**
 * What the dialog has of its surroundings.
 * @typedef {{ playground: Playground, site(renderer: Pick<Renderer, 'ask' | 'project'>):
 *   Promise<Site>, list(uses: Use[], site: Site): HTMLElement }} Host
 */

// Milliseconds after a keystroke until a core renders the site with the new name.
const PAUSE = 250;

/** The HTML of pages. @param {Pick<Renderer, 'ask'>} renderer */
const pagesOf = (renderer) => async (/** @type {string} */ url) => {
  const answer = await renderer.ask('render', url).catch(() => undefined);
  return answer && answer.status !== NOT_FOUND ? answer.html : '';
};

/**
 * What the cursor is in.
 * @param {Host} host
 * @returns {Promise<Named | undefined>}
 */
export async function namedAt({ playground: { editor, project, renderer } }) {
  const { path } = editor;
  const text = project.text(path);
  if (text === undefined) return undefined;
  const { doc, selection } = editor.view.state;
  const { number, from } = doc.lineAt(selection.main.head);
  // Of the file, whose lines may end in two characters.
  let begin = 0;
  for (let line = 1; line < number; line++) begin = text.indexOf('\n', begin) + 1;
  const named = nameAt(path, text, begin + selection.main.head - from);
  if (named) return named;
  const url = await renderer.addressOf(path).catch(() => undefined);
  const tree = url && (await renderer.outline(url).catch(() => undefined));
  if (!tree) return undefined;
  const known = headingsOf(tree);
  const lines = known.some(Boolean) || !known.length ? new Set(known) : headingLines(text);
  // The cursor may be in the line below a heading that underlines it.
  const line = [number, number - 1].find(
    (one) => lines.has(one) && (one === number || /^\s*(=+|-+)\s*$/.test(doc.line(number).text)),
  );
  return line === undefined ? undefined : headingIn(path, text, line);
}

/** The lines of headings, 0 for unknown ones. @param {TreeNode} node @returns {number[]} */
const headingsOf = ({ type, line = 0, children = [] }) => [
  ...(type === 'Header' ? [line] : []),
  ...children.flatMap(headingsOf),
];

export class Renaming {
  /** @type {Use[]} */
  uses = [];
  /** Of the last change of the name. */
  turn = 0;
  timer = 0;
  /** The list is that of the name in the field. */
  ready = false;

  /** @param {Host} host @param {Named} named */
  constructor(host, named) {
    this.host = host;
    this.named = named;
    const { kind, name } = named;
    this.sheet = new Sheet(host.playground.play, `Rename ${kind}`, { wide: true });
    this.sheet.dialog.classList.add('refactor');
    this.field = make('input', {
      type: 'text',
      'aria-label': 'New name',
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: String(kind === 'heading'),
    });
    this.field.value = name;
    this.said = make('div', { role: 'status' });
    this.shown = make('div');
    this.main = button('Rename', () => this.accept(), { class: 'main' });
    this.sheet.body.append(
      make('label', { class: 'new-name' }, make('span', {}, 'New name'), this.field),
      this.said,
      this.shown,
    );
    this.sheet.dialog.append(
      make(
        'footer',
        {},
        make('small', {}, 'You can undo this in one step.'),
        button('Cancel', () => this.sheet.close(), { class: 'line' }),
        this.main,
      ),
    );
    this.field.addEventListener('input', () => this.typed());
    this.field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      // The changes are seen before they are made.
      if (this.ready) this.accept();
      else this.typed(true);
    });
  }

  get name() {
    return this.field.value.trim();
  }

  /** Resolves when the dialog is closed. @returns {Promise<void>} */
  async ask() {
    const { playground } = this.host;
    this.before = await this.host.site(playground.renderer);
    this.typed();
    return new Promise((resolve) => {
      this.sheet.dialog.addEventListener('close', () => {
        this.turn++;
        clearTimeout(this.timer);
        this.sheet.dialog.remove();
        resolve();
      });
      this.sheet.open();
      this.field.focus();
      this.field.select();
    });
  }

  /** Shows what the name in the field changes. @param {boolean} [now] Enter is pressed */
  async typed(now) {
    const { before, name, named } = this;
    if (!before) return;
    const turn = ++this.turn;
    clearTimeout(this.timer);
    this.ready = false;
    this.main.disabled = true;
    const { wrong, said } = taken(named, name, before.texts);
    if (!name || wrong || name === named.name) {
      const uses = placesOf(named, `${named.name} `, before.texts);
      this.show([], wrong ? [wrong] : name ? [`“${named.name}” is in ${places(uses)}.`] : []);
      return;
    }
    const own = merged(placesOf(named, name, before.texts));
    this.show(own, [...said, 'Looking for links …']);
    await new Promise((resolve) => (this.timer = window.setTimeout(resolve, now ? 0 : PAUSE)));
    const found = await this.links(name, own);
    if (turn !== this.turn) return;
    this.ready = true;
    this.main.disabled = false;
    this.show(merged([...own, ...found.uses]), [...said, ...found.said]);
    if (now) this.main.focus();
  }

  /**
   * A second core renders the site as it will be.
   * @param {string} name
   * @param {Use[]} uses
   * @returns {ReturnType<typeof linksOf>}
   */
  async links(name, uses) {
    const { host, named } = this;
    const { playground } = host;
    const before = /** @type {Site} */ (this.before);
    const { project } = playground;
    const files = Object.fromEntries([...project.files, ...replaced(before, uses)]);
    const renderer = playground.rendererOf(files);
    try {
      return await linksOf(
        named,
        name,
        { site: before, page: pagesOf(playground.renderer) },
        { site: await host.site(renderer), page: pagesOf(renderer) },
      );
    } catch (error) {
      const reason = /** @type {Error} */ (error).message;
      return { uses: [], said: [`Links can’t be looked for: ${reason}`] };
    } finally {
      renderer.close();
    }
  }

  /** @param {Use[]} uses @param {string[]} said */
  show(uses, said) {
    this.uses = uses;
    this.said.replaceChildren(
      ...(uses.length
        ? [
            make(
              'p',
              {},
              make('b', {}, `${places(uses)} ${uses.length === 1 ? 'changes' : 'change'}`),
            ),
          ]
        : []),
      ...said.map((one) => make('p', {}, one)),
    );
    this.shown.replaceChildren(
      ...(uses.length ? [this.host.list(uses, /** @type {Site} */ (this.before))] : []),
    );
  }

  accept() {
    const { host, named, name, uses, before } = this;
    if (!this.ready || !before) return;
    const { project, edits } = host.playground;
    const texts = replaced(before, uses);
    this.sheet.close();
    // Another tab, or a folder in sync, may have written meanwhile.
    if ([...texts.keys()].some((path) => project.files.get(path) !== before.texts.get(path)))
      return host.playground.notify('The files have changed meanwhile. Rename again.');
    const label = `The ${named.kind} “${named.name}” is now “${name}”: ${places(uses)}.`;
    edits.apply(
      label,
      [...texts].map(([path, text]) => [path, before.texts.get(path), text]),
    );
    host.playground.offerUndo(label);
  }
}

/** `3 places in 2 files` @param {Use[]} uses */
const places = (uses) =>
  `${plural(uses.length, 'place', 'places')} in ${plural(new Set(uses.map(({ path }) => path)).size, 'file', 'files')}`;
