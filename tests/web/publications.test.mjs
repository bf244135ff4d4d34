// The layout `publications`: a page of works from BibTeX and from documents, its filter and what it
// copies. Real core, real modules, real browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeBibliography } from '../../web/engine/abi.js';
import { generated } from '../wasm/bibtex_generator.mjs';
import { allowClipboard, chromiumOnly, launch, touches } from './browser.mjs';
import {
  DIST,
  PROJECT,
  built,
  host,
  makeSite,
  noBrowser,
  openPage,
  visit as open,
} from './hosts.mjs';

const skip = noBrowser();
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const PHONE = { width: 390, height: 844 };
const PAGE = '---\nlayout: publications\ntitle: Publications\n---\n';
const CONFIG = 'title: Lab\nauthor: {name: Ada Lovelace}\n';
const PAPER = `@article{notes2019,
  author = {Babbage, Charles and Lovelace, A. and M{\\"u}ller, J{\\"o}rg},
  title = {Notes on the {Analytical Engine} \\& its \\emph{use}},
  journal = {Scientific Memoirs},
  volume = {3}, number = 4, pages = {666-731},
  year = 2019, month = sep,
  doi = {https://doi.org/10.1000/NOTES_1},
  eprint = {1906.00001}, archiveprefix = {arXiv},
  pdf = {files/notes.pdf}, code = {https://example.org/~ada/code?a=1&b=2},
  keywords = {engines, computing},
  abstract = {Of numbers $<$ 100 and the engine.}
}
`;
const MADE = `${generated(499)}\n${PAPER}`;
/** @param {string} bib @param {string} [more] of the configuration */
const fromBib = (bib, more = '') => ({
  '_config.yml': `${CONFIG}publications: files/papers.bib\n${more}`,
  'files/papers.bib': bib,
  'publications.md': PAGE,
  'index.md': '---\nlayout: single\ntitle: Home\n---\n[All](/publications.html)\n',
});
const document_ = (/** @type {string} */ date, /** @type {string} */ more) =>
  `---\ndate: ${date}\n${more}---\nText\n`;
const DOCUMENTS = {
  '_config.yml': `${CONFIG}collections: {publications: {output: true}}\n`,
  '_publications/one.md': document_(
    '2019-09-01',
    'title: Notes on 100 % of A & B_1\nauthors: Charles Babbage and Ada Lovelace\nvenue: Scientific Memoirs\ncategory: manuscripts\ndoi: 10.1000/NOTES_1\nexcerpt: What an *engine* does.\npaperurl: /files/one.pdf\n',
  ),
  '_publications/two.md': document_(
    '2021-01-01',
    'title: Two\nauthors: [Ada Lovelace, Mary Somerville]\nvenue: Talks\ncategory: conferences\ntags: [engines]\n',
  ),
  '_publications/three.md': document_('2021-02-01', 'title: Three\n'),
  'publications.md': PAGE,
};

/** @param {any} t @param {Record<string, string>} sources @param {any} [options] */
const visit = (t, sources, options) =>
  open(t, browser, sources, { path: 'publications.html', ...options });

/** Waits until the filter is there. @param {any} page */
const ready = (page) => page.waitForSelector('.publications__filter:not([inert])');
/** @param {any} page */
const shownKeys = (page) =>
  page.$$eval('.publication:not([hidden])', (all) => all.map(({ id }) => id));
/** The host's answer is 404.html, where the page is not the first one. @param {string[]} lines */
const unexpected = (lines) => lines.filter((line) => !/404.*\/publications\.html$/.test(line));

const module = skip
  ? undefined
  : new WebAssembly.Module(readFileSync(join(DIST, 'meridian/bibliography.wasm')));

/** The entries of a file as templates see them. @param {string} file */
function entriesOf(file) {
  const parts = ['tag', 'data', 'file:a.bib', file].flatMap((text) => {
    const bytes = new TextEncoder().encode(text);
    return [new Uint8Array(new Uint32Array([bytes.length]).buffer), bytes];
  });
  const answer = makeBibliography(module)(new Uint8Array(Buffer.concat(parts)));
  return JSON.parse(new TextDecoder().decode(answer.subarray(4))).data;
}

/** An entry with single spaces, which is what BibTeX means. @param {unknown} entry */
const plain = (entry) => JSON.parse(JSON.stringify(entry).replace(/(\\n|\s)+/g, ' '));

test(
  'a .bib is a page of works by year, with names, links, abstract and BibTeX',
  {
    skip,
  },
  async (t) => {
    const bib = `${PAPER}\n@book{b, title = {A <b> & c}, year = {1843}, publisher = {P}}\n@misc{c, title = {C}}\n`;
    const { page, lines } = await visit(t, fromBib(bib));
    await ready(page);
    assert.deepEqual(
      await page.$$eval('.publications__group h2', (all) =>
        all.map(({ textContent }) => textContent.replace(/\s+/g, ' ')),
      ),
      ['2019 1', '1843 1', 'Undated 1'],
    );
    assert.deepEqual(await shownKeys(page), ['notes2019', 'b', 'c']);
    const work = page.locator('#notes2019');
    assert.equal(
      await work.locator('h3').innerHTML(),
      'Notes on the Analytical Engine &amp; its <i>use</i>',
    );
    assert.equal(
      await work.locator('.archive__item-authors').innerText(),
      'Charles Babbage, A. Lovelace, Jörg Müller',
    );
    assert.deepEqual(await work.locator('.archive__item-authors b').allInnerTexts(), [
      'A. Lovelace',
    ]);
    assert.equal(
      await work.locator('.archive__item-venue').innerText(),
      'Scientific Memoirs 3 (4), 666–731',
    );
    assert.deepEqual(
      await work
        .locator('.publication__links > a')
        .evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute('href')])),
      [
        ['DOI', 'https://doi.org/10.1000/NOTES_1'],
        ['arXiv', 'https://arxiv.org/abs/1906.00001'],
        ['PDF', '/files/notes.pdf'],
        ['Code', 'https://example.org/~ada/code?a=1&b=2'],
      ],
    );
    // WebKit has no innerText of what is outside of the window.
    assert.equal(await page.locator('#b h3').textContent(), 'A <b> & c');
    assert.deepEqual(await page.locator('#b .archive__item-venue span').allTextContents(), [
      'Book',
      'P',
    ]);
    assert.ok(!(await work.locator('.publication__abstract > div').isVisible()));
    await work.locator('summary', { hasText: 'Abstract' }).click();
    assert.equal(
      await work.locator('.publication__abstract > div').innerText(),
      'Of numbers < 100 and the engine.',
    );
    assert.deepEqual(unexpected(lines), []);
  },
);

test('the page of documents is the same page', { skip }, async (t) => {
  const { page, lines, asked } = await visit(t, DOCUMENTS);
  await ready(page);
  assert.deepEqual(await shownKeys(page), ['three', 'two', 'one']);
  const work = page.locator('#one');
  assert.equal(
    await work.locator('.archive__item-authors').innerHTML(),
    '<span>Charles Babbage</span>, <span><b>Ada Lovelace</b></span>',
  );
  assert.deepEqual(await work.locator('.archive__item-venue span').allTextContents(), [
    'Manuscripts',
    'Scientific Memoirs',
  ]);
  assert.equal(await work.locator('h3 a').getAttribute('href'), '/publications/one.html');
  const made = await work.locator('pre').evaluate(({ textContent }) => textContent);
  const [entry, ...more] = entriesOf(made);
  assert.equal(more.length, 0);
  assert.equal(entry.title, 'Notes on 100 % of A & B_1');
  assert.equal(entry.author, 'Babbage, Charles and Lovelace, Ada');
  assert.equal(entry.year, '2019');
  assert.equal(entry.doi, '10.1000/NOTES_1');
  assert.equal(entry.journal, 'Scientific Memoirs');
  await page.locator('[name=tag]').isHidden();
  await page.fill('[name=q]', 'somerville');
  assert.deepEqual(await shownKeys(page), ['two']);
  assert.ok(!asked().some((path) => path.includes('bibliography.wasm')));
  assert.deepEqual(unexpected(lines), []);
});

test(
  'on a phone, the paper of 2019 by a co-author is found and copied in three taps',
  {
    skip,
  },
  async (t) => {
    const { page, context } = await visit(t, fromBib(MADE), {
      context: { viewport: PHONE, hasTouch: true },
    });
    await ready(page);
    await allowClipboard(context);
    const finger = await touches(page);
    let taps = 0;
    const press = async (/** @type {any} */ place) => {
      taps++;
      await place.scrollIntoViewIfNeeded();
      const box = await place.boundingBox();
      await finger.start([box.x + box.width / 2, box.y + box.height / 2]);
      await finger.end();
    };
    await press(page.locator('.publications__filter [name=q]'));
    await page.keyboard.type('2019 babbage');
    await page.waitForFunction(
      () => document.querySelectorAll('.publication:not([hidden])').length === 1,
    );
    await press(page.locator('#notes2019 .publication__bibtex summary'));
    const button = page.locator('#notes2019 .publication__bibtex button');
    assert.equal(await button.innerText(), 'Copy');
    await press(button);
    await page.waitForFunction(
      () =>
        document.querySelector('#notes2019 .publication__bibtex button')?.textContent === 'Copied',
    );
    assert.ok(taps <= 3);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const [entry, ...more] = entriesOf(copied);
    assert.equal(more.length, 0);
    // The abstract is shown beside it.
    const [{ abstract, ...original }] = entriesOf(PAPER);
    assert.ok(abstract);
    assert.deepEqual(plain(entry), plain(original));
  },
);

test(
  '500 works are shown; a letter changes only those that it hides or shows',
  { skip },
  async (t) => {
    const { page } = await visit(t, fromBib(MADE), { context: { viewport: PHONE } });
    await ready(page);
    assert.equal((await shownKeys(page)).length, 500);
    assert.match(await page.locator('[role=status]').innerText(), /^500 /);
    // Only Chromium counts its layouts.
    const session = chromiumOnly('of layouts')
      ? undefined
      : await page.context().newCDPSession(page);
    await session?.send('Performance.enable');
    const layouts = async () => {
      const { metrics = [] } = (await session?.send('Performance.getMetrics')) ?? {};
      return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? 0;
    };
    for (const letters of ['c', 'cu', 'cur', 'curi', 'curie', 'curi', '', '2019', 'x y', '']) {
      const before = await layouts();
      const [written, expected] = await page.evaluate((letters) => {
        const works = [...document.querySelectorAll('.publication')];
        const hidden = () => works.map((work) => work.hidden);
        const before = hidden();
        const observer = new MutationObserver(() => {});
        for (const work of works)
          observer.observe(work, { attributes: true, childList: true, subtree: true });
        const field = document.querySelector('.publications__filter [name=q]');
        field.value = letters;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        const written = observer.takeRecords().length;
        const now = hidden();
        return [written, works.filter((_, at) => before[at] !== now[at]).length];
      }, letters);
      assert.equal(written, expected, letters);
      // Those of the frames in between, more on a slow machine; one of each work would be 500.
      const count = (await layouts()) - before;
      assert.ok(count < 250, `${letters}: ${count} layouts`);
    }
    // All are there again.
    assert.equal((await shownKeys(page)).length, 500);
  },
);

test('the filter is in the address, and a link to it shows the same', { skip }, async (t) => {
  const { page, server } = await visit(t, fromBib(MADE));
  await ready(page);
  await page.fill('[name=q]', 'notes');
  await page.selectOption('[name=year]', '2019');
  await page.selectOption('[name=type]', 'article');
  await page.selectOption('[name=author]', 'Charles Babbage');
  await page.selectOption('[name=tag]', 'engines');
  await page.waitForFunction(() => location.search.includes('tag='));
  assert.equal(
    new URL(page.url()).search,
    '?q=notes&year=2019&type=article&author=Charles+Babbage&tag=engines',
  );
  assert.deepEqual(await shownKeys(page), ['notes2019']);
  await page.goto('about:blank');
  await page.goto(`${server.url}publications.html?q=MULLER+engine&year=2019&lang=x`);
  await ready(page);
  assert.deepEqual(await shownKeys(page), ['notes2019']);
  assert.equal(await page.inputValue('[name=q]'), 'MULLER engine');
  await page.click('[type=reset]');
  await page.waitForFunction(() => location.search === '?lang=x');
  assert.equal((await shownKeys(page)).length, 500);
  await page.fill('[name=q]', 'no such work');
  assert.equal(await page.locator('[role=status]').innerText(), 'Nothing matches.');
  assert.equal(await page.locator('.publications__group:visible').count(), 0);
});

test('on a host with routes in the anchor the state is there', { skip }, async (t) => {
  const { page, server } = await visit(t, fromBib(PAPER), {
    path: '#/publications.html?q=engine',
    meta: { routes: 'hash' },
  });
  await ready(page);
  assert.equal(await page.inputValue('[name=q]'), 'engine');
  await page.fill('[name=q]', 'zzz');
  await page.waitForFunction(() => location.hash.includes('zzz'));
  assert.equal(page.url(), `${server.url}#/publications.html?q=zzz`);
});

test('after an edit the page has the new work, and the filter stays', { skip }, async (t) => {
  const { page, site } = await visit(t, fromBib(PAPER));
  await ready(page);
  await page.fill('[name=q]', 'engine');
  await page.waitForFunction(() => location.search.includes('engine'));
  site.put(
    'files/papers.bib',
    `${PAPER}@misc{new, title = {A new engine}, year = 2030, author = {Doe, Jo}}\n@misc{z, title = {Z}}\n`,
  );
  await page.evaluate(() => window.meridian.reload(['files/papers.bib']));
  await page.waitForSelector('#new');
  await ready(page);
  assert.deepEqual(await shownKeys(page), ['new', 'notes2019']);
  assert.equal(await page.inputValue('[name=q]'), 'engine');
  assert.match(await page.locator('[role=status]').innerText(), /^2 \/ 3 /);
  const years = await page.$$eval('[name=year] option', (all) => all.map(({ text }) => text));
  assert.deepEqual(years, ['All', '2030 (1)', '2019 (1)']);
});

test('back from a work the filter is as it was', { skip }, async (t) => {
  const { page } = await visit(t, DOCUMENTS);
  await ready(page);
  await page.fill('[name=q]', 'memoirs');
  await page.waitForFunction(() => location.search.includes('memoirs'));
  await page.click('#one h3 a');
  await page.waitForFunction(() => location.pathname.endsWith('one.html'));
  await page.waitForSelector('.publications__filter', { state: 'detached' });
  await page.goBack();
  await ready(page);
  assert.equal(await page.inputValue('[name=q]'), 'memoirs');
  assert.deepEqual(await shownKeys(page), ['one']);
});

test(
  'the list does not move when its filter comes',
  { skip: skip ?? chromiumOnly('no other engine tells layout shifts') },
  async (t) => {
    const site = makeSite(t, fromBib(MADE), {
      manifest: true,
      meta: { root: '/', manifest: 'meridian.json' },
    });
    const late = /publications\.(css|js)$/;
    const server = await host(t, site.folder, {
      answer: async (_request, _response, path) => {
        if (late.test(path)) await new Promise((resolve) => setTimeout(resolve, 300));
        return false;
      },
    });
    for (const width of [320, 390, 1440]) {
      const { page, context } = await openPage(t, browser, { viewport: { width, height: 844 } });
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const { value, sources } of list.getEntries())
            window.shifts.push([value, ...sources.map(({ node }) => node?.nodeName)]);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(`${server.url}publications.html`);
      await ready(page);
      await page.waitForTimeout(200); // the observer is told late
      const shifts = await page.evaluate(() => window.shifts);
      assert.ok(shifts.reduce((sum, [value]) => sum + value, 0) < 0.02, JSON.stringify(shifts));
      await context.close();
    }
  },
);

test('by keys alone: search, open, copy', { skip }, async (t) => {
  const { page, context } = await visit(t, fromBib(PAPER + '@misc{z, title={Z}, year=2000}\n'));
  await ready(page);
  await allowClipboard(context);
  await page.locator('[name=q]').focus();
  await page.keyboard.type('engine');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#z').isVisible(), false);
  const focused = () =>
    page.evaluate(() => document.activeElement?.textContent?.trim().slice(0, 20));
  for (let steps = 0; (await focused()) !== 'BibTeX'; steps++) {
    assert.ok(steps < 30, 'BibTeX gets no focus');
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Copy');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Copied');
});

test('nothing of it is loaded by other pages', { skip }, async (t) => {
  const { page, asked, lines } = await visit(t, fromBib(MADE), { path: '' });
  await page.waitForSelector('h1');
  assert.deepEqual(
    asked().filter((path) => /publications|bibliography|\.bib/.test(path)),
    [],
  );
  await page.click('main a');
  await ready(page);
  assert.deepEqual(
    asked()
      .filter((path) => /publications|bibliography|\.bib/.test(path))
      .sort(),
    [
      '/files/papers.bib',
      '/meridian/bibliography.wasm',
      '/meridian/publications.css',
      '/meridian/publications.js',
      '/meridian/publications.txt',
      '/publications.md',
    ],
  );
  assert.deepEqual(lines, []);
});

test('a written page is complete without scripts, and filters with them', { skip }, async (t) => {
  const server = await host(t, built(t, fromBib(MADE)));
  const bare = await openPage(t, browser, { javaScriptEnabled: false });
  await bare.page.goto(`${server.url}publications.html`);
  assert.equal(await bare.page.locator('.publication').count(), 500);
  assert.equal(await bare.page.locator('.publications__filter').isVisible(), false);
  assert.equal(await bare.page.locator('.publication__bibtex button:visible').count(), 0);
  const { page } = await openPage(t, browser);
  await page.goto(`${server.url}publications.html?q=babbage`);
  await ready(page);
  assert.deepEqual(await shownKeys(page), ['notes2019']);
});

test('a broken entry is left out and named; a missing file as well', { skip }, async (t) => {
  const { page } = await visit(t, fromBib(`@misc{a, title = {A}}\n@misc{b, title {B}}\n${PAPER}`));
  await ready(page);
  assert.deepEqual(await shownKeys(page), ['notes2019', 'a']);
  const notes = page.locator('.mer-notes .diagnostic', { hasText: 'files/papers.bib' });
  assert.match(String(await notes.textContent()), /papers\.bib:2:/);
  const { page: other } = await visit(t, {
    ...fromBib(PAPER),
    '_config.yml': `${CONFIG}publications: files/none.bib\n`,
  });
  const missing = other.locator('.mer-notes .diagnostic', { hasText: 'files/none.bib' });
  assert.match(String(await missing.textContent()), /correct the path in publications/);
});

test(
  'entries of _data/NAME.bib are data, and only pages that use them load the module',
  {
    skip,
  },
  async (t) => {
    const sources = {
      '_config.yml': CONFIG,
      '_data/papers.bib': `@misc{a, title = {\\"A}}\n@misc{b, title {B}}\n@book{c, title = {C}}\n`,
      'index.md': '---\n---\nPlain\n',
      'data.md':
        '---\n---\n<ul>{% for p in site.data.papers %}<li>{{ p.type }} {{ p.title }}</li>{% endfor %}</ul>\n',
    };
    const { page, asked, server } = await visit(t, sources, { path: '' });
    assert.ok(!asked().some((path) => /\.bib$|bibliography/.test(path)));
    await page.goto(`${server.url}data.html`);
    await page.waitForSelector('ul li');
    assert.deepEqual(
      (await page.$$eval('ul li', (all) => all.map(({ textContent }) => textContent.trim()))).slice(
        -2,
      ),
      ['misc Ä', 'book C'],
    );
    const notes = page.locator('.mer-notes .diagnostic', { hasText: '_data/papers.bib' });
    assert.match(String(await notes.textContent()), /papers\.bib:2:/);
  },
);

const AXE = skip ? '' : readFileSync(join(PROJECT, 'node_modules/axe-core/axe.min.js'), 'utf8');

test('axe reports no violation, and nothing lies outside of a phone', { skip }, async (t) => {
  for (const lang of ['en', 'ar']) {
    const sources = fromBib(`${generated(40)}\n${PAPER}`, `lang: ${lang}\n`);
    const { page } = await visit(t, sources, { context: { viewport: PHONE } });
    await ready(page);
    // What is off the screen has no size of its own, by which axe would judge it.
    await page.addStyleTag({ content: '.publication { content-visibility: visible }' });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('.publication details')) details.open = true;
    });
    await page.evaluate(AXE);
    for (const [width, colorScheme] of [
      [320, 'light'],
      [390, 'dark'],
      [1440, 'light'],
    ]) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, {
          resultTypes: ['violations'],
          rules: { 'target-size': { enabled: true } },
        });
        return violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
        );
      });
      assert.deepEqual(found, [], `${lang} ${width}`);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(wide <= 0, `${lang} ${width}: ${wide} px too wide`);
    }
    if (lang === 'ar') {
      assert.equal(await page.locator('.publication__bibtex button').first().innerText(), 'نسخ');
    }
  }
});

test('the filter forgives a typing error in words that nothing has', { skip }, async (t) => {
  const { page, lines } = await visit(
    t,
    fromBib(`${PAPER}@book{b, title = {Comets}, year = 1843}`),
  );
  await ready(page);
  for (const [typed, found] of /** @type {const} */ ([
    ['analytical', ['notes2019']],
    ['analitical', ['notes2019']],
    ['anlaytic', ['notes2019']],
    ['muler memoir', ['notes2019']],
    ['comest', ['b']],
    ['ccomet', ['b']],
    ['xometz', []],
    ['cmt', []],
  ])) {
    await page.fill('[name=q]', typed);
    assert.deepEqual(await shownKeys(page), found, typed);
  }
  assert.equal(await page.$eval('[name=q]', (field) => getComputedStyle(field).fontSize), '16px');
  assert.deepEqual(unexpected(lines), []);
});

test('mathematics of a title is set as mathematics', { skip }, async (t) => {
  const bib = '@misc{m, title = {H$_2$O at $\\sqrt{s}$ = 13 TeV}, year = 2020}';
  const { page, lines } = await visit(t, fromBib(bib));
  await page.locator('#m math msqrt').waitFor();
  assert.equal(await page.locator('#m h3 sub').textContent(), '2');
  assert.deepEqual(unexpected(lines), []);
});
