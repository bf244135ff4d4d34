// custom-elements.json of the profile card lists exactly the card's attributes, members, events,
// parts and properties.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { browserOrSkip } from './browser.mjs';
import { demoMissing } from './demo.mjs';
import { PROJECT } from './hosts.mjs';
import { PERSON, hostPage, watch, written } from './profiles.mjs';

const SOURCES = join(PROJECT, 'web/profile');
const {
  modules: [
    {
      declarations: [declared],
      exports,
    },
  ],
} = JSON.parse(readFileSync(join(SOURCES, 'custom-elements.json'), 'utf8'));
const source = (name) => readFileSync(join(SOURCES, name), 'utf8');
const names = (items) => items.map(({ name }) => name).sort();
const unique = (items) => [...new Set(items)].sort();

test('CSS custom properties', () => {
  assert.deepEqual(
    names(declared.cssProperties),
    unique(source('style.js').match(/--meridian-[\w-]+/g)),
  );
  for (const { name, default: value } of declared.cssProperties)
    assert.ok(source('style.js').includes(`var(${name}, ${value})`), `${name}: ${value}`);
});

test('attributes, members, parts and events of a card', async (t) => {
  const missing = demoMissing();
  if (missing) return t.skip(missing);
  const browser = await browserOrSkip(t);
  if (!browser) return;
  // `what`: attributes of each card. The last but one requests content that its source lacks, the
  // last an unreadable source.
  const cards = [
    'show="publications News globe"',
    'size="inline"',
    'size="full" show="publications"',
    'show="Nothing"',
    'src="javascript:1"',
  ];
  const body = cards
    .map(
      (what) =>
        `<meridian-profile loading="eager" ${what.includes('src=') ? '' : 'src="{site}"'} ${what}><a href="{site}">Ada</a></meridian-profile>`,
    )
    .join('');
  const { page } = await hostPage(t, browser, written(t, PERSON), body, {
    init: ({ context }) => context.addInitScript(watch),
  });
  await page.locator('meridian-globe[ready]').waitFor();
  await page.waitForFunction((count) => window.said.length >= count, cards.length);
  const real = await page.evaluate(() => {
    const kind = customElements.get('meridian-profile');
    const cards = [...document.querySelectorAll('meridian-profile')];
    return {
      name: kind.name,
      observed: kind.observedAttributes,
      parts: cards
        .flatMap((card) => [...card.shadowRoot.querySelectorAll('[part]')])
        .filter((element) => !element.closest('meridian-globe'))
        .flatMap(({ part }) => [...part]),
      slots: cards
        .flatMap((card) => [...card.shadowRoot.querySelectorAll('slot')])
        .map(({ name }) => name),
      accessors: Object.entries(Object.getOwnPropertyDescriptors(kind.prototype))
        .filter(([, { set }]) => set)
        .map(([name]) => name),
      has: ['profile', 'refresh'].map((name) => name in cards[0]),
      events: window.said.map(([name]) => name),
    };
  });
  assert.deepEqual(unique(real.parts), names(declared.cssParts));
  assert.deepEqual(unique(real.slots), names(declared.slots));
  assert.deepEqual(unique(real.events), names(declared.events));
  // Observed attributes are properties, too; of the others two are HTML's, and the element reads
  // one.
  const reflected = declared.attributes.filter(({ fieldName }) => fieldName);
  assert.deepEqual(names(reflected), [...real.observed].sort());
  assert.deepEqual(names(declared.attributes.filter(({ fieldName }) => !fieldName)), [
    'hidden',
    'loading',
    'title',
  ]);
  assert.ok(source('element.js').includes("getAttribute('loading')"));
  assert.deepEqual(
    names(declared.members.filter(({ reflects }) => reflects)),
    real.accessors.sort(),
  );
  assert.deepEqual(names(declared.members.filter(({ reflects }) => !reflects)), [
    'profile',
    'refresh',
  ]);
  assert.deepEqual(real.has, [true, true]);
  assert.deepEqual(
    exports.map(({ kind, name, declaration }) => [kind, name, declaration.name]),
    [
      ['js', 'MeridianProfile', 'MeridianProfile'],
      ['custom-element-definition', declared.tagName, 'MeridianProfile'],
    ],
  );

  // Each event has the type and detail of its declaration.
  const details = await page.evaluate(async () => {
    const seen = {};
    for (const name of ['meridian-ready', 'meridian-error'])
      document.addEventListener(
        name,
        ({ detail, bubbles, composed }) =>
          (seen[name] = [Object.keys(detail).sort(), bubbles, composed]),
      );
    const cards = [...document.querySelectorAll('meridian-profile')];
    await Promise.all([cards[0].refresh(), cards.at(-1).refresh()]);
    return seen;
  });
  for (const { name, type } of declared.events) {
    assert.deepEqual(
      details[name],
      [[...type.text.matchAll(/(\w+): /g)].map(([, key]) => key).sort(), true, true],
      name,
    );
  }
});
