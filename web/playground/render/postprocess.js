// Post-processes a page's parts before the frame gets them: highlights code, renders formulas and
// draws diagrams. The modules load here, so the frame needs no access to them.

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

// In their order: what a diagram is made of is code, too.
const NAMES = /** @type {const} */ (['diagrams', 'formulas']);
// Milliseconds that it may delay an edit.
const AT_ONCE = 8;

/**
 * Modules that few pages need, once they are there.
 * @typedef {{ formulas?: typeof import('./math.js'), diagrams?: typeof import('./diagrams.js') }}
 *   Modules
 * @type {Modules}
 */
const modules = {};
/**
 * @template {'formulas' | 'diagrams'} Name
 * @param {Name} name of its file
 * @returns {Promise<NonNullable<Modules[Name]>>}
 */
export async function moduleOf(name) {
  const module = await import(new URL(`${name}.js`, import.meta.url).href);
  Object.assign(module.given, {
    folder: site.folder,
    parse,
    open: () => openThread(new URL('typeset.js', import.meta.url).href),
  });
  return (modules[name] = module);
}

/**
 * Tells whether a page's formulas are rendered here: where the theme's script would, and where
 * another script can't as it does not run.
 * @param {string} html
 * @param {boolean} trusted
 */
export const setsFormulas = (html, trusted) =>
  /<script[^<>]*mathjax/i.test(html) ? !trusted : html.includes('/meridian/math.js"');

/** The same for diagrams. @param {string} html @param {boolean} trusted */
export const setsDiagrams = (html, trusted) =>
  !(trusted && /<script[^<>]*mermaid/i.test(html)) && html.includes('/meridian/diagrams.js"');

export class Finish {
  /** Whether formulas and diagrams of the page in view are rendered. */
  wants = { diagrams: false, formulas: false };
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
    modules.formulas?.renew();
    modules.diagrams?.renew();
  }

  /** @param {'formulas' | 'diagrams'} name */
  load(name) {
    if (this.loading) return;
    this.loading = true;
    moduleOf(name)
      .then(
        () => this.more(),
        () => {},
      )
      .finally(() => (this.loading = false));
  }

  /** @returns {Kind[]} */
  get kinds() {
    /** @type {Kind[]} */
    const kinds = [];
    for (const name of NAMES) {
      const module = this.wants[name] && modules[name];
      if (module) kinds.push(module);
      else if (this.wants[name]) this.load(name);
    }
    return [...kinds, colours];
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
