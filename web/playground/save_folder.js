// Saves a project to the folder that it was opened from: shows unsaved files, and asks before it
// overwrites a file that was changed on the disk, or deletes one.

import { canSave } from './project/folder.js';

/**
 * @typedef {import('./project/folder.js').Folder} Folder
 *
 * @typedef {{
 *   project: import('./project/project.js').Project,
 *   bar: import('./ui/toolbar.js').Bar,
 *   files: import('./ui/file_tree.js').Files,
 *   notify(text: string): void,
 * }} Parts
 */

// Milliseconds after the last change until unsaved files are marked.
const PAUSE = 300;

/** @param {string[]} paths */
const listed = (paths) => (paths.length > 3 ? `${paths.length} files` : paths.join(', '));

export class FolderSaver {
  /** The open folder. @type {Folder | undefined} */
  folder = undefined;
  /** Timer of showUnsaved(). */
  pause = 0;

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    parts.project.whenChanged(() => this.showUnsaved());
  }

  /**
   * Sets the folder of the open project.
   * @param {Folder | undefined} folder undefined: it lies in none
   */
  begin(folder) {
    this.folder = folder;
    this.showUnsaved();
  }

  /** Marks unsaved files once typing pauses. */
  showUnsaved() {
    clearTimeout(this.pause);
    this.pause = window.setTimeout(() => {
      const { folder } = this;
      const { project, bar, files } = this.parts;
      const differing = folder?.differing(project);
      bar.unsaved(differing && [...differing.written, ...differing.gone]);
      files.markUnsaved(differing?.written ?? []);
    }, PAUSE);
  }

  /** Writes the changed files to the folder. */
  async save() {
    const { folder } = this;
    const { notify } = this.parts;
    if (!folder)
      return notify(
        canSave()
          ? 'There is no folder to save to: “Open …” one, or “Download …” the files.'
          : 'This browser can’t write to folders: “Download …” the files.',
      );
    try {
      if (await folder.allowed()) notify(await this.write(folder));
      else
        notify(
          'The browser was not allowed to write to the folder: nothing was saved. “Save” asks again.',
        );
    } catch (error) {
      notify(`Saving failed: ${/** @type {Error} */ (error).message}`);
    }
    this.showUnsaved();
  }

  /** @param {Folder} folder @returns {Promise<string>} the words for what was done */
  async write(folder) {
    const { project } = this.parts;
    let { written, gone, foreign, news } = await folder.plan(project);
    const others = (/** @type {string} */ path) => !foreign.includes(path);
    if (
      foreign.length &&
      !confirm(
        `Changed on the disk meanwhile:\n\n${foreign.join('\n')}\n\nOverwrite these files? Otherwise both versions stay as they are.`,
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
    await folder.pull(project, news);
    project.dispatchEvent(new Event('saved'));
    const done = /** @type {const} */ ([
      [written, 'Saved'],
      [gone, 'Deleted'],
      [news, 'Changed on the disk, and loaded'],
    ]).filter(([paths]) => paths.length);
    return (
      done.map(([paths, what]) => `${what}: ${listed(paths)}.`).join(' ') ||
      'There is nothing to save.'
    );
  }
}
