// Writing on the page: changes of the source for what a person writes in the preview, and the
// buttons for it. A file of its own, loaded when somebody begins.

import { make } from '../../base/elements.js';
import { isPicture } from '../../base/file_kinds.js';
import { button } from '../ui/buttons.js';
import { picturesOf } from '../paste/pictures.js';
import { askAll, askFor } from '../ui/prompt.js';
import { askBlock } from './block_menu.js';
import { findLine, findValue } from './origin.js';
import { readScalar, writeScalar } from './scalar.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('../frame/page_messages.js').Edit} Edit
 * @typedef {import('../frame/page_value.js').Missing} Missing
 * @typedef {import('../frame/page_pictures.js').Picture} Picture
 * @typedef {import('../frame/page_messages.js').Write} Write
 * @typedef {import('../frame/page_messages.js').Wrote} Wrote
 */

/** Names of elements, and their buttons. */
const FORMATS = /** @type {const} */ ([
  ['strong', 'Bold', 'bold'],
  ['em', 'Italic', 'italic'],
  ['code', 'Code', 'code'],
]);
/** … of blocks, and what these are for. @type {import('./block_menu.js').Block[]} */
const BLOCKS = [
  ['p', 'Text', 'a paragraph'],
  ['h2', 'Heading', 'a new section'],
  ['h3', 'Subheading', 'a part of a section'],
  ['ul', 'List', 'points'],
  ['ol', 'Numbered list', '1, 2, 3'],
  ['blockquote', 'Quote', 'words of others'],
];
/** @type {import('./block_menu.js').Block} */
const PICTURE = ['img', 'Picture', 'from this device'];
// Milliseconds for which the bar stays: the page moves up when it goes, and what follows may be the
// second click of two.
const DOUBLE_CLICK = 500;
// Edits that were too late for the source, one after the other.
const TRIES = 4;

export class OnPage {
  /** The value that is written in place. @type {import('./origin.js').Origin | undefined} */
  value = undefined;
  hiding = 0;

  /** @param {import('../playground.js').Playground} playground */
  constructor(playground) {
    this.playground = playground;
    const tools = FORMATS.map(([name, label, shape]) =>
      button(label, () => this.tell({ format: name }), { shape }),
    );
    const blocks = BLOCKS.map(([name, label]) =>
      button(label, () => this.tell({ format: name }), { text: true }),
    );
    const chooser = (this.chooser = make('input', { type: 'file', accept: 'image/*', hidden: '' }));
    chooser.addEventListener('change', () => {
      this.add([...(chooser.files ?? [])]);
      chooser.value = '';
    });
    /** Where a value is written. */
    this.place = make('span', { role: 'status' });
    this.bar = make(
      'div',
      { class: 'on-page', role: 'toolbar', 'aria-label': 'Write on the page', hidden: '' },
      this.place,
      button('Undo', () => this.turn(-1), { shape: 'undo' }),
      ...tools,
      button('Link', () => this.link(), { shape: 'link' }),
      button('Picture', () => chooser.click(), { shape: 'picture' }),
      chooser,
      ...blocks,
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
  async hear({ edit, begins, ends, missing, value, turn, link, files, picture, menu, lost }) {
    const { value: origin } = this;
    if (begins || ends) clearTimeout(this.hiding);
    if (begins) this.bar.hidden = false;
    if (ends) this.hiding = window.setTimeout(() => (this.bar.hidden = true), DOUBLE_CLICK);
    if (begins) this.bar.classList.toggle('value', !!origin);
    if (begins && !origin) await this.openSource();
    if (ends) this.value = undefined;
    if (value !== undefined && origin) this.change(origin, value);
    if (files) await this.add(files);
    if (picture) await this.picture(picture);
    if (menu) await this.block(menu);
    if (edit) this.tell(await this.take(edit));
    if (turn) this.turn(turn);
    if (link) this.link();
    if (missing) this.explain(missing);
    if (lost)
      this.playground.notify('The page has changed meanwhile. Choose the place on it again.');
  }

  /**
   * Asks which block an empty one becomes; without an answer `/` is a text.
   * @param {[number, number]} place within the frame
   */
  async block([left, top]) {
    const { play, preview } = this.playground;
    const frame = preview.frame.getBoundingClientRect();
    const name = await askBlock(play, [...BLOCKS, PICTURE], {
      left: frame.left + left,
      top: frame.top + top,
    });
    preview.frame.focus();
    if (name === PICTURE[0]) this.chooser.click();
    else this.tell(name ? { format: name } : { text: '/' });
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
        editor.make(
          {
            changes: { from: at(from), to: at(to), insert },
            selection: { anchor: at(from) + insert.length },
            scrollIntoView: true,
          },
          to - from < 2 && !/[\n*[<`]/.test(insert),
        );
      return { done: true, same };
    }
    playground.notify('This can’t be changed on the page: the source says it in another way.', {
      label: 'Open the source',
      act: () => playground.goTo({ file: source, line: 1 }),
    });
    return { refused: true };
  }

  /**
   * Adds pictures to the project, and to the page where the caret is.
   * @param {File[]} files
   */
  async add(files) {
    const { playground } = this;
    const { project, edits, sync } = playground;
    try {
      const made = await picturesOf(project, files, sync.source, playground.worker);
      for (const { path, alt, content } of made) {
        edits.apply(`${path} added.`, [[path, undefined, content]]);
        this.tell({ added: { src: `${project.base}/${encodeURI(path)}`, alt } });
        playground.notify(`${path} added. A double click on it says what it shows.`);
      }
    } catch (error) {
      playground.notify(/** @type {Error} */ (error).message);
    }
    playground.preview.frame.focus();
  }

  /** Asks what a picture shows, and which it is. @param {Picture} picture */
  async picture({ src, alt }) {
    const { playground } = this;
    const { base, files } = playground.project;
    const before = files.has(src) ? `/${src}` : src;
    const [text, address] =
      (await askAll(playground.play, {
        questions: [
          {
            question: 'What the picture shows',
            example: 'A red fox in the snow',
            value: alt,
            empty: true,
          },
          {
            question: 'File or address',
            value: before,
            choices: this.pictures().map((path) => `/${path}`),
          },
        ],
        hint: 'The text is read aloud instead of the picture. Leave it empty if the picture only decorates.',
        act: 'Change',
      })) ?? [];
    playground.preview.frame.focus();
    if (text === undefined || address === undefined) return;
    const here = address.startsWith('/') && files.has(address.slice(1));
    this.tell({
      picture: {
        ...(text === alt ? {} : { alt: text }),
        ...(address === before ? {} : { src: here ? base + encodeURI(address) : address }),
      },
    });
  }

  /** The project's pictures. */
  pictures() {
    return this.playground.project.paths.filter(isPicture);
  }

  /**
   * Says where something comes from that is not the page's own; a value of front matter, data or
   * configuration can be changed at once.
   * @param {Missing} missing
   */
  explain(missing) {
    const { playground } = this;
    const { project, sync, inspector } = playground;
    const dependencies = inspector.page?.json.dependencies ?? [];
    const paths = [...new Set([sync.source, ...dependencies, '_config.yml'])];
    const files = paths.map((path) => ({ path, text: project.text(path) ?? '' }));
    const origin = findValue(files, missing);
    if (origin?.whole) {
      this.value = origin;
      this.place.textContent = `${origin.key} in ${origin.file}, line ${origin.line}`;
      return this.tell({ value: true });
    }
    if (origin) return this.ask(origin);
    const [name] = missing.day ? (/\d{4}-\d\d-\d\d(?=-[^/]*$)/.exec(sync.source) ?? []) : [];
    if (name && name === missing.day?.slice(0, name.length))
      return playground.notify(`The date is that of the file’s name, ${sync.source}.`, {
        label: 'Rename it',
        act: () => playground.files.rename(),
      });
    const line = findLine(files, missing.text);
    if (!line) return playground.notify('This part of the page is made by a template.');
    playground.notify(`This comes from ${line.file}, line ${line.line}.`, {
      label: 'Open it',
      act: () => playground.goTo(line),
    });
  }

  /** Asks for another value. @param {import('./origin.js').Origin} origin */
  async ask(origin) {
    const { key, file, line, scalar, day, picture } = origin;
    const before = this.playground.project.text(file);
    const now = await askFor(this.playground.play, {
      question: key,
      hint: `A value in ${file}, line ${line}. Other pages may show it, too.`,
      example: scalar.value,
      value: day ?? scalar.value,
      act: 'Change',
      ...(day ? { type: 'date' } : {}),
      ...(picture ? { choices: this.pictures() } : {}),
    });
    // Empty: the dialog was closed.
    if (!now || this.playground.project.text(file) !== before) return;
    this.change(origin, day ? scalar.value.replace(day, now) : now);
  }

  /** Writes another value. @param {import('./origin.js').Origin} origin @param {string} value */
  change({ file, line, key, scalar }, value) {
    const { playground } = this;
    const { project, edits } = playground;
    const before = project.text(file) ?? '';
    const lines = before.split('\n');
    const now = readScalar(lines[line - 1] ?? '');
    if (now?.key !== key || now.value !== scalar.value || value === scalar.value) return;
    lines[line - 1] = writeScalar(scalar, value);
    const label = `${key} in ${file} is changed.`;
    edits.apply(label, [[file, before, lines.join('\n')]]);
    playground.offerUndo(label);
  }
}
