// <meridian-globe> outside of the demo: in a foreign page, in full screen, and saved as a picture.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { wordsOf } from '../../web/globe/words.js';
import { COMMAND, PROJECT, host, makeSite, openPage, until } from './hosts.mjs';
import { skip, browser, travel } from './globe-page.mjs';

test(
  'Enter follows the link of a stop; the globe enters and leaves full screen',
  { skip },
  async (t) => {
    const server = await host(
      t,
      makeSite(t, {
        'lab.html': `<!doctype html><meta charset="utf-8"><title>Lab</title><link rel="icon" href="data:,">
<script type="module" src="meridian/globe.js"></script>
<meridian-globe labels="none" night><script type="application/yaml">
- {city: Bonn, lat: 50.7, lon: 7.1, url: other.html, from: 2019-03-04, country: Germany}
- [Bern, 46.9, 7.4]
</script></meridian-globe><meridian-globe id="none" lang="de-AT"></meridian-globe><div lang="zh-TW"><meridian-globe id="own" data-list="Orte"><p data-lon="1" data-lat="2">X</p></meridian-globe></div>`,
        'other.html': '<!doctype html><title>Other</title><link rel="icon" href="data:,">There',
      }).folder,
    );
    const { page, lines } = await openPage(t, browser);
    await page.goto(`${server.url}lab.html`);
    await page.waitForSelector('meridian-globe[ready]');
    const first = page.locator('meridian-globe').first();
    assert.deepEqual(
      await page.evaluate(() =>
        document
          .querySelector('meridian-globe')
          .stops.map(({ name, from, lat }) => [name, from, lat]),
      ),
      [
        ['Bonn', '2019-03-04', 50.7],
        ['Bern', '', 46.9],
      ],
    );
    await first
      .locator('.stats', { hasText: /^2 stops · 1 country \/ region$/ })
      .waitFor({ state: 'attached' });
    await first.locator('button[aria-label="Full screen"]').click();
    await page.waitForFunction(() => document.fullscreenElement?.localName === 'meridian-globe');
    await first.locator('button[aria-label="Full screen"]').click();
    await page.waitForFunction(() => !document.fullscreenElement);
    await page.locator('#none').scrollIntoViewIfNeeded();
    await page.waitForSelector('#none[ready]');
    assert.equal(
      await page.locator('#none [part=problems]').textContent(),
      'Noch keine Stationen.',
    );
    assert.equal(
      await page.locator('#none .hint[id]').textContent(),
      'Ziehen dreht · Klicken, dann Scrollen zoomt · Darüberfahren nennt den Namen',
    );
    await page.locator('#own').scrollIntoViewIfNeeded();
    await page.waitForSelector('#own button[title=放大]');
    assert.equal(await page.locator('#own .list').getAttribute('aria-label'), 'Orte');
    await first.locator('canvas').focus();
    await page.keyboard.press('n');
    assert.match(await first.locator('.live').textContent(), /^Bonn, Germany, 2019-03-04/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/other\.html/);
    assert.deepEqual(lines, []);
  },
);

test('the picture is saved as PNG and as SVG', { skip }, async (t) => {
  const { page } = await travel(t);
  const [png, svg] = await page.evaluate(async () => {
    const globe = document.querySelector('meridian-globe');
    const blob = await globe.toBlob({ scale: 1 });
    return [[blob.type, blob.size], await globe.toSVG()];
  });
  assert.equal(png[0], 'image/png');
  assert.ok(png[1] > 10_000);
  assert.match(svg, /^<svg xmlns[^>]*>.*Cumaná.*<\/svg>$/s);
  assert.equal(
    await page.evaluate(
      (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror'),
      svg,
    ),
    null,
  );
});

test('the save button works by mouse and by keyboard', { skip }, async (t) => {
  const { page, lines } = await travel(t);
  const controls = page.locator('meridian-globe').getByRole('button');
  const saver = controls.and(page.getByRole('button', { name: 'Save the picture', exact: true }));
  assert.equal(await saver.getAttribute('aria-expanded'), 'false');
  const kept = async (name, choose) => {
    const [download] = await Promise.all([page.waitForEvent('download'), choose()]);
    assert.equal(download.suggestedFilename(), name);
    return readFileSync(await download.path());
  };
  await saver.click();
  const png = await kept('globe.png', () =>
    page.getByRole('button', { name: 'Save the picture, PNG' }).click(),
  );
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.equal(await saver.getAttribute('aria-expanded'), 'false');
  await saver.press('Enter');
  for (const name of ['Follow the journey', 'Full screen', 'Back to the first view'])
    assert.ok(await controls.and(page.getByRole('button', { name })).isVisible(), name);
  await page.keyboard.press('Tab');
  const svg = await kept('globe.svg', () => page.keyboard.press('Enter'));
  assert.match(svg.toString(), /^<svg .*Cumaná/s);
  await saver.press('Enter');
  await page.keyboard.press('Escape');
  assert.equal(
    await page.evaluate(
      () => document.querySelector('meridian-globe').shadowRoot.activeElement.title,
    ),
    'Save the picture',
  );
  assert.equal(await page.getByRole('button', { name: 'Save the picture, PNG' }).count(), 0);
  assert.deepEqual(
    lines.filter((line) => !/404.*travel\/$/.test(line)),
    [],
  );
});

test('on a dark page without a colour scheme the buttons can be read', { skip }, async (t) => {
  const server = await host(
    t,
    makeSite(t, {
      'dark.html': `<!doctype html><meta charset="utf-8"><title>Dark</title><link rel="icon" href="data:,">
<style>body { background: #111; color: #fff }</style><script type="module" src="meridian/globe.js"></script>
<meridian-globe><ul><li data-lon="7" data-lat="50" data-from="2019">Bonn</li><li data-lon="8" data-lat="47" data-from="2021">Bern</li></ul></meridian-globe>`,
    }).folder,
  );
  const { page, lines } = await openPage(t, browser);
  await page.goto(`${server.url}dark.html`);
  await page.evaluate(() => document.querySelector('meridian-globe').play());
  for (const part of ['.controls', '.journey select', '.tip']) {
    const [front, back] = await page
      .locator(`meridian-globe ${part}`)
      .first()
      .evaluate((element) => {
        const { color, backgroundColor } = getComputedStyle(element);
        return [color, backgroundColor].map((text) => Number(/\d+/.exec(text)[0]));
      });
    assert.ok(Math.abs(front - back) > 150, `${part}: ${front} on ${back}`);
  }
  assert.deepEqual(lines, []);
});

test('on a phone a stop of the list brings the globe into view', { skip }, async (t) => {
  const { page, canvas } = await travel(t, { viewport: { width: 390, height: 844 } });
  assert.match(await page.locator('meridian-globe .hint[id]').textContent(), /Tap for the name/);
  const inView = async () => {
    const { y, height } = await canvas.boundingBox();
    return y + height / 2 > 0 && y + height / 2 < 844;
  };
  const last = page.locator('ol.stops > li').last().getByRole('button');
  await last.scrollIntoViewIfNeeded();
  assert.equal(await inView(), false);
  await last.click();
  await until(inView);
  // In view, it stays where it is.
  await page.evaluate(() => scrollBy({ top: 100, behavior: 'instant' }));
  const before = await page.evaluate(() => scrollY);
  await page.evaluate(() => document.querySelector('ol.stops > li button').click());
  assert.equal(await page.evaluate(() => scrollY), before);
});

test(
  'the element in a foreign page looks up names, reads lists of other kinds, and reports mistakes',
  { skip },
  async (t) => {
    const shell = makeSite(t, {});
    const other = await host(t, shell.folder, { headers: { 'access-control-allow-origin': '*' } });
    const files = {
      'index.html': `<!doctype html><meta charset="utf-8"><title>Lab</title><link rel="icon" href="data:,">
<script type="module" src="${other.url}meridian/globe.js"></script>
<meridian-globe id="names"><ul><li>Berlin</li><li>北京</li><li>Nowhere at All</li><li data-lon="10" data-lat="20">Camp</li></ul></meridian-globe>
<meridian-globe id="csv" src="stops.csv"></meridian-globe>
<meridian-globe id="gpx" src="track.gpx"></meridian-globe>
<meridian-globe id="json"><script type="application/json">[["Bonn", 50.7, 7.1], {"name": "Bern", "lat": 46.9, "lon": 7.4, "note": "<b>bold</b>", "url": "javascript:alert(1)"}]</script></meridian-globe>
<meridian-globe id="broken" src="none.csv"><p>Three towns</p></meridian-globe>`,
      'stops.csv':
        'city,country,lat,lon,note\n"Paris, of course",France,48.85,2.35,"said ""oui"""\nOslo,Norway,59.9,10.7,\n',
      'track.gpx':
        '<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="45" lon="6"><name>Hut</name></wpt><wpt lat="46" lon="7"><name>Pass</name></wpt></gpx>',
    };
    const server = await host(t, makeSite(t, files, { shell: false }).folder);
    const { page, lines } = await openPage(t, browser);
    await page.addInitScript(() => {
      window.told = [];
      for (const type of ['meridian-problems', 'meridian-error'])
        addEventListener(type, ({ target, detail }) =>
          told.push([target.id, detail.problems?.[0].message ?? String(detail.error)]),
        );
    });
    await page.goto(server.url);
    for (const id of ['names', 'csv', 'gpx', 'json']) {
      await page.locator(`#${id}`).scrollIntoViewIfNeeded();
      await page.waitForSelector(`#${id}[ready]`);
    }
    const stops = (id) =>
      page.evaluate(
        (name) =>
          document
            .getElementById(name)
            .stops.map(({ name, code, country, lon, lat }) => [
              name,
              code || country,
              Math.round(lon),
              Math.round(lat),
            ]),
        id,
      );
    assert.deepEqual(await stops('names'), [
      ['Berlin', 'DE', 13, 53],
      ['北京', 'CN', 116, 40],
      ['Nowhere at All', '', NaN, NaN],
      ['Camp', '', 10, 20],
    ]);
    assert.deepEqual(await stops('csv'), [
      ['Paris, of course', 'France', 2, 49],
      ['Oslo', 'Norway', 11, 60],
    ]);
    assert.deepEqual(await stops('gpx'), [
      ['Hut', '', 6, 45],
      ['Pass', '', 7, 46],
    ]);
    assert.deepEqual(await stops('json'), [
      ['Bonn', '', 7, 51],
      ['Bern', '', 7, 47],
    ]);
    // A list's content becomes text, and its links lead to http(s) addresses only.
    await page.evaluate(() => document.getElementById('json').flyTo('Bern'));
    assert.equal(await page.locator('#json .tip p').textContent(), '<b>bold</b>');
    assert.equal(await page.locator('#json .tip a').count(), 0);
    await page.locator('#broken').scrollIntoViewIfNeeded();
    await page.waitForFunction(() => told.length === 2);
    const told = Object.fromEntries(await page.evaluate(() => window.told));
    assert.match(told.names, /Nowhere at All/);
    assert.match(told.broken, /none\.csv: 404/);
    assert.match(await page.locator('#broken').textContent(), /Three towns/);
    assert.deepEqual(
      lines.filter((line) => !/none\.csv/.test(line)),
      [],
    );
  },
);

/** A globe in a page of a language, with words of its own. */
const globeIn = (lang, dataset = {}) => ({ closest: () => ({ lang }), dataset });

test('numbers of stops and countries have the forms of their language', async () => {
  const said = async (globe, ...counts) => {
    const words = await wordsOf(globe);
    return counts.map((count) => words.counted('stops', count));
  };
  assert.deepEqual(await said(globeIn('en-GB'), 0, 1, 2), ['0 stops', '1 stop', '2 stops']);
  assert.deepEqual(await said(globeIn('de'), 1, 5), ['1 Station', '5 Stationen']);
  assert.deepEqual(await said(globeIn('fr'), 0, 1, 2), ['0 étape', '1 étape', '2 étapes']);
  assert.deepEqual(await said(globeIn('zh-TW'), 1, 9), ['1 站', '9 站']);
  const arabic = ['1 محطة', '2 محطتان', '3 محطات', '11 محطة', '100 محطة', '103 محطات'];
  assert.deepEqual(await said(globeIn('ar'), 1, 2, 3, 11, 100, 103), arabic);
  // Words of the page: one form, or several; a language that nobody knows has English words.
  assert.deepEqual(await said(globeIn('en', { stops: 'Halte' }), 1, 2), ['1 Halte', '2 Halte']);
  const own = { stops: 'one:halte|haltes' };
  assert.deepEqual(await said(globeIn('nl', own), 1, 2), ['1 halte', '2 haltes']);
  assert.deepEqual(await said(globeIn('!'), 1, 2), ['1 stops', '2 stops']);
  assert.equal((await wordsOf(globeIn('en'))).counted('countries', 1), '1 country / region');
});

// A stop in each. The gazetteer knows them.
const COUNTRIES = [
  ...['Germany', 'France', 'Spain', 'Italy', 'Portugal', 'China', 'Japan', 'Egypt'],
  ...['Brazil', 'Canada', 'Mexico', 'Norway'],
];

test('the theme’s page and its globe give numbers the same words, as CLDR has them', async (t) => {
  // How many forms a language has for its numbers.
  const forms = { en: 2, ar: 3, de: 2, es: 2, fr: 2, it: 2, ja: 1, pt: 2, zh: 1, 'zh-Hant': 1 };
  const languages = readdirSync(join(PROJECT, 'core/theme/_includes/words'))
    .map((name) => name.replace('.html', ''))
    .filter((name) => name !== 'day');
  assert.deepEqual(['en', ...languages].sort(), Object.keys(forms).sort());
  const stops = (count) =>
    Array.from(
      { length: count },
      (_, at) => `{name: P, lat: 1, lon: 2, country: ${COUNTRIES[at % COUNTRIES.length]}}`,
    );
  // Of countries there are fewer.
  const counts = [0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 110, 111];
  const pages = Object.keys(forms).flatMap((lang) => counts.map((count) => ({ lang, count })));
  const sources = pages.map(({ lang, count }) => [
    `${lang}-${count}.md`,
    `---\nlang: ${lang}\nstops: [${stops(count)}]\n---\n{% include travel-globe.html stops=page.stops %}\n`,
  ]);
  const { root } = makeSite(t, Object.fromEntries([['_config.yml', 'title: T\n'], ...sources]), {
    shell: false,
  });
  const out = join(root, '_site');
  execFileSync(COMMAND, ['build', '--quiet', '--source', root, '--destination', out], {
    stdio: 'ignore', // it reports that some have no stops
  });
  const seen = {};
  for (const { lang, count } of pages) {
    const words = await wordsOf(globeIn(lang));
    const page = readFileSync(join(out, `${lang}-${count}.html`), 'utf8');
    const said = [...page.matchAll(/<dt>(.*?)<\/dt>\s*<dd>(\d+)<\/dd>/g)];
    assert.deepEqual(
      said.map(([, word, number]) => `${number} ${word}`),
      [
        words.counted('stops', count),
        words.counted('countries', Math.min(count, COUNTRIES.length)),
      ],
      lang,
    );
    (seen[lang] ??= new Set()).add(said[0][1]);
  }
  assert.deepEqual(
    Object.fromEntries(Object.entries(seen).map(([lang, words]) => [lang, words.size])),
    forms,
  );
});

test('what is said of a globe that can’t be loaded is in every language of the theme', async () => {
  const languages = readdirSync(join(PROJECT, 'core/theme/_includes/words'))
    .map((name) => name.replace('.html', ''))
    .filter((name) => name !== 'day');
  const said = await Promise.all(
    ['en', ...languages].map(async (tag) => (await wordsOf(globeIn(tag))).failed),
  );
  assert.equal(said[0], 'The globe could not be loaded.');
  assert.equal(new Set(said).size, 10);
});

test('a globe that can’t be loaded says so in the language around it', { skip }, async (t) => {
  const globe = '<meridian-globe src="none.csv"></meridian-globe>';
  const server = await host(
    t,
    makeSite(t, {
      'lab.html': `<!doctype html><meta charset="utf-8"><title>Lab</title><link rel="icon" href="data:,"><script type="module" src="meridian/globe.js"></script>${globe}<div lang="ar">${globe}</div><div lang="nl">${globe}</div>`,
    }).folder,
  );
  const { page } = await openPage(t, browser);
  await page.goto(`${server.url}lab.html`);
  const hint = (at) => page.locator('meridian-globe').nth(at).locator('[part=hint]');
  await hint(1).filter({ hasText: 'تعذّر تحميل الكرة الأرضية. (' }).waitFor();
  for (const at of [0, 2])
    await hint(at)
      .filter({ hasText: /^The globe could not be loaded\. \(.*none\.csv: 404\)$/ })
      .waitFor();
});
