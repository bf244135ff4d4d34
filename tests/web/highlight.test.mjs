// Syntax highlighting: Rouge's tokens, in a real browser, on pages with code only.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { host, makeSite, noBrowser, openPage, settled } from './hosts.mjs';

const skip = noBrowser();
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

test('code in the shown page has the tokens that Rouge gives', { skip }, async (t) => {
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
  for (const name of languages)
    assert.equal(
      (await page.locator(`.language-${name} code`).innerHTML()).trimEnd(),
      readFileSync(new URL(`${name}.html`, folder), 'utf8').trimEnd(),
      name,
    );
  assert.deepEqual(lines, []);
});

test('languages without a lexer are coloured by a grammar', { skip }, async (t) => {
  const { page, lines } = await open(t, {
    'index.md':
      '---\ntitle: Code\n---\nCode:\n\n```lisp\n(let a 1)\n```\n\n```php\n<?php echo $a; ?>\n```\n',
  });
  await page.waitForSelector('.language-php code span.nv');
  assert.equal(
    await page.innerHTML('.language-lisp code'),
    '<span class="p">(</span><span class="nt">let</span> <span class="n">a</span> <span class="mi">1</span><span class="p">)</span>\n',
  );
  assert.deepEqual(lines, []);
});

test('a language that few sites use is a file that the lexers get', { skip }, async (t) => {
  const { page, lines, asked } = await open(t, {
    'index.md':
      '---\ntitle: Code\n---\nCode:\n\n```ocaml\n(* note *)\nlet a = "b" ^ 1\n```\n\n```tf\na = "${var.b}"\n```\n\n```tsx\nlet a: B = <C/>;\n```\n\n```ocaml\ntrue\n```\n',
  });
  await page.waitForSelector('.language-tsx code span.p');
  await page.waitForSelector('.language-ocaml code span.bp');
  assert.equal(
    await page.innerHTML('.language-ocaml code'),
    '<span class="c">(* note *)</span>\n<span class="k">let</span> <span class="n">a</span> <span class="o">=</span> <span class="s2">"b"</span> <span class="o">^</span> <span class="mi">1</span>\n',
  );
  assert.equal(
    await page.innerHTML('.language-tf code'),
    '<span class="nx">a</span> <span class="err">=</span> <span class="s2">"</span><span class="k">${</span><span class="kd">var</span><span class="p">.</span><span class="nx">b</span><span class="k">}</span><span class="s2">"</span>\n',
  );
  assert.deepEqual(
    asked
      .filter((path) => /grammars|highlight\//.test(path))
      .map((path) => path.replace(/.*\//, '')),
    ['rouge-ocaml.js', 'rouge-terraform.js', 'rouge-tsx.js'],
  );
  assert.deepEqual(lines, []);
});

// A token's tag has a space, so it counts as a word: the number depends on the lexers.
test('words of highlighted code are counted as the command counts them', { skip }, async (t) => {
  const sources = {
    '_config.yml': 'title: Code\ntheme: site\n',
    '_layouts/words.html': '<p id="words">{{ content | number_of_words }}</p>{{ content }}',
    'index.md': '---\nlayout: words\n---\n```python\nimport this\n```\n',
  };
  const { page, lines, asked } = await open(t, sources);
  await page.waitForSelector('code span.nn');
  assert.ok(asked.some((path) => path.endsWith('rouge.wasm')));
  assert.equal(await page.textContent('#words'), '9');
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
  'a page whose code names no language loads no highlighter, the next one with code does',
  { skip },
  async (t) => {
    const { page, asked } = await open(t, {
      'index.md':
        '---\ntitle: None\n---\nNo `code`. [Next](/next.html)\n\n    plain, without a language\n',
      'next.md': '---\ntitle: Next\n---\n~~~ c++\nint x;\n~~~\n',
    });
    const loaded = () =>
      asked
        .filter((path) => /highlight|rouge/.test(path))
        .map((path) => path.replace('/meridian/', ''));
    assert.deepEqual(loaded(), []);
    await page.click('text=Next');
    await page.waitForSelector('.highlight .kt');
    assert.deepEqual(loaded(), ['highlight.js', 'rouge.wasm']);
  },
);

test('code with carriage returns has the lines that Rouge’s HTML shows', { skip }, async (t) => {
  const { page, lines } = await open(t, {
    'index.md':
      '---\r\ntitle: Code\r\n---\r\n{% highlight ruby %}\r\n# note\r\nx = 1\r\n{% endhighlight %}\r\n\r\nText.\r\n',
  });
  await page.waitForSelector('figure.highlight code span');
  // Rouge writes `# note\r</span>\n`, and a carriage return alone is a line break.
  assert.equal(
    await page.locator('figure.highlight code').innerHTML(),
    '<span class="c1"># note\n</span>\n<span class="n">x</span> <span class="o">=</span> <span class="mi">1</span>',
  );
  assert.deepEqual(lines, []);
});
