// Dropping files on the playground: marks the folder of the tree under the pointer.

import { droppedFiles } from '../project/dropped.js';

/** @typedef {import('../project/dropped.js').Local} Local */

/**
 * The folder of the tree in which an event happens, '' for the root; null: elsewhere.
 * @param {Event} event
 * @returns {HTMLElement | null}
 */
const folderAt = ({ target }) => (target instanceof Element ? target.closest('[data-drop]') : null);

/**
 * @param {HTMLElement} play
 * @param {(files: Promise<Local[]>, folder: string | undefined) => void} drop called with the
 *   files, and the folder below the pointer
 */
export function watchDrops(play, drop) {
  /** Marks the target folder of a drop. @param {DragEvent} [event] */
  const aim = (event) => {
    const aimed = event && folderAt(event);
    for (const other of play.querySelectorAll('.aimed'))
      if (other !== aimed) other.classList.remove('aimed');
    aimed?.classList.add('aimed');
    event?.preventDefault();
  };
  play.addEventListener('dragover', aim);
  play.addEventListener('dragleave', () => aim());
  play.addEventListener('drop', (event) => {
    const data = event.dataTransfer;
    aim();
    if (!data?.files.length) return;
    event.preventDefault();
    drop(droppedFiles(data), folderAt(event)?.dataset.drop);
  });
}
