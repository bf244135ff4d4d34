// bench/looks.mjs: pictures are read, compared and written as they are; pages are chosen from what
// Jekyll wrote; a site that Meridian shows as Jekyll does has no difference, a changed one has.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { build, compareSite } from '../../bench/looks.mjs';
import { addressOf, choosePages, placeOf } from '../../bench/looks/pages.mjs';
import { differences } from '../../bench/looks/pictures.mjs';
import { readPng, writePng } from '../../bench/looks/png.mjs';
import { browserOrSkip, chromiumOnly } from './browser.mjs';
import { SITES, notBuilt } from './hosts.mjs';

/** A picture of rows of grey values. */
const grey = (...rows) => ({
  width: rows[0].length,
  height: rows.length,
  data: Uint8Array.from(rows.flat().flatMap((value) => [value, value, value, 255])),
});

/** A PNG file, without sums, of rows that have their filters' numbers before them. */
function pngOf(width, height, colourType, rows) {
  const chunk = (kind, body) => {
    const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, named, Buffer.alloc(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, colourType], 8);
  const body = deflateSync(Buffer.from(rows.flat()));
  // In two parts, as encoders divide long ones.
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', body.subarray(0, 5)),
    chunk('IDAT', body.subarray(5)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('pictures', () => {
  test('each filter of PNG is undone', () => {
    const pixels = [
      [10, 20, 30, 40, 50, 60],
      [15, 25, 35, 45, 55, 65],
      [200, 100, 50, 25, 12, 6],
      [1, 2, 3, 250, 251, 252],
      [9, 8, 7, 6, 5, 4],
    ];
    const at = (y, x) => (y < 0 || x < 0 ? 0 : pixels[y][x]);
    const predictors = [
      () => 0,
      (y, x) => at(y, x - 3),
      (y, x) => at(y - 1, x),
      (y, x) => Math.floor((at(y, x - 3) + at(y - 1, x)) / 2),
      (y, x) => {
        const [a, b, c] = [at(y, x - 3), at(y - 1, x), at(y - 1, x - 3)];
        const p = a + b - c;
        return [a, b, c].reduce((best, one) =>
          Math.abs(p - one) < Math.abs(p - best) ? one : best,
        );
      },
    ];
    const rows = pixels.map((row, y) => [
      y,
      ...row.map((value, x) => (value - predictors[y](y, x) + 256) % 256),
    ]);
    const { width, height, data } = readPng(pngOf(2, 5, 2, rows));
    assert.deepEqual([width, height], [2, 5]);
    const expected = pixels.flatMap((row) => [...row.slice(0, 3), 255, ...row.slice(3), 255]);
    assert.deepEqual([...data], expected);
  });

  test('a written picture is read again, with its opacity', () => {
    const picture = grey([0, 100, 255], [7, 8, 9]);
    picture.data[3] = 128;
    const file = writePng(picture);
    assert.deepEqual(readPng(file), picture);
    // The sum of the last chunk is the same in every PNG file.
    assert.equal(file.subarray(-8).toString('hex'), '49454e44ae426082');
  });

  test('other files are refused', () => {
    assert.throws(() => readPng(Buffer.from('GIF89a')), /not a PNG/);
    assert.throws(
      () =>
        readPng(
          pngOf(2, 2, 3, [
            [0, 1, 2],
            [0, 1, 2],
          ]),
        ),
      /colour type 3/,
    );
    assert.throws(() => readPng(pngOf(2, 3, 2, [[0, 1, 2, 3, 4, 5, 6]])), /cut short/);
    assert.throws(() => readPng(pngOf(1, 1, 2, [[9, 1, 2, 3]])), /filter 9/);
  });

  test('what nobody sees is equal, more is counted', () => {
    const none = differences(grey([100, 100], [100, 100]), grey([100, 108], [92, 100]));
    assert.deepEqual([none.differing, none.share, none.first], [0, 0, -1]);
    const one = differences(grey([100, 100], [100, 100]), grey([100, 100], [109, 100]));
    assert.deepEqual([one.differing, one.share, one.first], [1, 0.25, 1]);
    // Red, and the rest faded.
    assert.deepEqual([...one.picture.data.subarray(8, 11)], [220, 0, 40]);
    assert.ok(one.picture.data[0] > 200);
  });

  test('what only one of them has differs', () => {
    const longer = differences(grey([1, 1]), grey([1, 1], [1, 1], [1, 1]));
    assert.deepEqual([longer.differing, longer.first, longer.picture.height], [4, 1, 3]);
    assert.equal(differences(grey([1, 1, 1]), grey([1])).share, 2 / 3);
  });
});

describe('pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-looks-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const put = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const page = (length) => `<html><body>${'x'.repeat(length)}</body></html>`;

  before(() => {
    put('index.html', page(50));
    put('a b/index.html', page(30));
    put('short.html', page(1));
    put('long/page.html', page(900));
    put('404.html', page(2000));
    put('endless.html', page(500_000));
    put('old/index.html', `<meta http-equiv="refresh" content="0; url=/"><body>${page(3000)}`);
    put('part.html', `<p>${'x'.repeat(5000)}</p>`);
    put('style.css', 'a{}');
  });

  test('the first one, the longest, the middle one', () => {
    assert.deepEqual(choosePages(folder, 3), ['index.html', 'long/page.html', 'a b/index.html']);
    assert.equal(choosePages(folder, 9).length, 4);
    assert.deepEqual(choosePages(folder, 1), ['index.html']);
    assert.deepEqual(choosePages(folder, 0), []);
  });

  test('have the addresses that links have', () => {
    assert.equal(addressOf('index.html'), '');
    assert.equal(addressOf('a b/index.html'), 'a%20b/');
    assert.equal(addressOf('xindex.html'), 'xindex.html');
  });

  test('lie below the baseurl of the configuration', () => {
    const place = (text) => {
      put('_config.yml', text);
      return placeOf(folder);
    };
    const url = 'https://me.example';
    assert.deepEqual(place(`url: "${url}/" # ours\nbaseurl: '/sub/'\n`), { url, baseurl: '/sub' });
    assert.deepEqual(place(`# url: no\nurl : ${url}\nbaseurl: ""\n`), { url, baseurl: '' });
    assert.deepEqual(place('title: T\nbaseurl:   # none\n'), { url: '', baseurl: '' });
    put('CNAME', 'me.example\n');
    assert.deepEqual(place('title: T\n'), { url, baseurl: '' });
    rmSync(join(folder, '_config.yml'));
    put('_config.yaml', 'baseurl: /lab\n');
    assert.deepEqual(placeOf(folder), { url, baseurl: '/lab' });
  });
});

const skip =
  notBuilt() ?? chromiumOnly('the driver opens no page in a context with another behind it');
describe('a site', { skip }, () => {
  const made = mkdtempSync(join(tmpdir(), 'meridian-looks-'));
  after(() => rmSync(made, { recursive: true, force: true }));

  /** The looks of a site whose reference is Jekyll's, after a change. */
  async function looks(t, name, options, change = (text) => text) {
    const browser = await browserOrSkip(t);
    if (!browser) return null;
    const source = join(SITES, 'with-own-shell');
    const [ours, reference] = [join(made, `${name}-ours`), join(made, `${name}-reference`)];
    build(source, ours, options);
    cpSync(join(SITES, 'with-own-shell.expected'), reference, { recursive: true });
    const first = join(reference, 'index.html');
    writeFileSync(first, change(readFileSync(first, 'utf8')));
    const found = [];
    const folders = { source, ours, reference };
    for await (const look of compareSite(t, browser, { ...folders, pages: 2, widths: [700] }))
      found.push(look);
    return found;
  }

  for (const [name, options] of Object.entries({
    'raw sources': {},
    'written by the command': { written: true },
    'with the theme said': { theme: 'site' },
  })) {
    test(`${name}: looks as Jekyll's`, async (t) => {
      const found = await looks(t, name.replaceAll(' ', '-'), options);
      if (!found) return;
      assert.deepEqual(
        found.map(({ page, share, messages }) => ({ page, share, messages })),
        ['index.html', found[1].page].map((page) => ({ page, share: 0, messages: [] })),
      );
      assert.equal(found[0].heights[0], found[0].heights[1]);
    });
  }

  test('a difference is found, with its picture', async (t) => {
    const found = await looks(t, 'changed', {}, (text) =>
      text.replace('</body>', '<p style="height:2000px">More</p></body>'),
    );
    if (!found) return;
    const [first, other] = found;
    assert.ok(first.share > 0.2, `${first.share}`);
    assert.ok(first.heights[0] > first.heights[1]);
    assert.equal(readPng(first.pictures.difference).height, first.heights[0]);
    assert.equal(other.share, 0);
  });
});
