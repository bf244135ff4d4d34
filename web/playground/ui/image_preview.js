// Shows a binary file: the picture with its size, and a download.

import { download, make } from '../../base/elements.js';
import { button } from './buttons.js';
import * as shapes from './shapes.js';
import { typeOf } from './preview.js';
import { nameOf } from '../project/file_content.js';

export class Picture {
  /** @param {HTMLElement} pane @param {import('../project/project.js').Project} project */
  constructor(pane, project) {
    this.pane = pane;
    this.project = project;
  }

  /** @param {string} path */
  async show(path) {
    const bytes = this.project.bytes(path) ?? new Uint8Array();
    const file = new Blob([/** @type {BlobPart} */ (bytes)], { type: typeOf(path) });
    const size = make(
      'span',
      {},
      `${path}, ${bytes.length < 1024 ? `${bytes.length} bytes` : `${Math.round(bytes.length / 1024).toLocaleString()} KB`}`,
    );
    const facts = make(
      'p',
      {},
      size,
      button('Download', () => download(file, nameOf(path)), { shape: shapes.download }),
    );
    this.pane.replaceChildren(facts);
    if (!file.type.startsWith('image/')) return;
    const image = make('img', { alt: path, src: await addressOf(file) });
    image.addEventListener('load', () =>
      size.append(`, ${image.naturalWidth} × ${image.naturalHeight}`),
    );
    if (facts.isConnected) this.pane.prepend(image);
  }
}

/**
 * The address of a picture: pages' policies allow no `blob:`.
 * @param {Blob} file
 * @returns {Promise<string>}
 */
const addressOf = (file) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsDataURL(file);
  });
