// What `meridian compare --pixels` found, for people and for programs.

import { printable } from '../terminal.mjs';
import { MOST_ROWS } from './compare_page.mjs';

/**
 * @typedef {import('./compare_page.mjs').Different} Different
 * @typedef {{ width: number, pages: number, different: Different[], cut: string[],
 *   failed: { file: string, why: string }[], folder?: string }} Report `cut`: pages that are longer
 *   than what is compared; `failed`: those that could not be shown; `folder`: of pictures
 */

// Places that are told; `--json` has all.
const MOST_TOLD = 40;

/** @param {number} count @param {string} word */
const counted = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** @param {number} share */
function percent(share) {
  const hundredths = 100 * share;
  return hundredths < 0.1 ? 'less than 0.1 %' : `${hundredths.toFixed(1)} %`;
}

/** @param {Different} page */
function lengthOf({ oldHeight, newHeight }) {
  const more = newHeight - oldHeight;
  return more ? `; the page is ${Math.abs(more)} px ${more > 0 ? 'longer' : 'shorter'}` : '';
}

/** @param {Report} report */
export function asText({ width, pages, different, cut, failed, folder }) {
  const others = different.length + failed.length;
  const lines = [
    `Pictures, ${width} px wide: ${counted(pages, 'page')} in both, ${pages - others} alike, ${different.length} not`,
  ];
  /** By the place of the first difference. @type {Map<string, Different[]>} */
  const places = new Map();
  for (const page of different) {
    if (!places.has(page.where)) places.set(page.where, []);
    places.get(page.where)?.push(page);
  }
  const groups = [...places].sort(([, a], [, b]) => b.length - a.length);
  groups.slice(0, MOST_TOLD).forEach(([where, [first, ...more]], at) => {
    const on = counted(more.length + 1, 'page');
    lines.push(
      '',
      `${at + 1}. on ${on}, as ${first.file}: ${percent(first.share)} of it, first from ${first.top} to ${first.bottom} px${lengthOf(first)}`,
      `   in ${where || 'no element'}`,
    );
  });
  if (groups.length > MOST_TOLD)
    lines.push('', `… and ${groups.length - MOST_TOLD} other places; \`--json\` has all`);
  if (failed.length) lines.push('', 'These can’t be shown:');
  for (const { file, why } of failed) lines.push(`  ${file}: ${why}`);
  if (cut.length)
    lines.push(
      '',
      `Of ${counted(cut.length, 'page')} only the first ${MOST_ROWS} px are compared, as of ${cut[0]}`,
    );
  if (folder && different.length)
    lines.push('', `In ${folder}: the old picture, the new one, and what differs in red`);
  return `${printable(lines.join('\n'))}\n`;
}

/** @param {Report} report */
export const asData = ({ width, pages, different, cut, failed }) => ({
  width,
  pages,
  different: different.map(
    ({ file, share, top, bottom, where, oldHeight: old_height, newHeight: new_height }) => ({
      file,
      share,
      top,
      bottom,
      where,
      old_height,
      new_height,
    }),
  ),
  cut,
  failed,
});
