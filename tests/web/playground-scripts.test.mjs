// Scripts of a trusted project during typing: their changes to the page stay where the source is
// unchanged.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { playgrounds, skip, write, renderWhole } from './playgrounds.mjs';

const playground = playgrounds(before, after);
// The theme counts words, so text around the content changes, too.
const page = (title, one, two, more = '') =>
  `---\nlayout: single\nread_time: true\ntitle: ${title}\n---\n\n${one}\n{: #one}\n\n${two}\n{: #two}\n\nThree.\n${more}`;
const SCRIPT = `
<script>
addEventListener('load', () => {
  const one = document.getElementById('one');
  one.textContent = 'Made by the script.';
  one.className = 'made';
  one.addEventListener('click', () => (one.dataset.clicked = 'yes'));
  document.body.prepend(Object.assign(document.createElement('aside'), { textContent: 'A banner.' }));
  document.querySelector('h1').insertAdjacentHTML('beforeend', ' <small>and more</small>');
  document.head.append(Object.assign(document.createElement('style'), { textContent: '#two { color: rgb(1, 2, 3) }' }));
  window.runs = (window.runs ?? 0) + 1;
});
</script>
`;
/** The changes that the scripts have made so far. */
const made = (shown) =>
  shown.locator('html').evaluate(() => ({
    one: document.getElementById('one')?.textContent,
    class: document.getElementById('one')?.className,
    banner: document.querySelectorAll('aside:not([class])').length,
    title: document.querySelector('h1').textContent.trim(),
    color: getComputedStyle(document.getElementById('two')).color,
    runs: window.runs,
  }));
const MADE = {
  one: 'Made by the script.',
  class: 'made',
  banner: 1,
  title: 'T and more',
  color: 'rgb(1, 2, 3)',
  runs: 1,
};
/** Types at the end of the line that begins with a text. */
async function typeBehind(play, text, letters) {
  await play.locator('.cm-line', { hasText: text }).first().click();
  await play.keyboard.press('End');
  await play.keyboard.insertText(letters);
}

test(
  'changes of a script to a paragraph, the head and the layout stay while another paragraph is typed, and after',
  { skip },
  async (t) => {
    const { page: play, shown, lines } = await playground(t);
    await write(play, page('T', 'One.', 'Two.', SCRIPT));
    await shown.getByText('Made by the script.').waitFor();
    assert.deepEqual(await made(shown), MADE);
    await typeBehind(play, 'Two.', ' More');
    await shown.getByText('Two. More').waitFor();
    await renderWhole(play);
    assert.deepEqual(await made(shown), MADE);
    await shown.locator('#one').click();
    assert.equal(await shown.locator('#one').getAttribute('data-clicked'), 'yes');
    // Enough words to change the layout's reading time.
    await typeBehind(play, 'Two. More', ' word'.repeat(900));
    await shown.getByText(/[45] minute/).waitFor();
    assert.deepEqual(await made(shown), MADE);
    // A paragraph is added, and one removed.
    await typeBehind(play, 'Three.', '\n\nFour.');
    await shown.getByText('Four.').waitFor();
    await renderWhole(play);
    assert.equal(await shown.getByText('Four.').count(), 1);
    assert.deepEqual(await made(shown), MADE);
    assert.deepEqual(lines, []);
  },
);

test(
  'an edited element and an edited title are replaced; elements that a script removed do not return, and nothing is doubled',
  { skip },
  async (t) => {
    const { page: play, shown } = await playground(t);
    const gone =
      "<script>addEventListener('load', () => document.querySelector('.gone').remove())</script>\n";
    await write(play, page('T', 'One.', 'Two.', `${SCRIPT}\nTo go.\n{: .gone}\n\n${gone}`));
    await shown.getByText('Made by the script.').waitFor();
    await typeBehind(play, 'One.', ' Mine');
    await shown.getByText('One. Mine').waitFor();
    await renderWhole(play);
    assert.equal(await shown.getByText('Made by the script.').count(), 0);
    assert.equal(await shown.getByText('One. Mine').count(), 1);
    await typeBehind(play, 'title: T', 'wo');
    await shown.getByRole('heading', { name: 'Two', exact: false, level: 1 }).waitFor();
    await renderWhole(play);
    const after = await made(shown);
    assert.deepEqual([after.banner, after.color, after.runs], [1, 'rgb(1, 2, 3)', 1]);
    assert.match(after.title, /^Two/);
    assert.equal(await shown.getByText('To go.').count(), 0);
    assert.equal(await shown.getByText('Three.').count(), 1);
    // A changed script restarts the page.
    await write(
      play,
      page(
        'T',
        'One.',
        'Two.',
        '<script>document.getElementById("two").textContent = "Otherwise."</script>\n',
      ),
    );
    await shown.getByText('Otherwise.').waitFor();
    assert.equal((await made(shown)).banner, 0);
  },
);

test(
  'a picture that arrives late is put into the page that scripts have changed',
  { skip },
  async (t) => {
    const { page: play, shown } = await playground(t);
    await write(play, page('T', 'One.', 'Two. ![Dot](dot.svg)', SCRIPT));
    await shown.getByText('Made by the script.').waitFor();
    await play
      .locator('meridian-playground')
      .evaluate(({ playground: { project } }) =>
        project.put('dot.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="5"/>'),
      );
    await play.waitForFunction(() =>
      document.querySelector('meridian-playground').playground.preview.given.has('dot.svg'),
    );
    await shown.locator('#two img').evaluate(
      (image) =>
        new Promise((resolve) => {
          const look = () => (image.naturalHeight === 5 ? resolve() : setTimeout(look, 50));
          look();
        }),
    );
    assert.deepEqual(await made(shown), MADE);
  },
);

test('a page that loads its document again is shown again', { skip }, async (t) => {
  const { page: play, shown, lines } = await playground(t);
  const button = '<button onclick="location.reload()">Again</button>\n';
  await write(play, page('T', 'One.', 'Two.', button + SCRIPT));
  await shown.getByText('Made by the script.').waitFor();
  for (const runs of [8, 9]) {
    await shown.locator('html').evaluate((_, runs) => (window.runs = runs), runs);
    await shown.getByRole('button', { name: 'Again' }).click();
    await shown.getByText('Made by the script.').waitFor({ state: 'detached' });
    await shown.getByText('Made by the script.').waitFor();
    assert.deepEqual(await made(shown), MADE);
  }
  await write(play, page('T', 'One.', 'Two. More', button));
  await shown.getByText('Two. More').waitFor();
  // One that does so at once does not keep the reader from what is written next.
  await write(play, page('T', 'One.', 'Four.', '<script>location.reload()</script>\n'));
  await write(play, page('T', 'One.', 'Five.'));
  await shown.getByText('Five.').waitFor();
  assert.deepEqual(lines, []);
});
