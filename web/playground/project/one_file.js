// Makes a project a site by one page, as `meridian init` does (cli/init.cpp): index.html and
// 404.html get the shell from another host. A page of the author is not replaced.

import { site } from '../../base/site_state.js';
import { request } from '../../net/fetch.js';
import { dialectOf } from './dialect.js';

/** @typedef {import('./dropped.js').Local} Local */

const PAGES = ['index.html', '404.html'];
const JEKYLL_OFF = '.nojekyll';
const WORKER = 'meridian-offline.js';
// Marks of a page of the shell, of one that is its only file, of one without a list of the sources,
// and of the worker's script.
const SHELL = 'name="meridian-shell"';
const ONE_FILE = '<meta name="meridian-shell" content="one-file">';
const NO_MANIFEST = '<meta name="meridian-manifest" content="none">';
const OFFLINE = 'meridian/offline.js?';
const SETTING = /<meta name="meridian-(?!shell"|markdown")[^>]*>/g;
// The modules that read pages.
const MODULES = { GitHub: 'commonmark', kramdown: 'kramdown' };

/** A file of the shell's folder, with a text that it has to contain. */
async function read(/** @type {string} */ name, /** @type {string} */ mark) {
  const response = await request(site.folder + name, name);
  const text = response.ok ? await response.text() : '';
  if (!text.includes(mark)) throw new Error(`${name} of this release is not there.`);
  return text;
}

/** What is in the way of a page. @param {string} name @param {string | undefined} old */
function hindrance(name, old) {
  if (old === undefined || old.includes(ONE_FILE)) return '';
  if (old.includes(SHELL))
    return 'The whole shell is next to the sources already; `meridian upgrade` renews it.';
  return `${name} is yours, and is not replaced: make its text index.md, or rename it.`;
}

/**
 * The files that make it a site. Rejects with a remedy where one would replace an author's.
 * @param {import('./project.js').Project} project
 * @param {boolean} offline it asks for a service worker
 * @returns {Promise<Local[]>}
 */
export async function filesOfSite(project, offline) {
  const text = async (/** @type {string} */ name) => {
    const bytes = project.has(name) ? await project.load(name) : undefined;
    return bytes && new TextDecoder().decode(bytes);
  };
  const page = await read('one-file.html', NO_MANIFEST);
  /** @type {[string, string][]} */
  const files = [];
  const dialect = `<meta name="meridian-markdown" content="${MODULES[dialectOf(project)]}">`;
  for (const name of PAGES) {
    const old = await text(name);
    const why = hindrance(name, old);
    if (why) throw new Error(why);
    const settings = old?.match(SETTING)?.join('') || NO_MANIFEST;
    files.push([name, page.replace(NO_MANIFEST, () => dialect + settings)]);
  }
  if (!project.has(JEKYLL_OFF)) files.push([JEKYLL_OFF, '']);
  if (offline) {
    if ((await text(WORKER))?.includes(OFFLINE) === false)
      throw new Error(`${WORKER} is yours, and is not replaced: rename it.`);
    const [head, script] = await Promise.all([
      read('one-file-offline.js', 'hashes:'),
      read('offline.js', OFFLINE),
    ]);
    files.push([WORKER, head + script]);
  }
  return files.map(([name, content]) => [name, new File([content], name)]);
}
