// Pictures of the elements that are edited on the page: another text, another file, a new one.

import { document } from '../../base/unclobbered.js';

/**
 * A picture: the address in the page's source or, of one that is there, the path of its file.
 * @typedef {{ src: string, alt: string }} Picture
 */

/** The path of a picture's file, or its address on another host. @param {HTMLImageElement} image */
export const sourceOf = ({ src, dataset }) => dataset.of ?? src;

export class PagePictures {
  /** What becomes of pictures; a new one has all of it. @type {Map<Element, Partial<Picture>>} */
  changed = new Map();
  /** The one that was meant last. @type {HTMLImageElement | undefined} */
  asked = undefined;

  /** @param {(wrote: { picture: Picture }) => void} post */
  constructor(post) {
    this.post = post;
  }

  /** Asks for another picture in place of this one. @param {HTMLImageElement} image */
  ask(image) {
    this.asked = image;
    this.post({ picture: { src: sourceOf(image), alt: image.alt } });
  }

  /**
   * The picture that was meant becomes another one; a whole one comes to the caret.
   * @param {Partial<Picture>} picture
   * @param {HTMLElement} block
   */
  set(picture, block) {
    const { asked, changed } = this;
    const selection = getSelection();
    this.asked = undefined;
    if (asked && block.contains(asked)) {
      changed.set(asked, { ...changed.get(asked), ...picture });
      if (picture.alt !== undefined) asked.alt = picture.alt;
    } else if (picture.src && selection?.rangeCount && block.contains(selection.anchorNode)) {
      const image = document.createElement('img');
      image.alt = picture.alt ?? '';
      changed.set(image, picture);
      const range = selection.getRangeAt(0);
      range.deleteContents();
      range.insertNode(image);
      range.setStartAfter(image);
      selection.collapse(range.startContainer, range.startOffset);
    }
  }

  /** These are in the source now. @param {Map<Element, number>} known */
  keep(known) {
    for (const image of this.changed.keys()) if (known.has(image)) this.changed.delete(image);
  }

  /** What becomes of an element, as attributes. @param {Element} element */
  attributesOf(element) {
    return Object.entries(this.changed.get(element) ?? {});
  }
}
