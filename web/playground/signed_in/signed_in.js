// The page to which a host's sign-in comes back: it passes the code on to the tab of the playground
// that asked for it, and closes.

import { perhaps } from '../../base/util.js';

// Milliseconds in which the playground answers.
const PATIENCE = 3000;

const query = new URLSearchParams(location.search);
const [state, code] = [query.get('state'), query.get('code')];
// A code is used once; neither the history nor a reload has it.
perhaps(() => history.replaceState(null, '', location.pathname));

const said = /** @type {HTMLElement} */ (document.querySelector('p'));
const channel = new BroadcastChannel('meridian-sign-in');
const late = setTimeout(() => {
  said.textContent =
    'No playground waits for this sign-in any more. Close this window, and sign in again there.';
}, PATIENCE);
channel.addEventListener('message', ({ data }) => {
  if (!state || Object(data).heard !== state) return;
  clearTimeout(late);
  said.textContent = code
    ? 'You are signed in. Close this window, and continue in the playground.'
    : 'You are not signed in. Close this window: the playground says why.';
  close();
});
channel.postMessage({ state, code, error: query.get('error_description') ?? query.get('error') });
