// The ways to render a page: with all files at hand, with files on request, by the command, after
// edits. All must give the same bytes.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Core,
  NEEDS,
  REDIRECT,
  makeBibliography,
  makeCommonMark,
  makeCore,
  makeKramdown,
  makeRouge,
  makeSass,
  makeTravel,
} from '../../web/engine/abi.js';
import { isText } from '../../web/playground/project/file_content.js';
import { transitions } from '../../web/engine/time_zones.js';
import { COMMAND, DIST, PROJECT, SITES, filesBelow, placesFile } from './hosts.mjs';

/** @import { LiveCore } from '../../web/playground/render/worker.js' */

export const TIME = '2026-11-20T00:00:00Z';
const OPTIONS = JSON.stringify({ time: TIME, environment: 'production' });
// The core gives up before; each part of a page takes a few requests.
const ROUNDS = 60;

const SHARED = process.env.MERIDIAN_SHARED ?? join(PROJECT, '../shared');
export const CORPORA = join(SHARED, 'corpora');
const MERIDIAN = join(DIST, 'meridian');
const read = (/** @type {string} */ name) => readFileSync(join(MERIDIAN, name));
/** @type {Map<string, Promise<WebAssembly.Module>>} */
const modules = new Map();
function compiled(/** @type {string} */ name) {
  if (!modules.has(name)) modules.set(name, WebAssembly.compile(read(`${name}.wasm`)));
  return modules.get(name);
}

/** All sites of the tests, by name: their files by path. */
export function testSites() {
  // The first page of `languages` lists robots.txt, which by its name is no page.
  const folders = [
    'archive',
    'archives',
    'archives-v2',
    'broken',
    'broken-config',
    'corners',
    'cv',
    'defaults',
    'emoji',
    'folder',
    'herschel/src',
    'lists',
    'mentions',
    'no-home',
    'plugins',
    'scholar',
    'tables',
    'theme',
    'with-own-shell',
  ];
  const all = [
    ['content', join(PROJECT, 'content')],
    ...folders.map((name) => [name, join(SITES, name)]),
    ['seeds', join(SHARED, 'seeds/site')],
    ['corpora/herschel', join(SHARED, 'corpora/sites/herschel/src')],
  ];
  /** @type {Set<string>} */
  const known = new Set();
  // A site of the corpora may be one of the repository's.
  const isNew = (/** @type {string} */ folder) => {
    const digest = createHash('sha256');
    for (const [path, bytes] of filesOf(folder))
      digest.update(`${path}\0${bytes.length}\0`).update(bytes);
    const hash = digest.digest('hex');
    return !known.has(hash) && !!known.add(hash);
  };
  return all
    .filter(([, folder]) => existsSync(folder) && isNew(folder))
    .map(([name, folder]) => ({ name, folder }));
}

/** @param {string} folder @returns {Map<string, Uint8Array>} */
export const filesOf = (folder) =>
  new Map(
    filesBelow(folder).map((path) => [path, new Uint8Array(readFileSync(join(folder, path)))]),
  );

/**
 * The files whose bytes the playground gives to the core: of others it gives the name.
 * @param {string} path
 * @param {Uint8Array} bytes
 */
export const isSource = (path, bytes) => isText(path) || bytes[0] === 0x2d;

/**
 * A core that gets what it needs: files from `files`, modules and zones as the shell gives them.
 */
export class Visitor {
  /**
   * @param {Core} core
   * @param {Map<string, Uint8Array>} files
   * @param {{ travel?: any, bibliography?: any, commonmark?: any, rouge?: any, sass?: any }} parts
   */
  constructor(core, files, parts) {
    this.core = core;
    this.files = files;
    this.parts = parts;
  }

  /**
   * @param {Map<string, Uint8Array>} files
   * @param {string} [list] what the host says it holds; of itself all paths
   * @param {new (instance: any) => Core} [Kind]
   */
  static async open(files, list = listOf(files), Kind = Core) {
    /** @type {{ travel?: any, bibliography?: any, commonmark?: any, rouge?: any, sass?: any }} */
    const parts = { rouge: makeRouge(await compiled('rouge')) };
    const core = await makeCore(Kind, await compiled(Kind === Core ? 'meridian' : 'live'), parts);
    if ('takeRest' in core)
      await /** @type {LiveCore} */ (core).takeRest(await compiled('live-rest'));
    core.tell('theme', read('theme.txt'));
    core.tell('options', OPTIONS);
    core.tell('list', list);
    return new Visitor(core, files, parts);
  }

  /**
   * A core that has all files before the first request.
   * @param {Map<string, Uint8Array>} files
   * @param {new (instance: any) => Core} [Kind]
   */
  static async withAll(files, Kind = Core) {
    const visitor = await Visitor.open(files, listOf(files), Kind);
    for (const [path, bytes] of files)
      if (isSource(path, bytes)) visitor.core.tell('put', path, bytes);
    return visitor;
  }

  /** @param {import('../../web/engine/abi.js').Answer['json']} needs */
  async supply({ paths = [], zones = [], modules: names = [] }) {
    for (const zone of zones) this.core.tell('zone', zone, JSON.stringify(transitions(zone) ?? []));
    for (const path of paths) {
      const bytes = this.files.get(path);
      if (bytes) this.core.tell('put', path, bytes);
      else this.core.tell('put_missing', path);
    }
    for (const name of names) {
      if (name === 'commonmark') this.parts.commonmark = await makeCommonMark(await compiled(name));
      else if (name === 'kramdown')
        this.parts.kramdown = makeKramdown(await compiled(name), this.parts);
      else if (name === 'bibliography')
        this.parts.bibliography = makeBibliography(await compiled(name));
      else if (name === 'sass') this.parts.sass = makeSass(await compiled(name));
      else if (name === 'travel') this.parts.travel = await makeTravel(await compiled(name));
      else if (name.startsWith('places/')) this.parts.travel.put(name, placesFile(name));
      else this.core.tell('theme', read(`${name}.txt`));
    }
  }

  /**
   * The core's answer once it needs nothing more.
   * @template T
   * @param {() => T & { status: number, json: any }} ask
   * @returns {Promise<T>}
   */
  async ask(ask) {
    for (let round = 0; round < ROUNDS; round++) {
      const answer = ask();
      if (answer.status !== NEEDS) return answer;
      await this.supply(answer.json);
    }
    throw new Error('it asks for ever');
  }

  /** @param {string} url */
  async render(url) {
    return this.ask(() => this.core.render(url));
  }

  /** Paths and kinds of the site's output; of live.wasm. */
  async outputs() {
    const { json } = await this.ask(() => /** @type {LiveCore} */ (this.core).files());
    return json.files;
  }
}

export const listOf = (/** @type {Map<string, Uint8Array>} */ files) =>
  JSON.stringify({ files: [...files.keys()], complete: true });

/**
 * The reader's view: the page, or its redirect.
 * @param {import('../../web/engine/abi.js').Answer} answer
 */
export const shownBy = ({ status, html, json }) =>
  status === REDIRECT ? `leads to ${json.url}` : html;

/** The address of a page that is written to this path. @param {string} path */
export const urlOf = (path) =>
  `/${path
    .replace(/(^|\/)index\.html$/, '$1')
    .split('/')
    .map(encodeURIComponent)
    .join('/')}`;

/**
 * A page’s text for comparison: without the still picture that the command writes into globes, and
 * the scripts for light and dark and for the search’s keys.
 * @param {string} html
 */
export const asRendered = (html) =>
  html
    .replace(/\n?<svg class="globe__still"[^]*?<\/svg>/g, '')
    .replace(/<script src="[^"]*\/meridian\/scheme\.js"><\/script>/, '')
    .replace(/<script type="module" src="[^"]*\/meridian\/search-keys\.js"><\/script>\n/g, '');

/**
 * The command's output for a folder, by path; a site with mistakes is written, too.
 * @param {string} folder
 */
export function written(folder) {
  return inTemporary((to) => {
    // Only the parts of the shell that pages are made with: it would be copied beside each site.
    const shell = join(to, 'shell/meridian');
    mkdirSync(shell, { recursive: true });
    for (const name of ['land-110m.bin', 'countries.bin', 'places'])
      symlinkSync(join(MERIDIAN, name), join(shell, name));
    runCommand(
      'build',
      '--quiet',
      '--source',
      folder,
      '--destination',
      join(to, 'site'),
      '--shell',
      join(to, 'shell'),
      '--time',
      TIME,
    );
    return filesOf(join(to, 'site'));
  });
}

/** The manifest of a folder, undefined if the command fails. @param {string} folder */
export const manifestOf = (folder) =>
  runCommand('index', '--quiet', '--source', folder, '--output', '-');

/** @param {string[]} args */
function runCommand(...args) {
  try {
    return execFileSync(COMMAND, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 28,
      env: { ...process.env, JEKYLL_ENV: 'production' },
    }).toString();
  } catch (error) {
    // The command reports mistakes with exit status 1.
    if (/** @type {any} */ (error).status !== 1) throw error;
    return /** @type {any} */ (error).stdout.toString();
  }
}

/** @template T @param {(folder: string) => T | Promise<T>} make @returns {Promise<T>} */
export async function inTemporary(make) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-ways-'));
  try {
    return await make(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The first difference of two texts, with its context.
 * @param {string} a
 * @param {string} b
 */
export function difference(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const near = (/** @type {string} */ text) =>
    JSON.stringify(text.slice(Math.max(0, at - 60), at + 100));
  return `at ${at}: ${near(a)} and ${near(b)}`;
}
