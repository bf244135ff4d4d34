// A folder on the disk that is open as a project: what was changed goes back into it, and nothing
// that was changed there meanwhile is lost. File System Access; where a browser has none a folder
// is opened as a copy (open.js).

import { NO_SOURCE, contentOf } from './file_content.js';
import { OWN_PROJECT } from './limits.js';

/** @typedef {import('./file_content.js').Content} Content */
/**
 * A project as its folder knows it.
 * @typedef {{
 *   files: Map<string, Content>,
 *   paths: string[],
 *   has(path: string): boolean,
 *   load(path: string): Promise<Uint8Array | undefined>,
 *   put(path: string, content: Content): void,
 * }} Project
 */
/**
 * A file as it was read or written last.
 * @typedef {{ content: Content | undefined, changed: number, size: number }} Known
 */
/**
 * A plan for saving. `written`: new or changed; `gone`: on the disk, and no more in the project;
 * `foreign`: of these, what was changed on the disk as well; `news`: what was changed there only.
 * @typedef {{ written: string[], gone: string[], foreign: string[], news: string[] }} Plan
 */

/**
 * A folder as a browser keeps it beside its project: what is on the disk as far as that is known.
 * `content` is left out where the project has the same.
 * @typedef {{ handle: FileSystemDirectoryHandle, known: [path: string, known: Omit<Known,
 *   'content'> & { content?: Content }][] }} KeptFolder
 */

/**
 * @typedef {{ showDirectoryPicker?: (options: { mode: 'readwrite', id?: string }) =>
 *   Promise<FileSystemDirectoryHandle> }} Picker
 */
const picker = () => /** @type {Picker} */ (window).showDirectoryPicker;

/** Whether folders can be opened so that they can be saved. */
export const canSave = () => !!picker();

/** The folder that the reader chooses; nothing when the choice is given up. */
export async function chooseFolder() {
  try {
    return await picker()?.({ mode: 'readwrite', id: 'site' });
  } catch (error) {
    if (/** @type {Error} */ (error).name === 'AbortError') return undefined;
    throw new Error(`The folder can’t be opened: ${/** @type {Error} */ (error).message}`);
  }
}

const same = (/** @type {Content | undefined} */ a, /** @type {Content | undefined} */ b) =>
  a === b ||
  (a instanceof Uint8Array &&
    b instanceof Uint8Array &&
    a.length === b.length &&
    a.every((byte, at) => byte === b[at]));

/**
 * Nothing, for a file or a folder that is not there; what can't be read for another reason is no
 * reason to write over it.
 * @param {DOMException} error
 */
function absent(error) {
  if (error.name === 'NotFoundError' || error.name === 'TypeMismatchError') return undefined;
  throw error;
}

export class Folder {
  /** Files by path. @type {Map<string, Known>} */
  known = new Map();

  /** @param {FileSystemDirectoryHandle} handle */
  constructor(handle) {
    this.handle = handle;
  }

  /**
   * The folder of a project that was kept.
   * @param {KeptFolder} kept
   * @param {Record<string, Content>} files of the project
   */
  static of({ handle, known }, files) {
    const folder = new Folder(handle);
    for (const [path, { changed, size, content = files[path] }] of known)
      folder.known.set(path, { content, changed, size });
    return folder;
  }

  /** @param {Project} project @returns {KeptFolder} */
  kept(project) {
    const { files } = project;
    const known = [...this.known].map(
      ([path, { content, changed, size }]) =>
        /** @type {KeptFolder['known'][0]} */ ([
          path,
          { changed, size, ...(!same(content, files.get(path)) && { content }) },
        ]),
    );
    return { handle: this.handle, known };
  }

  /**
   * Whether it may be written into: after a visit that has ended the browser asks the reader, who
   * has to have pressed something just now.
   */
  async allowed() {
    /** @typedef {(how: { mode: 'readwrite' }) => Promise<PermissionState>} Request */
    /** @type {FileSystemDirectoryHandle & { requestPermission?: Request }} */
    const handle = this.handle;
    return (
      !handle.requestPermission ||
      (await handle.requestPermission({ mode: 'readwrite' })) === 'granted'
    );
  }

  /** All that is in it, as a project to open. */
  async read() {
    /** @type {Record<string, Content>} */
    const files = Object.create(null);
    let size = 0;
    for await (const [path, handle] of this.walk(this.handle)) {
      const file = await handle.getFile();
      size += file.size;
      if (this.known.size === OWN_PROJECT.most)
        throw new Error(`The folder has more than ${OWN_PROJECT.most.toLocaleString()} files.`);
      if (size > OWN_PROJECT.largest)
        throw new Error(`The folder has more than ${OWN_PROJECT.largest >> 20} MB.`);
      files[path] = contentOf(path, new Uint8Array(await file.arrayBuffer()));
      this.known.set(path, { content: files[path], changed: file.lastModified, size: file.size });
    }
    if (!this.known.size) throw new Error('There are no files in it.');
    return { title: this.handle.name, trusted: true, touched: true, files, folder: this };
  }

  /**
   * @param {FileSystemDirectoryHandle} folder
   * @param {string} [at]
   * @returns {AsyncGenerator<[path: string, handle: FileSystemFileHandle]>}
   */
  async *walk(folder, at = '') {
    for await (const [name, handle] of folder.entries()) {
      const path = at + name;
      if (NO_SOURCE.test(path)) continue;
      if (handle.kind === 'file') yield [path, handle];
      else yield* this.walk(handle, `${path}/`);
    }
  }

  /** The files in which the project is another than the folder was. @param {Project} project */
  differing(project) {
    const written = project.paths.filter(
      (path) => !same(project.files.get(path), this.known.get(path)?.content),
    );
    const gone = [...this.known.keys()].filter((path) => !project.has(path));
    return { written, gone };
  }

  /** @param {Project} project @returns {Promise<Plan>} */
  async plan(project) {
    const { written, gone } = this.differing(project);
    const ours = new Set([...written, ...gone]);
    const [foreign, news] = [/** @type {string[]} */ ([]), /** @type {string[]} */ ([])];
    for (const path of new Set([...ours, ...this.known.keys()])) {
      const file = await this.file(path);
      const known = this.known.get(path);
      // A file that was deleted on the disk is written again, if it is still here and was changed.
      if (file && (file.lastModified !== known?.changed || file.size !== known.size))
        (ours.has(path) ? foreign : news).push(path);
    }
    return { written, gone, foreign, news };
  }

  /**
   * Does what a plan says, and no more.
   * @param {Project} project
   * @param {{ written: string[], gone: string[] }} plan
   */
  async save(project, { written, gone }) {
    for (const path of written) {
      const content = project.files.get(path);
      const bytes = await project.load(path);
      if (!bytes) continue;
      const [folder, name] = await this.place(path, true);
      const handle = await /** @type {FileSystemDirectoryHandle} */ (folder).getFileHandle(name, {
        create: true,
      });
      const stream = await handle.createWritable();
      await stream.write(/** @type {BufferSource} */ (bytes));
      await stream.close();
      const { lastModified: changed, size } = await handle.getFile();
      this.known.set(path, { content, changed, size });
    }
    for (const path of gone) {
      const [folder, name] = await this.place(path);
      await folder?.removeEntry(name).catch(() => {});
      this.known.delete(path);
    }
  }

  /** Takes over what was changed on the disk. @param {Project} project @param {string[]} paths */
  async pull(project, paths) {
    for (const path of paths) {
      const file = await this.file(path);
      if (!file) continue;
      const content = contentOf(path, new Uint8Array(await file.arrayBuffer()));
      this.known.set(path, { content, changed: file.lastModified, size: file.size });
      project.put(path, content);
    }
  }

  /** Files that stay on the disk, and are no more asked about. @param {string[]} paths */
  leave(paths) {
    for (const path of paths) this.known.delete(path);
  }

  /** @param {string} path @returns {Promise<File | undefined>} undefined: there is no such file */
  async file(path) {
    const [folder, name] = await this.place(path);
    return folder
      ?.getFileHandle(name)
      .then((handle) => handle.getFile())
      .catch(absent);
  }

  /**
   * The folder in which a file lies, and its name there.
   * @param {string} path
   * @param {boolean} [create]
   * @returns {Promise<[folder: FileSystemDirectoryHandle | undefined, name: string]>}
   */
  async place(path, create = false) {
    const folders = path.split('/');
    const name = /** @type {string} */ (folders.pop());
    /** @type {FileSystemDirectoryHandle | undefined} */
    let folder = this.handle;
    for (const step of folders)
      folder = await folder
        ?.getDirectoryHandle(step, { create })
        .catch((error) => (create ? Promise.reject(error) : absent(error)));
    return [folder, name];
  }
}
