// The page of the playground: the element in the whole window, and what only a page has: an address, a title, a choice of light or dark,
// and a project that this browser keeps.

import { make } from '../elements.js';
import { development, perhaps } from '../host.js';
import { MeridianPlayground, STARTS, fromFragment, holdsProject, trusted } from './element.js';
import { keep, recall } from './keep.js';

/** @typedef {import('./project.js').Start} Start */

const STATES = { kept: 'Kept in this browser', elsewhere: 'Not kept: another tab has a project open', forbidden: 'Not kept: this browser allows no storage' };

const element = new MeridianPlayground();
element.append(make('h1', { slot: 'title' }, 'Playground'));
const theme = perhaps(() => localStorage['meridian-theme']);
if (theme) element.setAttribute('theme', theme);
new MutationObserver(() => perhaps(() => (localStorage['meridian-theme'] = element.getAttribute('theme')))).observe(element, { attributeFilter: ['theme'] });
element.addEventListener('open', (event) => (document.title = `${/** @type {CustomEvent} */ (event).detail.title || 'Playground'} · Meridian`));
element.addEventListener('share', (event) => history.replaceState(null, '', /** @type {CustomEvent} */ (event).detail.fragment));

/** What was kept here, else the first start. @returns {Promise<Start>} */
async function last() {
  const kept = await recall();
  return kept ? { ...kept, files: Object.fromEntries(kept.files) } : STARTS.note;
}

/** What the address brings; what is wrong with it is told. */
async function arrive() {
  const broken = await fromFragment(location.hash).then((start) => element.open(start), (error) => error);
  if (!broken) return;
  if (!element.playground) element.open(STARTS.note);
  return /** @type {Error} */ (broken).message;
}

const trouble = holdsProject(location.hash) ? await arrive() : element.open(await last());
/** @type {HTMLElement} */ (document.querySelector('main')).append(element);
const playground = element.start();
if (trouble) playground.tell(trouble);
keep(playground.project, () => playground.path, (state) => (playground.bar.saved.textContent = STATES[state]));
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
