// The keys of _config.yml for the playground's completion, of the one table that says what they
// mean (core/check/settings.txt).

import { readFileSync } from 'node:fs';

/**
 * Rows as completion.js reads them: path, types, default, values, meaning. Keys without effect are
 * not among them: nobody should add one.
 * @param {string} file
 * @returns {string[][]}
 */
export function readSettings(file) {
  const [, ...sections] = readFileSync(file, 'utf8').split(/^# /m);
  const lines = sections
    .filter((section) => !section.startsWith('Keys without effect'))
    .flatMap((section) => section.split('\n').slice(1).filter(Boolean));
  return lines.map((line) => {
    const [path, types, usual, , , values, meaning] = line.split(/\s*\|(?=\s)\s*/);
    return [
      path,
      types.replace(/[!+.]/g, ''),
      plain(usual),
      values.replace(/[ …]/g, ''),
      plain(meaning),
    ];
  });
}

/**
 * Tags and filters of Liquid, and keys of front matter, of the tables that say what they mean:
 * `[name, meaning, plugin, arguments]`, without the plugin for what is always there.
 * @param {string} file docs/reference.md, whose rows a test compares with the core
 * @returns {{ tags: string[][], filters: string[][], front: string[][] }}
 */
export function readWords(file) {
  const text = readFileSync(file, 'utf8');
  const rows = (heading) =>
    (
      text
        .split(`\n### ${heading}\n`)[1]
        ?.split(/\n##/)[0]
        .match(/^\| `.*$/gm) ?? []
    ).map((line) => line.split(/\s*\|(?=\s|$)\s*/).slice(1));
  const names = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  const tags = rows('Tags').flatMap(([cell, from, meaning]) =>
    names(cell)
      .filter((name) => /^\w+$/.test(name))
      .map((name) => [name, plain(meaning), /^(Liquid|Jekyll)$/.test(from) ? '' : from]),
  );
  const filters = rows('Filters').map(([cell, count, meaning]) => {
    const [, plugin = ''] = /^(jekyll-[\w-]+): /.exec(meaning) ?? [];
    return [names(cell)[0], plain(meaning), plugin, count];
  });
  const front = rows('Front matter').flatMap(([cell, meaning]) =>
    names(cell).map((name) => [name, plain(meaning)]),
  );
  if (!tags.length || !filters.length || !front.length) throw new Error(`${file} lacks its tables`);
  return { tags, filters, front };
}

/** Text of Markdown. @param {string} markdown */
const plain = (markdown) => markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
