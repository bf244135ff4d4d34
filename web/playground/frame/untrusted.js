// The frame of an untrusted project, from a link, a repository or a site. Nothing in it runs, and
// the sanitiser removes all that is not on its allow-list.

import { adoptSheet } from '../../base/adopt_sheet.js';
import { begin } from './frame.js';
import { document } from '../../base/unclobbered.js';
import { IDS, makeWall } from './sanitize.js';

// A blocked picture shows its place and its alternative text.
adoptSheet(
  document,
  '[data-held]{display:inline-block;min-inline-size:6rem;min-block-size:3rem;padding:.5rem;outline:1px dashed;outline-offset:-1px;opacity:.7}',
);

const pictures = document.documentElement.hasAttribute('data-pictures');
begin({ own: false, pictures, ids: IDS, sanitize: makeWall({ pictures }) });
