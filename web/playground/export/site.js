// Exports a project as the finished site, byte for byte as `meridian build` writes it, except for
// the precompressed copies of the shell's files.

import { task } from '../../net/fetch.js';
import { Renderer } from '../render/renderer.js';
import { Project } from '../project/project.js';
import { ShellFiles } from './shell_files.js';

/**
 * @typedef {import('../project/zip.js').File} File
 * @typedef {import('../../engine/abi.js').Diagnostic} Diagnostic
 */
/** @typedef {import('../ui/progress.js').Watch} Watch */

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
  const shell = new ShellFiles(json.meridian);
  for (const { path, kind, source } of outputs) {
    // Otherwise it would restart.
    signal.throwIfAborted();
    if (kind === 'static') {
      const bytes = (await renderer.project.load(source)) ?? new Uint8Array();
      files.push([path, bytes]);
      shell.readFile(path, bytes);
    } else {
      const page = await asked(renderer, 'page', path);
      files.push([path, new TextEncoder().encode(page.html)]);
      found.push(...(page.json.diagnostics ?? []));
      shell.read(page.html);
      if (page.json.globe) shell.add('globe.js');
      if (page.json.places) shell.add('places/');
    }
    report(`${files.length} of ${outputs.length} pages`);
  }
  return { files: files.concat(await shell.fetch(report)), found };
}

/** @param {Renderer} renderer @param {'files' | 'page'} method @param {string[]} values */
async function asked(renderer, method, ...values) {
  const answer = await renderer.ask(method, ...values);
  if (!answer) throw new Error('The project was closed.');
  await task();
  return answer;
}
