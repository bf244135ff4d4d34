// Pictures of the elements that are edited on the page: another text, another file, a new one.

import { document } from '../../base/unclobbered.js';
import { isEmpty } from './page_blocks.js';

/**
 * A picture: the address in the page's source or, of one that is there, the path of its file.
 * @typedef {{ src: string, alt: string }} Picture
 */

/** The path of a picture's file, or its address on another host. @param {HTMLImageElement} image */
export const sourceOf = ({ src, dataset }) => dataset.of ?? dataset.held ?? src;

export class PagePictures {
  /**
   * What becomes of pictures, a new one has all of it; and of cells.
   * @type {Map<Element, Partial<Picture> & { align?: string }>}
   */
  changed = new Map();
  /** The one that was meant last, and what it was. @type {HTMLImageElement | undefined} */
  asked = undefined;
  /** @type {Picture | undefined} */
  was = undefined;

  /** @param {(wrote: { picture: Picture }) => void} post */
  constructor(post) {
    this.post = post;
  }

  /** Asks for another picture in place of this one. @param {HTMLImageElement} image */
  ask(image) {
    this.asked = image;
    this.was = { src: sourceOf(image), alt: image.alt };
    this.post({ picture: this.was });
  }

  /**
   * The picture that was meant becomes another one.
   * @param {Partial<Picture>} picture
   * @param {HTMLElement} block
   * @returns {boolean} false: it is not there any more
   */
  set(picture, block) {
    const { asked, was, changed } = this;
    // The page may have been shown again since: the same element may be another picture.
    const images = [...block.querySelectorAll('img')].filter(
      (one) => sourceOf(one) === was?.src && one.alt === was.alt,
    );
    const image = images.find((one) => one === asked) ?? images[0];
    if (!image) return false;
    changed.set(image, { ...changed.get(image), ...picture });
    if (picture.alt !== undefined) image.alt = picture.alt;
    return true;
  }

  /**
   * A new one comes to the caret.
   * @param {Picture} picture
   * @param {HTMLElement} block
   * @returns {boolean} false: the caret is not in the block
   */
  add(picture, block) {
    const selection = getSelection();
    if (!selection?.rangeCount || !block.contains(selection.anchorNode)) return false;
    // What gives an empty block its height goes.
    if (isEmpty(block)) {
      block.replaceChildren();
      selection.collapse(block, 0);
    }
    const image = document.createElement('img');
    image.alt = picture.alt;
    this.changed.set(image, picture);
    const range = selection.getRangeAt(0);
    range.deleteContents();
    range.insertNode(image);
    range.setStartAfter(image);
    selection.collapse(range.startContainer, range.startOffset);
    return true;
  }

  /** These are in the source now. @param {Map<Element, number>} known */
  keep(known) {
    for (const image of this.changed.keys()) if (known.has(image)) this.changed.delete(image);
  }
}
