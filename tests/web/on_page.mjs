// Writing on the page, in a browser: a project with one document, the caret in its page.
import assert from 'node:assert/strict';
import { until } from './hosts.mjs';
import { openProject, playgrounds, renderWhole, textOf } from './playgrounds.mjs';

export const WIDE = { viewport: { width: 1440, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** A picture of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);
export const HEAD = '---\ntitle: The title\n---\n\n';
export const TEXT = `${HEAD}One *line* of text.\n\nA [link][ref] &amp; more.\n{: .lead}\n\n- first\n- second\n\n| a | b |\n|:--|--:|\n| cell | 2 |\n\n[ref]: https://example.org\n`;

/** @param {Function} before @param {Function} after of the test file */
export function onPage(before, after) {
  const playground = playgrounds(before, after);

  /** The playground with one document, once its page, which has the words `ready`, is there. */
  async function open(t, given = {}) {
    const { text = TEXT, trusted = true, files = {}, ...rest } = given;
    const { path = 'index.md', ready = 'of text.', ...options } = rest;
    const opened = await playground(t, { ...WIDE, ...options });
    const { page, shown } = opened;
    await openProject(page, {
      title: 'On the page',
      trusted,
      open: path,
      files: { '_config.yml': 'title: T\n', [path]: text, ...files },
    });
    await shown.getByText(ready).first().waitFor();
    await renderWhole(page);
    return opened;
  }

  /**
   * Waits until what is typed goes into such an element. The frame may be of another process, and
   * has the focus a moment later than the element.
   */
  async function writesIn(shown, selector, filter = {}) {
    const element = shown.locator(`${selector}[contenteditable]`).filter(filter);
    const focused = () => document.hasFocus() && document.activeElement?.isContentEditable;
    await element.waitFor();
    await until(() => element.evaluate(focused), `${selector} has the focus`);
  }
  /** Begins to write in a block, with the caret behind a text of it. */
  async function beginBehind(shown, text) {
    await shown.getByText(text).first().dblclick();
    await writesIn(shown, '', { hasText: text });
    await caretBehind(shown, text);
  }
  /** Inserts a text at once, as dictation does. Firefox's driver reaches no frame with its own. */
  const insertText = (shown, text) =>
    shown
      .locator('[contenteditable]')
      .evaluate((_, text) => document.execCommand('insertText', false, text), text);
  /**
   * Waits until nothing is written in, the page is whole and has the toolbar's room: a click in the
   * moment before may hit what moves.
   */
  async function left(page, shown) {
    await shown.locator('[contenteditable]').waitFor({ state: 'detached' });
    await page.getByRole('toolbar', { name: 'Write on the page' }).waitFor({ state: 'hidden' });
    await renderWhole(page);
  }
  /** Selects a text of the block that is written in. */
  const selected = (shown, text, onlyEnd = false) =>
    shown.locator('[contenteditable]').evaluate(
      (block, [text, onlyEnd]) => {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode());) {
          const at = node.nodeValue.indexOf(text);
          const end = at + text.length;
          if (at >= 0) return getSelection().setBaseAndExtent(node, onlyEnd ? end : at, node, end);
        }
        throw new Error(`There is no ${text}`);
      },
      [text, onlyEnd],
    );
  const caretBehind = (shown, text) => selected(shown, text, true);
  async function becomes(page, wanted) {
    let text;
    const done = async () => (text = await textOf(page, 'index.md')) === wanted;
    await until(done, 'the source is as wanted').catch(() => assert.equal(text, wanted));
  }
  /** What the frame shows is what the source says. */
  async function agrees(page, shown) {
    await renderWhole(page);
    const whole = await page.evaluate(
      () => document.querySelector('meridian-playground').playground.preview.html,
    );
    const [seen, wanted] = await shown
      .locator('body')
      .evaluate(
        (body, html) =>
          [body, new DOMParser().parseFromString(html, 'text/html').body].map(({ textContent }) =>
            textContent.replace(/\s+/g, ' ').trim(),
          ),
        whole,
      );
    assert.equal(seen, wanted);
  }

  return {
    open,
    writesIn,
    beginBehind,
    insertText,
    left,
    caretBehind,
    selected,
    becomes,
    agrees,
  };
}
