// The table of media types, by the extensions of files.

import { MARKDOWN } from './file_kinds.js';

/**
 * Media types: subtypes, each with the endings of its files where these are others. Those of `text`
 * are UTF-8, save calendars.
 */
const TYPES = {
  application:
    'atom+xml=atom epub+zip=epub geo+json=geojson gzip=gz,tgz json=json,map,ipynb manifest+json=webmanifest octet-stream=bin,7z,br,bz2,eot,xz pdf rss+xml=rss wasm xml zip',
  audio: 'flac mp4=m4a mpeg=mp3 ogg wav',
  font: 'otf ttf woff woff2',
  image: 'avif bmp gif jpeg=jpg,jpeg png svg+xml=svg tiff=tif,tiff webp x-icon=ico',
  text: 'calendar=ics css csv html=html,htm javascript=js,mjs markdown=MARKDOWN plain=txt,toml,bib,tex,py,rb,scss,sass,liquid tab-separated-values=tsv yaml=yml,yaml',
  video: 'mp4 quicktime=mov webm',
};
export const UTF_8 = '; charset=utf-8';

/** Media types by the endings of files. @type {Map<string, string>} */
export const BY_ENDING = new Map(
  Object.entries(TYPES).flatMap(([kind, subtypes]) =>
    subtypes.split(' ').flatMap((subtype) => {
      const [name, endings = name] = subtype.split('=');
      const type = `${kind}/${name}${kind === 'text' && name !== 'calendar' ? UTF_8 : ''}`;
      return endings
        .replace('MARKDOWN', MARKDOWN)
        .split(/[,|]/)
        .map((ending) => /** @type {const} */ ([ending, type]));
    }),
  ),
);

/** The media type of a file; undefined for an ending that is not known. @param {string} path */
export const typeOf = (path) => BY_ENDING.get(/\.(\w+)$/.exec(path)?.[1].toLowerCase() ?? '');
