// A folder on the disk opened as a project: changed files are written back, and changes made there
// meanwhile are not lost. Uses File System Access; browsers without it open a folder as a copy
// (open.js).

import { NO_SOURCE, contentOf, isPath } from './file_content.js';
import { describeLeft } from './left_out.js';
import { OWN_PROJECT } from './limits.js';

/** @typedef {import('./file_content.js').Content} Content */
/**
 * The parts of a project that its folder needs.
 * @typedef {{ files: Map<string, Content>, paths: string[], has(path: string): boolean, load(path:
 *   string): Promise<Uint8Array | undefined>, put(path: string, content: Content): void, }} Project
 */
/**
 * A file as it was last read or written.
 * @typedef {{ content: Content | undefined, changed: number, size: number }} Known
 */
/**
 * A plan for saving. `written`: new or changed files; `gone`: deleted in the project; `foreign`:
 * those of both that were changed on the disk as well; `news`: changed on the disk only.
 * @typedef {{ written: string[], gone: string[], foreign: string[], news: string[] }} Plan
 */

/**
 * A folder as stored with its project: the known state of the disk. `content` is omitted where the
 * project has the same.
 * @typedef {{ handle: FileSystemDirectoryHandle, known: [path: string, known: Omit<Known,
 *   'content'> & { content?: Content }][] }} KeptFolder
 */

/**
 * @typedef {{ showDirectoryPicker?: (options: { mode: 'readwrite', id?: string }) =>
 *   Promise<FileSystemDirectoryHandle> }} Picker
 */
const picker = () => /** @type {Picker} */ (window).showDirectoryPicker;

/** Tells whether this browser can open folders for saving. */
export const canSave = () => !!picker();

/** Shows the folder picker; undefined when it is cancelled. */
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
 * Undefined for a missing file or folder; any other error is rethrown, so that nothing is
 * overwritten.
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
   * Restores the folder of a stored project.
   * @param {KeptFolder} kept
   * @param {Record<string, Content>} files of the project
   */
  static of({ handle, known }, files) {
    const folder = new Folder(handle);
    for (const [path, { changed, size, content = files[path] }] of known)
      if (isPath(path)) folder.known.set(path, { content, changed, size });
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
   * Asks for permission to write: after a visit that has ended the browser prompts the reader, and
   * requires a recent user action.
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

  /**
   * Reads the folder as a project. Files whose paths a project can't have stay on the disk as they
   * are.
   */
  async read() {
    /** @type {Record<string, Content>} */
    const files = Object.create(null);
    /** @type {string[]} */
    const named = [];
    let size = 0;
    for await (const [path, handle] of this.walk(this.handle)) {
      if (!isPath(path)) {
        named.push(path);
        continue;
      }
      const file = await handle.getFile();
      size += file.size;
      if (this.known.size === OWN_PROJECT.most)
        throw new Error(`The folder has more than ${OWN_PROJECT.most.toLocaleString()} files.`);
      if (size > OWN_PROJECT.largest)
        throw new Error(`The folder has more than ${OWN_PROJECT.largest >> 20} MB.`);
      files[path] = contentOf(path, new Uint8Array(await file.arrayBuffer()));
      this.known.set(path, { content: files[path], changed: file.lastModified, size: file.size });
    }
    const left = { named };
    if (!this.known.size) throw new Error(`It contains no files. ${describeLeft(left)}`.trim());
    return { title: this.handle.name, trusted: true, touched: true, files, folder: this, left };
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

  /** The files that differ from the folder. @param {Project} project */
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
      // A file that was deleted on the disk is written again if it exists in the project and was
      // changed.
      if (file && (file.lastModified !== known?.changed || file.size !== known.size))
        (ours.has(path) ? foreign : news).push(path);
    }
    return { written, gone, foreign, news };
  }

  /**
   * Carries out a plan.
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

  /**
   * Takes over changes from the disk.
   * @param {Project} project
   * @param {string[]} paths
   */
  async pull(project, paths) {
    for (const path of paths) {
      const file = await this.file(path);
      if (!file) continue;
      const content = contentOf(path, new Uint8Array(await file.arrayBuffer()));
      this.known.set(path, { content, changed: file.lastModified, size: file.size });
      project.put(path, content);
    }
  }

  /** Marks files as kept on the disk, without further questions. @param {string[]} paths */
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
   * The folder of a file, and its name.
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
