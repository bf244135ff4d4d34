// A project that is published to the git host of git-host.mjs, without a browser.

import assert from 'node:assert/strict';
import './without-page.mjs';
import { Project } from '../../web/playground/project/project.js';
import { Hashes, changesOf } from '../../web/playground/publish/changes.js';
import { wordsOf } from '../../web/playground/publish/faults.js';
import { Forgejo } from '../../web/playground/publish/forgejo.js';
import { GitHub } from '../../web/playground/publish/github.js';
import { GitLab } from '../../web/playground/publish/gitlab.js';
import { Fault } from '../../web/playground/publish/host.js';
import { contentOf } from '../../web/playground/project/file_content.js';
import { publish } from '../../web/playground/publish/send.js';

// Pauses between tries take no time; the limit for an answer (30 s and more) stays.
const LONGEST_PAUSE = 10_000;

/** Makes all pauses of this process shorter, until the tests of the file have ended. */
export function hurry(before, after) {
  const real = globalThis.setTimeout;
  const faster = (act, time = 0, ...rest) => real(act, time < LONGEST_PAUSE ? 0 : time, ...rest);
  before(() => (globalThis.setTimeout = faster));
  after(() => (globalThis.setTimeout = real));
}

/** Faults by name; `open`: it does not say whether the call has acted. */
export const FAULTS = {
  'no answer': { fault: { before: true, silent: 500 }, open: true },
  'reset before': { fault: { before: true, reset: true }, open: true },
  'reset after sending': { fault: { reset: true }, open: true },
  'half a body': { fault: { half: true }, open: true },
  late: { fault: { late: 80 } },
  401: { fault: { before: true, status: 401, message: 'Bad credentials' }, kind: 'token' },
  '403, rights': {
    fault: {
      before: true,
      status: 403,
      message: 'Resource not accessible by personal access token',
    },
    kind: 'rights',
  },
  '403, rate limit': {
    fault: {
      before: true,
      status: 403,
      message: 'API rate limit exceeded',
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000000' },
    },
    kind: 'limited',
    only: 'github',
  },
  404: { fault: { before: true, status: 404, message: 'Not Found' }, kind: 'gone' },
  409: { fault: { before: true, status: 409, message: 'Conflict' }, kind: 'busy' },
  422: { fault: { before: true, status: 422, message: 'Validation Failed' }, kind: 'refused' },
  429: {
    fault: { before: true, status: 429, message: 'Slow down', headers: { 'retry-after': '60' } },
    kind: 'limited',
  },
  500: { fault: { before: true, status: 500, message: 'Server Error' }, open: true },
  '500, but done': { fault: { status: 500, message: 'Server Error' }, open: true },
};

const HOSTS = {
  github: (url) => new GitHub(undefined, { api: url, raw: `${url}/raw` }),
  enterprise: (url) => new GitHub(url),
  gitlab: (url) => new GitLab(url),
  forgejo: (url) => new Forgejo(url),
};

/** Every fault says what happened, that nothing is lost, and what comes next. */
export function assertExplained(fault, host, what) {
  assert.ok(fault instanceof Fault, `${what}: ${fault.stack}`);
  const said = wordsOf(fault, { host, name: 'ada/my-site', branch: 'main', count: '3 changes' });
  for (const part of ['what', 'safe', 'next', 'label'])
    assert.match(said[part], /\S/, `${what}: ${part}`);
}

/** A host of a kind, as publishing uses it. */
export const hostOf = ({ kind, url }) => HOSTS[kind](url);

/** A project with the files of the host's branch, as the playground opens it. */
export async function opened(host, { login = 'owner', token = host.token(login) } = {}) {
  const asked = hostOf(host);
  const head = await asked.head('owner/name', 'main');
  const files = await asked.files('owner/name', head.tree);
  const contents = {};
  const blobs = {};
  for (const [path, { sha }] of files) {
    contents[path] = contentOf(path, await asked.blob('owner/name', sha));
    blobs[path] = sha;
  }
  const project = new Project();
  const { commit } = head;
  const upstream = { name: 'owner/name', branch: '', commit, folder: '', blobs };
  project.open({ title: '', files: contents, upstream });
  asked.signIn(token);
  const hashes = new Hashes();
  const steps = [];
  return {
    project,
    host: asked,
    steps,
    changes: () => changesOf(project, hashes),
    publish: (more = {}) =>
      publish({
        host: asked,
        project,
        changes: () => changesOf(project, hashes),
        message: 'A change',
        way: 'commit',
        report: (step) => steps.push(step),
        stopped: () => false,
        chosen: () => true,
        ...more,
      }),
  };
}
