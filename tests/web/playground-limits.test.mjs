// Limits of time for untrusted projects: an endless loop is an error, a worker that hangs is
// terminated, and both recover.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { DIST, headersBy, host } from './hosts.mjs';
import { file, playgrounds, problems, skip, write } from './playgrounds.mjs';

const playground = playgrounds(before, after);
const linkOf = (files) =>
  `#p1=${deflateRawSync(JSON.stringify({ title: 'Shared', open: 'index.md', files: Object.entries(files) })).toString('base64url')}`;
const PAGE = '---\ntitle: T\nlayout: single\n---\n';
const ENDLESS = '{% for i in (1..100000000) %}{% endfor %}';

/**
 * The playground on a host whose worker hangs when this address is rendered; `begun`: the workers
 * that were started.
 */
async function hanging(t, name, options) {
  const begun = [];
  const worker = readFileSync(join(DIST, 'playground/worker.js'), 'utf8');
  // This listener runs before the worker's own.
  const switched = `addEventListener('message', (event) => { const { ask } = event.data; if (ask && ask.includes('${name}')) for (;;); });\n${worker}`;
  const server = await host(t, DIST, {
    headers: headersBy(readFileSync(join(DIST, '_headers'), 'utf8')),
    answer: (_, response, path) => {
      if (path !== '/playground/worker.js') return false;
      begun.push(path);
      response
        .writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' })
        .end(switched);
      return true;
    },
  });
  return { ...(await playground(t, { server, ...options })), begun };
}

test(
  'an endless loop in a link is an error at its line; the last page stays, and rendering resumes after the correction',
  { skip, timeout: 120_000 },
  async (t) => {
    const { page, shown, lines } = await playground(t, {
      at: linkOf({ '_config.yml': 'title: T\n', 'index.md': `${PAGE}Before\n` }),
    });
    await shown.getByText('Before').waitFor();
    await write(page, `${PAGE}Never\n\n${ENDLESS}\n`);
    const problem = problems(page).filter({ hasText: 'Memory limits exceeded' });
    await problem.waitFor();
    assert.match(
      await problem.textContent(),
      /index\.md:7:1.*more than 2 million steps: loop over less/,
    );
    assert.equal(await shown.getByText('Before').count(), 1);
    assert.equal(await page.getByText('The last page without an error').isVisible(), true);
    await write(page, `${PAGE}After\n`);
    await shown.getByText('After').waitFor();
    assert.equal(await problems(page).count(), 0);
    // As the first page of a link.
    const other = await playground(t, {
      at: linkOf({ '_config.yml': 'title: T\n', 'index.md': `${PAGE}Never\n\n${ENDLESS}\n` }),
    });
    await problems(other.page).filter({ hasText: '2 million steps' }).waitFor();
    await write(other.page, `${PAGE}After\n`);
    await other.shown.getByText('After').waitFor();
    assert.deepEqual([...lines, ...other.lines], []);
  },
);

test(
  'a trusted project has a higher step limit; an untrusted one gets it when the reader trusts it',
  { skip, timeout: 120_000 },
  async (t) => {
    const text = `${PAGE}{% for i in (1..2500000) %}{% endfor %}Done\n`;
    const { page, shown, lines } = await playground(t);
    await write(page, text);
    await shown.getByText('Done').waitFor();
    assert.equal(await problems(page).count(), 0);
    const other = await playground(t, {
      at: linkOf({ '_config.yml': 'title: T\n', 'index.md': `${text}\n<script>1</script>\n` }),
    });
    await problems(other.page).filter({ hasText: '2 million steps' }).waitFor();
    await write(other.page, `${PAGE}Short\n<script>1</script>\n`);
    await other.shown.getByText('Short').waitFor();
    other.page.on('dialog', (dialog) => dialog.accept());
    await other.page.getByRole('button', { name: 'Run them' }).click();
    await write(other.page, text);
    await other.shown.getByText('Done').waitFor();
    assert.deepEqual([...lines, ...other.lines], []);
  },
);

test(
  'a worker that hangs is terminated after two seconds, and restarted by the next change only',
  { skip, timeout: 120_000 },
  async (t) => {
    const files = {
      '_config.yml': 'title: T\n',
      'index.md': `${PAGE}Home, [on](/slow/)\n`,
      'slow.md': '---\nlayout: single\npermalink: /slow/\n---\nSlow\n',
      'other.md': '---\nlayout: single\npermalink: /other/\n---\nOther\n',
    };
    const { page, shown, begun, lines } = await hanging(t, '/slow/', { at: linkOf(files) });
    await shown.getByText('Home').waitFor();
    assert.equal(begun.length, 1);
    await shown.getByRole('link', { name: 'on', exact: true }).click();
    const problem = problems(page).filter({ hasText: 'took more than 2 seconds' });
    await problem.waitFor();
    assert.match(
      await problem.textContent(),
      /\/slow\/ took more than 2 seconds, and was stopped.*The next change is tried again/,
    );
    assert.equal(await shown.getByText('Home').count(), 1);
    assert.equal(await page.getByText('The last page without an error').isVisible(), true);
    // The worker is not restarted by itself, nor by other requests.
    await shown.getByText('Home').click({ position: { x: 2, y: 5 } });
    // Longer than an answer may take.
    await page.waitForTimeout(2500);
    assert.equal(begun.length, 1);
    // A change restarts it, and it is terminated again: that page still hangs.
    await page.locator('.cm-content').click();
    await page.keyboard.type('x');
    await problems(page).filter({ hasText: 'took more than 15 seconds' }).waitFor();
    assert.equal(begun.length, 2);
    // Another page is rendered at once.
    await file(page, 'other.md').click();
    await shown.getByText('Other').waitFor();
    assert.equal(await problems(page).count(), 0);
    assert.equal(begun.length, 3);
    await write(page, '---\nlayout: single\npermalink: /other/\n---\nMore\n');
    await shown.getByText('More').waitFor();
    assert.equal(begun.length, 3);
    assert.deepEqual(lines, []);
  },
);

test(
  'a trusted project has more time, and queued requests are not stopped for a slow one',
  { skip, timeout: 120_000 },
  async (t) => {
    // A worker that takes this long for each answer.
    const worker = readFileSync(join(DIST, 'playground/worker.js'), 'utf8');
    const slow = (seconds) =>
      `addEventListener('message', ({ data: { ask } }) => { if (ask) for (const end = performance.now() + ${seconds} * 1000; performance.now() < end;); });\n${worker}`;
    const on = async (seconds, at) => {
      const begun = [];
      const server = await host(t, DIST, {
        headers: headersBy(readFileSync(join(DIST, '_headers'), 'utf8')),
        answer: (_, response, path) =>
          path === '/playground/worker.js' &&
          begun.push(path) > 0 &&
          !!response
            .writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' })
            .end(slow(seconds)),
      });
      return { ...(await playground(t, { server, at })), begun };
    };
    const own = await on(2.5, '');
    await own.shown.getByRole('heading', { name: 'A note' }).waitFor();
    assert.equal(await problems(own.page).count(), 0);
    assert.equal(own.begun.length, 1);
    // Half a second for each letter: the last requests wait for more than two seconds, and are
    // answered.
    const { page, shown, lines, begun } = await on(
      0.5,
      linkOf({ '_config.yml': 'title: T\n', 'index.md': `${PAGE}Home\n` }),
    );
    await shown.getByText('Home').waitFor();
    await page.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('abcdefghijklmnopqrst', { delay: 50 });
    await shown.getByText('abcdefghijklmnopqrst').waitFor();
    assert.equal(begun.length, 1);
    assert.equal(await problems(page).count(), 0);
    assert.deepEqual(lines, []);
  },
);

test(
  'of an untrusted project 2,000 files are opened; the number of others is reported',
  { skip, timeout: 120_000 },
  async (t) => {
    const many = (count) => ({
      '_config.yml': 'title: T\n',
      'index.md': `${PAGE}Home\n`,
      ...Object.fromEntries(Array.from({ length: count - 2 }, (_, i) => [`a/${i}.txt`, 'x'])),
    });
    const { page, shown } = await playground(t, { at: linkOf(many(2000)) });
    await shown.getByText('Home').waitFor();
    page.on('dialog', (dialog) => dialog.accept('more.md'));
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Upload' }).first().click(),
    ]);
    await chooser.setFiles([
      { name: 'more.md', mimeType: 'text/plain', buffer: Buffer.from(`${PAGE}More\n`) },
    ]);
    await problems(page).filter({ hasText: '1 more than the 2,000 files' }).waitFor();
    assert.equal(await shown.getByText('Home').count(), 1);
    const other = await playground(t, { at: linkOf(many(2001)) });
    await other.page.getByText('The link has 2,001 files; 2,000 can be opened.').waitFor();
  },
);
