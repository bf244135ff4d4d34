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
 * @typedef {import('./ui/parts.js').Parts} Parts
 */

const ADDRESS = {
  question: 'Repository or site',
  hint: 'A public repository on GitHub (owner/name, owner/name@branch), GitLab or Codeberg (its address), or the address of a site that is published with its sources. Nothing is changed there.',
  example: 'owner/name',
};

// Hosts of repositories that are known by their names. Others are meant where a repository is asked
// for.
const HOSTS = /^(https:\/\/)?(gitlab\.|github\.(?!(com|io)\b)|codeberg\.org\/|[\w-]+\.ghe\.com\/)/;

/**
 * Reads the reader's choice; undefined when the dialog is cancelled.
 * @param {string} source `folder`, `zip`, `address`, or the name of a template
 * @param {{ play: HTMLElement, busy: Busy, parts: Parts }} playground
 * @returns {Promise<Start | undefined>}
 */
export async function chooseProject(source, { play, busy, parts }) {
  const start = STARTS[source];
  if (start) return start;
  if (source === 'address') {
    const address = await askFor(play, ADDRESS);
    return address ? readAddress(address, { busy, parts }) : undefined;
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
 * @param {{ busy: Busy, parts: Parts }} playground
 * @param {{ open?: string, repo?: boolean, draft?: string }} [how] `open`: the file that is shown
 *   first; `repo`: no site is meant; `draft`: a branch that is shown to read
 * @returns {Promise<Start>}
 */
export async function readAddress(
  address,
  { busy, parts },
  { open = '', repo = HOSTS.test(address), draft = '' } = {},
) {
  const name = repositoryIn(address);
  const site = name || repo ? undefined : siteIn(address);
  if (!name && !site && !repo)
    throw new Error(
      `“${address}” is neither a repository (owner/name) nor the address of a site (https://…).`,
    );
  // Others are opened by what publishes to them.
  const fromHost = name || site ? undefined : await parts.hosts();
  const start = await busy.during('', (watch) =>
    name
      ? fromRepository(name, watch)
      : site
        ? fromSite(site, watch)
        : (fromHost?.(address.trim(), watch) ?? Promise.reject(new Error('It can’t be opened.'))),
  );
  return { ...start, draft, open: start.files[open] === undefined ? start.open : open };
}
