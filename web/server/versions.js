// The versions of a site's sources. A version is put into the core in one step, after all of it has
// come, so that each answer of the core is about one version.

import { PART_OF_THEME } from '../base/theme_request.js';
import { Trap } from '../engine/abi.js';
import { encode, find } from './bytes.js';
import { Engine } from './engine.js';
import { Failure } from './failure.js';
import { MARKDOWN } from '../base/file_kinds.js';
import { CONFIG, CONFIGS } from '../base/site_files.js';
import { typeOf } from './media_types.js';
import { Storage } from './storage.js';

/**
 * @typedef {import('./storage.js').Entry} Entry
 * @typedef {import('./storage.js').Listing} Listing
 *
 * What the core has to get for a listing: `puts` by path; `looked`: etags of files that stay out of
 * it; `shell`: the shell's own pages; `lost`: files that are listed and not there; `still`: those
 * of the last version that are not there yet.
 * @typedef {{
 *   puts: Map<string, { bytes: Uint8Array, etag: string }>, looked: Map<string, string>,
 *   shell: Set<string>, lost: Set<string>, still: Set<string>,
 * }} News
 */

// Listings that are read before the sources count as unsettled.
const MOST_LISTINGS = 3;
// Sources that are read at once: a worker of Cloudflare's has six connections.
const AT_ONCE = 6;
// Milliseconds for which a request that could be answered waits for a look for changes.
const SLOW = 2_000;
// A look in which nothing has come for this many times `patience` does not end any more: each of
// its questions has `patience`, unless the host stopped the request that it belongs to.
const MOST_SILENCE = 2;
// Milliseconds after a look that failed until the next one.
const AGAIN = 5_000;
// `site.time` has no minutes, so that all machines of a host agree on it.
const HOUR = 3_600_000;

// Each page looks these up by itself. All other sources are part of the site's model, and the front
// matter of layouts.
export const APART = /^_(includes|layouts|data)\//;
const OUTSIDE_MODEL = /^_(includes|data)\//;
// Read at once, as by the command: templates look through them.
const READ = new RegExp(
  `${CONFIG.source}|^_(includes|layouts|data|plugins)/|\\.(${MARKDOWN})$`,
  'i',
);
// No front matter is looked for in them.
const BINARY = /^(audio|font|image\/(?!svg)|video)|^application.*(pdf|zip|wasm|octet-stream)$/;
const SHELL_PAGE = /^(index|404)\.html$/;
const SHELL_MARK = encode('name="meridian-shell"');
const CNAME = 'CNAME';

/** The storage has something else than its list says. */
class Changed extends Error {}

/**
 * A version of the sources in a core. `number`: of the version; `model`: of the last one that may
 * have changed any page; `lost`: files that turned out not to be there; `stale`: files that turned
 * out to be newer than the manifest.
 * @typedef {{
 *   engine: Engine, number: number, model: number, time: string,
 *   entries: Map<string, Entry>, hint: boolean, shell: Set<string>, looked: Map<string, string>,
 *   lost: Set<string>, stale: Set<string>,
 * }} Version
 */

/** By what a change of a source is known. @param {Version} version @param {string} path */
export const tagOf = ({ engine, entries }, path) =>
  engine.held.get(path) ?? entries.get(path)?.etag ?? '';

export class Versions {
  /**
   * @param {import('./storage.js').Sources} sources
   * @param {import('./engine.js').Modules} modules
   * @param {import('./settings.js').Settings} settings
   */
  constructor(sources, modules, settings) {
    this.storage = new Storage(sources, settings.patience * 1000);
    this.modules = modules;
    this.settings = settings;
    /** In the core. @type {Version | undefined} */
    this.version = undefined;
    /** The last one, of which the core may have ended. @type {Version | undefined} */
    this.last = undefined;
    /** The site's address by its file CNAME. @type {string | undefined} */
    this.url = undefined;
    this.checked = -Infinity;
    /** @type {Promise<Version> | undefined} */
    this.checking = undefined;
    /** When something came last for the look that is on its way. */
    this.heard = -Infinity;
  }

  /** The version in the core. */
  async current() {
    return this.version ?? this.check();
  }

  /** When the version in the core is to be looked at again. */
  until() {
    return this.checked + this.settings.maxAge * 1000;
  }

  /** Whether the last look is older than `maxAge`. */
  isDue() {
    return this.settings.now() >= this.until();
  }

  /**
   * Looks for changes when it is due. A look that takes long goes on behind the answer.
   * @param {(work: Promise<unknown>) => void} [extend] makes the host wait for it
   */
  async refresh(extend) {
    const { now, maxAge, patience, log } = this.settings;
    if (!this.version || !this.isDue()) return;
    const looked = this.check().catch((error) => {
      // What is there is an old version, but one.
      this.checked = now() - maxAge * 1000 + AGAIN;
      log({ kind: 'sources', error });
    });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const longest = Math.min(SLOW, patience * 1000);
    const slow = new Promise((resolve) => (timer = setTimeout(resolve, longest)));
    extend?.(looked);
    await Promise.race([looked, slow]);
    clearTimeout(timer);
  }

  /** The next request looks for changes. */
  expire() {
    this.checked = -Infinity;
  }

  /** The core of a version ended. @param {Version} version */
  drop({ engine }) {
    if (this.version?.engine === engine) this.version = undefined;
  }

  /** Waits no longer for what is on its way. */
  abandon() {
    this.checking = undefined;
    this.version?.engine.abandon();
  }

  /** Looks for changes, once for all that wait for it. @returns {Promise<Version>} */
  check() {
    const silence = this.settings.now() - this.heard;
    const isAlive = silence <= this.settings.patience * 1000 * MOST_SILENCE;
    if (this.checking && isAlive) return this.checking;
    const checking = this.update();
    const forget = () => this.checking === checking && (this.checking = undefined);
    checking.then(forget, forget);
    this.checking = checking;
    return checking;
  }

  async update() {
    /** @type {Set<string>} */
    const gone = new Set();
    for (let tried = 0; tried < MOST_LISTINGS; tried++) {
      const begun = this.settings.now();
      this.heard = begun;
      try {
        const listing = await this.storage.list();
        this.heard = this.settings.now();
        const old = this.version;
        // The core keeps an address by CNAME.
        const kept = this.url === undefined ? [] : [CNAME, ...CONFIGS];
        const same =
          old && kept.every((path) => isSame(listing.entries.get(path), old.entries.get(path)));
        if (old && !same) this.url = undefined;
        const engine = same ? old.engine : await Engine.start(this.modules, this.settings.steps);
        const news = await this.read(listing, engine, gone);
        if (old !== this.version) throw new Changed(); // its core ended meanwhile
        this.apply(engine, listing, news);
        this.checked = begun;
        return /** @type {Version} */ (this.version);
      } catch (error) {
        if (error instanceof Changed) continue;
        // The core may have a part of the new version.
        if (error instanceof Trap) this.version = undefined;
        throw error;
      }
    }
    throw new Failure(
      503,
      [...gone].pop() ?? '',
      'the sources changed while they were read',
      'ask again',
    );
  }

  /**
   * Reads the sources of a listing that the core has to get.
   * @param {Listing} listing
   * @param {Engine} engine
   * @param {Set<string>} gone files of which an earlier listing was wrong
   * @returns {Promise<News>}
   */
  async read({ entries, hint }, { held }, gone) {
    const known = this.last?.looked ?? new Map();
    /** @type {News} */
    const news = {
      puts: new Map(),
      looked: new Map(),
      shell: new Set(),
      lost: new Set(),
      still: new Set(),
    };
    const missing = this.version?.lost;
    const had = (/** @type {string} */ path) =>
      held.get(path) ?? (SHELL_PAGE.test(path) ? undefined : known.get(path));
    const reads = (/** @type {Entry} */ { path, page, etag, text }) => {
      if (held.has(path)) return etag === undefined || etag !== held.get(path);
      if (missing?.has(path)) return true;
      if (hint) return text !== undefined;
      if (READ.test(path) || SHELL_PAGE.test(path)) return true;
      return (
        page ??
        (!BINARY.test(typeOf(path) ?? '') && (etag === undefined || etag !== known.get(path)))
      );
    };
    const rest = [...entries.values()].filter(reads);
    let isOld = false;
    const next = async () => {
      for (let entry = rest.pop(); entry; entry = rest.pop()) {
        const { path, etag } = entry;
        const found = await this.storage.get(entry, had(path));
        this.heard = this.settings.now();
        const isOther = found && etag !== undefined && etag !== found.etag;
        // The manifest is made anew after the files, or not at all.
        if (hint && isOther && !gone.has(path)) {
          gone.add(path);
          isOld = true;
        }
        if ((!found || (isOther && !hint)) && missing?.has(path)) {
          news.still.add(path);
        } else if (!found) {
          // Listed twice, and twice not there: the list is wrong.
          if (!gone.has(path)) {
            gone.add(path);
            throw new Changed();
          }
          news.lost.add(path);
        } else if (isOther && !hint) {
          throw new Changed();
        } else if (!found.bytes) {
          if (!held.has(path)) news.looked.set(path, found.etag);
        } else if (SHELL_PAGE.test(path) && find(found.bytes, SHELL_MARK) >= 0) {
          news.shell.add(path);
        } else if (hint || held.has(path) || READ.test(path) || mayHaveFrontMatter(found.bytes)) {
          news.puts.set(path, { bytes: found.bytes, etag: found.etag });
        } else {
          news.looked.set(path, found.etag);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    if (isOld) throw new Changed();
    return news;
  }

  /**
   * Puts a version into a core, and makes it the current one.
   * @param {Engine} engine
   * @param {Listing} listing
   * @param {News} news
   */
  apply(engine, { entries: listed, hint }, { puts, looked, shell, lost, still }) {
    const { last, settings } = this;
    const { core, held } = engine;
    const entries = lost.size ? new Map([...listed].filter(([path]) => !lost.has(path))) : listed;
    // A page has asked for one of the old files meanwhile.
    for (const [path, etag] of held) {
      const now = entries.get(path);
      const isNew = now && now.etag !== etag && now.etag !== last?.entries.get(path)?.etag;
      if (isNew && !puts.has(path)) throw new Changed();
    }
    const fresh = this.version?.engine !== engine;
    const time = settings.time ?? hourOf(settings.now());
    const relisted = !last || !sameList(last, entries, hint, shell);
    const changed = [...puts].filter(([path, { etag }]) => etag !== last?.engine.held.get(path));
    // Another core while there is one: its settings have changed.
    const reset = fresh && this.version !== undefined;
    const isModel =
      reset ||
      relisted ||
      time !== last.time ||
      changed.some(([path]) => !OUTSIDE_MODEL.test(path));
    const number = (last?.number ?? 0) + Number(isModel || changed.length > 0);
    if (last && !fresh && number === last.number && !lost.size) {
      last.entries = entries;
      for (const [path, etag] of looked) last.looked.set(path, etag);
      return;
    }
    /** @type {Version} */
    const version = {
      engine,
      number,
      model: isModel ? number : last.model,
      time,
      entries,
      hint,
      shell,
      looked: new Map([...(last?.looked ?? []), ...looked]),
      lost: new Set([...lost, ...still]),
      stale: new Set(),
    };
    if (fresh || time !== last?.time) {
      const url = settings.core.url ?? this.url;
      core.tell('options', JSON.stringify({ ...settings.core, url, time }));
    }
    if (fresh || relisted) tellList(version);
    for (const path of held.keys())
      if (!entries.has(path)) {
        core.tell('put_missing', path);
        held.delete(path);
      }
    for (const [path, { bytes, etag }] of puts) engine.put(path, bytes, etag);
    this.version = this.last = version;
    for (const path of lost) this.report(path);
  }

  /** @param {string} path */
  report(path) {
    const error = new Failure(503, path, 'it is listed, and not there', 'list what is there');
    this.settings.log({ kind: 'sources', error });
  }

  /**
   * Puts sources that the core asked for. False: the sources changed meanwhile.
   * @param {Version} version
   * @param {string[]} paths
   */
  async put(version, paths) {
    const rest = [...paths];
    const { engine, entries, lost, stale, hint } = version;
    let same = true;
    const next = async () => {
      for (let path = rest.pop(); path !== undefined; path = rest.pop()) {
        const entry = entries.get(path);
        const found = entry && (await this.storage.get(entry));
        if (this.version !== version) {
          same = false;
        } else if (!entry || (!found && lost.has(path))) {
          engine.core.tell('put_missing', path);
          if (entry) this.report(path);
        } else if (found?.bytes && isGiven(entry, found.etag, stale.has(path))) {
          engine.put(path, found.bytes, found.etag);
        } else {
          // Not there, or another one: the list may be old.
          (found && hint ? stale : lost).add(path);
          same = false;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    if (!same && this.version === version) {
      const { lost: twice } = await this.check();
      for (const path of lost) twice.add(path);
    }
    // By an old manifest nothing has changed.
    return same || (hint && this.version === version);
  }

  /** A source as text; undefined when there is none. @param {string} path */
  async text(path) {
    const entry = (await this.current()).entries.get(path);
    const found = entry && (await this.storage.get(entry));
    return found?.bytes && new TextDecoder().decode(found.bytes);
  }

  /**
   * Lists a theme of the modules as if the sources had it; `asked` is how the core asks for it.
   * @param {Version} version
   * @param {string} asked
   * @param {string} folder `themes/minima/`
   */
  async addTheme({ engine, ...version }, asked, folder) {
    const list = await this.modules.get(`${folder}meridian.json`);
    if (!(list instanceof Uint8Array)) return engine.core.tell('put_missing', asked);
    /** @type {{ files: { path: string, size: number }[] }} */
    const { files } = JSON.parse(new TextDecoder().decode(list));
    const parts = files.filter(({ path }) => PART_OF_THEME.test(path) || path === CONFIGS[0]);
    const all = await Promise.all(
      parts.map(async ({ path }) => this.modules.get(`${folder}${path}`)),
    );
    engine.theme = parts.map(({ path, size }) => ({ path: `meridian/${folder}${path}`, size }));
    tellList({ engine, ...version });
    all.forEach((bytes, at) => {
      if (!(bytes instanceof Uint8Array)) return;
      if (READ.test(parts[at].path) || mayHaveFrontMatter(bytes))
        engine.core.tell('put', engine.theme[at].path, bytes);
    });
    engine.core.tell('put', asked, '');
  }
}

/** Tells the core which files there are. @param {Version} version */
function tellList({ engine, entries, hint, shell }) {
  const files = [...entries.values()]
    .filter(({ path }) => !shell.has(path))
    .map(({ path, size, page, yaml, excerpt, title }) =>
      hint ? { path, size, page, yaml, excerpt, title } : { path, size: size ?? 0 },
    );
  const own = new Set(entries.keys());
  const theme = engine.theme.filter(({ path }) => !own.has(path));
  engine.core.tell('list', JSON.stringify({ complete: true, files: [...files, ...theme] }));
}

/**
 * Whether two lists name the same files, and say the same of those that are not read.
 * @param {Version} last
 * @param {Map<string, Entry>} entries
 * @param {boolean} hint
 * @param {Set<string>} shell
 */
function sameList(last, entries, hint, shell) {
  if (last.hint !== hint || last.entries.size !== entries.size || last.shell.size !== shell.size)
    return false;
  if (last.entries === entries) return true;
  for (const [path, { etag }] of entries) {
    const before = last.entries.get(path);
    if (!before || (hint && before.etag !== etag && !OUTSIDE_MODEL.test(path))) return false;
    if (shell.has(path) && !last.shell.has(path)) return false;
  }
  return true;
}

/**
 * Whether bytes are those that were listed, or the list is known to be old.
 * @param {Entry} entry
 * @param {string} etag of the bytes
 * @param {boolean} old
 */
const isGiven = (entry, etag, old) => old || entry.etag === undefined || entry.etag === etag;

/** @param {Entry} [one] @param {Entry} [other] */
const isSame = (one, other) => !one === !other && one?.etag === other?.etag;

/** Begins with `---`, or with a byte order mark. @param {Uint8Array} bytes */
const mayHaveFrontMatter = ([a, b, c]) =>
  (a === 0x2d && b === 0x2d && c === 0x2d) || (a === 0xef && b === 0xbb && c === 0xbf);

/** @param {number} now */
const hourOf = (now) => new Date(now - (now % HOUR)).toISOString();
