// What is pasted or dropped beside plain text: HTML, cells, BibTeX, pictures. A file of its own,
// loaded with the first of them.

import { addEntries } from './entries.js';
import { cellsOf, tableOf } from './cells.js';
import { markdownOf } from './html.js';
import { picturesOf } from './pictures.js';
import { shrinkIn } from './shrink.js';

export { RELEASE as release } from '../../base/release.js';

/**
 * @typedef {import('../editor/given.js').Given} Given
 * @typedef {import('../playground.js').Playground} Playground
 */

export class Paste {
  /** @param {Playground} playground */
  constructor(playground) {
    this.playground = playground;
  }

  /** @param {Given} given @param {string} path @param {number} [pos] where it was dropped */
  async take(given, path, pos) {
    const { playground } = this;
    // Another file was opened meanwhile.
    if (playground.path !== path) return;
    try {
      if (given.files.length) await this.pictures(given.files, path, pos);
      else if (/\.bib$/i.test(path)) this.entries(given.text);
      else this.rich(given, pos);
    } catch (error) {
      playground.notify(/** @type {Error} */ (error).message);
    }
  }

  /** @param {Given} given @param {number} [pos] */
  rich({ html, text }, pos) {
    const rows = text.includes('\t') && (!html || /<table/i.test(html)) ? cellsOf(text) : [];
    const cells = rows.length > 1 && rows.every((row) => row.length > 1);
    const made = cells ? tableOf(rows) : html && markdownOf(this.playground.parse(html));
    this.insert(made || text, /^(\||[-*+>#] |\d+\. |```)|\n/.test(made), pos);
  }

  /**
   * @param {string} text
   * @param {boolean} block it stands in lines of its own
   * @param {number} [pos]
   */
  insert(text, block, pos) {
    const { view } = this.playground.editor;
    const { doc, selection } = view.state;
    const { from, to } = pos === undefined ? selection.main : { from: pos, to: pos };
    const [before, after] = [doc.lineAt(from), doc.lineAt(to)];
    const gap = (/** @type {string} */ beside, /** @type {boolean} */ empty) =>
      !block ? '' : beside.trim() ? '\n\n' : empty ? '' : '\n';
    const above = before.number > 1 ? doc.line(before.number - 1).text : '';
    const below = after.number < doc.lines ? doc.line(after.number + 1).text : '';
    const insert =
      gap(doc.sliceString(before.from, from), !above.trim()) +
      text +
      gap(doc.sliceString(to, after.to), !below.trim());
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.trimEnd().length },
      userEvent: 'input.paste',
      scrollIntoView: true,
    });
    view.focus();
  }

  /** @param {string} text */
  entries(text) {
    const { view } = this.playground.editor;
    const { renamed, ...change } = addEntries(
      view.state.doc.toString(),
      view.state.selection.main.head,
      text,
    );
    view.dispatch({
      changes: change,
      selection: { anchor: change.from + change.insert.trimEnd().length },
      userEvent: 'input.paste',
      scrollIntoView: true,
    });
    if (renamed.length)
      this.playground.notify(
        `The key ${renamed[0][0]} is taken: the new entry has the key ${renamed[0][1]}.`,
      );
  }

  /** @param {File[]} files @param {string} path @param {number} [pos] */
  async pictures(files, path, pos) {
    const { project, edits, editor } = this.playground;
    const made = await picturesOf(project, files, path, await shrinkIn(this.playground));
    if (this.playground.path !== path) return;
    const before = editor.view.state.doc.toString();
    const { from, to } =
      pos === undefined ? editor.view.state.selection.main : { from: pos, to: pos };
    const insert = made.map(({ markdown }) => markdown).join('\n\n');
    edits.apply(`${made.map(({ path }) => path).join(', ')} added.`, [
      ...made.map(
        ({ path, content }) =>
          /** @type {import('../project/edits.js').FileChange} */ ([path, undefined, content]),
      ),
      [path, before, before.slice(0, from) + insert + before.slice(to)],
    ]);
    // What it shows is written over the proposal.
    editor.select(from + 2, from + 2 + made[0].alt.length);
    editor.view.focus();
    this.playground.offerUndo(
      `${made.map(({ path }) => path).join(', ')} added. Write what it shows: it is read aloud instead of the picture.`,
    );
  }
}
