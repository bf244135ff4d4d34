// Writing on the page: changes of the source for what a person writes in the preview, and the
// buttons for it. A file of its own, loaded when somebody begins.

import { make } from '../../base/elements.js';
import { MARKDOWN, ending, isPicture } from '../../base/file_kinds.js';
import { firstText, frontMatterOf, proposedPath } from '../project/front_matter.js';
import { button } from '../ui/buttons.js';
import { unloaded as notLoaded } from '../ui/load_module.js';
import * as shapes from '../ui/shapes.js';
import { picturesOf, slug } from '../paste/pictures.js';
import { shrinkIn } from '../paste/shrink.js';
import { askAll, askFor } from '../ui/prompt.js';
import { askBlock } from './block_menu.js';
import { findLine, findValue } from './origin.js';
import { askSource } from './ask_source.js';
import { writeList } from './list.js';
import { findSource } from './own_source.js';
import { whyRefused } from './refusals.js';
import { readScalar, writeScalar } from './scalar.js';
import { controlOf } from './value_kind.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('../frame/page_messages.js').Edit} Edit
 * @typedef {import('../frame/page_own.js').Own} Own
 * @typedef {import('../frame/page_value.js').Missing} Missing
 * @typedef {import('../frame/page_pictures.js').Picture} Picture
 * @typedef {import('../frame/page_messages.js').Write} Write
 * @typedef {import('../frame/page_messages.js').Wrote} Wrote
 */

/** Names of elements, and their buttons. */
const FORMATS = /** @type {const} */ ([
  ['strong', 'Bold', shapes.bold],
  ['em', 'Italic', shapes.italic],
  ['code', 'Code', shapes.code],
]);
/** … of blocks, and what these are for. @type {import('./block_menu.js').Block[]} */
const BLOCKS = [
  ['p', 'Text', 'a paragraph'],
  ['h2', 'Heading', 'a new section'],
  ['h3', 'Subheading', 'a part of a section'],
  ['ul', 'List', 'points'],
  ['ol', 'Numbered list', '1, 2, 3'],
  ['blockquote', 'Quote', 'words of others'],
  ['table', 'Table', 'rows and columns'],
];
/** … their pictures. @type {Record<string, string>} */
const BLOCK_SHAPES = {
  p: 'M6 8V5.5h12V8M12 5.5v13M9.5 18.5h5',
  h2: shapes.heading,
  h3: 'M8 9v10m8-10v10m-8-5h8',
  ul: shapes.list,
  ol: shapes.numbered,
  blockquote: shapes.quote,
  table: shapes.table,
};
/** What changes a table, and how it looks. */
const TABLE = /** @type {const} */ ([
  ['row', 'Add a row below', 'M3.5 5h17v5h-17zm8.5 8v7m-3.5-3.5h7'],
  ['column', 'Add a column after', 'M4 3.5h5.5v17H4zm9 8.5h7m-3.5-3.5v7'],
  ['left', 'Align left', 'M4 6h16M4 12h9m-9 6h13'],
  ['center', 'Align in the middle', 'M4 6h16M7.5 12h9m-11 6h13'],
  ['right', 'Align right', 'M4 6h16m-9 6h9M7 18h13'],
  ['no-row', 'Delete the row', 'M3.5 5h17v5h-17zm5 12h7'],
  ['no-column', 'Delete the column', 'M4 3.5h5.5v17H4zm9 8.5h7'],
  ['no-table', 'Delete the table', 'M3.5 4.5h17v15h-17zm5 4 7 7m0-7-7 7'],
]);
/** @type {import('./block_menu.js').Block} */
const PICTURE = ['img', 'Picture', 'from this device'];
// What an empty page has until somebody writes.
const FIRST = 'Write here.';
// Milliseconds for which the bar stays: a click that ends a block may be the first of two that
// begin another one, and the bar must not flicker.
const LINGER = 500;
// Edits that were too late for the source, one after the other.
const TRIES = 4;

export class OnPage {
  /** The value that is written in place. @type {import('./origin.js').Origin | undefined} */
  value = undefined;
  /** A new page that is not shown yet. */
  fresh = '';
  hiding = 0;
  /** A text without words, and what it became for somebody to write. @type {string[]} */
  begun = [];

  /** @param {import('../playground.js').Playground} playground */
  constructor(playground) {
    this.playground = playground;
    const tools = FORMATS.map(([name, label, shape]) =>
      button(label, () => this.tell({ format: name }), { shape }),
    );
    const blocks = BLOCKS.map(([name, label]) =>
      button(label, () => this.tell({ format: name }), { shape: BLOCK_SHAPES[name] }),
    );
    const cells = TABLE.map(([name, label, shape]) =>
      button(label, () => this.tell({ table: name }), { shape }),
    );
    BLOCKS.forEach(([name], at) => blocks[at].classList.add('block', name));
    for (const one of cells) one.classList.add('cell');
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
      button('Undo', () => this.turn(-1), { shape: shapes.undo, class: 'plain' }),
      ...tools,
      button('Link', () => this.link(), { shape: shapes.link }),
      button('Picture', () => chooser.click(), { shape: shapes.picture }),
      chooser,
      ...blocks,
      ...cells,
      button('Done', () => this.tell({ end: true }), { text: true, class: 'main' }),
    );
    // The page keeps its selection, a phone its keyboard.
    this.bar.addEventListener('pointerdown', (event) => event.preventDefault());
    // It covers the row of the address, so that the page stays where it is.
    playground.view.row.append(this.bar);
    playground.sync.shows = () => this.shown();
  }

  /** @param {Write} write */
  tell(write) {
    this.playground.preview.post({ write });
  }

  /** Begins with the first block in view. @param {boolean} [fresh] of a new page */
  begin(fresh) {
    if (fresh) return this.newPage();
    this.playground.showPage();
    this.tell({ begin: true });
  }

  /** Asks for the title of a new page beside the one in view, and begins to write on it. */
  async newPage() {
    const { project, sync, play } = this.playground;
    const title = await askFor(play, {
      question: 'Title of the new page',
      hint: 'It gets the look of the pages beside it.',
      example: 'Our summer in Norway',
      act: 'Create',
    });
    if (!title) return;
    const { source } = sync;
    const proposed = proposedPath(source.slice(0, Math.max(0, source.lastIndexOf('/'))));
    const name = slug(title) || 'page';
    const paths = new Set(project.paths);
    let path = proposed.replace(/new\.md$/, `${name}.md`);
    for (let n = 2; paths.has(path); n++) path = proposed.replace(/new\.md$/, `${name}-${n}.md`);
    project.put(path, firstText(project, path, title));
    this.fresh = path;
    this.playground.showPage();
    await this.playground.open(path);
  }

  /** The page is there that was to be written. */
  shown() {
    if (!this.fresh || this.playground.sync.source !== this.fresh) return;
    this.fresh = '';
    this.tell({ begin: true });
  }

  /** The source, if it is one of Markdown without a text. */
  blankText() {
    const { project, sync } = this.playground;
    const text = ending(MARKDOWN).test(sync.source) ? project.text(sync.source) : undefined;
    const front = frontMatterOf(text ?? '');
    return text?.replace(front, '').replace(/-{3}/g, '').trim() ? undefined : text;
  }

  /** The page has nothing to write in: its text begins. */
  async start() {
    const { editor, sync } = this.playground;
    const text = this.blankText();
    if (text === undefined)
      return this.playground.notify('Nothing on this page can be written in place.', {
        label: 'Open the source',
        act: () => this.playground.goTo({ file: sync.source, line: 1 }),
      });
    await this.openSource();
    const from = editor.view.state.doc.length;
    const insert = `${/\n$|^$/.test(text) ? '' : '\n'}${FIRST}\n`;
    editor.make({ changes: { from, insert } }, false);
    this.begun = [text, text + insert];
  }

  /** Where nobody has written, the source stays without words. */
  takeBack() {
    const { editor, project, sync } = this.playground;
    const [before, now] = this.begun;
    this.begun = [];
    if (!now || project.text(sync.source) !== now || editor.path !== sync.source) return;
    const { length } = editor.view.state.doc;
    const from = length - (now.length - before.length);
    editor.make({ changes: { from, to: length, insert: '' } }, false);
  }

  /** @param {Wrote} wrote */
  async hear({ edit, begins, ends, within, blank, missing, value, turn, ...what }) {
    const { link, files, picture, menu, lost, stuck, own, unloaded } = what;
    const { value: origin } = this;
    if (begins || ends) clearTimeout(this.hiding);
    if (begins) this.bar.hidden = false;
    if (ends) this.hiding = window.setTimeout(() => (this.bar.hidden = true), LINGER);
    if (begins) this.bar.classList.toggle('value', !!origin);
    if (within !== undefined) this.bar.dataset.within = within;
    if (blank) this.start();
    if (begins && !origin) await this.openSource();
    if (ends) this.value = undefined;
    if (ends) this.takeBack();
    if (value !== undefined && origin) this.change(origin, value);
    if (files) await this.add(files);
    if (picture) await this.picture(picture);
    if (menu) await this.block(menu);
    if (edit) this.tell(await this.take(edit));
    if (turn) this.turn(turn);
    if (link) this.link();
    if (missing) this.explain(missing);
    if (stuck) this.refuse({});
    if (own) await this.source(own);
    if (unloaded) this.playground.notify(notLoaded('Writing on the page'));
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
    // An item of a list stays one.
    const item = this.bar.dataset.within === 'item';
    const offered = BLOCKS.filter(([block]) => !item || block === 'table');
    const name = await askBlock(play, [...offered, PICTURE], {
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
    /** @type {import('./refusals.js').Refusal} */
    let refusal = {};
    for (let tries = 0; tries < TRIES; tries++) {
      await this.openSource();
      const text = project.text(source);
      if (text === undefined || editor.path !== source) break;
      /** @type {Awaited<ReturnType<typeof renderer.patch>>} */
      const answer = await renderer.patch(source, edit).catch(() => ({}));
      const { late, change } = answer;
      if (late) return { late: true };
      refusal = answer;
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
    this.refuse(refusal);
    return { refused: true };
  }

  /** Says why the page stays as it is. @param {import('./refusals.js').Refusal} refusal */
  refuse(refusal) {
    const { playground } = this;
    const { source } = playground.sync;
    playground.notify(`This can’t be changed on the page. ${whyRefused(refusal)}`, {
      label: 'Open the source',
      act: () => playground.goTo({ file: source, line: refusal.line ?? 1 }),
    });
  }

  /**
   * Adds pictures to the project, and to the page where the caret is.
   * @param {File[]} files
   */
  async add(files) {
    const { playground } = this;
    const { project, edits, sync } = playground;
    try {
      const how = await shrinkIn(playground);
      const made = await picturesOf(project, files, sync.source, how);
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

  /** Asks for the source of what is not written in place. @param {Own} own */
  async source(own) {
    const { playground } = this;
    const { sync, project, editor } = playground;
    await this.openSource();
    const text = project.text(sync.source) ?? '';
    const found = findSource(text, own);
    if (!found) return this.explain({ text: own.text });
    const now = await askSource(playground, own, found);
    playground.preview.frame.focus();
    if (now === undefined || project.text(sync.source) !== text) return;
    // The editor counts each end of a line as one.
    const at = (/** @type {number} */ unit) => text.slice(0, unit).replace(/\r\n/g, '\n').length;
    const [from, to] = [at(found.from), at(found.to)];
    editor.make({ changes: { from, to, insert: now }, scrollIntoView: true }, false);
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
  async explain(missing) {
    const { playground } = this;
    const { project, sync, inspector } = playground;
    const dependencies = inspector.page?.json.dependencies ?? [];
    const paths = [...new Set([sync.source, ...dependencies, '_config.yml'])];
    const files = paths.map((path) => ({ path, text: project.text(path) ?? '' }));
    const origin = findValue(files, missing);
    if (origin?.list) return this.askList(origin, origin.list);
    const field = origin?.whole ? await controlOf(origin) : undefined;
    if (origin?.whole && !field) {
      this.value = origin;
      this.place.textContent = `${origin.key} in ${origin.file}, line ${origin.line}`;
      return this.tell({ value: true });
    }
    if (origin) return this.ask(origin, field);
    const [name] = missing.day ? (/\d{4}-\d\d-\d\d(?=-[^/]*$)/.exec(sync.source) ?? []) : [];
    if (name && name === missing.day?.slice(0, name.length))
      return playground.notify(`The date is that of the file’s name, ${sync.source}.`, {
        label: 'Rename it',
        act: () => playground.files.rename(),
      });
    const line = findLine(files, missing.text);
    if (!line && this.blankText() !== undefined) return this.tell({ begin: true });
    if (!line) return playground.notify('This part of the page is made by a template.');
    playground.notify(`This comes from ${line.file}, line ${line.line}.`, {
      label: 'Open it',
      act: () => playground.goTo(line),
    });
  }

  /**
   * Asks for another value.
   * @param {import('./origin.js').Origin} origin
   * @param {import('../ui/prompt.js').Field} [field]
   */
  async ask(origin, field) {
    const { key, file, line, scalar, day, picture } = origin;
    const before = this.playground.project.text(file);
    const now = await askFor(this.playground.play, {
      question: key,
      hint: `A value in ${file}, line ${line}. Other pages may show it, too.`,
      example: scalar.value,
      value: day ?? scalar.value,
      act: 'Change',
      field,
      ...(day ? { type: 'date' } : {}),
      ...(picture ? { choices: this.pictures() } : {}),
    });
    // Empty: the dialog was closed.
    if (!now || this.playground.project.text(file) !== before) return;
    this.change(origin, day ? scalar.value.replace(day, now) : now);
  }

  /**
   * Asks for the entries of a list.
   * @param {import('./origin.js').Origin} origin
   * @param {import('./list.js').List} list
   */
  async askList({ key, file }, list) {
    const { project, edits, play } = this.playground;
    const before = project.text(file) ?? '';
    const value = list.entries.map((entry) => entry.value).join('\n');
    const now = await askFor(play, {
      question: key,
      hint: `A list in ${file}, line ${list.from + 1}: an entry on each line.`,
      value,
      lines: Math.min(list.entries.length + 1, 8),
      act: 'Change',
    });
    const values = now.split('\n').map((one) => one.trim());
    if (!now || now === value || project.text(file) !== before) return;
    const lines = before.split('\n');
    const end = lines[list.from].endsWith('\r') ? '\r' : '';
    const written = writeList(
      list,
      values.filter((one) => one),
    ).map((one) => one + end);
    lines.splice(list.from, list.to - list.from, ...written);
    const label = `${key} in ${file} is changed.`;
    edits.apply(label, [[file, before, lines.join('\n')]]);
    this.playground.offerUndo(label);
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
