// Analytics, if _config.yml names a provider; nothing is loaded on localhost. Providers notice
// navigations by themselves, as the address changes.

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
  // An element of the page may have this name.
  if (!global.dataLayer?.push) global.dataLayer = [];
  // gtag.js requires the `arguments` object itself.
  global.gtag = function () {
    global.dataLayer.push(arguments);
  };
  global.gtag('js', new Date());
  global.gtag('config', id);
  load(own('head'), `https://www.googletagmanager.com/gtag/js?id=${encodeURIComponent(id)}`);
}
