// <meridian-globe>: stops on a sphere that can be turned. What it shows are its children, or what `src` leads to; children stay what is
// seen without scripts, and the list that goes along with the globe.

import { compile } from '../loader.js';
import { makeFrame } from './frame.js';
import { COUNTRIES, LAND, Sphere } from './sphere.js';
import { fromElements, isPlace } from './stops.js';
import { View } from './view.js';

/** @typedef {import('./stops.js').Stop} Stop */

const folder = new URL('.', import.meta.url).href;

/** A file beside this script, fetched once for all globes of a page. @template T @param {() => Promise<T>} get */
function once(get) {
  /** @type {Promise<T> | undefined} */
  let promise;
  return () => {
    promise ??= get();
    promise.catch(() => (promise = undefined)); // a failure may be the network's
    return promise;
  };
}
const bytes = async (/** @type {string} */ name) => {
  const response = await fetch(folder + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};
const module = once(() => compile(folder + 'globe.wasm'));
const land = once(() => bytes('land-110m.bin'));
const detailed = once(() => bytes('land-50m.bin'));
const countries = once(() => bytes('countries.bin'));
/** @type {() => Promise<typeof import('./more.js')>} */
const more = once(() => import(folder + 'globe-more.js'));

// Pixels around the window within which a globe is made ready.
const NEAR = '200px';

export class MeridianGlobe extends HTMLElement {
  static observedAttributes = ['src', 'rotate', 'night', 'arcs', 'shade', 'labels'];

  constructor() {
    super();
    /** @type {import('./frame.js').Frame | undefined} */
    this.frame = undefined;
    /** There when the globe is. @type {Promise<View> | undefined} */
    this.ready = undefined;
    /** @type {View | undefined} */
    this.view = undefined;
    /** @type {(() => void)[]} */
    this.leaving = [];
  }

  connectedCallback() {
    const frame = (this.frame ??= this.build());
    const near = new IntersectionObserver(
      ([{ isIntersecting }]) => {
        if (isIntersecting) this.start();
        this.view?.motion.show(isIntersecting);
      },
      { rootMargin: NEAR },
    );
    near.observe(this);
    const sizes = new ResizeObserver(() => this.view?.measure());
    sizes.observe(frame.stage);
    const recolour = () => this.view?.recolour();
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', recolour);
    const theme = new MutationObserver(recolour);
    theme.observe(document.documentElement, { attributes: true });
    this.leaving = [
      () => near.disconnect(),
      () => sizes.disconnect(),
      () => theme.disconnect(),
      () => scheme.removeEventListener('change', recolour),
    ];
  }

  disconnectedCallback() {
    this.view?.motion.show(false);
    for (const leave of this.leaving) leave();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.view) return;
    if (name === 'src') {
      this.ready = undefined;
      this.start();
    } else this.view.apply();
  }

  build() {
    const frame = makeFrame(this, {
      zoomIn: () => this.view?.zoomBy(1.6),
      zoomOut: () => this.view?.zoomBy(1 / 1.6),
      home: () => this.view?.goHome(),
      play: () => (this.view?.motion.movers.has('journey') ? this.view.pause() : this.play()),
    });
    // A stop of the list is chosen: the globe turns to it.
    this.addEventListener('click', (event) => {
      const target = /** @type {Element} */ (event.target);
      const item = target.closest?.('li, [data-lon]');
      const index = this.stops.findIndex(({ element }) => element && element === item);
      if (index < 0 || target.closest('a[href]:not([href^="#"])')) return;
      event.preventDefault();
      this.view?.flyTo(index);
    });
    return frame;
  }

  /** What is shown, in its order. */
  get stops() {
    return this.view?.stops ?? [];
  }

  start() {
    this.ready ??= this.load();
    this.ready.catch((error) => {
      this.frame?.fail(String(error?.message ?? error));
      this.dispatchEvent(new CustomEvent('meridian-error', { bubbles: true, composed: true, detail: { error } }));
    });
    return this.ready;
  }

  async load() {
    const [made, coasts, stops] = await Promise.all([module().then(Sphere.make), land(), this.read()]);
    made.load(LAND, coasts);
    const view = (this.view = new View(this, /** @type {import('./frame.js').Frame} */ (this.frame), made, stops, detailed));
    this.setAttribute('ready', '');
    view.tell('meridian-ready', { stops });
    if (this.getAttribute('shade') !== 'none' && stops.some(({ code }) => code)) {
      countries().then((file) => made.load(COUNTRIES, file) && view.shade(), () => {}); // the land is there without them
    }
    return view;
  }

  /** @returns {Promise<Stop[]>} */
  async read() {
    const src = this.getAttribute('src');
    const data = this.querySelector('script[type*="json"],script[type*="csv"],script[type*="tab"]');
    const stops = src
      ? await (await more()).fetchStops(src)
      : data
        ? await (await more()).fromText(data.textContent ?? '', data.getAttribute('type') ?? '')
        : fromElements(this);
    if (!stops.length || !stops.every(isPlace)) await (await more()).settle(this, stops, folder);
    return stops;
  }

  // ---- what a page can ask for ------------------------------------------------------------------------------------

  /** Goes to a stop, by its number or its name. @param {number | string} stop */
  async flyTo(stop) {
    return (await this.start()).flyTo(stop);
  }

  /** Follows the stops in their order. @param {{ from?: number, speed?: number }} [options] `speed`: of what is usual */
  async play(options) {
    (await more()).play(await this.start(), options);
  }

  pause() {
    this.view?.pause();
  }

  /** The picture as it is now, a PNG. @param {{ scale?: number }} [options] pixels for a CSS pixel @returns {Promise<Blob>} */
  async toBlob(options) {
    return (await more()).toBlob(await this.start(), options);
  }

  /** The same as SVG. @returns {Promise<string>} */
  async toSVG() {
    return (await more()).toSVG(await this.start());
  }
}

if (!customElements.get('meridian-globe')) customElements.define('meridian-globe', MeridianGlobe);
