// Container queries for browsers that have none.

/**
 * Adds a copy of each container query that asks for the window's width instead, for browsers
 * without container queries: the playground mostly fills the window.
 * @param {string} sheet
 * @param {string} container
 * @returns {string}
 */
export function alsoByWindow(sheet, container) {
  const query = `@container ${container} `;
  const at = sheet.indexOf(query);
  if (at < 0) return sheet;
  let end = sheet.indexOf('{', at) + 1;
  for (let depth = 1; depth; end++) depth += { '{': 1, '}': -1 }[sheet[end]] ?? 0;
  const block = sheet.slice(at, end);
  const byWindow = block.replaceAll(query, '@media ');
  const older = `@supports not (container-type: inline-size) {\n${byWindow}\n}\n`;
  return `${sheet.slice(0, end)}\n${older}${alsoByWindow(sheet.slice(end), container)}`;
}
