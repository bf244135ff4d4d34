// Changes below folders are noticed, by the system's watching and by polling.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import test from 'node:test';
import { follow, snapshot } from '../../web/command/watch.mjs';

const PATIENCE = 5000;

for (const polls of [false, true])
  test(`changed, new, removed and renamed files are reported${polls ? ' by polling' : ''}`, async (t) => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'meridian-watch-')));
    t.after(() => rmSync(root, { recursive: true, force: true }));
    const write = (name, text) => {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    };
    write('a.md', '1');
    write('node_modules/x.js', '1');
    const seen = new Set();
    let look = () => {};
    const end = follow(
      [root],
      (paths) => {
        for (const path of paths) seen.add(relative(root, path));
        look();
      },
      polls,
    );
    t.after(end);
    const until = (...names) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${[...seen]}`)), PATIENCE);
        look = () => {
          if (!names.every((name) => seen.has(name))) return;
          clearTimeout(timer);
          resolve();
        };
        look();
      });
    write('a.md', '22');
    write('new/deep/b.md', '1');
    write('node_modules/x.js', '22');
    write('a.md~', 'x');
    write('.a.md.swp', 'x');
    await until('a.md', join('new', 'deep', 'b.md'));
    seen.clear();
    write('new/deep/b.md', '222');
    await until(join('new', 'deep', 'b.md'));
    seen.clear();
    rmSync(join(root, 'a.md'));
    renameSync(join(root, 'new'), join(root, 'old'));
    await until('a.md', join('old', 'deep', 'b.md'));
    seen.clear();
    write('old/deep/b.md', '3333');
    await until(join('old', 'deep', 'b.md'));
    assert.deepEqual(
      [...seen].filter((path) => /node_modules|~|swp/.test(path)),
      [],
    );
    assert.deepEqual([...snapshot([root]).keys()], [join(root, 'old', 'deep', 'b.md')]);
  });
