// A playground: what is typed on the left is seen on the right, as Jekyll would make it. The parts, and what happens between them.

import { NOT_FOUND } from '../abi.js';
import { download, make } from '../elements.js';
import { Bar } from './bar.js';
import { Renderer } from './core.js';
import { dialectOf } from './dialect.js';
import { button } from './dom.js';
import { Editor } from './editor.js';
import { Files } from './files.js';
import { Inspector } from './inspector.js';
import { Keymap, called } from './keys.js';
import { bringForward, layOut } from './layout.js';
import { choose, fromArchive, fromFolder } from './open.js';
import { Palette } from './palette.js';
import { Picture } from './picture.js';
import { Preview } from './preview.js';
import { Problems } from './problems.js';
import { Project, isText } from './project.js';
import { toFragment } from './share.js';
import { STARTS } from './starts.js';
import { Tabs } from './tabs.js';
import { upload } from './upload.js';
import { View } from './view.js';
import { zip } from './zip.js';

/** @typedef {import('../abi.js').Diagnostic} Diagnostic @typedef {import('./project.js').Start} Start */

// Milliseconds that a note stays, and one that offers something.
const [NOTED, OFFERED] = [6000, 12_000];
// Links longer than this are cut by some programs.
const LONG_LINK = 8000;
// Milliseconds without a keystroke after which the page is made anew that changed in some parts only.
const IDLE = 300;

export class Playground {
  /** Called with another project that was begun. @type {(start: Start) => void} */
  begun = () => {};
  /** Called with the fragment of a link that is given away. @type {(fragment: string) => void} */
  shared = () => {};
  /** Called when the reader wants the other of light and dark. @type {() => void} */
  scheme = () => {};

  /** The file that is open. */
  path = '';
  /** The address of the page that is shown, and the one that was shown last without a mistake. */
  shown = '/';
  good = '';
  /** The page is asked for once more when it comes, as something changed meanwhile. @type {{ fresh: boolean } | undefined} */
  wanted = undefined;
  drawing = false;
  /** The page is made anew when nobody types. */
  idle = 0;

  /** @param {ShadowRoot} root @param {string} home address of the page of the playground, which a link leads to */
  constructor(root, home) {
    this.home = home;
    const at = layOut();
    this.play = at.play;
    // The editor takes its selection from the root in which it is made.
    root.append(at.play);
    const project = (this.project = new Project());
    this.bar = new Bar(at.bar, this);
    this.palette = new Palette(this);
    this.keymap = new Keymap(at.play);
    this.files = new Files(at.tree, project, () => this.upload());
    this.tabs = new Tabs(at.tabs, project);
    this.editor = new Editor(at.source, project);
    this.picture = new Picture(at.picture, project);
    this.view = new View(at.view);
    this.preview = new Preview(this.view.frame, project);
    this.problems = new Problems(at.probs, at.counter);
    const renderer = (this.renderer = new Renderer(project));
    this.inspector = new Inspector(at.insp, {
      look: (url, keys) => renderer.look(url, keys),
      outline: (url) => renderer.outline(url),
      html: () => this.preview.html,
      shown: () => this.preview.page,
      goTo: (line) => this.goTo({ file: this.inspector.page?.json.source, line }),
      tell: (text) => this.tell(text),
    });

    this.files.chosen = this.tabs.chosen = (path) => this.open(path);
    this.files.told = (text, undo) => this.tell(text, undo && { label: 'Undo', act: undo });
    this.problems.chosen = (problem) => this.goTo(problem);
    this.preview.followed = (url) => this.follow(url);
    project.whenChanged((path, _, changes) => {
      this.showDialect();
      if (changes) this.type(path, changes);
      else this.draw();
    });
    // Before the editor hears of them.
    at.play.addEventListener('keydown', (event) => this.press(event), { capture: true });
    // In a narrow place what comes to the front is made then.
    at.play.addEventListener('change', () => this.inspector.draw());
    at.play.addEventListener('dragover', (event) => this.aim(event));
    at.play.addEventListener('dragleave', () => this.aim(undefined));
    at.play.addEventListener('drop', (event) => this.drop(event));
  }

  // ---- projects, files, pages -------------------------------------------------------------------------------------

  /** Puts another project into the place of this one. @param {Start} start */
  begin(start) {
    const { project } = this;
    [this.shown, this.good] = ['/', ''];
    project.open(start);
    this.bar.title.textContent = start.title;
    this.begun(start);
    const first = start.open && project.files.has(start.open) ? start.open : project.paths.find((path) => isText(path)) ?? '';
    if (first) this.open(first);
    else this.draw(true);
  }

  /** Shows a file, and its page if it has one. @param {string} path @param {{ focus?: boolean }} [how] */
  async open(path, { focus = false } = {}) {
    this.path = path;
    this.files.show(path);
    const { dom } = this.editor.view;
    const { pane } = this.picture;
    pane.hidden = !path || isText(path);
    /** @type {HTMLElement} */ (dom.parentElement).hidden = !isText(path);
    this.showDialect();
    if (!path) return;
    this.tabs.show(path);
    if (isText(path)) this.editor.open(path);
    else this.picture.show(path);
    if (focus) {
      bringForward(this.play, dom);
      this.editor.view.focus();
    }
    const url = await this.renderer.addressOf(path);
    if (path === this.path) this.go(url ?? this.shown);
  }

  showDialect() {
    this.bar.show(/\.(md|markdown|mkdn?|mkd)$/i.test(this.path) ? dialectOf(this.project) : undefined);
  }

  /** @param {Pick<Diagnostic, 'file' | 'line' | 'column'>} place that is to be seen */
  goTo({ file = '', line, column }) {
    if (!this.project.files.has(file)) return;
    this.open(file, { focus: true });
    if (line) this.editor.goTo(line, column);
  }

  /** @param {string} url of a link on the page */
  follow(url) {
    if (/^(https?|mailto):/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
    else if (/^[a-z][a-z+.-]*:/i.test(url)) this.tell(`Links to ${url.replace(/:.*/s, ':')} are not followed here.`);
    else this.go(url);
  }

  /** @param {string} url of the page that is to be shown */
  go(url) {
    const fresh = url !== this.shown || !this.good;
    this.shown = url;
    this.draw(fresh);
  }

  /** A file is edited: most of the time the page is known to change in some of its parts. @param {string} path @param {import('./project.js').Change[]} changes */
  async type(path, changes) {
    const answer = await this.renderer.edit(path, changes);
    if (!answer) return;
    for (const news of answer.news) this.preview.take(news);
    if (!answer.done) return this.draw();
    clearTimeout(this.idle);
    this.idle = window.setTimeout(() => this.draw(), IDLE);
  }

  /** Makes the page anew. @param {boolean} [fresh] it is another one than before */
  async draw(fresh = false) {
    this.wanted = { fresh: fresh || !!this.wanted?.fresh };
    if (this.drawing) return;
    this.drawing = true;
    while (this.wanted) {
      clearTimeout(this.idle);
      ({ fresh } = this.wanted);
      this.wanted = undefined;
      await this.drawOnce(fresh);
    }
    this.drawing = false;
  }

  /** @param {boolean} fresh */
  async drawOnce(fresh) {
    const page = await this.renderer.render(this.shown).catch((error) => error);
    if (!page) return;
    if (page instanceof Error) return this.showProblems([{ severity: 'error', message: String(page.message), remedy: 'Undo the last change.' }]);
    const found = page.json.diagnostics ?? [];
    const wrong = page.status === NOT_FOUND || found.some((/** @type {Diagnostic} */ { severity }) => severity === 'error');
    this.showProblems(found);
    const { address, stale } = this.view;
    // A page that was good is not given up for one with a mistake.
    stale.hidden = !(wrong && this.good === page.url && page.status !== NOT_FOUND);
    address.textContent = page.url;
    const hold = !stale.hidden;
    this.preview.take(page.news, { base: page.url, fresh: fresh && !hold, hold });
    if (hold) return;
    if (!wrong) this.good = page.url;
    this.inspector.show(page);
  }

  /** @param {Diagnostic[]} found */
  showProblems(found) {
    this.problems.show(found);
    this.files.mark(found);
    this.editor.underline(found);
  }

  // ---- keys, and what stands where --------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  press(event) {
    const found = this.play.querySelector('dialog[open]') ? undefined : called(event);
    if (!found) return;
    event.preventDefault();
    event.stopPropagation();
    this.run(found);
  }

  /** @param {import('./commands.js').Command} command */
  run(command) {
    if (command.text && !isText(this.path)) this.tell('No text is open.');
    else command.run(this);
  }

  /** Focus goes to the next part that is to be seen. @param {number} step 1, -1: the one before */
  nextPane(step) {
    const panes = [...this.play.querySelectorAll('.tree, .edit, .view, .probs, .insp')].filter((pane) => pane.getClientRects().length);
    const { activeElement } = /** @type {ShadowRoot} */ (this.play.getRootNode());
    const at = panes.findIndex((pane) => pane.contains(activeElement));
    const pane = /** @type {HTMLElement} */ (panes[(Math.max(at, 0) + (at < 0 ? 0 : step) + panes.length) % panes.length]);
    const within = pane.querySelector('.cm-content, [aria-current]') ?? pane.querySelector('button');
    /** @type {HTMLElement} */ (pane.tabIndex < 0 ? within : pane).focus();
  }

  toggleTree() {
    const shown = this.files.list.getClientRects().length > 0;
    this.play.dataset.tree = shown ? 'hidden' : 'shown';
    if (!shown) this.files.focus();
  }

  toggleSplit() {
    this.play.dataset.split = this.play.dataset.split === 'rows' ? 'columns' : 'rows';
  }

  // ---- what comes and what is taken away --------------------------------------------------------------------------

  /** Opens what the reader chooses. @param {string} source `folder`, `zip`, or the name of a start */
  async pick(source) {
    const start = STARTS[source];
    if (start) return this.bring(async () => start);
    const folder = source === 'folder';
    const chosen = await choose(folder ? 'folder' : 'zip');
    if (chosen.length) await this.bring(() => (folder ? fromFolder(chosen) : fromArchive(chosen[0])));
  }

  /** A project from elsewhere, or what is wrong with it. @param {() => Promise<Start>} read */
  async bring(read) {
    try {
      const { project, path } = this;
      const before = { title: project.title, open: path, files: Object.fromEntries(project.files) };
      const start = await read();
      this.begin(start);
      if (Object.keys(before.files).length) this.tell(`${start.title || 'The project'} is open.`, { label: 'Undo', act: () => this.begin(before) });
    } catch (error) {
      this.tell(/** @type {Error} */ (error).message);
    }
  }

  /** An archive, or files for the folder that they are dropped on. @param {DragEvent} event */
  async drop(event) {
    const dropped = [...(event.dataTransfer?.files ?? [])];
    this.aim(undefined);
    if (!dropped.length) return;
    event.preventDefault();
    if (dropped.length === 1 && /\.zip$/i.test(dropped[0].name)) return this.bring(() => fromArchive(dropped[0]));
    await this.upload(dropped, folderAt(event)?.dataset.drop);
  }

  /** Shows which folder would get what is dropped. @param {DragEvent | undefined} event */
  aim(event) {
    const aimed = event && folderAt(event);
    for (const other of this.play.querySelectorAll('.aimed')) if (other !== aimed) other.classList.remove('aimed');
    aimed?.classList.add('aimed');
    event?.preventDefault();
  }

  /** @param {File[]} [files] else those that the reader chooses @param {string} [folder] */
  async upload(files, folder) {
    files ??= await choose('files');
    if (!files.length) return;
    try {
      const { paths, before } = await upload(this.project, files, folder);
      const undo = () => before.forEach(([path, content]) => (content === undefined ? this.project.remove(path) : this.project.put(path, content)));
      this.tell(paths.length === 1 ? `${paths[0]} is there.` : `${paths.length} files are there.`, { label: 'Undo', act: undo });
      if (paths.length === 1) this.open(paths[0]);
    } catch (error) {
      this.tell(/** @type {Error} */ (error).message);
    }
  }

  /** All files as an archive. */
  async take() {
    const { project } = this;
    const archive = await zip(project.paths.map((path) => [path, /** @type {Uint8Array} */ (project.bytes(path))]));
    download(new Blob([/** @type {BlobPart} */ (archive)], { type: 'application/zip' }), `${(project.title || 'project').replace(/[^\p{L}\p{N}]+/gu, '-')}.zip`);
  }

  async share() {
    try {
      const fragment = await toFragment(this.project, this.path);
      this.shared(fragment);
      const link = this.home + fragment;
      await navigator.clipboard.writeText(link).catch(() => {});
      this.tell(`The link holds the whole project: ${link.length.toLocaleString()} characters, copied. Nothing was uploaded.${link.length > LONG_LINK ? ` Some programs cut links of more than ${LONG_LINK.toLocaleString()}.` : ''}`);
    } catch (error) {
      this.tell(/** @type {Error} */ (error).message);
    }
  }

  /** Says something for a while. @param {string} text @param {{ label: string, act(): void }} [offer] */
  tell(text, offer) {
    this.play.querySelector('.note')?.remove();
    const note = make('p', { class: 'note', role: 'status' }, text);
    if (offer) {
      note.append(button(offer.label, () => {
        note.remove();
        offer.act();
      }));
    }
    this.play.append(note);
    setTimeout(() => note.remove(), offer ? OFFERED : NOTED);
  }
}

/** The folder of the tree in which something happens, '' for all of it; none: elsewhere. @param {Event} event @returns {HTMLElement | null} */
const folderAt = ({ target }) => (target instanceof Element ? target.closest('[data-drop]') : null);
