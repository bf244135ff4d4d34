// What is hostile: the project's own vectors, and DOMPurify's where ../shared is there.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './hosts.mjs';

/** @type {(path: string | URL) => { payload: any, context?: string }[]} */
const casesIn = (path) => JSON.parse(readFileSync(path, 'utf8')).cases;
const THEIRS = join(process.env.MERIDIAN_SHARED ?? join(PROJECT, '../shared'), 'corpora/xss/dompurify-fixtures.json');

export const VECTORS = casesIn(new URL('../spec/vectors.json', import.meta.url));
export const FIXTURES = existsSync(THEIRS) ? casesIn(THEIRS) : undefined;
/** Why there are none. */
export const NO_FIXTURES = FIXTURES ? undefined : `${THEIRS} is not there`;
