// The travel globe in a real browser: drawing, mouse, touch and keyboard, and announcements.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromiumOnly, touches, webkitLacks } from './browser.mjs';
import { COMMAND, DIST, PROJECT, painted, until } from './hosts.mjs';
import { skip, travel } from './globe-page.mjs';

const viewOf = (page) =>
  page.evaluate(async () => (await document.querySelector('meridian-globe').handle()).getView());
/** Turns the globe to a place and waits for a frame: picking uses the last drawn view. */
const lookAt = (page, lon, lat) =>
  page.evaluate(
    async ([l, p]) => {
      await (await document.querySelector('meridian-globe').handle()).fly(l, p, 1);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    },
    [lon, lat],
  );
/** A stop's position in the window. */
const placeOf = (page, name) =>
  page.evaluate((wanted) => {
    const { view, stops } = document.querySelector('meridian-globe');
    const [x, y, seen] = view.sphere.locate(stops.findIndex((stop) => stop.name === wanted));
    const box = view.frame.canvas.getBoundingClientRect();
    return { x: box.x + x, y: box.y + y, seen: !!seen };
  }, name);
const tip = (page) => page.locator('meridian-globe .tip');
const announced = (page) => page.locator('meridian-globe .live').textContent();
/** The distinct colours of the canvas. */
const colours = (page) =>
  page.evaluate(() => {
    const { canvas } = document.querySelector('meridian-globe').view.frame;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
const apart = (a, b) => Math.abs(((a.lon - b.lon + 540) % 360) - 180) + Math.abs(a.lat - b.lat);

test(
  'the demo’s page has 64 stops, their countries and counts, the list, and a drawn globe',
  { skip },
  async (t) => {
    const { page, lines } = await travel(t);
    assert.deepEqual(await page.locator('.globe__facts dd').allTextContents(), ['64', '23']);
    assert.deepEqual(await page.locator('.globe__facts dt').allTextContents(), [
      'stops',
      'countries / regions',
    ]);
    assert.equal(await page.locator('ol.stops > li').count(), 64);
    assert.equal(await page.locator('ol.stops > li[data-lon]').count(), 64);
    assert.ok((await colours(page)) > 50);
    assert.match(
      await page.locator('meridian-globe .hint').textContent(),
      /Drag to orbit.*scroll to zoom.*Hover for the name/,
    );
    // The 404 status of a page's own address is expected here.
    assert.deepEqual(
      lines.filter((line) => !/404.*travel\/$/.test(line)),
      [],
    );
  },
);

test('the written page has the numbers and the list without scripts', { skip }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-travel-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync(COMMAND, [
    'build',
    '--source',
    join(PROJECT, 'content'),
    '--destination',
    folder,
    '--shell',
    DIST,
    '--quiet',
  ]);
  const html = readFileSync(join(folder, 'travel/index.html'), 'utf8');
  assert.match(html, /<dd>64<\/dd>[^]*<dd>23<\/dd>/);
  assert.equal(html.match(/<li data-lon=/g).length, 64);
  assert.match(html, /Göttingen[^]*Cumaná[^]*Astrakhan/);
});

test(
  'a mouse drags the grabbed point, and a fling follows unless reduced motion is preferred',
  { skip },
  async (t) => {
    const { page, box } = await travel(t);
    const { x, y } = await box();
    const under = (px, py) =>
      page.evaluate(
        ([a, b]) => {
          const { view } = document.querySelector('meridian-globe');
          const { left, top } = view.frame.canvas.getBoundingClientRect();
          const [lon, lat] = view.sphere.place(a - left, b - top);
          return { lon, lat };
        },
        [px, py],
      );
    const grabbed = await under(x, y);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y + 12, { steps: 3 });
    await page.mouse.move(x + 90, y + 30, { steps: 5 });
    assert.ok(apart(await under(x + 90, y + 30), grabbed) < 0.01);
    await page.mouse.up();
    const then = await viewOf(page);
    // No fling follows: nothing to wait for.
    await page.waitForTimeout(300);
    assert.ok(apart(await viewOf(page), then) < 1e-6);
  },
);

test(
  'the wheel scrolls the page until the globe is used, then zooms, and at the zoom limit scrolls again',
  { skip },
  async (t) => {
    const { page, box } = await travel(t);
    const { x, y } = await box();
    const scrolled = () => page.evaluate(() => scrollY);
    await page.mouse.move(x, y);
    const before = await scrolled();
    await page.mouse.wheel(0, 80);
    await page.waitForFunction((then) => scrollY !== then, before);
    assert.equal((await viewOf(page)).zoom, 1);
    await page.mouse.wheel(0, -80);
    await page.waitForFunction((then) => scrollY === then, before);
    const middle = await box();
    await page.mouse.click(middle.x + middle.width * 0.4, middle.y);
    assert.match(
      await page.locator('meridian-globe .hint').textContent(),
      /orbit · Scroll to zoom/,
    );
    await page.mouse.wheel(0, -400);
    await page.waitForFunction(() => document.querySelector('meridian-globe').view.zoomed > 1.5);
    assert.equal(await scrolled(), before);
    await page.mouse.wheel(0, 4000);
    await page.waitForFunction(() => document.querySelector('meridian-globe').view.zoomed === 1);
    await page.mouse.wheel(0, 80);
    await page.waitForFunction((then) => scrollY > then, before);
  },
);

test(
  'hovering shows a stop’s name; a click selects it, marks it in the list and announces it',
  { skip },
  async (t) => {
    const { page } = await travel(t);
    await lookAt(page, -30, 30);
    const place = await placeOf(page, 'La Orotava');
    assert.ok(place.seen);
    await page.mouse.move(place.x + 2, place.y + 2);
    await tip(page).waitFor();
    assert.match(await tip(page).textContent(), /La Orotava.*Spain.*1799/);
    assert.equal(await announced(page), '');
    await page.mouse.click(place.x + 2, place.y + 2);
    await until(async () => /^La Orotava, Spain, Jun 1799/.test(await announced(page)));
    assert.match(await page.locator('ol.stops [aria-current]').textContent(), /La Orotava/);
    await page.mouse.move(place.x + 150, place.y - 150);
    assert.match(await tip(page).textContent(), /La Orotava/, 'what is chosen stays');
  },
);

test('the list turns the globe; all of it works by keyboard', { skip }, async (t) => {
  const { page, canvas } = await travel(t);
  await page.locator('ol.stops button', { hasText: 'Quito' }).press('Enter');
  await page.waitForFunction(
    async () =>
      Math.abs((await document.querySelector('meridian-globe').handle()).getView().lon + 78.5) < 1,
  );
  await canvas.focus();
  const start = await viewOf(page);
  await page.keyboard.press('ArrowRight');
  const right = await viewOf(page);
  assert.ok(
    right.lon > start.lon + 2 && Math.abs(right.lat - start.lat) < 1,
    JSON.stringify([start, right]),
  );
  await page.keyboard.press('ArrowUp');
  assert.ok((await viewOf(page)).lat > start.lat + 2);
  await page.keyboard.press('+');
  assert.ok((await viewOf(page)).zoom > start.zoom);
  await page.keyboard.press('-');
  await page.keyboard.press('n');
  assert.match(await announced(page), /^Riobamba, Ecuador, Jun 1802/);
  await page.keyboard.press('p');
  assert.match(await announced(page), /^Quito, Ecuador/);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('ol.stops [aria-current]').count(), 0);
  await page.keyboard.press('Home');
  assert.equal((await viewOf(page)).zoom, 1);
  // Every other key scrolls the page.
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await painted(page);
  assert.equal(await page.evaluate(() => scrollY), 0);
  await page.keyboard.press('PageDown');
  await page.waitForFunction(() => scrollY > 0);
});

test(
  'touch: a vertical drag scrolls the page, a horizontal one rotates, two fingers zoom, a tap shows a name',
  { skip: skip ?? webkitLacks('tells pages of one finger as of a mouse, and of no second one') },
  async (t) => {
    const { page, box } = await travel(t, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const fingers = await touches(page);
    const { x, y } = await box();
    const start = await viewOf(page);
    await fingers.start([x, y]);
    for (let step = 1; step <= 8; step++) await fingers.move([x + 10 * step, y]);
    await fingers.end();
    const turned = await viewOf(page);
    assert.ok(apart(turned, start) > 5, JSON.stringify([start, turned]));
    const scrolled = await page.evaluate(() => scrollY);
    await fingers.start([x, y]);
    for (let step = 1; step <= 10; step++) await fingers.move([x, y - 20 * step]);
    await fingers.end();
    await page.waitForFunction((then) => scrollY > then + 50, scrolled);
    // A finger that comes down during a fling stops it, and does nothing else.
    await page.evaluate(async (then) => {
      for (let still = 0, last = -1; still < 10; last = scrollY) {
        await new Promise(requestAnimationFrame);
        still = scrollY === last ? still + 1 : 0;
      }
      scrollTo({ top: then, behavior: 'instant' });
    }, scrolled);
    await painted(page);
    await fingers.start([x - 30, y], [x + 30, y]);
    for (let step = 1; step <= 6; step++)
      await fingers.move([x - 30 - 10 * step, y], [x + 30 + 10 * step, y]);
    await fingers.end();
    assert.ok((await viewOf(page)).zoom > 1.8);
    await lookAt(page, -30, 30);
    const place = await placeOf(page, 'La Orotava');
    await fingers.start([place.x + 8, place.y + 8]);
    await fingers.end();
    await tip(page).filter({ hasText: 'La Orotava' }).waitFor();
    assert.match(await page.locator('meridian-globe .hint').textContent(), /Pinch to zoom/);
  },
);

test('nothing is drawn while nothing moves; the journey plays and pauses', { skip }, async (t) => {
  const { page } = await travel(t, { reducedMotion: 'no-preference' });
  const frames = () =>
    page.evaluate(() => {
      const { view } = document.querySelector('meridian-globe');
      if (view.frames === undefined) {
        view.frames = 0;
        const { frame } = view.sphere;
        view.sphere.frame = function () {
          view.frames++;
          return frame.call(this);
        };
      }
      return view.frames;
    });
  /** The number of frames once nothing has been drawn for twenty frames of the page. */
  const atRest = async () => {
    await frames();
    return page.evaluate(async () => {
      const { view } = document.querySelector('meridian-globe');
      for (let still = 0, last = -1; still < 20; last = view.frames) {
        await new Promise(requestAnimationFrame);
        still = view.frames === last && !view.movers.size ? still + 1 : 0;
      }
      return view.frames;
    });
  };
  const begun = await atRest();
  // Nothing is drawn: nothing to wait for.
  await page.waitForTimeout(500);
  assert.equal(await frames(), begun);
  await page.locator('meridian-globe button[aria-label="Follow the journey"]').click();
  // It goes by the clock: a slow machine has come as far with fewer frames.
  await page.waitForFunction((begun) => {
    const { sphere, frames } = document.querySelector('meridian-globe').view;
    return sphere.get('progress') > 0.3 && frames > begun + 5;
  }, begun);
  await page.locator('meridian-globe button[aria-label="Pause"]').click();
  const paused = await atRest();
  await page.waitForTimeout(300);
  assert.equal(await frames(), paused);
});

test(
  'the journey’s slider moves by keyboard; the speed button and the shown years follow',
  { skip },
  async (t) => {
    const { page } = await travel(t);
    await page.locator('meridian-globe button[aria-label="Follow the journey"]').click();
    await page.locator('meridian-globe button[aria-label="Pause"]').click();
    const slider = page.locator('meridian-globe .journey input');
    await slider.press('Home');
    assert.match(await announced(page), /^Göttingen, .*Germany/);
    assert.equal(await slider.getAttribute('aria-valuetext'), 'Göttingen, Apr 1789 – Mar 1790');
    await slider.press('End');
    assert.match(await page.locator('ol.stops [aria-current]').textContent(), /Astrakhan/);
    const speed = page.locator('meridian-globe .journey button');
    await speed.click();
    assert.equal(await speed.textContent(), '2×');
    const shown = () => page.locator('ol.stops > li:visible').count();
    const points = () =>
      page.evaluate(() => document.querySelector('meridian-globe').view.sphere.points);
    assert.equal(await shown(), 64);
    const all = await points();
    await page.locator('meridian-globe .journey select').first().selectOption('1829');
    await page.waitForFunction(
      () => document.querySelectorAll('ol.stops > li[hidden]').length > 30,
    );
    const late = await shown();
    assert.ok(late > 3 && late < 20, `${late} stops in 1829`);
    await page.waitForFunction(
      (before) => document.querySelector('meridian-globe').view.sphere.points < before,
      all,
    );
    assert.equal(await slider.getAttribute('max'), String(late - 1));
    await page.evaluate(() =>
      document.querySelector('meridian-globe').setAttribute('year', '-1799'),
    );
    await page.waitForFunction(
      () =>
        document.querySelector('ol.stops > li:last-child').hidden &&
        !document.querySelector('ol.stops > li').hidden,
    );
    assert.deepEqual(
      await page
        .locator('meridian-globe .journey select')
        .evaluateAll((both) => both.map(({ value }) => value)),
      ['1789', '1799'],
    );
    await page.evaluate(() => document.querySelector('meridian-globe').removeAttribute('year'));
    await page.waitForFunction(() => !document.querySelector('ol.stops > li[hidden]'));
  },
);

test(
  'a double click zooms in; Ctrl and the wheel zoom at once, and so does the wheel when the globe fills the page',
  { skip },
  async (t) => {
    const { page, box } = await travel(t);
    const { x, y, width } = await box();
    const zoomed = (least) =>
      page.waitForFunction(
        (wanted) => document.querySelector('meridian-globe').view.zoomed > wanted,
        least,
      );
    const scrolled = await page.evaluate(() => scrollY);
    await page.mouse.move(x + width * 0.4, y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await zoomed(1.05);
    await page.evaluate(async () => {
      const globe = document.querySelector('meridian-globe');
      await (await globe.handle()).goHome();
      globe.setAttribute('zoom', 'always');
    });
    await page.mouse.wheel(0, -100);
    await zoomed(1.05);
    assert.equal(await page.evaluate(() => scrollY), scrolled);
    const before = await page.evaluate(() => document.querySelector('meridian-globe').view.zoomed);
    await page.mouse.dblclick(x, y);
    await zoomed(before * 1.9);
  },
);

test(
  'a fling goes on and comes to rest; auto-rotation pauses while a stop is selected',
  { skip: skip ?? chromiumOnly('events of the mouse have times of their own') },
  async (t) => {
    const { page, box } = await travel(t, { reducedMotion: 'no-preference' });
    const { x, y } = await box();
    // Events with times of their own: 150 pixels within 56 ms, however busy the machine is.
    const session = await page.context().newCDPSession(page);
    const start = Date.now();
    const mouse = (type, dx, time) =>
      session.send('Input.dispatchMouseEvent', {
        type,
        x: x + dx,
        y,
        button: 'left',
        buttons: type === 'mouseReleased' ? 0 : 1,
        clickCount: 1,
        timestamp: (start + time) / 1000,
      });
    await page.mouse.move(x, y);
    await mouse('mousePressed', 0, 0);
    for (let step = 1; step <= 6; step++) await mouse('mouseMoved', 25 * step, 8 * step);
    await mouse('mouseReleased', 150, 56);
    const released = await viewOf(page);
    await page.waitForFunction(() => !document.querySelector('meridian-globe').view.movers.size);
    const swung = apart(await viewOf(page), released);
    assert.ok(swung > 1, `${swung}`);
    await page.evaluate(() => document.querySelector('meridian-globe').setAttribute('rotate', ''));
    const begun = await viewOf(page);
    await page.waitForFunction(
      async (lon) =>
        Math.abs((await document.querySelector('meridian-globe').handle()).getView().lon - lon) > 1,
      begun.lon,
    );
    await page.evaluate(async () =>
      (await document.querySelector('meridian-globe').handle()).select(3),
    );
    // The globe does not rotate: nothing to wait for.
    const [one, two] = [await viewOf(page), (await page.waitForTimeout(300), await viewOf(page))];
    assert.ok(apart(one, two) < 1e-9);
  },
);

test(
  'close by, visited countries have the detailed coastline; from afar the coarse outlines are drawn',
  { skip },
  async (t) => {
    const { page, requests } = await travel(t);
    await lookAt(page, 5, 47);
    const asked = () =>
      requests()
        .filter((url) => /-50m\.bin$/.test(url))
        .map((url) => url.replace(/.*\//, ''))
        .sort();
    assert.deepEqual(asked(), []);
    const zoom = (factor) =>
      page.evaluate(
        async (by) => void (await document.querySelector('meridian-globe').handle()).zoomBy(by),
        factor,
      );
    /** Points on the outlines of visited countries, and on the detailed coasts. */
    const outlines = () =>
      page.evaluate(() => {
        const { sphere } = document.querySelector('meridian-globe').view;
        const points = (first, last) => {
          const found = [];
          const add = (x, y) => found.push(`${x.toFixed(2)} ${y.toFixed(2)}`);
          sphere.trace({ moveTo: add, lineTo: add }, first, last);
          return found;
        };
        const coast = new Set(points(1, 2));
        const visited = points(4, 4);
        return {
          visited: visited.length,
          onCoast: visited.filter((point) => coast.has(point)).length,
        };
      });
    const afar = await outlines();
    /** Waits for files and frames. */
    const until = async (good) => {
      for (let tries = 200; tries--; await page.waitForTimeout(50)) {
        const found = await outlines();
        if (good(found)) return found;
      }
      assert.fail(JSON.stringify([afar, await outlines()]));
    };
    // Borders between countries lie on no coast.
    const fits = ({ visited, onCoast }) => onCoast > 0.3 * visited;
    assert.ok(fits(afar), JSON.stringify(afar));
    await zoom(4);
    await until((found) => found.visited > afar.visited && fits(found));
    assert.deepEqual(asked(), ['countries-50m.bin', 'land-50m.bin']);
    await zoom(1 / 4);
    await until((found) => found.visited === afar.visited && found.onCoast === afar.onCoast);
  },
);
