// What browsers have since which version, as far as the shell or its libraries might use it: the
// versions of Chromium, Firefox and Safari. older.mjs takes away what an older one lacks.

const NEVER = Infinity;

/**
 * Words of style sheets; ^ stands before the part that gets another name, 1 for any number.
 * @type {[word: string, chrome: number, firefox: number, safari: number][]}
 */
const WORDS = [
  [':^has(', 105, 121, 15.4],
  [':^popover-open', 114, 125, 17],
  ['::^view-transition', 111, 144, 18],
  ['^color-mix(', 111, 113, 16.2],
  ['^light-dark(', 123, 120, 17.5],
  ['^oklab(', 111, 113, 15.4],
  ['^oklch(', 111, 113, 15.4],
  ['@^container', 105, 110, 16],
  ['^container-type:', 105, 110, 16],
  ['/^inline-size', 105, 110, 16],
  ['@^property', 85, 128, 16.4],
  ['@^starting-style', 117, 129, 17.5],
  ['@^view-transition', 126, NEVER, 18.2],
  ['^content-visibility:', 85, 125, 18],
  ['^font-size-adjust:', 127, 3, 16.4],
  ['^hyphenate-character:', 106, 98, 17],
  ['^hyphenate-limit-chars:', 109, 137, NEVER],
  ['^math-style:', 109, 117, 14.1],
  ['^overscroll-behavior:', 63, 59, 16],
  ['^scrollbar-color:', 121, 64, 26.2],
  ['^scrollbar-gutter:', 94, 97, 18.2],
  ['^scrollbar-width:', 121, 64, 18.2],
  ['^text-wrap:', 114, 121, 17.4],
  ['^view-transition-name:', 111, 144, 18],
  [':^subgrid', 117, 71, 16],
  ['overflow:^clip', 90, 81, 16],
  ['1^dvh', 108, 101, 15.4],
  ['1^svh', 108, 101, 15.4],
  ['1^vb', 108, 101, 15.4],
  ['1^vi', 108, 101, 15.4],
  ['1^lh', 109, 120, 16.4],
  ['1^rlh', 111, 120, 16.4],
];

/**
 * Globals, and members by their path.
 * @type {[name: string, chrome: number, firefox: number, safari: number][]}
 */
const NAMES = [
  ['AbortSignal.any', 116, 124, 17.4],
  ['AbortSignal.timeout', 103, 100, 16],
  ['Array.fromAsync', 121, 115, 16.4],
  ['Array.prototype.toReversed', 110, 115, 16],
  ['Array.prototype.toSorted', 110, 115, 16],
  ['Array.prototype.toSpliced', 110, 115, 16],
  ['Array.prototype.with', 110, 115, 16],
  ['CSS.highlights', 105, 140, 17.2],
  ['CanvasRenderingContext2D.prototype.createConicGradient', 99, 112, 16.1],
  ['CanvasRenderingContext2D.prototype.roundRect', 99, 112, 16],
  ['CompressionStream', 103, 113, 16.4],
  ['DecompressionStream', 103, 113, 16.4],
  ['Document.parseHTMLUnsafe', 124, 123, 17.4],
  ['Document.prototype.adoptedStyleSheets', 73, 101, 16.4],
  ['Document.prototype.startViewTransition', 111, 144, 18],
  ['EditContext', 121, NEVER, NEVER],
  ['Element.prototype.checkVisibility', 105, 106, 17.4],
  ['Element.prototype.getHTML', 125, 128, 18],
  ['Element.prototype.moveBefore', 133, 144, NEVER],
  ['Element.prototype.setHTMLUnsafe', 124, 123, 17.4],
  ['HTMLElement.prototype.attachInternals', 77, 93, 16.4],
  ['HTMLElement.prototype.hidePopover', 114, 125, 17],
  ['HTMLElement.prototype.inert', 102, 112, 15.5],
  ['HTMLElement.prototype.popover', 114, 125, 17],
  ['HTMLElement.prototype.showPopover', 114, 125, 17],
  ['HTMLElement.prototype.togglePopover', 114, 125, 17],
  ['HTMLFormElement.prototype.requestSubmit', 76, 75, 16],
  ['HTMLLinkElement.prototype.fetchPriority', 102, 132, 17.2],
  ['Intl.Segmenter', 87, 125, 14.1],
  ['Iterator.prototype.filter', 122, 131, 18.4],
  ['Iterator.prototype.map', 122, 131, 18.4],
  ['Iterator.prototype.toArray', 122, 131, 18.4],
  ['Map.groupBy', 117, 119, 17.4],
  ['Navigator.prototype.userActivation', 72, 120, 16.4],
  ['Object.groupBy', 117, 119, 17.4],
  ['OffscreenCanvas', 69, 105, 16.4],
  ['PerformanceResourceTiming.prototype.responseStatus', 109, 109, NEVER],
  ['Promise.try', 128, 134, 18.2],
  ['Promise.withResolvers', 119, 121, 17.4],
  ['ReadableStream.from', NEVER, 117, NEVER],
  ['ReadableStream.prototype.@@asyncIterator', 124, 110, NEVER],
  ['ReadableStream.prototype.values', 124, 110, NEVER],
  ['RegExp.escape', 136, 134, 18.2],
  ['Response.json', 105, 115, 17],
  ['Set.prototype.difference', 122, 127, 17],
  ['Set.prototype.intersection', 122, 127, 17],
  ['Set.prototype.isSubsetOf', 122, 127, 17],
  ['Set.prototype.union', 122, 127, 17],
  ['ShadowRoot.prototype.adoptedStyleSheets', 73, 101, 16.4],
  ['SharedWorker', 4, 29, 16],
  ['String.prototype.isWellFormed', 111, 119, 16.4],
  ['String.prototype.toWellFormed', 111, 119, 16.4],
  ['URL.canParse', 120, 115, 17],
  ['URL.parse', 126, 126, 18],
  ['URLSearchParams.prototype.size', 113, 112, 17],
  ['Uint8Array.fromBase64', 140, 133, 18.2],
  ['Uint8Array.prototype.toBase64', 140, 133, 18.2],
  ['navigation', 102, 147, 26.2],
  ['requestIdleCallback', 47, 55, NEVER],
  ['scheduler', 94, 142, NEVER],
  ['showDirectoryPicker', 86, NEVER, NEVER],
  ['trustedTypes', 83, 148, 26],
];

/** Names that are there, but can't be called with `new` in a page. @type {typeof NAMES} */
const CONSTRUCTORS = [
  ['CSSStyleSheet', 73, 101, 16.4],
  // Only instances of four kilobytes can.
  ['WebAssembly.Instance', 114, 52, 11],
];

/** Names that are missing in workers. @type {typeof NAMES} */
const IN_WORKERS = [['Worker', 69, 44, 15.5]];

/** Attributes without effect. @type {typeof NAMES} */
const ATTRIBUTES = [
  ['popover', 114, 125, 17],
  ['popovertarget', 114, 125, 17],
];

/** Parts of policies. @type {[part: RegExp, chrome: number, firefox: number, safari: number][]} */
const POLICIES = [
  [/'wasm-unsafe-eval'/g, 97, 102, 16],
  [/; (require-)?trusted-types[^;\n"]*/g, 83, 148, 26],
];

const ENGINES = ['chrome', 'firefox', 'safari'];

/** A word of a sheet as an expression that matches what gets another name. */
function expression(/** @type {string} */ word) {
  const [before, after] = word
    .split('^')
    .map((part) => part.replace(/[()/]/g, '\\$&').replace(/:$/, '\\s*:').replace(/\w$/, '$&\\b'));
  // A number in a sheet, and no end of a name or of a colour.
  const number = '(?<![\\w#-])[\\d.]+';
  const start = before === '' ? '(?<![\\w-])' : `(?<=${/^1/.test(before) ? number : before})`;
  return new RegExp(`${start}${after}(?!-)`, 'g');
}

/**
 * What at least one of the browsers lacks.
 * @param {string[]} browsers an engine and its version each, such as safari15.4
 */
export function lacks(browsers) {
  const versions = browsers.map((browser) => {
    const [, engine, version] = /^([a-z]+)([\d.]+)$/.exec(browser) ?? [];
    if (!ENGINES.includes(engine))
      throw new Error(`${browser} is none of ${ENGINES.join(', ')} with a version`);
    return { engine: ENGINES.indexOf(engine), version: Number(version) };
  });
  const newer = (/** @type {any[][]} */ features) =>
    features
      .filter(([, ...since]) => versions.some(({ engine, version }) => since[engine] > version))
      .map(([feature]) => feature);
  return {
    words: newer(WORDS).map(expression),
    policies: /** @type {RegExp[]} */ (newer(POLICIES)),
    names: newer(NAMES),
    constructors: newer(CONSTRUCTORS),
    inWorkers: newer(IN_WORKERS),
    attributes: newer(ATTRIBUTES),
  };
}
