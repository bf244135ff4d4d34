// The page of the playground: the element in the whole window, and what only a page has: an address, a title, a choice of light or dark,
// and a project that this browser keeps.

import { make } from '../elements.js';
import { development, perhaps } from '../host.js';
import { Folder, MeridianPlayground, STARTS, fromFragment, holdsProject, trusted } from './element.js';
import { keep, recall } from './keep.js';

/** @typedef {import('./project.js').Start} Start */

const STATES = { kept: 'Kept in this browser', elsewhere: 'Not kept: another tab has a project open', forbidden: 'Not kept: this browser allows no storage' };

/** Where it is kept how source and result share their room. */
const ARRANGED = 'meridian-playground-split';

const element = new MeridianPlayground();
element.append(make('h1', { slot: 'title' }, 'Playground'));
const theme = perhaps(() => localStorage['meridian-theme']);
if (theme) element.setAttribute('theme', theme);
new MutationObserver(() => perhaps(() => (localStorage['meridian-theme'] = element.getAttribute('theme')))).observe(element, { attributeFilter: ['theme'] });
element.addEventListener('open', (event) => {
  const { title, from } = /** @type {CustomEvent} */ (event).detail;
  document.title = `${title || 'Playground'} · Meridian`;
  // The address leads to the same again; a shared project's stays as it is.
  if (from || !holdsProject(location.hash)) history.replaceState(null, '', from || location.pathname);
});
// Loaded again, a link that was made here is no link from elsewhere. No link can say so.
element.addEventListener('share', (event) => history.replaceState({ trusted: playground.project.trusted }, '', /** @type {CustomEvent} */ (event).detail.fragment));

/** What was kept here, else the first start. @returns {Promise<Start & { touched?: boolean }>} */
async function last() {
  const kept = await recall();
  if (!kept) return STARTS.note;
  const files = Object.fromEntries(kept.files);
  return { ...kept, files, folder: kept.folder && Folder.of(kept.folder, files) };
}

const query = new URLSearchParams(location.search);
/** The repository or the site that the address asks for. */
const asked = query.get('repo') ?? query.get('site');
/** Stands there until that has come. @type {Start} */
const waiting = { title: asked ?? '', from: location.search, files: {} };

/** What the page begins with. @returns {Promise<Start>} */
async function first() {
  const kept = await last();
  // What the reader has changed is not lost to a second visit.
  return asked && !(kept.touched && kept.from && `${location.search}&`.startsWith(`${kept.from}&`)) ? waiting : kept;
}

/** What the address brings; what is wrong with it is told. */
async function arrive() {
  const broken = await fromFragment(location.hash).then((start) => element.open({ ...start, trusted: history.state?.trusted === true }), (error) => error);
  if (!broken) return;
  if (!element.playground) element.open(STARTS.note);
  return /** @type {Error} */ (broken).message;
}

const begun = holdsProject(location.hash) ? undefined : await first();
const trouble = begun ? element.open(begun) : await arrive();
/** @type {HTMLElement} */ (document.querySelector('main')).append(element);
const playground = element.start();
playground.split.arrange(perhaps(() => JSON.parse(localStorage[ARRANGED])) ?? {});
playground.split.arranged = (/** @type {object} */ now) => perhaps(() => (localStorage[ARRANGED] = JSON.stringify(now)));
if (trouble) playground.tell(trouble);
if (asked && begun === waiting) {
  const { href } = location;
  if (!(await playground.visit(asked, query.get('open') ?? ''))) {
    playground.begin(await last());
    // It may be there the next time.
    history.replaceState(null, '', href);
  }
} else if (asked && begun) {
  playground.tell('This is your copy, with what you have changed. “Open …” fetches it anew.');
}
keep(playground.project, () => ({ open: playground.path, folder: playground.folder?.kept(playground.project) }), (state) => (playground.bar.saved.textContent = STATES[state]));
// Keys that are pressed nowhere are the playground's.
addEventListener('keydown', (event) => event.target === document.body && playground.press(event));
addEventListener('hashchange', async () => {
  const trouble = holdsProject(location.hash) && (await arrive());
  if (trouble) playground.tell(trouble);
});

/** From now on it is here without a network, too. On the author's own machine one wants to see what is there now. */
async function stay() {
  const registration = await navigator.serviceWorker.register(trusted.createScriptURL(new URL('offline.js', import.meta.url).href));
  // Browsers look by themselves, some of them late.
  await registration.update();
}
// Storage may be forbidden, or the address not be secure.
if (!development) perhaps(() => stay().catch(() => {}));
