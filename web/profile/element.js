// <meridian-profile src="https://person.example/">: a profile card in a foreign page. Its children
// show until the card is loaded, without scripts, and on failure.

import { adoptSheet } from '../base/adopt_sheet.js';
import { make } from '../base/elements.js';
import { same } from '../base/release.js';
import { card, link } from './card_dom.js';
import { address, places } from './validate.js';
import frequent from './icons.js';
import { fetchText } from './fetch_file.js';
import { profileFrom } from './source.js';
import { STYLE, WAITING } from './style.js';

/** @typedef {import('./validate.js').Profile} Profile */

// Distance from the window, in pixels, at which a card is loaded.
const NEAR = '300px';
// Milliseconds that a card waits for optional parts.
const PATIENCE = 10_000;

/**
 * The icons of the links; links without icon show their label.
 * @param {Profile} profile
 * @returns {Promise<import('./card_dom.js').Icons>}
 */
async function signsOf({ links }) {
  const missing = links.some(({ icon }) => frequent[icon] === 0);
  return missing
    ? import('./more-icons.js').then(same).then(
        ({ default: more }) => Object.assign(frequent, more),
        () => frequent,
      )
    : frequent;
}

const watcher =
  typeof IntersectionObserver === 'function' &&
  new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries)
        /** @type {MeridianProfile} */ (target)[isIntersecting ? 'begin' : 'leave']();
    },
    { rootMargin: NEAR },
  );

/**
 * Sets an attribute; a property set to undefined, as frameworks do, removes it.
 * @param {Element} element
 * @param {string} name
 * @param {string | null | undefined} value
 */
const reflect = (element, name, value) =>
  value == null ? element.removeAttribute(name) : element.setAttribute(name, value);

export class MeridianProfile extends HTMLElement {
  static observedAttributes = ['src', 'show', 'size'];

  /** The profile, once loaded. @type {Profile | undefined} */
  profile = undefined;
  /** Counts loads: the result of an outdated one is ignored. */
  turn = 0;
  begun = false;
  /** The adopted style sheets. @type {Set<string>} */
  worn = new Set();
  /** Contains the card, which every change replaces; it remembers the card's height. */
  box = make('div', { class: 'box' });
  titled = false;

  /** The person's site, or `github:owner/name`. */
  get src() {
    return this.getAttribute('src') ?? '';
  }
  set src(value) {
    reflect(this, 'src', value);
  }
  /** Lists and sections to show: `publications:5 news globe`. */
  get show() {
    return this.getAttribute('show') ?? '';
  }
  set show(value) {
    reflect(this, 'show', value);
  }
  /** `inline`, `card`, `full`. */
  get size() {
    return this.getAttribute('size') ?? '';
  }
  set size(value) {
    reflect(this, 'size', value);
  }

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).append(this.box);
    this.wear(WAITING);
    this.wait();
  }

  /** The fallback: the children, until the card is loaded. */
  wait() {
    this.box.replaceChildren(make('div', { class: 'wait', part: 'card' }, make('slot')));
  }

  /** The fallback of a card that failed: the children, else the reason. */
  fail() {
    const empty = !this.children.length && !this.textContent?.trim();
    this.box.replaceChildren(
      empty
        ? make('div', { class: 'wait failed said', part: 'card' }, this.title)
        : make('div', { class: 'wait failed', part: 'card' }, make('slot')),
    );
  }

  connectedCallback() {
    if (watcher) watcher.observe(this);
    if (!watcher || this.getAttribute('loading') === 'eager') this.begin();
  }

  disconnectedCallback() {
    if (watcher) watcher.unobserve(this);
  }

  attributeChangedCallback() {
    if (this.begun) this.draw();
  }

  begin() {
    if (this.begun) return;
    this.begun = true;
    this.draw();
  }

  /**
   * From now on the card is not laid out while it is far from the window (content-visibility).
   * Earlier its height would be unknown.
   */
  leave() {
    if (this.profile) this.box.className = 'box away';
  }

  /** Loads the source again. @returns {Promise<void>} */
  refresh() {
    this.begun = true;
    return this.draw(true);
  }

  /** Adopts a style sheet, once. @param {string} sheet */
  wear(sheet) {
    if (!this.worn.has(sheet)) adoptSheet(/** @type {ShadowRoot} */ (this.shadowRoot), sheet);
    this.worn.add(sheet);
  }

  /**
   * Adds lists and sections; if they fail, the card is shown without them.
   * @param {Promise<Profile>} asked
   * @returns {Promise<Node[]>}
   */
  async beside(asked) {
    const { src, show, size } = this;
    if (!show || size === 'inline') return [];
    const told = (/** @type {string} */ reason) => this.emit('error', { reason, src });
    try {
      const [{ BESIDE, shown }, profile] = await Promise.all([
        import('./show.js').then(same),
        asked,
      ]);
      this.wear(BESIDE);
      return await shown(this, profile, show, told, { address, link, make, places, fetchText });
    } catch (error) {
      await asked;
      told(/** @type {Error} */ (error).message);
      return [];
    }
  }

  /** @param {boolean} [anew] */
  async draw(anew = false) {
    const turn = ++this.turn;
    const { src, show, size } = this;
    try {
      if (!src) throw new Error('the attribute src is missing');
      const asked = profileFrom(src, show, anew);
      /**
       * An optional part, with a time limit.
       * @template T
       * @param {Promise<T>} promise
       * @param {T} instead
       */
      const soon = (promise, instead) =>
        Promise.race([
          promise,
          asked.then(() => new Promise((resolve) => setTimeout(resolve, PATIENCE, instead))),
        ]);
      const [profile, icons, more] = await Promise.all([
        asked,
        soon(asked.then(signsOf), frequent),
        soon(this.beside(asked), []),
      ]);
      if (turn !== this.turn) return;
      this.wear(STYLE);
      this.profile = profile;
      this.box.replaceChildren(card(profile, size, icons, more));
      if (this.titled) this.removeAttribute('title');
      this.emit('ready', { profile });
    } catch (error) {
      if (turn !== this.turn) return;
      const { message } = /** @type {Error} */ (error);
      if (!this.title || this.titled) this.entitle(message);
      this.titled = true;
      // The current card stays.
      if (!this.profile) this.fail();
      this.emit('error', { reason: message, src });
    }
  }

  /**
   * Says why there is no card, in the page's language once its words are there.
   * @param {string} reason
   */
  entitle(reason) {
    const said = (this.title = `The profile can’t be shown: ${reason}`);
    const { lang = 'en' } = /** @type {HTMLElement | null} */ (this.closest('[lang]')) ?? {};
    if (/^(en\b|$)/i.test(lang)) return;
    import('./words.js').then(same).then(
      ({ failureIn }) => {
        if (this.title !== said) return;
        this.title = failureIn(lang, reason) ?? said;
        if (!this.profile) this.fail();
      },
      () => {},
    );
  }

  /** @param {'ready' | 'error'} what @param {object} detail */
  emit(what, detail) {
    this.dispatchEvent(
      new CustomEvent(`meridian-${what}`, { bubbles: true, composed: true, detail }),
    );
  }
}

if (!customElements.get('meridian-profile'))
  customElements.define('meridian-profile', MeridianProfile);
