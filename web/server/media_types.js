// The media type of a file by its name, as of server/mime_types.py.

const TEXT = 'charset=utf-8';

/** Types by their endings. */
const TYPES = new Map(
  Object.entries({
    'application/atom+xml': 'atom',
    'application/epub+zip': 'epub',
    'application/geo+json': 'geojson',
    'application/gzip': 'gz',
    'application/json': 'json map ipynb',
    'application/manifest+json': 'webmanifest',
    'application/octet-stream': 'bin',
    'application/pdf': 'pdf',
    'application/rss+xml': 'rss',
    'application/wasm': 'wasm',
    'application/xml': 'xml',
    'application/zip': 'zip',
    'audio/flac': 'flac',
    'audio/mp4': 'm4a',
    'audio/mpeg': 'mp3',
    'audio/ogg': 'ogg',
    'audio/wav': 'wav',
    'font/otf': 'otf',
    'font/ttf': 'ttf',
    'font/woff': 'woff',
    'font/woff2': 'woff2',
    'image/avif': 'avif',
    'image/bmp': 'bmp',
    'image/gif': 'gif',
    'image/jpeg': 'jpg jpeg',
    'image/png': 'png',
    'image/svg+xml': 'svg',
    'image/tiff': 'tif tiff',
    'image/webp': 'webp',
    'image/x-icon': 'ico',
    'text/calendar': 'ics',
    [`text/css; ${TEXT}`]: 'css',
    [`text/csv; ${TEXT}`]: 'csv',
    [`text/html; ${TEXT}`]: 'html htm',
    [`text/javascript; ${TEXT}`]: 'js mjs',
    [`text/markdown; ${TEXT}`]: 'md markdown',
    [`text/plain; ${TEXT}`]: 'txt toml bib tex py rb scss sass liquid',
    [`text/tab-separated-values; ${TEXT}`]: 'tsv',
    [`text/yaml; ${TEXT}`]: 'yml yaml',
    'video/mp4': 'mp4',
    'video/quicktime': 'mov',
    'video/webm': 'webm',
  }).flatMap(([type, endings]) => endings.split(' ').map((ending) => [ending, type])),
);

export const HTML = `text/html; ${TEXT}`;

/** Undefined for an ending that is not known. @param {string} path */
export const typeOf = (path) => TYPES.get(/\.(\w+)$/.exec(path)?.[1].toLowerCase() ?? '');

/** Tells whether hosts compress a file of a type. @param {string} type */
export const isCompressible = (type) =>
  /^text\/|^application\/([\w.-]+\+)?(json|xml|wasm)|^image\/svg/.test(type);
