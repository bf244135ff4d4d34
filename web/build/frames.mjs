// For the build: what the theme has around a page's text where nothing but that page is known, made
// by the core itself, for the first page of a visit (first_page.js).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Core, makeCommonMark, makeCore, makeKramdown } from '../engine/abi.js';
import { complete } from '../engine/complete.js';

/** What stands in a frame in the place of the site's title, the page's, its text and the year. */
export const MARKS = { site: '\uE000', title: '\uE001', text: '\uE002', year: '4321' };

/** @param {string} wasm folder of the modules @param {Record<string, string>} files */
async function page(wasm, files) {
  const read = (name) => readFileSync(join(wasm, name));
  const module = (name) => WebAssembly.compile(read(name));
  const core = await makeCore(Core, await module('meridian.wasm'), {
    commonmark: await makeCommonMark(await module('commonmark.wasm')),
    kramdown: makeKramdown(await module('kramdown.wasm'), {}),
  });
  core.tell('theme', read('theme.txt'));
  core.tell(
    'options',
    JSON.stringify({ url: 'https://site.invalid', time: `${MARKS.year}-01-02` }),
  );
  for (const [path, text] of Object.entries(files)) core.tell('put', path, text);
  if (!files['_config.yml']) core.tell('put_missing', '_config.yml');
  core.tell('list', JSON.stringify({ files: Object.keys(files), complete: false }));
  const answer = await complete(
    'index.html',
    () => core.render('/'),
    ({ paths = [] }) => paths.forEach((path) => core.tell('put_missing', path)),
  );
  return answer.html;
}

/** A page with one mark in the place of its text, and of its head what changes its look. */
function frame(html, text) {
  const [language] = /<html[^>]*>/.exec(html);
  const body = html
    .slice(html.indexOf('<body'))
    .replace(text, MARKS.text)
    .replace(/<script[^>]*>[^]*?<\/script>/g, '');
  const title = /<title>[^]*?<\/title>/.exec(html)[0];
  for (const mark of [MARKS.text, MARKS.site, MARKS.year])
    if (body.split(mark).length < 2) throw new Error('the theme’s page has no place for a part');
  return (
    `<!doctype html>${language}<meta name="viewport" content="width=device-width">${title}` +
    `<link rel="stylesheet" href="/meridian/theme.css">${body}`
  );
}

/** Frames as JSON, by layout; by an empty name that of a plain folder. @param {string} wasm */
export async function framesOf(wasm) {
  const { site, title, text } = MARKS;
  const plain = frame(
    await page(wasm, { 'README.md': `# ${site}\n\n${text}\n` }),
    /<h1[^>]*>\uE000<\/h1>\s*<p>\uE002<\/p>\s*/,
  );
  const frames = { '': plain };
  for (const layout of ['single', 'page']) {
    const files = {
      '_config.yml': `title: ${site}\n`,
      'index.md': `---\nlayout: ${layout}\ntitle: ${title}\n---\n${text}\n`,
    };
    frames[layout] = frame(await page(wasm, files), /<p>\uE002<\/p>\s*/);
  }
  return JSON.stringify(frames);
}
