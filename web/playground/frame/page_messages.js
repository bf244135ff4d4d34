// Messages of writing on the page, between the frame and the page that shows it.

/**
 * @typedef {import('./page_pictures.js').Picture} Picture
 * @typedef {import('./page_value.js').Missing} Missing
 */
/**
 * An element: the part in which it begins, its name, and how many of this name the part has before
 * it. What became of some elements (core/include/meridian/patch.h); `turn`: the page's last change.
 * @typedef {[part: number, tag: string, number: number]} Place
 * @typedef {{ first: Place, last: Place, elements: number, html: string, turn: number }} Edit
 */
/**
 * To the page that shows the frame: an edit; that writing begins or ends, or where it can't; what a
 * value has become; what is written in is within: a table, code, an item; undo and redo; a link is
 * wanted; pictures that were pasted; one that was meant; where the menu of blocks is wanted, in
 * pixels of the frame; what came for a block was lost with it; the page has nothing to write in; an
 * edit has come too early too often; what has a source of its own was meant; the script for it is
 * awaited, or can't be loaded.
 * @typedef {{ edit?: Edit, begins?: boolean, ends?: boolean, missing?: Missing, value?: string,
 *   turn?: -1 | 1, link?: boolean, files?: File[], picture?: Picture,
 *   menu?: [left: number, bottom: number], lost?: boolean, within?: 'table' |
 *   'code' | 'item' | '', blank?: boolean, stuck?: boolean,
 *   own?: import('./page_own.js').Own, awaits?: boolean, unloaded?: boolean }} Wrote
 */
/**
 * From it: begin, end; what was missing is a value; an edit is done, refused, or to be sent again;
 * a format; a change of the table; a text at the caret; a picture in place of the one that was
 * meant; one at the caret; the script that writes, '' if it can't be loaded.
 * @typedef {{ begin?: boolean, end?: boolean, value?: boolean, done?: boolean, same?: boolean,
 *   refused?: boolean, late?: boolean, format?: string, url?: string, table?: string, text?:
 *   string, picture?: Partial<Picture>, added?: Picture, script?: string }} Write
 */

export {};
