// Publishing: the button's state, and the dialog with sign-in, review, steps, conflicts and faults.
// A file of its own, loaded with the first change of a project from a repository, or when it is
// opened.

import { make } from '../../base/elements.js';
import { settled } from '../../net/fetch.js';
import { fetchFile } from '../../net/limited_fetch.js';
import { contentOf, isText } from '../project/file_content.js';
import { LARGEST } from '../project/limits.js';
import { button } from '../ui/buttons.js';
import { Sheet } from '../ui/dialog.js';
import { plural } from '../ui/words.js';
import { Hashes, changesOf, isLoaded, proposedMessage } from './changes.js';
import { conflictForm } from './conflict.js';
import { faultView, wordsOf } from './faults.js';
import { FirstSite } from './first_site.js';
import { GitHub } from './github.js';
import { Fault } from './host.js';
import { hostAt } from './hosts.js';
import { withLineEnds } from './merge.js';
import { reviewForm } from './review.js';
import { Stopped, publish } from './send.js';
import { stepsView } from './steps.js';
import { appOf } from './oauth.js';
import { accountForm, signInForm } from './sign_in.js';
import { forget, keep, kept } from './token.js';
import { away, draftAddress, outcomeView } from './outcome.js';
import { placeOf } from './place.js';
import { resolve } from './update.js';

export { RELEASE as release } from '../../base/release.js';
export { fromHost } from './hosts.js';

/**
 * @typedef {import('../playground.js').Playground} Playground
 * @typedef {import('./changes.js').Change} Change
 * @typedef {import('./send.js').Step} Step
 */
/** @typedef {'idle' | 'running' | 'published' | 'conflict' | 'queued' | 'failed'} State */

// Milliseconds after the last change until changes are counted.
const PAUSE = 300;

const WORDS = {
  idle: 'Publish',
  running: 'Publishing',
  published: 'Published',
  conflict: 'Resolve conflicts',
  queued: 'Queued',
  failed: 'Not published',
};

export class Publish {
  /** @type {State} */
  state = 'idle';
  #host = hostAt();
  /** Ends when what is followed is not shown any more. */
  #followed = new AbortController();
  /** Where the changes are seen by visitors. @type {import('./live.js').Place | undefined} */
  place = undefined;
  #login = '';
  /** @type {FirstSite | undefined} */
  #first = undefined;
  /** Asks the storage for the token once. @type {Promise<void> | undefined} */
  #recalled = undefined;
  hashes = new Hashes();
  /** Texts in the repository, by hash. @type {Map<string, Promise<string | Uint8Array>>} */
  bases = new Map();
  /** @type {Change[]} */
  changes = [];
  /** Paths that are not to be published. @type {Set<string>} */
  left = new Set();
  message = '';
  written = false;
  /** @type {import('./send.js').Way} */
  way = 'commit';
  timer = 0;
  stopping = false;

  /** @param {Playground} playground */
  constructor(playground) {
    this.playground = playground;
    const { play, project } = playground;
    const href = new URL('publish.css', import.meta.url).href;
    const sheet = make('link', { rel: 'stylesheet', href });
    this.dressed = settled(sheet);
    play.before(sheet);
    this.sheet = new Sheet(play, 'Publish', { wide: true });
    this.sheet.dialog.classList.add('publish');
    this.sheet.dialog.addEventListener('close', () => {
      this.#followed.abort();
      this.sheet.body.replaceChildren();
    });
    this.badge = make('span', { class: 'number' });
    playground.bar.publish.append(this.badge);
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
    const host = hostAt(this.upstream?.at);
    if (host.key !== this.#host.key) {
      // Each host has its own account.
      this.#host = host;
      this.#login = '';
      this.#recalled = undefined;
    }
    this.#first = undefined;
    this.hashes = new Hashes();
    this.bases.clear();
    this.left.clear();
    [this.message, this.written, this.way, this.state] = ['', false, 'commit', 'idle'];
    this.sheet.close();
    this.count();
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
    const { state, badge } = this;
    const { publish: shown } = this.playground.bar;
    const { length } = this.changes;
    const count = state === 'idle' || state === 'queued' ? length || '' : '';
    badge.textContent = String(count);
    badge.hidden = !count;
    const label = /** @type {HTMLElement} */ (shown.querySelector('.label'));
    label.textContent = WORDS[state];
    shown.dataset.state = state;
    const spoken = length ? plural(length, 'change', 'changes') : 'nothing to publish';
    shown.setAttribute(
      'aria-label',
      state === 'idle' && length
        ? `Publish ${spoken}`
        : `${WORDS[state]}${count || state === 'idle' ? `, ${spoken}` : ''}`,
    );
  }

  // ---- the account ----

  /** Signs in with the token that this browser keeps. */
  #recall() {
    return (this.#recalled ??= kept(this.#host.key).then(async (token) => {
      if (!token) return;
      this.#host.signIn(token);
      try {
        this.#login = (await this.#host.account()).login;
      } catch {
        // Expired, or there is no connection now.
        this.#host.signIn('');
        this.#recalled = undefined;
      }
    }));
  }

  /** @param {string} token @param {boolean} keeping */
  async #signIn(token, keeping) {
    this.#host.signIn(token);
    try {
      this.#login = (await this.#host.account()).login;
    } catch (error) {
      this.#host.signIn('');
      throw error;
    }
    if (!keeping) return;
    await keep(this.#host.key, token).catch(() =>
      this.playground.notify('This browser stores nothing here: the token is in this tab only.'),
    );
  }

  async signOut() {
    this.#host.signIn('');
    this.#login = '';
    await forget(this.#host.key);
    this.playground.notify('You are signed out, and the token is forgotten.');
    this.open();
  }

  // ---- the dialog ----

  /** @param {string} title @param {(Node | string)[]} parts */
  show(title, ...parts) {
    const { sheet } = this;
    sheet.heading.textContent = title;
    sheet.dialog.setAttribute('aria-label', title);
    const [first] = parts;
    sheet.dialog.dataset.view = first instanceof HTMLElement ? first.classList[0] : '';
    sheet.body.replaceChildren(...parts);
    sheet.open();
  }

  async open() {
    const { project } = this.playground;
    await Promise.all([this.dressed, this.#recall(), this.count()]);
    if (!project.upstream || project.upstream.first) return this.openFirst();
    if (this.state === 'running') return this.showSteps();
    if (this.state === 'conflict' || this.state === 'failed' || this.state === 'queued')
      this.state = 'idle';
    this.draw();
    if (!this.changes.length)
      return this.show(
        `Publish to ${project.upstream.name}`,
        make('p', { class: 'none' }, 'Nothing to publish: the repository has what you see.'),
        this.#account(),
        ...this.#draftFoot(),
      );
    await this.keepLineEnds();
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

  /** A site of the reader's own, on GitHub. */
  async openFirst() {
    const { playground } = this;
    const { project } = playground;
    if (project.upstream && !project.upstream.first) {
      // Another repository is the start: what is made of it is a project of its own.
      const { files, title, trusted } = project.state;
      playground.begin({ files, title, trusted, touched: true, open: playground.path });
    }
    if (!(this.#host instanceof GitHub)) return;
    await this.#recall();
    const host = this.#host;
    this.#first ??= new FirstSite({
      playground,
      host,
      show: (title, view) => this.show(title, view),
      close: () => this.sheet.close(),
      changes: () => changesOf(project, this.hashes),
      login: () => this.#login,
      askToken: (then) => {
        const { words, tokenForm } = host.first;
        this.askToken(false, then, { words, tokenForm, cancel: () => this.openFirst() });
      },
      followed: () => this.#following(),
      counted: () => this.count(),
    });
    this.#first.open();
  }

  #account() {
    const line = make('p', { class: 'none' });
    if (this.#login)
      line.append(
        `Signed in as ${this.#login}. `,
        button('Sign out', () => this.signOut(), { class: 'text' }),
      );
    return line;
  }

  /** Where the changes can go. @type {import('./review.js').Choice[]} */
  get ways() {
    const { upstream, branch } = this;
    const { request } = this.#host.words;
    if (upstream?.onto)
      return [
        ['commit', `To the draft ${branch}`, 'Whoever has its link sees it.'],
        ['pull', `Open a ${request}`, 'Someone reviews it first.'],
      ];
    return [
      ['commit', `Publish to ${branch}`, 'One commit, at once.'],
      ['pull', `Open a ${request}`, 'Someone reviews it first.'],
      ['draft', 'Share a draft', 'On a branch, with a link to its pages.'],
    ];
  }

  review() {
    const { upstream, changes, left } = this;
    if (!upstream) return;
    const { onto } = upstream;
    const { request } = this.#host.words;
    const form = reviewForm({
      changes,
      left,
      textsOf: (change) => this.textsOf(change),
      message: this.message,
      edited: (message) => ([this.message, this.written] = [message, true]),
      way: this.way,
      ways: this.ways,
      request,
      fixed:
        onto && !(onto.draft && !onto.pull)
          ? `To ${upstream.branch}${onto.pull ? `, ${request} ${onto.pull}` : ''}`
          : '',
      account: this.#login && `Signed in as ${this.#login}.`,
      signOut: () => this.signOut(),
      discard: (change) => this.discard(change),
      choose: (way) => (this.way = way),
      go: () => (this.#login ? this.run() : this.askToken()),
    });
    this.show(`Publish to ${upstream.name}`, form);
    /** @type {HTMLElement | null} */ (form.querySelector('.main'))?.focus();
  }

  /**
   * @param {boolean} [byToken] not on the host's own page
   * @param {() => unknown} [then]
   * @param {Partial<import('./sign_in.js').Of>} [more]
   */
  askToken(byToken = false, then = () => this.run(), more = {}) {
    const host = this.#host;
    const app = appOf(host.door);
    const of = {
      host,
      name: this.upstream?.onto?.name ?? this.upstream?.name ?? '',
      signIn: async (/** @type {string} */ token, /** @type {boolean} */ keeping) => {
        await this.#signIn(token, keeping);
        then();
      },
      cancel: () => this.open(),
      ...(app && { instead: () => this.askToken(!byToken, then, more) }),
      ...more,
    };
    const form =
      app && !byToken ? accountForm({ ...of, app, dialog: this.sheet.dialog }) : signInForm(of);
    this.show('Sign in to publish', form);
    /** @type {HTMLElement | null} */ (
      form.querySelector('input:not([type=radio]), .main')
    )?.focus();
  }

  // ---- changes ----

  /** A text or bytes in the repository. @param {string} sha @param {string} path */
  base(sha, path) {
    const { upstream } = this;
    const host = this.#host;
    if (!upstream) return Promise.resolve('');
    let found = this.bases.get(sha);
    if (!found) {
      const { name, commit, folder } = upstream;
      const raw = host.rawAddress(name, commit, folder + path);
      const bytes = this.#login
        ? host.blob(name, sha)
        : fetchFile(raw, path, LARGEST).then((bytes) => bytes ?? host.blob(name, sha));
      found = bytes.then((bytes) => /** @type {string | Uint8Array} */ (contentOf(path, bytes)));
      found.catch(() => this.bases.delete(sha));
      this.bases.set(sha, found);
    }
    return found.catch(() => {
      throw new Error(`${path} can’t be fetched from ${host.name}.`);
    });
  }

  /** @param {Change} change */
  async textsOf({ path, from, base, content }) {
    if (!isText(path)) return undefined;
    const before = base ? await this.base(base, from ?? path) : '';
    // Not fetched: as it was.
    const after = content === undefined ? '' : isLoaded(content) ? content : before;
    return typeof before === 'string' && typeof after === 'string' ? { before, after } : undefined;
  }

  /** The editor writes `\n`: a file with other line ends keeps them. */
  async keepLineEnds() {
    const { project } = this.playground;
    for (const change of this.changes) {
      const texts =
        change.base && change.sha && (await this.textsOf(change).catch(() => undefined));
      const text = texts && withLineEnds(texts.after, texts.before);
      if (texts && text !== texts.after && project.files.get(change.path) === texts.after)
        project.put(change.path, /** @type {string} */ (text));
    }
    await this.count();
  }

  async propose() {
    const chosen = this.changes.filter(({ path }) => !this.left.has(path));
    /** @type {Map<Change, { before: string, after: string } | undefined>} */
    const texts = new Map();
    for (const change of chosen)
      if (change.kind === 'changed')
        texts.set(change, await this.textsOf(change).catch(() => undefined));
    return proposedMessage(chosen, (change) => texts.get(change));
  }

  /** Takes a change back, as a step that can be undone. @param {Change} change */
  async discard({ kind, path, from, base, content }) {
    const { playground } = this;
    try {
      const before = base ? await this.base(base, from ?? path) : undefined;
      /** @type {import('../project/edits.js').FileChange[]} */
      const steps = kind === 'renamed' ? [[path, content, undefined]] : [];
      const at = from ?? path;
      steps.push([at, kind === 'renamed' ? undefined : content, before]);
      const label = `The change of ${path} is discarded.`;
      playground.edits.apply(label, steps);
      playground.offerUndo(label);
      if (!playground.project.has(playground.path)) playground.open(at);
    } catch (error) {
      playground.notify(/** @type {Error} */ (error).message);
    }
    this.open();
  }

  // ---- publishing ----

  /** @type {{ step: Step, detail: string }[]} */
  steps = [];

  async run() {
    const { upstream, left } = this;
    if (!upstream || this.state === 'running') return;
    const { project } = this.playground;
    [this.state, this.steps, this.stopping] = ['running', [], false];
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
        report: (step, detail = '') => this.report(step, detail),
        // Another project was opened: this one must not be changed any more.
        stopped: () => this.stopping || project.upstream !== upstream,
        chosen: ({ path }) => !left.has(path),
      });
    try {
      // Two tabs with one project would both send it.
      const outcome = await (navigator.locks
        ? navigator.locks.request(
            `meridian-publish ${upstream.name}`,
            { ifAvailable: true },
            (lock) => {
              if (!lock) throw new Fault('elsewhere');
              return work();
            },
          )
        : work());
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

  /** @param {Step} step @param {string} detail */
  report(step, detail) {
    const last = this.steps[this.steps.length - 1];
    if (last?.step === step) last.detail = detail;
    else this.steps.push({ step, detail });
    if (this.sheet.dialog.open && this.state === 'running') this.showSteps();
  }

  showSteps() {
    const { steps, branch } = this;
    const { request } = this.#host.words;
    const stop = () => (this.stopping = true);
    this.show(
      `Publishing ${plural(this.changes.length, 'change', 'changes')}`,
      stepsView({ steps, branch, request, stop }),
    );
  }

  /** @param {import('./send.js').Outcome} outcome */
  async end(outcome) {
    const { playground } = this;
    const { project, path } = playground;
    // Somebody else deleted it.
    if (!project.has(path)) playground.open(project.paths[0] ?? '');
    this.written = false;
    if ('conflicts' in outcome) {
      this.state = 'conflict';
      this.written = true;
      const form = conflictForm({
        conflicts: outcome.conflicts,
        branch: this.branch,
        later: () => this.sheet.close(),
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
        make('p', { class: 'none' }, 'The branch has these changes already. No commit was made.'),
      );
    const [title, view] = outcomeView({
      host: this.#host,
      done: outcome,
      draft: onto?.draft ? this.draftLink : '',
      place: onto ? undefined : this.place,
      signal: this.#following(),
      close: () => this.sheet.close(),
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
    return this.#login ? this.run() : this.askToken();
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
      this.#login = '';
      this.#host.signIn('');
      forget(this.#host.key);
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
    this.show('Not published', view);
    /** @type {HTMLElement | null} */ (view.querySelector('.main'))?.focus();
  }
}
