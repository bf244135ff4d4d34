// What many pages and requests cost at the edge, on paper: node bench/scale.mjs [--pages 1000000]
// [--requests 1000000000]. A model, whose measured figures are those of bench/edge.mjs: see
// docs/scale.md.
//
// Readers ask for pages by Zipf's law: the page with the number n is asked for 1/n times as often
// as the first. They come evenly over a month, and each place of the network has a cache of its
// own, in which a page stays for so many seconds.
import { parseArgs } from 'node:util';
import { table } from './measure.mjs';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '1000000000' },
  },
});
const [pages, requests] = [Number(values.pages), Number(values.requests)];
const MONTH = 30 * 86_400;
// Milliseconds of the processor: a page that is made, one that is kept, an isolate's first answer.
const MADE = 1.3;
const KEPT = 0.13;
const COLD = 2833;
// Isolates that begin in a place of the network on a day.
const STARTS = 24;
// Kilobytes of a page after compression.
const SENT = 5;
const PLACES = 300;

/** The share of requests that the caches of so many places answer. @param {number} seconds */
function hits(places, seconds) {
  let sum = 0;
  for (let n = 1; n <= pages; n++) sum += 1 / n;
  let share = 0;
  for (let n = 1; n <= pages; n++) {
    const part = 1 / n / sum;
    const asked = (requests / MONTH / places) * part * seconds;
    share += (part * asked) / (1 + asked);
  }
  return share;
}

// List prices in dollars of November 2026, for a month.
const million = (amount) => amount / 1e6;
const above = (amount, included) => Math.max(0, amount - included);
const PROVIDERS = {
  'Cloudflare Workers': ({ ms }) =>
    5 + 0.3 * above(million(requests), 10) + 0.02 * above(million(ms), 30),
  'Deno Deploy, Pro': ({ ms, gb }) =>
    20 + 2 * above(million(requests), 5) + 0.05 * above(ms / 3.6e6, 40) + 0.5 * above(gb, 200),
};

const percent = (share) => `${(100 * share).toFixed(0)} %`;
const rows = [];
for (const [kept, seconds] of Object.entries({
  'a minute': 60,
  'an hour': 3600,
  'a day': 86_400,
})) {
  const share = hits(PLACES, seconds);
  const ms =
    requests * (share * KEPT + (1 - share) * MADE) + PLACES * STARTS * (MONTH / 86_400) * COLD;
  const gb = million(requests * SENT);
  rows.push([
    kept,
    percent(hits(1, seconds)),
    percent(share),
    `${Math.round(million(ms))}`,
    ...Object.values(PROVIDERS).map((price) => `$${Math.round(price({ ms, gb }))}`),
  ]);
}
console.log(`${pages} pages, ${requests} requests a month\n`);
console.log(
  table(
    [
      'kept for',
      'hits, one place',
      `hits, ${PLACES} places`,
      'million ms',
      ...Object.keys(PROVIDERS),
    ],
    rows,
  ),
);
