// Which file of a project is opened first, where nothing says so.

import { MARKDOWN, ending } from '../../base/file_kinds.js';
import { isText } from './file_content.js';

const PAGE = `(${MARKDOWN}|html)`;
/** Likely sources of the first page, the most likely first. */
const HOMES = [`index\\.${PAGE}`, `_pages/(about|index|home)\\.${PAGE}`, `readme\\.(${MARKDOWN})`];

/**
 * The path of the file that is probably the first page's; else of a page, else of any text.
 * @param {string[]} paths
 */
export function firstOf(paths) {
  for (const home of HOMES) {
    const found = paths.find((path) => new RegExp(`^${home}$`, 'i').test(path));
    if (found) return found;
  }
  const page = ending(`${MARKDOWN}|html`);
  return (
    paths.find((path) => page.test(path) && !path.startsWith('_')) ??
    paths.find((path) => page.test(path)) ??
    paths.find((path) => isText(path)) ??
    ''
  );
}
