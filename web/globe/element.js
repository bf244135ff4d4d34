// <meridian-globe>: stops on a globe that can be rotated. It shows its children, or the file at
// `src`; the children are the content without scripts, and the list beside the globe. The picture
// loads first; interaction (interaction.js) and rarely used code (more.js) are separate files.

import { own } from '../base/elements.js';
import { fetchFile } from '../base/foreign.js';
import { onPatch } from '../base/patches.js';
import { same, sameBytes } from '../base/release.js';
import { resizes } from '../base/resizes.js';
import { likePreload } from '../base/util.js';
import { makeFrame } from './shadow_dom.js';
import { LAND, Sphere } from './sphere.js';
import { fromElements, isPlace } from './stops.js';
import { View } from './view.js';

/** @typedef {import('./stops.js').Stop} Stop */

/**
 * Loads something once for all globes of a page.
 * @template T
 * @param {() => Promise<T>} get
 */
function once(get) {
  /** @type {Promise<T> | undefined} */
  let promise;
  return () => {
    promise ??= get();
    promise.catch(() => (promise = undefined)); // a failure may be the network's
    return promise;
  };
}
/** @param {URL} url @param {RequestInit} [init] */
async function load(url, init) {
  const response = await fetchFile(url.href, { ...likePreload(url.href), ...init });
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
const file = (/** @type {URL} */ url) => once(() => load(url));
// Addresses in a form that bundlers resolve.
const MODULE = new URL('./globe.wasm', import.meta.url);
// A cache may have a file of an older release.
const module = once(() =>
  load(MODULE)
    .then(sameBytes)
    .catch(() => load(MODULE, { cache: 'reload' }).then(sameBytes)),
);
const land = file(new URL('./land-110m.bin', import.meta.url));
const detailed = file(new URL('./land-50m.bin', import.meta.url));
const countries = file(new URL('./countries.bin', import.meta.url));
const interaction = once(() => import('./interaction.js').then(same));
const more = once(() => import('./more.js').then(same));

// Distance from the window, in pixels, at which a globe is loaded.
const NEAR = 200;

const DATA = 'script[type*="json"],script[type*="csv"],script[type*="tab"],script[type*="yaml"]';

/** What a globe's children say of its stops. @param {HTMLElement} globe */
const told = (globe) =>
  globe.querySelector(DATA)?.textContent ??
  JSON.stringify(fromElements(globe), (name, value) => (name === 'element' ? undefined : value));

export class MeridianGlobe extends HTMLElement {
  static observedAttributes = ['src', 'rotate', 'night', 'arcs', 'shade', 'labels', 'year'];

  /** @type {import('./shadow_dom.js').Frame | undefined} */
  frame = undefined;
  /** The view, once the globe is loaded. @type {View | undefined} */
  view = undefined;
  /** A promise of the view. @type {Promise<View> | undefined} */
  ready = undefined;
  /** @type {Promise<import('./interaction.js').Interaction> | undefined} */
  handled = undefined;
  /** @type {(() => void)[]} */
  leaving = [];
  /** What the children said of the stops when they were read. */
  told = '';

  connectedCallback() {
    // Every page with a globe needs these; the rest waits until the globe is near the window.
    for (const get of [module, land]) get().catch(() => {});
    const { stage } = (this.frame ??= makeFrame(this));
    // The observer reports a frame later. While the page is being parsed the stops may still be
    // missing.
    if (own('readyState') !== 'loading' && this.getBoundingClientRect().top < innerHeight + NEAR)
      this.start().catch(() => {});
    const near = new IntersectionObserver(
      ([{ isIntersecting }]) => {
        if (isIntersecting) this.start().catch(() => {});
        this.view?.notice(isIntersecting);
      },
      { rootMargin: NEAR + 'px' },
    );
    near.observe(this);
    const sizes = resizes(() => this.view?.measure());
    sizes.observe(stage);
    const recolour = () => this.view?.recolour();
    // At once: while a page is printed there are no frames.
    const repaint = () => this.view?.repaint();
    const media = ['print', '(prefers-color-scheme: dark)', '(forced-colors: active)'].map(
      (query) => matchMedia(query),
    );
    for (const one of media) one.addEventListener('change', repaint);
    const theme = new MutationObserver(recolour);
    theme.observe(own('documentElement'), { attributes: true });
    this.leaving = [
      onPatch(() => this.refresh()),
      () => near.disconnect(),
      () => sizes.disconnect(),
      () => theme.disconnect(),
      () => media.forEach((one) => one.removeEventListener('change', repaint)),
    ];
  }

  /** A patch of the page has made the list anew. */
  refresh() {
    if (!this.view) return;
    this.setAttribute('ready', '');
    const { stops } = this.view;
    if (this.told === told(this)) {
      for (const [i, { element }] of fromElements(this).entries())
        if (stops[i]) stops[i].element = element;
    } else this.ready = undefined;
    this.start().then(
      async () => (await this.handled)?.renew(),
      () => {},
    );
  }

  disconnectedCallback() {
    this.view?.notice(false);
    for (const leave of this.leaving) leave();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.view) return;
    if (name === 'src') {
      this.ready = undefined;
      this.start().catch(() => {});
    } else {
      this.view.apply();
      this.handled?.then((handling) => handling.apply());
    }
  }

  /** The shown stops, in order. */
  get stops() {
    return this.view?.stops ?? [];
  }

  /** @param {string} type @param {object} detail */
  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }

  start() {
    this.ready ??= this.load().catch((error) => {
      this.ready = undefined;
      const reason = String(error?.message ?? error);
      this.frame?.fail(reason);
      this.localize(reason);
      this.emit('meridian-error', { error });
      throw error;
    });
    return this.ready;
  }

  /** Says in the page's language that the globe is not there. @param {string} reason */
  async localize(reason) {
    if (this.closest('[lang]:not(:lang(en))') === null) return;
    const { failed } = await more()
      .then(({ wordsOf }) => wordsOf(this))
      .catch(() => this.dataset);
    if (!this.ready) this.frame?.fail(reason, failed);
  }

  async load() {
    const frame = /** @type {import('./shadow_dom.js').Frame} */ (this.frame);
    const [sphere, coasts, stops] = await Promise.all([
      this.view?.sphere ?? module().then(Sphere.make),
      land(),
      this.read(),
    ]);
    frame.fail('');
    if (!this.view) sphere.load(LAND, coasts);
    const view = (this.view ??= new View(this, frame, sphere, detailed));
    view.show(stops);
    this.setAttribute('ready', '');
    this.emit('meridian-ready', { stops });
    // The land is drawn without them.
    if (this.getAttribute('shade') !== 'none' && stops.some(({ code }) => code))
      countries().then(
        (bytes) => view.addCountries(bytes),
        () => {},
      );
    setTimeout(() => this.handle().catch(() => {}));
    return view;
  }

  /** @returns {Promise<Stop[]>} */
  async read() {
    const src = this.getAttribute('src');
    const data = this.querySelector(DATA);
    this.told = told(this);
    const stops = src
      ? await (await more()).fetchStops(src)
      : data
        ? await (await more()).readStops(data.textContent ?? '', data.getAttribute('type') ?? '')
        : fromElements(this);
    if (!stops.length || !stops.every(isPlace)) await (await more()).settle(this, stops);
    return stops;
  }

  /** Loads the interaction. */
  async handle() {
    const view = await (this.ready ?? this.start());
    this.handled ??= interaction().then(({ begin }) => begin(this, view, more, file));
    return this.handled;
  }

  // ---- API for pages ----

  /** Flies to a stop, given by its number or name. @param {number | string} stop */
  async flyTo(stop) {
    return (await this.handle()).flyTo(stop);
  }

  /**
   * Plays the journey along the stops.
   * @param {{ from?: number, speed?: number }} [options] `speed`: of what is usual
   */
  async play(options) {
    (await more()).play(await this.handle(), options);
  }

  async pause() {
    (await this.handle()).pause();
  }

  /**
   * The current picture as PNG.
   * @param {{ scale?: number }} [options] pixels for a CSS pixel
   * @returns {Promise<Blob>}
   */
  async toBlob(options) {
    return (await more()).toBlob(await this.start(), options);
  }

  /** The current picture as SVG. @returns {Promise<string>} */
  async toSVG() {
    return (await more()).toSVG(await this.start());
  }
}

if (!customElements.get('meridian-globe')) customElements.define('meridian-globe', MeridianGlobe);
