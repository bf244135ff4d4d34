// A project that is published to the git host of git-host.mjs, without a browser.

import './without-page.mjs';
import { Project } from '../../web/playground/project/project.js';
import { Hashes, changesOf } from '../../web/playground/publish/changes.js';
import { Forgejo } from '../../web/playground/publish/forgejo.js';
import { GitHub } from '../../web/playground/publish/github.js';
import { GitLab } from '../../web/playground/publish/gitlab.js';
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

const HOSTS = {
  github: (url) => new GitHub(undefined, { api: url, raw: `${url}/raw` }),
  enterprise: (url) => new GitHub(url),
  gitlab: (url) => new GitLab(url),
  forgejo: (url) => new Forgejo(url),
};

/** A project with the files of the host's branch, as the playground opens it. */
export async function opened(host, { login = 'owner', token = host.token(login) } = {}) {
  const asked = HOSTS[host.kind](host.url);
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
