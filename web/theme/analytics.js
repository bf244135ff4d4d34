// Counting visits, where _config.yml names a provider: nothing is loaded on a machine of the
// author's own. The provider sees each page of a visit by itself, for the address in the bar
// changes.

import { own } from '../base/elements.js';
import { load } from './third_party.js';

const script = /** @type {HTMLElement | null} */ (
  own('documentElement').querySelector('script[data-provider][data-id][src*="analytics.js"]')
);
const local = /^(localhost|.*\.local|127(\.\d+){3}|10(\.\d+){3}|192\.168(\.\d+){2}|\[.*\])?$/.test(
  location.hostname,
);
const { provider = '', id = '' } = script?.dataset ?? {};
const global = /** @type {any} */ (window);

if (!local && id && provider.startsWith('google') && !global.gtag?.call) {
  // An element of the page may be called so.
  if (!global.dataLayer?.push) global.dataLayer = [];
  // gtag.js wants the very `arguments`.
  global.gtag = function () {
    global.dataLayer.push(arguments);
  };
  global.gtag('js', new Date());
  global.gtag('config', id);
  load(own('head'), `https://www.googletagmanager.com/gtag/js?id=${encodeURIComponent(id)}`);
}
