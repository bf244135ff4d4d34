// Drafts, forks and pull requests on real git repositories: each of their calls with each fault.
// Nothing is lost, nothing is done twice, and each fault has an explanation and a next step.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import './without-page.mjs';
import { gitHost } from './git-host.mjs';
import { FAULTS, assertExplained, hurry, opened } from './publishing.mjs';

hurry(before, after);

// Calls of a draft, and of a fork with its pull request; `fork`: an account without rights.
const APART = {
  github: {
    draft: ['create ref'],
    fork: ['create fork', 'create ref', 'list pulls', 'create pull'],
  },
  gitlab: {
    draft: ['create commit'],
    fork: ['list forks', 'create fork', 'create commit', 'create pull'],
  },
  forgejo: {
    draft: ['create branch', 'change files'],
    fork: ['create fork', 'create branch', 'change files', 'list pulls', 'create pull'],
  },
};
for (const [kind, ways] of Object.entries(APART))
  for (const [name, { fault, open, only = kind }] of Object.entries(FAULTS)) {
    if (only !== kind) continue;
    test(`${kind}: a draft and a fork, ${name} of each call: one branch, one commit, one request`, async (t) => {
      for (const [way, calls] of Object.entries(ways))
        for (const call of calls) {
          const git = await gitHost(t, { 'about.md': 'A\n' }, kind);
          const visitor = way === 'fork';
          const token = visitor ? git.token('visitor', { only: undefined }) : git.token();
          const { project, publish, changes, host } = await opened(git, { token });
          project.put('about.md', 'Mine\n');
          const what = `${name}, ${way}, ${call}`;
          let left = 1;
          git.calls.length = 0;
          git.state.fault = (one) => (one === call && left-- > 0 ? fault : undefined);
          const run = () => publish({ way: visitor ? 'commit' : 'draft' }).catch((error) => error);
          const failed = await run();
          assert.ok(
            git.calls.some((one) => one.call === call),
            `${what} was called`,
          );
          if (failed instanceof Error) {
            assertExplained(failed, host, what);
            if (open) assert.match(failed.kind, /lost|server|undone|unknown/, what);
          }
          assert.equal(project.text('about.md'), 'Mine\n', what);
          git.state.fault = () => undefined;
          const again = await run();
          assert.ok(!(again instanceof Error), `${what}: ${again.stack}`);
          assert.deepEqual(await changes(), [], what);
          const own = git.repositories.get(visitor ? 'visitor/name' : 'owner/name');
          const branches = own.git('branch', '--format=%(refname:short)').toString().trim();
          const wanted = branches.split('\n').filter((one) => one !== 'main');
          assert.equal(wanted.length, 1, `${what}: ${branches}`);
          assert.equal(git.log(wanted[0], own).length, 2, what);
          assert.equal(git.files(wanted[0], own)['about.md'], 'Mine\n', what);
          assert.equal(git.files()['about.md'], 'A\n', what);
          assert.equal(git.pulls.length, visitor ? 1 : 0, what);
          git.check();
        }
    });
  }
