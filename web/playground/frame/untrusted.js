// The frame of a project that came from elsewhere: by a link, from a repository or a site. Nothing
// in it runs, and what is not on the list of sanitize.js is not in it.

import { begin } from './frame.js';
import { document } from '../../base/unclobbered.js';
import { IDS, makeWall } from './sanitize.js';

// Where a picture is held back its place is seen, and its words.
const places = new CSSStyleSheet();
places.replaceSync(
  '[data-held]{display:inline-block;min-inline-size:6rem;min-block-size:3rem;padding:.5rem;outline:1px dashed;outline-offset:-1px;opacity:.7}',
);
document.adoptedStyleSheets = [places];

const pictures = document.documentElement.hasAttribute('data-pictures');
begin({ own: false, pictures, ids: IDS, sanitize: makeWall({ pictures }) });
