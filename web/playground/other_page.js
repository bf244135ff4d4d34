// A page of other files than the project's, such as a version of it, rendered by a core of its own.
// Its frame has the walls of a stranger's page: no scripts, and no way to the network.

import { make } from '../base/elements.js';
import { NOT_FOUND, READY } from '../engine/abi.js';
import { Project } from './project/project.js';
import { Renderer } from './render/renderer.js';
import { Preview } from './ui/preview.js';

/** @typedef {import('./project/file_content.js').Content} Content */

const NONE = 'There is no such page.';

/** A core of other files. @param {Record<string, Content>} files @param {boolean} trusted */
export function rendererOf(files, trusted) {
  const project = new Project();
  const renderer = new Renderer(project);
  project.open({ title: '', files, trusted });
  return renderer;
}

export class OtherPage {
  project = new Project();
  /** As it is published: nothing is mended for its author. */
  renderer = new Renderer(this.project, true);
  /** @type {Record<string, Content>} */
  given = {};

  /** @param {string} title of the frame */
  constructor(title) {
    const frame = make('iframe', { title, sandbox: 'allow-scripts' });
    this.stage = make('div', {}, frame);
    /** Why there is no page. */
    this.said = make('p', { class: 'none', role: 'status' });
    this.element = make('div', { class: 'other' }, this.stage, this.said);
    this.preview = new Preview(frame, this.project, true);
    this.preview.rendered = async (path) => {
      const answer = await this.renderer.ask('page', path).catch(() => undefined);
      return answer?.status === READY ? new TextEncoder().encode(answer.html) : undefined;
    };
  }

  /**
   * Takes these files; a core that runs goes on with what differs.
   * @param {Record<string, Content>} files
   * @param {{ trusted: boolean, time: Date, scheme?: string }} as `time`: that of the site
   */
  open(files, { trusted, time, scheme }) {
    const { project, renderer, preview, given } = this;
    this.given = files;
    renderer.time = time;
    if (scheme !== preview.scheme) preview.post({ scheme });
    if (!renderer.made || trusted !== project.trusted)
      return project.open({ title: '', files, trusted });
    for (const path of project.paths) if (!Object.hasOwn(files, path)) project.remove(path);
    for (const [path, content] of Object.entries(files))
      if (given[path] !== content) project.put(path, content);
  }

  /** The HTML of a page, '' without one. @param {string} url */
  async html(url) {
    const answer = await this.renderer.ask('render', url).catch(() => undefined);
    return answer && answer.status !== NOT_FOUND ? answer.html : '';
  }

  /** Shows a page, or why it can't. @param {string} url */
  async show(url) {
    const page = await this.renderer.render(url).catch((error) => /** @type {Error} */ (error));
    // Closed meanwhile.
    if (!page) return;
    const missing = page instanceof Error ? page.message : page.status === NOT_FOUND && NONE;
    this.said.textContent = missing || '';
    this.stage.hidden = !!missing;
    if (!(page instanceof Error)) this.preview.apply(page.news, { base: page.url, fresh: true });
  }
}
