// What a globe costs while it is dragged: node bench/globe.mjs [--rounds N] [--only WORD] [--points 64,1000,10000] [--frames 300] [--shots FOLDER]
// Prepared by: python3 serve.py --build; cd bench && npm ci. Wants Chromium.
//
// <meridian-globe> as it is delivered, beside d3-geo on a canvas, cobe and globe.gl: a page each (globe/), 800 × 800 at one device pixel
// to a CSS pixel, the same stops, spread evenly over the sphere, and legs from each to the next, turned by the same movement of a real
// mouse, one step a frame. Land is Natural Earth at 110m for all but cobe, which has a map of its own. Ours alone has labels, shaded
// countries, borders, a graticule, clusters, and a list of the stops in the page; from 2,001 stops on it has no labels either.
//
// "script" is what JavaScript and wasm take in a frame: listeners of the pointer and callbacks of requestAnimationFrame, by the page's
// own clock (5 µs: the pages are isolated). "task" is all that the page's thread does in a frame on average, what the browser does for
// it included (style, recording, in software the canvas's own pixels). "drawn" is from a frame's begin until a pixel of the canvas has
// been read back: the drawing is done then, whoever does it. "frame" is the time between two frames. "land" is from the navigation to
// the first frame of the screen in which there is land, of which the browser tells when it was shown. Medians, of the rounds' medians.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { launch } from '../tests/web/browser.mjs';
import { DIST, PROJECT, TYPES, host, openPage } from '../tests/web/hosts.mjs';
import { median, milliseconds, table } from './measure.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    points: { type: 'string', default: '64,1000,10000' },
    frames: { type: 'string', default: '300' },
    shots: { type: 'string', default: '' },
  },
});
const [rounds, FRAMES] = [Number(values.rounds), Number(values.frames)];
const counts = values.points.split(',').map(Number);
const closing = [];
const t = { after: (f) => closing.push(f) };

// Frames before those that count; frames whose pixels are waited for; milliseconds after which slow ones are enough.
const [WARM, FLUSHED, ENOUGH] = [30, 60, 20_000];
// Frames over which allocations are looked at.
const LONG = 1000;
const VIEWPORT = { width: 1440, height: 960 };

// ---- the pages --------------------------------------------------------------------------------------------

/** Stops spread evenly over the sphere by chance, the same each time: λ, φ. */
function stopsOf(count) {
  let seed = 1;
  const chance = () => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) / 0x80000000;
  return Array.from({ length: count }, () => [360 * chance() - 180, (Math.asin(2 * chance() - 1) * 180) / Math.PI].map((degrees) => Number(degrees.toFixed(3))));
}

const page = (head, body) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,"><style>body { margin: 0 }</style>${head}</head><body>${body}</body></html>`;

// Countries by turns; a name for each stop.
const CODES = 'DE FR ES PT IT AT CZ PL GB US MX CO EC PE VE CU BR AR RU CN IN AU ZA EG KE'.split(' ');
const NAMES = ['Acapulco', 'Berlin', 'Cumaná', 'Guayaquil', 'Jena', 'Lima', 'Mexico City', 'Orenburg', 'Paris', 'Quito', 'Santa Cruz', 'Tobolsk', 'Vienna'];
const INKS = { land: '#0a0', visited: '#080', arc: '#c33', marker: '#33c', water: '#fff' };

/** Ours: the element round a list, as a page has it; `folder` has its script. */
function ours(stops, script = 'meridian/globe.js') {
  const inks = Object.entries(INKS).map(([name, ink]) => `--meridian-globe-${name}: ${ink}`).join('; ');
  const items = stops.map(([lon, lat], at) => `<li data-lon="${lon}" data-lat="${lat}" data-code="${CODES[at % CODES.length]}">${NAMES[at % NAMES.length]}</li>`);
  return page(
    `<style>meridian-globe { width: 1400px; ${inks} } meridian-globe::part(stage) { width: 800px; height: 800px }</style><script type="module" src="${script}"></script>`,
    `<meridian-globe><ol>${items.join('')}</ol></meridian-globe>`,
  );
}
const theirs = (name) => (stops) =>
  page(`<script>window.stops=${JSON.stringify(stops)}</script><script type="module" src="${name}.js"></script>`, '<main></main>');

// `needs`: what the picture is made of beside the page, stops and list.
const CANDIDATES = {
  Meridian: { file: 'meridian.html', page: ours, needs: ['meridian/globe.js', 'meridian/globe.wasm', 'meridian/land-110m.bin', 'meridian/countries.bin'] },
  'd3-geo': { file: 'd3-geo.html', page: theirs('d3-geo'), needs: ['d3-geo.js', 'land-110m.json'] },
  cobe: { file: 'cobe.html', page: theirs('cobe'), needs: ['cobe.js'] },
  'globe.gl': { file: 'globe.gl.html', page: theirs('globe.gl'), needs: ['globe.gl.js', 'land-110m.json'] },
};
const chosen = Object.entries(CANDIDATES).filter(([name]) => name.toLowerCase().includes(values.only.toLowerCase()));

/** Address of a host of all pages, and what it sends. */
async function serve() {
  const bundles = mkdtempSync(join(tmpdir(), 'meridian-globe-'));
  t.after(() => rmSync(bundles, { recursive: true, force: true }));
  await build({
    entryPoints: ['d3-geo', 'cobe', 'globe.gl'].map((name) => ({ in: join(PROJECT, `bench/globe/${name}.js`), out: name })),
    outdir: bundles, bundle: true, minify: true, format: 'esm', target: 'es2022', define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'error',
  });
  const read = (path) => {
    for (const folder of [bundles, DIST, join(PROJECT, 'bench/node_modules/world-atlas')]) {
      try {
        return readFileSync(join(folder, path));
      } catch {}
    }
    // The element as it is written, with the names of its functions.
    return path.startsWith('web/') ? readFileSync(path.endsWith('.js') ? join(PROJECT, path) : join(DIST, path.replace('web/globe', 'meridian'))) : undefined;
  };
  const answers = new Map();
  const bodyOf = (path) => {
    const [, count, file] = /^(\d+)\/(.*)$/.exec(path) ?? [];
    const key = file?.endsWith('.html') ? path : file;
    if (!answers.has(key)) {
      const candidate = Object.values(CANDIDATES).find((one) => one.file === file);
      const bytes = candidate ? Buffer.from(candidate.page(stopsOf(Number(count)))) : file === 'sources.html' ? Buffer.from(ours(stopsOf(Number(count)), 'web/globe/element.js')) : read(file ?? '');
      answers.set(key, bytes && brotliCompressSync(bytes));
    }
    return answers.get(key);
  };
  const { url } = await host(t, bundles, {
    answer(request, response, path) {
      const body = bodyOf(path.slice(1));
      if (!body) return false;
      response.writeHead(200, {
        'content-type': TYPES[/\.\w+$/.exec(path)?.[0]] ?? 'application/octet-stream', 'content-encoding': 'br', 'content-length': body.length,
        // An isolated page has a clock of 5 µs instead of 100.
        'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp',
      });
      response.end(body);
      return true;
    },
  });
  const { needs } = CANDIDATES.Meridian;
  const bytes = Object.fromEntries(Object.entries(CANDIDATES).map(([name, { needs }]) => [name, needs.reduce((sum, file) => sum + bodyOf(`0/${file}`).length, 0)]));
  return { url, bytes, needs };
}

// ---- what a page tells --------------------------------------------------------------------------------------

/** Runs in the page before its scripts: adds up what they take in each frame. */
function observe() {
  const seen = (window.__seen = { work: [], at: [], drawn: [], flush: false });
  let [listening, frame, last] = [0, 0, -1];
  const raf = window.requestAnimationFrame.bind(window);
  const canvas = () => (document.querySelector('meridian-globe')?.shadowRoot ?? document).querySelector('canvas');
  window.__canvas = canvas;
  const readBack = () => {
    const gl = canvas().getContext('webgl2') ?? canvas().getContext('webgl');
    if (gl) gl.readPixels(400, 400, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    else canvas().getContext('2d').getImageData(400, 400, 1, 1);
  };
  window.requestAnimationFrame = (callback) =>
    raf((time) => {
      const begin = performance.now();
      if (time !== last) {
        if (last >= 0) seen.work.push(frame);
        seen.at.push(time);
        [frame, listening, last] = [listening, 0, time];
      }
      callback(time);
      frame += performance.now() - begin;
      if (seen.flush) {
        readBack();
        seen.drawn.push(performance.now() - begin);
      }
    });
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (!/^(pointer|mouse)(move|rawupdate)$/.test(type) || !listener) return add.call(this, type, listener, options);
    const timed = function (event) {
      const begin = performance.now();
      const result = typeof listener === 'function' ? listener.call(this, event) : listener.handleEvent(event);
      listening += performance.now() - begin;
      return result;
    };
    // What is taken away again must be the same.
    timers.set(listener, timed);
    return add.call(this, type, timed, options);
  };
  const timers = new WeakMap();
  const remove = EventTarget.prototype.removeEventListener;
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    remove.call(this, type, listener, options);
    if (listener && timers.has(listener)) remove.call(this, type, timers.get(listener), options);
  };
}

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether a picture (JPEG, base64) shows land: tells how many of its pixels are green. Runs in a page of its own. */
async function green(data) {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${data}`)).blob());
  const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  pen.drawImage(bitmap, 0, 0);
  const { data: pixels } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
  let found = 0;
  for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 1] - Math.max(pixels[i], pixels[i + 2]) > 50) found++;
  return found;
}

/** Opens a page; gives when the first frame with land was shown. */
async function open(browser, eye, url, init = observe) {
  const opened = await openPage(t, browser, { viewport: VIEWPORT, deviceScaleFactor: 1 });
  const { page, context, lines } = opened;
  if (init) await page.addInitScript(init);
  const session = await context.newCDPSession(page);
  let tell;
  const shown = new Promise((resolve) => (tell = resolve));
  session.on('Page.screencastFrame', async ({ data, metadata, sessionId }) => {
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
    if ((await eye.evaluate(green, data)) > 500) tell(metadata.timestamp * 1000);
  });
  await session.send('Page.startScreencast', { format: 'jpeg', quality: 80, maxWidth: VIEWPORT.width / 2, maxHeight: VIEWPORT.height / 2 });
  await page.goto(url, { waitUntil: 'commit' });
  const at = await Promise.race([shown, after(60_000)]);
  if (!at) throw new Error(`${url}: no land\n${lines.join('\n')}`);
  await session.send('Page.stopScreencast');
  await page.waitForLoadState('networkidle');
  await after(300);
  return { ...opened, session, land: at - (await page.evaluate(() => performance.timeOrigin)) };
}

/** Moves a mouse that is down along a circle, one step for each frame: until `done`. */
async function drag({ page, session }, done) {
  const { x, y } = await page.evaluate(() => {
    const { left, top, width, height } = window.__canvas().getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
  const mouse = (type, angle) =>
    session.send('Input.dispatchMouseEvent', { type, x: x + 150 * Math.cos(angle), y: y + 150 * Math.sin(angle), button: 'left', buttons: 1, clickCount: 1, pointerType: 'mouse' });
  await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: x + 150, y });
  await mouse('mousePressed', 0);
  // A step of 5 pixels is answered when the page has had it, which is once a frame.
  for (let step = 1; ; step++) {
    await mouse('mouseMoved', step / 30);
    if (await done(step)) break;
  }
  await mouse('mouseReleased', 0);
}

const metricsOf = async (session) => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
const share = (numbers, part) => [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];

/** One candidate, once. */
async function round(browser, eye, url, shot) {
  const opened = await open(browser, eye, url);
  const { page, session } = opened;
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const seen = (what) => page.evaluate(what);
  const state = { stage: 'warm', since: Date.now(), before: undefined };
  const result = { land: opened.land };
  await drag(opened, async (step) => {
    // Looking takes the page's time too: once in a while is enough.
    const late = Date.now() - state.since > ENOUGH;
    if (step % 10 && !late) return false;
    if (state.stage === 'warm') {
      if (step < WARM && !late) return false;
      await seen(() => (window.__seen.work.length = window.__seen.at.length = 0));
      Object.assign(state, { stage: 'work', since: Date.now(), before: await metricsOf(session) });
      return false;
    }
    const { work, at, drawn } = await seen(() => window.__seen);
    if (state.stage === 'work') {
      if (work.length < FRAMES && !late) return false;
      const now = await metricsOf(session);
      Object.assign(result, {
        frames: work.length, work: median(work), late: share(work, 0.95),
        task: ((now.TaskDuration - state.before.TaskDuration) * 1000) / work.length,
        frame: median(at.slice(1).map((time, i) => time - at[i])),
      });
      await seen(() => (window.__seen.flush = true));
      Object.assign(state, { stage: 'drawn', since: Date.now() });
      return false;
    }
    if (drawn.length < FLUSHED && !(late && drawn.length)) return false;
    result.drawn = median(drawn);
    return true;
  });
  if (shot) writeFileSync(shot, await page.screenshot());
  await opened.context.close();
  return result;
}

// ---- what is allocated --------------------------------------------------------------------------------------

/** Objects that a heap snapshot has, and their bytes, from a number on. */
async function snapshot(session) {
  const parts = [];
  const take = ({ chunk }) => parts.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', take);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false, captureNumericValue: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot: { meta: { node_fields: fields, node_types: types } }, nodes, strings } = JSON.parse(parts.join(''));
  const [type, name, id, size] = ['type', 'name', 'id', 'self_size'].map((field) => fields.indexOf(field));
  const found = [];
  for (let at = 0; at < nodes.length; at += fields.length)
    found.push({ type: types[0][nodes[at + type]], name: strings[nodes[at + name]], id: nodes[at + id], size: nodes[at + size] });
  return found;
}

/** What our scripts allocate while the globe is dragged for LONG frames: bytes by function, and what of it is still there after. */
async function allocations(browser, eye, url) {
  const opened = await open(browser, eye, url, () => {
    window.__canvas = () => document.querySelector('meridian-globe').shadowRoot.querySelector('canvas');
  });
  const { session } = opened;
  await session.send('HeapProfiler.enable');
  // Until the engine has compiled what runs often, which it does in numbers of its own.
  await drag(opened, (step) => step >= LONG);
  const before = await snapshot(session);
  await session.send('HeapProfiler.startSampling', { samplingInterval: 64, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true });
  await drag(opened, (step) => step >= LONG);
  const { profile } = await session.send('HeapProfiler.stopSampling');
  const newest = before.reduce((most, { id }) => Math.max(most, id), 0);
  const kept = (await snapshot(session)).filter(({ id, type }) => id > newest && !/hidden|code|native/.test(type));
  const functions = new Map();
  const visit = ({ callFrame: { functionName, url: file, lineNumber }, selfSize, children }) => {
    if (selfSize && file.startsWith('http')) {
      const key = `${file.replace(/^.*\/web\//, '')}:${lineNumber + 1} ${functionName}`;
      functions.set(key, (functions.get(key) ?? 0) + selfSize);
    }
    children.forEach(visit);
  };
  visit(profile.head);
  await opened.context.close();
  return { functions: [...functions].sort((a, b) => b[1] - a[1]), kept };
}

// ---- all of it ------------------------------------------------------------------------------------------------

try {
  if (values.shots) mkdirSync(values.shots, { recursive: true });
  const { url, bytes } = await serve();
  // Without a GPU WebGL is drawn by the processor, as Chromium does by itself on such a machine.
  const browser = await launch({ args: ['--enable-unsafe-swiftshader'] });
  closing.push(() => browser.close());
  const eye = await (await browser.newContext()).newPage();
  for (const count of counts) {
    const results = Object.fromEntries(chosen.map(([name]) => [name, []]));
    for (let i = 0; i < rounds; i++) {
      for (let k = 0; k < chosen.length; k++) {
        const [name, { file }] = chosen[(i + k) % chosen.length];
        results[name].push(await round(browser, eye, `${url}${count}/${file}`, values.shots && i === 0 ? join(values.shots, `${name}-${count}.png`) : ''));
      }
    }
    const middle = (name, key) => median(results[name].map((one) => one[key]));
    console.log(`\n${count.toLocaleString('en')} stops, ${(count - 1).toLocaleString('en')} legs\n`);
    console.log(table(
      ['', 'script', '95 %', 'task', 'drawn', 'frame', 'land', 'KB', 'frames'],
      chosen.map(([name]) => [
        name, ...['work', 'late', 'task', 'drawn', 'frame'].map((key) => milliseconds(middle(name, key))), `${Math.round(middle(name, 'land'))} ms`, (bytes[name] / 1000).toFixed(1), middle(name, 'frames'),
      ]),
    ));
  }
  if (chosen.some(([name]) => name === 'Meridian')) {
    for (const count of counts) {
      const { functions, kept } = await allocations(browser, eye, `${url}${count}/sources.html`);
      const total = functions.reduce((sum, [, size]) => sum + size, 0);
      console.log(`\n${count.toLocaleString('en')} stops: ${(total / LONG).toFixed(1)} bytes allocated a frame; of ${LONG} frames ${kept.length} objects of ${kept.reduce((sum, { size }) => sum + size, 0)} bytes are still there\n`);
      console.log(table(['function', 'bytes a frame'], functions.slice(0, 20).map(([name, size]) => [name, (size / LONG).toFixed(1)])));
    }
  }
} finally {
  for (const close of closing.reverse()) await close();
}
