// The conversation with the core that all hosts have: ask, supply what is missing, ask again.
import assert from 'node:assert/strict';
import test from 'node:test';
import { NEEDS, READY } from '../../web/engine/abi.js';
import { complete, supply } from '../../web/engine/complete.js';

test('what an answer needs is supplied by kind, and the question is asked again', async () => {
  const had = [];
  const host = {
    file: async (path) => had.push(`file ${path}`),
    zone: (name) => had.push(`zone ${name}`),
    module: async (name) => had.push(`module ${name}`),
  };
  const answers = [
    { status: NEEDS, json: { paths: ['a.md', 'b.md'], modules: ['sass'] } },
    { status: NEEDS, json: { zones: ['Asia/Tokyo'] } },
    { status: READY, json: {} },
  ];
  const answer = await complete(
    '/',
    () => answers.shift(),
    (needs) => supply(host, needs),
  );
  assert.equal(answer.status, READY);
  assert.deepEqual(had, ['module sass', 'file a.md', 'file b.md', 'zone Asia/Tokyo']);
});

test('a page that always needs more ends with a failure that names it', async () => {
  let rounds = 0;
  const endless = complete(
    '/endless/',
    async () => ({ status: NEEDS, json: { paths: [`${rounds}.md`] } }),
    () => rounds++,
  );
  await assert.rejects(endless, ({ file, message }) => {
    assert.equal(file, '/endless/');
    assert.match(message, /keeps requesting more files/);
    return true;
  });
  assert.equal(rounds, 100);
});

test('an answer that is not wanted any more, and a failed supply, end it', async () => {
  const gone = complete('/', () => undefined, assert.fail);
  assert.equal(await gone, undefined);
  const failing = complete(
    '/',
    () => ({ status: NEEDS, json: {} }),
    async () => {
      throw new Error('no network');
    },
  );
  await assert.rejects(failing, /no network/);
});
