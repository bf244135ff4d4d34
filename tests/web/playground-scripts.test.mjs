// Scripts of one's own project, and what is typed: what they have made of the page stays wherever
// its source stays.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { playgrounds, skip, write } from './playgrounds.mjs';

const playground = playgrounds(before, after);
// The theme counts words: what stands around the content changes, too.
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
/** What the scripts made, as far as it is there. */
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
  'what a script made of a paragraph, of the head and around stays while another paragraph is typed, and after',
  { skip },
  async (t) => {
    const { page: play, shown, lines } = await playground(t);
    await write(play, page('T', 'One.', 'Two.', SCRIPT));
    await shown.getByText('Made by the script.').waitFor();
    assert.deepEqual(await made(shown), MADE);
    await typeBehind(play, 'Two.', ' More');
    await shown.getByText('Two. More').waitFor();
    // The page is made anew when nobody types.
    await play.waitForTimeout(1200);
    assert.deepEqual(await made(shown), MADE);
    await shown.locator('#one').click();
    assert.equal(await shown.locator('#one').getAttribute('data-clicked'), 'yes');
    // So many words that the layout says something else of them.
    await typeBehind(play, 'Two. More', ' word'.repeat(900));
    await shown.getByText(/[45] minute/).waitFor();
    assert.deepEqual(await made(shown), MADE);
    // Something new, and something that goes.
    await typeBehind(play, 'Three.', '\n\nFour.');
    await shown.getByText('Four.').waitFor();
    await play.waitForTimeout(1000);
    assert.equal(await shown.getByText('Four.').count(), 1);
    assert.deepEqual(await made(shown), MADE);
    assert.deepEqual(lines, []);
  },
);

test(
  'what is typed itself, and a title, is another; what a script had removed does not come back, and nothing comes twice',
  { skip },
  async (t) => {
    const { page: play, shown } = await playground(t);
    const gone =
      "<script>addEventListener('load', () => document.querySelector('.gone').remove())</script>\n";
    await write(play, page('T', 'One.', 'Two.', `${SCRIPT}\nTo go.\n{: .gone}\n\n${gone}`));
    await shown.getByText('Made by the script.').waitFor();
    await typeBehind(play, 'One.', ' Mine');
    await shown.getByText('One. Mine').waitFor();
    await play.waitForTimeout(1000);
    assert.equal(await shown.getByText('Made by the script.').count(), 0);
    assert.equal(await shown.getByText('One. Mine').count(), 1);
    await typeBehind(play, 'title: T', 'wo');
    await shown.getByRole('heading', { name: 'Two', exact: false, level: 1 }).waitFor();
    await play.waitForTimeout(1000);
    const after = await made(shown);
    assert.deepEqual([after.banner, after.color, after.runs], [1, 'rgb(1, 2, 3)', 1]);
    assert.match(after.title, /^Two/);
    assert.equal(await shown.getByText('To go.').count(), 0);
    assert.equal(await shown.getByText('Three.').count(), 1);
    // Other scripts begin anew.
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
  'a picture that comes late comes into the page that scripts have changed',
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
