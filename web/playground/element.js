// <meridian-playground>: a playground in any page.
//
//   <script type="module" src="/playground/playground.js"></script>
//   <meridian-playground>
//     <script type="text/plain" data-path="index.md">
//     ---
//     title: A note
//     ---
//     Type *here*.
//     </script>
//   </meridian-playground>
//
// `src` leads to a file or a project instead, `theme` is light or dark, CSS says how large it is.
// `change` is sent for each change of a file. All of it stands in a shadow: neither does the page's
// sheet reach into the editor, nor do names and ids of two of them meet.

import { document } from '../base/unclobbered.js';
import { make } from '../base/elements.js';
import { site } from '../base/site_state.js';
import { isDark } from '../base/util.js';
import { settled, task } from '../net/fetch.js';
import { trusted } from '../base/trusted_html.js';
import { filesWithin, fromAddress } from './project/initial_files.js';
import { bringVim } from './editor/vim_keys.js';
import { followLanguage } from './page_language.js';
import { partsOf } from './parts.js';
import { Playground } from './playground.js';
import { note } from './templates/note.js';
import { transfer } from './transfers.js';

export { draftIn, watchDraft } from './draft.js';
export * from './lent.js';
export { Folder } from './project/folder.js';
export { holdsProject } from './project/link_prefix.js';
export { RELEASE as release } from '../base/release.js';
export { note, transfer, trusted };

/** @typedef {import('./project/project.js').Start} Start */

const HOME = new URL('.', import.meta.url).href;
site.folder = new URL('../meridian/', HOME).href;
// The core's worker is a script of the shell; a host that requires Trusted Types needs a policy for
// its address.
site.trust = (url) => trusted.createScriptURL(url);

// Distance from the window, in pixels, at which a playground is loaded.
const NEAR = 200;
// Milliseconds that it waits for its style sheet.
const UNDRESSED = 3000;

export class MeridianPlayground extends HTMLElement {
  static observedAttributes = ['src', 'theme'];

  /** The playground, once it is loaded. @type {Playground | undefined} */
  playground = undefined;
  /** A project that was opened before the playground was loaded. @type {Start | undefined} */
  first = undefined;
  /** @type {IntersectionObserver | undefined} */
  near = undefined;

  connectedCallback() {
    // While the page is being parsed the files may still be missing.
    if (document.readyState === 'loading')
      return document.addEventListener(
        'DOMContentLoaded',
        () => this.isConnected && this.connectedCallback(),
        { once: true },
      );
    this.near = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.start(), {
      rootMargin: NEAR + 'px',
    });
    this.near.observe(this);
  }

  /** A moved element keeps its state; a removed one terminates its worker. */
  disconnectedCallback() {
    this.near?.disconnect();
    setTimeout(() => this.isConnected || this.playground?.renderer.close());
  }

  /** @param {string} name @param {string | null} old @param {string | null} value */
  attributeChangedCallback(name, old, value) {
    if (!this.playground || value === old) return;
    if (name === 'theme') this.playground.preview.post({ scheme: value ?? '' });
    else if (value) this.playground.bring(() => fromAddress(value));
  }

  /** Builds the playground, once. */
  start() {
    this.near?.disconnect();
    if (this.playground) return this.playground;
    const root = this.attachShadow({ mode: 'open' });
    const playground = (this.playground = new Playground(root, HOME));
    playground.parts = partsOf(playground);
    bringVim(playground);
    followLanguage(playground);
    const theme = this.getAttribute('theme');
    if (theme) playground.preview.post({ scheme: theme });
    playground.scheme = () => this.setAttribute('theme', this.dark ? 'light' : 'dark');
    playground.shared = (fragment) => this.send('share', { fragment });
    playground.begun = ({ title, from }) => this.send('open', { title, from });
    playground.project.whenChanged((path) => this.send('change', { path }));
    // Hidden until its style sheet is loaded.
    const sheet = make('link', { rel: 'stylesheet', href: HOME + 'playground.css' });
    playground.play.hidden = true;
    Promise.race([settled(sheet), task(UNDRESSED)]).then(() => (playground.play.hidden = false));
    root.prepend(sheet);
    const src = this.getAttribute('src');
    if (this.first) playground.begin(this.first);
    else if (src) playground.bring(() => fromAddress(src));
    else playground.begin(filesWithin(this) ?? note);
    return playground;
  }

  /** Replaces the open project. @param {Start} start */
  open(start) {
    if (this.playground) this.playground.begin(start);
    else this.first = start;
  }

  /** The current files, by path. @returns {Start['files']} */
  get files() {
    return Object.fromEntries(this.playground?.project.files ?? []);
  }

  get dark() {
    return isDark(this);
  }

  /** @param {'open' | 'change' | 'share'} type @param {object} detail */
  send(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}

if (!customElements.get('meridian-playground'))
  customElements.define('meridian-playground', MeridianPlayground);
