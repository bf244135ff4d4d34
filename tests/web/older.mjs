// The shell as an older browser sees it: what that browser lacks is gone from the copy of a built
// shell, so that tests in a current engine take the ways that are there for the older one.
//
//   node tests/web/older.mjs build/safari15.4 safari15.4
//   MERIDIAN_DIST=build/safari15.4 node --test tests/web/globe.test.mjs
//
// The features, and since when there are, stand in older-browsers.mjs. Each script begins with the
// removal, so it works in workers, too; in sheets, also those within scripts, what is not known
// gets a name that no browser knows.

import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lacks } from './older-browsers.mjs';

/** Runs at the start of each script, once in a page or worker. */
function remove({ names, attributes, constructors, inWorkers }) {
  const done = Symbol.for('older browser');
  if (globalThis[done]) return;
  globalThis[done] = true;
  const find = (path) => {
    const steps = path.split('.');
    const last = steps.pop();
    const holder = steps.reduce((at, step) => at?.[step], globalThis);
    return { holder, name: last.startsWith('@@') ? Symbol[last.slice(2)] : last };
  };
  const gone = (path) => {
    const { holder, name } = find(path);
    if (holder) delete holder[name];
  };
  names.forEach(gone);
  if (!globalThis.document) return inWorkers.forEach(gone);
  for (const { holder, name } of constructors.map(find)) {
    const { prototype } = holder[name];
    holder[name] = function () {
      throw new TypeError('Illegal constructor');
    };
    holder[name].prototype = prototype;
  }
  if (!attributes.length) return;
  const clean = () => {
    for (const name of attributes)
      for (const element of document.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
  };
  new MutationObserver(clean).observe(document, { subtree: true, childList: true });
}

const hashOf = (/** @type {string} */ text) => createHash('sha256').update(text).digest('base64');

/**
 * Copies a built shell without what at least one of the browsers lacks.
 * @param {string} shell
 * @param {string} folder
 * @param {string[]} browsers such as safari15.4
 */
export function makeOlder(shell, folder, browsers) {
  const { words, policies, ...atRuntime } = lacks(browsers);
  const removal = `(${remove})(${JSON.stringify(atRuntime)});\n`;
  const without = (/** @type {string} */ text) =>
    words.reduce((text, word) => text.replace(word, 'lacking-$&'), text);
  // Policies name inline scripts, and the globe of the playground's frames, by their hashes.
  /** @type {Map<string, string>} */
  const hashes = new Map();
  const script = (/** @type {string} */ text) => {
    const older = removal + without(text);
    hashes.set(hashOf(text), hashOf(older));
    return older;
  };
  const page = (/** @type {string} */ text) =>
    text
      .split(/(?<=<script>)([^]*?)(?=<\/script>)/)
      .map((part, at) => (at % 2 ? script(part) : without(part)))
      .join('');
  const policy = (/** @type {string} */ text) =>
    [...hashes].reduce(
      (text, [before, after]) => text.replaceAll(before, after),
      policies.reduce((text, part) => text.replaceAll(part, ''), text),
    );

  // Thousands of files, of which none changes.
  const places = 'meridian/places';
  cpSync(shell, folder, {
    recursive: true,
    filter: (path) => !/\.(br|gz)$/.test(path) && path !== join(shell, places),
  });
  if (!existsSync(join(folder, places))) symlinkSync(resolve(shell, places), join(folder, places));
  const files = readdirSync(folder, { recursive: true }).map(String);
  const rewrite = (/** @type {RegExp} */ kind, /** @type {(text: string) => string} */ change) => {
    for (const file of files.filter((file) => kind.test(file)))
      writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
  };
  rewrite(/\.css$/, without);
  rewrite(/\.js$/, script);
  rewrite(/\.html$/, page);
  rewrite(/\.html$|^_headers$/, policy);
}

const [, program, folder, ...browsers] = process.argv;
if (program === fileURLToPath(import.meta.url)) makeOlder('build/dist', folder, browsers);
