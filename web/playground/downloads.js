// Downloads: the sources or the finished site as a ZIP archive, or the page in view as one file.

import { download } from '../base/elements.js';
import { single } from './export/page.js';
import { finish } from './export/site.js';
import { highlightAll } from './render/highlight.js';
import { zip } from './project/zip.js';

/**
 * @typedef {import('./project/project.js').Project} Project
 *
 * @typedef {{
 *   project: Project,
 *   busy: import('./ui/progress.js').Busy,
 *   renderer: import('./render/renderer.js').Renderer,
 *   preview: import('./ui/preview.js').Preview,
 *   notify(text: string): void,
 * }} Parts
 */

/**
 * Throws the reason when that fails.
 * @param {import('./ui/commands.js').Download} what
 * @param {Parts} parts
 * @param {string} url of the page in view
 */
export async function offerDownload(what, parts, url) {
  if (what === 'page') await downloadPage(parts, url);
  else await downloadAll(parts, what === 'site');
}

/**
 * All files of the sources or of the finished site, as an archive.
 * @param {Parts} parts
 * @param {boolean} built the site's, or the sources
 */
async function downloadAll({ project, busy, notify }, built) {
  const archive = await busy.during('Packing …', async (watch) => {
    if (!built)
      return zip(await project.loadAll((done, all) => watch.report(`${done} of ${all} files`)));
    const { files, found } = await finish(project, watch);
    const wrong = found.filter(({ severity }) => severity === 'error');
    if (wrong.length)
      notify(
        `${wrong.length === 1 ? 'One mistake was' : `${wrong.length} mistakes were`} found in the pages: ${wrong[0].message}.`,
      );
    watch.report('Packing …');
    return zip(files);
  });
  save(
    archive,
    'application/zip',
    `${fileName(project.title || 'project')}${built ? '-site' : ''}.zip`,
  );
}

/**
 * The page in view as one self-contained file.
 * @param {Parts} parts
 * @param {string} url
 */
async function downloadPage({ project, busy, renderer, preview }, url) {
  const html = await busy.during('Packing …', async () => {
    const page = await renderer.ask('pageAt', url);
    if (!page) return undefined;
    const coloured = await highlightAll(page.html, project.trusted);
    return single(coloured, url, (path) => preview.bytes(path), project.trusted);
  });
  if (html)
    save(
      html,
      'text/html',
      `${fileName(url.replace(/\.html$/, '')) || fileName(project.title) || 'page'}.html`,
    );
}

/** A file name made from a title. @param {string} title */
const fileName = (title) => title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');

/** @param {Uint8Array | string} content @param {string} type @param {string} name */
const save = (content, type, name) =>
  download(new Blob([/** @type {BlobPart} */ (content)], { type }), name);
