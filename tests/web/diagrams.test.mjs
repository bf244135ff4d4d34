// Diagrams: code of the language `mermaid` becomes an image when it comes near, under the shell, in
// pages that the command wrote and in the playground. Real core, real mermaid, real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { launch } from './browser.mjs';
import {
  COMMAND,
  DIST,
  headersBy,
  host,
  makeSite,
  noBrowser,
  openPage,
  settled,
} from './hosts.mjs';

const skip = noBrowser();
// Fourteen boxes beside each other: wider than any column of text.
const WIDE = `graph LR\n  ${Array.from({ length: 14 }, (_, i) => `River${i}`).join(' --> ')}`;
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

const fence = (diagram) => `\n\`\`\`mermaid\n${diagram}\n\`\`\`\n`;
const FLOW = 'graph LR\n  Orinoco --> Casiquiare --> RioNegro';
/** One of each kind, and a label that its picture shows. */
const KINDS = {
  flowchart: [FLOW, 'Casiquiare'],
  sequence: ['sequenceDiagram\n  Goethe->>Humboldt: a letter', 'a letter'],
  tex: ['sequenceDiagram\n  participant A as $$\\alpha$$\n  A->>B: $$x^2$$', 'x^2'],
  class: ['classDiagram\n  class Plant {\n    +grow()\n  }\n  Plant <|-- Palm', 'Palm'],
  state: ['stateDiagram-v2\n  [*] --> Boiling\n  Boiling --> [*]', 'Boiling'],
  pie: ['pie title Air\n  "Nitrogen" : 78\n  "Oxygen" : 21', 'Nitrogen'],
  gantt: [
    'gantt\n  dateFormat YYYY-MM-DD\n  section Voyage\n  Chimborazo :a1, 1802-06-01, 30d',
    'Chimborazo',
  ],
  er: ['erDiagram\n  ISLAND ||--o{ VOLCANO : has', 'VOLCANO'],
  git: ['gitGraph\n  commit id: "first"\n  branch other\n  commit', 'other'],
  mindmap: ['mindmap\n  root((Kosmos))\n    Sky\n    Earth', 'Kosmos'],
  timeline: ['timeline\n  1799 : La Corunna', 'La Corunna'],
  journey: ['journey\n  title Day\n  section Up\n    Climb: 3: Aime', 'Climb'],
  quadrant: ['quadrantChart\n  x-axis Low --> High\n  Quito: [0.3, 0.6]', 'Quito'],
  xy: ['xychart-beta\n  x-axis [jan, feb]\n  bar [5, 6]', 'jan'],
};
const page = (content, title = 'Diagrams', permalink = '/') =>
  `---\nlayout: single\ntitle: ${title}\npermalink: ${permalink}\n---\n${content}`;
const SITE = {
  '_config.yml': 'title: Diagrams\n',
  'index.md': page(fence(FLOW)),
  'plain.md': page('```js\n1\n```\n', 'Plain', '/plain/'),
};

async function open(t, sources, { path = '', written = false, headers, ...how } = {}) {
  const site = makeSite(t, sources, {
    manifest: true,
    meta: { manifest: 'meridian.json', root: '/', routes: 'path' },
    shell: !written,
  });
  let { folder } = site;
  if (written) {
    folder = mkdtempSync(join(tmpdir(), 'meridian-written-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    execFileSync(COMMAND, ['build', '--source', site.root, '--destination', folder, '--quiet']);
  }
  const server = await host(t, folder, { headers });
  const opened = await openPage(t, browser, how);
  await opened.page.goto(server.url + path);
  await settled(opened.page);
  return { ...opened, server, site };
}

/** The texts that pictures show, and their sizes. Fails unless the browser has read them. */
async function pictures(tab) {
  const all = await tab.evaluate(async () => {
    const all = [...document.querySelectorAll('.meridian-diagram img')];
    await Promise.all(all.map((image) => image.decode()));
    return all.map((image) => ({
      text: decodeURIComponent(image.src.slice(image.src.indexOf(',') + 1)),
      alt: image.alt,
      width: image.getBoundingClientRect().width,
      natural: Number(image.getAttribute('width')),
    }));
  });
  return all.map((picture) => ({
    ...picture,
    labels: [...picture.text.matchAll(/<text[\s>][^]*?<\/text>/g)]
      .map(([text]) => text.replace(/<[^>]*>/g, '').replace(/\s+/g, ' '))
      .join('|'),
    html: /<foreignObject/.test(picture.text),
  }));
}
const drawn = async (tab, count = 1) => {
  await tab.waitForFunction(
    (count) => document.querySelectorAll('.meridian-diagram img').length >= count,
    count,
    { timeout: 60_000 },
  );
  return pictures(tab);
};
const asked = (server) =>
  server.log.map(({ path }) => path).filter((path) => /diagrams|\/mermaid\//.test(path));

for (const [kind, [diagram, label]] of Object.entries(KINDS))
  test(`a diagram of the kind ${kind} is drawn with its labels`, { skip }, async (t) => {
    const { page: tab, lines } = await open(t, { ...SITE, 'index.md': page(fence(diagram)) });
    const [picture] = await drawn(tab);
    assert.ok(picture.labels.includes(label), picture.labels);
    assert.ok(picture.alt.includes(label), picture.alt);
    // WebKit shows no HTML in pictures.
    assert.equal(picture.html, false);
    assert.deepEqual(lines, []);
  });

for (const written of [false, true])
  test(
    `diagrams are drawn ${written ? 'in a page that the command wrote' : 'in a plain folder'}, also under the delivered policy`,
    { skip },
    async (t) => {
      const delivered = headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));
      const sources = written ? SITE : { 'README.md': `# Rivers\n${fence(FLOW)}` };
      const { page: tab, lines } = await open(t, sources, { written, headers: delivered });
      const [{ labels }] = await drawn(tab);
      assert.ok(labels.includes('Casiquiare'), labels);
      // A plain folder has no configuration, and browsers write the missing file to the console.
      assert.deepEqual(
        lines.filter((line) => !/404 .*_config\.yml$/.test(line)),
        [],
      );
    },
  );

test(
  'nothing is loaded without a diagram, and mermaid only when one is near',
  { skip },
  async (t) => {
    const far = 'Text.\n\n'.repeat(400);
    const sources = { ...SITE, 'index.md': page(far + fence(FLOW)) };
    const { page: tab, server } = await open(t, sources, { path: 'plain/' });
    // Nothing more loads: there is no event to wait for.
    await tab.waitForTimeout(500);
    assert.deepEqual(asked(server), []);
    await tab.goto(server.url);
    await settled(tab);
    await tab.waitForTimeout(500);
    assert.deepEqual(asked(server), ['/meridian/diagrams.js']);
    assert.ok(await tab.locator('code.language-mermaid').count());
    await tab.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await drawn(tab);
    assert.ok(asked(server).includes('/meridian/mermaid/mermaid.js'));
  },
);

test('a mistake leaves the code, names its line, and nothing else', { skip }, async (t) => {
  const { page: tab, lines } = await open(t, {
    ...SITE,
    'index.md': page(
      fence('%% rivers\n\ngraph TD\n  A --> B\n  B --> [oops') + fence('no such kind'),
    ),
  });
  await tab.waitForFunction(
    () => document.querySelectorAll('.meridian-diagram-mistake').length === 2,
    null,
    {
      timeout: 60_000,
    },
  );
  const [first, second] = await tab.locator('.meridian-diagram-mistake').allTextContents();
  assert.match(first, /not drawn, see its line 5: “B --> \[oops” is not understood/);
  assert.match(second, /not drawn: /);
  assert.deepEqual(
    await tab.evaluate(() => [...document.querySelectorAll('.meridian-diagram')].length),
    0,
  );
  assert.ok(await tab.locator('pre', { hasText: 'oops' }).isVisible());
  assert.equal(
    await tab.evaluate(() => document.querySelectorAll('body > svg, body > [id^=d]').length),
    0,
  );
  // On the author's own machine also in the console.
  assert.equal(lines.length, 2, lines.join('\n'));
});

test('hostile diagrams run, load and change nothing', { skip }, async (t) => {
  // Browsers announce requests that a policy stops: what counts is what arrives.
  const evil = await host(t, DIST);
  const hostile = [
    [
      'graph LR',
      'A[<img src=x onerror=parent.hit=1><script>parent.hit=1</script>b] --> B',
      'click A href "javascript:parent.hit=1"',
    ].join('\n'),
    `%%{init: {"securityLevel": "loose", "themeCSS": "*{background:url(${evil.url}a)} body{display:none}"}}%%\ngraph LR\n  C --> D\n  click C call hit()`,
    `---\nconfig:\n  fontFamily: "x;} body{display:none} @import url(${evil.url}b)"\n  maxEdges: 100000\n---\ngraph LR\n  E --> F`,
  ];
  const edges = Array.from({ length: 600 }, (_, i) => `  a${i} --> a${i + 1}`).join('\n');
  const sources = {
    ...SITE,
    'index.md': page(
      '<img name="body" alt=""><img name="createElement" alt="">\n\n' +
        [...hostile, `graph LR\n${edges}`, `graph LR\n%% ${'x'.repeat(60_000)}\n  A --> B`]
          .map(fence)
          .join(''),
    ),
  };
  const { page: tab, lines } = await open(t, sources);
  for (let at = 0; at < 5; at++) {
    await tab.evaluate((at) => {
      const blocks = document.querySelectorAll('pre > code.language-mermaid');
      (blocks[at].offsetParent
        ? blocks[at]
        : blocks[at].parentElement.nextSibling
      ).scrollIntoView();
    }, at);
    await tab.waitForFunction(
      (done) =>
        document.querySelectorAll('.meridian-diagram, .meridian-diagram-mistake').length >= done,
      at + 1,
      { timeout: 60_000 },
    );
  }
  assert.equal(await tab.evaluate(() => window.hit), undefined);
  assert.ok(await tab.locator('.masthead').isVisible());
  const mistakes = await tab.locator('.meridian-diagram-mistake').allTextContents();
  assert.ok(
    mistakes.some((one) => /edges/i.test(one)),
    mistakes.join('\n'),
  );
  assert.ok(
    mistakes.some((one) => /50,000 characters/.test(one)),
    mistakes.join('\n'),
  );
  for (const { text } of await pictures(tab))
    assert.doesNotMatch(text, /<script|onerror=|javascript:/);
  assert.deepEqual(evil.log, []);
  assert.deepEqual(
    lines.filter((line) => !/not drawn|Content.Security.Policy/i.test(line)),
    [],
  );
});

test(
  'a drawing has a name, fits or scrolls, and an edit redraws what it changes',
  { skip },
  async (t) => {
    const named = `graph LR\n  accTitle: Rivers\n  accDescr: From north to south\n  ${Array.from({ length: 12 }, (_, i) => `River${i}`).join(' --> ')}`;
    const other = 'pie title Air\n  "Nitrogen" : 78';
    const { page: tab, site } = await open(
      t,
      { ...SITE, 'index.md': page(fence(named) + fence(other)) },
      { viewport: { width: 390, height: 844 } },
    );
    const [first] = await drawn(tab, 2);
    assert.equal(first.alt, 'Rivers. From north to south');
    assert.ok(
      first.width > 390 && first.width < first.natural,
      `${first.width} of ${first.natural}`,
    );
    assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), 390);
    await tab.waitForSelector('.meridian-diagram[tabindex="0"]');
    await tab.evaluate(() => {
      window.answers = 0;
      const { postMessage } = MessagePort.prototype;
      MessagePort.prototype.postMessage = function (data, ...more) {
        if (/^(graph|pie)/.test(data)) window.answers++;
        return postMessage.call(this, data, ...more);
      };
    });
    site.put('index.md', page(fence(named) + fence(other.replace('Air', 'Wind'))));
    await tab.evaluate(() => window.meridian.reload(['index.md']));
    await tab.waitForFunction(() =>
      /Wind/.test(document.querySelectorAll('.meridian-diagram img')[1]?.alt),
    );
    assert.equal((await pictures(tab)).length, 2);
    assert.equal(await tab.evaluate(() => window.answers), 1);
  },
);

test('a drawing is dark where the page is', { skip }, async (t) => {
  const { page: tab } = await open(t, SITE, { colorScheme: 'dark' });
  await drawn(tab);
  /** The lightness, 0 to 255, of the middle of the first box. */
  const light = async () => {
    const shot = (await tab.locator('.meridian-diagram img').screenshot()).toString('base64');
    return tab.evaluate(async (shot) => {
      const image = new Image();
      image.src = `data:image/png;base64,${shot}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const [red, green, blue] = context.getImageData(14, image.height / 2, 1, 1).data;
      return (red + green + blue) / 3;
    }, shot);
  };
  assert.ok((await light()) < 110, String(await light()));
  await tab.click('[data-theme-toggle]');
  await tab.waitForSelector('html[data-theme=light]');
  assert.ok((await light()) > 190, String(await light()));
});

test(
  'a missing file of mermaid is told at once, and tried again when online',
  { skip },
  async (t) => {
    const { page: tab, server } = await open(t, SITE, { path: 'plain/' });
    const lost = (_, response, path) =>
      path.endsWith('/mermaid/mermaid.js') && !!response.writeHead(404).end();
    server.state.answer = lost;
    await tab.goto(server.url);
    await tab.locator('.meridian-diagram-mistake', { hasText: 'did not come' }).waitFor();
    assert.ok(await tab.locator('pre', { hasText: 'Casiquiare' }).isVisible());
    assert.equal(await tab.evaluate(() => document.querySelectorAll('iframe').length), 0);
    server.state.answer = () => false;
    await tab.evaluate(() => dispatchEvent(new Event('online')));
    const [{ labels }] = await drawn(tab);
    assert.ok(labels.includes('Casiquiare'), labels);
    assert.equal(await tab.locator('.meridian-diagram-mistake').count(), 0);
  },
);

test('pages with drawings, wide ones and mistakes have no findings of axe', { skip }, async (t) => {
  const content = [FLOW, WIDE, 'graph LR\n  A --> ['].map(fence).join('');
  const { page: tab } = await open(
    t,
    { ...SITE, 'index.md': page(content) },
    { viewport: { width: 390, height: 844 } },
  );
  await drawn(tab, 2);
  await tab.locator('.meridian-diagram-mistake').waitFor();
  for (const colorScheme of ['light', 'dark']) {
    await tab.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(tab), []);
  }
});

test(
  'a wide drawing begins at the left on pages written from the right, and is whole on paper',
  { skip },
  async (t) => {
    const { page: tab } = await open(
      t,
      { ...SITE, '_config.yml': 'title: Diagrams\nlang: ar\n', 'index.md': page(fence(WIDE)) },
      { viewport: { width: 600, height: 800 } },
    );
    await drawn(tab);
    const place = () =>
      tab.locator('.meridian-diagram').evaluate((place) => {
        const [{ left, width }, image] = [place, place.firstElementChild].map((element) =>
          element.getBoundingClientRect(),
        );
        return { begin: Math.round(image.left - left), over: Math.round(image.width - width) };
      });
    const { begin, over } = await place();
    assert.equal(begin, 0);
    assert.ok(over > 100, String(over));
    await tab.emulateMedia({ media: 'print' });
    assert.equal((await place()).over, 0);
  },
);
