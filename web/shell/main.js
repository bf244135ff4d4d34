// The entry of the shell: starts the engine, and navigates from page to page.

import { NOT_FOUND, READY, REDIRECT } from '../engine/abi.js';
import { complete, supply as supplyBy } from '../engine/complete.js';
import { development, meta, site } from '../base/site_state.js';
import { THEME } from '../base/theme_request.js';
import { decode, onHost } from '../base/util.js';
import { SCHEME, applyScheme } from '../base/color_scheme.js';
import { SEARCH, listenForSearch } from '../base/search_keys.js';
import { atLeisure } from './at_leisure.js';
import { attempt } from './attempt.js';
import { adopt, fetchAhead, fetchSource, isListed, partsOf, slashed } from '../net/site_sources.js';
import { findRoot } from './site_root.js';
import { findRouting } from './routing_mode.js';
import { keepPage, keptPage, recall, remember } from './storage.js';
import { Engine } from '../engine/engine.js';
import { firstText, requestFirstText, requestModule } from './first_text.js';
import { runsScripts, sheetsIn, writtenPage } from './written_page.js';
import { isManifestLikely, manifestFor } from './manifest.js';
import { Failure } from '../base/failure.js';
import { task } from '../net/fetch.js';
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
  moveFocus,
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
import { sheetsOf, standIn } from './stand_ins.js';
import { loadSheets, loadThemeSheet, warmUp } from './warm_up.js';

/**
 * @typedef {import('../engine/abi.js').Answer} Answer
 * @typedef {import('../engine/abi.js').Diagnostic} Diagnostic
 */

// As a module this script has an address; inlined in the shell it has none.
const here = import.meta.url;

// Milliseconds between showing a page that was there before and starting the core, at most.
const MAX_HEAD_START_MS = 3000;

// Milliseconds after which the translations of the message about a slow page are loaded.
const SLOW = 4000;

// Milliseconds for which a message that there is no core waits for the list of files.
const LANGUAGE_PATIENCE = 1000;

// Milliseconds between showing a page and comparing its sources with the manifest.
const RENEW_AFTER = 500;

const ENRICHED = 'pre,table,.note-links,[class*=language-]:not(.language-plaintext)';

/** @type {Engine} */
let engine;
/** Resolves when the core is started and has the list of files. @type {Promise<unknown>} */
let ready;
/** Finds the files that the first page did not need. @type {() => Promise<unknown> | undefined} */
let grow = () => undefined;
/** Counts later extensions of the list. */
let grown = 0;
/** The reason why an expected list is missing. @type {Failure | undefined} */
let listTrouble;
/** Sources that failed to load. @type {Map<string, Failure>} */
const failed = new Map();
// Number of the last call of show().
let visit = 0;
/** The page that was there before is of an earlier visit. */
let isKept = false;
/** True while it runs. */
let going = false;

// ---- start ----

async function start() {
  if (location.protocol === 'file:') {
    return showMessage(
      'This page needs a web server',
      'Opened as a file it may not read the files beside it. Run python3 -m http.server in this folder and open http://localhost:8000/.',
    );
  }
  applyScheme();
  progress(true);
  const root =
    here && !site.foreign && !meta('root')
      ? onHost(new URL('..', here).pathname)
      : await findRoot();
  try {
    await open(root);
  } catch (/** @type {any} */ error) {
    // Some hosts answer every address with index.html: then it is not in the root.
    const other = here || error.mixed ? root : await findRoot(true);
    if (other === root) return showFailure(error);
    open(other).catch(showFailure);
  }
}

/** Starts everything for the site at `root`, and shows its first page. @param {string} root */
async function open(root) {
  site.root = root;
  site.files.clear(); // another root may have been tried
  site.source = slashed(meta('source') ?? '');
  site.folder = here ? new URL('.', here).href : location.origin + root + 'meridian/';
  forgetMore();
  if (typeof WebAssembly !== 'object')
    return localize(showMessage('This browser can’t show the site', 'It has no WebAssembly.'));
  task(SLOW).then(() => localize(document.querySelector('main[aria-busy]')));
  if (location.hash.startsWith('#/')) site.byPath = false;
  const sheet = loadThemeSheet();
  startHistory();
  const route = currentRoute();
  /** @type {(started: Promise<unknown>) => void} */
  let begin = () => {};
  ready = new Promise((resolve) => (begin = resolve));
  // Authors want to see the current state.
  const kept = development ? undefined : keptPage(pathOf(route));
  const asked = isManifestLikely() ? undefined : attempt();
  isKept = !!kept;
  const first = kept ? undefined : requestFirstText(route, asked); // while the head is the shell's
  const old = kept ?? (development ? undefined : await writtenPage(pathOf(route)));
  if (old && site.sheets) loadSheets(sheetsIn(old, site.sheets), forSheets()).catch(String);
  const shown = old && show(route, 'first', 0, old);
  const begun = visit;
  const core = meta('core'); // an author's, of a development server
  // Starting the core would delay what is shown.
  const turn =
    first?.arrived ?? (shown && Promise.race([shown.then(atLeisure), task(MAX_HEAD_START_MS)]));
  engine = new Engine(
    site.folder,
    site.files,
    (turn ?? task()).then(() => openThread(site.folder + 'worker.js')),
    core,
    turn,
  );
  if (first) first.show({ engine, ask, listen, alive: () => visit === begun, arrive });
  else requestModule(engine, turn);
  if (core) engine.sent.set('author', ['live_author']);
  engine.set(
    'options',
    JSON.stringify({
      baseurl: root.slice(0, -1),
      baseurl_found: true,
      url: location.origin,
      time: new Date(),
      environment: 'production',
      development,
      fetches_themes: true,
    }),
  );
  if (development) more().then(({ develop }) => develop(), String); // which watches the policy
  const listed = turn?.then(() => survey(asked)) ?? survey(asked);
  // What visitors read when the core can't be had is in the site's language, which the list tells.
  const module = engine.module.catch(async (failure) => {
    await Promise.race([listed, task(LANGUAGE_PATIENCE)]);
    throw failure;
  });
  begin(Promise.all([module, listed]));
  await task();
  if (!live) listen();
  if (!old) warmUp(sheet, ready);
  // An old page is shown; show() reports the failure.
  await (old ? ready.then(() => grow()).catch(String) : ready.catch(firstText.orFail));
  if (isListed('favicon.ico')) document.querySelector('link[rel=icon]')?.remove();
  await shown;
  if (visit === begun) await show(route, old ? 'same' : 'first', 0, old);
  grow();
  findRouting().catch(() => {}); // addresses stay as they are
}

// ---- what the host holds ----

/** @param {import('../base/site_state.js').Listing} listing for the core */
const give = (listing) => engine.set('list', adopt(listing));

/**
 * Gives the core a list of the host's files: from the manifest, the repository's tree, directory
 * listings, or likely names.
 * @param {ReturnType<typeof attempt>} [asked] what was asked for already
 */
async function survey(asked) {
  if (asked) more();
  const route = pathOf(currentRoute());
  const manifest = await manifestFor(route).catch((/** @type {Failure} */ failure) => {
    listTrouble = failure;
  });
  remember({ manifest: !!manifest });
  if (manifest) {
    give(manifest);
    fetchAhead(partsOf(route, manifest), (path, data) => data && engine.put(path, data));
    engine.module.then(() => loadSheets(manifest.pages?.[route] ?? [], forSheets())).catch(String);
    if (recall().news)
      await more()
        .then(({ catchUp }) => catchUp(engine))
        .catch(() => {});
    return;
  }
  const found = await (await more()).survey(asked ?? attempt(), engine, refresh);
  // For visitors the last visit's tree, or likely names, are sufficient.
  if (development) listTrouble ??= /** @type {Failure | undefined} */ (found.trouble);
  grow = found.grow ?? grow;
}

// ---- a page ----

/**
 * The core's answer to a route, when all that it needs is loaded or known to be missing.
 * @param {string} route
 * @param {boolean} [exact] without a search for sources that no list has
 */
async function ask(route, exact) {
  await ready;
  await site.listing.segmentFor?.(pathOf(route), give);
  const url = site.root + pathOf(route).slice(1);
  for (let tries = 0; ; tries++) {
    const answer = await complete(route, () => engine.render(url), supply);
    // A page that is missing in the manifest may be newer than it.
    const byName = /^(names|manifest)/.test(site.listing.kind);
    if (answer.status !== NOT_FOUND || exact || (!byName && site.listing.complete) || tries > 1)
      return answer;
    // The list may still grow, and unlisted files may exist.
    if (!tries === byName) await (await more()).guess(route, supply);
    else await grow();
  }
}

/** Loads what an answer needs. @param {import('../engine/complete.js').Needs} needs */
async function supply(needs) {
  let gone = false;
  await supplyBy(
    {
      zone: async (name) =>
        engine.set('zone', name, JSON.stringify((await more()).transitions(name) ?? [])),
      module: async (name) => (await more()).supplyModule(name, engine),
      async file(path) {
        const had = site.files.has(path);
        // A file that arrived during the request is on its way to the core.
        let data = site.files.get(path) ?? null;
        try {
          if (!data?.length)
            data = await (THEME.test(path)
              ? (await more()).fetchTheme(path, engine)
              : fetchSource(path));
          gone ||= !data && !!isListed(path);
        } catch (failure) {
          failed.set(path, /** @type {Failure} */ (failure));
        }
        // If an include failed to load, the rest of the page is shown.
        if (failed.has(path) && path.startsWith('_includes/')) data = new Uint8Array();
        // Another page may have requested it, too.
        if (had || !site.files.has(path)) await engine.put(path, data);
      },
    },
    needs,
  );
  if (gone) await (await more()).listAgain(engine, visit);
}

/**
 * The prefetched answer for a link under the pointer; `version` and `parsed` once it is there.
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

/** What style sheets, the search and links to a note are made with. */
const forSheets = () => ({ ask, supply, ready, grow: () => grow(), engine, parse });

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
 * Navigates to a route. `pop`: the address bar shows it already; `same`: renders the open page
 * again.
 * @param {string} route
 * @param {'first' | 'push' | 'pop' | 'same'} how
 * @param {number} redirects
 * @param {string} [old] the page as an earlier visit left it, or the command wrote it: shown first,
 *   and made anew when it is not the same
 * @returns {Promise<void>}
 */
async function show(route, how, redirects = 0, old) {
  const mine = ++visit;
  const alive = () => mine === visit;
  const same = how === 'same';
  const known = grown;
  let there = false;
  let hasSheets = false;
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
      // Some hosts answer every address with index.html: then it is not in the root.
      const other =
        how === 'first' && site.foreign && site.gives === 'found'
          ? await findRoot(true)
          : site.root;
      if (other !== site.root) return await open(other);
      if (!html) throw new Failure(route, 'There is no page at this address.');
      // The page's own source failed to load: “there is no page” would be wrong.
      for (const [path, failure] of failed)
        if (!/^(_(includes|layouts|data|config)|meridian\/)/.test(path)) throw failure;
      // A page unknown to the core may be an HTML file of the host.
      if (how === 'push' && site.byPath && isListed(decode(pathOf(route)).slice(1)) !== false) {
        return location.assign(hrefOf(route));
      }
    }
    if (status === READY && json.type && !/html/.test(json.type))
      return (await more()).openFile(answer, how === 'push');
    const partly = failed.size || listTrouble;
    const complete = () => {
      attend(answer, partly ? old : '');
      if (!partly && !development && !site.listing.source && !site.moved.size)
        keepPage(pathOf(route), status ? '' : html);
      if (hasSheets) more().then(({ keepSheets }) => keepSheets(), String);
    };
    // The kept page is better than an incomplete one.
    if (old && same && (html === old || partly)) return complete();
    const plain = site.byPath && !site.source && !site.moved.size && !here;
    const rewrite = plain ? undefined : (await more()).rewrite;
    // What the reader has begun with stays in its place.
    const moved = how === 'first' && firstText.isInUse();
    // Changes by a page's scripts would not survive a patch: a page with scripts is mounted again.
    const patch =
      (same || moved) && !((old || moved) && runsScripts(html, site.root, old ?? ''))
        ? (await more()).patch
        : undefined;
    if (how === 'push' || redirects) showAddress(route, how === 'push');
    if (!same && how !== 'first') hold();
    [site.shown, site.written] = [route, json.source ?? ''];
    const page = answer.parsed ?? (old ? parse(html) : await parseByAndBy(html));
    if (!alive()) return;
    if (!page.body.childNodes.length)
      throw new Failure(json.source ?? route, 'There is nothing on this page.');
    const sheets = sheetsOf(page);
    hasSheets = !!sheets[0];
    const stoodIn = old && !same && plain ? standIn(sheets) : undefined;
    if (hasSheets && !stoodIn) {
      await (await more()).prepareSheets(page, forSheets());
      if (!alive()) return;
    }
    page.title ||= json.title ?? '';
    await mount(page, {
      edit: rewrite,
      patch,
      scripting: more,
      ask: (route) => ask(route, true),
      still: how === 'first',
      whole: same || moved || isBack() || !!anchorOf(route),
      alive,
      listen,
      shown: () => {
        there = true;
        firstText.end();
        arrive(moved ? 'same' : how);
      },
      restore: stoodIn && (async (add) => (await more()).restoreLinks(stoodIn, forSheets(), add)),
      complete,
    });
  } catch (/** @type {any} */ error) {
    if (!alive()) return;
    if (error.mixed && (await loadAgain())) return;
    // The current page stays.
    if (old || there || (how === 'first' && firstText.shown)) {
      failed.set(error.file ?? route, error);
      return attend({ status: 0, html: '', json: {} }, old);
    }
    if (how === 'push') showAddress(route, true);
    site.shown = route;
    showFailure(error);
    arrive(how);
  } finally {
    if (alive()) {
      going = false;
      progress(false);
      // The list has grown during the render.
      if (known !== grown) show(site.shown, 'same');
    }
  }
}

/** Renders the page again when the list has grown. A pending navigation takes precedence. */
async function refresh() {
  grown++;
  if (site.shown && !going) await show(site.shown, 'same');
}

/** Runs when the body, or its first screen, is mounted. @param {Parameters<typeof show>[1]} how */
function arrive(how) {
  for (const button of document.querySelectorAll(`${SCHEME},${SEARCH}`))
    button.removeAttribute('hidden');
  if (how === 'same') return;
  // A long navigation list is scrolled to the open page.
  const list = document.querySelector('nav.sidebar');
  const top = list?.querySelector('[aria-current]')?.getBoundingClientRect().top;
  if (list && top) list.scrollTop += top - list.getBoundingClientRect().top - list.clientHeight / 3;
  const place = placeOf(anchorOf(site.shown));
  const fresh = how === 'first';
  if (place && fresh && site.byPath && !isBack())
    more().then(
      ({ aim }) => aim(),
      () => {},
    );
  restore(place, 'instant', fresh);
  if (!fresh) live.textContent = document.title;
  const first = fresh
    ? null
    : (document.querySelector('main h1') ?? document.querySelector('h1, main'));
  moveFocus(place ?? /** @type {HTMLElement | null} */ (first));
}

/**
 * Runs when the whole page is mounted.
 * @param {Answer} answer
 * @param {string} [old] the page that was there before
 */
async function attend({ status, json: { diagnostics = [], dependencies = [] } }, old) {
  const noted = failed.size || listTrouble || site.listing.kind === 'names' || development;
  const page = {
    diagnostics,
    dependencies,
    lost: status === NOT_FOUND,
    old,
    kept: isKept,
    begun: firstText.shown,
    failed,
    trouble: listTrouble,
    retry,
  };
  const mine = visit;
  if (site.listing.kind === 'manifest' && !old) renew(mine, dependencies).catch(() => {}); // the page is there
  if (!noted && !document.querySelector(ENRICHED)) return;
  try {
    const { enrich, note } = await more();
    enrich(forSheets());
    if (noted && mine === visit) await note(page);
  } catch {
    if (failed.size && mine === visit) nameMissing([...failed.keys()]);
  }
}

/**
 * The page was made from the manifest's data; after it is shown, its sources are compared with the
 * host's.
 * @param {number} mine
 * @param {string[]} dependencies
 */
async function renew(mine, dependencies) {
  await task(RENEW_AFTER);
  if (mine === visit) await (await more()).renew(engine, dependencies, refresh);
}

/** Requests failed files again. */
async function retry() {
  progress(true);
  const paths = [...failed.keys()];
  failed.clear();
  await supply({ paths });
  await show(site.shown, 'same');
}

/**
 * The live region that announces a new page; it must exist, empty, before its text is set.
 * @type {HTMLElement}
 */
let live;

// ---- listening ----

function listen() {
  keepPositions();
  live ??= overlay('clip-path:inset(50%)');
  live.setAttribute('aria-live', 'polite');
  listenForLinks(
    (href) => {
      const code = /^\s*javascript:/i.test(href);
      // Before the first page is shown a link is left to the browser, which retries.
      if (!site.shown) return false;
      if (code)
        more().then(
          ({ runCode }) => runCode(href),
          () => {},
        );
      const route = routeOf(href, site.shown);
      if (href.includes('#')) bringAll();
      // Within a page the browser scrolls by itself, except where the address is a route.
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
    if (target instanceof Element && target.closest(SCHEME))
      more().then(
        ({ toggleScheme }) => toggleScheme(),
        () => {},
      );
  });
  listenForSearch(() =>
    Promise.all([more(), firstText.over])
      .then(([{ openSearch }]) => openSearch(forSheets()))
      .catch(() => {}),
  );
  const { meridian } = /** @type {any} */ (window);
  Object.assign(window, {
    meridian: { ...meridian, root: site.root, release: RELEASE, navigate: go, reload },
  });
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
  moveFocus(place);
}

/** For development servers: see web/README.md. @param {string[]} [paths] */
async function reload(paths) {
  return (await more()).reload(engine, () => show(site.shown, 'same'), paths);
}

// A document that does not end may repeat the shell, and this script with it: the first one starts.
const html = /** @type {HTMLElement & { begun?: boolean }} */ (document.documentElement);
site.inlined = here ? 0 : (document.currentScript?.textContent ?? '').length;
if (!html.begun) start();
// Beside the page, what the parser adds of it would take the page's room.
else
  for (const element of document.querySelectorAll('body>meta~*,main~[aria-busy]')) element.remove();
html.begun = true;
