// A playground: the source on the left, its page as Jekyll renders it on the right. Creates the
// parts, connects them, and opens projects and files.

import { MARKDOWN, ending } from '../base/file_kinds.js';
import { site } from '../base/site_state.js';
import { parse } from '../base/trusted_html.js';
import { ownAddress } from '../engine/open_worker.js';
import { megabytes } from '../net/limited_fetch.js';
import { chooseProject } from './choose_project.js';
import { Editor } from './editor/editor.js';
import { givenBy, link } from './editor/given.js';
import { dialectOf, isConfig } from './project/dialect.js';
import { Edits } from './project/edits.js';
import { mentioned, renaming } from './project/names.js';
import { OtherPage, rendererOf } from './other_page.js';
import { withPaths } from './project/dropped.js';
import { isText } from './project/file_content.js';
import { firstOf } from './project/first_file.js';
import { describeLeft } from './project/left_out.js';
import { UNASKED } from './project/limits.js';
import { Project } from './project/project.js';
import { upload } from './project/upload.js';
import { Renderer } from './render/renderer.js';
import { RenderLoop } from './render_loop.js';
import { FolderSaver } from './save_folder.js';
import { transfer } from './transfers.js';
import { choose } from './ui/choose_files.js';
import { command } from './ui/commands.js';
import { watchDrops } from './ui/file_drop.js';
import { Files } from './ui/file_tree.js';
import { changesOf } from './ui/fixes.js';
import { FormatBar } from './ui/format_bar.js';
import { NO_PARTS } from './ui/parts.js';
import { Picture } from './ui/image_preview.js';
import { Inspector } from './ui/inspector.js';
import { Keymap, called } from './ui/keys.js';
import { bringForward, focusNextPane, layOut } from './ui/layout.js';
import { Menu } from './ui/menu.js';
import { showNotice } from './ui/notice.js';
import { Palette } from './ui/palette.js';
import { Preview } from './ui/preview.js';
import { View } from './ui/preview_pane.js';
import { Problems } from './ui/problems.js';
import { Busy } from './ui/progress.js';
import { Sync } from './ui/scroll_sync.js';
import { Split } from './ui/split.js';
import { Tabs } from './ui/tabs.js';
import { Bar } from './ui/toolbar.js';
import { plural } from './ui/words.js';

/**
 * @typedef {import('../engine/abi.js').Diagnostic} Diagnostic
 * @typedef {import('./project/dropped.js').Local} Local
 * @typedef {import('./project/project.js').Start} Start
 */

// Some programs truncate longer links.
const LONG_LINK = 8000;

export class Playground {
  /**
   * Called after another project was opened, or its title changed.
   * @type {(start: Pick<Project, 'title' | 'from'>) => void}
   */
  begun = () => {};
  /** Called with the fragment of a shared link. @type {(fragment: string) => void} */
  shared = () => {};
  /** Called when the reader switches the colour scheme. @type {() => void} */
  scheme = () => {};

  /** Opens the list of stored projects, if there is one. @type {(() => void) | undefined} */
  projects = undefined;

  /**
   * Parts that are loaded when they are used (parts.js).
   * @type {import('./ui/parts.js').Parts}
   */
  parts = NO_PARTS;
  /** Versions of files are kept in this browser. */
  keeps = false;
  path = '';
  /** Texts of files when they were opened first, by path. @type {Map<string, string>} */
  firsts = new Map();
  /** Called when another file is open. @type {(() => void)[]} */
  opened = [];

  /**
   * @param {ShadowRoot} root
   * @param {string} home address of the page of the playground, which a link leads to
   */
  constructor(root, home) {
    this.home = home;
    const at = layOut();
    this.play = at.play;
    // The editor reads the selection of the root in which it is created.
    root.append(at.play);
    const project = (this.project = new Project());
    this.edits = new Edits(project);
    /** @type {Bar} */
    this.bar = new Bar(at.bar, this);
    /** @type {Menu} */
    this.menu = new Menu(this);
    /** @type {Palette} */
    this.palette = new Palette(this);
    /** @type {Keymap} */
    this.keymap = new Keymap(this);
    this.files = new Files(at.tree, project, () => this.upload());
    this.tabs = new Tabs(at.tabs, project);
    this.editor = new Editor(at.source, project);
    this.editor.turned = (step) => this.turn(step);
    this.editor.loadCompletion = () => this.parts.complete();
    this.editor.given = (data, plain, pos) => this.take(data, plain, pos);
    this.picture = new Picture(at.picture, project);
    this.view = new View(at.view);
    this.view.writes = (fresh) => this.writeOnPage(fresh);
    this.split = new Split(at.play, at.edit, at.view);
    this.busy = new Busy(at.play);
    this.preview = new Preview(this.view.frame, project);
    this.problems = new Problems(at.probs, at.counter);
    const renderer = (this.renderer = new Renderer(project));
    this.preview.lined = (line) => renderer.connect(line);
    renderer.begun = () => this.preview.connect();
    this.inspector = new Inspector(at.insp, {
      // A missing answer is reported with the page.
      inspect: (url, keys) => renderer.inspect(url, keys).catch(() => undefined),
      outline: (url) => renderer.outline(url).catch(() => undefined),
      html: () => this.preview.html,
      shown: () => this.preview.page,
      patched: () => this.preview.patched,
      goTo: (line) => this.goTo({ file: this.inspector.page?.json.source, line }),
      notify: (text) => this.notify(text),
    });
    /** @type {FormatBar} */
    this.format = new FormatBar(at.edit, at.tabs, this);
    this.sync = new Sync(this.editor, this.preview, renderer, (path) => this.open(path));
    this.sync.wrote = (wrote) => this.parts.onPage().then((part) => part?.hear(wrote));
    this.loop = new RenderLoop(this, (found) => {
      this.problems.show(found);
      this.files.mark(found);
      this.editor.underline(found);
    });
    this.preview.rendered = (path) => this.loop.sheet(path);

    this.files.chosen = this.tabs.chosen = (path) => this.open(path);
    this.files.renamed = (from, to) => this.rename(from, to);
    this.files.leaves = (paths) =>
      !mentioned(project, paths) ||
      this.parts.refactor().then((part) => part?.leaves(paths) ?? true);
    this.files.notify = (text, undo) => this.notify(text, undo && { label: 'Undo', act: undo });
    this.problems.textOf = (path) => project.text(path);
    this.problems.open = () => this.path;
    this.problems.fixed = (fixes) => this.fix(fixes);
    this.problems.chosen = (problem) => this.goTo(problem);
    this.preview.followed = (url) => this.follow(url);
    this.preview.measured = () => this.inspector.measured();
    project.whenChanged((path, listed, changes) => {
      if (listed || isConfig(path)) this.showDialect();
      if (changes) this.loop.edit(path, changes);
      else this.loop.render();
    });
    this.saver = new FolderSaver(this);
    project.addEventListener('refused', () => this.offerMore());
    project.addEventListener('trust', () => this.loop.render());
    // Runs before the editor's listeners.
    at.play.addEventListener('keydown', (event) => this.press(event), { capture: true });
    // In a narrow layout a pane is rendered when it is shown.
    at.play.addEventListener('change', () => this.inspector.draw());
    watchDrops(at.play, (files, folder) => this.drop(files, folder));
  }

  /**
   * Shows a notice for a while.
   * @param {string} text
   * @param {import('./ui/notice.js').Offer} [offer]
   */
  notify = (text, offer) => showNotice(this.play, text, offer);

  /** Reports a change of several files, and offers to undo it. @param {string} text */
  offerUndo(text) {
    this.notify(text, { label: 'Undo', act: () => this.turn(-1, '') });
  }

  /**
   * Undoes or repeats the last change of several files; false when there is none.
   * @param {-1 | 1} step
   * @param {string} [path] only one that changed this file
   */
  turn(step, path = this.path) {
    const { edits, project } = this;
    const done = step < 0 ? edits.undo(path) : edits.redo(path);
    if (!done) {
      if (!path) this.notify('The files have changed since: undo that first, in each of them.');
      return false;
    }
    if (!project.has(this.path)) {
      const [other] = done.changes.map(([changed]) => changed).filter((one) => project.has(one));
      this.open(other ?? firstOf(project.paths));
    }
    this.notify(step < 0 ? `Undone: ${done.label}` : done.label);
    return true;
  }

  /**
   * Takes what is pasted into the source, or dropped on it; false: it is text for the editor.
   * @param {DataTransfer} data
   * @param {boolean} plain
   * @param {number} [pos] where it is dropped
   */
  take(data, plain, pos) {
    const { path, editor } = this;
    const given = plain ? undefined : givenBy(data, path, editor.view.state);
    if (!given) return false;
    if (given.link) link(editor.view, given.link);
    else this.parts.paste().then((paste) => paste?.take(given, path, pos));
    return true;
  }

  /**
   * Renames a file or a folder, with the links to it. Resolves to true when it is done.
   * @param {string} from
   * @param {string} to
   */
  async rename(from, to) {
    const { project, edits } = this;
    const paths = project.paths.filter((path) => path === from || path.startsWith(`${from}/`));
    const moves = from.slice(0, from.lastIndexOf('/') + 1) !== to.slice(0, to.lastIndexOf('/') + 1);
    if (moves || paths[0] !== from || mentioned(project, paths)) {
      const refactor = await this.parts.refactor();
      if (refactor) return refactor.rename(from, to);
    }
    edits.apply(`${from} is now ${to}.`, renaming(project, from, to));
    return true;
  }

  /** A renderer of other files, with the rights of this project. @param {Start['files']} files */
  rendererOf = (files) => rendererOf(files, this.project.trusted);

  /** A page of other files, in a frame of this title. @param {string} title */
  otherPage = (title) => new OtherPage(title);

  /** Parses HTML without running or loading anything. */
  parse = parse;

  /** Starts a worker of the playground. @param {string} name of its file */
  worker = async (name) => {
    const url = new URL(name, import.meta.url).href;
    return new Worker(site.trust(await ownAddress(url)), { type: 'module' });
  };

  /** Makes edits that solve problems, as one step. @param {import('./ui/fixes.js').Fix[]} fixes */
  fix(fixes) {
    const changes = changesOf(fixes, this.problems.textOf);
    if (!changes.length) return;
    const label = `${plural(fixes.length, 'problem is', 'problems are')} fixed.`;
    this.edits.apply(label, changes);
    this.offerUndo(label);
  }

  /**
   * A part that takes the focus. Until it is loaded, keys are not typed into the source.
   * @template {keyof import('./ui/parts.js').Parts} T
   * @param {T} name
   * @returns {Promise<Awaited<ReturnType<import('./ui/parts.js').Parts[T]>>>}
   */
  async loaded(name) {
    const { contentDOM } = this.editor.view;
    contentDOM.blur();
    const part = /** @type {any} */ (await this.parts[name]());
    if (!part) contentDOM.focus();
    return part;
  }

  /** Opens the menu of what can be inserted, or one of its entries. @param {string} [what] */
  async insert(what) {
    (await this.loaded('insert'))?.open(what);
  }

  async publish() {
    (await this.loaded('publish'))?.open();
  }

  async history() {
    (await this.loaded('history'))?.open(this.path);
  }

  /** Begins to write on the page. @param {boolean} [fresh] on a new one */
  async writeOnPage(fresh) {
    (await this.loaded('onPage'))?.begin(fresh);
  }

  /** Shows the page, in a narrow layout in the place of the source. */
  showPage() {
    bringForward(this.play, this.view.stage);
    this.preview.frame.focus();
  }

  /** @param {boolean} everywhere in all files */
  async find(everywhere) {
    (await this.loaded('find'))?.open(everywhere);
  }

  // ---- projects, files, pages ----

  /** Replaces the project. @param {Start} start */
  begin(start) {
    const { project } = this;
    this.loop.reset();
    this.firsts.clear();
    project.open(start);
    this.bar.offerPublish(!!start.upstream || this.keeps);
    this.saver.begin(start.folder);
    this.entitle(start.title);
    const given = start.open && project.files.has(start.open) ? start.open : '';
    const first = given || firstOf(project.paths);
    this.open(first);
    if (first && !given) this.openHome(first);
    if (!first && !start.pending) this.loop.render(true);
    const lacks = describeLeft(start.left);
    if (lacks) this.notify(lacks);
  }

  /**
   * Opens the source of the first page, which is in view, instead of a file that was guessed.
   * @param {string} guess
   */
  async openHome(guess) {
    const home = await this.renderer.ask('render', '/').catch(() => undefined);
    const source = home?.json.source;
    if (this.path === guess && source !== guess && this.project.files.has(source))
      this.open(source);
  }

  /** @param {string} title */
  entitle(title) {
    const { project } = this;
    project.title = this.bar.title.textContent = title;
    this.begun(project);
  }

  get folder() {
    return this.saver.folder;
  }

  /**
   * Shows a file; its page, if it has one, follows.
   * @param {string} path
   * @param {{ focus?: boolean }} [how]
   */
  async open(path, { focus = false } = {}) {
    if (path && this.project.bytes(path) === undefined && !(await this.fetch(path))) return;
    if (path !== this.path) this.renderer.forgive();
    this.path = path;
    this.files.show(path);
    const { dom } = this.editor.view;
    const { pane } = this.picture;
    pane.hidden = !path || isText(path);
    /** @type {HTMLElement} */ (dom.parentElement).hidden = !isText(path);
    this.showDialect();
    if (!path) return;
    this.tabs.show(path);
    if (!this.firsts.has(path)) this.firsts.set(path, this.project.text(path) ?? '');
    if (isText(path)) this.editor.open(path);
    else this.picture.show(path);
    for (const act of this.opened) act();
    if (focus) {
      bringForward(this.play, dom);
      this.editor.view.focus();
    }
    // Not awaited: the core may be busy, and a caller that then inserts text would do so after
    // later typing.
    this.goToPageOf(path);
  }

  /** @param {string} path */
  async goToPageOf(path) {
    const url = await this.renderer.addressOf(path).catch(() => undefined);
    if (path === this.path) this.go(url ?? this.loop.url);
  }

  showDialect() {
    this.bar.show(ending(MARKDOWN).test(this.path) ? dialectOf(this.project) : undefined);
  }

  /** Fetches a file from another host; false if that fails. @param {string} path */
  async fetch(path) {
    try {
      if (await this.busy.during(`Fetching ${path} …`, () => this.project.load(path))) return true;
      this.notify(`${path} no longer exists.`);
    } catch (error) {
      this.notify(/** @type {Error} */ (error).message);
    }
    return false;
  }

  /** The limit of fetched files is reached: the reader decides whether to fetch more. */
  offerMore() {
    const { project } = this;
    const act = () => {
      project.room = { ...UNASKED };
      // Refused requests are repeated.
      this.renderer.close();
      this.preview.begin();
      this.loop.render(true);
    };
    this.notify(
      `${megabytes(UNASKED.bytes)} or ${UNASKED.files.toLocaleString()} files of this project were fetched from its host. The rest is fetched only if you want it.`,
      { label: 'Fetch more', act },
    );
  }

  /** @param {Pick<Diagnostic, 'file' | 'line' | 'column'>} place that is to be seen */
  async goTo({ file = '', line, column }) {
    if (!this.project.files.has(file)) return;
    // A file on another host arrives later, or not at all.
    await this.open(file, { focus: true });
    if (line && this.editor.path === file) this.editor.goTo(line, column);
  }

  /** @param {string} url of a link on the page */
  follow(url) {
    if (/^(https?|mailto):/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
    else if (/^[a-z][a-z+.-]*:/i.test(url))
      this.notify(`Links to ${url.replace(/:.*/s, ':')} are not followed here.`);
    else {
      this.renderer.forgive();
      this.go(url);
    }
  }

  /** @param {string} url of the page to show */
  go(url) {
    this.loop.go(url);
  }

  // ---- commands ----

  /** @param {KeyboardEvent} event */
  press(event) {
    const found = this.play.querySelector('dialog[open]') ? undefined : called(event);
    if (!found) return;
    event.preventDefault();
    event.stopPropagation();
    this.run(found);
  }

  /** @param {import('./ui/commands.js').Command} command */
  run(command) {
    if (command.text && !isText(this.path)) this.notify('No text file is open.');
    else command.run(this);
  }

  /** @param {string} id of a command */
  runById(id) {
    this.run(command(id));
  }

  /** @param {number} step 1; -1: to the pane before */
  nextPane = (step) => focusNextPane(this.play, step);

  toggleTree() {
    const shown = this.files.list.getClientRects().length > 0;
    this.play.dataset.tree = shown ? 'hidden' : 'shown';
    if (!shown) this.files.focus();
  }

  // ---- projects and files from elsewhere ----

  /**
   * Opens the reader's choice.
   * @param {string} source `folder`, `zip`, `address`, or the name of a template
   */
  pick(source) {
    return this.bring(() => chooseProject(source, this));
  }

  /**
   * Opens a public repository, or a site that is published with its sources.
   * @param {string} address its name or address
   * @param {Parameters<import('./transfers.js').Transfer['readAddress']>[2]} [how]
   */
  visit(address, how) {
    return this.bring(async () => (await transfer()).readAddress(address, this, how));
  }

  /**
   * Opens a project from another place, or reports why that fails: then false, as when there is
   * none.
   * @param {() => Promise<Start | undefined>} read
   */
  async bring(read) {
    try {
      const start = await read();
      if (!start) return false;
      // In its current state: it may have changed while the other one was loading.
      const { project, path, folder } = this;
      const before = { ...project.state, folder, open: path };
      this.begin(start);
      if (Object.keys(before.files).length)
        this.notify(`${start.title || 'The project'} is open. ${describeLeft(start.left)}`.trim(), {
          label: 'Undo',
          act: () => this.begin(before),
        });
      return true;
    } catch (error) {
      this.notify(/** @type {Error} */ (error).message);
      return false;
    }
  }

  /**
   * Opens an archive or a folder, or adds files to a folder of the tree.
   * @param {Promise<Local[]>} dropped
   * @param {string} [folder]
   */
  async drop(dropped, folder) {
    try {
      const files = await dropped;
      const [[path, file] = ['/', undefined]] = files;
      const { fromArchive, fromFolder } = await transfer();
      if (file && files.length === 1 && /\.zip$/i.test(path))
        return this.bring(() => fromArchive(file));
      const top = path.slice(0, path.indexOf('/') + 1);
      const whole = folder === undefined && top && files.every(([path]) => path.startsWith(top));
      return whole ? this.bring(() => fromFolder(files)) : this.upload(files, folder);
    } catch (error) {
      this.notify(/** @type {Error} */ (error).message);
    }
  }

  /** The files that make the project a site by one page, as `meridian init` writes them. */
  async siteFiles() {
    const settings = await this.renderer.ask('files').catch(() => undefined);
    return (await transfer()).filesOfSite(this.project, !!settings?.json.meridian?.offline);
  }

  async makeSite() {
    try {
      const files = await this.siteFiles();
      await this.upload(files, '', 'The project is a site: put it on a host of files.');
    } catch (error) {
      this.notify(/** @type {Error} */ (error).message);
    }
  }

  /**
   * @param {Local[]} [files] else those that the reader chooses
   * @param {string} [folder]
   * @param {string} [said] what they make, in the notice
   */
  async upload(files, folder, said = '') {
    files ??= withPaths(await choose('files'));
    if (!files.length) return;
    try {
      const { paths, before, left } = await upload(this.project, files, folder);
      const lacks = describeLeft(left);
      if (!paths.length) return this.notify(lacks);
      const undo = () =>
        before.forEach(([path, content]) =>
          content === undefined ? this.project.remove(path) : this.project.put(path, content),
        );
      const added = paths.length === 1 ? `${paths[0]} is` : `${paths.length} files are`;
      this.notify(`${added} there. ${said || lacks}`.trim(), { label: 'Undo', act: undo });
      if (paths.length === 1) this.open(paths[0]);
    } catch (error) {
      this.notify(/** @type {Error} */ (error).message);
    }
  }

  // ---- downloads ----

  saveFolder() {
    return this.saver.save();
  }

  /** @param {import('./ui/commands.js').Download} what */
  download(what) {
    return transfer()
      .then(({ offerDownload }) => offerDownload(what, this, this.loop.url))
      .catch((error) => this.notify(error.message));
  }

  async share() {
    try {
      const fragment = await (await transfer()).toFragment(this.project, this.path);
      this.shared(fragment);
      const link = this.home + fragment;
      // Only a secure page has a clipboard, and some browsers want a gesture just before.
      const copied = await navigator.clipboard?.writeText(link).then(
        () => true,
        () => false,
      );
      this.notify(
        `The link contains the whole project: ${link.length.toLocaleString()} characters, ${copied ? 'copied' : 'in the address bar to copy'}. Nothing was uploaded.${link.length > LONG_LINK ? ` Some programs cut links of more than ${LONG_LINK.toLocaleString()}.` : ''}`,
      );
    } catch (error) {
      this.notify(/** @type {Error} */ (error).message);
    }
  }
}
