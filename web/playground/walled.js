// The frame of a project that came from elsewhere: by a link, from a repository or a site. Nothing in it runs, and what is not on the list
// of sanitize.js is not in it.

import { begin } from './frame.js';
import { IDS, makeWall } from './sanitize.js';

const pictures = document.documentElement.hasAttribute('data-pictures');
begin({ own: false, pictures, ids: IDS, sanitize: makeWall({ pictures }) });
