// The part in which two texts differ.

/**
 * The smallest single replacement that makes one text of another; it never splits a surrogate pair.
 * @param {string} before
 * @param {string} after
 * @returns {{ from: number, to: number, insert: string }}
 */
export function difference(before, after) {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  if (from && /[\ud800-\udbff]/.test(before[from - 1])) from--;
  let end = 0;
  while (
    end < most - from &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++;
  if (end && /[\udc00-\udfff]/.test(before[before.length - end])) end--;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}
