// Style sheets in Sass in the playground: of a project with layouts of its own, while it is edited.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { linkOf, playgrounds, skip } from './playgrounds.mjs';

const playground = playgrounds(before, after);
const PROJECT = {
  'index.md': '---\nlayout: default\n---\n# Title\n',
  '_config.yml': 'title: Sheets\nink: "#010203"\n',
  '_layouts/default.html':
    '<!doctype html><html><head><link rel="stylesheet" href="{{ \'/css/main.css\' | relative_url }}"></head><body><main>{{ content }}</main></body></html>',
  '_sass/_ink.scss': 'h1 { color: $ink; }\n',
  'css/main.scss': '---\n---\n$ink: {{ site.ink }};\n@import "ink";\nmain { padding: 3px * 3; }\n',
};
const styled = async (shown, selector, property, value) => {
  const element = shown.locator(selector);
  for (let tries = 0; ; tries++) {
    const found = await element.evaluate((node, name) => getComputedStyle(node)[name], property);
    if (found === value || tries > 600) return found;
    await element.page().waitForTimeout(50);
  }
};

test(
  "a project's sheets in Sass are compiled, also of a stranger, and again when a part changes",
  { skip },
  async (t) => {
    const { page, shown, lines } = await playground(t, { at: linkOf(PROJECT) });
    assert.equal(await styled(shown, 'h1', 'color', 'rgb(1, 2, 3)'), 'rgb(1, 2, 3)');
    assert.equal(await styled(shown, 'main', 'padding', '9px'), '9px');
    const put = (path, text) =>
      page.evaluate(
        ([path, text]) =>
          document.querySelector('meridian-playground').playground.project.put(path, text),
        [path, text],
      );
    await put('_sass/_ink.scss', 'h1 { color: lighten($ink, 100%); }\n');
    assert.equal(await styled(shown, 'h1', 'color', 'rgb(255, 255, 255)'), 'rgb(255, 255, 255)');
    await put('_config.yml', 'title: Sheets\nink: "#040506"\n');
    await put('_sass/_ink.scss', 'h1 { color: $ink; }\n');
    assert.equal(await styled(shown, 'h1', 'color', 'rgb(4, 5, 6)'), 'rgb(4, 5, 6)');
    // A mistake is told at its place, and the last good sheet stays.
    await put('_sass/_ink.scss', 'h1 { color: $nope; }\n');
    const problem = page.locator('.probs li.error', { hasText: 'Undefined variable: "$nope"' });
    await problem.waitFor();
    assert.match(await problem.textContent(), /_sass\/_ink\.scss:1/);
    assert.equal(await styled(shown, 'h1', 'color', 'rgb(4, 5, 6)'), 'rgb(4, 5, 6)');
    await put('_sass/_ink.scss', 'h1 { color: #070809; }\n');
    assert.equal(await styled(shown, 'h1', 'color', 'rgb(7, 8, 9)'), 'rgb(7, 8, 9)');
    await problem.waitFor({ state: 'detached' });
    assert.deepEqual(lines, []);
  },
);
