// The appearance of every state of every screen, compared with references that hold on every
// machine: the positions of the main parts in pixels, and a picture of few cells in 16 greys. Fonts
// are pinned, machine-dependent parts are masked, and tolerances are wider than the remaining
// differences. Some checks need no reference: nothing lies outside of the window, no two parts
// overlap, no control is cut off or covered.
//
//   node tests/web/states.mjs                      compares all, and prints the differences
//   node tests/web/states.mjs --update [WORD …]    renews the references of the states whose names
//                                                  have these words
//   node tests/web/states.mjs --pictures FOLDER    writes a screenshot of each state
//
// A screen is a module in tests/web/states/ with `parts` (names and selectors), `open`, and a line
// for each state.

import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';
import { measure } from './layout.mjs';

/**
 * @typedef {{
 *   name: string, width?: number, height?: number, scheme?: 'light' | 'dark',
 *   act?: (page: import('playwright-core').Page, env: any) => Promise<unknown>,
 *   [more: string]: any,
 * }} State `act`: leads from the opened screen to the state; `more` is for the screen's `open`
 * @typedef {{
 *   name: string, states: State[], parts: Record<string, string>,
 *   share?: (t: any) => Promise<any>,
 *   open: (env: { t: any, context: import('playwright-core').BrowserContext, page:
 *     import('playwright-core').Page, state: State, shared: any }) => Promise<any>,
 *   within?: string[][], least?: Record<string, [of: string, width: number, height: number]>,
 *     mask?: string, over?: string,
 * }} Screen `share`: makes what all states of the screen have in common, such as servers, for `t`
 *   that ends with the last; `within`: inner parts, which may lie within the first of them;
 *   `least`: how much of another part's width and height a part has at
 *   least; `mask`: selectors of what is left out of the picture; `over`: of what may cover controls
 */

const HERE = dirname(fileURLToPath(import.meta.url));
const FOLDER = join(HERE, 'states');
const require = createRequire(import.meta.url);

// Cells across a picture that is wider than high, and across another; its greys.
const [ACROSS, NARROW, GREYS] = [36, 20, 16];
// Allowed difference of an edge, in pixels: a line that wraps differently is more, a glyph of
// another font less.
const NEAR = 10;
// The number of cells that may differ by more than this number of greys.
const [FEW, SLIGHT] = [0.04, 2];
// States that are open at a time.
export const TABS = 3;

const FONTS = {
  ui: 'KaTeX_SansSerif-Regular',
  mono: 'KaTeX_Typewriter-Regular',
  text: 'KaTeX_Main-Regular',
};
const face = (name, file) =>
  `@font-face { font-family: "state-${name}"; src: url(data:font/woff2;base64,${readFileSync(require.resolve(`katex/dist/fonts/${file}.woff2`)).toString('base64')}) }`;
const SHEET = `${Object.entries(FONTS)
  .map(([name, file]) => face(name, file))
  .join('\n')}
:root, meridian-playground, meridian-profile { --ui: state-ui; --sans: state-ui; --mono: state-mono; --text: state-text; --serif: state-text }
* { caret-color: transparent !important; transition: none !important; animation: none !important }`;

/** Adds a style sheet to a page and to all its shadow roots. */
const adopt = (page, text) =>
  page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    for (const root of [
      document,
      ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []),
    ])
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }, text);

/** Pins the fonts of a page, once it is loaded. */
async function pin(page) {
  await page.addStyleTag({ content: SHEET });
  await adopt(
    page,
    '* { transition: none !important; animation: none !important } .cm-cursorLayer { display: none !important }',
  );
  // Font faces load when some text uses them.
  await page.evaluate(() =>
    Promise.all(['ui', 'mono', 'text'].map((name) => document.fonts.load(`16px state-${name}`))),
  );
}

/** A screenshot as rows of greys, a hexadecimal digit for each cell. */
const greys = (page, png) =>
  page.evaluate(
    async ([data, wide, narrow, levels]) => {
      const image = await createImageBitmap(
        await (await fetch(`data:image/png;base64,${data}`)).blob(),
      );
      const across = image.width > image.height ? wide : narrow;
      const down = Math.round((across * image.height) / image.width);
      // The browser averages pixels faster than a script: eight by eight of each cell remain.
      const [width, height] = [across * 8, down * 8];
      const context = new OffscreenCanvas(width, height).getContext('2d', {
        willReadFrequently: true,
      });
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, width, height);
      const { data: pixels } = context.getImageData(0, 0, width, height);
      const sums = new Float64Array(across * down);
      for (let at = 0; at < width * height; at++) {
        const cell = Math.floor(at / width / 8) * across + Math.floor((at % width) / 8);
        sums[cell] +=
          (0.2126 * pixels[4 * at] + 0.7152 * pixels[4 * at + 1] + 0.0722 * pixels[4 * at + 2]) /
          64;
      }
      const digits = [...sums].map((sum) =>
        Math.min(levels - 1, Math.floor((sum / 256) * levels)).toString(16),
      );
      return Array.from({ length: down }, (_, row) =>
        digits.slice(row * across, (row + 1) * across).join(''),
      );
    },
    [png.toString('base64'), ACROSS, NARROW, GREYS],
  );

/** Differences from a reference. */
export function differences(found, reference) {
  if (!reference) return ['there is no reference: node tests/web/states.mjs --update'];
  const told = [];
  for (const name of new Set([...Object.keys(reference.parts), ...Object.keys(found.parts)])) {
    const [is, was] = [found.parts[name], reference.parts[name]];
    if (!is || !was) told.push(is ? `${name} is new here` : `${name} is not seen`);
    else if (is.some((value, at) => Math.abs(value - was[at]) > NEAR))
      told.push(`${name} was ${was.join(' ')} and is ${is.join(' ')} (left, top, width, height)`);
  }
  if (found.picture.length !== reference.picture.length)
    return [...told, 'the picture has another shape'];
  let [other, cells] = [0, 0];
  found.picture.forEach((row, y) =>
    [...row].forEach((digit, x) => {
      cells++;
      if (Math.abs(parseInt(digit, 16) - parseInt(reference.picture[y][x], 16)) > SLIGHT) other++;
    }),
  );
  if (other / cells > FEW)
    told.push(
      `${other} of ${cells} cells of the picture differ; it is now\n${found.picture.join('\n')}`,
    );
  return told;
}

/**
 * All screens, each with its references.
 * @returns {Promise<(Screen & { file: string, references: Record<string, any> })[]>}
 */
export async function screens() {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.mjs'))
    .sort();
  return Promise.all(
    files.map(async (name) => {
      const { screen } = await import(pathToFileURL(join(FOLDER, name)).href);
      const file = join(FOLDER, `${basename(name, '.mjs')}.json`);
      return {
        ...screen,
        file,
        references: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {},
      };
    }),
  );
}

/** @type {Map<Screen, Promise<any>>} */
const common = new Map();
/** @type {(() => unknown)[]} */
const endings = [];
/** Closes what screens share. */
export async function finish() {
  for (const act of endings.reverse()) await act();
}
/** @param {Screen} screen */
function commonOf(screen) {
  if (!common.has(screen))
    common.set(screen, Promise.resolve(screen.share?.({ after: (act) => endings.push(act) })));
  return common.get(screen);
}

/**
 * A page that decodes pictures, one for all states.
 * @type {Map<import('playwright-core').Browser, Promise<import('playwright-core').Page>>}
 */
const readers = new Map();
/** @param {import('playwright-core').Browser} browser */
function readerOf(browser) {
  if (!readers.has(browser)) readers.set(browser, browser.newPage());
  return readers.get(browser);
}

/**
 * A state: the positions of its parts, its picture, and its faults; `whole`: with the screenshot.
 */
export async function look(t, browser, screen, state, { whole = false } = {}) {
  const { width = 1440, height = 900, scheme = 'light' } = state;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  try {
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const env = await screen.open({ t, context, page, state, shared: await commonOf(screen) });
    await pin(page);
    await state.act?.(page, env);
    // Animations have ended when two measurements are equal.
    const { parts, within, least, over } = screen;
    let found = { wrong: [], parts: {} };
    for (let before = '', tries = 0; tries < 100; tries++) {
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 60))),
      );
      found = await page.evaluate(measure, { parts, within, least: state.least ?? least, over });
      const now = JSON.stringify(found);
      if (now === before) break;
      before = now;
    }
    const shoot = () => page.screenshot({ animations: 'disabled', caret: 'hide' });
    const png = whole ? await shoot() : undefined;
    if (screen.mask) await adopt(page, `:is(${screen.mask}) { opacity: 0 !important }`);
    return { ...found, png, picture: await greys(await readerOf(browser), await shoot()) };
  } finally {
    await context.close();
  }
}

/** The faults of a state, a line each: first those that need no reference, then the differences. */
export async function check(t, browser, screen, state) {
  const found = await look(t, browser, screen, state);
  return [...found.wrong, ...differences(found, screen.references[state.name])];
}

/**
 * References as they are committed: in the order of the states, for each a line for its parts and a
 * line for its picture.
 */
const written = (references) => {
  const states = Object.entries(references).map(
    ([name, { parts, picture }]) =>
      ` ${JSON.stringify(name)}: {\n  "parts": ${JSON.stringify(parts)},\n  "picture": ${JSON.stringify(picture)}\n }`,
  );
  return `{\n${states.join(',\n')}\n}\n`;
};

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { update: { type: 'boolean', default: false }, pictures: { type: 'string' } },
  });
  const browser = await launch({ isolated: false });
  let failed = 0;
  for (const screen of await screens()) {
    const references = screen.references;
    const todo = screen.states.filter(({ name }) =>
      positionals.every((word) => `${screen.name} ${name}`.includes(word)),
    );
    const one = async (/** @type {State} */ state) => {
      const endings = [];
      const t = { after: (act) => endings.push(act) };
      const found = await look(t, browser, screen, state, { whole: !!values.pictures });
      const told = [
        ...found.wrong,
        ...(values.update ? [] : differences(found, references[state.name])),
      ];
      failed += told.length ? 1 : 0;
      console.log(`${screen.name}: ${state.name}${told.length ? `\n  ${told.join('\n  ')}` : ''}`);
      if (values.pictures) {
        mkdirSync(values.pictures, { recursive: true });
        writeFileSync(
          join(values.pictures, `${screen.name} ${state.name}.png`.replace(/[^\w.]+/g, '-')),
          found.png,
        );
      }
      if (values.update) references[state.name] = { parts: found.parts, picture: found.picture };
      for (const act of endings.reverse()) await act();
    };
    // States mostly wait for a frame.
    await Promise.all(
      Array.from({ length: TABS }, async () => {
        for (let state = todo.shift(); state; state = todo.shift()) await one(state);
      }),
    );
    const known = new Set(screen.states.map(({ name }) => name));
    if (values.update)
      writeFileSync(
        screen.file,
        written(
          Object.fromEntries(
            [...known].filter((name) => references[name]).map((name) => [name, references[name]]),
          ),
        ),
      );
  }
  await browser.close();
  await finish();
  process.exitCode = failed ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
