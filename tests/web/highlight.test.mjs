// Syntax highlighting: Rouge's class names, in a real browser, on pages with code only.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { findChromium, launch } from './browser.mjs';
import { host, makeSite, notBuilt, openPage, settled } from './hosts.mjs';

const skip =
  notBuilt() ??
  (findChromium() || process.env.MERIDIAN_REQUIRE_BROWSER
    ? undefined
    : 'no Chromium on this machine');
let browser;
before(async () => (browser = skip ? undefined : await launch()));
after(() => browser?.close());

async function open(t, sources, path = '') {
  const site = makeSite(
    t,
    { '_config.yml': 'title: Code\n', ...sources },
    { manifest: true, meta: { manifest: 'meridian.json', root: '/' } },
  );
  const server = await host(t, site.folder);
  const opened = await openPage(t, browser);
  const asked = [];
  opened.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await opened.page.goto(server.url + path);
  await settled(opened.page);
  return { ...opened, asked };
}

const folder = new URL('rouge/', import.meta.url);
const languages = readdirSync(folder).flatMap((name) => /^(\w+)\.txt$/.exec(name)?.[1] ?? []);
const source = (name) => readFileSync(new URL(`${name}.txt`, folder), 'utf8');

/** Each visible character with its class. */
function classes(html) {
  const text = (part) =>
    part
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  const spans = html.matchAll(/<span class="([^"]*)">([^<]*)<\/span>|([^<]+)/g);
  return [...spans].flatMap(([, name = '', inside, outside]) =>
    [...text(inside ?? outside)].filter((char) => /\S/.test(char)).map((char) => [char, name]),
  );
}

test('seven languages get the class names that Rouge gives', { skip }, async (t) => {
  const blocks = languages.map((name) => `\`\`\`${name}\n${source(name)}\`\`\`\n`);
  const { page, lines } = await open(t, {
    'index.md': `---\ntitle: Code\n---\nCode:\n\n${blocks.join('\n')}`,
  });
  await page.waitForFunction(
    (count) =>
      [...document.querySelectorAll('.highlight code')].filter((code) => code.querySelector('span'))
        .length === count,
    languages.length,
  );
  // Known differences, by language: labels and suffixes of C++, patterns and here-documents of the
  // shell, flow maps of YAML.
  const least = {
    bash: 0.93,
    cpp: 0.965,
    html: 1,
    javascript: 0.975,
    python: 0.985,
    ruby: 0.965,
    yaml: 0.92,
  };
  for (const name of languages) {
    const code = page.locator(`.language-${name} code`);
    assert.equal((await code.textContent()).trimEnd(), source(name).trimEnd());
    const [got, wanted] = [
      classes(await code.innerHTML()),
      classes(readFileSync(new URL(`${name}.html`, folder), 'utf8')),
    ];
    assert.equal(got.length, wanted.length, name);
    const share = got.filter(([, given], index) => given === wanted[index][1]).length / got.length;
    t.diagnostic(`${name}: ${(100 * share).toFixed(1)} % of the characters as Rouge has them`);
    assert.ok(share >= least[name], `${name}: ${share}`);
  }
  assert.deepEqual(lines, []);
});

test(
  'the highlight tag, fenced code and CommonMark code blocks are coloured; coloured, unknown and hostile code is unchanged',
  { skip },
  async (t) => {
    const markdown = `---
title: Code
---
Code:

{% highlight py %}
import this
{% endhighlight %}

{% highlight ruby linenos %}
@a = nil
{% endhighlight %}

<pre><code class="language-python"><b>import</b> this</code></pre>

\`\`\`nosuchlanguage
import this
\`\`\`

\`\`\`constructor
import this
\`\`\`

\`\`\`html
<script>alert(1)</script><img src=x onerror=alert(1)>
\`\`\`

    plain & indented
`;
    const { page, lines } = await open(t, { 'index.md': markdown });
    page.on('dialog', (dialog) => assert.fail(dialog.message()));
    await page.waitForSelector('.language-html span.nt');
    assert.equal(
      await page.innerHTML('td.code > pre'),
      '<span class="vi">@a</span> <span class="o">=</span> <span class="kp">nil</span>\n',
    );
    assert.equal(
      await page.innerHTML('figure.highlight code'),
      '<span class="kn">import</span> <span class="nn">this</span>',
    );
    assert.equal(await page.innerHTML('code:has(b)'), '<b>import</b> this');
    assert.equal(
      await page
        .locator(
          '.language-nosuchlanguage span, .language-constructor span, .language-plaintext span',
        )
        .count(),
      0,
    );
    assert.match(
      await page.textContent('.language-html code'),
      /^<script>alert\(1\)<\/script><img src=x onerror=alert\(1\)>/,
    );
    assert.equal(await page.locator('main img, main script').count(), 0);
    assert.deepEqual(lines, []);
  },
);

test(
  'a page whose code names no language loads no grammar, the next one with code does',
  { skip },
  async (t) => {
    const { page, asked } = await open(t, {
      'index.md':
        '---\ntitle: None\n---\nNo `code`. [Next](/next.html)\n\n    plain, without a language\n',
      'next.md': '---\ntitle: Next\n---\n~~~ c++\nint x;\n~~~\n',
    });
    assert.ok(!asked.some((path) => path.includes('highlight')), String(asked));
    await page.click('text=Next');
    await page.waitForSelector('.highlight .kt');
    assert.deepEqual(
      asked
        .filter((path) => path.includes('highlight/'))
        .map((path) => path.split('/').pop())
        .filter((name) => name !== 'chunk.js'),
      ['cpp.js'],
    );
  },
);
