// Opens the reader's choice: a folder, a ZIP archive, a repository, a published site, or a
// template.

import { withPaths } from './project/dropped.js';
import { Folder, canSave, chooseFolder } from './project/folder.js';
import { TEMPLATES } from './templates/titles.js';
import { transfer } from './transfers.js';
import { choose } from './ui/choose_files.js';
import { askFor } from './ui/prompt.js';

/** @typedef {import('./project/project.js').Start} Start */

const ADDRESS = {
  question: 'Repository or site',
  hint: 'A public repository on GitHub (owner/name, owner/name@branch), GitLab or Codeberg (its address), or the address of a site that is published with its sources. Nothing is changed there.',
  example: 'owner/name',
};

/**
 * Reads the reader's choice; undefined when the dialog is cancelled.
 * @param {string} source `folder`, `zip`, `address`, or the name of a template
 * @param {import('./project/read_address.js').Around & { play: HTMLElement }} around
 * @returns {Promise<Start | undefined>}
 */
export async function chooseProject(source, around) {
  if (TEMPLATES.some(([name]) => name === source)) return (await transfer()).STARTS[source];
  if (source === 'address') {
    const address = await askFor(around.play, ADDRESS);
    return address ? (await transfer()).readAddress(address, around) : undefined;
  }
  const folder = source === 'folder';
  if (folder && canSave()) {
    const handle = await chooseFolder();
    return handle && new Folder(handle).read();
  }
  const files = await choose(folder ? 'folder' : 'zip');
  if (!files.length) return undefined;
  const { fromArchive, fromFolder } = await transfer();
  return folder ? fromFolder(withPaths(files)) : fromArchive(files[0]);
}
