// A first site: from a project without a repository to one that everybody sees.

import { make } from '../../base/elements.js';
import { button } from '../ui/buttons.js';
import { wordsOf } from './faults.js';
import { firstForm } from './first_form.js';
import { PLACES, firstOn } from './first_hosts.js';
import { PAGE, makeFirst } from './first_steps.js';
import { Fault } from './host.js';
import { away, liveLine } from './outcome.js';

export { RELEASE as release } from '../../base/release.js';

/** @typedef {import('./changes.js').Change} Change */
/** @typedef {import('./host.js').Host} Host */
/**
 * What publishing lends: `host` of the project; `use` takes another, and gives undefined if it
 * can't be loaded; `show` and `close` its sheet; `changes` of the project; `login`, '' if nobody is
 * signed in; `askToken` signs in and then acts; `followed` makes a signal that ends with the sheet.
 * @typedef {{ playground: import('../playground.js').Playground, host: Host, use(at?:
 *   import('../project/project.js').Place): Promise<Host | undefined>, show(title: string, view:
 *   HTMLElement): void, close(): void, changes: () => Promise<Change[]>, login: () => string,
 *   askToken(then: () => void, more: Pick<import('./host.js').First, 'words' |
 *   'tokenForm'>): void, followed(): AbortSignal, counted(): void }} Lent
 */

const KILOBYTE = 1024;
// Characters of a host's own words that are shown.
const LONGEST_WORDS = 200;
// How the page learns which files there are, as the playground writes it.
const NO_MANIFEST = '<meta name="meridian-manifest" content="none">';

/**
 * A page of the site, perhaps one of an earlier try, that says which files there are.
 * @param {string} page
 * @param {string} settings
 */
const withSettings = (page, settings) =>
  page.includes(settings) ? page : page.replace(NO_MANIFEST, () => settings);

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
  /** @type {HTMLElement | undefined} */
  #form = undefined;

  /** @param {Lent} lent */
  constructor(lent) {
    this.lent = lent;
    const { project } = lent.playground;
    const { upstream } = project;
    this.host = lent.host;
    this.at = upstream?.at;
    this.first = firstOn(this.host, this.at);
    this.state = {
      done: upstream?.first ?? 0,
      running: false,
      name: upstream?.first ? upstream.name : slug(project.title),
      host: this.host.name,
      hosts: PLACES.map(({ name }) => name),
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
    const { first } = this;
    this.state.links[3] = make(
      'p',
      {},
      `${first.how(name)} `,
      away(first.byEnabling(name), 'Open the Pages settings'),
    );
  }

  open() {
    this.draw();
  }

  /** Not closed, and nothing else is in the sheet. */
  get #isShown() {
    return Boolean(this.#form?.isConnected);
  }

  /** @param {string} [first] what has the focus */
  draw(first = 'input, .main:enabled') {
    const { lent, state } = this;
    const form = firstForm(state, {
      go: (name) => this.go(name),
      on: (host, name) => this.choose(host, name),
      address: this.first.address,
      later: () => lent.close(),
      end: () => {
        const { project } = lent.playground;
        if (project.upstream) delete project.upstream.first;
        project.dispatchEvent(new Event('saved'));
        lent.close();
      },
    });
    this.#form = form;
    lent.show('Your first site', form);
    /** @type {HTMLElement | null} */ (form.querySelector(first))?.focus();
  }

  /** Takes another host. @param {string} chosen its name @param {string} name of the repository */
  async choose(chosen, name) {
    const { state, lent } = this;
    const place = PLACES.find((one) => one.name === chosen);
    const host = place && (await lent.use(place.at));
    Object.assign(state, { name, why: '', links: {} });
    if (place && host) {
      [this.host, this.at, this.first] = [host, place.at, firstOn(host, place.at)];
      state.host = chosen;
    }
    if (this.#isShown) this.draw('select');
  }

  #askToken() {
    const { words, tokenForm } = this.first;
    this.lent.askToken(() => this.run(), { words, tokenForm });
  }

  /** @param {string} name */
  go(name) {
    const { state, lent } = this;
    if (!state.done) state.name = name;
    if (lent.login()) this.run();
    else this.#askToken();
  }

  /** The page that shows the sources, beside them. @param {string} of the repository's name */
  async #page(of) {
    const { playground } = this.lent;
    const { project } = playground;
    const settings = this.first.settings(of) || NO_MANIFEST;
    for (const [name, file] of await playground.siteFiles())
      project.put(name, withSettings(await file.text(), settings));
    for (const [name, text] of Object.entries(this.first.files))
      if (!project.has(name)) project.put(name, text);
    // Those of a repository that was the start: they have to be sent.
    await project.loadAll((done, all) => {
      this.state.detail = `Reading file ${done} of ${all}`;
    });
    return /** @type {Uint8Array} */ (project.bytes(PAGE));
  }

  async run() {
    const { state, lent, host, first, at } = this;
    const { playground, changes } = lent;
    const { project } = playground;
    Object.assign(state, { running: true, why: '', links: {} });
    this.draw();
    // What the reader has closed stays closed.
    const redraw = () => this.#isShown && this.draw();
    try {
      const site = await makeFirst(
        {
          host,
          first,
          at,
          login: lent.login(),
          name: state.name.split('/').pop() ?? '',
          page: (name) => this.#page(name),
          title: project.title,
          project,
          changes,
          report: (_, detail = '') => {
            state.detail = detail;
            redraw();
          },
          stopped: () => false,
        },
        () => {
          const { upstream } = project;
          state.done = upstream?.first ?? 0;
          if (upstream) state.name = upstream.name;
          redraw();
        },
      );
      playground.bar.offerPublish(true);
      this.#end(site);
    } catch (error) {
      this.#fail(error);
    }
    state.running = false;
    lent.counted();
    if (this.#isShown) this.draw();
    else if (state.why) playground.notify(state.why);
  }

  /** @param {string} site '' if the reader has to switch it on */
  #end(site) {
    const { state, lent, host } = this;
    const { project } = lent.playground;
    const { name, commit } = /** @type {import('../project/project.js').Upstream} */ (
      project.upstream
    );
    if (!site) return this.#byHand(name);
    delete project.upstream?.first;
    project.dispatchEvent(new Event('saved'));
    state.done = 3;
    const address = site.endsWith('/') ? site : `${site}/`;
    if (!this.#isShown) return lent.playground.notify(`Your site will be live at ${address}`);
    const text = project.text(PAGE) ?? '';
    const place = { site: address, raw: true, page: '/', path: PAGE, text };
    state.live = liveLine(host, { name, commit }, place, lent.followed());
  }

  /** @param {unknown} error */
  #fail(error) {
    const { state, lent, host, first } = this;
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
    const said =
      facts.said && ['refused', 'rights'].includes(kind)
        ? ` ${host.name} says: “${facts.said.slice(0, LONGEST_WORDS)}”`
        : '';
    const other = button('Use another token', () => this.#askToken(), { class: 'text' });
    const step = (lent.playground.project.upstream?.first ?? 0) + 1;
    const isDenied = kind === 'rights' || kind === 'gone';
    if (step === 1 && isDenied) {
      state.why = `Nothing was created.${said}`;
      state.links[1] = make(
        'p',
        {},
        `Your token can’t create a repository. Create it on ${host.name} without any file, then continue here. `,
        away(first.byCreating(name), `Open the form on ${host.name}`),
        ' ',
        other,
      );
      return;
    }
    state.why = `${wordsOf(error, around).what}${said} What is done stays done.`;
    if (isDenied || kind === 'token') state.links[step] = make('p', {}, other);
  }
}
