// Bibliographies of any size, with every type of entry, accents, strings, crossrefs, all forms of
// names and months, long abstracts; always the same ones.

const TYPES =
  'article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings techreport unpublished online thesis report dataset software'.split(
    ' ',
  );
const PEOPLE = [
  'Curie, Marie',
  'Donald E. Knuth',
  'van der Berg, Jan-Willem',
  'King, Jr., Martin Luther',
  "Charles Louis de la Vall{\\'e}e Poussin",
  '{The Group of {Groups}}',
  'M{\\"u}ller, J{\\"o}rg',
  'Øyvind Å. \\O{}degård',
  "{\\v S}afa{\\v r}{\\'\\i}k, Pavel Jozef",
  '王 小明',
  'Αριστείδης Κοντογεώργης',
  'others',
];
const WORDS =
  "the {DNA} of $\\alpha$-helices \\& their {\\\"U}bergang--zur ``quoted'' \\emph{form} 50\\% na{\\\"\\i}ve caf\\'e \\textsc{Small} caps~tied {\\ss} \\LaTeX{} 日本語 ελληνικά".split(
    ' ',
  );
const MONTHS = ['jan', '{February}', '"3"', 'apr # "~1"', '5', 'JUN', '{July}', 'aug', '{Spring}'];

/** Pseudo-random numbers below a bound, the same in each run. @param {number} seed */
const numbers = (seed) => (/** @type {number} */ below) =>
  (seed = (Math.imul(seed, 1103515245) + 12345) >>> 1) % below;

/** @param {number} count of entries */
export function generated(count) {
  const next = numbers(7);
  const pick = (/** @type {string[]} */ list) => list[next(list.length)];
  const text = (/** @type {number} */ words) =>
    Array.from({ length: words }, () => pick(WORDS)).join(' ');
  const people = () => Array.from({ length: 1 + next(5) }, () => pick(PEOPLE)).join(' and ');
  const out = [
    'Written by a generator.',
    '@comment{jabref-meta: x;}',
    '@preamble{"\\newcommand{\\noop}[1]{}"}',
    '@string{acm = {Association} # " for " # machinery}',
    '@string{machinery = "Computing {Machinery}"}',
  ];
  for (let i = 0; i < count; i++) {
    const type = TYPES[i % TYPES.length];
    const fields = [
      `author = {${people()}}`,
      `title = {${text(8)} ${i}}`,
      `year = ${1900 + next(125)}`,
      `month = ${pick(MONTHS)}`,
    ];
    if (type === 'article') fields.push(`journal = "Journal of " # acm`, `number = {${next(9)}}`);
    if (/in(proc|coll|book)|conf/.test(type)) fields.push(`booktitle = {${text(4)}}`);
    if (i % 7 === 3) fields.push(`crossref = {key${(i + 1) % count}}`);
    if (i % 5 === 0) fields.push(`abstract = {${text(60)}\n   ${text(40)}}`);
    if (i % 3 === 0)
      fields.push(`doi = {10.1000/${i}}`, `url = "https://example.org/${i}?a=1&b=2"`);
    fields.push(`publisher = acm`, `pages = {${i}--${i + 9}}`, `keywords = {${text(3)}}`);
    out.push(
      `@${i % 2 ? type : type.toUpperCase()}{key${i},\n  ${fields.join(',\n  ')}${i % 4 ? '' : ','}\n}`,
    );
  }
  return out.join('\n\n') + '\n';
}

/** Entries with a mistake, and how many lines below their begin it shows. */
const MISTAKES = /** @type {const} */ ([
  ['@article{bad1, title = {x}\n year = 2000}', 1],
  ['@article{bad2, title = }', 0],
  ['@article{bad3, title {x}}', 0],
  ['@article{title = {no key}}', 0],
  ['@article(bad5, title = {x})', 0],
  ['@article{bad6, title = "x } y"}', 0],
  ['@article{bad7, title = {x {y}\n}', 3], // at the next entry
]);

/**
 * The bibliography with mistakes between its entries.
 * @param {string} file
 * @returns {{ file: string, places: string[], left: number }} `places`: what the diagnostics begin
 *   with; `left`: entries that are whole
 */
export function broken(file) {
  const pieces = file.split('\n\n@');
  const entries = pieces.slice(1);
  let text = pieces[0];
  const places = [];
  for (const [i, piece] of entries.entries()) {
    const mistake = i % 8 === 5 ? MISTAKES[(i >> 3) % MISTAKES.length] : undefined;
    if (mistake) {
      text += '\n\n';
      places.push(`${text.split('\n').length + mistake[1]}:`);
      text += mistake[0];
    }
    text += `\n\n@${piece}`;
  }
  return {
    file: text,
    places,
    left: (file.match(/^@(?!comment|preamble|string)/gim) ?? []).length,
  };
}
