// Entries of BibTeX that are pasted into a `.bib` file: each stands by itself, under a key of its
// own.

const ENTRY = /@(\w+)\s*([{(])\s*([^\s,{}()]*)/g;

/** The end of an entry whose bracket is at a place. @param {string} text @param {number} at */
function endOf(text, at) {
  const close = text[at] === '(' ? ')' : '}';
  let depth = 0;
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (!depth && text[i] === close) return i + 1;
    else if (text[i] === '{') depth++;
    else if (text[i] === '}') depth--;
  }
  return text.length;
}

/**
 * The entries of a text: their places and keys.
 * @param {string} text
 */
export function entriesOf(text) {
  const found = [];
  ENTRY.lastIndex = 0;
  for (let match; (match = ENTRY.exec(text));) {
    const bracket = match.index + match[0].indexOf(match[2], match[1].length);
    const to = endOf(text, bracket);
    const key = match[3];
    found.push({ from: match.index, to, key, at: match.index + match[0].length - key.length });
    ENTRY.lastIndex = to;
  }
  return found;
}

/**
 * Adds entries to a file, after the one at a place.
 * @param {string} text
 * @param {number} place
 * @param {string} pasted
 * @returns {{ from: number, to: number, insert: string, renamed: [string, string][] }}
 */
export function addEntries(text, place, pasted) {
  const entries = entriesOf(text);
  const taken = new Set(entries.map(({ key }) => key));
  /** @type {[string, string][]} */
  const renamed = [];
  const news = entriesOf(pasted).map(({ from, to, key, at }) => {
    let own = key;
    for (let number = 0; key && taken.has(own); number++)
      own = number < 26 ? key + String.fromCharCode(97 + number) : `${key}-${number}`;
    taken.add(own);
    if (own !== key) renamed.push([key, own]);
    return pasted.slice(from, at) + own + pasted.slice(at + key.length, to);
  });
  const within = entries.find(({ from, to }) => from < place && place < to);
  const at = within ? within.to : place;
  const before = text.slice(0, at).trimEnd();
  const after = text.slice(at).trimStart();
  const insert = `${before && '\n\n'}${news.join('\n\n')}\n${after && '\n'}`;
  return { from: before.length, to: text.length - after.length, insert, renamed };
}
