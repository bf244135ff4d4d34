// Changes of several files as one step: replaced words, renamed files with the links to them, a
// pasted picture. Each is undone and redone as a whole.

/**
 * @typedef {import('./file_content.js').Content} Content
 * @typedef {import('./project.js').Project} Project
 */
/**
 * What a file was and what it becomes; undefined: it does not exist.
 * @typedef {[path: string, before: Content | undefined, after: Content | undefined]} FileChange
 * @typedef {{ label: string, changes: FileChange[] }} Step
 */

// Steps that are kept: each may hold all texts of a project.
const MOST = 50;

export class Edits {
  /** @type {Step[]} */
  done = [];
  /** @type {Step[]} */
  undone = [];

  /** @param {Project} project */
  constructor(project) {
    this.project = project;
    project.addEventListener('open', () => {
      this.done = [];
      this.undone = [];
    });
  }

  /**
   * Changes files as one step.
   * @param {string} label what is done, in the past: `Replaced 9 matches`
   * @param {FileChange[]} changes
   */
  apply(label, changes) {
    if (this.project.refuses()) return;
    this.write(changes.map(([path, , after]) => [path, after]));
    this.done = [...this.done.slice(1 - MOST), { label, changes }];
    this.undone = [];
  }

  /** Writes files, new ones first: what leads to them is never broken in between.
   * @param {[path: string, content: Content | undefined][]} files
   */
  write(files) {
    const { project } = this;
    for (const [path, content] of files) if (content !== undefined) project.put(path, content);
    for (const [path, content] of files) if (content === undefined) project.remove(path);
  }

  /**
   * The last step, if nothing that it wrote has changed since, and if it wrote the file.
   * @param {Step[]} steps
   * @param {1 | 2} side of its changes that is now in the files
   * @param {string} [path] of a file that it must have changed
   */
  last(steps, side, path) {
    const step = steps[steps.length - 1];
    const { files } = this.project;
    const same = step?.changes.every((change) => files.get(change[0]) === change[side]);
    return same && (!path || step.changes.some(([other]) => other === path)) ? step : undefined;
  }

  /**
   * Undoes the last step; undefined when it can't be undone as a whole.
   * @param {string} [path] of the file in view: only a step that changed it
   */
  undo(path) {
    const step = this.last(this.done, 2, path);
    if (!step) return undefined;
    this.done.pop();
    this.undone.push(step);
    this.write(step.changes.map(([path, before]) => [path, before]));
    return step;
  }

  /** Repeats the step that was undone last. @param {string} [path] */
  redo(path) {
    const step = this.last(this.undone, 1, path);
    if (!step) return undefined;
    this.undone.pop();
    this.done.push(step);
    this.write(step.changes.map(([path, , after]) => [path, after]));
    return step;
  }
}
