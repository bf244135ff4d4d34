// Typing errors: words that are one edit apart (Damerau-Levenshtein).

/**
 * Whether a word becomes the other, or its beginning, by one edit: a letter more, less or another,
 * or two letters that change places.
 * @param {string} typed
 * @param {string} meant
 */
export function nearlyBegins(typed, meant) {
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) at++;
  const rest = typed.slice(at + 1);
  return (
    meant.startsWith(rest, at) ||
    meant.startsWith(rest, at + 1) ||
    meant.startsWith(typed.slice(at), at + 1) ||
    (typed[at] === meant[at + 1] &&
      typed[at + 1] === meant[at] &&
      meant.startsWith(rest.slice(1), at + 2))
  );
}
