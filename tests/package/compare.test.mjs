// `meridian compare --pixels` of the npm package: what pages of two builds look like, in the
// Chromium of this machine.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findBrowser } from '../../web/command/pictures/browser.mjs';
import { hostOf } from '../../web/command/pictures/host.mjs';
import { filesOf, temporary } from '../server/support.mjs';
import { browserMissing } from '../web/browser.mjs';
import { findChromium } from '../web/chromium.mjs';
import { PACKAGE, missing, put, run } from './installed.mjs';

const PROGRAM = join(PACKAGE, 'meridian.mjs');
const skip = missing() ?? browserMissing();
const CHROMIUM = findChromium() ?? '';
// By which a page might reach another port of this machine.
const NAMES = ['reader.localhost', 'localhost', '127.0.0.1', '[::1]', '0.0.0.0', 'old.localhost'];

const page = (text) =>
  `<!doctype html><html lang="en"><head><title>T</title><link rel="stylesheet" href="/site.css"></head><body><main id="text"><h1>${text}</h1></main><footer class="foot"><p>Ada</p></footer></body></html>`;
const SITE = {
  'index.html': page('Home'),
  'about/index.html': page('About'),
  'site.css': 'body { font: 16px sans-serif }\n',
};

/** Two folders of a built site: the files, and of the second one what differs. */
function builds(t, { files = SITE, changed = {} } = {}) {
  const folder = temporary(t);
  put(join(folder, 'old'), files);
  put(join(folder, 'new'), { ...files, ...changed });
  return folder;
}
const compare = (folder, words = [], env = {}) =>
  run(PROGRAM, ['compare', '--pixels', 'old', 'new', ...words], {
    cwd: folder,
    env: { CHROMIUM, ...env },
  });

test('pages that look the same, and nothing else to tell', { skip }, (t) => {
  const folder = builds(t);
  const { status, stdout, stderr } = compare(folder);
  assert.equal(stderr, '');
  assert.match(stdout, /\nPictures, 1280 px wide: 2 pages in both, 2 alike, 0 not\n$/);
  assert.equal(status, 0);
  assert.deepEqual(compare(folder, ['--quiet']), { status: 0, stdout: '', stderr: '' });
});

/** A picture of one pixel that has another colour every 20 ms. */
function movingPicture() {
  const colours = [0, 1, 2, 3, 4, 5, 6, 7];
  const frame = (i) => [
    [0x21, 0xf9, 4, 4, 2, 0, 0, 0],
    [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0],
    [3, 2, 8 | (i << 4), 9, 0],
  ];
  return Buffer.concat([
    Buffer.from('GIF89a'),
    Buffer.from([1, 0, 1, 0, 0xf2, 0, 0]),
    Buffer.from(colours.flatMap((i) => [i & 1, i & 2, i & 4].map((bit) => (bit ? 255 : 0)))),
    Buffer.from([0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0'), 3, 1, 0, 0, 0]),
    Buffer.from(colours.flatMap(frame).flat()),
    Buffer.from([0x3b]),
  ]);
}

test('of a moving picture both builds show the first frame', { skip }, (t) => {
  const tall = '<style>body { height: 9000px; background: linear-gradient(red, blue) }</style>';
  const shown = `<img src="/a.gif" alt="" width="400" height="400">${tall}`;
  const pages = (more) =>
    Object.fromEntries([0, 1, 2].map((i) => [`${i}/index.html`, page(shown) + more]));
  const { stdout } = compare(
    builds(t, {
      files: { 'a.gif': movingPicture(), ...pages('') },
      changed: pages('<!-- new -->'),
    }),
  );
  assert.match(stdout, /: 3 pages in both, 3 alike, 0 not/);
});

test('a sheet changes all pages: told once, with the place and the pictures', { skip }, (t) => {
  const folder = builds(t, {
    changed: { 'site.css': 'body { font: 16px sans-serif } .foot { color: red }\n' },
  });
  const { status, stdout } = compare(folder, ['--pictures', 'shots']);
  assert.equal(status, 1);
  assert.match(
    stdout,
    /Pages, as browsers read them: 2 in both, all equal\n[^]*2 pages in both, 0 alike, 2 not\n\n1\. on 2 pages, as about\/index\.html: .* of it, first from \d+ to \d+ px\n {3}in body > footer\.foot > p\n\nIn shots: /,
  );
  assert.deepEqual([...filesOf(join(folder, 'shots')).keys()].sort(), [
    'about/index.html.png',
    'index.html.png',
  ]);
  const png = readFileSync(join(folder, 'shots/index.html.png'));
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  // The old one, the new one, and what differs, with 16 px between them.
  assert.equal(png.readUInt32BE(16), 3 * 1280 + 2 * 16);

  const again = compare(folder, ['--pictures', 'shots']);
  assert.equal(again.status, 2);
  assert.match(again.stderr, /shots is not empty; name a new folder/);
  mkdirSync(join(folder, 'elsewhere'));
  symlinkSync('elsewhere', join(folder, 'link'));
  symlinkSync('nowhere', join(folder, 'dangling'));
  for (const name of ['link', 'dangling']) {
    const linked = compare(folder, ['--pictures', name]);
    assert.equal(linked.status, 2);
    assert.match(linked.stderr, new RegExp(`${name} is a link; name a new folder`));
  }
  assert.deepEqual(readdirSync(join(folder, 'elsewhere')), []);
});

test('other texts may look the same, and other lengths are told; as JSON', { skip }, (t) => {
  const folder = builds(t, {
    changed: {
      'index.html': page('Home').replace('<body>', '<body data-new>'),
      'about/index.html': page('About').replace('Ada', 'Ada<br><br>Byron'),
    },
  });
  const { status, stdout } = compare(folder, ['--json', '--width', '390']);
  const { pages, pictures } = JSON.parse(stdout);
  assert.equal(status, 1);
  assert.deepEqual(pages, { both: 2, equal: 0 });
  assert.deepEqual([pictures.width, pictures.pages], [390, 2]);
  const [{ file, share, where, ...more }, ...others] = pictures.different;
  assert.deepEqual([file, where, others], ['about/index.html', 'body > footer.foot > p', []]);
  assert.ok(share > 0 && share < 0.01, `${share}`);
  assert.deepEqual(Object.keys(more), ['top', 'bottom', 'old_height', 'new_height']);
});

test('a site under a path', { skip }, (t) => {
  const files = Object.fromEntries(
    Object.entries(SITE).map(([path, text]) => [path, text.replace('/site.css', '/of/site.css')]),
  );
  const folder = builds(t, { files, changed: { 'site.css': 'body { color: red }\n' } });
  assert.match(compare(folder, ['--baseurl', '/of/']).stdout, /0 alike, 2 not/);
  // Elsewhere neither has a sheet.
  assert.match(compare(folder).stdout, /2 alike, 0 not/);
});

test(
  'pages that move, ask, go elsewhere, break scripts or name elements like properties',
  {
    skip,
  },
  (t) => {
    const same = {
      'moves.html':
        '<!doctype html><style>@keyframes a { to { margin-left: 500px } } p { animation: a 3s infinite }</style><p>text',
      'asks.html':
        '<!doctype html><p>a<script>alert(1); confirm("?"); onbeforeunload = () => "?"</script>',
      'goes.html': '<!doctype html><script>open("/asks.html"); location = "/names.html"</script>',
      'breaks.html':
        '<!doctype html><p>a<script>Promise.race = CSSStyleSheet = Object.getOwnPropertyDescriptor = 0</script>',
      'long.html': '<!doctype html><div style="height: 9000px">',
      'a b#?%ä.html': '<!doctype html><img src="missing.png">',
    };
    const names = (text) =>
      `<!doctype html><form name="fonts"><img name="images"></form><form id="of"><input name="id"><input name="classList"><input name="parentElement"><b>${text}</b></form>`;
    const folder = builds(t, {
      files: { ...same, 'names.html': names('a'), 'other.css': '' },
      changed: { 'names.html': names('bcd'), 'other.css': '*' },
    });
    const { pictures } = JSON.parse(compare(folder, ['--json']).stdout);
    assert.deepEqual(pictures.failed, []);
    assert.deepEqual(pictures.cut, ['long.html']);
    assert.deepEqual(
      pictures.different.map(({ file, where }) => [file, where]),
      [
        ['goes.html', 'form#of > b'],
        ['names.html', 'form#of > b'],
      ],
    );
  },
);

test('nothing of another host or outside of the folders is asked for', { skip }, async (t) => {
  let asked = 0;
  const stranger = createServer((_, response) => {
    asked++;
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => stranger.once('listening', resolve));
  t.after(() => stranger.close());
  const folder = builds(t, {
    files: {
      'index.html': `<!doctype html>${NAMES.map((name) => `<img src="http://${name}:${stranger.address().port}/a.png">`).join('')}<img src="/link.txt">`,
    },
    changed: { 'x.css': '' },
  });
  const { status, stdout } = await new Promise((resolve) => {
    const child = spawn(PROGRAM, ['compare', '--pixels', 'old', 'new'], {
      cwd: folder,
      env: { ...process.env, CHROMIUM },
    });
    let stdout = '';
    child.stdout.on('data', (text) => (stdout += text));
    child.once('close', (status) => resolve({ status, stdout }));
  });
  assert.match(stdout, /1 page in both, 1 alike, 0 not/);
  assert.equal(status, 1, 'a file is new');
  assert.equal(asked, 0);

  put(folder, { 'secret.txt': 'secret' });
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'old/link.txt'));
  const host = await hostOf(join(folder, 'old'), '/of', 'old.localhost');
  t.after(host.close);
  const statusOf = (path, name = 'old.localhost') =>
    new Promise((resolve) =>
      get({ port: host.port, path, headers: { host: name } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }),
    );
  assert.equal(await statusOf('/of/', `127.0.0.1:${host.port}`), 404);
  assert.deepEqual(
    await Promise.all(
      [
        '/of/',
        '/of/index.html',
        '/of/index',
        '/of/link.txt',
        '/of/..%2f..%2fsecret.txt',
        '/of/%00',
        '/of/%',
        '/index.html',
      ].map((path) => statusOf(path)),
    ),
    [200, 200, 200, 404, 404, 404, 404, 404],
  );
});

test('wrong use, a browser that is missing or ends', { skip }, (t) => {
  const folder = builds(t);
  for (const [words, message] of [
    [['--width', '5'], /invalid --width `5`: pixels, from 100 to 4096/],
    [['--baseurl', 'of'], /`--baseurl` is a path, as \/project/],
    [['--pictures', 'old/index.html'], /old\/index\.html is not a folder/],
    [['--frames'], /--frames/],
    [['third'], /`compare` needs two folders/],
  ]) {
    const { status, stdout, stderr } = compare(folder, words);
    assert.deepEqual([status, stdout], [2, ''], words.join(' '));
    assert.match(stderr, message);
    assert.match(stderr, /`meridian compare --help` lists/);
  }
  const none = compare(folder, [], { CHROMIUM: '/no/such/program' });
  assert.match(none.stderr, /install one, or name it in \$CHROMIUM/);
  assert.deepEqual([none.status, none.stdout], [2, '']);
  const ends = compare(folder, [], { CHROMIUM: '/bin/false' });
  assert.match(ends.stderr, /meridian: \/bin\/false: the browser ended with 1\n/);
  assert.equal(ends.status, 1);
  const unread = run(PROGRAM, ['compare', '--pixels', 'old', 'none'], {
    cwd: folder,
    env: { CHROMIUM },
  });
  assert.equal(unread.status, 2);
  assert.match(unread.stderr, /none can't be read/);
  const help = run(PROGRAM, ['compare', '--pixels', '--help'], { cwd: folder });
  assert.match(help.stdout, /--pixels +also what pages look like/);
});

test('it ends with the browser and its profile when it is interrupted', { skip }, async (t) => {
  const folder = builds(t, {
    files: { 'index.html': '<!doctype html><script>for (;;);</script>' },
    changed: { 'x.css': '' },
  });
  const temp = temporary(t);
  const child = spawn(PROGRAM, ['compare', '--pixels', 'old', 'new'], {
    cwd: folder,
    env: { ...process.env, CHROMIUM, TMPDIR: temp },
  });
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  while (!readdirSync(temp).some((name) => name.startsWith('meridian-browser-')))
    await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill('SIGINT');
  assert.equal(await ended, 'SIGINT');
  assert.deepEqual(
    readdirSync(temp).filter((name) => name.startsWith('meridian-')),
    [],
  );
});

test('the browser is the one that $CHROMIUM names, or the first known name', (t) => {
  const folder = temporary(t);
  put(folder, { 'chromium.txt': '' });
  assert.equal(findBrowser({ CHROMIUM: '', PATH: folder })?.startsWith(folder) ?? false, false);
  symlinkSync(process.execPath, join(folder, 'google-chrome'));
  assert.equal(findBrowser({ PATH: folder }), join(folder, 'google-chrome'));
  symlinkSync(process.execPath, join(folder, 'chromium'));
  assert.equal(findBrowser({ PATH: folder }), join(folder, 'chromium'));
  assert.equal(
    findBrowser({ CHROMIUM: 'google-chrome', PATH: folder }),
    join(folder, 'google-chrome'),
  );
  assert.equal(findBrowser({ CHROMIUM: join(tmpdir(), 'no-such'), PATH: folder }), undefined);
});
