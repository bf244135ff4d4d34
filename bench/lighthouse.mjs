// Lighthouse, mobile preset, on pages of the demo as serve.py gives them: node bench/lighthouse.mjs
// [--rounds N] [--details] [ROUTE…] Prepared by: python3 serve.py --build; cd bench && npm ci.
// Wants Chromium.
//
// Of the rounds the median counts. The preset emulates a phone on slow 4G with a processor four
// times slower; it computes that from the time that tasks took on this machine, so other programs
// make "performance" smaller. The columns "quiet" have the tasks' processor time in its place.
// --details names the audits that are not passed.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { launch as launchChrome } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { Audit } from 'lighthouse/core/audits/audit.js';
import { findChromium } from '../tests/web/chromium.mjs';
import { PROJECT } from '../tests/web/hosts.mjs';
import { median, table } from './measure.mjs';

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    details: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const routes = positionals.length
  ? positionals
  : ['/', '/publications/', '/travel/andes/on-the-slope-of-chimborazo/'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const METRICS = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
];

/** The server's address, and the process. */
function serve() {
  const server = spawn('python3', ['serve.py', '--no-build', '--port', '0'], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`serve.py ended with ${code}`)));
    server.stdout.on('data', (data) => {
      const address = /http:\/\/[^\s]+/.exec(String(data))?.[0];
      if (address) resolve({ server, address });
    });
  });
}

// How Lighthouse scores the total blocking time: 200 ms give 0.9, 600 ms 0.5; its weight in
// "performance".
const BLOCKED = { p10: 200, median: 600 };
const SHARE = 0.3;

/**
 * Total blocking time of the page's main thread on an otherwise idle machine, and "performance"
 * with it.
 */
function quiet({ lhr, artifacts: { Trace, traces } }) {
  const { traceEvents } = Trace ?? traces.defaultPass;
  const { args } =
    traceEvents.find(
      ({ name, args }) => name === 'ResourceSendRequest' && args.data.url === lhr.finalDisplayedUrl,
    ) ?? {};
  const { pid, tid, ts } = traceEvents.find((event) => event.args === args);
  const tasks = traceEvents.filter(
    (event) => event.name === 'RunTask' && event.pid === pid && event.tid === tid && event.ts > ts,
  );
  const slower = lhr.configSettings.throttling.cpuSlowdownMultiplier;
  const blocked = tasks.reduce(
    (sum, { tdur }) => sum + Math.max(0, (tdur / 1000) * slower - 50),
    0,
  );
  const score = (milliseconds) => Audit.computeLogNormalScore(BLOCKED, milliseconds);
  const change = score(blocked) - lhr.audits['total-blocking-time'].score;
  return { blocked, performance: lhr.categories.performance.score + SHARE * change };
}

/** The audits that failed, with Lighthouse's explanation. */
function faults({ audits, categories }) {
  const counted = new Set(
    Object.values(categories).flatMap(({ auditRefs }) => auditRefs.map(({ id }) => id)),
  );
  return Object.values(audits)
    .filter(({ id, score }) => counted.has(id) && score !== null && score < 0.9)
    .map(
      ({ id, title, displayValue = '', details }) =>
        `  ${id}: ${title} ${displayValue}\n${(details?.items ?? [])
          .slice(0, 5)
          .map((item) => `    ${JSON.stringify(item).slice(0, 300)}`)
          .join('\n')}`,
    );
}

const { server, address } = await serve();
const chrome = await launchChrome({
  chromePath: findChromium() ?? undefined,
  chromeFlags: [
    '--headless=new',
    '--disable-quic',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
});
try {
  const rows = [];
  for (const route of routes) {
    const runs = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      const result = await lighthouse(address + route.slice(1), {
        port: chrome.port,
        output: 'json',
        logLevel: 'error',
        onlyCategories: CATEGORIES,
      });
      if (result.lhr.runtimeError) throw new Error(`${route}: ${result.lhr.runtimeError.message}`);
      runs.push({ ...result.lhr, quiet: quiet(result) });
    }
    rows.push([
      route,
      ...CATEGORIES.map((id) =>
        Math.round(100 * median(runs.map(({ categories }) => categories[id].score))),
      ),
      ...METRICS.map((id) => {
        const value = median(runs.map(({ audits }) => audits[id].numericValue));
        return id === 'cumulative-layout-shift' ? value.toFixed(3) : `${value.toFixed(0)} ms`;
      }),
      `${median(runs.map(({ quiet }) => quiet.blocked)).toFixed(0)} ms`,
      Math.round(100 * median(runs.map(({ quiet }) => quiet.performance))),
    ]);
    if (values.details) console.log(`${route}\n${faults(runs[0]).join('\n')}`);
  }
  console.log(
    table(
      [
        'page',
        'performance',
        'accessibility',
        'best practices',
        'SEO',
        'FCP',
        'LCP',
        'blocked',
        'CLS',
        'blocked, quiet',
        'performance, quiet',
      ],
      rows,
    ),
  );
} finally {
  chrome.kill();
  server.removeAllListeners('exit');
  server.kill('SIGINT');
}
