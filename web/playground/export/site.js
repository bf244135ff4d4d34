// Exports a project as the finished site, byte for byte as `meridian build` writes it, except for
// the precompressed copies of the shell's files.

import { site } from '../../base/site_state.js';
import { bytesOf, fetchShellFile, request, task } from '../../net/fetch.js';
import { Renderer } from '../render/renderer.js';
import { Project } from '../project/project.js';

/**
 * @typedef {import('../project/zip.js').File} File
 * @typedef {import('../../engine/abi.js').Diagnostic} Diagnostic
 */
/** @typedef {import('../ui/progress.js').Watch} Watch */

// Files of the shell that are fetched at a time.
const AT_ONCE = 32;

/** A snapshot, which later edits do not change. @param {Project} project */
function snapshot(project) {
  const copy = new Project();
  copy.title = project.title;
  copy.trusted = project.trusted;
  copy.settled = new Map(project.files);
  return copy;
}

/**
 * All files of the finished site, and the diagnostics of its pages. It has a worker of its own, so
 * that the editor's goes on; each page is a request.
 * @param {Project} project
 * @param {Watch} watch
 * @returns {Promise<{ files: File[], found: Diagnostic[] }>}
 */
export async function finish(project, watch) {
  const renderer = new Renderer(snapshot(project), true);
  // A page that hangs is terminated, too.
  watch.signal.addEventListener('abort', () => renderer.close());
  return write(renderer, watch).finally(() => renderer.close());
}

/** @param {Renderer} renderer @param {Watch} watch */
async function write(renderer, { report, signal }) {
  const { json } = await asked(renderer, 'files');
  const { files: outputs = [], diagnostics: found = [] } = json;
  /** @type {File[]} */
  const files = [];
  let [shell, places, diagrams] = [false, false, false];
  for (const { path, kind, source } of outputs) {
    // Otherwise it would restart.
    signal.throwIfAborted();
    if (kind === 'static') {
      files.push([path, (await renderer.project.load(source)) ?? new Uint8Array()]);
    } else {
      const page = await asked(renderer, 'page', path);
      files.push([path, new TextEncoder().encode(page.html)]);
      found.push(...(page.json.diagnostics ?? []));
      shell ||= !!page.json.shell;
      places ||= !!page.json.places;
      diagrams ||= !!page.json.diagrams;
    }
    report(`${files.length} of ${outputs.length} pages`);
  }
  const without = [...(places ? [] : ['places/']), ...(diagrams ? [] : ['mermaid/'])];
  return { files: shell ? files.concat(await shellFiles(without, report)) : files, found };
}

/** @param {Renderer} renderer @param {'files' | 'page'} method @param {string[]} values */
async function asked(renderer, method, ...values) {
  const answer = await renderer.ask(method, ...values);
  if (!answer) throw new Error('The project was closed.');
  await task();
  return answer;
}

/**
 * A file of the theme; an HTML page is not accepted, as hosts send one for missing files.
 * @param {string} url
 */
const fileOf = (url) => (url.endsWith('.html') ? request(url, url) : fetchShellFile(url));

/**
 * The shell's files beside pages that use the theme.
 * @param {string[]} without folders that no page needs: the gazetteer, what draws diagrams
 * @param {Watch['report']} report
 * @returns {Promise<File[]>}
 */
async function shellFiles(without, report) {
  /** @type {string[]} */
  const names = JSON.parse(
    await (await fetchShellFile(new URL('shell.json', import.meta.url).href)).text(),
  );
  const wanted = names.filter((name) => !without.some((folder) => name.startsWith(folder)));
  /** @type {File[]} */
  const files = [];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted
      .slice(at, at + AT_ONCE)
      .map(
        async (name) =>
          /** @type {File} */ ([
            `meridian/${name}`,
            await bytesOf(await fileOf(site.folder + name)),
          ]),
      );
    files.push(...(await Promise.all(some)));
    report(`${files.length} of ${wanted.length} files of the theme`);
  }
  return files;
}
