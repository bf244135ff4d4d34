// A playground: what is typed on the left is seen on the right, as Jekyll would make it. The parts, and what happens between them.

import { NOT_FOUND } from '../abi.js';
import { download, make } from '../elements.js';
import { askFor } from './ask.js';
import { Bar } from './bar.js';
import { Busy } from './busy.js';
import { Renderer } from './core.js';
import { Editor } from './editor.js';
import { finish } from './export.js';
import { Folder, canSave, chooseFolder } from './folder.js';
import { Files } from './files.js';
import { Inspector } from './inspector.js';
import { layOut } from './layout.js';
import { choose, fromArchive, fromFolder } from './open.js';
import { Preview } from './preview.js';
import { Problems } from './problems.js';
import { Project, isText } from './project.js';
import { fromSite, siteIn } from './published.js';
import { fromRepository, repositoryIn } from './repository.js';
import { toFragment } from './share.js';
import { single } from './single.js';
import { STARTS } from './starts.js';
import { Sync } from './sync.js';
import { Tabs } from './tabs.js';
import { View } from './view.js';
import { zip } from './zip.js';

/** @typedef {import('../abi.js').Diagnostic} Diagnostic @typedef {import('./project.js').Start} Start */

// Milliseconds that a note stays, at least, and for each character.
const [NOTED, READ] = [6000, 60];
// Milliseconds after the last change until it is told what is to be saved.
const PAUSE = 300;
// Links longer than this are cut by some programs.
const LONG_LINK = 8000;
// Milliseconds without a keystroke after which the page is made anew that changed in some parts only.
const IDLE = 300;

// Which address is asked for.
const ADDRESS = { question: 'Repository or site', hint: 'A public repository on GitHub (owner/name, owner/name@branch), or the address of a site that is published with its sources. Nothing is changed there.', example: 'owner/name' };

export class Playground {
  /** Called with another project that was begun. @type {(start: Start) => void} */
  begun = () => {};
  /** Called with the fragment of a link that is given away. @type {(fragment: string) => void} */
  shared = () => {};
  /** Called when the reader wants the other of light and dark. @type {() => void} */
  scheme = () => {};

  /** The address of the page that is shown, and the one that was shown last without a mistake. */
  shown = '/';
  good = '';
  /** The page is asked for once more when it comes, as something changed meanwhile. @type {{ fresh: boolean } | undefined} */
  wanted = undefined;
  /** Whoever makes the page, if anybody does. @type {object | undefined} */
  drawing = undefined;
  /** The folder that is open. @type {Folder | undefined} */
  folder = undefined;
  pause = 0;
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
    this.bar = new Bar(at.bar, { open: (source) => this.pick(source), save: () => this.saveFolder(), take: (what) => this.take(what), scheme: () => this.scheme(), share: () => this.share() });
    this.files = new Files(at.tree, project);
    this.tabs = new Tabs(at.tabs, project);
    this.editor = new Editor(at.source, project);
    this.view = new View(at.view);
    this.busy = new Busy(at.play);
    this.preview = new Preview(this.view.frame, project);
    this.problems = new Problems(at.probs, at.counter);
    this.inspector = new Inspector(at.insp);
    this.renderer = new Renderer(project);
    this.sync = new Sync(this.editor, this.preview, this.renderer, (path) => this.open(path));

    this.files.chosen = this.tabs.chosen = (path) => this.open(path);
    this.problems.chosen = (problem) => this.goTo(problem);
    this.preview.followed = (url) => this.follow(url);
    project.whenChanged((path, _, changes) => (changes ? this.type(path, changes) : this.draw()));
    project.whenChanged(() => this.tellUnsaved());
    at.play.addEventListener('keydown', (event) => this.pressed(event));
    at.play.addEventListener('dragover', (event) => event.preventDefault());
    at.play.addEventListener('drop', (event) => this.drop(event));
  }

  // ---- projects, files, pages -------------------------------------------------------------------------------------

  /** Puts another project into the place of this one. @param {Start} start */
  begin(start) {
    const { project } = this;
    [this.shown, this.good] = ['/', ''];
    // What the last one's thread was asked is never answered.
    [this.drawing, this.folder] = [undefined, undefined];
    project.open(start);
    this.tellUnsaved();
    this.bar.title.textContent = start.title;
    this.begun(start);
    const first = start.open && project.files.has(start.open) ? start.open : project.paths.find((path) => isText(path)) ?? '';
    if (first) this.open(first);
    else this.draw(true);
  }

  /** Shows a file, and its page if it has one. @param {string} path */
  async open(path) {
    if (!isText(path)) return this.tell(`${path} is no text: it can be shown, not edited.`);
    if (this.project.text(path) === undefined && !(await this.fetch(path))) return;
    this.tabs.show(path);
    this.files.show(path);
    this.editor.open(path);
    const url = await this.renderer.addressOf(path);
    if (path === this.editor.path) this.go(url ?? this.shown);
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

  /** @param {Diagnostic} problem whose place is to be seen */
  goTo({ file = '', line, column }) {
    if (!this.project.files.has(file)) return;
    this.open(file);
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
    this.sync.changed();
    if (!answer.done) return this.draw();
    clearTimeout(this.idle);
    this.idle = window.setTimeout(() => this.draw(), IDLE);
  }

  /** Makes the page anew. @param {boolean} [fresh] it is another one than before */
  async draw(fresh = false) {
    this.wanted = { fresh: fresh || !!this.wanted?.fresh };
    if (this.drawing) return;
    const mine = (this.drawing = {});
    while (this.wanted && this.drawing === mine) {
      clearTimeout(this.idle);
      ({ fresh } = this.wanted);
      this.wanted = undefined;
      await this.drawOnce(fresh);
    }
    if (this.drawing === mine) this.drawing = undefined;
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
    this.sync.changed(page.json.source ?? '');
    this.preview.take(page.news, { base: page.url, fresh: fresh && !hold, hold });
    if (hold) return;
    if (!wrong) this.good = page.url;
    this.inspector.show(page, this.preview);
  }

  /** @param {Diagnostic[]} found */
  showProblems(found) {
    this.problems.show(found);
    this.files.mark(found);
    this.editor.underline(found);
  }

  // ---- what comes and what is taken away --------------------------------------------------------------------------

  /** Opens what the reader chooses. @param {string} source `folder`, `zip`, `address`, or the name of a start */
  async pick(source) {
    const start = STARTS[source];
    if (start) {
      if (confirm('Begin anew? The project that is open goes.')) this.begin(start);
      return;
    }
    if (source === 'address') {
      const said = await askFor(this.play, ADDRESS);
      if (said) await this.visit(said);
      return;
    }
    if (source === 'folder' && canSave()) return this.openFolder();
    const folder = source === 'folder';
    const chosen = await choose({ folder });
    if (chosen.length) await this.bring(() => (folder ? fromFolder(chosen) : fromArchive(chosen[0])));
  }

  /** Opens a public repository, or a site that is published with its sources. @param {string} said its name or address @param {string} [open] the file that is shown first */
  visit(said, open = '') {
    const repository = repositoryIn(said);
    const site = repository ? undefined : siteIn(said);
    return this.bring(async () => {
      if (repository || site) {
        const start = await this.busy.during('', (watch) => (repository ? fromRepository(repository, watch) : fromSite(/** @type {string} */ (site), watch)));
        return { ...start, open: start.files[open] === undefined ? start.open : open };
      }
      throw new Error(`“${said}” is neither a repository (owner/name) nor the address of a site (https://…).`);
    });
  }

  /** A project from elsewhere, or what is wrong with it: then false, as when there is none. @param {() => Promise<Start | undefined>} read */
  async bring(read) {
    try {
      const start = await read();
      if (start) this.begin(start);
      return !!start;
    } catch (error) {
      this.tell(/** @type {Error} */ (error).message);
      return false;
    }
  }

  /** Opens a folder that can be saved. */
  async openFolder() {
    /** @type {Folder | undefined} */
    let folder;
    const opened = await this.bring(async () => {
      const handle = await chooseFolder();
      if (!handle) return undefined;
      folder = new Folder(handle);
      return folder.read();
    });
    if (opened) this.folder = folder;
    this.tellUnsaved();
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

  /** Saves by Ctrl or Cmd and S. @param {KeyboardEvent} event */
  pressed(event) {
    const { ctrlKey, metaKey, shiftKey, altKey, key, defaultPrevented } = event;
    if (!(ctrlKey || metaKey) || shiftKey || altKey || defaultPrevented || key.toLowerCase() !== 's') return;
    event.preventDefault();
    this.saveFolder();
  }

  /** Writes what was changed into the folder; what that would undo or delete there is asked about. */
  async saveFolder() {
    const { folder, project } = this;
    if (!folder) return this.tell(canSave() ? 'No folder is open to save into: “Open …” one, or take the files away by “Download …”.' : 'This browser can’t write into folders: take the files away by “Download …”.');
    try {
      let { written, gone, foreign, news } = await folder.plan(project);
      const others = (/** @type {string} */ path) => !foreign.includes(path);
      if (foreign.length && !confirm(`Changed on the disk meanwhile:\n\n${foreign.join('\n')}\n\nWrite over that? Else these files are left as they are, here and there.`)) {
        [written, gone] = [written.filter(others), gone.filter(others)];
      }
      if (gone.length && !confirm(`Deleted here:\n\n${gone.join('\n')}\n\nDelete on the disk, too?`)) {
        folder.leave(gone);
        gone = [];
      }
      await folder.save(project, { written, gone });
      await folder.take(project, news);
      const counted = (/** @type {string[]} */ paths) => (paths.length > 3 ? `${paths.length} files` : paths.join(', '));
      const done = [[written, 'Saved'], [gone, 'Deleted'], [news, 'Changed on the disk, and taken over']].filter(([paths]) => paths.length);
      this.tell(done.map(([paths, what]) => `${what}: ${counted(/** @type {string[]} */ (paths))}.`).join(' ') || 'Nothing is to be saved.');
    } catch (error) {
      this.tell(`It could not be saved: ${/** @type {Error} */ (error).message}`);
    }
    this.tellUnsaved();
  }

  /** An archive, or files for the project. @param {DragEvent} event */
  async drop(event) {
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (!dropped.length) return;
    event.preventDefault();
    if (dropped.length === 1 && /\.zip$/i.test(dropped[0].name)) return this.bring(() => fromArchive(dropped[0]));
    for (const file of dropped) {
      const folder = /\.(png|jpe?g|gif|svg|webp|avif)$/i.test(file.name) ? 'images/' : '';
      this.project.put(folder + file.name, isText(file.name) ? await file.text() : new Uint8Array(await file.arrayBuffer()));
    }
  }

  /** Gives the reader something to keep. @param {import('./bar.js').Taken} what */
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
      if (!finished) return zip(await project.loadAll((done, all) => watch.told(`${done} of ${all} files`)));
      const { files, found } = await finish(project, watch);
      const wrong = found.filter(({ severity }) => severity === 'error').length;
      if (wrong) this.tell(`${wrong === 1 ? 'One mistake was' : `${wrong} mistakes were`} found in the pages: ${found.find(({ severity }) => severity === 'error')?.message}.`);
      watch.told('Packing …');
      return zip(files);
    });
    this.save(archive, 'application/zip', `${this.named(project.title || 'project')}${finished ? '-site' : ''}.zip`);
  }

  /** The page in view as a file that needs no other. */
  async takePage() {
    const { project } = this;
    const html = await this.busy.during('Packing …', async () => {
      const page = await this.renderer.ask('pageAt', this.shown);
      return page && single(page.html, this.shown, (path) => this.preview.bytes(path), project.trusted);
    });
    if (html) this.save(html, 'text/html', `${this.named(this.shown.replace(/\.html$/, '')) || this.named(project.title) || 'page'}.html`);
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
      const fragment = await toFragment(this.project, this.editor.path);
      this.shared(fragment);
      const link = this.home + fragment;
      await navigator.clipboard.writeText(link).catch(() => {});
      this.tell(`The link holds the whole project: ${link.length.toLocaleString()} characters, copied. Nothing was uploaded.${link.length > LONG_LINK ? ` Some programs cut links of more than ${LONG_LINK.toLocaleString()}.` : ''}`);
    } catch (error) {
      this.tell(/** @type {Error} */ (error).message);
    }
  }

  /** Says something for a while. @param {string} text */
  tell(text) {
    this.play.querySelector('.note')?.remove();
    const note = make('p', { class: 'note', role: 'status' }, text);
    this.play.append(note);
    setTimeout(() => note.remove(), Math.max(NOTED, READ * text.length));
  }
}
