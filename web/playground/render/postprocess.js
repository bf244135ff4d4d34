// The last touch of a page's parts, before the frame gets them: code in colours, formulas that are
// set. It is done here, where modules may be loaded: the frame needs neither them nor a way to
// them.

import { site } from '../../base/site_state.js';
import { openThread } from '../../engine/open_worker.js';
import { parse } from '../../base/trusted_html.js';
import * as colours from './highlight.js';

/**
 * A kind of pieces of HTML that are replaced. `found`: those in a part. `finish`: the part with
 * what is made of them, as far as it is known or can be made until then (in milliseconds); `lacks`
 * gets the others. `prepare`: makes these, for the next time that one asks; `trusted`: they are of
 * the reader's own project.
 * @typedef {{ found: (html: string) => string[], finish: (html: string, lacks: Set<string>, until:
 *   number) => string, prepare: (lacks: Set<string>, trusted: boolean) => Promise<void> }} Kind
 */

// Milliseconds that it may take before what is typed is seen.
const AT_ONCE = 8;

/** @typedef {typeof import('./math.js')} Formulas */
/** The module that sets formulas, which few pages have. @type {Formulas | undefined} */
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
 * Whether a page's formulas are set here: where the theme would do that, and where a script can't
 * that is not run.
 * @param {string} html
 * @param {boolean} trusted
 */
export const setsFormulas = (html, trusted) =>
  /<script[^<>]*mathjax/i.test(html) ? !trusted : html.includes('/meridian/math.js"');

export class Finish {
  /** Whether formulas of the page in view are set. */
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

  /** Another project: nothing of the last one is waited for. */
  renew() {
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
    // A highlighter may take for ever over what somebody has written to that end.
    const kinds = /** @type {Kind[]} */ (this.trusted ? [colours] : []);
    if (this.formulas && loaded) kinds.push(loaded);
    if (this.formulas && !loaded) this.load();
    return kinds;
  }

  /** @param {string[]} parts @returns {string[]} */
  all(parts) {
    const { kinds } = this;
    if (!kinds.length) return parts;
    const { trusted } = this;
    // Formulas from elsewhere are set in a thread.
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
