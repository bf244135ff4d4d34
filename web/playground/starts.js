// What one can begin with.

import { cv } from './starts/cv.js';
import { globe } from './starts/globe.js';
import { home } from './starts/home.js';
import { note } from './starts/note.js';
import { site } from './starts/site.js';

/** @type {Record<string, import('./project.js').Start>} */
export const STARTS = { note, home, site, globe, cv };
