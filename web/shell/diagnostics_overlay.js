// In development: diagnostics over the page and in the console. The core reports on the open page,
// a development server on the whole site (event `meridian-findings`, web/README.md).

import { adoptSheet } from '../base/adopt_sheet.js';
import { site } from '../base/site_state.js';
import { element, panel, where } from './diagnostics_panel.js';
import { document } from '../base/unclobbered.js';

/** @typedef {import('../engine/abi.js').Diagnostic} Diagnostic */

const STYLE = `
.mer-notes{position:fixed;inset:auto 1rem 1rem auto;z-index:2147483646;max-inline-size:min(44rem,calc(100vw - 2rem));max-block-size:60vh;overflow:auto;padding:.5rem 1rem;border:1px solid rgb(128 128 128/.6);border-radius:.4rem;box-shadow:0 .4rem 1.4rem #0003;background:Canvas;color:CanvasText;font:.875rem/1.5 system-ui,sans-serif}
.mer-notes summary{cursor:pointer}
.mer-notes pre{overflow:auto;padding:.5rem;background:rgb(128 128 128/.15)}
.mer-notes section+section,.mer-notes details{border-block-start:1px solid rgb(128 128 128/.4)}
@media print{.mer-notes{display:none}}`;

/** Diagnostics of a page's rendering, and the files that it depends on. */
let page = {
  route: /** @type {string | undefined} */ (undefined),
  diagnostics: /** @type {Diagnostic[]} */ ([]),
  files: /** @type {Set<string>} */ (new Set()),
};
/**
 * Violations of the Content Security Policy, by page.
 * @type {{ route: string, diagnostic: Diagnostic }[]}
 */
let forbidden = [];
/** Diagnostics that do not belong to one page. @type {Diagnostic[]} */
let everywhere = [];
/** Diagnostics of the whole site. @type {Diagnostic[]} */
let findings = [];
/** Messages that the console has already. @type {Set<string>} */
let written = new Set();
/**
 * The diagnostics when the author folded the overlay: it opens again when there are more.
 * @type {Set<string>}
 */
let folded = new Set();
/** @type {HTMLElement | undefined} */
let notes;

/** @param {Diagnostic} diagnostic */
const keyOf = (diagnostic) => `${where(diagnostic)}: ${diagnostic.message}`;

/** Removes duplicates and informational entries. @param {Diagnostic[]} diagnostics */
const loud = (diagnostics) =>
  new Map(
    diagnostics.filter(({ severity }) => severity !== 'info').map((each) => [keyOf(each), each]),
  );

/** @param {string} route @param {Diagnostic[]} diagnostics @param {string[]} files */
export function tell(route, diagnostics, files) {
  page = { route, diagnostics, files: new Set(files) };
  show();
}

/** Sets the diagnostics that do not belong to one page. @param {Diagnostic[]} diagnostics */
export function tellEverywhere(diagnostics) {
  everywhere = diagnostics;
  show();
}

function show() {
  forbidden = forbidden.filter(({ route }) => route === site.shown);
  const open = page.route === site.shown;
  const about = open ? findings.filter(({ file = '' }) => page.files.has(file)) : [];
  const here = loud([
    ...everywhere,
    ...(open ? page.diagnostics : []),
    ...about,
    ...forbidden.map(({ diagnostic }) => diagnostic),
  ]);
  const rest = [...loud(findings)].flatMap(([key, each]) => (here.has(key) ? [] : [each]));
  log(here);
  draw(here, rest);
}

/** @param {Map<string, Diagnostic>} here */
function log(here) {
  for (const [key, { severity, remedy = '' }] of here) {
    if (written.has(key)) continue;
    if (severity === 'error') console.error(`${key} ${remedy}`);
    else console.warn(`${key} ${remedy}`);
  }
  written = new Set(here.keys());
}

/** @param {number} count @param {string} about */
const counted = (count, about) =>
  element('summary', '', `${count} ${count === 1 ? 'message' : 'messages'} about ${about}`);

/** @param {Map<string, Diagnostic>} here @param {Diagnostic[]} rest of the site */
function draw(here, rest) {
  notes?.remove();
  notes = undefined;
  if (!here.size && !rest.length) return;
  const others = rest.length
    ? [counted(rest.length, 'other files'), ...rest.map((each) => panel(each))]
    : [];
  const children = here.size
    ? [counted(here.size, 'this page'), ...[...here.values()].map((each) => panel(each))]
    : others;
  if (here.size && others.length) children.push(element('details', '', ...others));
  const made = (notes = element('details', 'mer-notes', ...children));
  const open = [...here.keys()].some((key) => !folded.has(key));
  made.toggleAttribute('open', open);
  made.firstElementChild?.addEventListener(
    'click',
    () => (folded = new Set(made.hasAttribute('open') ? here.keys() : [])),
  );
  // Beside <body>, so that pages do not affect it.
  document.documentElement.append(made);
  style();
}

let styled = false;

function style() {
  if (styled) return;
  styled = true;
  adoptSheet(document, STYLE);
}

// Trusted Types apply to code in attributes that change.
/** @param {SecurityPolicyViolationEvent} event */
function readViolation({ effectiveDirective, blockedURI }) {
  if (!/^script-src|trusted-types/.test(effectiveDirective)) return;
  const what = /^(blob|inline|trusted-types-sink)/.test(blockedURI) ? 'inline' : blockedURI;
  const message = `A script of this page was not run (${what}): the host’s Content-Security-Policy forbids it.`;
  if (
    forbidden.some(
      ({ route, diagnostic }) => route === site.shown && diagnostic.message === message,
    )
  )
    return;
  const remedy = 'Put the script into a file of the site, or allow it in the policy.';
  forbidden.push({
    route: site.shown,
    diagnostic: { severity: 'warning', file: site.shown, message, remedy },
  });
  show();
}

/** The server's findings, the last of which may have arrived before this script. */
function readFindings() {
  findings =
    /** @type {{ meridianFindings?: Diagnostic[] }} */ (/** @type {unknown} */ (globalThis))
      .meridianFindings ?? [];
  if (page.route !== undefined) show();
}

/** Adds the listeners, which a document that is opened anew has lost; twice is as good as once. */
export function listen() {
  document.addEventListener('securitypolicyviolation', readViolation);
  addEventListener('meridian-findings', readFindings);
  readFindings();
}
