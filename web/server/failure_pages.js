// What a visitor reads when there is no page: little; and its author: what to do.

import { Failure } from '../base/failure.js';
import { escaped } from './bytes.js';
import { HTML } from './media_types.js';

// Seconds after which a visitor may ask again for what was not there in time.
const RETRY_AFTER = 5;

/** @param {string} title @param {string} body as HTML */
const document = (title, body) =>
  `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${title}</title>\n<style>:root { color-scheme: light dark } body { max-width: 40em; margin: 2em auto; padding: 0 1em; font: 18px/1.5 sans-serif } pre { overflow: auto }</style>\n<h1>${title}</h1>\n${body}\n`;

/**
 * @param {number} status
 * @param {string} title
 * @param {string} body as HTML
 * @param {Record<string, string>} [headers]
 */
function page(status, title, body, headers = {}) {
  const text = document(title, body);
  return new Response(text, {
    status,
    headers: { 'content-type': HTML, 'cache-control': 'no-store', ...headers },
  });
}

/** The page for an address without one, where the site has none of its own. */
export const notFound = () => page(404, 'Not found', '<p>There is no page at this address.</p>');

/**
 * @param {number} status
 * @param {string} title
 * @param {string} sentence
 * @param {Record<string, string>} [headers]
 */
export const refusal = (status, title, sentence, headers) =>
  page(status, title, `<p>${sentence}</p>`, headers);

/**
 * The answer to a request that failed. Visitors get an id, by which the author finds it in the log.
 * @param {unknown} error
 * @param {string} id
 * @param {boolean} development the author reads it
 */
export function failed(error, id, development) {
  const known = error instanceof Failure ? error : undefined;
  const { status = 500 } = /** @type {Partial<import('./failure.js').Failure>} */ (known ?? {});
  /** @type {Record<string, string>} */
  const headers = status === 503 ? { 'retry-after': String(RETRY_AFTER) } : {};
  const title = status === 503 ? 'Not available now' : 'This page could not be made';
  if (!development) {
    const advice = status === 503 ? 'Try again in a moment.' : 'Its author can find the reason';
    return page(status, title, `<p>${advice} (${id}).</p>`.replace('. (', ' ('), headers);
  }
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: '' };
  const lines = [
    known?.file && `<p><code>${escaped(known.file)}</code></p>`,
    `<p>${escaped(message)}</p>`,
    known ? known.remedy && `<p>${escaped(known.remedy)}</p>` : `<pre>${escaped(stack)}</pre>`,
    `<p>${id}</p>`,
  ];
  return page(status, title, lines.filter(Boolean).join('\n'), headers);
}
