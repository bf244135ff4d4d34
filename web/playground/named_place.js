// The place that an address names: a page (`&page=`), or a heading of a file (`&at=`).

/** @typedef {import('./playground.js').Playground} Playground */

/** A heading as it reads, from its source or from the page. @param {string} line */
const wordsIn = (line) =>
  line
    .replace(/\]\([^)]*\)|\{[:#][^}]*\}\s*$/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Opens the source of a page.
 * @param {Playground} playground
 * @param {string} url
 */
async function goToPage(playground, url) {
  const found = await playground.renderer.ask('render', url).catch(() => undefined);
  const source = found?.json.source;
  if (source && playground.project.files.has(source)) await playground.open(source);
}

/**
 * Brings a heading of the open file into view, and its place on the page.
 * @param {Playground} playground
 * @param {string} text
 */
function goToHeading({ project, path, editor, sync }, text) {
  const lines = (project.text(path) ?? '').split('\n').map(wordsIn);
  const line = lines.indexOf(wordsIn(text)) + 1;
  if (!line) return;
  editor.goTo(line);
  sync.aimed = true;
}

/** @param {Playground} playground @param {URLSearchParams} query of the address */
export async function goToNamed(playground, query) {
  const [page, at] = [query.get('page'), query.get('at')];
  if (page?.startsWith('/')) await goToPage(playground, page);
  if (at) goToHeading(playground, at);
}
