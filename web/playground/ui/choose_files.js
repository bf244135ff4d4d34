// The browser's picker of files.

import { make } from '../../base/elements.js';

/**
 * Shows a file picker; empty when it is cancelled.
 * @param {'folder' | 'zip' | 'files'} what
 * @returns {Promise<File[]>}
 */
export function choose(what) {
  const input = Object.assign(make('input'), {
    type: 'file',
    webkitdirectory: what === 'folder',
    multiple: what === 'files',
    accept: what === 'zip' ? '.zip' : '',
  });
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
