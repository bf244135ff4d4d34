// Post-processes a page's parts before the frame gets them: highlights code and renders formulas.
// The modules load here, so the frame needs no access to them.

import { site } from '../../base/site_state.js';
import { openThread } from '../../engine/open_worker.js';
import { parse } from '../../base/trusted_html.js';
import * as colours from './highlight.js';

/**
 * A kind of HTML pieces to replace. `found`: the pieces of a part. `finish`: the part with replaced
 * pieces, as far as they are cached or can be made before `until` (milliseconds); `lacks` receives
 * the others. `prepare`: makes these, for the next call; `trusted`: they are of a trusted project.
 * @typedef {{ found: (html: string) => string[], finish: (html: string, lacks: Set<string>, until:
 *   number) => string, prepare: (lacks: Set<string>, trusted: boolean) => Promise<void> }} Kind
 */

// Milliseconds that it may delay an edit.
const AT_ONCE = 8;

/** @typedef {typeof import('./math.js')} Formulas */
/** The module for formulas, which few pages need. @type {Formulas | undefined} */
let loaded;
/** @returns {Promise<Formulas>} */
export async function formulas() {
  const module = /** @type {Formulas} */ (
    await import(new URL('formulas.js', import.meta.url).href)
  );
  Object.assign(module.given, {
    folder: site.folder,
    parse,
    open: () => openThread(new URL('typeset.js', import.meta.url).href),
  });
  return (loaded = module);
}

/**
 * Tells whether a page's formulas are rendered here: where the theme's script would, and where
 * another script can't as it does not run.
 * @param {string} html
 * @param {boolean} trusted
 */
export const setsFormulas = (html, trusted) =>
  /<script[^<>]*mathjax/i.test(html) ? !trusted : html.includes('/meridian/math.js"');

export class Finish {
  /** True if formulas of the page in view are rendered. */
  formulas = false;
  trusted = false;
  loading = false;

  /**
   * @param {(kind: Kind, pieces: Set<string>) => void} made what was lacking is there
   * @param {() => void} more another kind is there
   */
  constructor(made, more) {
    this.made = made;
    this.more = more;
  }

  /** Another project: pending work of the last one is dropped. */
  renew() {
    colours.renew();
    loaded?.renew();
  }

  load() {
    if (this.loading) return;
    this.loading = true;
    formulas()
      .then(
        () => this.more(),
        () => {},
      )
      .finally(() => (this.loading = false));
  }

  /** @returns {Kind[]} */
  get kinds() {
    /** @type {Kind[]} */
    const kinds = [colours];
    if (this.formulas && loaded) kinds.push(loaded);
    if (this.formulas && !loaded) this.load();
    return kinds;
  }

  /** @param {string[]} parts @returns {string[]} */
  all(parts) {
    const { kinds } = this;
    if (!kinds.length) return parts;
    const { trusted } = this;
    // Untrusted formulas are rendered in a worker.
    const until = trusted ? performance.now() + AT_ONCE : 0;
    const lacks = kinds.map(() => /** @type {Set<string>} */ (new Set()));
    const finished = parts.map((part) =>
      kinds.reduce((html, { finish }, i) => finish(html, lacks[i], until), part),
    );
    kinds.forEach(
      (kind, i) =>
        lacks[i].size &&
        kind.prepare(lacks[i], trusted).then(
          () => this.made(kind, lacks[i]),
          () => {},
        ),
    );
    return finished;
  }
}
