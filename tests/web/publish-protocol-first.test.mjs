// A first site on real git repositories: each of its calls with each fault. Nothing is lost, and
// nothing is done twice; each fault has an explanation and a next step.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import './without-page.mjs';
import { gitHost } from './git-host.mjs';
import { FAULTS, assertExplained, hostOf, hurry } from './publishing.mjs';
import { Project } from '../../web/playground/project/project.js';
import { Hashes, changesOf } from '../../web/playground/publish/changes.js';
import { PLACES, firstOn } from '../../web/playground/publish/first_hosts.js';
import { makeFirst } from '../../web/playground/publish/first_steps.js';

hurry(before, after);

const LOOKS = ['get ref', 'get commit', 'get tree'];
/** What a first site asks of each host, and of which place the host is. */
const HOSTS = {
  github: {
    place: 'GitHub',
    calls: [
      'create repository',
      'create file',
      'get repository',
      ...LOOKS,
      'create blob',
      'create tree',
      'create commit',
      'update ref',
      'create pages',
    ],
    branch: 'main',
  },
  gitlab: {
    place: 'GitLab',
    calls: [
      'create project',
      'get project',
      'get branch',
      'list tree',
      'create commit',
      'get pages',
    ],
    branch: 'main',
  },
  forgejo: {
    place: 'Codeberg',
    calls: [
      'create repository',
      'get repository',
      'get branch',
      'get tree',
      'change files',
      'list hooks',
      'create hook',
      'test hook',
    ],
    // Its answer has no body that could be cut off.
    bodiless: ['test hook'],
    branch: 'pages',
  },
};
const RIGHTS = {
  administration: 'write',
  contents: 'write',
  pages: 'write',
  pull_requests: 'write',
  user: 'write',
};
const FILES = {
  '_config.yml': 'title: A\n',
  'index.md': 'Mine\n',
  'a.bin': new Uint8Array([0, 255]),
};

/** A project without a repository, and what makes a first site of it. */
async function begun(t, kind) {
  const git = await gitHost(t, { 'x.md': 'x\n' }, kind);
  const host = hostOf(git);
  const { place } = HOSTS[kind];
  host.name = place;
  host.signIn(git.token('ada', { only: undefined, rights: RIGHTS }));
  const { at } = PLACES.find(({ name }) => name === place);
  const project = new Project();
  project.open({ title: 'A', files: { ...FILES } });
  const hashes = new Hashes();
  const first = firstOn(host, at);
  const make = () =>
    makeFirst(
      {
        host,
        first,
        at,
        login: 'ada',
        name: 'my-site',
        title: 'A',
        page: async () => {
          for (const [path, text] of Object.entries({ 'index.html': '<p>\n', ...first.files }))
            if (!project.has(path)) project.put(path, text);
          return project.bytes('index.html');
        },
        project,
        changes: () => changesOf(project, hashes),
        report: () => {},
        stopped: () => false,
      },
      () => {},
    );
  return { git, host, project, make, made: () => git.repositories.get('ada/my-site') };
}

for (const [kind, { calls, branch, bodiless = [] }] of Object.entries(HOSTS))
  for (const [name, { fault, open, kind: expected, only = kind }] of Object.entries(FAULTS)) {
    if (only !== kind) continue;
    test(`${kind}: a first site, ${name} of each call: each step is done once`, async (t) => {
      for (const call of calls)
        // Only what is tried again can fail more than once.
        for (const always of open ? [false, true] : [false]) {
          const { git, host, project, make, made } = await begun(t, kind);
          const what = `${name}, ${call}, ${always ? 'always' : 'once'}`;
          let left = always ? Infinity : 1;
          git.state.fault = (one) => (one === call && left-- > 0 ? fault : undefined);
          let site = await make().catch((error) => error);
          assert.ok(
            git.calls.some((one) => one.call === call),
            `${call} was called`,
          );
          if (site instanceof Error) {
            assertExplained(site, host, what);
            if (expected && left <= 0) assert.equal(site.kind, expected, what);
            if (open) assert.match(site.kind, /lost|server|undone|unknown|offline/, what);
          } else if (!site) {
            // The reader does it by hand, if the token may not.
            assert.match(expected ?? '', /rights|gone/, what);
            assert.equal(project.upstream.first, 2, what);
          }
          // A fault that is over, and one more click.
          git.state.fault = () => undefined;
          if (site instanceof Error || !site) site = await make();
          assert.match(site, /^https?:/, what);
          for (const [path, content] of Object.entries(FILES))
            assert.deepEqual(project.files.get(path), content, what);
          assert.equal(git.log(branch, made()).length, 2, what);
          const files = git.files(branch, made());
          assert.equal(files['index.md'], 'Mine\n', what);
          assert.equal(files['index.html'], '<p>\n', what);
          assert.equal([...git.repositories.keys()].join(), 'owner/name,ada/my-site', what);
          assert.equal(git.state.hooks.length, kind === 'forgejo' ? 1 : 0, what);
          if (kind === 'github') assert.ok(git.state.pages.has('ada/my-site'), what);
          if (!bodiless.includes(call)) git.check();
        }
    });
  }

test('codeberg: of webhooks that a browser sent twice one stays', async (t) => {
  const { git, make } = await begun(t, 'forgejo');
  git.state.fault = (call) => {
    if (call !== 'create hook') return;
    const config = { url: 'https://ada.codeberg.page/my-site/', content_type: 'json' };
    git.state.hooks.push({
      id: 7,
      type: 'forgejo',
      config,
      active: true,
      repository: 'ada/my-site',
    });
  };
  await make();
  assert.equal(git.state.hooks.length, 1);
  assert.equal(git.calls.filter(({ call }) => call === 'delete hook').length, 1);
  git.check();
});

// Real seconds: all of them at once.
test('an answer that takes 8 seconds is waited for, of each call', async (t) => {
  const LATE = { late: 8000 };
  const work = [];
  for (const [kind, { calls }] of Object.entries(HOSTS))
    for (const call of calls)
      work.push(async () => {
        const { git, make, made } = await begun(t, kind);
        let left = 1;
        git.state.fault = (one) => (one === call && left-- > 0 ? LATE : undefined);
        assert.match(await make(), /^https?:/, `${kind}, ${call}`);
        assert.equal(git.log(HOSTS[kind].branch, made()).length, 2, `${kind}, ${call}`);
        git.check();
      });
  await Promise.all(work.map((one) => one()));
});
