// Sites of Jekyll as Meridian shows them, beside what Jekyll made of them:
//
//   node bench/looks.mjs --sites DIR --references DIR [--only NAME] [--theme site]
//                        [--written] [--pages 3] [--widths 1440,390] [--output build/looks]
//
// Each folder in --sites holds the sources of a site, the folder of the same name in --references
// what `jekyll build` wrote for it (bench/jekyll_reference.py makes them). Of each site some pages
// are opened in Chromium from both, and their screenshots compared pixel by pixel. Prints a line
// for each page and width, then the console messages that Jekyll's page doesn't have; the pairs of
// pictures and one of their differences are written to --output.
//
// Meridian's pages are rendered by the browser from the raw sources (`meridian build --raw
// --pages`), with --written by the command. Prepared by: python3 serve.py --build.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from '../tests/web/browser.mjs';
import { COMMAND, DIST, PROJECT } from '../tests/web/hosts.mjs';
import { addressOf, choosePages, placeOf } from './looks/pages.mjs';
import { differences } from './looks/pictures.mjs';
import { readPng, writePng } from './looks/png.mjs';
import { STILL, look, serve } from './looks/visit.mjs';
import { table } from './measure.mjs';

// As that of the references.
const TIME = '2026-11-20T00:00:00Z';
// Milliseconds; a site that takes longer is reported as not built.
const LONGEST_BUILD = 300_000;
// Console messages that are printed of a page.
const MESSAGES = 5;

/**
 * Builds a site with the command.
 * @param {string} site the folder of its sources
 * @param {string} destination
 * @param {{ theme?: string, written?: boolean }} options
 */
export function build(site, destination, { theme, written }) {
  let source = site;
  if (theme && !written) {
    // The shell reads the configuration, which the command's options do not change.
    source = `${destination}.source`;
    // Node makes links absolute otherwise, and those that lead out of a site are not followed.
    cpSync(site, source, { recursive: true, verbatimSymlinks: true });
    appendFileSync(join(source, '_config.yml'), `\nmeridian: {theme: ${theme}}\n`);
  }
  const options = written
    ? ['--time', TIME, ...(theme ? ['--theme', theme] : [])]
    : ['--raw', '--pages', '--shell', DIST];
  const paths = ['--source', source, '--destination', destination];
  try {
    execFileSync(COMMAND, ['build', ...options, ...paths, '--quiet'], {
      timeout: LONGEST_BUILD,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, JEKYLL_ENV: 'production' },
    });
  } catch (error) {
    // 1: pages have mistakes, the others are written.
    if (error.status !== 1 || !existsSync(destination)) throw error;
  }
}

/**
 * The names of the sites that have a reference.
 * @param {string} sites a folder with a folder for each
 * @param {string} references
 * @param {string} [only] a part of the names that are wanted
 */
export const sitesIn = (sites, references, only = '') =>
  readdirSync(sites)
    .filter((name) => statSync(join(sites, name)).isDirectory())
    .filter((name) => name.includes(only) && existsSync(join(references, name)));

/** Messages of a list that another list does not have, as often as they are missing there. */
function without(messages, others) {
  const left = [...others];
  return messages.filter((message) => {
    const at = left.indexOf(message);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/**
 * @typedef {{ page: string, width: number, share: number, first: number, heights: number[],
 *   messages: string[], pictures: Record<string, Buffer> }} Look `heights`: of Jekyll's page and
 *   ours; `pictures`: PNG files by name
 */

/**
 * Compares pages of a built site with Jekyll's.
 * @param {{ after: (act: () => unknown) => void }} t
 * @param {import('playwright-core').Browser} browser
 * @param {{ source: string, ours: string, reference: string, pages: number, widths: number[] }}
 *   site folders: of the sources, what is served of ours, and what Jekyll wrote
 * @returns {AsyncGenerator<Look>}
 */
export async function* compareSite(t, browser, { source, ours, reference, pages, widths }) {
  const { url: site, baseurl } = placeOf(source);
  const ports = [await serve(t, reference, baseurl), await serve(t, ours, baseurl)];
  for (const page of choosePages(reference, pages)) {
    const address = `${baseurl}/${addressOf(page)}`;
    // A visit mostly waits.
    const found = await Promise.all(
      widths.map(async (width) => {
        const visit = { address, site, width, time: new Date(TIME) };
        const [theirs, own] = await Promise.all(
          ports.map((port) => look(browser, { ...visit, port })),
        );
        const { share, first, picture } = differences(readPng(theirs.png), readPng(own.png));
        return {
          page,
          width,
          share,
          first,
          heights: [theirs.height, own.height],
          messages: without(own.messages, theirs.messages),
          pictures: { reference: theirs.png, ours: own.png, difference: writePng(picture) },
        };
      }),
    );
    yield* found;
  }
}

const percent = (share) => (share * 100).toFixed(share && share < 0.0001 ? 4 : 2);

async function main() {
  const { values } = parseArgs({
    options: {
      sites: { type: 'string' },
      references: { type: 'string' },
      only: { type: 'string', default: '' },
      theme: { type: 'string' },
      written: { type: 'boolean', default: false },
      pages: { type: 'string', default: '3' },
      widths: { type: 'string', default: '1440,390' },
      output: { type: 'string', default: join(PROJECT, 'build/looks') },
    },
  });
  const { sites, references, output } = values;
  if (!sites || !references) {
    console.error('node bench/looks.mjs --sites DIR --references DIR [--only NAME] …');
    return 2;
  }
  const names = sitesIn(sites, references, values.only);
  if (!names.length) {
    console.error(`no site of ${sites} with ${values.only || 'a reference'} in ${references}`);
    return 2;
  }
  const browser = await launch({ args: STILL });
  const head = ['site', 'page', 'width', 'differs, %', 'from row', 'height', 'ours', 'messages'];
  console.log(table(head, []));
  const said = [];
  for (const name of names) {
    const made = mkdtempSync(join(tmpdir(), 'meridian-looks-'));
    const endings = [() => rmSync(made, { recursive: true, force: true })];
    const t = { after: (act) => endings.push(act) };
    try {
      const [source, ours] = [join(sites, name), join(made, 'site')];
      build(source, ours, values);
      const site = { source, ours, reference: join(references, name) };
      const widths = values.widths.split(',').map(Number);
      const looks = compareSite(t, browser, { ...site, pages: Number(values.pages), widths });
      for await (const { page, width, share, first, heights, messages, pictures } of looks) {
        const cells = [width, percent(share), first < 0 ? '' : first, ...heights, messages.length];
        console.log(`| ${[name, page, ...cells].join(' | ')} |`);
        const more = messages.length > MESSAGES ? [`${messages.length - MESSAGES} more`] : [];
        for (const message of [...messages.slice(0, MESSAGES), ...more])
          said.push(`${name}/${page} ${width}: ${message}`);
        const to = join(output, name);
        mkdirSync(to, { recursive: true });
        const label = `${page.replace(/\.html$/, '').replace(/[^\w-]+/g, '-')}-${width}`;
        for (const [kind, png] of Object.entries(pictures))
          writeFileSync(join(to, `${label}.${kind}.png`), png);
      }
    } catch (error) {
      console.log(`| ${name} | ${String(error.message).split('\n')[0].slice(0, 200)} |`);
      process.exitCode = 1;
    }
    for (const act of endings.reverse()) await act();
  }
  await browser.close();
  if (said.length) console.log(`\nMessages that Jekyll's pages don't have:\n\n${said.join('\n')}`);
  return process.exitCode ?? 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
