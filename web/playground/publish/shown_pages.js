// The versions whose pages are shown beside each other: of a change, and of a conflict.

import { withThese } from './update.js';

/**
 * @typedef {import('./changes.js').Change} Change
 * @typedef {import('./update.js').Conflict} Conflict
 * @typedef {import('../project/file_content.js').Content} Content
 */

export class ShownPages {
  /** @type {Awaited<ReturnType<import('../ui/parts.js').Parts['pages']>>} */
  #pages = undefined;

  /**
   * @param {import('../playground.js').Playground} playground
   * @param {import('./bases.js').Bases} bases
   */
  constructor(playground, bases) {
    this.playground = playground;
    this.bases = bases;
  }

  /** Ends what renders them. */
  close() {
    this.#pages?.close();
  }

  /**
   * Undefined when they can't be shown, which is reported.
   * @param {Parameters<import('./pages.js').Pages['show']>[0]} versions
   * @param {string[][]} paths files that differ, by their names, the most important first
   */
  async #show(versions, paths) {
    const pages = (this.#pages = await this.playground.parts.pages());
    pages?.show(versions, paths);
    return pages?.element;
  }

  /**
   * The branch, and the project with its chosen changes, at the page that a change touches.
   * @param {Change} shown
   * @param {Change[]} changes
   * @param {Set<string>} left paths that are not chosen
   * @param {string} branch
   */
  async ofChange(shown, changes, left, branch) {
    const { before, after } = await this.bases.beforeAndAfter(
      this.playground.project,
      changes,
      ({ path }) => !left.has(path),
    );
    return this.#show(
      [
        { title: `On ${branch}`, files: before },
        { title: 'With your changes', files: after },
      ],
      // A renamed file's page is where it is now, and where it was.
      [shown, ...changes].map(({ path, from }) => [path, from ?? path]),
    );
  }

  /**
   * Both sides of conflicts, and what is decided of them.
   * @param {string} path of the conflict in view
   * @param {Conflict[]} conflicts
   * @param {[Conflict, Content | undefined][]} results
   * @param {string} branch
   */
  ofConflict(path, conflicts, results, branch) {
    const files = Object.fromEntries(this.playground.project.files);
    /** @param {string} title @param {[Conflict, Content | undefined][]} taken */
    const version = (title, taken) => ({ title, files: withThese(files, taken) });
    const versions = [
      version(
        `On ${branch}`,
        conflicts.map((one) => [one, one.theirs]),
      ),
      version(
        'Yours',
        conflicts.map((one) => [one, one.ours]),
      ),
      ...(results.length ? [version('Result', results)] : []),
    ];
    return this.#show(
      versions,
      [path, ...conflicts.map((one) => one.path)].map((one) => [one]),
    );
  }
}
