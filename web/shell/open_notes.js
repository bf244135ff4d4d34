// Below a note, the notes that link to it: loads the script for that, behind the text.

import { site } from '../base/site_state.js';
import { document, real } from '../base/unclobbered.js';
import { pagesOf } from '../engine/searchable_pages.js';
import { releasedScript } from '../net/fetch.js';
import { rewrite } from './links.js';
import { pathOf } from './router.js';

/** Links by name, tags and embedded notes, which make a folder one of notes. */
const MARKS = '.note-link,.tag,.embed';

/** A page of the site had some. */
let seen = false;

/**
 * @param {import('../engine/searchable_pages.js').Shell & {
 *   grow(): Promise<unknown> | undefined,
 *   parse(html: string): Document,
 * }} shell `grow` completes the list of files
 */
export async function openNotes({ ready, grow, parse, ...shell }) {
  const place = document.querySelector('aside.note-links');
  if (!place) return;
  const shards = site.listing.notes ?? 0;
  seen ||= !!document.querySelector(MARKS) || /^\/(tags|graph)\//.test(pathOf(site.shown));
  if (!shards && !seen && ![...site.listed].some((path) => path.startsWith('.obsidian/'))) return;
  const { showLinks } = await releasedScript(site.folder + 'notes.js');
  const all = ready.then(() => (site.listing.complete ? undefined : grow()));
  await showLinks({
    place: real(place),
    url: pathOf(site.shown),
    root: site.root,
    folder: site.folder,
    shards,
    pages: pagesOf({ ...shell, ready: all }),
    version: () => shell.engine.version,
    parse: (/** @type {string} */ html) => parse(`<!doctype html><body>${html}`).body,
    rewrite,
  });
}
