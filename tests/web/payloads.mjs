// Hostile input: the project's own vectors, and DOMPurify's where ../shared exists.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './hosts.mjs';

/** @type {(path: string | URL) => { payload: any, context?: string }[]} */
const casesIn = (path) => JSON.parse(readFileSync(path, 'utf8')).cases;
const THEIRS = join(
  process.env.MERIDIAN_SHARED ?? join(PROJECT, '../shared'),
  'corpora/xss/dompurify-fixtures.json',
);

export const VECTORS = casesIn(new URL('../spec/vectors.json', import.meta.url));
export const FIXTURES = existsSync(THEIRS) ? casesIn(THEIRS) : undefined;
/** The reason to skip, or undefined. */
export const NO_FIXTURES = FIXTURES
  ? undefined
  : `223 cases left out: DOMPurify's fixtures, not part of the repository, are not at ${THEIRS}`;

/**
 * Test cases as sources of pages, by name. Cases of text only; data and addresses are tested
 * elsewhere.
 * @param {{ payload: any, context?: string }[]} cases
 * @param {string} prefix of the names
 * @returns {Record<string, string>}
 */
export const sourcesOf = (cases, prefix) =>
  Object.fromEntries(
    cases
      .filter(({ payload }) => typeof payload === 'string')
      .map(({ context, payload }, number) => [`${prefix}${number}`, sourceOf(payload, context)]),
  );

/** @param {string} payload @param {string} [context] */
function sourceOf(payload, context) {
  if (context === 'frontmatter' && payload.startsWith('---')) return payload;
  const url = JSON.stringify(payload);
  return context === 'url'
    ? `---\nlink: ${url}\n---\n[a](${payload}) ![b](${payload})\n\n<a href=${url}>c</a>`
    : `---\n---\n${payload}`;
}
