// Inside the frame that shows the page: a document without an origin, which may load nothing and run nothing but this. It gets
// pages, then what is new in them, asks for the files that they show, and says which link was followed.

import { patch, patchAttributes } from '../patch.js';
import { Content } from './content.js';
import { HERE, askBy, forget, lead, take } from './resources.js';

/**
 * To the frame: a page to show, what changed in its parts, or files that it asked for. `base`: the page's address; null: there is no such file.
 * @typedef {{ page?: import('./content.js').Page & { base: string }, change?: import('./content.js').Change, fresh?: boolean, files?: [path: string, bytes: Uint8Array | null, type: string][], scheme?: string, forget?: string[] }} ToFrame
 * From it: files that it lacks, or the address of a link.
 * @typedef {{ need?: string[], go?: string }} FromFrame
 */

let base = '/';
const content = new Content((root) => lead(root, base));
/** @type {MessagePort} */
let port;

/** @param {FromFrame} news */
const say = (news) => port.postMessage(news);
askBy((need) => say({ need }));

/** @param {boolean} fresh another page than before */
function show(fresh) {
  const page = content.parse();
  const { documentElement, head, body } = document;
  const scheme = documentElement.getAttribute('data-theme');
  patchAttributes(documentElement, page.documentElement);
  patchAttributes(body, page.body);
  if (scheme) documentElement.setAttribute('data-theme', scheme);
  // The frame's policy holds, also when its element is gone.
  patch(head, page.head);
  patch(body, page.body);
  content.find(body);
  if (fresh) scrollTo(0, 0);
}

/** @param {MessageEvent<ToFrame>} event */
function hear({ data }) {
  if (data.forget) forget(data.forget);
  if (data.files) take(data.files);
  if (data.scheme !== undefined) document.documentElement.setAttribute('data-theme', data.scheme);
  if (data.page) {
    ({ base } = data.page);
    content.page = data.page;
  }
  if (data.page || data.files || data.forget?.length) show(!!data.fresh);
  if (data.change && !content.change(data.change)) show(false);
}

// Only the page that made this frame has a port to give.
addEventListener('message', (event) => {
  if (event.source !== parent || !event.ports[0] || port) return;
  port = event.ports[0];
  port.onmessage = hear;
});

document.addEventListener('click', (event) => {
  const link = /** @type {Element} */ (event.target).closest('a[href], area[href]');
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute('href') ?? '';
  if (href.startsWith('#')) document.getElementById(decodeURIComponent(href.slice(1)))?.scrollIntoView();
  else say({ go: new URL(href, HERE + base).href.replace(HERE, '') });
});
document.addEventListener('submit', (event) => event.preventDefault());
