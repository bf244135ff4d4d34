// Lists and quotes of Markdown as lines of text: what Enter continues, where Tab moves an item, and
// how ordered lists count on. Knows no editor.

/**
 * The beginning of a line: quotes, then the marker of a list item. `indent`: the column of the
 * marker, `content`: that of the item's text; `size`: of all of it, in characters.
 * @typedef {{ quote: string, indent: number, marker: string, number: number, delimiter: string,
 *   gap: string, task: string, content: number, size: number }} Begin
 */
/**
 * Replaces a part of a line.
 * @typedef {{ line: number, from: number, to: number, text: string }} Edit
 */

const ITEM = /^([ \t]*)(?:([-*+])|(\d{1,9})([.)]))([ \t]+|$)(\[[ xX]\](?:[ \t]+|$))?/;
const QUOTE = /^[ \t]*(?:>[ \t]?)+/;
const BREAK = /^[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
// Columns of a tab, as Markdown counts them.
const TAB = 4;
// Lines that are searched for the items around one.
const FAR = 2000;

/** @param {string} space */
const columns = (space) =>
  [...space].reduce((sum, sign) => (sign === '\t' ? sum + TAB - (sum % TAB) : sum + 1), 0);

/** @param {string} text of a line @returns {Begin | undefined} */
export function beginOf(text) {
  const quote = QUOTE.exec(text)?.[0] ?? '';
  const rest = text.slice(quote.length);
  const found = BREAK.test(rest) ? null : ITEM.exec(rest);
  if (!found)
    return quote ? { ...NONE, quote, indent: 0, content: 0, size: quote.length } : undefined;
  const [all, space, bullet = '', number, delimiter = '', gap, task = ''] = found;
  const marker = bullet || number + delimiter;
  const indent = columns(space);
  return {
    quote,
    indent,
    marker,
    number: number === undefined ? -1 : Number(number),
    delimiter,
    gap: gap || ' ',
    task,
    content: indent + marker.length + Math.max(1, columns(gap)),
    size: quote.length + all.length,
  };
}
const NONE = { marker: '', number: -1, delimiter: '', gap: '', task: '' };

/** The column at which a line begins, behind its quotes; -1: it is empty. @param {string} text */
function indentOf(text) {
  const rest = text.slice(QUOTE.exec(text)?.[0].length ?? 0);
  return rest.trim() ? columns(/^[ \t]*/.exec(rest)?.[0] ?? '') : -1;
}

/**
 * The nearest item before a line for which `test` holds, in the same list; -1: none.
 * @param {string[]} lines
 * @param {number} at
 * @param {(begin: Begin) => boolean} test
 */
function itemBefore(lines, at, test) {
  for (let line = at - 1; line >= 0 && at - line < FAR; line--) {
    const begin = beginOf(lines[line]);
    if (begin?.marker && test(begin)) return line;
    // A line without a marker at the margin ends a list, unless it continues a paragraph.
    if (!begin?.marker && indentOf(lines[line]) < 0 && indentOf(lines[line - 1] ?? '') < 0)
      return -1;
  }
  return -1;
}

/** The item before at the same depth. @param {string[]} lines @param {number} at */
function siblingBefore(lines, at) {
  const own = /** @type {Begin} */ (beginOf(lines[at]));
  const found = itemBefore(lines, at, ({ indent }) => indent <= own.indent);
  return found >= 0 && beginOf(lines[found])?.indent === own.indent ? found : -1;
}

/** The last line of an item, with what is within it. @param {string[]} lines @param {number} at */
function endOf(lines, at) {
  const own = /** @type {Begin} */ (beginOf(lines[at]));
  let end = at;
  for (let line = at + 1; line < lines.length && line - at < FAR; line++) {
    const indent = indentOf(lines[line]);
    if (indent >= 0 && indent <= own.indent) break;
    if (indent < 0 && indentOf(lines[line + 1] ?? '') <= own.indent) break;
    if (indent >= 0) end = line;
  }
  return end;
}

/**
 * The next item at the same depth, perhaps behind an empty line.
 * @param {string[]} lines
 * @param {number} at
 */
function siblingAfter(lines, at) {
  const own = /** @type {Begin} */ (beginOf(lines[at]));
  let next = endOf(lines, at) + 1;
  if (next < lines.length && indentOf(lines[next]) < 0) next++;
  const begin = beginOf(lines[next] ?? '');
  return begin?.marker && begin.indent === own.indent && begin.quote === own.quote ? next : -1;
}

/**
 * Numbers an ordered item, and those after it, by the one before. A list that has the same number
 * everywhere keeps it.
 * @param {string[]} lines are changed
 * @param {number} at
 */
export function renumber(lines, at) {
  for (
    let line = at, steps = 0;
    line >= 0 && steps < FAR;
    steps++, line = siblingAfter(lines, line)
  ) {
    const begin = beginOf(lines[line]);
    if (!begin || begin.number < 0) return;
    const before = siblingBefore(lines, line);
    const last = before < 0 ? undefined : beginOf(lines[before]);
    if (last && last.number < 0) return;
    const earlier = before < 0 ? -1 : siblingBefore(lines, before);
    const same = last && earlier >= 0 && beginOf(lines[earlier])?.number === last.number;
    const number = last ? last.number + (same ? 0 : 1) : line === at ? 1 : begin.number;
    if (number === begin.number && line !== at) return;
    const from = begin.size - begin.task.length - begin.gap.length - begin.marker.length;
    lines[line] =
      lines[line].slice(0, Math.max(0, from)) +
      number +
      begin.delimiter +
      lines[line].slice(from + begin.marker.length);
  }
}

/**
 * What Enter does at a place: the line as it becomes, and the beginning of the next one; undefined:
 * nothing special.
 * @param {string[]} lines
 * @param {number} at
 * @param {number} column in characters
 * @returns {{ lines: string[], line: number, column: number } | undefined} all lines, and the caret
 */
export function enter(lines, at, column) {
  const text = lines[at];
  const begin = beginOf(text);
  if (!begin || column < begin.size) return undefined;
  const after = [...lines];
  if (!text.slice(begin.size).trim()) {
    // Nothing is in it: it ends, or moves one level out.
    const parent = begin.marker ? itemBefore(lines, at, ({ indent }) => indent < begin.indent) : -1;
    if (begin.indent > 0 && parent >= 0) {
      const above = /** @type {Begin} */ (beginOf(lines[parent]));
      after[at] = lines[parent].slice(0, above.size);
      if (above.task) after[at] = emptyTask(after[at]);
      if (above.number >= 0) renumber(after, at);
    } else after[at] = begin.marker ? begin.quote : '';
    return { lines: after, line: at, column: after[at].length };
  }
  const head = begin.task ? emptyTask(text.slice(0, begin.size)) : text.slice(0, begin.size);
  after.splice(at, 1, text.slice(0, column).trimEnd(), head + text.slice(column).trimStart());
  let size = head.length;
  if (begin.number >= 0) {
    renumber(after, at + 1);
    size = /** @type {Begin} */ (beginOf(after[at + 1])).size;
  }
  return { lines: after, line: at + 1, column: size };
}

/** @param {string} head of an item */
const emptyTask = (head) => head.replace(/\[[xX]\]([ \t]*)$/, '[ ]$1');

/**
 * Moves the items of some lines below the item before them (`step` 1) or one level out (-1), with
 * what is within them. Undefined: there is no item.
 * @param {string[]} lines
 * @param {number} first
 * @param {number} last
 * @param {number} step
 */
export function moveItems(lines, first, last, step) {
  if (!beginOf(lines[first])?.marker) return undefined;
  const own = /** @type {Begin} */ (beginOf(lines[first]));
  const before = itemBefore(lines, first, ({ indent }) =>
    step > 0 ? indent <= own.indent : indent < own.indent,
  );
  const target = before < 0 ? undefined : /** @type {Begin} */ (beginOf(lines[before]));
  if (!target || (step > 0 && target.indent < own.indent)) return lines;
  const by = (step > 0 ? target.content : target.indent) - own.indent;
  const after = [...lines];
  let end = first;
  for (let line = first; line <= last; line++)
    end = Math.max(end, beginOf(lines[line])?.marker ? endOf(lines, line) : line);
  for (let line = first; line <= end; line++) {
    const quote = QUOTE.exec(lines[line])?.[0] ?? '';
    const rest = lines[line].slice(quote.length);
    if (!rest.trim()) continue;
    const indent = Math.max(0, indentOf(lines[line]) + by);
    after[line] = quote + ' '.repeat(indent) + rest.trimStart();
  }
  for (let line = first; line <= Math.min(end + 2, after.length - 1); line++)
    if ((beginOf(after[line])?.number ?? -1) >= 0 && (line <= first || line > end))
      renumber(after, line);
  return after;
}

/**
 * Tells whether a line is text: not front matter, and not in a block of code.
 * @param {Iterable<string>} lines
 * @param {number} at
 */
export function isProse(lines, at) {
  let [number, front, fence] = [0, false, ''];
  for (const line of lines) {
    if (number === 0 && /^---\s*$/.test(line)) front = true;
    else if (front) front = !/^---\s*$/.test(line);
    else {
      const mark = /^\s*(?:>\s?)*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
      if (fence) fence = mark.startsWith(fence) ? '' : fence;
      else fence = mark;
    }
    if (number++ === at) return !front && !fence;
  }
  return true;
}
