// The templates of a new project.

import { cv } from './cv.js';
import { globe } from './globe.js';
import { home } from './home.js';
import { note } from './note.js';
import { site } from './site.js';

/** @type {Record<string, import('../project/project.js').Start>} */
export const STARTS = { note, home, site, globe, cv };
