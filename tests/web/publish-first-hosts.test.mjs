// A first site on GitLab and on Codeberg: the three steps, what visitors get, and what these hosts
// refuse. Their addresses lead to the hosts of git-host.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gitHost } from './git-host.mjs';
import { DIST } from './hosts.mjs';
import { openProject, playgrounds, skip, write } from './playgrounds.mjs';
import { publishButton, publishingServer, signIn } from './publishing-page.mjs';

const playground = playgrounds(before, after);
// Milliseconds for each wait: what fails is told before the limit of the file.
const PATIENCE = 30_000;
const POST = '---\ntitle: The post\nlayout: single\n---\n\nOf today.\n';
const FILES = {
  '_config.yml': 'title: A blog\n',
  'index.md':
    '---\ntitle: Home\nlayout: single\n---\n\n{% for post in site.posts %}- {{ post.title }}\n{% endfor %}\n',
  '_posts/2026-01-01-the-post.md': POST,
  'notes/a "b" \\ c.md': '# Quoted\n',
};
const HOSTS = {
  GitLab: {
    kind: 'gitlab',
    site: 'https://gitlab.com',
    branch: 'main',
    all: { contents: 'write', pull_requests: 'write' },
    // A token of one project.
    less: { only: ['owner/name'] },
    more: ['.gitlab-ci.yml'],
    create: 'create project',
    calls: ['create project', 'create commit', 'get pages'],
    form: 'https://gitlab.com/projects/new#blank_project',
  },
  Codeberg: {
    kind: 'forgejo',
    site: 'https://codeberg.org',
    branch: 'pages',
    all: { contents: 'write', user: 'write' },
    less: { only: undefined, rights: { user: 'read' } },
    more: [],
    create: 'create repository',
    calls: ['create repository', 'change files', 'create hook', 'test hook'],
    form: 'https://codeberg.org/repo/create',
  },
};

/**
 * The addresses of a host and of its sites lead to `git`, in this page and those after it. The
 * requests themselves are real, preflights included: no engine but Chromium routes these.
 */
async function answers({ page, context }, git, { site }) {
  const lead = ([to, from]) => {
    const real = window.fetch.bind(window);
    window.fetch = (url, init) =>
      real(
        String(url).replace(from, to).replace('https://ada.codeberg.page', `${to}/pages/ada`),
        init,
      );
  };
  await context.addInitScript(lead, [git.url, site]);
  await page.evaluate(lead, [git.url, site]);
}

/** The playground with a blog, the sheet of a first site, and a host. */
async function open(t, name, { files = FILES } = {}) {
  const of = HOSTS[name];
  const git = await gitHost(t, files, of.kind);
  const server = await publishingServer(t, git);
  const opened = await playground(t, { server });
  const { page } = opened;
  opened.context.setDefaultTimeout(PATIENCE);
  await answers(opened, git, of);
  await openProject(page, { title: 'A blog', files });
  const sheet = page.getByRole('dialog', { name: 'Your first site' });
  const token = git.token('ada', { only: undefined, rights: of.all });
  const made = () => git.repositories.get('ada/my-site');
  /** Chooses the host and a name, and begins. */
  const begin = async (repository = 'my-site') => {
    await publishButton(page).click();
    await sheet.getByLabel('Host').selectOption(name);
    await sheet.getByLabel(`Name on ${name}`).fill(repository);
    await sheet.getByRole('button', { name: 'Create and publish' }).click();
  };
  return { ...opened, git, of, sheet, token, made, begin };
}

/** What a visitor sees of the site: the shell comes from the host of packages. */
async function visit(context, address) {
  await context.route(/^https:\/\/cdn\.jsdelivr\.net\//, (route) => {
    const [, path] = /\/dist\/(.*)$/.exec(new URL(route.request().url()).pathname);
    route.fulfill({
      body: readFileSync(join(DIST, path)),
      contentType: { js: 'text/javascript', wasm: 'application/wasm' }[path.split('.').pop()],
      headers: { 'access-control-allow-origin': '*' },
    });
  });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

for (const [name, of] of Object.entries(HOSTS)) {
  test(`${name}: created, sent and shown; then changes are published`, { skip }, async (t) => {
    const { page, context, git, sheet, token, made, begin, lines } = await open(t, name);
    await begin();
    const sign = page.getByRole('dialog', { name: 'Sign in to publish' });
    assert.ok((await sign.getByRole('link').getAttribute('href')).startsWith(of.site));
    await signIn(page, token);
    await sheet.getByText(`ada/my-site on ${name}, public`).waitFor();
    await sheet
      .getByText(`${name} is building the site`)
      .or(sheet.getByText(/^Live/))
      .first()
      .waitFor();
    git.deploy('success', 'ada/my-site');
    await sheet.getByText(/^Live for \d+ s$/).waitFor();
    const sent = git.log(of.branch, made());
    assert.deepEqual(
      sent.map(({ message }) => message),
      ['Add A blog', 'Show the site by one page'],
    );
    assert.deepEqual(sent[1].files, ['index.html']);
    assert.deepEqual(
      Object.keys(git.files(of.branch, made())).sort(),
      [...Object.keys(FILES), ...of.more, '.nojekyll', '404.html', 'index.html'].sort(),
    );
    // No other branch was made, and none but that is the default.
    assert.equal(made().branch, of.branch);

    // A visitor gets the posts: the page knows which files there are.
    const visitor = await visit(context, `${git.url}/pages/ada/my-site/`);
    await visitor.getByText('The post').waitFor();

    await sheet.getByRole('button', { name: 'Keep writing' }).click();
    await write(page, '# Changed\n');
    await page.getByRole('button', { name: 'Publish 1 change' }).click();
    await page.getByRole('dialog', { name: 'Publish to ada/my-site' }).locator('.main').click();
    await page.getByRole('dialog', { name: 'Published' }).waitFor();
    const [path] = Object.keys(FILES).filter(
      (one) => git.files(of.branch, made())[one] === '# Changed\n',
    );
    assert.ok(path);
    git.check();
    assert.deepEqual(
      lines.filter((line) => !/40[04]/.test(line)),
      [],
    );
  });

  test(`${name}: a token that may not create leaves that to the reader`, { skip }, async (t) => {
    const { page, git, sheet, made, begin } = await open(t, name);
    await begin();
    await signIn(page, git.token('ada', { rights: of.all, ...of.less }));
    const link = sheet.getByRole('link', { name: `Open the form on ${name}` });
    assert.equal(await link.getAttribute('href'), of.form);
    assert.equal(made(), undefined);
    // Made by hand, without a file: the name is there, and so is its default branch.
    git.state.add('ada/my-site');
    await sheet.getByRole('button', { name: 'Create and publish' }).click();
    await sheet.locator('li.done h3', { hasText: 'Turn on Pages' }).waitFor();
    assert.equal(git.log(of.branch, made()).length, 2);
    git.check();
  });

  test(`${name}: a name that has files is refused, and these stay`, { skip }, async (t) => {
    const { page, git, sheet, token, made, begin } = await open(t, name);
    git.state.add('ada/my-site').push({ 'mine.md': 'x\n' });
    await begin();
    await signIn(page, token);
    await sheet.getByText('There is a repository ada/my-site already').waitFor();
    assert.deepEqual(git.files('main', made()), { 'mine.md': 'x\n' });
    git.check();
  });

  test(`${name}: each step is done once, whatever answer is lost`, { skip }, async (t) => {
    for (const lost of of.calls)
      for (const unsent of [false, true]) {
        const { page, git, sheet, token, made, begin } = await open(t, name);
        let left = 1;
        git.state.fault = (call) =>
          call === lost && left-- > 0 ? { before: unsent, reset: true } : undefined;
        await begin();
        await signIn(page, token);
        const done = sheet.locator('li.done h3', { hasText: 'Turn on Pages' });
        const again = sheet.getByRole('button', { name: /^(Create and publish|Continue)$/ });
        await done
          .or(again.and(page.locator(':enabled')))
          .first()
          .waitFor();
        if (!(await done.isVisible())) await again.click();
        await done.waitFor();
        const what = `${lost}, ${unsent}`;
        assert.equal(git.log(of.branch, made()).length, 2, what);
        // Also in Firefox, which sends again what was reset.
        assert.equal(git.state.hooks.length, name === 'Codeberg' ? 1 : 0, what);
        git.check();
        await page.close();
      }
  });
}

test('Codeberg: a webhook that may not be made is the reader’s', { skip }, async (t) => {
  const { page, git, sheet, token, begin } = await open(t, 'Codeberg');
  git.state.fault = (call) =>
    call === 'list hooks' ? { status: 403, message: 'user should be an owner' } : undefined;
  await begin();
  await signIn(page, token);
  await sheet.getByText('https://ada.codeberg.page/my-site/').waitFor();
  const link = sheet.getByRole('link', { name: 'Open the Pages settings' });
  assert.equal(
    await link.getAttribute('href'),
    'https://codeberg.org/ada/my-site/settings/hooks/forgejo/new',
  );
  // A reload goes on at the same place, on the same host.
  await sheet.getByRole('button', { name: 'Close' }).click();
  await page.getByText(/^Kept/).first().waitFor();
  await page.reload();
  await publishButton(page).click();
  await link.waitFor();
  git.state.fault = () => undefined;
  await sheet.getByRole('button', { name: 'Continue' }).click();
  await signIn(page, token);
  await sheet.getByText(/^Live for \d+ s$/).waitFor();
  git.check();
});

test('GitLab: the job keeps a folder public/ of the site out of its way', { skip }, async (t) => {
  const files = { ...FILES, 'public/a.md': '# A\n' };
  const { page, git, sheet, token, begin } = await open(t, 'GitLab', { files });
  await begin();
  await signIn(page, token);
  await sheet.locator('li.done h3', { hasText: 'Turn on Pages' }).waitFor();
  git.deploy('success', 'ada/my-site');
  const shown = git.state.artifacts.get('ada/my-site');
  const { files: listed } = JSON.parse(shown.get('meridian.json').toString());
  assert.deepEqual(listed.sort(), ['404.html', 'index.html', ...Object.keys(files)].sort());
  assert.equal(shown.get('public/a.md').toString(), '# A\n');
});
