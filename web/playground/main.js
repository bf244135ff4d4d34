// The playground's page: the element in the whole window, and features of a page: an address, a
// title, a colour scheme, and projects stored in this browser.

import { make } from '../base/elements.js';
import { development } from '../base/site_state.js';
import { perhaps } from '../base/util.js';
import { same } from '../base/release.js';
import {
  Folder,
  MeridianPlayground,
  draftIn,
  holdsProject,
  note,
  release,
  transfer,
  trusted,
  watchDraft,
} from './element.js';
import { goToNamed } from './named_place.js';
import { Keeper } from './project/autosave.js';
import { begin, list, read } from './project/store.js';
import { loadModule } from './ui/load_module.js';

/** @typedef {import('./project/project.js').Start} Start */

// Milliseconds from the first change until its history is loaded: typing comes first.
const LATER = 5000;
/** The storage key for the arrangement of source and preview. */
const ARRANGED = 'meridian-playground-split';

same({ release });
const element = new MeridianPlayground();
element.append(make('h1', { slot: 'title' }, 'Playground'));
const theme = perhaps(() => localStorage['meridian-theme']);
if (theme) element.setAttribute('theme', theme);
new MutationObserver(() =>
  perhaps(() => (localStorage['meridian-theme'] = element.getAttribute('theme'))),
).observe(element, { attributeFilter: ['theme'] });

/**
 * Above the keyboard of a phone: browsers make only the visual viewport smaller, as zooming does,
 * which must not change the layout. (WebKit's console warns of `interactive-widget`.)
 */
visualViewport?.addEventListener('resize', ({ target }) => {
  const { height, scale } = /** @type {VisualViewport} */ (target);
  const covered = scale === 1 && height < innerHeight - 1;
  element.classList.toggle('typing', covered);
  if (covered) element.style.setProperty('--seen', `${height}px`);
  else element.style.removeProperty('--seen');
});

/**
 * Sets the address of the project. After a reload the page finds the open project by a key in the
 * history entry, which no link can write.
 * @param {string} address
 * @param {boolean} own
 */
function remember(address, own) {
  const project = element.playground?.project.slot.id;
  perhaps(() => history.replaceState({ project, trusted: own }, '', address));
}
element.addEventListener('open', (event) => {
  const { title, from } = /** @type {CustomEvent} */ (event).detail;
  document.title = `${title || 'Playground'} · Meridian`;
  remember(
    // With its host: a path may begin with two slashes.
    from || location.origin + location.pathname,
    holdsProject(from) && !!element.playground?.project.trusted,
  );
});
// A link made here counts as the reader's own.
element.addEventListener('share', (event) =>
  remember(
    /** @type {CustomEvent} */ (event).detail.fragment,
    !!element.playground?.project.trusted,
  ),
);

const query = new URLSearchParams(location.search);
/** The repository or the site in the address. */
const asked = query.get('repo') ?? query.get('site');
/** The placeholder until that is loaded. @type {Start} */
const waiting = { title: asked ?? '', from: location.search, files: {}, pending: true };
/** A notice for the reader, for example about an unreadable project. */
let notice = '';

/**
 * A stored project; undefined when it is gone or unreadable, which is reported.
 * @param {string} id
 * @returns {Promise<Start | undefined>}
 */
async function recall(id) {
  const found = await read(id).catch((error) => void (notice = error.message));
  if (!found) return undefined;
  const { entry, slot, files, open, folder, upstream, lost } = found;
  const { title, trusted, from, touched } = entry;
  if (lost)
    notice = `${lost === 1 ? 'A file' : `${lost} files`} of “${title}” can’t be read. Changes to the others are kept as another project.`;
  return {
    title,
    trusted,
    from,
    touched: touched && !lost,
    slot,
    files,
    open,
    folder: folder && Folder.of(folder, files),
    upstream,
  };
}

/** The most recently used readable project, else the first template. @returns {Promise<Start>} */
async function last() {
  for (const { id } of await list().catch(() => [])) {
    const start = await recall(id);
    if (start) return start;
  }
  return note;
}

/** Tells whether a project came from this address. @param {string} [from] */
const cameByIt = (from) => !!asked && !!from && `${location.search}&`.startsWith(`${from}&`);

/**
 * The project that this history entry had open, or the reader's changed copy of the project at the
 * address: a second visit does not lose it.
 */
async function own() {
  const { project } = Object(history.state);
  const again = typeof project === 'string' && (await recall(project));
  if (again || holdsProject(location.hash)) return again;
  const mine = (await list().catch(() => [])).find(
    ({ touched, from }) => touched && cameByIt(from),
  );
  return mine && recall(mine.id);
}

/** The project at the address. A link's project is a separate one. @returns {Promise<Start>} */
async function arrive() {
  // Of this entry: reading the link takes time, in which the entry may change.
  const [{ hash }, trusted] = [location, Object(history.state).trusted === true];
  const mine = await own();
  if (mine && cameByIt(mine.from))
    notice ||= 'This is your copy, with your changes. “Open …” fetches the original again.';
  // The address of a link made here stays.
  if (mine) return holdsProject(hash) ? { ...mine, from: hash } : mine;
  if (holdsProject(hash))
    return { ...(await (await transfer()).fromFragment(hash)), from: hash, trusted };
  return asked ? waiting : last();
}

await begin().catch(() => {});
const begun = await arrive().catch(async (error) => {
  const start = await last();
  notice = error.message;
  return start;
});
element.open(begun);
/** @type {HTMLElement} */ (document.querySelector('main')).append(element);
const playground = element.start();
playground.split.arrange(perhaps(() => JSON.parse(localStorage[ARRANGED])) ?? {});
playground.split.arranged = (/** @type {object} */ now) =>
  perhaps(() => (localStorage[ARRANGED] = JSON.stringify(now)));
watchDraft(playground);
const keeper = new Keeper(playground);
playground.keeps = true;
playground.bar.offerPublish(true);
// The first change loads what keeps versions of files, and what counts changes to publish.
const counts = () => playground.project.upstream && playground.parts.publish();
if (playground.project.touched) setTimeout(counts, LATER);
playground.project.addEventListener(
  'change',
  () =>
    setTimeout(async () => {
      counts();
      const versions = await playground.parts.history();
      versions?.note(playground.path);
      const kept = await list().catch(() => undefined);
      if (kept) versions?.sweep(kept.map(({ id }) => id));
    }, LATER),
  { once: true },
);
const showPending = () => {
  if (notice) playground.notify(notice);
  notice = '';
};
showPending();

playground.projects = async () => {
  try {
    const { Projects } = await loadModule(() => import('./ui/project_list.js'));
    await new Projects(playground, keeper, { recall, last }).open();
  } catch (error) {
    playground.notify(`The projects can’t be listed: ${/** @type {Error} */ (error).message}`);
  }
};
playground.bar.projects.hidden = false;

// Keys pressed outside of any control belong to the playground.
addEventListener('keydown', (event) => event.target === document.body && playground.press(event));

let arrival = 0;
addEventListener('hashchange', async ({ oldURL }) => {
  if (![new URL(oldURL).hash, location.hash].some(holdsProject)) return;
  const here = ++arrival;
  if (
    keeper.losing &&
    !confirm(
      'Your changes can’t be kept in this browser, and are lost when another project is opened. Open it?',
    )
  )
    return;
  await playground.bring(async () => {
    await keeper.settled();
    const start = await arrive();
    return here === arrival ? start : undefined;
  });
  showPending();
});

if (asked && begun === waiting) {
  const { href } = location;
  const open = query.get('open') ?? '';
  if (await playground.visit(asked, { open, repo: query.has('repo'), draft: draftIn(query) })) {
    goToNamed(playground, query);
  } else {
    playground.begin(await last());
    // It may exist the next time.
    perhaps(() => history.replaceState(null, '', href));
  }
}

/**
 * Caches the playground for offline use; not on localhost, where authors want the current files.
 */
async function stay() {
  const registration = await navigator.serviceWorker.register(
    trusted.createScriptURL(new URL('offline.js', import.meta.url).href),
  );
  // Browsers check for updates by themselves, some of them late.
  await registration.update();
}
// Storage may be forbidden, or the address insecure.
if (!development) perhaps(() => stay().catch(() => {}));
