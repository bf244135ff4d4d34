// Writing on the page of three sites, on a laptop and on a phone: the demo, one that compresses its
// pages as academicpages does, one with layouts as al-folio has them. Each change is that of its
// letters alone, and no other file changes.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PHONE, WIDE, onPage } from './on_page.mjs';
import { skip } from './playgrounds.mjs';
import { until } from './hosts.mjs';

const { open, writesIn, beginBehind, left, selected } = onPage(before, after);

const PAGE = `---
layout: own
permalink: /
title: Ann Example
date: 2026-03-04 10:00
---

{% comment %} Liquid stands here. {% endcomment %}
I study *rocks* of text. See the [notes](notes.md) and [plants](https://example.org/plants).
{: .lead}

- first point
- second [point]({{ '/notes' | relative_url }})

| a | b |
|---|--:|
| cell | 2 |

![a cat](/images/a.svg)
`;
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>';
const FILES = {
  'notes.md': '---\ntitle: Notes\n---\n\nNotes.\n',
  '_data/people.yml': 'first:\n  name: "Marie Curie" # 1903\n',
  'images/a.svg': SVG,
  'images/b.svg': SVG,
};
const HEAD =
  '<h1>{{ page.title }}</h1>\n  <p>On <time datetime="{{ page.date | date_to_xmlschema }}">{{ page.date | date: "%B %-d, %Y" }}</time>,\n  with <b>{{ site.data.people.first.name }}</b></p>';

/** Texts of a folder, by path. */
const textsOf = (folder) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(md|html|yml|svg)$/.test(entry.name))
      .map(({ parentPath, path, name }) => {
        const place = join(parentPath ?? path, name);
        return [place.slice(folder.length + 1), readFileSync(place, 'utf8')];
      }),
  );

const SITES = {
  demo: {
    path: '_pages/about.md',
    ready: 'with a barometer',
    files: () => textsOf('content'),
    steps: [
      ['value', 'h1', 'Nature is one connected whole', 'Nature is one'],
      ['text', 'barometer', 'thermometer'],
      // In raw HTML, in Markdown, and in a line with Liquid.
      ['text', 'warmth and moisture', 'light and moisture'],
      ['text', 'hothouses', 'greenhouses'],
      ['text', 'Sextant', 'Theodolite'],
      ['text', 'Chief:', 'Head:'],
      ['text', 'department, Bayreuth', 'department, Ansbach'],
    ],
  },
  academic: {
    path: 'index.md',
    files: () => ({
      ...FILES,
      '_config.yml': 'title: T\nplugins: [jekyll-relative-links]\n',
      '_layouts/compress.html':
        "---\n---\n{{ content | split: ' ' | join: ' ' | replace: ' <li', '<li' | replace: '</p> ', '</p>' }}",
      '_layouts/own.html': `---\nlayout: compress\n---\n<body>\n  ${HEAD}\n  <main>\n    {{ content }}\n  </main>\n</body>\n`,
    }),
  },
  folio: {
    path: '_pages/index.md',
    files: () => ({
      ...FILES,
      '_config.yml': 'title: T\ninclude: [_pages]\n',
      '_includes/head.html': HEAD,
      '_layouts/default.html':
        '<!DOCTYPE html>\n<html><body>\n<div class="container">\n{{ content }}\n</div>\n</body></html>\n',
      '_layouts/own.html':
        '---\nlayout: default\n---\n<article>\n  {% include head.html %}\n  <div class="clearfix">{{ content }}</div>\n</article>\n',
    }),
  },
};
const STEPS = [
  ['value', 'h1', 'Ann Example', 'Ann B. Example'],
  ['value', 'b', 'Marie Curie', 'Lise Meitner', '_data/people.yml'],
  ['date', '2026-03-04', '2026-05-06'],
  ['text', 'rocks', 'stones'],
  ['text', 'first point', 'first of all'],
  ['text', 'second', 'next'],
  ['text', 'cell', 'room'],
  ['link', 'plants', 'https://example.org/plants', 'https://example.org/all'],
  ['picture', 'a cat', 'a dog', '/images/a.svg', '/images/b.svg'],
];

for (const [name, { path, files, ready = 'of text.', steps = STEPS }] of Object.entries(SITES))
  for (const [size, options] of Object.entries({ wide: WIDE, phone: PHONE }))
    test(`${name}, ${size}: what is changed on the page`, { skip }, async (t) => {
      const all = files();
      const { page, shown, lines } = await open(t, {
        ...options,
        text: PAGE,
        files: all,
        path,
        ready,
      });
      const dialog = page.getByRole('dialog');
      const now = () =>
        page.evaluate(() => {
          const { project } = document.querySelector('meridian-playground').playground;
          return Object.fromEntries(project.paths.map((one) => [one, project.text(one)]));
        });
      if (options.isMobile) {
        await page.getByRole('button', { name: 'Write on the page' }).tap();
        await page.getByRole('button', { name: 'Done' }).tap();
        await left(page, shown);
      }
      const acts = {
        text: async (old, next) => {
          await beginBehind(shown, old);
          await selected(shown, old);
          await page.keyboard.type(next, { delay: 15 });
          return [old, next];
        },
        value: async (tag, old, next, file) => {
          await shown.locator(tag, { hasText: old }).first().dblclick();
          await writesIn(shown, tag);
          await page.keyboard.type(next, { delay: 15 });
          await page.keyboard.press('Enter');
          return [old, next, file];
        },
        date: async (old, next) => {
          await shown.locator('time').dblclick();
          await dialog.locator('input').fill(next);
          await dialog.getByRole('button', { name: 'Change' }).click();
          return [old, next];
        },
        link: async (text, old, next) => {
          await beginBehind(shown, 'of text');
          await selected(shown, text);
          await page
            .getByRole('toolbar', { name: 'Write on the page' })
            .getByRole('button', { name: 'Link' })
            .click();
          await dialog.locator('input').fill(next);
          await dialog.getByRole('button', { name: 'Insert' }).click();
          return [old, next];
        },
        picture: async (alt, next, file, other) => {
          await shown.getByRole('img', { name: alt }).dblclick();
          await dialog.getByLabel('What the picture shows').fill(next);
          await dialog.getByLabel('File or address').fill(other);
          await dialog.getByRole('button', { name: 'Change' }).click();
          return [`![${alt}](${file})`, `![${next}](${other})`];
        },
      };
      for (const [act, ...args] of steps) {
        const wanted = await now();
        const [old, next, file = path] = await acts[act](...args);
        assert.ok(wanted[file].includes(old), `${file} has ${old}`);
        wanted[file] = wanted[file].replace(old, next);
        let is;
        await until(async () => {
          is = await now();
          return is[file] === wanted[file];
        }, `${act} ${old}`).catch(() => assert.equal(is[file], wanted[file], `${act} ${old}`));
        assert.deepEqual(is, wanted);
        await page.keyboard.press('Escape');
        await left(page, shown);
      }
      assert.deepEqual(lines, []);
    });
