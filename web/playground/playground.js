// A playground: what is typed on the left is seen on the right, as Jekyll would make it. The parts,
// and what happens between them.

import { NOT_FOUND } from '../engine/abi.js';
import { download, make } from '../base/elements.js';
import { askFor } from './ui/prompt.js';
import { Bar } from './ui/toolbar.js';
import { Busy } from './ui/progress.js';
import { Renderer } from './render/renderer.js';
import { CONFIG, dialectOf } from './project/dialect.js';
import { button } from './ui/buttons.js';
import { Editor } from './editor/editor.js';
import { finish } from './export/site.js';
import { Folder, canSave, chooseFolder } from './project/folder.js';
import { megabytes } from '../net/limited_fetch.js';
import { Files } from './ui/file_tree.js';
import { Inspector } from './ui/inspector.js';
import { Keymap, called } from './ui/keys.js';
import { bringForward, layOut } from './ui/layout.js';
import { told } from './project/left_out.js';
import { choose, fromArchive, fromFolder } from './project/open.js';
import { Menu } from './ui/menu.js';
import { Palette } from './ui/palette.js';
import { Picture } from './ui/image_preview.js';
import { Preview } from './ui/preview.js';
import { Problems } from './ui/problems.js';
import { Project, UNASKED, isText } from './project/project.js';
import { fromSite, siteIn } from './project/published_site.js';
import { fromRepository, repositoryIn } from './project/github.js';
import { toFragment } from './project/share_link.js';
import { single } from './export/page.js';
import { Split } from './ui/split.js';
import { STARTS } from './templates/templates.js';
import { Sync } from './ui/scroll_sync.js';
import { Tabs } from './ui/tabs.js';
import { upload } from './project/upload.js';
import { View } from './ui/preview_pane.js';
import { zip } from './project/zip.js';

/**
 * @typedef {import('../engine/abi.js').Diagnostic} Diagnostic
 * @typedef {import('./project/project.js').Start} Start
 */

// Milliseconds that a note stays, at least, and for each character.
const [NOTED, READ] = [6000, 60];
// One that offers something.
const OFFERED = 12_000;
// Milliseconds after the last change until it is told what is to be saved.
const PAUSE = 300;
// Links longer than this are cut by some programs.
const LONG_LINK = 8000;
// Milliseconds without a keystroke after which the page is made anew that changed in some parts
// only.
const IDLE = 300;

// Which address is asked for.
const ADDRESS = {
  question: 'Repository or site',
  hint: 'A public repository on GitHub (owner/name, owner/name@branch), or the address of a site that is published with its sources. Nothing is changed there.',
  example: 'owner/name',
};

export class Playground {
  /**
   * Called with another project that was begun, or has another title.
   * @type {(start: Pick<Project, 'title' | 'from'>) => void}
   */
  begun = () => {};
  /** Called with the fragment of a link that is given away. @type {(fragment: string) => void} */
  shared = () => {};
  /** Called when the reader wants the other of light and dark. @type {() => void} */
  scheme = () => {};

  /** Opens the list of kept projects, where there is one. @type {(() => void) | undefined} */
  projects = undefined;

  /** The file that is open. */
  path = '';
  /** The address of the page that is shown, and the one that was shown last without a mistake. */
  shown = '/';
  good = '';
  /**
   * The page is asked for once more when it comes, as something changed meanwhile.
   * @type {{ fresh: boolean } | undefined}
   */
  wanted = undefined;
  /** The page is being made. */
  drawing = false;
  /** The folder that is open. @type {Folder | undefined} */
  folder = undefined;
  pause = 0;
  /** The page is made anew when nobody types. */
  idle = 0;
  /** What a check found last, and of which page. @type {{ url: string, found: Diagnostic[] }} */
  checked = { url: '', found: [] };
  checking = 0;

  /**
   * @param {ShadowRoot} root
   * @param {string} home address of the page of the playground, which a link leads to
   */
  constructor(root, home) {
    this.home = home;
    const at = layOut();
    this.play = at.play;
    // The editor takes its selection from the root in which it is made.
    root.append(at.play);
    const project = (this.project = new Project());
    this.bar = new Bar(at.bar, this);
    this.menu = new Menu(this);
    this.palette = new Palette(this);
    this.keymap = new Keymap(this);
    this.files = new Files(at.tree, project, () => this.upload());
    this.tabs = new Tabs(at.tabs, project);
    this.editor = new Editor(at.source, project);
    this.picture = new Picture(at.picture, project);
    this.view = new View(at.view);
    this.split = new Split(at.play, at.edit, at.view);
    this.busy = new Busy(at.play);
    this.preview = new Preview(this.view.frame, project);
    this.problems = new Problems(at.probs, at.counter);
    const renderer = (this.renderer = new Renderer(project));
    this.preview.lined = (line) => renderer.connect(line);
    renderer.begun = () => this.preview.connect();
    this.inspector = new Inspector(at.insp, {
      // Why there is no answer is told with the page.
      look: (url, keys) => renderer.look(url, keys).catch(() => undefined),
      outline: (url) => renderer.outline(url).catch(() => undefined),
      html: () => this.preview.html,
      shown: () => this.preview.page,
      patched: () => this.preview.patched,
      goTo: (line) => this.goTo({ file: this.inspector.page?.json.source, line }),
      tell: (text) => this.tell(text),
    });
    this.sync = new Sync(this.editor, this.preview, renderer, (path) => this.open(path));

    this.files.chosen = this.tabs.chosen = (path) => this.open(path);
    this.files.told = (text, undo) => this.tell(text, undo && { label: 'Undo', act: undo });
    this.problems.chosen = (problem) => this.goTo(problem);
    this.preview.followed = (url) => this.follow(url);
    this.preview.measured = () => this.inspector.measured();
    project.whenChanged((path, listed, changes) => {
      if (listed || path === CONFIG) this.showDialect();
      if (changes) this.type(path, changes);
      else this.draw();
    });
    project.whenChanged(() => this.tellUnsaved());
    project.addEventListener('refused', () => this.offerMore());
    project.addEventListener('trust', () => this.draw());
    // Before the editor hears of them.
    at.play.addEventListener('keydown', (event) => this.press(event), { capture: true });
    // In a narrow place what comes to the front is made then.
    at.play.addEventListener('change', () => this.inspector.draw());
    at.play.addEventListener('dragover', (event) => this.aim(event));
    at.play.addEventListener('dragleave', () => this.aim(undefined));
    at.play.addEventListener('drop', (event) => this.drop(event));
  }

  // ---- projects, files, pages ----

  /** Puts another project into the place of this one. @param {Start} start */
  begin(start) {
    const { project } = this;
    [this.shown, this.good] = ['/', ''];
    this.checked = { url: '', found: [] };
    project.open(start);
    this.folder = start.folder;
    this.tellUnsaved();
    this.entitle(start.title);
    const first =
      start.open && project.files.has(start.open)
        ? start.open
        : (project.paths.find((path) => isText(path)) ?? '');
    this.open(first);
    if (!first && !start.pending) this.draw(true);
    const lacks = told(start.left);
    if (lacks) this.tell(lacks);
  }

  /** @param {string} title */
  entitle(title) {
    const { project } = this;
    project.title = this.bar.title.textContent = title;
    this.begun(project);
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
    if (isText(path)) this.editor.open(path);
    else this.picture.show(path);
    if (focus) {
      bringForward(this.play, dom);
      this.editor.view.focus();
    }
    // Not waited for: the core may be at work, and whoever puts something into the file would come
    // after what is typed meanwhile.
    this.goToPageOf(path);
  }

  /** @param {string} path */
  async goToPageOf(path) {
    const url = await this.renderer.addressOf(path).catch(() => undefined);
    if (path === this.path) this.go(url ?? this.shown);
  }

  showDialect() {
    this.bar.show(
      /\.(md|markdown|mkdn?|mkd)$/i.test(this.path) ? dialectOf(this.project) : undefined,
    );
  }

  /** Fetches a file that lies elsewhere; false: it can't be had. @param {string} path */
  async fetch(path) {
    try {
      if (await this.busy.during(`Fetching ${path} …`, () => this.project.load(path))) return true;
      this.tell(`${path} is not there any more.`);
    } catch (error) {
      this.tell(/** @type {Error} */ (error).message);
    }
    return false;
  }

  /** So much has come from elsewhere that the reader decides whether more does. */
  offerMore() {
    const { project } = this;
    const act = () => {
      project.room = { ...UNASKED };
      // Whoever was refused a file asks anew.
      this.renderer.close();
      this.preview.begin();
      this.draw(true);
    };
    this.tell(
      `${megabytes(UNASKED.bytes)} or ${UNASKED.files.toLocaleString()} files of this project have come from its host. What is missing is fetched only if you want it.`,
      { label: 'Fetch more', act },
    );
  }

  /** @param {Pick<Diagnostic, 'file' | 'line' | 'column'>} place that is to be seen */
  async goTo({ file = '', line, column }) {
    if (!this.project.files.has(file)) return;
    // A file that lies elsewhere comes later, or not at all.
    await this.open(file, { focus: true });
    if (line && this.editor.path === file) this.editor.goTo(line, column);
  }

  /** @param {string} url of a link on the page */
  follow(url) {
    if (/^(https?|mailto):/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
    else if (/^[a-z][a-z+.-]*:/i.test(url))
      this.tell(`Links to ${url.replace(/:.*/s, ':')} are not followed here.`);
    else {
      this.renderer.forgive();
      this.go(url);
    }
  }

  /** @param {string} url of the page that is to be shown */
  go(url) {
    const fresh = url !== this.shown || !this.good;
    this.shown = url;
    this.draw(fresh);
  }

  /**
   * A file is edited: most of the time the page is known to change in some of its parts.
   * @param {string} path
   * @param {import('./project/project.js').Change[]} changes
   */
  async type(path, changes) {
    const answer = await this.renderer.edit(path, changes);
    if (!answer) return;
    for (const news of answer.news) this.preview.take(news);
    this.sync.changed();
    if (!answer.done) return this.draw();
    clearTimeout(this.idle);
    this.idle = window.setTimeout(() => this.draw(), IDLE);
  }

  /** Makes the page anew. @param {boolean} [fresh] it is another one than before */
  async draw(fresh = false) {
    this.wanted = { fresh: fresh || !!this.wanted?.fresh };
    if (this.drawing) return;
    this.drawing = true;
    try {
      while (this.wanted) {
        clearTimeout(this.idle);
        ({ fresh } = this.wanted);
        this.wanted = undefined;
        await this.drawOnce(fresh);
      }
    } finally {
      this.drawing = false;
    }
  }

  /** @param {boolean} fresh */
  async drawOnce(fresh) {
    const page = await this.renderer.render(this.shown).catch((error) => error);
    if (!page) return;
    if (page instanceof Error) {
      /** @type {Diagnostic} */
      const failure = {
        severity: 'error',
        message: page.message,
        remedy:
          /** @type {Partial<import('./render/watchdog.js').Late>} */ (page).remedy ??
          'Undo the last change.',
      };
      this.view.outdate(this.good ? failure : undefined);
      this.checked = { url: '', found: [] };
      return this.showProblems([failure]);
    }
    const found = page.json.diagnostics ?? [];
    const mistake = found.find((/** @type {Diagnostic} */ { severity }) => severity === 'error');
    this.showFound(page.url, found);
    // A page that was good is not given up for one with a mistake.
    const hold = !!mistake && this.good === page.url && page.status !== NOT_FOUND;
    this.view.outdate(hold ? mistake : undefined);
    this.view.address.textContent = page.url;
    this.sync.changed(page.json.source ?? '');
    this.preview.take(page.news, { base: page.url, fresh: fresh && !hold, hold });
    if (hold) return;
    if (!mistake && page.status !== NOT_FOUND) this.good = page.url;
    this.inspector.show(page);
  }

  /**
   * What rendering told, and once nobody types what a check finds; until then what it found of this
   * page before.
   * @param {string} url
   * @param {Diagnostic[]} found
   */
  showFound(url, found) {
    const before = this.checked.url === url ? this.checked.found : [];
    const checked = (this.checked = { url, found: before });
    this.showProblems([...found, ...before]);
    clearTimeout(this.checking);
    this.checking = window.setTimeout(async () => {
      const more = await this.renderer.check(url).catch(() => []);
      // The page was made anew meanwhile: it is checked anew, too.
      if (checked !== this.checked) return;
      checked.found = more;
      this.showProblems([...found, ...more]);
    }, IDLE);
  }

  /** @param {Diagnostic[]} found */
  showProblems(found) {
    this.problems.show(found);
    this.files.mark(found);
    this.editor.underline(found);
  }

  // ---- keys, and what stands where ----

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
    if (command.text && !isText(this.path)) this.tell('No text is open.');
    else command.run(this);
  }

  /** Focus goes to the next part that is to be seen. @param {number} step 1, -1: the one before */
  nextPane(step) {
    const panes = [...this.play.querySelectorAll('.tree, .edit, .view, .probs, .insp')].filter(
      (pane) => pane.getClientRects().length,
    );
    const { activeElement } = /** @type {ShadowRoot} */ (this.play.getRootNode());
    const at = panes.findIndex((pane) => pane.contains(activeElement));
    const pane = /** @type {HTMLElement} */ (
      panes[(Math.max(at, 0) + (at < 0 ? 0 : step) + panes.length) % panes.length]
    );
    const within =
      pane.querySelector('.cm-content, [aria-current]') ?? pane.querySelector('button');
    /** @type {HTMLElement} */ (pane.tabIndex < 0 ? within : pane).focus();
  }

  toggleTree() {
    const shown = this.files.list.getClientRects().length > 0;
    this.play.dataset.tree = shown ? 'hidden' : 'shown';
    if (!shown) this.files.focus();
  }

  // ---- what comes and what is taken away ----

  /**
   * Opens what the reader chooses.
   * @param {string} source `folder`, `zip`, `address`, or the name of a start
   */
  async pick(source) {
    const start = STARTS[source];
    if (start) return this.bring(async () => start);
    if (source === 'address') {
      const said = await askFor(this.play, ADDRESS);
      if (said) await this.visit(said);
      return;
    }
    if (source === 'folder' && canSave()) return this.openFolder();
    const folder = source === 'folder';
    const chosen = await choose(folder ? 'folder' : 'zip');
    if (chosen.length)
      await this.bring(() => (folder ? fromFolder(chosen) : fromArchive(chosen[0])));
  }

  /**
   * Opens a public repository, or a site that is published with its sources.
   * @param {string} said its name or address
   * @param {string} [open] the file that is shown first
   */
  visit(said, open = '') {
    const repository = repositoryIn(said);
    const site = repository ? undefined : siteIn(said);
    return this.bring(async () => {
      if (repository || site) {
        const start = await this.busy.during('', (watch) =>
          repository
            ? fromRepository(repository, watch)
            : fromSite(/** @type {string} */ (site), watch),
        );
        return { ...start, open: start.files[open] === undefined ? start.open : open };
      }
      throw new Error(
        `“${said}” is neither a repository (owner/name) nor the address of a site (https://…).`,
      );
    });
  }

  /**
   * A project from elsewhere, or what is wrong with it: then false, as when there is none.
   * @param {() => Promise<Start | undefined>} read
   */
  async bring(read) {
    try {
      const start = await read();
      if (!start) return false;
      // As it is now: while the other one came it may have been changed.
      const { project, path, folder } = this;
      const { title, trusted, from, slot, touched } = project;
      /** @type {Start} */
      const before = {
        title,
        trusted,
        from,
        slot,
        touched,
        folder,
        open: path,
        files: Object.fromEntries(project.files),
      };
      this.begin(start);
      if (Object.keys(before.files).length)
        this.tell(`${start.title || 'The project'} is open. ${told(start.left)}`.trim(), {
          label: 'Undo',
          act: () => this.begin(before),
        });
      return true;
    } catch (error) {
      this.tell(/** @type {Error} */ (error).message);
      return false;
    }
  }

  /** Opens a folder that can be saved. */
  async openFolder() {
    await this.bring(async () => {
      const handle = await chooseFolder();
      return handle && new Folder(handle).read();
    });
  }

  /** Says which files are to be saved, when the typing pauses. */
  tellUnsaved() {
    clearTimeout(this.pause);
    this.pause = window.setTimeout(() => {
      const { folder } = this;
      const differing = folder?.differing(this.project);
      this.bar.unsaved(differing && [...differing.written, ...differing.gone]);
      this.files.markUnsaved(differing?.written ?? []);
    }, PAUSE);
  }

  /**
   * Writes what was changed into the folder; what that would undo or delete there is asked about.
   */
  async saveFolder() {
    const { folder, project } = this;
    if (!folder)
      return this.tell(
        canSave()
          ? 'No folder is open to save into: “Open …” one, or take the files away by “Download …”.'
          : 'This browser can’t write into folders: take the files away by “Download …”.',
      );
    try {
      if (!(await folder.allowed()))
        return this.tell(
          'The browser was not allowed to write into the folder: nothing is saved. “Save” asks once more.',
        );
      let { written, gone, foreign, news } = await folder.plan(project);
      const others = (/** @type {string} */ path) => !foreign.includes(path);
      if (
        foreign.length &&
        !confirm(
          `Changed on the disk meanwhile:\n\n${foreign.join('\n')}\n\nWrite over that? Else these files are left as they are, here and there.`,
        )
      ) {
        [written, gone] = [written.filter(others), gone.filter(others)];
      }
      if (
        gone.length &&
        !confirm(`Deleted here:\n\n${gone.join('\n')}\n\nDelete on the disk, too?`)
      ) {
        folder.leave(gone);
        gone = [];
      }
      await folder.save(project, { written, gone });
      await folder.take(project, news);
      project.dispatchEvent(new Event('saved'));
      const counted = (/** @type {string[]} */ paths) =>
        paths.length > 3 ? `${paths.length} files` : paths.join(', ');
      const done = [
        [written, 'Saved'],
        [gone, 'Deleted'],
        [news, 'Changed on the disk, and taken over'],
      ].filter(([paths]) => paths.length);
      this.tell(
        done
          .map(([paths, what]) => `${what}: ${counted(/** @type {string[]} */ (paths))}.`)
          .join(' ') || 'Nothing is to be saved.',
      );
    } catch (error) {
      this.tell(`It could not be saved: ${/** @type {Error} */ (error).message}`);
    }
    this.tellUnsaved();
  }

  /** An archive, or files for the folder that they are dropped on. @param {DragEvent} event */
  async drop(event) {
    const dropped = [...(event.dataTransfer?.files ?? [])];
    this.aim(undefined);
    if (!dropped.length) return;
    event.preventDefault();
    if (dropped.length === 1 && /\.zip$/i.test(dropped[0].name))
      return this.bring(() => fromArchive(dropped[0]));
    await this.upload(dropped, folderAt(event)?.dataset.drop);
  }

  /** Shows which folder would get what is dropped. @param {DragEvent | undefined} event */
  aim(event) {
    const aimed = event && folderAt(event);
    for (const other of this.play.querySelectorAll('.aimed'))
      if (other !== aimed) other.classList.remove('aimed');
    aimed?.classList.add('aimed');
    event?.preventDefault();
  }

  /** @param {File[]} [files] else those that the reader chooses @param {string} [folder] */
  async upload(files, folder) {
    files ??= await choose('files');
    if (!files.length) return;
    try {
      const { paths, before } = await upload(this.project, files, folder);
      const undo = () =>
        before.forEach(([path, content]) =>
          content === undefined ? this.project.remove(path) : this.project.put(path, content),
        );
      this.tell(paths.length === 1 ? `${paths[0]} is there.` : `${paths.length} files are there.`, {
        label: 'Undo',
        act: undo,
      });
      if (paths.length === 1) this.open(paths[0]);
    } catch (error) {
      this.tell(/** @type {Error} */ (error).message);
    }
  }

  /** Gives the reader something to keep. @param {import('./ui/toolbar.js').Taken} what */
  async take(what) {
    try {
      if (what === 'page') await this.takePage();
      else await this.takeAll(what === 'site');
    } catch (error) {
      this.tell(/** @type {Error} */ (error).message);
    }
  }

  /** All files as an archive. @param {boolean} finished the site's, or else the sources */
  async takeAll(finished) {
    const { project } = this;
    const archive = await this.busy.during('Packing …', async (watch) => {
      if (!finished)
        return zip(await project.loadAll((done, all) => watch.told(`${done} of ${all} files`)));
      const { files, found } = await finish(project, watch);
      const wrong = found.filter(({ severity }) => severity === 'error').length;
      if (wrong)
        this.tell(
          `${wrong === 1 ? 'One mistake was' : `${wrong} mistakes were`} found in the pages: ${found.find(({ severity }) => severity === 'error')?.message}.`,
        );
      watch.told('Packing …');
      return zip(files);
    });
    this.save(
      archive,
      'application/zip',
      `${this.named(project.title || 'project')}${finished ? '-site' : ''}.zip`,
    );
  }

  /** The page in view as a file that needs no other. */
  async takePage() {
    const { project } = this;
    const html = await this.busy.during('Packing …', async () => {
      const page = await this.renderer.ask('pageAt', this.shown);
      return (
        page && single(page.html, this.shown, (path) => this.preview.bytes(path), project.trusted)
      );
    });
    if (html)
      this.save(
        html,
        'text/html',
        `${this.named(this.shown.replace(/\.html$/, '')) || this.named(project.title) || 'page'}.html`,
      );
  }

  /** A title as the name of a file. @param {string} title */
  named(title) {
    return title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  }

  /** @param {Uint8Array | string} content @param {string} type @param {string} name */
  save(content, type, name) {
    download(new Blob([/** @type {BlobPart} */ (content)], { type }), name);
  }

  async share() {
    try {
      const fragment = await toFragment(this.project, this.path);
      this.shared(fragment);
      const link = this.home + fragment;
      await navigator.clipboard.writeText(link).catch(() => {});
      this.tell(
        `The link holds the whole project: ${link.length.toLocaleString()} characters, copied. Nothing was uploaded.${link.length > LONG_LINK ? ` Some programs cut links of more than ${LONG_LINK.toLocaleString()}.` : ''}`,
      );
    } catch (error) {
      this.tell(/** @type {Error} */ (error).message);
    }
  }

  /**
   * Says something for a while.
   * @param {string} text
   * @param {{ label: string, act(): void }} [offer]
   */
  tell(text, offer) {
    this.play.querySelector('.note')?.remove();
    const note = make('p', { class: 'note', role: 'status' }, text);
    if (offer) {
      note.append(
        button(offer.label, () => {
          note.remove();
          offer.act();
        }),
      );
    }
    this.play.append(note);
    setTimeout(() => note.remove(), Math.max(offer ? OFFERED : NOTED, READ * text.length));
  }
}

/**
 * The folder of the tree in which something happens, '' for all of it; none: elsewhere.
 * @param {Event} event
 * @returns {HTMLElement | null}
 */
const folderAt = ({ target }) => (target instanceof Element ? target.closest('[data-drop]') : null);
