// Foreign pages around delivered ones, on a host without headers: whatever such a page frames,
// opens, posts or hands over, none of it runs in the site's origin.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { engines } from './engines.mjs';
import { DIST, host, notBuilt, openPage } from './hosts.mjs';

// So that a page that hangs fails its own test.
const GUARD = 120_000;
const FRAMES = ['frame.html', 'frame-pictures.html', 'frame-own.html'];
/** Ways to have a document of the site in a foreign page; each gives its window. */
const WAYS = {
  'in a frame without a sandbox': {},
  'in a frame that keeps its origin': { sandbox: 'allow-scripts allow-same-origin' },
  'in a sandbox of its own': { sandbox: 'allow-scripts' },
  'in a sandbox with popups': {
    sandbox: 'allow-scripts allow-popups allow-top-navigation allow-forms',
  },
  'in a window': { popup: true },
};

/**
 * Reports to the foreign page where it runs, and what it can read there. In one line: an address
 * with a line break and a tag is blocked.
 */
const SCRIPT = [
  'const read = (act) => { try { return String(act()) } catch (error) { return error.name } };',
  'const report = { ran: origin, storage: read(() => localStorage.secret), cookie: read(() => document.cookie) };',
  "for (const other of [parent, top, opener, parent.opener]) try { other.postMessage(report, '*') } catch {}",
].join(' ');

/** All messages that a frame accepts from its page, each with the script in it. */
const NEWS = (script) => {
  const html = `<!doctype html><html><head></head><body><p>Stranger</p><script>${script}</script><img src=x onerror="${script.replaceAll('"', '&quot;')}"></body></html>`;
  const page = { shell: html, at: -1, parts: [], turn: 0, base: '/' };
  return [
    { page, fresh: true },
    { run: script },
    {
      files: [
        [
          'x',
          new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"/>`),
          'image/svg+xml',
        ],
      ],
    },
    { page, fresh: true },
    { change: { first: 0, gone: 0, come: [html], turn: 1 } },
  ];
};

/** Runs in the foreign page: loads documents of the site in frames, or opens them. */
function place(places) {
  window.heard = [];
  window.targets = [];
  onmessage = ({ data, source }) => window.heard.push([window.targets.indexOf(source), data]);
  for (const { url, sandbox, popup } of places) {
    if (popup) {
      window.targets.push(open(url));
      continue;
    }
    const frame = document.createElement('iframe');
    if (sandbox) frame.setAttribute('sandbox', sandbox);
    frame.src = url;
    document.body.append(frame);
    window.targets.push(frame.contentWindow);
  }
}

/**
 * Waits until all frames of a page are complete. Chromium omits the `load` event for some frames of
 * other processes that navigate meanwhile, so the documents themselves are polled.
 */
async function framesComplete(page, number) {
  while (page.mainFrame().childFrames().length < number) await page.waitForEvent('frameattached');
  for (const frame of page.mainFrame().childFrames()) {
    await frame.waitForFunction(
      () => location.href !== 'about:blank' && document.readyState === 'complete',
    );
  }
}

/** … posts ports and all messages to them, by the ports and directly, and gives their answers. */
async function tell(news) {
  const { heard, targets, MessageChannel, setTimeout } = window;
  for (let tries = 0; tries < 2; tries++) {
    targets.forEach((target, at) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => heard.push([at, { port: Object.keys(data).join() }]);
      target.postMessage('', '*', [port2]);
      for (const one of news) {
        port1.postMessage(one);
        target.postMessage(one, '*');
      }
    });
    // Most documents never answer: nothing to wait for.
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  document.body.replaceChildren();
  return heard;
}

/**
 * Reactions of the site's documents in a foreign page: scripts that ran, ports that were accepted;
 * by document.
 */
async function attack(page, places) {
  const popups = [];
  const all = places.filter(({ popup }) => popup).length;
  page.on('popup', (popup) => popups.push(popup));
  await page.evaluate(place, places);
  while (popups.length < all) await page.waitForEvent('popup');
  for (const popup of popups) await popup.waitForLoadState();
  await framesComplete(page, places.length - all);
  const heard = await page.evaluate(`(${tell})((${NEWS})(${JSON.stringify(SCRIPT)}))`);
  for (const popup of popups) await popup.close();
  page.removeAllListeners('popup');
  const found = {};
  for (const [at, news] of heard)
    if (news?.ran || news?.port)
      (found[places[at]?.name ?? 'somewhere'] ??= new Set()).add(JSON.stringify(news));
  return Object.fromEntries(Object.entries(found).map(([name, news]) => [name, [...news]]));
}

const IMAGE = `<img src=x onerror="${SCRIPT.replaceAll('"', '&quot;')}">`;
const CODE = encodeURIComponent(`javascript:${SCRIPT}`);
const LINK = deflateRawSync(
  JSON.stringify({
    title: IMAGE,
    open: 'index.md',
    files: [['index.md', `---\n---\n${IMAGE}<script>${SCRIPT}</script>`]],
  }),
).toString('base64url');
/** The delivered pages, as a foreign page may link to them. */
const ADDRESSES = [
  '',
  'playground/',
  'card/',
  'meridian/embed.html',
  `#${IMAGE}`,
  `#/${CODE}`,
  `#/?id=${encodeURIComponent(IMAGE)}`,
  '#//evil.example/',
  '#/\\evil.example/',
  '404.html',
  `404.html#/${CODE}`,
  `${encodeURIComponent(IMAGE)}/`,
  `playground/#p1=${LINK}`,
  `playground/?site=${CODE}`,
  `playground/?repo=${encodeURIComponent(IMAGE)}`,
  `playground/?site={stranger}&open=${encodeURIComponent(IMAGE)}`,
  `card/?src=${CODE}`,
  `card/?src=${encodeURIComponent(IMAGE)}`,
  'card/?src={stranger}',
  `meridian/embed.html?src=${CODE}&show=${CODE}&size=${CODE}&theme=${CODE}&origin=${CODE}`,
  `meridian/embed.html?src=${encodeURIComponent(IMAGE)}`,
  'meridian/embed.html?src={stranger}&show=*&origin={stranger}',
];

/**
 * On the foreign host: the attacking page, and files that pretend to be a site, a profile, or the
 * reader's.
 */
const STRANGE = {
  '/stranger/': [
    'text/html',
    '<!doctype html><title>Stranger</title><link rel="icon" href="data:,"><body>',
  ],
  '/meridian.json': ['application/json', JSON.stringify({ files: ['index.md'], complete: true })],
  '/index.md': ['text/markdown', `---\n---\nElsewhere ${IMAGE}<script>${SCRIPT}</script>`],
  '/profile.json': [
    'application/json',
    JSON.stringify({
      meridian: 1,
      name: IMAGE,
      bio: IMAGE,
      links: [{ label: IMAGE, url: decodeURIComponent(CODE) }],
      sections: [{ title: IMAGE, id: IMAGE }],
    }),
  ],
};

/** The site with its stored data, and a foreign page on another host. */
async function around(t, engine) {
  const site = await host(t, DIST, {
    // Controls: a page that executes its messages, and one that redirects to the foreign host.
    answer: (request, response, path) => {
      if (path === '/careless.html')
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(
            '<!doctype html><script>onmessage = ({ ports: [port] }) => (port.onmessage = ({ data: { page } }) => page && document.write(page.shell))</script>',
          );
      else if (path === '/away.md')
        response.writeHead(302, { location: `${stranger.url}index.md` }).end();
      else return false;
      return true;
    },
  });
  const stranger = await host(t, DIST, {
    headers: { 'access-control-allow-origin': '*' },
    answer: (request, response, path) => {
      const [type, text] = STRANGE[path] ?? [];
      if (type)
        response
          .writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' })
          .end(text);
      return !!type;
    },
  });
  const { page, context } = await openPage(t, await engine.browser());
  await page.goto(`${site.url}playground/playground.css`);
  await page.evaluate(() => {
    localStorage.secret = 'kept';
    document.cookie = 'secret=kept; path=/';
  });
  await page.goto(`${stranger.url}stranger/`);
  return { site, stranger, page, context };
}

for (const engine of engines(after)) {
  const skip = notBuilt() ?? engine.missing;
  const { name } = engine;

  test(
    `${name}: a foreign page runs nothing through a frame of the playground, however it embeds it`,
    { skip, timeout: GUARD },
    async (t) => {
      const { site, page } = await around(t, engine);
      const places = FRAMES.flatMap((frame) =>
        Object.entries(WAYS).map(([how, way]) => ({
          name: `${frame} ${how}`,
          url: `${site.url}playground/${frame}#mark`,
          ...way,
        })),
      );
      assert.deepEqual(await attack(page, places), {});
    },
  );

  test(
    `${name}: nor by a link to any delivered page, nor by messages to it`,
    { skip, timeout: GUARD },
    async (t) => {
      const { site, stranger, page } = await around(t, engine);
      const addresses = ADDRESSES.map(
        (address) => site.url + address.replaceAll('{stranger}', stranger.url),
      );
      const places = addresses.map((url) => ({ name: `${url} in a frame`, url }));
      // Each page once in a window; frames have tested the addresses.
      for (const url of addresses.filter((url) => !/[#?]|%/.test(url)))
        places.push({ name: `${url} in a window`, url, popup: true });
      assert.deepEqual(await attack(page, places), {});
    },
  );

  test(
    `${name}: a src that redirects to another host runs nothing`,
    { skip, timeout: GUARD },
    async (t) => {
      const { site, page } = await around(t, engine);
      await page.goto(`${site.url}careless.html`);
      await page.evaluate((url) => {
        window.heard = [];
        onmessage = ({ data }) => window.heard.push(data);
        const script = document.createElement('script');
        [script.type, script.src] = ['module', `${url}playground/playground.js`];
        const element = document.createElement('meridian-playground');
        element.style.cssText = 'display: block; block-size: 20rem';
        element.setAttribute('src', '/away.md');
        document.body.append(script, element);
      }, site.url);
      await page.frameLocator('iframe').getByText('Elsewhere').waitFor();
      await page.getByText('Scripts of this project don’t run.').waitFor();
      assert.deepEqual(await page.evaluate(() => window.heard.filter(({ ran }) => ran)), []);
    },
  );

  test(
    `${name}: control: a page that executes its messages is noticed`,
    { skip, timeout: GUARD },
    async (t) => {
      const { site, page } = await around(t, engine);
      const url = `${site.url}careless.html`;
      const ran = (storage) => [
        JSON.stringify({ ran: site.url.slice(0, -1), storage, cookie: 'secret=kept' }),
      ];
      // WebKit gives a frame another storage than the site has in a window.
      const inFrame = name === 'WebKit' ? 'undefined' : 'kept';
      assert.deepEqual(
        await attack(page, [
          { name: 'frame', url },
          { name: 'window', url, popup: true },
        ]),
        { frame: ran(inFrame), window: ran('kept') },
      );
    },
  );
}
