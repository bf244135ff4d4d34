// Whole pages as the command writes them, beside what Jekyll made of them, compared as DOMs:
//
//   node bench/pages.mjs --sites DIR --references DIR [--only NAME] [--theme site] [--list FILE]
//
// Folders as for bench/looks.mjs. Every HTML file that Jekyll wrote is parsed by Chromium, beside
// the file of the same path that the command writes. Equal are elements, attributes in any order,
// and text, in which a run of white space outside <pre> and <textarea> counts as one blank; the
// tokens of code are compared, too. "Only blanks": pages that differ only by white space beside the
// tags of blocks, which no browser shows. Prints a line for each site, and writes the first
// difference of each page that differs to --list. Prepared by: python3 serve.py --build.
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from '../tests/web/browser.mjs';
import { filesBelow } from '../tests/web/hosts.mjs';
import { build, sitesIn } from './looks.mjs';
import { table } from './measure.mjs';

/**
 * Runs in a browser's page: compares two HTML documents.
 * @param {string[]} texts of Jekyll and of the command
 * @returns {{ body: string, whole: string, tokens: boolean, blanks: boolean }} what differs first
 *   in the body and in the document, or nothing; `tokens`: without the tokens of code the bodies
 *   are equal; `blanks`: without white space beside the tags of blocks
 */
export function compareDocuments(texts) {
  const CODE =
    'pre code, td.code pre, td.rouge-code pre, div.highlight pre, code.highlighter-rouge';
  const BLOCK =
    'address, article, aside, blockquote, body, br, caption, center, col, colgroup, dd, details, ' +
    'dialog, div, dl, dt, fieldset, figcaption, figure, footer, form, h1, h2, h3, h4, h5, h6, ' +
    'header, hgroup, hr, li, link, main, menu, meta, nav, noscript, ol, p, pre, script, section, ' +
    'style, summary, table, tbody, td, tfoot, th, thead, tr, ul';
  /** Removes white space that is at the begin or end of a line. @param {Document} page */
  const tidy = (page) => {
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
    /** @param {Node | null} node @param {Node} parent */
    const ends = (node, parent) =>
      /** @type {Element} */ (node ?? parent).nodeType === Node.ELEMENT_NODE &&
      /** @type {Element} */ (node ?? parent).matches(BLOCK);
    for (const text of texts) {
      const { previousSibling, nextSibling, parentElement } = text;
      if (!parentElement || parentElement.closest('pre, textarea')) continue;
      if (ends(previousSibling, parentElement)) text.data = text.data.trimStart();
      if (ends(nextSibling, parentElement)) text.data = text.data.trimEnd();
      if (!text.data) text.remove();
    }
  };
  const parsed = texts.map((text) => new DOMParser().parseFromString(text, 'text/html'));
  /** @param {Node} root @returns {string[]} */
  const linesOf = (root) => {
    const lines = [];
    const walker = root.ownerDocument.createTreeWalker(root);
    let depth = 0;
    for (let node = /** @type {any} */ (root); node;) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        const attributes = [...node.attributes].map(({ name, value }) => ` ${name}="${value}"`);
        lines.push(`${depth} <${node.localName}${attributes.sort().join('')}>`);
      } else {
        const kept = node.parentElement?.closest('pre, textarea');
        const text = kept ? node.data : node.data.replace(/[ \t\n\f\r]+/g, ' ');
        lines.push(`${depth} ${node.nodeType === Node.COMMENT_NODE ? '<!--' : ''}${text}`);
      }
      if (walker.firstChild()) {
        depth++;
      } else {
        while (!walker.nextSibling()) {
          if (!walker.parentNode()) return lines;
          depth--;
        }
      }
      node = walker.currentNode;
    }
    return lines;
  };
  const difference = (/** @type {string[][]} */ [theirs, ours]) => {
    const at = theirs.findIndex((line, index) => line !== ours[index]);
    if (at < 0 && theirs.length === ours.length) return '';
    const show = (/** @type {string[]} */ lines, /** @type {number} */ index) => {
      const other = (lines === theirs ? ours : theirs)[index] ?? '';
      const line = lines[index] ?? '(end)';
      let same = 0;
      while (same < line.length && line[same] === other[same]) same++;
      return JSON.stringify(line.slice(Math.max(0, same - 60), same + 100));
    };
    const index = at < 0 ? theirs.length : at;
    const before = theirs.slice(Math.max(0, index - 2), index).map((line) => line.slice(0, 100));
    return [...before, show(theirs, index), show(ours, index)].join('\n    ');
  };
  const whole = difference(parsed.map((page) => linesOf(page.documentElement)));
  const body = whole && difference(parsed.map((page) => linesOf(page.body)));
  if (!body) return { body, whole, tokens: false, blanks: false };
  for (const page of parsed) tidy(page);
  const blanks = !difference(parsed.map((page) => linesOf(page.body)));
  for (const page of parsed)
    for (const code of page.querySelectorAll(CODE)) code.textContent = `${code.textContent}`;
  const tokens = !difference(parsed.map((page) => linesOf(page.body)));
  return { body, whole, tokens: tokens && !blanks, blanks };
}

async function main() {
  const { values } = parseArgs({
    options: {
      sites: { type: 'string' },
      references: { type: 'string' },
      only: { type: 'string', default: '' },
      theme: { type: 'string' },
      list: { type: 'string' },
    },
  });
  const { sites, references, only, theme, list } = values;
  if (!sites || !references) {
    console.error('node bench/pages.mjs --sites DIR --references DIR [--only NAME] …');
    return 2;
  }
  const names = sitesIn(sites, references, only);
  if (list) writeFileSync(list, '');
  const browser = await launch();
  const page = await browser.newPage();
  console.log(
    table(['site', 'pages', 'equal', 'only blanks', 'only tokens', 'only the head', 'missing'], []),
  );
  const sums = [0, 0, 0, 0, 0, 0];
  let status = 0;
  for (const name of names) {
    const made = mkdtempSync(join(tmpdir(), 'meridian-pages-'));
    try {
      const [reference, ours] = [join(references, name), join(made, 'site')];
      build(join(sites, name), ours, { theme, written: true });
      const counts = [0, 0, 0, 0, 0, 0];
      for (const path of filesBelow(reference).filter((path) => path.endsWith('.html'))) {
        counts[0]++;
        const paths = [join(reference, path), join(ours, path)];
        let said = 'is not written';
        if (existsSync(paths[1])) {
          const texts = paths.map((file) => readFileSync(file, 'utf8'));
          const found =
            texts[0] === texts[1]
              ? { body: '', whole: '', tokens: false, blanks: false }
              : await page.evaluate(compareDocuments, texts);
          if (!found.body) counts[1]++;
          else if (found.blanks) counts[2]++;
          else if (found.tokens) counts[3]++;
          if (!found.body && found.whole) counts[4]++;
          said = found.body || (found.whole && `head\n    ${found.whole}`);
        } else {
          counts[5]++;
        }
        if (said && list) appendFileSync(list, `${name}/${path}: ${said}\n`);
      }
      console.log(`| ${[name, ...counts].join(' | ')} |`);
      counts.forEach((count, at) => (sums[at] += count));
    } catch (error) {
      console.log(`| ${name} | ${String(error.message).split('\n')[0].slice(0, 200)} |`);
      status = 1;
    }
    rmSync(made, { recursive: true, force: true });
  }
  console.log(`| all | ${sums.join(' | ')} |`);
  await browser.close();
  return status;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
