// Writing on the page: changes of the source for what a person writes in the preview, and the
// buttons for it. A file of its own, loaded when somebody begins.

import { make } from '../../base/elements.js';
import { frontMatterOf } from '../project/front_matter.js';
import { button } from '../ui/buttons.js';
import { askFor } from '../ui/prompt.js';
import { readScalar, writeScalar } from './scalar.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('../frame/page_edit.js').Edit} Edit
 * @typedef {import('../frame/page_edit.js').Write} Write
 * @typedef {import('../frame/page_edit.js').Wrote} Wrote
 */

/** Names of elements, and their buttons. */
const FORMATS = /** @type {const} */ ([
  ['strong', 'Bold', 'bold'],
  ['em', 'Italic', 'italic'],
  ['code', 'Code', 'code'],
]);
const BLOCKS = /** @type {const} */ ([
  ['p', 'Text'],
  ['h2', 'Heading'],
  ['h3', 'Subheading'],
  ['ul', 'List'],
  ['blockquote', 'Quote'],
]);
const YAML = /\.ya?ml$/;
// A text that is so short stands in many files.
const SHORT = 4;
// Characters of one that are looked for.
const LONG = 80;
// Edits that were too late for the source, one after the other.
const TRIES = 4;

export class OnPage {
  /** @param {import('../playground.js').Playground} playground */
  constructor(playground) {
    this.playground = playground;
    const tools = FORMATS.map(([name, label, shape]) =>
      button(label, () => this.tell({ format: name }), { shape }),
    );
    const blocks = BLOCKS.map(([name, label]) =>
      button(label, () => this.tell({ format: name }), { text: true }),
    );
    this.bar = make(
      'div',
      { class: 'on-page', role: 'toolbar', 'aria-label': 'Write on the page', hidden: '' },
      ...tools,
      button('Link', () => this.link(), { shape: 'link' }),
      ...blocks,
      button('Undo', () => this.turn(-1), { shape: 'undo' }),
      button('Done', () => this.tell({ end: true }), { text: true, class: 'main' }),
    );
    // The page keeps its selection, a phone its keyboard.
    this.bar.addEventListener('pointerdown', (event) => event.preventDefault());
    playground.view.stage.before(this.bar);
  }

  /** @param {Write} write */
  tell(write) {
    this.playground.preview.post({ write });
  }

  /** Begins with the first block in view. */
  begin() {
    this.playground.showPage();
    this.tell({ begin: true });
  }

  /** @param {Wrote} wrote */
  async hear({ edit, begins, ends, missing, turn, link }) {
    if (begins || ends) this.bar.hidden = !begins;
    if (begins) await this.openSource();
    if (edit) this.tell(await this.take(edit));
    if (turn) this.turn(turn);
    if (link) this.link();
    if (missing) this.explain(missing);
  }

  /** The source of the page in view is open: the page and the source have one history. */
  async openSource() {
    const { playground } = this;
    const { source } = playground.sync;
    if (source && source !== playground.path) await playground.open(source);
  }

  /** @param {-1 | 1} step */
  turn(step) {
    this.playground.editor.turn(step);
  }

  async link() {
    const url = await askFor(this.playground.play, {
      question: 'Where does the link lead?',
      hint: 'An address, or a path of this site.',
      example: 'https://',
      act: 'Insert',
    });
    this.playground.preview.frame.focus();
    if (url) this.tell({ format: 'a', url });
  }

  /** Makes the change in the source. @param {Edit} edit @returns {Promise<Write>} */
  async take(edit) {
    const { playground } = this;
    const { editor, project, renderer, sync } = playground;
    const { source } = sync;
    for (let tries = 0; tries < TRIES; tries++) {
      await this.openSource();
      const text = project.text(source);
      if (text === undefined || editor.path !== source) break;
      /** @type {Awaited<ReturnType<typeof renderer.patch>>} */
      const answer = await renderer.patch(source, edit).catch(() => ({}));
      const { late, change } = answer;
      if (late) return { late: true };
      if (!change) break;
      // Meanwhile somebody has typed in the source.
      if (project.text(source) !== text) continue;
      const [from, to, insert] = change;
      // The editor counts each end of a line as one.
      const at = (/** @type {number} */ unit) => text.slice(0, unit).replace(/\r\n/g, '\n').length;
      const same = from === to && !insert;
      if (!same)
        editor.view.dispatch({
          changes: { from: at(from), to: at(to), insert },
          selection: { anchor: at(from) + insert.length },
          // Letters are undone together.
          userEvent: to - from > 1 || /\n/.test(insert) ? 'input' : 'input.type',
          scrollIntoView: true,
        });
      return { done: true, same };
    }
    playground.notify('This can’t be changed on the page: the source says it in another way.', {
      label: 'Open the source',
      act: () => playground.goTo({ file: source, line: 1 }),
    });
    return { refused: true };
  }

  /**
   * Says where a text comes from that is not the page's own; a value of front matter, data or
   * configuration can be changed at once.
   * @param {string} text
   */
  explain(text) {
    const { playground } = this;
    const { project, sync, inspector } = playground;
    const dependencies = inspector.page?.json.dependencies ?? [];
    const paths = [...new Set([sync.source, ...dependencies, '_config.yml'])];
    const wanted = text.replace(/\s+/g, ' ');
    for (const file of wanted.length < SHORT ? [] : paths) {
      const source = project.text(file) ?? '';
      const lines = source.split('\n');
      // The first line of front matter are its dashes.
      const last = YAML.test(file) ? lines.length : frontMatterOf(source).split('\n').length;
      const value = lines.findIndex((line, at) => at < last && readScalar(line)?.value === wanted);
      if (value >= 0) return this.change(file, value);
      const line = lines.findIndex((one) => one.includes(wanted.slice(0, LONG))) + 1;
      if (!line) continue;
      return playground.notify(`This comes from ${file}, line ${line}.`, {
        label: 'Open it',
        act: () => playground.goTo({ file, line }),
      });
    }
    playground.notify('This part of the page is made by a template.');
  }

  /** Asks for another value. @param {string} file @param {number} at number of its line, from 0 */
  async change(file, at) {
    const { playground } = this;
    const { project, edits } = playground;
    const before = project.text(file) ?? '';
    const lines = before.split('\n');
    const scalar = readScalar(lines[at]);
    if (!scalar) return;
    const { key, value } = scalar;
    const now = await askFor(playground.play, {
      question: key,
      hint: `A value in ${file}, line ${at + 1}. Other pages may show it, too.`,
      example: value,
      value,
      act: 'Change',
    });
    // Empty: the dialog was closed.
    if (!now || now === value || project.text(file) !== before) return;
    lines[at] = writeScalar(scalar, now);
    const label = `${key} in ${file} is changed.`;
    edits.apply(label, [[file, before, lines.join('\n')]]);
    playground.offerUndo(label);
  }
}
