// The playground's own document holds nothing that a project brings: no element of it with a name
// or an id, which would shadow what CodeMirror and the playground's scripts read of `document` and
// `window` by name. Pages are in the frame, everything else is text in the element's shadow tree.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { archiveOf } from './archives.mjs';
import { engines } from './engines.mjs';
import { DIST, headersBy, host, notBuilt, openPage, until } from './hosts.mjs';
import { linkOf } from './playgrounds.mjs';

const missing = notBuilt();
const headers = missing ? undefined : headersBy(readFileSync(join(DIST, '_headers'), 'utf8'));

/** Runs in a page: the properties of documents, and globals, as names of elements. */
function namesOf() {
  const names = new Set(['CodeMirror', 'meridian', 'trustedTypes', 'showDirectoryPicker']);
  for (let at = HTMLDocument.prototype; at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  return [...names];
}

/** A project whose pages, files and data have these names. @param {string[]} names */
function projectOf(names) {
  const named = names
    .map((name) => `<img name="${name}" alt=""><form name="${name}"></form><a id="${name}">x</a>`)
    .join('\n');
  return {
    'index.md': `---\ntitle: '<img name="body">'\nbody: <img id="createElement">\n---\n\n# One\n{: #activeElement}\n\n${named}\n\n$$\\href{x}{a}$$\n\n{{ x | nosuchfilter }}\n\n<a href="<b name=head>">\n`,
    '_config.yml': `title: '<form name="head"></form>'\n`,
    '_layouts/default.html': `<!doctype html><title>T</title><body>{{ content }}`,
    'body.svg': '<svg xmlns="http://www.w3.org/2000/svg" id="body"><a id="head"/></svg>',
    '<img name=body>.md': '---\n---\n<img name="body">\n',
    ...Object.fromEntries(names.slice(0, 20).map((name) => [`${name}/${name}.md`, `# ${name}\n`])),
  };
}

/**
 * Runs in the playground's page: elements of the document and of its shadow trees that a project
 * has named, and properties of the document that are not its prototypes'.
 * @param {{ names: string[], own: string[] }} given `own`: names that are the playground's
 */
function shadowing({ names, own }) {
  const all = (root) =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? all(element.shadowRoot) : []),
    ]);
  const named = all(document)
    .flatMap((element) => [element.getAttribute('name'), element.id])
    .filter((name) => name && names.includes(name) && !own.includes(name));
  const light = [...document.querySelectorAll('[name], [id]')]
    .map((element) => element.getAttribute('name') ?? element.id)
    .filter((name) => !own.includes(name));
  const inherited = (name) => {
    try {
      return Reflect.get(Document.prototype, name, document);
    } catch {
      return undefined;
    }
  };
  const shadowed = names.filter((name) =>
    name in Document.prototype && document[name] instanceof HTMLElement
      ? document[name] !== inherited(name)
      : document[name] instanceof HTMLCollection && document[name] !== inherited(name),
  );
  return { named, light, shadowed };
}

for (const engine of engines(after)) {
  const skip = missing ?? engine.missing;
  for (const way of ['by a link', 'in an archive of the reader’s'])
    test(`${engine.name}: a project ${way} names nothing`, { skip }, async (t) => {
      const server = await host(t, DIST, { headers });
      const { page } = await openPage(t, await engine.browser());
      await page.addInitScript(() => delete window.showDirectoryPicker);
      await page.goto(`${server.url}playground/`);
      await page.frameLocator('iframe').locator('main').waitFor();
      const names = await page.evaluate(namesOf);
      assert.ok(names.length > 150);
      // The page's <meta>, and the title of the project in the toolbar.
      const own = ['viewport', 'color-scheme', 'description', 'title'];
      const project = projectOf(names);
      if (way === 'by a link') {
        await page.goto('about:blank');
        await page.goto(`${server.url}playground/${linkOf(project)}`);
      } else {
        const [chooser] = await Promise.all([
          page.waitForEvent('filechooser'),
          page.getByRole('combobox', { name: 'Open' }).selectOption('zip'),
        ]);
        const files = Object.entries(project).map(([path, text]) => ({ path, text }));
        await chooser.setFiles([
          { name: 'all.zip', mimeType: 'application/zip', buffer: Buffer.from(archiveOf(files)) },
        ]);
      }
      await page.waitForFunction(
        (count) =>
          document.querySelector('meridian-playground')?.playground?.project.paths.length === count,
        Object.keys(project).length,
      );
      const clean = async (what) =>
        assert.deepEqual(
          await page.evaluate(shadowing, { names, own }),
          { named: [], light: [], shadowed: [] },
          what,
        );
      const open = (path) =>
        page.evaluate(
          (path) => document.querySelector('meridian-playground').playground.open(path),
          path,
        );
      await open('index.md');
      // Not with a locator: in WebKit it finds elements by what this page has shadowed.
      const seen = () =>
        Document.prototype.querySelector.call(document, '#activeElement, [id$=activeElement]');
      await until(
        () =>
          page
            .frames()
            .at(-1)
            ?.evaluate(`!!(${seen})()`)
            .catch(() => false),
        'the page is shown',
      );
      await clean('a page');
      const tabs = page.getByRole('tablist', { name: 'Parts of the page' }).getByRole('tab');
      for (const tab of await tabs.all()) {
        await tab.click();
        await clean(`the inspector: ${await tab.textContent()}`);
      }
      await page.getByRole('region', { name: 'Problems' }).getByRole('listitem').first().waitFor();
      await clean('the problems');
      for (const path of ['body.svg', '<img name=body>.md', `${names[0]}/${names[0]}.md`]) {
        await open(path);
        await page.waitForFunction(
          (path) => document.querySelector('meridian-playground').playground.path === path,
          path,
        );
        await clean(path);
      }
      await page.keyboard.press('ControlOrMeta+k');
      await page.keyboard.type('body');
      await clean('the palette');
      await page.keyboard.press('Escape');
      // The editor works.
      await open('index.md');
      await page.locator('.cm-content').click();
      await page.keyboard.type('typed');
      await page.waitForFunction(() =>
        document.querySelector('meridian-playground').files['index.md'].includes('typed'),
      );
      await clean('the editor');
    });
}
