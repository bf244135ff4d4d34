// The media type of a file by its name; tests/server/media_types.test.mjs compares them with those
// of server/mime_types.py.

/**
 * Subtypes, each with the endings of its files where these are others. Those of `text` are UTF-8,
 * save calendars.
 */
const TYPES = {
  application:
    'atom+xml=atom epub+zip=epub geo+json=geojson gzip=gz,tgz json=json,map,ipynb manifest+json=webmanifest octet-stream=bin,7z,br,bz2,eot,xz pdf rss+xml=rss wasm xml zip',
  audio: 'flac mp4=m4a mpeg=mp3 ogg wav',
  font: 'otf ttf woff woff2',
  image: 'avif bmp gif jpeg=jpg,jpeg png svg+xml=svg tiff=tif,tiff webp x-icon=ico',
  text: 'calendar=ics css csv html=html,htm javascript=js,mjs markdown=md,markdown plain=txt,toml,bib,tex,py,rb,scss,sass,liquid tab-separated-values=tsv yaml=yml,yaml',
  video: 'mp4 quicktime=mov webm',
};
const UTF_8 = '; charset=utf-8';

/** Types by their endings. @type {Map<string, string>} */
export const BY_ENDING = new Map();
for (const [kind, subtypes] of Object.entries(TYPES))
  for (const subtype of subtypes.split(' ')) {
    const [name, endings = name] = subtype.split('=');
    const type = `${kind}/${name}${kind === 'text' && name !== 'calendar' ? UTF_8 : ''}`;
    for (const ending of endings.split(',')) BY_ENDING.set(ending, type);
  }

export const HTML = `text/html${UTF_8}`;
export const PLAIN_TEXT = `text/plain${UTF_8}`;
export const BYTES = 'application/octet-stream';

/** Undefined for an ending that is not known. @param {string} path */
export const typeOf = (path) => BY_ENDING.get(/\.(\w+)$/.exec(path)?.[1].toLowerCase() ?? '');

/** Tells whether hosts compress a file of a type. @param {string} type */
export const isCompressible = (type) =>
  /^text\/|^application\/([\w.-]+\+)?(json|xml|wasm)|^image\/svg/.test(type);
