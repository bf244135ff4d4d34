// Words that a native technical writer would not use, with those that readers search for. The lint
// reports them in the files of CLEAN; the list of those grows until it names every file.

/** Files in which none of these words is left. */
export const CLEAN = /^((README|CHANGELOG)\.md|docs\/.*\.md|web\/README\.md)$/;

/** What the words of a row become. */
const WORDS = [
  [/\b(tells?|told|telling)\b(?! apart)/, 'report, print, show, say which'],
  [/\b(anew|once more)\b/, 'again'],
  [/(?<!\bthere )\b(is|are) (no|none)\b(?! (longer|more than|fewer than|less than))/, 'is not a'],
  [/\bhas no twin\b/, 'has no equivalent'],
  [/\b(stands?|lies?) (in|beside|behind|before|below|next to)\b/, 'is in, is next to'],
  [/\b(can|could|to) be had\b/, 'is available'],
  [/\bas of\b/, 'such as, from'],
  [/\btak(es?|ing) along\b/, 'copy, include'],
  [/\b(lets?|leaves?|left) out\b/, 'omit, skip'],
  [/\bwhoever\b/, 'users who, if you'],
  [/\bin the place of\b/, 'instead of'],
  [/(?<![\w-])strangers?\b/, 'untrusted'],
  [/\basked for\b/, 'requested, fetched'],
  [/\bgo(es)? on\b/, 'continue'],
  [/\bof (its|their) own\b/, 'its own, separate'],
];

/**
 * The words of a Markdown file that a reader sees: without code and addresses, line by line.
 * @param {string} text
 */
function prose(text) {
  let fence = '';
  return text.split('\n').map((line) => {
    const [mark] = /^\s*(```+|~~~+)/.exec(line)?.slice(1) ?? [];
    if (mark && (!fence || mark.startsWith(fence))) fence = fence ? '' : mark;
    return mark || fence ? '' : line.replace(/`[^`]*`|\]\([^)]*\)|"[^"]*"/g, '`');
  });
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {{ path: string, line: number, what: string }[]}
 */
export const wordFindings = (path, text) =>
  prose(text).flatMap((line, at) =>
    WORDS.flatMap(([pattern, better]) => {
      const [word] = new RegExp(pattern, 'i').exec(line) ?? [];
      return word ? [{ path, line: at + 1, what: `"${word}": better ${better}` }] : [];
    }),
  );
