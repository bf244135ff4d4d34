// A real git repository for the tests of publishing. Objects and references are written and read in
// git's own format by this process, because a process of git for each of them takes most of the
// time of a test; git itself checks the result (`check`) and tells what happened (`log`).

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';

const SHA = /^[0-9a-f]{40}$/;
// Kinds of entries of a tree; git sorts folders as if their names ended with a slash.
const TREE = '40000';
const key = ({ name, mode }) => (mode === TREE ? `${name}/` : name);
const byBytes = (a, b) => Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b)));

export class Repository {
  /** @type {Map<string, { type: string, data: Buffer }>} */
  #known = new Map();
  branch = 'main';
  /** Refusals by branch. @type {Map<string, string>} */
  protected = new Map();

  /** @param {string} folder @param {string} name @param {Repository} [parent] of a fork */
  constructor(folder, name, parent) {
    this.name = name;
    this.parent = parent;
    this.dir = join(folder, `${name.replaceAll('/', '+')}.git`);
    mkdirSync(join(this.dir, 'objects/info'), { recursive: true });
    mkdirSync(join(this.dir, 'refs/heads'), { recursive: true });
    writeFileSync(join(this.dir, 'HEAD'), `ref: refs/heads/${this.branch}\n`);
    writeFileSync(
      join(this.dir, 'config'),
      '[core]\n\trepositoryformatversion = 0\n\tbare = true\n',
    );
    if (!parent) return;
    // A fork sees what its parent has.
    writeFileSync(join(this.dir, 'objects/info/alternates'), `${join(parent.dir, 'objects')}\n`);
    this.setRef(`refs/heads/${this.branch}`, parent.ref(`refs/heads/${this.branch}`));
  }

  git(...args) {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
    return execFileSync('git', ['--git-dir', this.dir, ...args], { stdio: 'pipe', env });
  }

  // ---- objects ----

  #path(sha) {
    return join(this.dir, 'objects', sha.slice(0, 2), sha.slice(2));
  }

  /** @param {string} type @param {Buffer} data @returns {string} its sha */
  write(type, data) {
    const whole = Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]);
    const sha = createHash('sha1').update(whole).digest('hex');
    if (this.read(sha)) return sha;
    mkdirSync(dirname(this.#path(sha)), { recursive: true });
    writeFileSync(this.#path(sha), deflateSync(whole, { level: 1 }));
    this.#known.set(sha, { type, data });
    return sha;
  }

  /** @param {string} sha @returns {{ type: string, data: Buffer } | undefined} */
  read(sha) {
    if (!SHA.test(sha)) return undefined;
    const known = this.#known.get(sha);
    if (known) return known;
    if (!existsSync(this.#path(sha))) return this.parent?.read(sha);
    const whole = inflateSync(readFileSync(this.#path(sha)));
    const end = whole.indexOf(0);
    const object = {
      type: whole.subarray(0, end).toString().split(' ')[0],
      data: whole.subarray(end + 1),
    };
    this.#known.set(sha, object);
    return object;
  }

  typeOf(sha) {
    return this.read(sha)?.type;
  }

  // ---- trees ----

  #entries(sha) {
    const { data } = this.read(sha);
    const entries = [];
    for (let at = 0; at < data.length;) {
      const [space, end] = [data.indexOf(32, at), data.indexOf(0, at)];
      entries.push({
        mode: data.subarray(at, space).toString(),
        name: data.subarray(space + 1, end).toString(),
        sha: data.subarray(end + 1, end + 21).toString('hex'),
      });
      at = end + 21;
    }
    return entries;
  }

  /**
   * What is in a tree, folders before their files.
   * @returns {{ path: string, mode: string, type: string, sha: string, size?: number }[]}
   */
  list(tree, { recursive = true, folder = '' } = {}) {
    return this.#entries(tree).flatMap(({ mode, name, sha }) => {
      const path = folder + name;
      if (mode !== TREE)
        return [{ path, mode, type: 'blob', sha, size: this.read(sha).data.length }];
      const below = recursive ? this.list(sha, { folder: `${path}/` }) : [];
      return [{ path, mode: '040000', type: 'tree', sha }, ...below];
    });
  }

  /** The files of a tree by path. @returns {Map<string, { mode: string, sha: string }>} */
  filesOf(tree) {
    const files = this.list(tree).filter(({ type }) => type === 'blob');
    return new Map(files.map(({ path, mode, sha }) => [path, { mode, sha }]));
  }

  /** @param {Map<string, { mode: string, sha: string }>} files by path */
  writeTree(files) {
    const entries = [];
    const folders = new Map();
    for (const [path, { mode, sha }] of files) {
      const [name, ...rest] = path.split('/');
      if (!rest.length) entries.push({ mode, name, sha });
      else {
        if (!folders.has(name)) folders.set(name, new Map());
        folders.get(name).set(rest.join('/'), { mode, sha });
      }
    }
    for (const [name, below] of folders)
      entries.push({ mode: TREE, name, sha: this.writeTree(below) });
    const data = entries
      .sort(byBytes)
      .flatMap(({ mode, name, sha }) => [
        Buffer.from(`${mode} ${name}\0`),
        Buffer.from(sha, 'hex'),
      ]);
    return this.write('tree', Buffer.concat(data));
  }

  // ---- commits and branches ----

  commit({ tree, parents, message, author = 'Somebody' }) {
    const by = `${author} <${author.toLowerCase()}@example.org> ${Math.floor(Date.now() / 1000)} +0000`;
    const lines = [
      `tree ${tree}`,
      ...parents.map((sha) => `parent ${sha}`),
      `author ${by}`,
      `committer ${by}`,
    ];
    return this.write('commit', Buffer.from(`${lines.join('\n')}\n\n${message.trimEnd()}\n`));
  }

  /** What a commit says. */
  parsed(sha) {
    const [head, ...message] = this.read(sha).data.toString().split('\n\n');
    const lines = (name) =>
      [...head.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map(([, value]) => value);
    const person = (line) => {
      const [, name, email, time] = /^(.*) <(.*)> (\d+)/.exec(line);
      return { name, email, date: new Date(time * 1000).toISOString().replace('.000', '') };
    };
    return {
      tree: lines('tree')[0],
      parents: lines('parent'),
      author: person(lines('author')[0]),
      committer: person(lines('committer')[0]),
      message: message.join('\n\n').trimEnd(),
    };
  }

  /** The commits up to this one, it first. @returns {string[]} */
  history(sha) {
    const seen = new Set([sha]);
    for (const commit of seen) for (const parent of this.parsed(commit).parents) seen.add(parent);
    return [...seen];
  }

  /** The sha of a reference, such as `refs/heads/main`; undefined if it is not there. */
  ref(name) {
    const path = join(this.dir, name);
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
  }

  head(branch = this.branch) {
    return this.ref(`refs/heads/${branch}`);
  }

  setRef(name, sha) {
    mkdirSync(dirname(join(this.dir, name)), { recursive: true });
    writeFileSync(join(this.dir, name), `${sha}\n`);
  }

  /** The commit of a branch, of `HEAD`, or of a sha. */
  resolve(name) {
    if (name === 'HEAD') return this.head();
    return this.head(name) ?? (this.typeOf(name) === 'commit' ? name : undefined);
  }

  /** The bytes of a file in a commit. */
  file(commit, path) {
    const found = this.filesOf(this.parsed(commit).tree).get(path);
    return found && this.read(found.sha).data;
  }

  /** Makes one commit of files on a branch; undefined removes one. */
  push(changed, { branch = this.branch, message = 'Somebody’s change', author } = {}) {
    const head = this.head(branch);
    const files = head ? this.filesOf(this.parsed(head).tree) : new Map();
    for (const [path, content] of Object.entries(changed))
      if (content === undefined) files.delete(path);
      else {
        const mode = files.get(path)?.mode ?? '100644';
        files.set(path, { mode, sha: this.write('blob', Buffer.from(content)) });
      }
    const parents = head ? [head] : [];
    const commit = this.commit({ tree: this.writeTree(files), parents, message, author });
    this.setRef(`refs/heads/${branch}`, commit);
    return commit;
  }

  /** Throws unless every object is sound. */
  check() {
    this.git('fsck', '--strict', '--no-dangling');
  }
}
