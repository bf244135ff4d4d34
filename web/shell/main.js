// The entry: starts everything, and goes from page to page.

import { NEEDS, NOT_FOUND, REDIRECT } from '../engine/abi.js';
import { development, meta, site } from '../base/site_state.js';
import { decode, perhaps } from '../base/util.js';
import { repositoryHere, requestTree } from '../net/github.js';
import { adopt, fetchSource, isListed, readManifest, slashed } from '../net/site_sources.js';
import { findRoot } from './site_root.js';
import { keepPage, keptPage, recall, remember } from './storage.js';
import { Engine } from '../engine/engine.js';
import { Failure, task } from '../net/fetch.js';
import { mount, parseByAndBy } from './mount.js';
import { bringAll } from './chunked_body.js';
import { loadAgain, localize, nameMissing, showFailure, showMessage } from './failure_page.js';
import { forgetMore, more } from './load_lazy.js';
import { overlay, progress } from './progress.js';
import { document } from '../base/unclobbered.js';
import {
  anchorOf,
  currentRoute,
  hold,
  hrefOf,
  isBack,
  keepPositions,
  listenForLinks,
  pageOf,
  pathOf,
  placeOf,
  restore,
  routeOf,
  showAddress,
  startHistory,
  takeEntry,
} from './router.js';
import { RELEASE } from '../base/release.js';
import { openThread } from '../engine/open_worker.js';
import { parse } from '../base/trusted_html.js';
import { warmUp } from './warm_up.js';

/**
 * @typedef {import('../engine/abi.js').Answer} Answer
 * @typedef {import('../engine/abi.js').Diagnostic} Diagnostic
 */

// As a file beside the modules this script knows where it lies; inlined in the shell it does not.
const here = import.meta.url;

// The core itself gives up after eight rounds with the same files missing.
const MAX_ROUNDS = 30;

// Milliseconds that a page of an earlier visit has to itself before the core is started.
const HEAD_START = 100;

// Milliseconds after which the words for what the shell says of a slow page are fetched.
const SLOW = 4000;

// Milliseconds that a page has to itself before its sources are compared with the manifest.
const RENEW_AFTER = 500;

// Without a manifest: sources that are worth a try while it is looked for; where there is a
// repository the first, and the last two for the home page alone. Each that is not there is a 404
// in the console, so they are few.
const LIKELY = ['_config.yml', '_data/navigation.yml', 'index.md', '_pages/about.md'];

/** @type {Engine} */
let engine;
/** The core is there, and knows what the host holds. @type {Promise<unknown>} */
let ready;
/** Finds what the first page could do without. @type {() => Promise<unknown> | undefined} */
let grow = () => undefined;
/** How often more has become known since. */
let grown = 0;
/** Why a list that should be there isn't. @type {Failure | undefined} */
let listTrouble;
/** Sources that did not arrive. @type {Map<string, Failure>} */
const failed = new Map();
// Which call of show() is the last.
let turn = 0;
/** It has not ended. */
let going = false;

// ---- start ----

async function start() {
  if (location.protocol === 'file:') {
    return showMessage(
      'This page needs a web server',
      'Opened as a file it may not read the files beside it. Run python3 -m http.server in this folder and open http://localhost:8000/.',
    );
  }
  const theme = perhaps(() => localStorage['meridian-theme']);
  if (theme) document.documentElement.dataset.theme = theme;
  progress(true);
  const own = here && !meta('root') ? new URL('..', here) : undefined;
  const root = own?.origin === location.origin ? own.pathname : await findRoot();
  try {
    await open(root);
  } catch (/** @type {any} */ error) {
    // Some hosts answer every address with index.html: then it does not lie in the root.
    const other = here || error.mixed ? root : await findRoot(true);
    if (other === root) return showFailure(error);
    open(other).catch(showFailure);
  }
}

/** Everything for the site at `root`, and its first page. @param {string} root */
async function open(root) {
  site.root = root;
  site.source = slashed(meta('source') ?? '');
  site.folder = here ? new URL('.', here).href : location.origin + root + 'meridian/';
  forgetMore();
  if (typeof WebAssembly !== 'object')
    return void showMessage('This browser can’t show the site', 'It has no WebAssembly.');
  task(SLOW).then(() => localize(document.querySelector('main[aria-busy]')));
  if (location.hash.startsWith('#/')) site.byPath = false;
  // The theme's style sheet, so that it is there when the page is.
  /** @type {HTMLLinkElement | undefined} */
  let sheet;
  if (!document.querySelector('link[rel=stylesheet]')) {
    sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = site.folder + 'theme.css';
    sheet.onerror = () => sheet?.remove(); // the page asks for it once more
    document.head.append(sheet);
  }
  startHistory();
  const route = currentRoute();
  // The author wants to see what is there now.
  const old = development ? undefined : keptPage(pathOf(route));
  const shown = old && show(route, 'first', 0, old);
  const first = turn;
  // The core would only be in its way.
  if (shown) await Promise.race([shown, task(HEAD_START)]);
  const core = meta('core'); // an author's, of a development server
  engine = new Engine(
    site.folder,
    site.files,
    task().then(() => openThread(site.folder + 'worker.js')),
    core,
  );
  if (core) engine.sent.set('author', ['live_author']);
  engine.set(
    'options',
    JSON.stringify({
      baseurl: root.slice(0, -1),
      url: location.origin,
      time: new Date(),
      environment: 'production',
      development,
    }),
  );
  if (development)
    more()
      .then(({ develop }) => develop())
      .catch(() => {}); // which watches the policy
  ready = Promise.all([engine.module, survey()]);
  await task();
  if (!live) listen();
  if (!old) warmUp(sheet);
  // With an old page show() says what is wrong.
  await (old ? ready.then(() => grow()).catch(String) : ready);
  if (isListed('favicon.ico')) document.querySelector('link[rel=icon]')?.remove();
  await shown;
  if (turn === first) await show(route, old ? 'same' : 'first', 0, old);
  grow();
  findRouting().catch(() => {}); // addresses stay as they are
}

/** Finds out how addresses look on this host: hosts that are known are not asked, others once. */
async function findRouting() {
  const said = meta('routes') ?? site.listing.routes ?? recall().routes;
  const paths = said
    ? said !== 'hash'
    : meta('shell') === '404' ||
      /\.github\.io$/.test(location.hostname) ||
      (await (await more()).givesShell());
  remember({ routes: paths ? 'path' : 'hash' });
  if (paths === site.byPath) return;
  site.byPath = paths;
  // Links were written for addresses that this host does not have.
  (await more()).rewrite(document.body, true);
  showAddress(site.shown, false);
}

// ---- what the host holds ----

/**
 * Tells the core what the host holds: by the manifest, the repository's tree, the host's listings,
 * or likely names. When the shell says that there is a manifest, or there was one last time,
 * nothing else is tried beside it.
 */
async function survey() {
  const said = meta('manifest');
  const early = (said && said !== 'none') || recall().manifest ? undefined : attempt();
  const manifest = await readManifest().catch((/** @type {Failure} */ failure) => {
    listTrouble = failure;
  });
  remember({ manifest: !!manifest });
  if (manifest) {
    engine.set('list', adopt(manifest));
    if (recall().news)
      await more()
        .then(({ catchUp }) => catchUp(engine))
        .catch(() => {});
    return;
  }
  const asked = early ?? attempt();
  const found = await (await more()).survey(asked, engine, refresh);
  // The last visit's tree, or likely names, are enough for a visitor.
  if (development) listTrouble ??= /** @type {Failure | undefined} */ (found.trouble);
  grow = found.grow ?? grow;
}

/** Asks for what may help without a manifest, all at once. */
function attempt() {
  more();
  const repository = repositoryHere();
  const route = currentRoute();
  const names = LIKELY.slice(0, repository ? 1 : pathOf(route) === '/' ? 4 : 2);
  return {
    repository,
    response: repository ? requestTree(repository) : undefined,
    route,
    files: Promise.all(
      names.map(
        async (path) =>
          /** @type {const} */ ([path, await fetchSource(path).catch(() => undefined)]),
      ),
    ),
  };
}

// ---- a page ----

/**
 * The core's answer to a route, when everything that it needs has come or is known to be missing.
 * @param {string} route
 */
async function ask(route) {
  await ready;
  const url = site.root + pathOf(route).slice(1);
  let tries = 0;
  for (let round = 0; ; round++) {
    const answer = await engine.render(url);
    // A page that the manifest does not name may be newer than it.
    const byName = /^(names|manifest)/.test(site.listing.kind);
    if (answer.status === NOT_FOUND && (byName || !site.listing.complete) && tries < 2) {
      // The list may still grow; what it does not name may be there all the same.
      if (!tries++ === byName) await supply({ paths: await (await more()).guesses(route) });
      else await grow();
      continue;
    }
    if (answer.status !== NEEDS) return answer;
    if (round > MAX_ROUNDS) throw new Failure(route, 'The page asks for ever more files.');
    await supply(answer.json);
  }
}

/** Gets what an answer asks for. @param {Answer['json']} needs */
async function supply({ paths = [], zones = [], modules = [] }) {
  let gone = false;
  await Promise.all([
    ...zones.map(async (zone) =>
      engine.set('zone', zone, JSON.stringify((await more()).transitions(zone) ?? [])),
    ),
    ...modules.map(async (name) => (await more()).supplyModule(name, engine)),
    ...paths.map(async (path) => {
      const had = site.files.has(path);
      // A file that came while the core was asking is on its way to it.
      let data = site.files.get(path) ?? null;
      try {
        if (!data?.length) data = await fetchSource(path);
        gone ||= !data && !!isListed(path);
      } catch (failure) {
        failed.set(path, /** @type {Failure} */ (failure));
      }
      // Without an include that did not arrive the rest of the page can be shown.
      if (failed.has(path) && path.startsWith('_includes/')) data = new Uint8Array();
      // Another page may have asked for it too.
      if (had || !site.files.has(path)) await engine.put(path, data);
    }),
  ]);
  if (gone) await (await more()).listAgain(engine, turn);
}

/**
 * An answer that was asked for ahead, when the pointer rested on the link; `version` and `parsed`
 * once it is there.
 * @type {{ page: string, version?: number, answer: Promise<Answer>, parsed?: Document } |
 *   undefined}
 */
let ahead;

/** @param {string} route */
function prefetch(route) {
  const page = pageOf(route);
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (
    /** @type {unknown} */ (navigator)
  );
  if (connection?.saveData || page === pageOf(site.shown) || page === ahead?.page) return;
  const answer = ask(page);
  /** @type {NonNullable<typeof ahead>} */
  const mine = (ahead = { page, answer });
  answer.then(
    ({ html }) => {
      mine.version = engine.version;
      setTimeout(async () => (mine.parsed = await parseByAndBy(html)));
    },
    () => (mine.page = ''),
  );
}

/** @param {string} route @returns {Promise<Answer & { parsed?: Document }>} */
async function answerTo(route) {
  const mine = ahead;
  ahead = undefined;
  if (mine?.page === pageOf(route)) {
    const answer = await mine.answer.catch(() => undefined);
    if (answer && mine.version === engine.version) return { ...answer, parsed: mine.parsed };
  }
  return ask(route);
}

/**
 * Goes to a route. `pop`: the address bar shows it already; `same`: the page that is open, made
 * anew.
 * @param {string} route @param {'first' | 'push' | 'pop' | 'same'} how @param {number} redirects
 * @param {string} [old] the page as an earlier visit left it: shown first, and made anew when it is
 *   not the same
 * @returns {Promise<void>}
 */
async function show(route, how, redirects = 0, old) {
  const mine = ++turn;
  const alive = () => mine === turn;
  const same = how === 'same';
  const known = grown;
  let there = false;
  going = true;
  progress(!old);
  try {
    if (!same) failed.clear();
    /** @type {Awaited<ReturnType<typeof answerTo>>} */
    const answer = old && !same ? { status: 0, html: old, json: {} } : await answerTo(route);
    if (!alive()) return;
    const { status, html, json } = answer;
    if (status === REDIRECT)
      return await (await more()).redirect(json.url ?? '/', route, how, redirects, show);
    if (status === NOT_FOUND) {
      if (!html) throw new Failure(route, 'There is no page at this address.');
      // The page's own source did not arrive: “there is no page” would be wrong.
      for (const [path, failure] of failed)
        if (!/^_(includes|layouts|data|config)/.test(path)) throw failure;
      // A page that the core does not know may be an HTML file of the host's own.
      if (how === 'push' && site.byPath && isListed(decode(pathOf(route)).slice(1)) !== false) {
        return location.assign(hrefOf(route));
      }
    }
    const partly = failed.size || listTrouble;
    const complete = () => {
      attend(answer, partly ? old : '');
      if (!partly && !development && !site.listing.source && !site.moved.size)
        keepPage(pathOf(route), status ? '' : html);
    };
    // The kept page is better than one that lacks a part.
    if (old && same && (html === old || partly)) return complete();
    const plain = site.byPath && !site.source && !site.moved.size && !here;
    const rewrite = plain ? undefined : (await more()).rewrite;
    // Changes by a page's scripts would not outlive a patch: a page with scripts is mounted again.
    const patch =
      same && !(old && /<script(?! type="application)/.test(html))
        ? (await more()).patch
        : undefined;
    if (how === 'push' || redirects) showAddress(route, how === 'push');
    if (!same && how !== 'first') hold();
    site.shown = route;
    const page = answer.parsed ?? (old ? parse(html) : await parseByAndBy(html));
    if (!alive()) return;
    if (!page.body.childNodes.length)
      throw new Failure(json.source ?? route, 'There is nothing on this page.');
    page.title ||= json.title ?? '';
    await mount(page, {
      edit: rewrite,
      patch,
      scripting: more,
      whole: same || isBack() || !!anchorOf(route),
      alive,
      shown: () => {
        there = true;
        arrive(how);
      },
      complete,
    });
  } catch (/** @type {any} */ error) {
    if (!alive()) return;
    if (error.mixed && (await loadAgain())) return;
    // The page that is there stays.
    if (old || there) {
      failed.set(error.file ?? route, error);
      return attend({ status: 0, html: '', json: {} }, old);
    }
    if (how === 'push') showAddress(route, true);
    site.shown = route;
    showFailure(error);
  } finally {
    if (alive()) {
      going = false;
      progress(false);
      // While it was made more has become known.
      if (known !== grown) show(site.shown, 'same');
    }
  }
}

/**
 * More is known than when the page was made: it is made anew. A reader who is on the way to another
 * one gets there first.
 */
async function refresh() {
  grown++;
  if (site.shown && !going) await show(site.shown, 'same');
}

/** The body is there, or its first screen. @param {Parameters<typeof show>[1]} how */
function arrive(how) {
  for (const button of document.querySelectorAll('[data-theme-toggle]'))
    button.removeAttribute('hidden');
  if (how === 'same') return;
  // A long list of the site's pages begins at the one that is open.
  const list = document.querySelector('nav.sidebar');
  const top = list?.querySelector('[aria-current]')?.getBoundingClientRect().top;
  if (list && top) list.scrollTop += top - list.getBoundingClientRect().top - list.clientHeight / 3;
  const place = placeOf(anchorOf(site.shown));
  const fresh = how === 'first';
  restore(place, 'instant', fresh);
  if (!fresh) live.textContent = document.title;
  const first = fresh
    ? null
    : (document.querySelector('main h1') ?? document.querySelector('h1, main'));
  focus(place ?? /** @type {HTMLElement | null} */ (first));
}

/**
 * All of the page is there: what belongs to it.
 * @param {Answer} answer @param {string} [old] an earlier visit left the page
 */
async function attend({ status, json: { diagnostics = [], dependencies = [] } }, old) {
  const told = failed.size || listTrouble || site.listing.kind === 'names' || development;
  const page = {
    diagnostics,
    dependencies,
    lost: status === NOT_FOUND,
    old,
    failed,
    trouble: listTrouble,
    retry,
  };
  const mine = turn;
  if (site.listing.kind === 'manifest' && !old) renew(mine, dependencies).catch(() => {}); // the page is there
  if (!told && !document.querySelector('pre,table,[class*=language-]:not(.language-plaintext)'))
    return;
  try {
    const { enrich, note } = await more();
    enrich();
    if (told && mine === turn) await note(page);
  } catch {
    if (failed.size && mine === turn) nameMissing([...failed.keys()]);
  }
}

/**
 * The page was made as the manifest says; now that it can be read, its sources are looked at.
 * @param {number} mine
 * @param {string[]} dependencies
 */
async function renew(mine, dependencies) {
  await task(RENEW_AFTER);
  if (mine === turn) await (await more()).renew(engine, dependencies, refresh);
}

/**
 * From here on the reader goes by keyboard, and a screen reader reads.
 * @param {HTMLElement | null | undefined} place
 */
function focus(place) {
  if (place?.tabIndex === -1) place.tabIndex = -1; // what is not focusable says -1 too
  place?.focus({ preventScroll: true });
}

/** Asks once more for what did not arrive. */
async function retry() {
  progress(true);
  const paths = [...failed.keys()];
  failed.clear();
  await supply({ paths });
  await show(site.shown, 'same');
}

/**
 * Where a screen reader is told that another page is there: it listens to what was empty before.
 * @type {HTMLElement}
 */
let live;

// ---- listening ----

function listen() {
  keepPositions();
  live = overlay('clip-path:inset(50%)');
  live.setAttribute('aria-live', 'polite');
  listenForLinks(
    (href) => {
      const code = /^\s*javascript:/i.test(href);
      // Before the first page is there a link is the browser's business: it tries again.
      if (!site.shown) return false;
      if (code)
        more().then(
          ({ runCode }) => runCode(href),
          () => {},
        );
      const route = routeOf(href, site.shown);
      if (href.includes('#')) bringAll();
      // Within the page the browser does it all, but where the address is a route it can't.
      if (route === undefined || (site.byPath && href.includes('#') && isHere(route))) return code;
      go(route);
      return true;
    },
    (href) => {
      const route = routeOf(href, site.shown);
      if (route !== undefined) prefetch(route);
    },
  );
  addEventListener('popstate', () => {
    hold();
    takeEntry();
    const route = currentRoute();
    if (!isHere(route)) return show(route, 'pop');
    site.shown = route;
    restore(placeOf(anchorOf(route)));
  });
  addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('[data-theme-toggle]'))
      more().then(
        ({ toggleScheme }) => toggleScheme(),
        () => {},
      );
  });
  Object.assign(window, { meridian: { root: site.root, release: RELEASE, navigate: go, reload } });
}

/** @param {string} route */
const isHere = (route) => pageOf(route) === pageOf(site.shown);

/** @param {string} route */
function go(route) {
  if (!isHere(route)) return show(route, 'push');
  showAddress(route, route !== site.shown);
  site.shown = route;
  const place = placeOf(anchorOf(route));
  restore(place);
  focus(place);
}

/** For development servers: see web/README.md. @param {string[]} [paths] */
async function reload(paths) {
  return (await more()).reload(engine, () => show(site.shown, 'same'), paths);
}

start();
