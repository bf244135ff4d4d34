// What a globe costs while it is dragged: node bench/globe.mjs [--rounds N] [--only WORD] [--points
// 64,1000,10000] [--frames 300] [--shots FOLDER] Prepared by: python3 serve.py --build; cd bench &&
// npm ci. Wants Chromium.
//
// <meridian-globe> as it is delivered, beside d3-geo on a canvas, cobe and globe.gl: a page each
// (globe/), 800 × 800 at one device pixel to a CSS pixel, the same stops, spread evenly over the
// sphere, and legs from each to the next, turned by the same movement of a real mouse, one step a
// frame. Land is Natural Earth at 110m for all but cobe, which has a map of its own. Ours alone has
// labels, shaded countries, borders, a graticule, clusters, and a list of the stops in the page;
// from 2,001 stops on it has no labels either.
//
// All from the browser's own trace, of the page's thread: nothing is added to the pages. "script":
// the processor's time that listeners and callbacks of requestAnimationFrame take in a frame;
// "all": what the thread's tasks take, with all that the browser does there for the page (input,
// style, layout, paint, and in software the pixels of a 2D canvas). "shown": by the clock, from a
// frame's begin until it was on the screen. "frames": in a second. "land": from the navigation to
// the first frame on the screen that has land in it (from 1,000 stops on, whose legs hide it:
// legs), by the trace's own pictures. Medians of the frames, then of the rounds.
//
// Last, what our scripts allocate in a frame, by the sampling profiler, which counts what was
// collected too; and what a heap snapshot after a thousand frames has that one before them had not.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { launch } from '../tests/web/browser.mjs';
import { DIST, MOVING, PROJECT, TYPES, host, openPage } from '../tests/web/hosts.mjs';
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

// Frames before the measured ones; milliseconds after which slow ones are enough.
const [WARM, ENOUGH] = [30, 10_000];
// Above this number legs cover the land: then the bench waits for legs.
const COVERED = 500;
// Pixels of a small picture that are land; milliseconds without requests after which it is
// complete, and after which it has failed.
const [SEEN, SETTLED, LONGEST] = [60, 2000, 40_000];
// Milliseconds from closing a page until the machine is idle: WebGL without a GPU continues for a
// while.
const CLEARED = 1500;
// Frames over which allocations are sampled, and milliseconds after which fewer are enough.
const [LONG, PATIENCE] = [1000, 60_000];
const VIEWPORT = { width: 1440, height: 960 };

// ---- the pages ----

/** Pseudo-random stops spread evenly over the sphere, the same each time: λ, φ. */
function stopsOf(count) {
  let seed = 1;
  const chance = () => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) / 0x80000000;
  return Array.from({ length: count }, () =>
    [360 * chance() - 180, (Math.asin(2 * chance() - 1) * 180) / Math.PI].map((degrees) =>
      Number(degrees.toFixed(3)),
    ),
  );
}

/** Preloads what a script requests at once: `early`. */
const page = (early, head, body) => {
  const links = early
    .map((file) => `<link rel="preload" as="fetch" crossorigin href="${file}">`)
    .join('');
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,"><style>body { margin: 0 }</style>${links}${head}</head><body>${body}</body></html>`;
};

// Countries in rotation; a name for each stop.
const CODES = 'DE FR ES PT IT AT CZ PL GB US MX CO EC PE VE CU BR AR RU CN IN AU ZA EG KE'.split(
  ' ',
);
const NAMES = [
  'Acapulco',
  'Berlin',
  'Cumaná',
  'Guayaquil',
  'Jena',
  'Lima',
  'Mexico City',
  'Orenburg',
  'Paris',
  'Quito',
  'Santa Cruz',
  'Tobolsk',
  'Vienna',
];
const INKS = { land: '#0a0', visited: '#080', arc: '#c33', marker: '#33c', water: '#fff' };

/** Ours: the element around a list, as in a page; `folder` has its script. */
function ours(stops, script = 'meridian/globe.js') {
  const inks = Object.entries(INKS)
    .map(([name, ink]) => `--meridian-globe-${name}: ${ink}`)
    .join('; ');
  const items = stops.map(
    ([lon, lat], at) =>
      `<li data-lon="${lon}" data-lat="${lat}" data-code="${CODES[at % CODES.length]}">${NAMES[at % NAMES.length]}</li>`,
  );
  return page(
    ['meridian/globe.wasm', 'meridian/land-110m.bin'],
    `<style>meridian-globe { width: 1400px; ${inks} } meridian-globe::part(stage) { width: 800px; height: 800px }</style><script type="module" src="${script}"></script>`,
    `<meridian-globe><ol>${items.join('')}</ol></meridian-globe>`,
  );
}
const theirs =
  (name, ...early) =>
  (stops) =>
    page(
      early,
      `<script>window.stops=${JSON.stringify(stops)}</script><script type="module" src="${name}.js"></script>`,
      '<main></main>',
    );

// `needs`: the files of the picture besides the page, stops and list.
const CANDIDATES = {
  Meridian: {
    file: 'meridian.html',
    page: ours,
    needs: [
      'meridian/globe.js',
      'meridian/globe-interaction.js',
      'meridian/globe.wasm',
      'meridian/land-110m.bin',
      'meridian/countries.bin',
    ],
  },
  'd3-geo': {
    file: 'd3-geo.html',
    page: theirs('d3-geo', 'land-110m.json'),
    needs: ['d3-geo.js', 'land-110m.json'],
  },
  cobe: { file: 'cobe.html', page: theirs('cobe'), needs: ['cobe.js'] },
  'globe.gl': {
    file: 'globe.gl.html',
    page: theirs('globe.gl', 'land-110m.json'),
    needs: ['globe.gl.js', 'land-110m.json'],
  },
};
const chosen = Object.entries(CANDIDATES).filter(([name]) =>
  name.toLowerCase().includes(values.only.toLowerCase()),
);

/** Address of a host of all pages, and the bytes that it has sent. */
async function serve() {
  const bundles = mkdtempSync(join(tmpdir(), 'meridian-globe-'));
  t.after(() => rmSync(bundles, { recursive: true, force: true }));
  await build({
    entryPoints: ['d3-geo', 'cobe', 'globe.gl'].map((name) => ({
      in: join(PROJECT, `bench/globe/${name}.js`),
      out: name,
    })),
    outdir: bundles,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const read = (path) => {
    for (const folder of [bundles, DIST, join(PROJECT, 'bench/node_modules/world-atlas')]) {
      try {
        return readFileSync(join(folder, path));
      } catch {
        // In the next folder, then.
      }
    }
    // The unminified element, with the names of its functions.
    return path.startsWith('web/')
      ? readFileSync(
          path.endsWith('.js')
            ? join(PROJECT, path.replace('/globe-', '/'))
            : join(DIST, path.replace('web/globe', 'meridian')),
        )
      : undefined;
  };
  const answers = new Map();
  const bodyOf = (path) => {
    const [, count, file] = /^(\d+)\/(.*)$/.exec(path) ?? [];
    const key = file?.endsWith('.html') ? path : file;
    if (!answers.has(key)) {
      const candidate = Object.values(CANDIDATES).find((one) => one.file === file);
      const bytes = candidate
        ? Buffer.from(candidate.page(stopsOf(Number(count))))
        : file === 'sources.html'
          ? Buffer.from(ours(stopsOf(Number(count)), 'web/globe/element.js'))
          : read(file ?? '');
      answers.set(key, bytes && brotliCompressSync(bytes));
    }
    return answers.get(key);
  };
  const { url } = await host(t, bundles, {
    answer(request, response, path) {
      const body = bodyOf(path.slice(1));
      if (!body) return false;
      response.writeHead(200, {
        'content-type': TYPES[/\.\w+$/.exec(path)?.[0]] ?? 'application/octet-stream',
        'content-encoding': 'br',
        'content-length': body.length,
      });
      response.end(body);
      return true;
    },
  });
  const bytes = Object.fromEntries(
    Object.entries(CANDIDATES).map(([name, { needs }]) => [
      name,
      needs.reduce((sum, file) => sum + bodyOf(`0/${file}`).length, 0),
    ]),
  );
  return { url, bytes };
}

// ---- measurements in the page ----

/** Runs in the page: the canvas, wherever it is. */
const findCanvas = () =>
  (document.querySelector('meridian-globe')?.shadowRoot ?? document).querySelector('canvas');

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The number of pixels of a colour in a picture (JPEG, base64): 0 red, 1 green. Runs in a page of
 * its own.
 */
async function coloured([data, colour]) {
  const bitmap = await createImageBitmap(
    await (await fetch(`data:image/jpeg;base64,${data}`)).blob(),
  );
  const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  pen.drawImage(bitmap, 0, 0);
  const { data: pixels } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
  let found = 0;
  for (let i = 0; i < pixels.length; i += 4)
    if (pixels[i + colour] - Math.max(pixels[i + 1 - colour], pixels[i + 2]) > 50) found++;
  return found;
}

/** The events of the browser's tracing during some work. */
async function traced(session, categories, work) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories },
  });
  await work();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', collect);
  return events;
}

/** Opens a page; gives the time of the first frame with land. */
async function open(browser, eye, url, count, patience = SETTLED) {
  const opened = await openPage(t, browser, {
    ...MOVING,
    viewport: VIEWPORT,
    deviceScaleFactor: 1,
  });
  const { page, context, lines } = opened;
  const session = await context.newCDPSession(page);
  const events = await traced(
    session,
    ['blink.user_timing', 'disabled-by-default-devtools.screenshot'],
    async () => {
      await page.goto(url, { waitUntil: 'networkidle' });
      await after(patience);
    },
  );
  const begun = events
    .filter(({ name, args }) => name === 'navigationStart' && args.data?.documentLoaderURL === url)
    .at(-1);
  for (const { args, ts } of events
    .filter(({ name }) => name === 'Screenshot')
    .sort((a, b) => a.ts - b.ts)) {
    if (
      ts > begun.ts &&
      (await eye.evaluate(coloured, [args.snapshot, count > COVERED ? 0 : 1])) > SEEN
    )
      return { ...opened, session, land: (ts - begun.ts) / 1000 };
  }
  await context.close();
  if (patience > SETTLED) throw new Error(`${url}: no land\n${lines.join('\n')}`);
  return open(browser, eye, url, count, LONGEST);
}

/** Drags along a circle, a step for each frame, while `go` returns true. */
async function drag({ page, session }, go) {
  const { x, y } = await page.evaluate(
    `(() => { const { x, y, width, height } = (${findCanvas})().getBoundingClientRect(); return { x: x + width / 2, y: y + height / 2 } })()`,
  );
  const mouse = (type, angle, button = 'left') =>
    session.send('Input.dispatchMouseEvent', {
      type,
      x: x + 150 * Math.cos(angle),
      y: y + 150 * Math.sin(angle),
      button,
      buttons: button === 'left' ? 1 : 0,
      clickCount: 1,
    });
  await mouse('mouseMoved', 0, 'none');
  await mouse('mousePressed', 0);
  // A step of 5 pixels resolves when the page has handled it, which is once a frame.
  let step = 0;
  while (await go(step)) await mouse('mouseMoved', ++step / 30);
  await mouse('mouseReleased', step / 30);
}

/** For a number of steps, or until it takes too long. */
const steps =
  (most, patience = ENOUGH, since = Date.now()) =>
  (step) =>
    step < most && Date.now() - since < patience;

const share = (numbers, part) =>
  [...numbers].sort((a, b) => a - b)[
    Math.min(numbers.length - 1, Math.floor(numbers.length * part))
  ];

/** Frame times of the page with most frames in a trace: milliseconds. */
function framesOf(events) {
  const threads = new Map();
  for (const { name, pid, tid } of events)
    if (name === 'FireAnimationFrame')
      threads.set(`${pid} ${tid}`, (threads.get(`${pid} ${tid}`) ?? 0) + 1);
  const [thread] = [...threads].sort((a, b) => b[1] - a[1])[0];
  const own = events
    .filter(({ pid, tid }) => `${pid} ${tid}` === thread)
    .sort((a, b) => a.ts - b.ts);
  const begins = own.filter(({ name, ph }) => name === 'AnimationFrame' && ph === 'b');
  const frames = begins.map(({ ts, args }) => ({ ts, id: args.id, script: 0, all: 0, shown: NaN }));
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  let at = 0;
  for (const { name, ph, ts, dur = 0, tdur = 0, args } of own) {
    if (name === 'AnimationFrame::Presentation') {
      const frame = byId.get(args.id);
      if (frame) frame.shown = (ts - frame.ts) / 1000;
    }
    if (ph !== 'X') continue;
    // Work of a task before its frame begins (the pointer has moved) is part of that frame.
    while (at + 1 < frames.length && frames[at + 1].ts <= ts + dur) at++;
    const of =
      name === 'RunTask'
        ? 'all'
        : name === 'FireAnimationFrame' ||
            (name === 'EventDispatch' && /^(pointer|mouse)/.test(args.data.type))
          ? 'script'
          : '';
    // Events are dispatched before the frame that they were delayed for.
    const frame =
      of && (name === 'EventDispatch' ? frames.find((one) => one.ts >= ts) : frames[at]);
    if (frame) frame[of] += tdur / 1000;
  }
  // The first and the last may be incomplete.
  return frames.slice(1, -1);
}

/** One candidate, once. */
async function round(browser, eye, url, count, shot) {
  const opened = await open(browser, eye, url, count);
  await drag(opened, steps(WARM));
  const frames = framesOf(
    await traced(
      opened.session,
      ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
      () => drag(opened, steps(FRAMES)),
    ),
  );
  if (shot)
    writeFileSync(
      shot,
      Buffer.from((await opened.session.send('Page.captureScreenshot')).data, 'base64'),
    );
  await opened.context.close();
  await after(CLEARED);
  const of = (key) => frames.map((frame) => frame[key]).filter((ms) => !Number.isNaN(ms));
  return {
    land: opened.land,
    script: median(of('script')),
    late: share(of('script'), 0.95),
    all: median(of('all')),
    shown: median(of('shown')),
    rate: ((frames.length - 1) * 1e6) / (frames.at(-1).ts - frames[0].ts),
    count: frames.length,
    shownCount: of('shown').length,
  };
}

// ---- allocations ----

/** The number and bytes of objects in a heap snapshot, from a node id on. */
async function snapshot(session) {
  const parts = [];
  const take = ({ chunk }) => parts.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', take);
  await session.send('HeapProfiler.takeHeapSnapshot', {
    reportProgress: false,
    captureNumericValue: false,
  });
  session.off('HeapProfiler.addHeapSnapshotChunk', take);
  const {
    snapshot: {
      meta: { node_fields: fields, node_types: types },
    },
    nodes,
    strings,
  } = JSON.parse(parts.join(''));
  const [type, name, id, size] = ['type', 'name', 'id', 'self_size'].map((field) =>
    fields.indexOf(field),
  );
  const found = [];
  for (let at = 0; at < nodes.length; at += fields.length)
    found.push({
      type: types[0][nodes[at + type]],
      name: strings[nodes[at + name]],
      id: nodes[at + id],
      size: nodes[at + size],
    });
  return found;
}

/**
 * Allocations of our scripts while the globe is dragged for LONG frames: bytes by function, and how
 * much of it remains.
 */
async function allocations(browser, eye, url, count) {
  const opened = await open(browser, eye, url, count);
  const { session } = opened;
  await session.send('HeapProfiler.enable');
  // Until the engine has compiled the hot functions, which allocates too.
  await drag(opened, steps(LONG, PATIENCE));
  const before = await snapshot(session);
  await session.send('HeapProfiler.startSampling', {
    samplingInterval: 64,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  let frames = 0;
  const go = steps(LONG, PATIENCE);
  await drag(opened, (step) => go((frames = step)));
  const { profile } = await session.send('HeapProfiler.stopSampling');
  const newest = before.reduce((most, { id }) => Math.max(most, id), 0);
  const kept = (await snapshot(session)).filter(
    ({ id, type, size }) => id > newest && size && !/hidden|code|native/.test(type),
  );
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
  return {
    frames,
    kept,
    functions: [...functions]
      .map(([name, size]) => [name, size / frames])
      .sort((a, b) => b[1] - a[1]),
  };
}

// ---- main ----

try {
  if (values.shots) mkdirSync(values.shots, { recursive: true });
  const { url, bytes } = await serve();
  // Without a GPU WebGL is drawn by the CPU, as Chromium does by itself on such a machine.
  const browser = await launch({ args: ['--enable-unsafe-swiftshader'] });
  closing.push(() => browser.close());
  const eye = await (await browser.newContext()).newPage();
  // Loads the browser's own code before any measurement.
  for (const [, { file }] of chosen)
    await (await open(browser, eye, `${url}${counts[0]}/${file}`, counts[0])).context.close();
  for (const count of counts) {
    const results = Object.fromEntries(chosen.map(([name]) => [name, []]));
    for (let i = 0; i < rounds; i++) {
      for (let k = 0; k < chosen.length; k++) {
        const [name, { file }] = chosen[(i + k) % chosen.length];
        results[name].push(
          await round(
            browser,
            eye,
            `${url}${count}/${file}`,
            count,
            values.shots && i === 0 ? join(values.shots, `${name}-${count}.png`) : '',
          ),
        );
      }
    }
    const middle = (name, key) => median(results[name].map((one) => one[key]));
    console.log(
      `\n${count.toLocaleString('en')} stops, ${(count - 1).toLocaleString('en')} legs\n`,
    );
    console.log(
      table(
        ['', 'script', '95 %', 'all', 'shown', 'frames', 'land', 'KB'],
        chosen.map(([name]) => [
          name,
          ...['script', 'late', 'all', 'shown'].map((key) => milliseconds(middle(name, key))),
          middle(name, 'rate').toFixed(1),
          `${Math.round(middle(name, 'land'))} ms`,
          (bytes[name] / 1000).toFixed(1),
        ]),
      ),
    );
  }
  if (chosen.some(([name]) => name === 'Meridian')) {
    for (const count of counts) {
      const { frames, functions, kept } = await allocations(
        browser,
        eye,
        `${url}${count}/sources.html`,
        count,
      );
      const total = functions.reduce((sum, [, size]) => sum + size, 0);
      console.log(
        `\n${count.toLocaleString('en')} stops: ${total.toFixed(1)} bytes allocated a frame; of ${frames} frames ${kept.length} objects of ${kept.reduce((sum, { size }) => sum + size, 0)} bytes are still there\n`,
      );
      console.log(
        table(
          ['function', 'bytes a frame'],
          functions.slice(0, 20).map(([name, size]) => [name, size.toFixed(1)]),
        ),
      );
    }
  }
} finally {
  for (const close of closing.reverse()) await close();
}
