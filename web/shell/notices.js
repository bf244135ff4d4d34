// Notices: a page that could not be rendered, files that failed to load, a list that is missing.

import { wantsList } from './discovery.js';
import { importFile } from '../base/foreign.js';
import { development, site } from '../base/site_state.js';
import { decode } from '../base/util.js';
import { localize } from './localize.js';
import { panel } from './diagnostics_panel.js';
import { document } from '../base/unclobbered.js';
import { FORBIDDEN, POLICY } from '../net/fetch.js';

/** @typedef {import('../engine/abi.js').Diagnostic} Diagnostic */
/** @typedef {{ message: string, file?: string, remedy?: string }} Trouble */

const NO_LIST = 'This host does not list its files, so what no page names is missing here.';
const MAKE_LIST =
  'Run `meridian index` in the folder of the site and upload the file meridian.json that it writes.';

const place = (/** @type {HTMLElement} */ section) => {
  (
    document.querySelector('.page__content') ??
    document.querySelector('main, article') ??
    document.body
  ).append(section);
  localize(section);
};

/**
 * Explains a network error: without a connection browsers only report a failure.
 * @param {string} message
 */
const plain = (message) =>
  navigator.onLine || !/^The connection to/.test(message)
    ? message
    : 'There is no connection to the network.';

/**
 * Shows below a page which files failed to load, what is unknown, and in development its
 * diagnostics.
 * @param {object} page
 * @param {Diagnostic[]} page.diagnostics
 * @param {string[]} page.dependencies
 * @param {boolean} page.lost there is no such page
 * @param {string} [page.old] the page that was there before
 * @param {boolean} page.kept an earlier visit left it
 * @param {boolean} page.begun what is shown was not made by the core
 * @param {Map<string, Trouble>} page.failed
 * @param {Trouble} [page.trouble] why there is no list
 * @param {() => void} page.retry
 */
export async function note({
  diagnostics,
  dependencies,
  lost,
  old,
  kept,
  begun,
  failed,
  trouble,
  retry,
}) {
  const rest = !old
    ? 'The rest of the page is complete.'
    : kept
      ? 'This is the page as your last visit left it.'
      : 'This may not be the latest version of the page.';
  // On a complete page one reason is enough.
  const reasons =
    old && trouble
      ? [trouble]
      : [...failed].map(([file, reason]) => ({ file, ...reason, message: reason.message }));
  for (const { file, message, remedy } of old ? reasons.slice(0, 1) : reasons) {
    const help = (development && remedy) || rest;
    place(
      panel(
        { severity: 'info', file, message: plain(message), remedy: help },
        old || begun ? () => location.reload() : retry,
      ),
    );
  }
  // A visitor has a page, and can't change the list.
  if (!development) return;
  const { file, message } = trouble ?? { file: undefined, message: NO_LIST };
  const remedy = MAKE_LIST;
  if (!old && (trouble || site.listing.kind === 'names') && (lost || wantsList(dependencies))) {
    place(panel({ severity: 'info', file, message, remedy }));
  }
  const { tell } = await develop();
  tell(
    site.shown,
    trouble ? [...diagnostics, { severity: 'warning', file, message, remedy }] : diagnostics,
    dependencies,
  );
}

/** @type {Promise<typeof import('./development.js')> | undefined} */
let developing;

/** Loads development.js, on the author's own machine only. */
export const develop = () =>
  (developing ??= importFile(site.folder + 'develop.js').then((module) => {
    module.share(site);
    module.listen();
    return module;
  }));

/**
 * For development servers: see web/README.md.
 * @param {Parameters<typeof import('./development.js').reload>} all
 */
export const reload = async (...all) => (await develop()).reload(...all);

/**
 * Explains why there is no page, in the place of the message's last line.
 * @param {any} error
 * @param {HTMLElement} message
 */
export function explain(error, message) {
  message.lastChild?.replaceWith(reasonFor(error));
  localize(message);
}

/** @param {any} error */
function reasonFor(error) {
  const trap = error.name === 'Trap';
  const forbidden = trap && POLICY.test(error.message);
  const { file = site.shown, remedy } = error;
  const message = forbidden ? FORBIDDEN : error.message;
  if (!('file' in error) && !trap) console.error(error);
  // A missing route can't be loaded by a retry.
  const retry = file.startsWith('/') ? undefined : () => location.reload();
  if (trap && !forbidden) {
    const said = `The renderer stopped while it made this page (${message}).`;
    const check = development ? '; `meridian check` may report more' : '';
    return panel({
      severity: 'error',
      file,
      message: said,
      remedy: `Other pages are not affected${check}.`,
    });
  }
  const circle = / back again/.test(message)
    ? 'Take out a `redirect_to` or a `redirect_from`.'
    : undefined;
  // The remedy is for the author; a visitor can retry.
  return panel(
    {
      severity: 'error',
      file,
      message: plain(message),
      remedy: development ? (remedy ?? circle) : undefined,
    },
    retry,
  );
}

/**
 * Runs the code of a `javascript:` link, which the policy of the shell would stop.
 * @param {string} href
 */
export function runCode(href) {
  const code = decode(href.slice(href.indexOf(':') + 1));
  const script = document.createElement('script');
  script.src = site.trust(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  script.onload = () => script.remove();
  document.body.append(script);
}
