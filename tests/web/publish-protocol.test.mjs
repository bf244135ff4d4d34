// Publishing on a real git repository: one commit of all changes, merges, lost answers, refusals.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import './without-page.mjs';
import { gitHost } from './git-host.mjs';
import { FAULTS, hurry, opened } from './publishing.mjs';
import { random as numbers } from './random.mjs';
import { proposedMessage } from '../../web/playground/publish/changes.js';
import { resolve } from '../../web/playground/publish/update.js';

hurry(before, after);

const SITE = {
  '_config.yml': 'title: A site\n',
  'index.md': '---\ntitle: Home\nlayout: page\n---\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n',
  'about.md': '---\ntitle: About\n---\n\nA persn.\n',
  'old.md': 'Old.\n',
  'people/bonpland.md': 'Aimé Bonpland\n',
  'images/a.png': Buffer.from([0x89, 0x50, 0, 255, 254, 1]),
  'script.sh': 'echo\n',
};
const index = (text) => SITE['index.md'].replace('Two.', text);

/** The calls of one publishing, the last of which moves the branch, and others with their names. */
const HOSTS = {
  github: {
    calls: [
      'get repository',
      'get ref',
      'get commit',
      'get tree',
      'create blob',
      'create tree',
      'create commit',
      'update ref',
    ],
    apart: ['create ref', 'create pull', 'create fork'],
    before: 'create commit',
    sends: 'create blob',
    checks: 'Required status check "build" is expected.',
  },
  gitlab: {
    calls: ['get project', 'get branch', 'list tree', 'create commit'],
    apart: ['create commit', 'create pull', 'create fork'],
    before: 'create commit',
  },
  forgejo: {
    calls: ['get repository', 'get branch', 'get tree', 'change files'],
    apart: ['create branch', 'change files', 'create pull', 'create fork'],
    before: 'change files',
  },
};

// Of issue 66: 1,000.
const ROUNDS = Number(process.env.MERIDIAN_INTERLEAVINGS ?? 100);
for (const [of, at] of Object.entries(HOSTS)) {
  test(`${of}: all changes are one commit: changed, new, renamed, deleted, text and bytes`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const { project, publish, changes, steps } = await opened(host);
    assert.deepEqual(await changes(), []);
    project.put('about.md', 'A person. ü\n');
    project.put('images/b.png', new Uint8Array([1, 2, 255, 0]));
    project.rename('people/bonpland.md', 'people/aime-bonpland.md');
    project.remove('old.md');
    assert.deepEqual(
      (await changes()).map(({ kind, path, from }) => [kind, path, from ?? '']),
      [
        ['changed', 'about.md', ''],
        ['new', 'images/b.png', ''],
        ['deleted', 'old.md', ''],
        ['renamed', 'people/aime-bonpland.md', 'people/bonpland.md'],
      ],
    );
    const outcome = await publish({ message: 'Four changes' });
    assert.equal(outcome.commit, host.head());
    assert.equal(outcome.files, 4);
    const [last, first] = host.log();
    assert.equal(last.message, 'Four changes');
    assert.equal(first.message, 'First');
    assert.deepEqual(last.files.sort(), [
      'about.md',
      'images/b.png',
      'old.md',
      'people/{bonpland.md => aime-bonpland.md}',
    ]);
    assert.equal(host.files()['about.md'], 'A person. ü\n');
    assert.deepEqual(host.own.git('show', 'main:images/b.png'), Buffer.from([1, 2, 255, 0]));
    // What the host has already is not sent.
    if (at.sends) assert.equal(host.calls.filter(({ call }) => call === at.sends).length, 2);
    assert.deepEqual(await changes(), []);
    assert.deepEqual(await publish(), { nothing: true });
    assert.equal(host.log().length, 2);
    assert.deepEqual([...new Set(steps)].slice(0, 4), ['look', 'send', 'commit', 'move']);
    host.check();
  });

  test(`${of}: a file keeps its mode, and a project in docs/ its folder`, async (t) => {
    const host = await gitHost(
      t,
      {
        'docs/_config.yml': 'a: b\n',
        'docs/run.sh': 'echo\n',
        'x.md': 'x',
      },
      of,
    );
    const { project, publish } = await opened(host);
    const { blobs } = project.upstream;
    project.open({
      title: '',
      files: { '_config.yml': 'a: c\n' },
      upstream: {
        ...project.upstream,
        folder: 'docs/',
        blobs: { '_config.yml': blobs['docs/_config.yml'] },
      },
    });
    await publish();
    assert.equal(host.files()['docs/_config.yml'], 'a: c\n');
    assert.equal(host.files()['x.md'], 'x');
    assert.deepEqual(host.log()[0].files, ['docs/_config.yml']);
    host.check();
  });

  test(`${of}: only chosen changes are published; the others stay`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const { project, publish, changes } = await opened(host);
    project.put('about.md', 'Mine\n');
    project.put('old.md', 'Not yet\n');
    host.push({ 'index.md': index('Theirs.') });
    await publish({ chosen: ({ path }) => path === 'about.md' });
    assert.deepEqual(host.log()[0].files, ['about.md']);
    assert.deepEqual(
      (await changes()).map(({ path }) => path),
      ['old.md'],
    );
    assert.equal(project.text('old.md'), 'Not yet\n');
    assert.equal(project.text('index.md'), index('Theirs.'));
    host.check();
  });

  test(`${of}: a branch that has moved: both changes are in the result, in one commit ahead of it`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const { project, publish } = await opened(host);
    project.put('index.md', index('Two, mine.').replace('layout: page', 'layout: post'));
    project.put('about.md', 'Mine\n');
    const theirs = host.push({
      'index.md': SITE['index.md']
        .replace('Four.', 'Four, theirs.')
        .replace('title: Home', 'title: Start'),
      'new.md': 'New\n',
      'old.md': undefined,
    });
    const outcome = await publish();
    assert.equal(outcome.merged, 2);
    const merged = index('Two, mine.')
      .replace('Four.', 'Four, theirs.')
      .replace('title: Home\nlayout: page', 'title: Start\nlayout: post');
    assert.equal(host.files()['index.md'], merged);
    assert.equal(project.text('index.md'), merged);
    assert.equal(project.text('new.md'), 'New\n');
    assert.ok(!project.has('old.md'));
    assert.deepEqual(host.log()[0].files.sort(), ['about.md', 'index.md']);
    assert.equal(host.own.git('rev-parse', 'main^').toString().trim(), theirs);
    host.check();
  });

  test(`${of}: a branch that moves while it is published is merged again`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const { project, publish } = await opened(host);
    project.put('about.md', 'Mine\n');
    let moved = 0;
    host.state.fault = (call) => {
      if (call === at.before && moved++ < 2) host.push({ 'old.md': `Moved ${moved}\n` });
    };
    await publish();
    assert.equal(host.files()['about.md'], 'Mine\n');
    assert.equal(host.files()['old.md'], `Moved ${Math.min(moved, 2)}\n`);
    assert.equal(host.log().length, 2 + Math.min(moved, 2));
    // What has come in between is taken with the next look.
    host.state.fault = () => undefined;
    project.put('about.md', 'Mine again\n');
    await publish();
    assert.equal(project.text('old.md'), host.files()['old.md']);
    host.check();
  });

  test(`${of}: the same file, changed between the look and the commit, is merged`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const { project, publish } = await opened(host);
    project.put('index.md', index('Two, mine.'));
    project.put('new.md', 'Mine\n');
    let moved = false;
    host.state.fault = (call) => {
      if (call !== at.before || moved) return;
      moved = true;
      host.push({ 'index.md': SITE['index.md'].replace('Four.', 'Four, theirs.') });
    };
    await publish();
    assert.equal(host.files()['index.md'], index('Two, mine.').replace('Four.', 'Four, theirs.'));
    assert.equal(host.log().length, 3);
    host.check();
  });

  test(`${of}: a file that others made between the look and the commit is a conflict`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const { project, publish } = await opened(host);
    project.put('new.md', 'Mine\n');
    host.state.fault = (call) => {
      if (call === at.before && !host.files()['new.md']) host.push({ 'new.md': 'Theirs\n' });
    };
    const { conflicts } = await publish();
    assert.deepEqual(
      conflicts.map(({ path }) => path),
      ['new.md'],
    );
    assert.equal(host.files()['new.md'], 'Theirs\n');
    host.check();
  });

  test(`${of}: a place that both sides changed is a conflict, and nothing is published before it is resolved`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const { project, publish, changes } = await opened(host);
    project.put('index.md', index('Mine.'));
    project.put('images/a.png', new Uint8Array([7]));
    project.remove('old.md');
    const theirs = host.push({
      'index.md': index('Theirs.'),
      'images/a.png': Buffer.from([8]),
      'old.md': 'Theirs, too\n',
    });
    const { conflicts } = await publish();
    assert.equal(host.head(), theirs);
    assert.deepEqual(
      conflicts.map(({ path, ours, parts }) => [path, ours !== undefined, !!parts]).sort(),
      [
        ['images/a.png', true, false],
        ['index.md', true, true],
        ['old.md', false, false],
      ],
    );
    const [, place] = conflicts.find(({ parts }) => parts).parts;
    assert.deepEqual([place.ours, place.theirs], ['Mine.\n', 'Theirs.\n']);
    assert.equal(project.text('index.md'), index('Mine.'));
    for (const conflict of conflicts)
      resolve(
        project,
        project.upstream,
        conflict,
        { 'index.md': index('Both.'), 'old.md': 'Theirs, too\n' }[conflict.path] ?? conflict.ours,
      );
    const outcome = await publish();
    assert.equal(outcome.commit, host.head());
    assert.equal(host.files()['index.md'], index('Both.'));
    assert.equal(host.files()['old.md'], 'Theirs, too\n');
    assert.deepEqual(await changes(), []);
    host.check();
  });

  test(`${of}: a renamed file gets what others wrote into it`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const { project, publish } = await opened(host);
    project.rename('about.md', 'me.md');
    host.push({ 'about.md': 'Theirs\n' });
    await publish();
    assert.equal(host.files()['me.md'], 'Theirs\n');
    assert.ok(!('about.md' in host.files()));
    host.check();
  });

  test(`${of}: without the right to write: a fork and a pull request; further changes go to its branch`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const token = host.token('visitor', { only: undefined });
    const { project, publish } = await opened(host, { token });
    project.put('about.md', 'A person.\n');
    const outcome = await publish({ message: 'About: correct “person”\n\nMore.' });
    assert.equal(outcome.pull.number, 41);
    assert.equal(outcome.name, 'visitor/name');
    const [pull] = host.pulls;
    assert.deepEqual(host.seen(pull), {
      title: 'About: correct “person”',
      body: 'More.',
      branch: 'about-correct-person',
      base: 'main',
    });
    assert.equal(host.log().length, 1);
    project.put('about.md', 'A nice person.\n');
    await publish();
    const fork = host.repositories.get('visitor/name');
    assert.equal(host.files('about-correct-person', fork)['about.md'], 'A nice person.\n');
    assert.equal(host.pulls.length, 1);
    // Merged: back to the branch.
    host.close(pull);
    host.push({ 'about.md': 'A nice person.\n' });
    assert.deepEqual(await publish(), { nothing: true });
    assert.equal(project.upstream.name, 'owner/name');
    assert.equal(project.upstream.branch, 'main');
    host.check();
  });

  test(`${of}: a pull request that is closed without a merge: its changes can be published again`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const { project, publish, changes } = await opened(host);
    project.put('about.md', 'Mine\n');
    project.put('new.md', 'New\n');
    await publish({ way: 'pull' });
    assert.deepEqual(await changes(), []);
    host.close(host.pulls[0]);
    host.push({ 'index.md': index('Theirs.') });
    await publish();
    assert.equal(project.text('about.md'), 'Mine\n');
    assert.equal(host.files()['about.md'], 'Mine\n');
    assert.equal(host.files()['new.md'], 'New\n');
    assert.equal(host.files()['index.md'], index('Theirs.'));
    host.check();
  });

  test(`${of}: a pull request on request, on a branch with a free name`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const { project, publish } = await opened(host);
    host.push({ 'x.md': 'x' }, { branch: 'a-change' });
    project.put('about.md', 'Mine\n');
    const outcome = await publish({ way: 'pull' });
    assert.equal(outcome.branch, 'a-change-2');
    assert.equal(host.log().length, 1);
    assert.equal(host.files('a-change-2')['about.md'], 'Mine\n');
    host.check();
  });

  for (const [name, { fault, open, kind, only = of }] of Object.entries(FAULTS)) {
    if (only !== of) continue;
    test(`${of}: ${name}, of each call: nothing is lost, nothing is done twice`, async (t) => {
      for (const call of at.calls)
        for (const always of [false, true]) {
          const host = await gitHost(t, SITE, of);
          const { project, publish, changes } = await opened(host);
          project.put('about.md', 'Mine\n');
          project.put('new.md', 'New\n');
          const base = host.head();
          host.state.fault = (made, count) =>
            made === call && (always || !count || (call.startsWith('get ') === false && count < 1))
              ? fault
              : undefined;
          // The calls of `opened` count, too.
          host.calls.length = 0;
          const failed = await publish().then(
            () => undefined,
            (error) => error,
          );
          const what = `${name}, ${call}, ${always ? 'always' : 'once'}`;
          const landed = host.head() !== base;
          if (!failed) assert.ok(landed, what);
          else {
            assert.ok(failed.kind, `${what}: ${failed.stack}`);
            if (kind) assert.equal(failed.kind, kind, what);
            if (open) assert.match(failed.kind, /lost|server|undone|unknown/, what);
          }
          // A single fault of the connection is no reason to stop, unless the branch was to move.
          if (open && !always && call !== at.calls.at(-1)) assert.ok(!failed, `${what}: ${failed}`);
          assert.equal(project.text('about.md'), 'Mine\n', what);
          host.state.fault = () => undefined;
          if (landed && failed) assert.equal(failed.kind, 'unknown', what);
          await publish();
          assert.equal(host.files()['about.md'], 'Mine\n', what);
          assert.equal(host.files()['new.md'], 'New\n', what);
          assert.equal(host.own.history(host.head()).length, 2, what);
          assert.deepEqual(await changes(), [], what);
          host.check();
        }
    });
  }

  test(`${of}: a pull request whose answer was lost is not opened twice`, async (t) => {
    for (const call of at.apart)
      for (const fault of [{ reset: true }, { before: true, reset: true }, { half: true }]) {
        const host = await gitHost(t, SITE, of);
        const token = host.token('visitor', { only: undefined });
        const { project, publish } = await opened(host, { token });
        project.put('about.md', 'Mine\n');
        host.calls.length = 0;
        host.state.fault = (made, count) => (made === call && !count ? fault : undefined);
        const failed = await publish().catch(({ kind }) => kind);
        if (typeof failed === 'string') await publish();
        assert.equal(host.pulls.length, 1);
        assert.deepEqual(host.log('a-change', host.repositories.get('visitor/name')).length, 2);
        host.check();
      }
  });

  test(`${of}: a refused branch, a secret and a file that is too large have their own faults`, async (t) => {
    const host = await gitHost(t, SITE, of);
    const { project, publish, host: asked } = await opened(host);
    project.put('about.md', 'key: hunter2\n');
    host.protect('main');
    await assert.rejects(publish(), { kind: 'protected' });
    if (at.checks) {
      host.protect('main', at.checks);
      await assert.rejects(publish(), { kind: 'checks' });
    }
    host.own.protected.clear();
    host.state.secret = 'hunter2';
    await assert.rejects(
      publish(),
      ({ kind, facts }) => kind === 'secret' && (facts.path === 'about.md' || !at.sends),
    );
    asked.largest = 4;
    await assert.rejects(
      publish(),
      ({ kind, facts }) => kind === 'large' && facts.path === 'about.md',
    );
    host.check();
  });

  test(`${of}: two editors in any order: the result has both changes, or a conflict was shown`, async (t) => {
    const host = await gitHost(t, { 'a.md': '0\n\n1\n\n2\n\n3\n\n4\n\n5\n\n6\n\n7\n' }, of);
    const random = numbers(66);
    const editors = [await opened(host), await opened(host)];
    const written = new Set();
    // A person's decision: the words of both sides, each once.
    const both = ({ parts }) =>
      parts
        .map((part) =>
          typeof part === 'string'
            ? part
            : `${[...new Set(`${part.ours} ${part.theirs}`.split(/\s+/))].join(' ').trim()}\n`,
        )
        .join('');
    for (let round = 0; round < ROUNDS; round++) {
      const editor = editors[random() < 0.5 ? 0 : 1];
      const { project } = editor;
      if (random() < 0.6) {
        const lines = project.text('a.md').split('\n');
        const at = 2 * Math.floor(random() * 8);
        const mark = `w${round}`;
        lines[at] += ` ${mark}`;
        written.add(mark);
        project.put('a.md', lines.join('\n'));
      } else {
        let outcome = await editor.publish();
        while (outcome.conflicts) {
          for (const conflict of outcome.conflicts)
            resolve(project, project.upstream, conflict, both(conflict));
          outcome = await editor.publish();
        }
      }
    }
    for (const editor of [...editors, ...editors]) {
      const outcome = await editor.publish();
      if (outcome.conflicts) {
        const [conflict] = outcome.conflicts;
        resolve(editor.project, editor.project.upstream, conflict, both(conflict));
        await editor.publish();
      }
    }
    const words = new Set(host.files()['a.md'].split(/\s+/));
    for (const mark of written) assert.ok(words.has(mark), `${mark} is lost`);
    host.check();
  });
}

test('forgejo: an older fork is brought up to the commit first', async (t) => {
  const host = await gitHost(t, SITE, 'forgejo');
  const fork = host.state.forkOf(host.own, 'visitor');
  fork.lacks = [host.push({ 'old.md': 'Newer\n' })];
  const token = host.token('visitor', { only: undefined });
  const { project, publish } = await opened(host, { token });
  project.put('about.md', 'A person.\n');
  const { branch } = await publish();
  assert.equal(host.files(branch, fork)['old.md'], 'Newer\n');
  assert.equal(host.files(branch, fork)['about.md'], 'A person.\n');
  assert.equal(host.calls.filter(({ call }) => call === 'sync fork').length, 1);
  host.check();
});

test('a message is proposed from the changes', () => {
  const change = (kind, path, from) => ({ kind, path, from, sha: '', base: '' });
  const texts = (before, after) => () => ({ before, after });
  const of = (changes, textsOf = () => undefined) => proposedMessage(changes, textsOf);
  assert.equal(
    of(
      [change('changed', '_pages/about.md')],
      texts('A mining enginer.\n', 'A mining engineer.\n'),
    ),
    'About: correct “engineer”',
  );
  assert.equal(
    of([change('changed', '_posts/2026-01-02-trip.md')], texts('# A\n\nx\n', '# A\n\nx y z\n')),
    'Trip: A',
  );
  assert.equal(
    of([change('new', 'images/a.png'), change('deleted', 'b.md')]),
    'Add a.png; delete b.md',
  );
  assert.equal(of([change('renamed', 'b/c.md', 'b/a.md')]), 'Rename a.md to c.md');
  assert.equal(of([change('renamed', 'd/a.md', 'a.md')]), 'Move a.md to d/');
  const many = of(Array.from({ length: 9 }, (_, at) => change('new', `images/picture-${at}.png`)));
  assert.match(many, /^Change 9 files\n\n- add picture-0.png\n/);
});
