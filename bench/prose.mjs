// Real prose of any size: the Markdown of the demo site and of the documents, without front matter
// and Liquid. Beyond the original's size it is repeated, with paragraphs in another order and other
// numbers in headings.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;

function* markdownFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* markdownFiles(path);
    else if (entry.name.endsWith('.md')) yield path;
  }
}

function blocks() {
  const files = [
    ...markdownFiles(join(root, 'content')),
    ...markdownFiles(join(root, 'docs')),
    join(root, 'README.md'),
  ];
  const texts = files.map((path) =>
    readFileSync(path, 'utf8')
      .replace(/^---\n[^]*?\n---\n/, '')
      .replace(/\{[{%][^]*?[%}]\}/g, ''),
  );
  return texts
    .join('\n\n')
    .split(/\n{2,}(?! )/)
    .filter((block) => block.trim());
}

/** Whole documents in sequence, about `size` bytes: like prose(), but without splitting them. */
export function documents(size) {
  const original = blocks();
  const out = [];
  let length = 0;
  for (let copy = 1; length < size; copy++) {
    for (const block of original) {
      if (length >= size) break;
      const varied = copy > 1 ? block.replace(/^(#+ .*[^#\s])$/m, `$1 ${copy}`) : block;
      out.push(varied);
      length += varied.length + 2;
    }
  }
  return out.join('\n\n');
}

/** Text of about `size` bytes, the same in every run. */
export function prose(size) {
  const original = blocks();
  let state = 1;
  const random = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const out = [];
  let length = 0;
  for (let copy = 1; length < size; copy++) {
    const order = original.map((block) => block);
    for (let i = order.length - 1; copy > 1 && i > 0; i--) {
      const j = random(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    for (const block of order) {
      if (length >= size) break;
      const varied = copy > 1 ? block.replace(/^(#+ .*[^#\s])$/m, `$1 ${copy}`) : block;
      out.push(varied);
      length += Buffer.byteLength(varied) + 2;
    }
  }
  return out.join('\n\n') + '\n';
}
