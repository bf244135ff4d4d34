// The layout `cv`: a CV from JSON Resume, from RenderCV and from collections, as a page, on paper
// and as JSON. Real core, real browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { violations } from './axe.mjs';
import { chromiumOnly, launch } from './browser.mjs';
import { built, host, noBrowser, openPage, visit as open } from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const HOSTILE = 'Ada </script><script>document.title="stolen"</script> & <b>Lovelace</b>';
const RESUME = {
  basics: {
    name: HOSTILE,
    label: 'Analyst',
    email: 'ada@ada.example',
    phone: '+44 20 1234',
    url: 'https://ada.example/?a=1&b=2',
    summary: 'Writes *notes*.',
    location: { address: '12 Square', postalCode: 'SW1', city: 'London', countryCode: 'GB' },
    profiles: [
      { network: 'GitHub', username: 'ada', url: 'https://github.com/ada' },
      { network: 'Bad', username: 'x', url: 'javascript:document.title="stolen"' },
      { network: 'Worse', username: 'y', url: 'java&#115;cript&#58;document.title="stolen"' },
    ],
  },
  work: [
    {
      name: 'Society',
      position: 'Analyst',
      startDate: '2020-05',
      highlights: ['1. A *note*', 'C++ <T>'],
    },
    { name: 'Old', position: 'Clerk', startDate: '2018', endDate: '2019-12-31', url: '/old/' },
    'a stray text',
    { nonsense: 1 },
    null,
    ['list'],
  ],
  volunteer: [
    { organization: 'Club', position: 'Teacher', startDate: '2020-05-01', endDate: '2020-08-01' },
  ],
  education: [
    {
      institution: 'Home',
      area: 'Mathematics',
      studyType: 'PhD',
      startDate: '1830',
      endDate: '1835',
    },
  ],
  awards: [],
  certificates: [
    { name: 'Certificate', date: '2021-11-07', issuer: 'Issuer', url: 'https://c.example' },
  ],
  publications: [{ name: 'Notes', publisher: 'Taylor', releaseDate: '1843-09' }],
  skills: [{ name: 'Maths', level: 'Master', keywords: ['algebra', 'calculus'] }],
  languages: [{ language: 'English', fluency: 'native' }],
  references: 'on request',
  projects: { name: 'not a list' },
};
const CONFIG = 'title: Lab\nauthor: {name: Ada Lovelace}\n';
const PAGE = '---\nlayout: cv\ntitle: CV\n---\n';
const SITE = {
  '_config.yml': CONFIG,
  '_data/cv.json': JSON.stringify(RESUME),
  'cv.md': PAGE,
  'de.md': '---\nlayout: cv\ntitle: Lebenslauf\nlang: de\n---\n',
  'ar.md': '---\nlayout: cv\ntitle: السيرة الذاتية\nlang: ar\n---\n',
  'index.md': '---\nlayout: single\ntitle: Home\n---\n[CV](/cv.html)\n',
};
const RENDERCV = `cv:
  name: John Doe
  email: john@doe.example
  phone: tel:+1-609-999-9995
  social_networks: [{network: LinkedIn, username: john}]
  sections:
    Summary: ["Reads **YAML**. See [docs](https://docs.example)."]
    education:
      - {institution: Princeton, area: Computing, degree: PhD, date: null, start_date: 2018-09, end_date: 2023-05-01, highlights: [A thesis]}
    Experience:
      - {company: Nexus, position: Founder, start_date: 2023-06-01, end_date: present}
    Publications:
      - {title: Sparse, authors: ["*John Doe*", Sarah Poe], doi: 10.1234/x, journal: J, date: 2023-07}
    skills: [{label: Languages, details: "Python, C++"}]
    honors: [{bullet: A bullet}]
    nothing:
`;
const AL_FOLIO = `- {title: General Information, type: map, contents: [{name: Full Name, value: Albert}]}
- title: Education
  type: time_table
  contents:
    - {title: PhD, institution: Zurich, year: 1905, description: [One., {title: Two, contents: [Sub]}]}
- {title: Interests, type: nested_list, contents: [{title: Topic, items: [D1, D2]}]}
- {title: Hobbies, type: list, contents: [H1]}
`;

/** @param {any} t @param {Record<string, string>} sources @param {any} [options] */
const visit = (t, sources, options) => open(t, browser, sources, { path: 'cv.html', ...options });

/** Lines of the console, without the one of an address for which the host gives the shell. */
const linesOf = (/** @type {string[]} */ lines) =>
  lines.filter((line) => !/404 .*\/cv\.html$/.test(line));

/** The parts of a CV: heading, and the lines that a reader sees. @param {any} page */
const partsOf = (page) =>
  page.$$eval('.cv__section', (sections) =>
    sections.map((section) => [
      section.querySelector('h2').textContent,
      [...section.querySelectorAll(':scope > ul > li')].map((item) =>
        [...item.childNodes]
          .map((node) => node.textContent.trim())
          .filter(Boolean)
          .join(' | '),
      ),
    ]),
  );

/** The JSON that the page offers. @param {any} page */
async function downloadOf(page) {
  const address = String(await page.getAttribute('.cv__download a', 'href'));
  return JSON.parse(
    decodeURIComponent(address.replace('data:application/json;charset=utf-8,', '')),
  );
}

test('JSON Resume: what is there is shown, what is broken is left out', { skip }, async (t) => {
  const { page, lines } = await visit(t, SITE);
  assert.deepEqual(await partsOf(page), [
    [
      'Experience',
      [
        'Analyst | May 2020 – present | Society | 1. A noteC++ <T>',
        'Clerk | 2018 – Dec 2019 | Old',
        'a stray text',
      ],
    ],
    ['Volunteering', ['Teacher | May – Aug 2020 | Club']],
    ['Education', ['Home | 1830 – 1835 | PhDMathematics']],
    ['Certificates', ['Certificate | Nov 2021 | Issuer']],
    ['Publications', ['Notes | Sep 1843 | Taylor']],
    ['Skills', ['Maths | Master | algebra, calculus']],
    ['Languages', ['English | native']],
    ['References', ['on request']],
  ]);
  assert.equal(await page.textContent('.cv__name'), HOSTILE);
  assert.deepEqual(
    await page.$$eval('.cv__contact > li', (items) =>
      items.map((item) => [item.textContent, item.querySelector('a')?.getAttribute('href') ?? '']),
    ),
    [
      ['12 Square, SW1 London, GB', ''],
      ['ada@ada.example', 'mailto:ada@ada.example'],
      ['+44 20 1234', 'tel:+44201234'],
      ['ada.example/?a=1&b=2', 'https://ada.example/?a=1&b=2'],
      ['GitHub: ada', 'https://github.com/ada'],
      ['Bad: x', ''],
      ['Worse: y', '/java&#115;cript&%2358;document.title=%22stolen%22'],
    ],
  );
  assert.match(await page.title(), /^CV/);
  assert.deepEqual(linesOf(lines), []);
});

test('the JSON is downloaded as it was, and search engines get a person', { skip }, async (t) => {
  const { page } = await visit(t, SITE);
  const person = JSON.parse(await page.textContent('script[type="application/ld+json"]'));
  assert.equal(person['@type'], 'Person');
  assert.equal(person.name, HOSTILE);
  assert.equal(person.jobTitle, 'Analyst');
  assert.deepEqual(person.sameAs, ['https://github.com/ada']);
  assert.deepEqual(person.alumniOf, [{ '@type': 'Organization', name: 'Home' }]);
  assert.equal(await page.getAttribute('.cv__download a', 'download'), 'cv.json');
  assert.deepEqual(await downloadOf(page), RESUME);
});

test('a click saves the file', { skip: skip ?? chromiumOnly('saved files') }, async (t) => {
  const { page } = await visit(t, SITE, { context: { acceptDownloads: true } });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('.cv__download a'),
  ]);
  assert.equal(download.suggestedFilename(), 'cv.json');
  assert.deepEqual(JSON.parse(readFileSync(await download.path(), 'utf8')), RESUME);
  assert.match(page.url(), /cv\.html$/);
});

test('RenderCV, a list of al-folio, collections', { skip }, async (t) => {
  const data = (/** @type {string} */ text) => ({
    '_config.yml': CONFIG,
    '_data/cv.yml': text,
    'index.md': PAGE,
  });
  const { page, lines } = await visit(t, data(RENDERCV), { path: '' });
  assert.deepEqual(await partsOf(page), [
    ['Summary', ['Reads | YAML | . See | docs | .']],
    ['Education', ['Princeton | Sep 2018 – May 2023 | PhDComputing | A thesis']],
    ['Experience', ['Founder | Jun 2023 – present | Nexus']],
    ['Publications', ['Sparse | Jul 2023 | J | John Doe, Sarah Poe']],
    ['Skills', ['Languages | Python, C++']],
    ['Honors', ['A bullet']],
  ]);
  assert.deepEqual(
    await page.$$eval('main a[href]:not([download])', (links) => links.map((link) => link.href)),
    [
      'mailto:john@doe.example',
      'tel:+1-609-999-9995',
      'https://www.linkedin.com/in/john',
      'https://docs.example/',
      'https://doi.org/10.1234/x',
    ],
  );
  assert.deepEqual(lines, []);
  const resume = await downloadOf(page);
  assert.deepEqual(resume.basics, {
    name: 'John Doe',
    email: 'john@doe.example',
    phone: '+1-609-999-9995',
    profiles: [{ network: 'LinkedIn', username: 'john' }],
    summary: 'Reads **YAML**. See [docs](https://docs.example).',
  });
  assert.deepEqual(resume.work, [{ name: 'Nexus', position: 'Founder', startDate: '2023-06-01' }]);
  assert.deepEqual(resume.awards, [{ title: 'A bullet' }]);
  const { page: older } = await visit(t, data(AL_FOLIO), { path: '' });
  assert.deepEqual(await partsOf(older), [
    ['General Information', ['Full Name | Albert']],
    ['Education', ['PhD | 1905 | Zurich | One.TwoSub']],
    ['Interests', ['Topic | D1D2']],
    ['Hobbies', ['H1']],
  ]);
  const { basics, education } = await downloadOf(older);
  assert.deepEqual(
    [basics, education],
    [
      { name: 'Albert' },
      [
        {
          institution: 'Zurich',
          studyType: 'PhD',
          startDate: '1905',
          highlights: ['One.', 'Two: Sub'],
        },
      ],
    ],
  );
  const { page: works } = await visit(t, {
    '_config.yml': `${CONFIG}collections: {publications: {output: true}}\n`,
    '_publications/one.md': '---\ntitle: One\ndate: 2019-01-01\n---\nText\n',
    '_publications/two.md': '---\ntitle: Two\ndate: 2021-01-01\n---\nText\n',
    'cv.md': PAGE,
  });
  assert.deepEqual(await partsOf(works), [['Publications', ['2021 | Two', '2019 | One']]]);
});

test('broken data is named with its place, and the page is there', { skip }, async (t) => {
  const broken = { ...SITE, '_data/cv.json': '{\n  "basics": {"name": "Ada"},\n  "work": [}\n' };
  const { page } = await visit(t, broken);
  const note = page.locator('.mer-notes .diagnostic', { hasText: '_data/cv.json' });
  const text = String(await note.first().textContent());
  assert.match(text, /_data\/cv\.json:3:/);
  assert.match(text, /write a value, or delete what comes before it/);
  assert.equal(await page.textContent('h1'), 'CV');
});

test('nothing of it is loaded by other pages', { skip }, async (t) => {
  const { page, asked, lines } = await visit(t, SITE, { path: '' });
  const own = () => asked().filter((path) => /\/cv\b/.test(path));
  await page.waitForSelector('main a');
  assert.deepEqual(own(), []);
  await page.click('main a');
  await page.waitForSelector('.cv__section');
  assert.deepEqual(own().sort(), [
    '/_data/cv.json',
    '/cv.md',
    '/meridian/cv.css',
    '/meridian/cv.txt',
  ]);
  assert.deepEqual(lines, []);
});

test('a layout of the site’s own with that name takes its place', { skip }, async (t) => {
  const own = '---\nlayout: single\n---\n<p class="own">Mine</p>{{ content }}';
  const { page, asked } = await visit(t, { ...SITE, '_layouts/cv.html': own });
  assert.equal(await page.textContent('.own'), 'Mine');
  assert.equal(await page.locator('.cv__section').count(), 0);
  assert.deepEqual(
    asked().filter((path) => /^\/meridian\/cv\./.test(path)),
    [],
  );
});

test('words and dates are in the language of the page', { skip }, async (t) => {
  const { page } = await visit(t, SITE, { path: 'de.html' });
  const [work, volunteer] = await partsOf(page);
  assert.deepEqual(work[1][0], 'Analyst | Mai 2020 – heute | Society | 1. A noteC++ <T>');
  assert.equal(volunteer[0], 'Ehrenamt');
  assert.equal(await page.textContent('.cv__download a'), 'Als JSON Resume laden');
});

test('a written page has it all, without a script', { skip }, async (t) => {
  const server = await host(t, built(t, SITE));
  const { page } = await openPage(t, browser, { javaScriptEnabled: false });
  await page.goto(`${server.url}cv.html`);
  assert.equal((await partsOf(page)).length, 8);
  assert.equal(await page.locator('.cv__download a').isVisible(), true);
});

test('axe finds nothing, and nothing is wider than a phone', { skip }, async (t) => {
  for (const [path, width, colorScheme] of [
    ['cv.html', 1440, 'light'],
    ['cv.html', 390, 'dark'],
    ['ar.html', 390, 'light'],
  ]) {
    const { page } = await visit(t, SITE, {
      path,
      context: { viewport: { width, height: 844 }, colorScheme },
    });
    assert.deepEqual(await violations(page), [], `${path} ${width} ${colorScheme}`);
    assert.equal(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      true,
    );
  }
});

/** A PDF with its compressed streams, as text. @param {Buffer} pdf */
function unpacked(pdf) {
  const texts = [];
  for (let at = 0; (at = pdf.indexOf('stream\n', at)) > 0;) {
    const from = at + 'stream\n'.length;
    at = pdf.indexOf('endstream', from);
    try {
      texts.push(inflateSync(pdf.subarray(from, at)).toString('latin1'));
    } catch {
      // a picture, or a font
    }
    at += 'endstream'.length;
  }
  return pdf.toString('latin1') + texts.join('\n');
}

/** The works that each page of a PDF links to. @param {string} pdf */
const worksOfPages = (pdf) => {
  /** @type {Record<string, string>} */
  const links = {};
  for (const [, number, work] of pdf.matchAll(
    /\n(\d+) 0 obj\s(?:(?!endobj)[^])*?works\.example\/(\d+-\d+)/g,
  ))
    links[number] = work;
  return [...pdf.matchAll(/\/Type \/Page\b(?!s)(?:(?!endobj)[^])*?\/Annots \[([^\]]*)\]/g)].map(
    ([, annotations]) => [
      ...new Set(
        annotations
          .match(/\d+(?= 0 R)/g)
          ?.map((one) => links[one])
          .filter(Boolean),
      ),
    ],
  );
};

/** A CV of some twenty pages. */
const LONG = {
  ...SITE,
  '_data/cv.json': JSON.stringify({
    ...RESUME,
    publications: Array.from({ length: 400 }, (_, i) => ({
      name: `A work on the engine, number ${i}, and what it might weave`,
      publisher: 'Memoirs',
      releaseDate: `${2024 - (i % 40)}-03`,
      url: `https://works.example/${i}`,
    })),
  }),
};

test(
  'on paper: links live, no entry torn, no heading alone, of A4 and Letter',
  { skip: skip ?? chromiumOnly('PDF') },
  async (t) => {
    const { page } = await visit(t, LONG);
    // The rest of a long page comes after its first screen.
    await page.waitForSelector('.cv__download');
    for (const format of ['A4', 'Letter']) {
      const pdf = unpacked(await page.pdf({ format }));
      const [, width] = /MediaBox \[0 0 ([\d.]+)/.exec(pdf) ?? [];
      assert.ok(Math.abs(Number(width) - (format === 'A4' ? 595 : 612)) < 2, `${format} ${width}`);
      const pages = pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
      assert.ok(pages >= 15 && pages <= 40, `${pages} pages`);
      const links = pdf.match(/\/URI \(https:\/\/works\.example\/\d+\)/g) ?? [];
      assert.equal(new Set(links).size, 400);
    }
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.cv__download', '.masthead', '.page__title'])
      assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
    const rules = await page.evaluate(() => ({
      entry: getComputedStyle(document.querySelector('.cv__entry')).breakInside,
      heading: getComputedStyle(document.querySelector('.cv__section > h2')).breakAfter,
      // One that is avoided at the end of an entry would chain all entries.
      last: getComputedStyle(document.querySelector('.cv__entry > :last-child')).breakAfter,
      paper: getComputedStyle(document.body).color,
    }));
    assert.deepEqual(
      [rules.entry, rules.heading, rules.last, rules.paper],
      ['avoid', 'avoid', 'auto', 'rgb(0, 0, 0)'],
    );
  },
);

test(
  'on paper no entry of a part stands alone on a page',
  { skip: skip ?? chromiumOnly('PDF') },
  async (t) => {
    const PARTS = 60;
    const sections = Object.fromEntries(
      Array.from({ length: PARTS }, (_, part) => [
        `Part ${part}`,
        Array.from({ length: 2 + ((part * 7) % 5) }, (_, i) => ({
          name: `Work ${i}`,
          date: '2020',
          url: `https://works.example/${part}-${i}`,
          summary: 'What it weaves. '.repeat(1 + ((part + i) % 9) * 4),
        })),
      ]),
    );
    const { page } = await visit(t, {
      ...SITE,
      '_data/cv.json': JSON.stringify({ cv: { name: 'Ada', sections } }),
    });
    await page.waitForSelector('.cv__download');
    for (const format of ['A4', 'Letter']) {
      const pages = worksOfPages(unpacked(await page.pdf({ format })));
      assert.ok(pages.length > 8, `${pages.length} pages`);
      assert.ok(pages.flat().length > 3 * PARTS);
      const alone = pages.flatMap((works) => {
        const parts = works.map((work) => work.split('-')[0]);
        return parts.filter((part) => parts.indexOf(part) === parts.lastIndexOf(part));
      });
      assert.deepEqual(alone, [], format);
    }
  },
);
