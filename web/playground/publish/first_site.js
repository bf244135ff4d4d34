// A first site: from a project without a repository to one that everybody sees.

import { make } from '../../base/elements.js';
import { button } from '../ui/buttons.js';
import { wordsOf } from './faults.js';
import { firstForm } from './first_form.js';
import { PAGE, makeFirst } from './first_steps.js';
import { Fault } from './host.js';
import { away, liveLine } from './outcome.js';

/** @typedef {import('./changes.js').Change} Change */
/** @typedef {import('./host.js').Host & { first: import('./github_first.js').First }} Host */
/**
 * What publishing lends: `show` and `close` its sheet; `changes` of the project; `login`, '' if
 * nobody is signed in; `askToken` signs in and then acts; `followed` makes a signal that ends with
 * the sheet.
 * @typedef {{ playground: import('../playground.js').Playground, host: Host, show(title: string,
 *   view: HTMLElement): void, close(): void, changes: () => Promise<Change[]>, login: () => string,
 *   askToken(then: () => void): void, followed(): AbortSignal, counted(): void }} Lent
 */

const KILOBYTE = 1024;

/** A name for a repository. @param {string} title */
const slug = (title) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'site';

export class FirstSite {
  /** @type {import('./first_form.js').State} */
  state;

  /** @param {Lent} lent */
  constructor(lent) {
    this.lent = lent;
    const { project } = lent.playground;
    const { upstream } = project;
    this.state = {
      done: upstream?.first ?? 0,
      running: false,
      name: upstream?.first ? upstream.name : slug(project.title),
      files: this.#sizeOf(),
      detail: '',
      why: '',
      links: {},
    };
    if (upstream?.first === 2) this.#byHand(upstream.name);
  }

  #sizeOf() {
    let bytes = 0;
    const { files } = this.lent.playground.project;
    for (const content of files.values())
      bytes += typeof content === 'string' || content instanceof Uint8Array ? content.length : 0;
    const size = Math.max(1, Math.round(bytes / KILOBYTE)).toLocaleString();
    return `${files.size + (files.has(PAGE) ? 0 : 3)} files, ${size} KB, and one page that shows them.`;
  }

  /** The switch that the token may not turn. @param {string} name */
  #byHand(name) {
    const { host } = this.lent;
    this.state.links[3] = make(
      'p',
      {},
      'Your token can’t do this. On GitHub, set “Source” to “Deploy from a branch”, choose the branch, and save. ',
      away(host.first.byEnabling(name), 'Open the Pages settings'),
    );
  }

  open() {
    this.draw();
  }

  draw() {
    const { lent, state } = this;
    const form = firstForm(state, {
      go: (name) => this.go(name),
      later: () => lent.close(),
      end: () => {
        const { project } = lent.playground;
        if (project.upstream) delete project.upstream.first;
        project.dispatchEvent(new Event('saved'));
        lent.close();
      },
    });
    lent.show('Your first site', form);
    /** @type {HTMLElement | null} */ (form.querySelector('input, .main:enabled'))?.focus();
  }

  /** @param {string} name */
  go(name) {
    const { state, lent } = this;
    if (!state.done) state.name = name;
    if (lent.login()) this.run();
    else lent.askToken(() => this.run());
  }

  /** The page that shows the sources, beside them. */
  async #page() {
    const { playground } = this.lent;
    const { project } = playground;
    for (const [name, file] of await playground.siteFiles()) project.put(name, await file.text());
    // Those of a repository that was the start: they have to be sent.
    await project.loadAll((done, all) => {
      this.state.detail = `Reading file ${done} of ${all}`;
    });
    return /** @type {Uint8Array} */ (project.bytes(PAGE));
  }

  async run() {
    const { state, lent } = this;
    const { host, playground, changes } = lent;
    const { project } = playground;
    Object.assign(state, { running: true, why: '', links: {} });
    const draw = () => {
      const { upstream } = project;
      state.done = upstream?.first ?? 0;
      if (upstream) state.name = upstream.name;
      this.draw();
    };
    draw();
    try {
      const site = await makeFirst(
        {
          host,
          first: host.first,
          login: lent.login(),
          name: state.name.split('/').pop() ?? '',
          page: await this.#page(),
          title: project.title,
          project,
          changes,
          report: (_, detail = '') => {
            state.detail = detail;
            this.draw();
          },
          stopped: () => false,
        },
        draw,
      );
      playground.bar.offerPublish(true);
      this.#end(site);
    } catch (error) {
      this.#fail(error);
    }
    state.running = false;
    lent.counted();
    this.draw();
  }

  /** @param {string} site '' if the reader has to switch it on */
  #end(site) {
    const { state, lent } = this;
    const { host, playground } = lent;
    const { project } = playground;
    const { name, commit } = /** @type {import('../project/project.js').Upstream} */ (
      project.upstream
    );
    if (!site) return this.#byHand(name);
    delete project.upstream?.first;
    project.dispatchEvent(new Event('saved'));
    state.done = 3;
    const address = site.endsWith('/') ? site : `${site}/`;
    const text = project.text(PAGE) ?? '';
    const place = { site: address, raw: true, page: '/', path: PAGE, text };
    state.live = liveLine(host, { name, commit }, place, lent.followed());
  }

  /** @param {unknown} error */
  #fail(error) {
    const { state, lent } = this;
    const { host, playground } = lent;
    if (!(error instanceof Fault)) {
      state.why = /** @type {Error} */ (error).message;
      return;
    }
    const { kind, facts } = error;
    const name = state.name.split('/').pop() ?? '';
    if (kind === 'exists') {
      state.why = `There is a repository ${facts.name ?? name} already, with files. Choose another name.`;
      return;
    }
    const around = { host, name: state.name, branch: 'the branch', count: 'changes' };
    state.why = `${wordsOf(error, around).what} What is done stays done.`;
    if (!['rights', 'gone', 'token'].includes(kind)) return;
    const other = button('Use another token', () => lent.askToken(() => this.run()), {
      class: 'text',
    });
    const step = (playground.project.upstream?.first ?? 0) + 1;
    const byHand = [
      'Your token can’t create a repository. Create it on GitHub without any file, and go on here. ',
      away(host.first.byCreating(name), 'Open the form on GitHub'),
    ];
    state.links[step] = make(
      'p',
      {},
      ...(step === 1 && kind !== 'token' ? byHand : []),
      ' ',
      other,
    );
  }
}
