// The token of publishing is out of reach: of a hostile project's scripts in the preview's frames,
// of links, storage, exports and the service worker's cache; and it goes to the host's API alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gitHost } from './git-host.mjs';
import { until } from './hosts.mjs';
import { playgrounds, skip } from './playgrounds.mjs';
import { publishButton, publishingServer, signIn } from './publishing-page.mjs';

const playground = playgrounds(before, after);

/** A page whose script looks for the token wherever it can, and reports what it reads. */
const THIEF = `<script>
const found = [];
const look = (name, act) => { try { found.push(name + ': ' + act()); } catch (error) { found.push(name + ': refused'); } };
for (const [name, of] of [['parent', () => parent], ['top', () => top]]) {
  look(name + ' document', () => of().document.documentElement.outerHTML);
  look(name + ' playground', () => JSON.stringify(of().document.querySelector('meridian-playground').playground.parts));
  look(name + ' storage', () => JSON.stringify(of().localStorage));
}
look('storage', () => JSON.stringify(localStorage) + JSON.stringify(sessionStorage));
look('databases', () => indexedDB.open('meridian-playground-account'));
look('cookies', () => document.cookie);
look('address', () => document.referrer + location.href + location.ancestorOrigins);
const send = () => (document.querySelector('#found').textContent = 'Looked: ' + found.join(' | '));
addEventListener('message', (event) => { found.push(JSON.stringify(event.data)); send(); });
fetch('API/user', { credentials: 'include' }).then((answer) => answer.text(), () => 'refused').then((text) => { found.push('API: ' + text); send(); });
document.addEventListener('DOMContentLoaded', send); setInterval(send, 200);
</script>
<p id="found">Nothing yet</p>
`;

test(
  'no frame, link, storage, export or cache has the token, and no other host gets it',
  { skip },
  async (t) => {
    const git = await gitHost(t, {
      '_config.yml': 'title: A\n',
      'index.html': '---\ntitle: A\n---\nx\n',
    });
    git.push({ 'index.html': `---\ntitle: A\n---\n${THIEF.replaceAll('API', git.url)}` });
    const server = await publishingServer(t, git);
    const { page, context, shown } = await playground(t, {
      at: '?repo=owner/name',
      server,
      frame: false,
    });
    const token = git.token();
    const requests = [];
    page.on('request', (request) => requests.push(request));
    // Until its files are there, a project is another one.
    await shown.getByText('Nothing yet').waitFor();
    // As if the reader trusted it: its scripts run, in the frame without an origin.
    await page.evaluate(() =>
      document.querySelector('meridian-playground').playground.project.trust(),
    );
    await shown.getByText('Looked: ').waitFor();
    await page.evaluate(() => {
      const { project } = document.querySelector('meridian-playground').playground;
      project.put('about.md', 'Mine\n');
    });
    await publishButton(page).click();
    await page.getByRole('dialog').locator('button.main').click();
    await signIn(page, token);
    await page.getByRole('dialog', { name: 'Published' }).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    const looked = await shown.locator('#found').textContent();
    assert.match(looked, /parent document: refused/);
    assert.ok(!looked.includes(token), looked);

    // Every request with it went to the API.
    let signed = 0;
    for (const request of requests) {
      const headers = await request.allHeaders();
      const has = JSON.stringify([request.url(), request.postData(), headers]).includes(token);
      if (!has) continue;
      signed++;
      assert.ok(request.url().startsWith(`${git.url}/`), request.url());
      assert.ok(!request.url().includes(token));
      assert.ok(!request.url().startsWith(`${git.url}/raw/`));
      assert.equal(request.redirectedTo(), null);
    }
    assert.ok(signed > 5);

    const dump = () =>
      page.evaluate(async () => {
        const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href];
        all.push(
          JSON.stringify(history.state),
          document.cookie,
          document.documentElement.outerHTML,
        );
        const { play, project, parts } = document.querySelector('meridian-playground').playground;
        all.push(
          play.outerHTML,
          JSON.stringify([...project.files]),
          JSON.stringify(project.upstream),
        );
        for (const input of play.querySelectorAll('input, textarea')) all.push(input.value);
        // What a script of this origin sees of the part.
        const seen = new Set();
        const walk = (value, depth) => {
          if (typeof value === 'string') all.push(value);
          if (Object(value) !== value || seen.has(value) || depth > 4 || value instanceof Node)
            return;
          seen.add(value);
          for (const key of Object.keys(value)) walk(value[key], depth + 1);
        };
        walk(await parts.publish(), 0);
        for (const { name } of await indexedDB.databases()) {
          const database = await new Promise((done) => {
            const request = indexedDB.open(name);
            request.onsuccess = () => done(request.result);
          });
          for (const store of database.objectStoreNames) {
            const values = await new Promise((done) => {
              const request = database.transaction(store).objectStore(store).getAll();
              request.onsuccess = () => done(request.result);
            });
            for (const value of values) {
              all.push(JSON.stringify(value));
              if (value?.key instanceof CryptoKey) {
                const exported = await crypto.subtle
                  .exportKey('raw', value.key)
                  .catch(() => 'refused');
                all.push(`key: ${exported}`, new TextDecoder().decode(value.sealed));
              }
            }
          }
          database.close();
        }
        for (const name of await caches.keys())
          for (const request of await (await caches.open(name)).keys()) all.push(request.url);
        return all.join('\n');
      });
    assert.ok(!(await dump()).includes(token));
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByText('The link contains the whole project').waitFor();
    assert.ok(!page.url().includes(token));

    // The pages of the review: its scripts don't run, although the project is trusted.
    await page.evaluate(() => {
      const { project } = document.querySelector('meridian-playground').playground;
      project.put('index.html', `${project.text('index.html')}<p>More</p>\n`);
    });
    await publishButton(page).click();
    const review = page.getByRole('dialog');
    await review.getByText('Signed in as owner.').waitFor();
    const frames = review.locator('iframe');
    await until(async () => (await frames.count()) === 2, 'both pages');
    for (const at of [0, 1]) {
      const found = frames.nth(at).contentFrame().locator('#user-content-found');
      await found.waitFor();
      assert.equal(await frames.nth(at).getAttribute('sandbox'), 'allow-scripts');
      assert.match(await frames.nth(at).getAttribute('src'), /\/frame\.html\?/);
      // A look takes 200 ms in the preview.
      await new Promise((done) => setTimeout(done, 500));
      assert.equal(await found.textContent(), 'Nothing yet');
      assert.equal(await found.evaluate(() => document.body.querySelectorAll('script').length), 0);
    }
    assert.ok(!(await dump()).includes(token));

    // Kept on request: only encrypted, with a key that can't be read; then a new tab is signed in.
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('the token is forgotten').waitFor();
    await page.evaluate(() => {
      const { project } = document.querySelector('meridian-playground').playground;
      project.put('about.md', 'Mine, too\n');
    });
    await page.keyboard.press('Escape');
    await publishButton(page).click();
    await page.getByRole('dialog').locator('button.main').click();
    await signIn(page, token, { keep: true });
    await page.getByRole('dialog', { name: 'Published' }).waitFor();
    const kept = await dump();
    assert.ok(!kept.includes(token));
    assert.match(kept, /key: refused/);
    const second = await context.newPage();
    await second.goto(`${server.url}playground/?repo=owner/name`);
    await publishButton(second).waitFor();
    await publishButton(second).click();
    await second.getByText('Signed in as owner.').waitFor();
    await second.getByRole('button', { name: 'Sign out' }).click();
    await second.getByText('the token is forgotten').waitFor();
    await until(async () => !/key: /.test(await dump()), 'the key is forgotten');
    git.check();
  },
);
