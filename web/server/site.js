// A site: its sources in the core, brought up to date, and its pages as they are written.
//
// The core is synchronous, and a new version of the sources is put into it in one step, after all
// of it has come: a page is always made of one version.

import { IN_SHELL, THEME } from '../base/theme_request.js';
import { NEEDS, NOT_FOUND, REDIRECT } from '../engine/abi.js';
import { complete } from '../engine/complete.js';
import { encode, escaped, find, findLast, hashOf, insert } from './bytes.js';
import { Failure } from './failure.js';
import { KeptPages } from './kept_pages.js';
import { makeIndex } from './search_index.js';
import { APART, Versions, tagOf } from './versions.js';

/**
 * @typedef {import('./kept_pages.js').Page} Page
 * @typedef {import('./storage.js').Entry} Entry
 * @typedef {import('./versions.js').Version} Version
 * @typedef {import('../engine/abi.js').OutputFile} OutputFile
 *
 * The site's files by path, and what its configuration says.
 * @typedef {{ files: Map<string, OutputFile>, baseurl: string, search: boolean }} Outputs
 */

// Versions of the sources that a request is made of before it says that they keep changing.
const MOST_VERSIONS = 3;

const GLOBE = encode('<meridian-globe');
const SEARCH_BUTTON = encode('data-meridian-search');
/** @type {import('../engine/abi.js').Answer['json']} */
const STILLS = { modules: ['stills'] };
// The answer of a core that trapped: a new one takes its place.
const AGAIN = { status: NEEDS, json: {} };
const END_OF_BODY = encode('</body>');
// What the core says of a page that it did not make as a whole (`Limits` of base.h; sass).
const CUT =
  /^(Memory limits exc|the file is larger|more than .* marks of|this takes more than|the sheet takes|the CSS, or)/;
// A name that addresses may have as their host.
const HOST = /^(?=.*\.)[a-z0-9.-]+$/i;

export class Site {
  /**
   * @param {import('./storage.js').Sources} sources
   * @param {import('./engine.js').Modules} modules
   * @param {import('./settings.js').Settings} settings
   */
  constructor(sources, modules, settings) {
    this.modules = modules;
    this.settings = settings;
    this.versions = new Versions(sources, modules, settings);
    this.kept = new KeptPages();
    /** Pages that are being made, by path. @type {Map<string, Promise<Page | undefined>>} */
    this.making = new Map();
    /**
     * Pages that can't be made, with the version in which it was found.
     * @type {Map<string, { number: number, failure: Failure }>}
     */
    this.broken = new Map();
    /**
     * The search index of a version.
     * @type {{ number: number, files: ReturnType<typeof makeIndex> } | undefined}
     */
    this.indexed = undefined;
    /**
     * Of a model of the site; `found` once they are there.
     * @type {{ model: number, outputs: Promise<Outputs>, found: Outputs | undefined } | undefined}
     */
    this.listed = undefined;
  }

  /** Waits no longer for what other requests have begun. */
  abandon() {
    this.making.clear();
    this.listed = undefined;
    this.indexed = undefined;
    this.versions.abandon();
  }

  /**
   * The files that the site writes, if they are known and `maxAge` has not passed.
   * @param {Version | undefined} version
   */
  known(version) {
    const { listed } = this;
    return listed?.model === version?.model && !this.versions.isDue() ? listed?.found : undefined;
  }

  /** The files that the site writes. @returns {Promise<Outputs>} */
  async outputs() {
    const version = await this.versions.current();
    if (this.listed?.model !== version.model) {
      const outputs = this.list();
      /** @type {NonNullable<Site['listed']>} */
      const listed = { model: version.model, outputs, found: undefined };
      this.listed = listed;
      outputs.then(
        (found) => (listed.found = found),
        () => (this.listed = undefined),
      );
    }
    return this.listed.outputs;
  }

  async list() {
    const ask = async () => (await this.ask('', ({ core }) => core.files())).json;
    const json = await ask();
    const { versions, settings } = this;
    if (json.url == null && settings.core.url === undefined && versions.url === undefined) {
      // GitHub Pages and others give a site the host in this file, and addresses are absolute.
      const host = (await versions.text('CNAME'))?.trim() ?? '';
      if (HOST.test(host)) {
        versions.url = `https://${host}`;
        const { engine } = await versions.current();
        engine.core.tell('options', JSON.stringify({ url: versions.url }));
        return outputsOf(await ask());
      }
    }
    return outputsOf(json);
  }

  /**
   * A page as it is written, by its path among the outputs; undefined when there is none. Requests
   * for a page that is being made get the same one.
   * @param {string} path
   */
  async page(path) {
    const { search, baseurl } = await this.outputs();
    const version = await this.versions.current();
    const kept = this.kept.get(path, version);
    if (kept?.bytes) return kept;
    let making = this.making.get(path);
    if (!making) {
      making = this.make(path, search ? baseurl : undefined);
      const mine = making;
      const forget = () => this.making.get(path) === mine && this.making.delete(path);
      making.then(forget, forget);
      this.making.set(path, making);
    }
    return making;
  }

  /**
   * A file of the search index; undefined when there is none of the name.
   * @param {string} name
   */
  async indexFile(name) {
    const { number } = await this.versions.current();
    if (this.indexed?.number !== number) {
      const files = makeIndex(this.modules, (path) =>
        this.ask(`search ${path}`, ({ core }) => core.answer('search', path)),
      );
      const indexed = { number, files };
      this.indexed = indexed;
      files.catch(() => this.indexed === indexed && (this.indexed = undefined));
    }
    return (await this.indexed.files).get(name);
  }

  /**
   * The page's etag, when it is known without making the page.
   * @param {string} path
   */
  async etag(path) {
    await this.outputs();
    return this.kept.get(path, await this.versions.current())?.etag;
  }

  /** Whether the version in the core has this page. @param {string} path @param {Page} page */
  isCurrent(path, { etag }) {
    const { version } = this.versions;
    return version !== undefined && this.kept.get(path, version)?.etag === etag;
  }

  /**
   * @param {string} path
   * @param {string | undefined} searchRoot baseurl of a site with a search
   * @returns {Promise<Page | undefined>}
   */
  async make(path, searchRoot) {
    /** @type {{ version: Version, tags?: [string, string][] } | undefined} */
    let made;
    const { status, bytes, json } = await this.ask(path, (engine, version) => {
      const page = engine.core.page(path);
      if (page.status !== NEEDS && find(page.bytes, GLOBE) >= 0) {
        if (!engine.stills) return { ...page, status: NEEDS, json: STILLS };
        page.bytes = engine.stills(page.bytes).html.slice();
      }
      made = { version, tags: page.json.dependencies?.map((file) => [file, tagOf(version, file)]) };
      return page;
    });
    if (json.diagnostics?.length)
      this.settings.log({ kind: 'diagnostics', path, diagnostics: json.diagnostics });
    if (status === NOT_FOUND) return undefined;
    const cut = json.diagnostics?.find(
      ({ file = '', message }) => CUT.test(message) && (file === json.source || APART.test(file)),
    );
    if (cut && made) {
      const { file = path, message, remedy = '' } = cut;
      const failure = new Failure(500, file, message, remedy);
      this.broken.set(path, { number: made.version.number, failure });
      throw failure;
    }
    const whole = searchRoot === undefined ? bytes : withSearchKeys(bytes, searchRoot);
    const url = status === REDIRECT ? json.url : undefined;
    const page = { bytes: whole, etag: await hashOf(whole), url };
    if (made) this.kept.add(path, page, made.version, made.tags);
    return page;
  }

  /**
   * The core's answer, when all that it needs has come. A trap costs the core; the question is put
   * to a new one once.
   * @template {{ status: number, json: import('../engine/abi.js').Answer['json'] }} T
   * @param {string} path of the page; empty for other questions
   * @param {(engine: import('./engine.js').Engine, version: Version) => T} question
   * @returns {Promise<T>}
   */
  async ask(path, question) {
    let trapped = false;
    let changed = 0;
    /** @type {Version} */
    let version;
    const attempt = async (/** @type {() => any} */ action) => {
      try {
        return await action();
      } catch (error) {
        if (error instanceof Failure) throw error;
        this.versions.drop(version);
        this.settings.log({ kind: 'trap', path, error });
        // Every request would end a core again.
        const { number } = version;
        if (trapped) this.broken.set(path, { number, failure: brokenPage(path) });
        trapped = true;
        return AGAIN;
      }
    };
    return complete(
      path,
      async () => {
        version = await this.versions.current();
        const broken = this.broken.get(path);
        if (broken?.number === version.number) throw broken.failure;
        return attempt(() => question(version.engine, version));
      },
      async (needs) => {
        if (needs !== AGAIN.json && !(await attempt(() => this.supply(version, needs))))
          if (++changed === MOST_VERSIONS)
            throw new Failure(503, path, 'the sources changed while they were read', 'ask again');
      },
    );
  }

  /**
   * Loads what an answer needs. False: the sources changed meanwhile.
   * @param {Version} version
   * @param {import('../engine/complete.js').Needs} needs
   */
  async supply(version, { paths = [], zones = [], modules = [] }) {
    const { engine } = version;
    for (const zone of zones) engine.addZone(zone);
    // As in `meridian build`, plugins in JavaScript are left to browsers.
    const plugins = modules.filter((name) => name.endsWith('.js'));
    if (plugins.length) {
      const none = Object.fromEntries(plugins.map((name) => [name, {}]));
      engine.core.tell('options', JSON.stringify({ plugins: none }));
    }
    const others = modules.filter((name) => !plugins.includes(name));
    await Promise.all(others.map((name) => engine.supply(name)));
    const rest = [];
    for (const path of paths) {
      const [, , folder, from] = THEME.exec(path) ?? [];
      if (!folder) rest.push(path);
      else if (from === IN_SHELL) await this.versions.addTheme(version, path, folder);
      else engine.core.tell('put_missing', path);
    }
    return this.versions.put(version, rest);
  }
}

/** @param {import('./core.js').CoreFiles['json']} json @returns {Outputs} */
const outputsOf = ({ files = [], baseurl = '', search = false }) => ({
  files: new Map(files.map((file) => [file.path, file])),
  baseurl,
  search,
});

/**
 * A page that has a button for the search, with the script that opens it: as the command writes it.
 * @param {Uint8Array} bytes
 * @param {string} baseurl
 */
function withSearchKeys(bytes, baseurl) {
  const end = findLast(bytes, END_OF_BODY);
  if (end < 0 || find(bytes, SEARCH_BUTTON) < 0) return bytes;
  const script = `<script type="module" src="${escaped(baseurl)}/meridian/search-keys.js"></script>\n`;
  return insert(bytes, end, encode(script));
}

/** @param {string} path */
const brokenPage = (path) =>
  new Failure(
    500,
    path,
    'the core ended while it made this page: it takes more memory or stack than there is',
    'make the page smaller, or report it to Meridian',
  );
