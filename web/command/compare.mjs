// `meridian compare --pixels DIR DIR`: what the command tells of two builds, and then what their
// pages look like in this machine's browser.

import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argumentsOf } from '../server/serve.mjs';
import { Browser, findBrowser } from './pictures/browser.mjs';
import { comparePage } from './pictures/compare_page.mjs';
import { pagesOf } from './pictures/files.mjs';
import { hostOf } from './pictures/host.mjs';
import { asData, asText } from './pictures/report.mjs';
import { messageOf, refuse } from './terminal.mjs';

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM'];
// Of the old and the new build, equally long; a browser trusts them as it does HTTPS.
const NAMES = ['old.localhost', 'new.localhost'];
const DIFFERENT = 1;
const [NARROWEST, WIDEST] = [100, 4096];
// Pages that are compared at the same time: each takes three tabs.
const MOST_AT_A_TIME = 4;

/** @param {string[]} words */
function optionsOf(words) {
  try {
    return argumentsOf({
      args: words,
      allowPositionals: true,
      options: {
        pixels: { type: 'boolean' },
        width: { type: 'string', default: '1280' },
        pictures: { type: 'string' },
        baseurl: { type: 'string', default: '' },
        shell: { type: 'string' },
        json: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return refuse('compare', messageOf(error));
  }
}

/** Why pictures can't be written into a folder: nobody's file is replaced. @param {string} path */
function whyNotInto(path) {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status) return undefined;
  if (status.isSymbolicLink()) return `${path} is a link; name a new folder`;
  if (!status.isDirectory()) return `${path} is not a folder`;
  return readdirSync(path).length ? `${path} is not empty; name a new folder` : undefined;
}

/** Progress of a long work, on a terminal. @param {boolean} quiet */
function progressOf(quiet) {
  const shows = !quiet && process.stderr.isTTY;
  return (/** @type {string} */ text) => shows && process.stderr.write(`\r\x1b[K${text}`);
}

/**
 * @param {{ folders: string[], width: number, base: string, pictures?: string, quiet: boolean }}
 *   what `base`: the path of both builds; `pictures`: the folder for them
 * @param {Browser} browser
 * @returns {Promise<import('./pictures/report.mjs').Report>}
 */
async function look({ folders, width, base, pictures, quiet }, browser) {
  const say = progressOf(quiet);
  try {
    const { pages, alike } = await pagesOf(folders[0], folders[1]);
    /** @type {import('./pictures/report.mjs').Report} */
    const report = { width, pages: pages.length, different: [], cut: [], failed: [] };
    const left = pages.filter((page) => !alike.has(page));
    let done = 0;
    const work = async () => {
      for (let file; (file = left.shift()) !== undefined;) {
        say(`${++done} of ${pages.length - alike.size} pages`);
        const path = file.split('/').map(encodeURIComponent).join('/');
        const page = {
          file,
          width,
          draws: pictures !== undefined,
          addresses: NAMES.map((name) => `http://${name}${base}/${path}`),
        };
        try {
          const { different, cut } = await comparePage(browser, page);
          if (cut) report.cut.push(file);
          if (!different) continue;
          if (pictures !== undefined && different.picture) {
            const place = join(pictures, `${file}.png`);
            mkdirSync(dirname(place), { recursive: true });
            writeFileSync(place, Buffer.from(different.picture, 'base64'), { flag: 'wx' });
            delete different.picture;
          }
          report.different.push(different);
        } catch (error) {
          report.failed.push({ file, why: messageOf(error) });
        }
      }
    };
    await Promise.all(
      Array.from({ length: Math.min(MOST_AT_A_TIME, availableParallelism()) }, work),
    );
    const byFile = (/** @type {{ file: string }} */ a, /** @type {{ file: string }} */ b) =>
      a.file < b.file ? -1 : 1;
    report.different.sort(byFile);
    report.failed.sort(byFile);
    report.cut.sort();
    return report;
  } finally {
    say('');
  }
}

/** @param {string[]} words of the program, `compare` among them */
export async function main(words) {
  const parsed = optionsOf(words);
  if (!parsed) return;
  const { width, pictures, baseurl, json, quiet } = parsed.values;
  const [, ...folders] = parsed.positionals;
  if (folders.length !== 2)
    return refuse(
      'compare',
      '`compare` needs two folders, as `meridian compare --pixels _site public`',
    );
  if (!/^\d{1,4}$/.test(width) || Number(width) < NARROWEST || Number(width) > WIDEST)
    return refuse(
      'compare',
      `invalid --width \`${width}\`: pixels, from ${NARROWEST} to ${WIDEST}`,
    );
  const base = baseurl.replace(/\/+$/, '');
  if (base && !/^\/[^?#\s]*$/.test(base))
    return refuse('compare', '`--baseurl` is a path, as /project');
  const why = pictures === undefined ? undefined : whyNotInto(pictures);
  if (why) return refuse('compare', why);
  const program = findBrowser();
  if (!program)
    return refuse(
      'compare',
      'no Chromium or Chrome is found for `--pixels`; install one, or name it in $CHROMIUM',
    );

  const command = spawnSync(
    process.execPath,
    [
      fileURLToPath(new URL('./meridian.mjs', import.meta.url)),
      'compare',
      ...folders,
      ...(json ? ['--json'] : []),
      ...(quiet ? ['--quiet'] : []),
    ],
    { stdio: ['ignore', json ? 'pipe' : 'inherit', 'inherit'], maxBuffer: Infinity },
  );
  if (command.status !== 0 && command.status !== DIFFERENT) {
    process.exitCode = command.status ?? DIFFERENT;
    return;
  }

  const hosts = await Promise.all(folders.map((folder, at) => hostOf(folder, base, NAMES[at])));
  /** @type {NodeJS.Signals | undefined} */
  let stopped;
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    stopped = signal;
    browser.kill();
  };
  // Before there is a browser, which a signal in between would leave behind.
  for (const signal of SIGNALS) process.on(signal, stop);
  const browser = new Browser(
    program,
    Object.fromEntries(hosts.map(({ port }, at) => [NAMES[at], port])),
  );
  let report;
  try {
    // It answers, or has ended: where it can't run there is one message, not one for each page.
    await browser.send('Browser.getVersion');
    report = await look({ folders, width: Number(width), base, pictures, quiet }, browser);
  } catch (error) {
    if (!stopped) console.error(`meridian: ${program}: ${messageOf(error)}`);
    process.exitCode = DIFFERENT;
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
    for (const host of hosts) host.close();
    await browser.close();
  }
  // As one that does not listen to signals.
  if (stopped) process.kill(process.pid, stopped);
  if (stopped || !report) return;
  const equal = !report.different.length && !report.failed.length;
  if (json) {
    const told = JSON.parse(String(command.stdout));
    console.log(JSON.stringify({ ...told, pictures: asData(report) }));
  } else if (!quiet || !equal) {
    process.stdout.write(`\n${asText({ ...report, folder: pictures })}`);
  }
  process.exitCode = command.status || (equal ? 0 : DIFFERENT);
}
