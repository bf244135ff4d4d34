// Publishing: the button's state, and the dialog with sign-in, review, steps, conflicts and faults.
// A file of its own, loaded with the first change of a project from a repository, or when it is
// opened.

import { make } from '../../base/elements.js';
import { settled } from '../../net/fetch.js';
import { button } from '../ui/buttons.js';
import { Sheet } from '../ui/dialog.js';
import { loadModule, unloaded } from '../ui/load_module.js';
import { plural } from '../ui/words.js';
import { Account } from './account.js';
import { Bases } from './bases.js';
import { Hashes, changedSince, changesOf, proposedMessage } from './changes.js';
import { faultView, wordsOf } from './faults.js';
import { Fault } from './host.js';
import { hostAt } from './hosts.js';
import { PublishButton, wordOf } from './publish_button.js';
import { Stopped, publish } from './send.js';
import { StepsView } from './steps.js';
import { signInForm } from './sign_in.js';
import { appOf } from './sign_in_app.js';
import { away, draftAddress, outcomeView } from './outcome.js';
import { alone } from './locks.js';
import { placeOf } from './place.js';
import { ShownPages } from './shown_pages.js';
import { resolve } from './update.js';

export { RELEASE as release } from '../../base/release.js';
export * from './lent.js';

/**
 * @typedef {import('../playground.js').Playground} Playground
 * @typedef {import('./changes.js').Change} Change
 */

const NOTHING = 'The branch has these changes already. No commit was made.';
// Milliseconds after the last change until changes are counted.
const PAUSE = 300;

export class Publish {
  /** @type {import('./publish_button.js').State} */
  state = 'idle';
  /** @type {import('./host.js').Host} */
  #host = /** @type {any} */ (undefined);
  /** The project's host is there. @type {Promise<unknown> | undefined} */
  #hosting = undefined;
  /** Ends when what is followed is not shown any more. */
  #followed = new AbortController();
  /** Where the changes are seen by visitors. @type {import('./live.js').Place | undefined} */
  place = undefined;
  #account = new Account(this.#host);
  /** @type {import('./first_site.js').FirstSite | undefined} */
  #first = undefined;
  /** What of a change the review shows. @type {import('./review.js').View} */
  view = 'page';
  hashes = new Hashes();
  /** What is read aloud. */
  #told = make('p', { class: 'unseen', role: 'status' });
  #bases = new Bases(() => ({ upstream: this.upstream, account: this.#account }));
  /** @type {ShownPages} */
  #pages;
  /** @type {Change[]} */
  changes = [];
  /** Paths that are not to be published. @type {Set<string>} */
  left = new Set();
  /** The same for what comes after a commit that takes one back. @type {Set<string> | undefined} */
  #chosen = undefined;
  message = '';
  written = false;
  /** @type {import('./send.js').Way} */
  way = 'commit';
  timer = 0;
  stopping = false;

  /** @param {Playground} playground */
  constructor(playground) {
    this.playground = playground;
    this.#pages = new ShownPages(playground, this.#bases);
    const { play, project } = playground;
    const href = new URL('publish.css', import.meta.url).href;
    const sheet = make('link', { rel: 'stylesheet', href });
    this.dressed = settled(sheet);
    play.before(sheet);
    this.sheet = new Sheet(play, 'Publish', { wide: true });
    this.sheet.dialog.classList.add('publish');
    this.sheet.dialog.addEventListener('close', () => {
      this.#followed.abort();
      this.#pages.close();
      this.sheet.body.replaceChildren();
    });
    this.sheet.dialog.append(this.#told);
    this.button = new PublishButton(playground.bar.publish);
    project.whenChanged(() => this.later());
    project.addEventListener('open', () => this.reset());
    addEventListener('online', () => this.state === 'queued' && this.run());
    this.reset();
  }

  get upstream() {
    return this.playground.project.upstream;
  }

  get branch() {
    return this.upstream?.branch || 'the main branch';
  }

  // ---- the button ----

  reset() {
    this.#begin();
    this.#first = undefined;
    this.hashes = new Hashes();
    this.#bases.clear();
    [this.left, this.#chosen] = [new Set(), undefined];
    [this.message, this.written, this.way, this.state] = ['', false, 'commit', 'idle'];
    this.sheet.close();
    this.count();
  }

  /** Takes the project's host; where that fails, the next call tries again. */
  #begin() {
    const at = this.upstream?.at;
    const hosting = this.#use(at, () => this.upstream?.at === at);
    this.#hosting = hosting;
    hosting.catch(() => this.#hosting === hosting && (this.#hosting = undefined));
    return hosting;
  }

  /**
   * Takes the host of a place, unless that is not wanted any more.
   * @param {import('../project/project.js').Place} [at]
   * @param {() => boolean} [isWanted]
   */
  async #use(at, isWanted = () => true) {
    const host = await hostAt(at);
    // Each host has its own account.
    if (isWanted() && host.key !== this.#host?.key)
      [this.#host, this.#account] = [host, new Account(host)];
    return this.#host;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.count(), PAUSE);
  }

  async count() {
    const { project } = this.playground;
    this.changes = await changesOf(project, this.hashes);
    if (this.changes.length && this.state === 'published') this.state = 'idle';
    this.draw();
  }

  /** Shows the state in the button. */
  draw() {
    this.button.show(this.state, this.changes.length);
  }

  // ---- the account ----

  /** @param {import('./sign_in_app.js').Grant} grant @param {boolean} keeping */
  async #signIn(grant, keeping) {
    try {
      await this.#account.signIn(grant, keeping);
    } catch (error) {
      if (error instanceof Fault) throw error;
      this.playground.notify('This browser stores nothing here: the token is in this tab only.');
    }
  }

  async signOut() {
    await this.#account.signOut();
    this.playground.notify('You are signed out, and the token is forgotten.');
    this.open();
  }

  // ---- the dialog ----

  /** @param {string} title @param {(Node | string)[]} parts */
  show(title, ...parts) {
    const { sheet } = this;
    const wasOpen = sheet.dialog.open;
    sheet.heading.textContent = title;
    sheet.dialog.setAttribute('aria-label', title);
    const [first] = parts;
    sheet.dialog.dataset.view = first instanceof HTMLElement ? first.classList[0] : '';
    sheet.body.replaceChildren(...parts);
    sheet.open();
    // What had the focus is gone: the next step has it, else the text.
    const next =
      sheet.body.querySelector('.main:enabled') ?? sheet.body.querySelector('[tabindex="-1"]');
    /** @type {HTMLElement | null} */ (next)?.focus();
    // A dialog's new name is not read aloud, nor a status that comes with its text.
    const said = sheet.body.querySelector(':is(.run:not(.fault), .conflict) > p');
    this.#told.textContent = wasOpen ? `${title}. ${said?.textContent ?? ''}` : '';
  }

  /**
   * Undefined if a part can't be loaded, which is reported.
   * @template T
   * @param {Promise<T>} loading
   * @param {string} [name]
   */
  #part(loading, name = 'What publishes to this host') {
    return loading.catch((error) => {
      this.playground.notify(unloaded(name, error));
      return undefined;
    });
  }

  async open() {
    const { project } = this.playground;
    if (!(await this.#part(this.#hosting ?? this.#begin()))) return;
    await Promise.all([this.dressed, this.#account.recall(), this.count()]);
    if (!project.upstream || project.upstream.first) return this.openFirst();
    if (this.state === 'running') return this.showSteps();
    if (this.state === 'conflict' || this.state === 'failed' || this.state === 'queued')
      this.state = 'idle';
    this.draw();
    if (!this.changes.length)
      return this.show(
        `Publish to ${project.upstream.name}`,
        make(
          'div',
          { class: 'run' },
          make('p', { tabindex: '-1' }, 'Nothing to publish: the repository has what you see.'),
          ...this.#signedIn(),
        ),
        ...this.#draftFoot(),
      );
    await this.#bases.keepLineEnds(project, this.changes);
    await this.count();
    if (!this.written) this.message = await this.propose();
    this.review();
  }

  /** What can be done with a draft that has all changes. */
  #draftFoot() {
    const { onto } = this.upstream ?? {};
    if (!onto?.draft || onto.pull) return [];
    const { request } = this.#host.words;
    const open = button(`Open a ${request}`, () => this.openPull(), { class: 'line' });
    return [make('footer', {}, away(this.draftLink, 'See the draft'), open)];
  }

  /** A site of the reader's own. */
  async openFirst() {
    const { playground } = this;
    const { project } = playground;
    if (project.upstream && !project.upstream.first) {
      // Another repository is the start: what is made of it is a project of its own.
      const { files, title, trusted } = project.state;
      playground.begin({ files, title, trusted, touched: true, open: playground.path });
    }
    const module = await this.#part(
      loadModule(() => import('./first_site.js')),
      'The form of a first site',
    );
    if (!module || !(await this.#part(this.#hosting ?? this.#begin()))) return;
    await this.#account.recall();
    this.#first ??= new module.FirstSite({
      playground,
      host: this.#host,
      use: async (at) => {
        const host = await this.#part(this.#use(at));
        await this.#account.recall();
        return host;
      },
      show: (title, view) => this.show(title, view),
      close: () => this.sheet.close(),
      changes: () => changesOf(project, this.hashes),
      login: () => this.#account.login,
      askToken: (then, more) =>
        this.askToken(false, then, { ...more, cancel: () => this.openFirst() }),
      followed: () => this.#following(),
      counted: () => this.count(),
    });
    this.#first.open();
  }

  #signedIn() {
    const { login } = this.#account;
    const out = button('Sign out', () => this.signOut(), { class: 'text' });
    return login ? [make('p', {}, `Signed in as ${login}. `, out)] : [];
  }

  /** Where the changes can go. @type {import('./review.js').Choice[]} */
  get ways() {
    const { upstream, branch } = this;
    const { request } = this.#host.words;
    if (upstream?.onto)
      return [
        ['commit', `To the draft ${branch}`, 'Anyone with its link sees it.'],
        ['pull', `Open a ${request}`, 'Someone reviews it first.'],
      ];
    return [
      ['commit', `Publish to ${branch}`, 'One commit, at once.'],
      ['pull', `Open a ${request}`, 'Someone reviews it first.'],
      ['draft', 'Share a draft', 'On a branch, with a link to its pages.'],
    ];
  }

  async review() {
    const module = await this.#part(
      loadModule(() => import('./review.js')),
      'The review of changes',
    );
    const { upstream, changes, left } = this;
    if (!module || !upstream || !changes.length) return;
    const { onto } = upstream;
    const { request } = this.#host.words;
    const form = module.reviewForm({
      changes,
      left,
      textsOf: (change) => this.#bases.texts(change),
      view: this.view,
      views: (view) => (this.view = view),
      pagesOf: (change) => this.#pages.ofChange(change, changes, left, this.branch),
      message: this.message,
      edited: (message) => ([this.message, this.written] = [message, true]),
      way: this.way,
      ways: this.ways,
      request,
      fixed:
        onto && !(onto.draft && !onto.pull)
          ? `To ${upstream.branch}${onto.pull ? `, ${request} ${onto.pull}` : ''}`
          : '',
      account: this.#account.login && `Signed in as ${this.#account.login}.`,
      signOut: () => this.signOut(),
      discard: (change) => this.discard(change),
      choose: (way) => (this.way = way),
      go: () => (this.#account.login ? this.run() : this.askToken()),
    });
    this.show(`Publish to ${upstream.name}`, form);
  }

  /**
   * @param {boolean} [byToken] not on the host's own page
   * @param {() => unknown} [then]
   * @param {Partial<import('./sign_in.js').Of>} [more]
   */
  async askToken(byToken = false, then = () => this.run(), more = {}) {
    const host = this.#host;
    const app = appOf(host.door);
    const of = {
      host,
      name: this.upstream?.onto?.name ?? this.upstream?.name ?? '',
      signIn: async (
        /** @type {import('./sign_in_app.js').Grant} */ grant,
        /** @type {boolean} */ keeping,
      ) => {
        await this.#signIn(grant, keeping);
        then();
      },
      cancel: () => this.open(),
      ...(app && { instead: () => this.askToken(!byToken, then, more) }),
      ...more,
    };
    const there =
      app &&
      !byToken &&
      (await this.#part(
        loadModule(() => import('./oauth.js')),
        'The host’s sign-in',
      ));
    const form = there
      ? there.accountForm({ ...of, app, dialog: this.sheet.dialog })
      : signInForm(of);
    this.show('Sign in to publish', form);
    /** @type {HTMLElement | null} */ (
      form.querySelector('input:not([type=radio]), .main')
    )?.focus();
  }

  async propose() {
    const chosen = this.changes.filter(({ path }) => !this.left.has(path));
    /** @type {Map<Change, { before: string, after: string } | undefined>} */
    const texts = new Map();
    for (const change of chosen)
      if (change.kind === 'changed')
        texts.set(change, await this.#bases.texts(change).catch(() => undefined));
    return proposedMessage(chosen, (change) => texts.get(change));
  }

  /** Takes a change back, as a step that can be undone. @param {Change} change */
  async discard(change) {
    const { path, from = path } = change;
    const label = `The change of ${path} is discarded.`;
    if (await this.takeBack([change], label)) this.playground.offerUndo(label);
    if (!this.playground.project.has(this.playground.path)) this.playground.open(from);
    this.open();
  }

  /** @param {Change[]} changes @param {string} label */
  async takeBack(changes, label) {
    const { edits, notify } = this.playground;
    try {
      const steps = await Promise.all(changes.map((change) => this.#bases.stepsBack(change)));
      edits.apply(label, steps.flat());
      return true;
    } catch (error) {
      notify(/** @type {Error} */ (error).message);
      return false;
    }
  }

  /**
   * The review of a commit that takes a published one back.
   * @param {Extract<import('./send.js').Outcome, { commit: string }>} done
   */
  async undo({ sent, message }) {
    const { project } = this.playground;
    const other = await changedSince(project, this.hashes, sent);
    if (other)
      return this.playground.notify(`${other} has changed since. Publish or discard that first.`);
    const states = sent.map((change) => ({ ...change, content: project.files.get(change.path) }));
    const [first] = message.split('\n');
    if (!(await this.takeBack(states, `“${first}” is taken back.`))) return;
    await this.count();
    const mine = new Set(sent.flatMap(({ path, from = path }) => [path, from]));
    this.#chosen ??= this.left;
    this.left = new Set(this.changes.flatMap(({ path }) => (mine.has(path) ? [] : [path])));
    [this.message, this.written, this.state] = [`Revert “${first}”`, true, 'idle'];
    this.review();
  }

  // ---- publishing ----

  /** @type {StepsView | undefined} */
  steps = undefined;

  async run() {
    const { upstream, left } = this;
    if (!upstream || this.state === 'running') return;
    const { project } = this.playground;
    [this.state, this.stopping] = ['running', false];
    const { request } = this.#host.words;
    const steps = (this.steps = new StepsView({
      branch: () => this.branch,
      request,
      stop: () => (this.stopping = true),
      tell: (text) => (this.#told.textContent = text),
    }));
    this.draw();
    this.showSteps();
    const { title } = project;
    const here = this.way === 'commit' && !upstream.onto;
    this.place = here ? await placeOf(this.#host, this.playground, this.changes) : undefined;
    const work = () =>
      publish({
        host: this.#host,
        project,
        changes: () => changesOf(project, this.hashes),
        message: this.message.trim() || `Change ${title}`,
        way: this.way,
        report: (step, detail = '') => steps.report(step, detail),
        // Another project was opened: this one must not be changed any more.
        stopped: () => this.stopping || project.upstream !== upstream,
        chosen: ({ path }) => !left.has(path),
      });
    try {
      // Two tabs with one project would both send it.
      const send = () => alone(`meridian-publish ${upstream.name}`, work);
      const outcome = await send().catch(async (error) => {
        // A token that had ended did nothing: from the look on with the new one.
        if (await this.#account.renew(error)) return send();
        throw error;
      });
      await this.end(outcome);
    } catch (error) {
      if (error instanceof Stopped) {
        this.state = 'idle';
        if (project.upstream === upstream) await this.open();
      } else if (error instanceof Fault) this.fail(error);
      else throw error;
    }
    this.count();
  }

  showSteps() {
    const title = `Publishing ${plural(this.changes.length, 'change', 'changes')}`;
    if (this.steps) this.show(title, this.steps.element);
  }

  /** @param {import('./send.js').Outcome} outcome */
  async end(outcome) {
    const { playground } = this;
    const { project, path } = playground;
    // Somebody else deleted it.
    if (!project.has(path)) playground.open(project.paths[0] ?? '');
    this.written = false;
    if (!('conflicts' in outcome))
      [this.left, this.#chosen] = [this.#chosen ?? this.left, undefined];
    if ('conflicts' in outcome) {
      this.state = 'conflict';
      this.written = true;
      const module = await this.#part(
        loadModule(() => import('./conflict.js')),
        'What resolves conflicts',
      );
      if (!module) return this.sheet.close();
      const form = module.conflictForm({
        conflicts: outcome.conflicts,
        branch: this.branch,
        later: () => this.sheet.close(),
        pagesOf: (path, results) =>
          this.#pages.ofConflict(path, outcome.conflicts, results, this.branch),
        done: (results) => {
          for (const [conflict, content] of results)
            resolve(project, /** @type {any} */ (project.upstream), conflict, content);
          this.state = 'idle';
          this.run();
        },
      });
      return this.show(
        `Resolve ${plural(outcome.conflicts.length, 'conflict', 'conflicts')}`,
        form,
      );
    }
    const { onto } = this.upstream ?? {};
    [this.state, this.way] = [onto?.draft && !onto.pull ? 'idle' : 'published', 'commit'];
    if ('nothing' in outcome)
      return this.show(
        'Nothing to publish',
        make('div', { class: 'run' }, make('p', { tabindex: '-1' }, NOTHING)),
      );
    const [title, view] = outcomeView({
      host: this.#host,
      done: outcome,
      draft: onto?.draft ? this.draftLink : '',
      place: onto ? undefined : this.place,
      signal: this.#following(),
      close: () => this.sheet.close(),
      undo: () => this.undo(outcome),
      ...(onto?.draft && !onto.pull && { pull: () => this.openPull() }),
    });
    this.show(title, view);
  }

  /** Ends what was followed before, as closing the dialog does. */
  #following() {
    this.#followed.abort();
    this.#followed = new AbortController();
    return this.#followed.signal;
  }

  /** The link to the draft, at the page in view. */
  get draftLink() {
    const { home, loop } = this.playground;
    return this.upstream ? draftAddress(home, this.upstream, loop.url) : '';
  }

  openPull() {
    this.way = 'pull';
    return this.#account.login ? this.run() : this.askToken();
  }

  /** @param {Fault} fault */
  fail(fault) {
    this.state = fault.kind === 'offline' ? 'queued' : 'failed';
    const { upstream } = this;
    const words = wordsOf(fault, {
      host: this.#host,
      name: upstream?.name ?? '',
      branch: this.branch,
      count: plural(this.changes.length, 'change', 'changes'),
    });
    if (words.next === 'sign-in') {
      this.#account.signOut();
    }
    /** @type {Record<import('./faults.js').Next, () => unknown>} */
    const acts = {
      again: () => this.run(),
      check: () => this.run(),
      pull: () => {
        this.way = 'pull';
        this.run();
      },
      'sign-in': () => this.askToken(),
      open: () => {
        this.sheet.close();
        if (fault.facts.path) this.playground.open(fault.facts.path, { focus: true });
      },
      later: () => this.open(),
    };
    const act = () => {
      this.state = 'idle';
      acts[words.next]();
    };
    this.draw();
    const view = faultView(words, { act, later: () => this.sheet.close() });
    this.show(fault.kind === 'unknown' ? 'Not known yet' : wordOf(this.state), view);
  }
}
