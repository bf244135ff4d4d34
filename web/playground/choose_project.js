// Opens the reader's choice: a folder, a ZIP archive, a repository, a published site, or a
// template.

import { withPaths } from './project/dropped.js';
import { Folder, canSave, chooseFolder } from './project/folder.js';
import { fromRepository, repositoryIn } from './project/github.js';
import { choose, fromArchive, fromFolder } from './project/open.js';
import { fromSite, siteIn } from './project/published_site.js';
import { STARTS } from './templates/templates.js';
import { askFor } from './ui/prompt.js';

/**
 * @typedef {import('./project/project.js').Start} Start
 * @typedef {import('./ui/progress.js').Busy} Busy
 */

const ADDRESS = {
  question: 'Repository or site',
  hint: 'A public repository on GitHub (owner/name, owner/name@branch), or the address of a site that is published with its sources. Nothing is changed there.',
  example: 'owner/name',
};

/**
 * Reads the reader's choice; undefined when the dialog is cancelled.
 * @param {string} source `folder`, `zip`, `address`, or the name of a template
 * @param {{ play: HTMLElement, busy: Busy }} playground
 * @returns {Promise<Start | undefined>}
 */
export async function chooseProject(source, { play, busy }) {
  const start = STARTS[source];
  if (start) return start;
  if (source === 'address') {
    const address = await askFor(play, ADDRESS);
    return address ? readAddress(address, busy) : undefined;
  }
  const folder = source === 'folder';
  if (folder && canSave()) {
    const handle = await chooseFolder();
    return handle && new Folder(handle).read();
  }
  const files = await choose(folder ? 'folder' : 'zip');
  if (!files.length) return undefined;
  return folder ? fromFolder(withPaths(files)) : fromArchive(files[0]);
}

/**
 * Reads a public repository, or a site that is published with its sources.
 * @param {string} address its name or address
 * @param {Busy} busy
 * @param {string} [open] the file that is shown first
 * @returns {Promise<Start>}
 */
export async function readAddress(address, busy, open = '') {
  const repository = repositoryIn(address);
  const site = repository ? undefined : siteIn(address);
  if (!repository && !site)
    throw new Error(
      `“${address}” is neither a repository (owner/name) nor the address of a site (https://…).`,
    );
  const start = await busy.during('', (watch) =>
    repository ? fromRepository(repository, watch) : fromSite(/** @type {string} */ (site), watch),
  );
  return { ...start, open: start.files[open] === undefined ? start.open : open };
}
