// The initial project of an element: its child scripts, or an address.

import { base } from '../../base/base_url.js';
import { cleanPath, isText, nameOf } from './file_content.js';
import { LARGEST } from './limits.js';
import { holdsProject } from './link_prefix.js';
import { transfer } from '../transfers.js';

/** @typedef {import('./project.js').Start} Start */

/** Removes the first line break and the common indentation. @param {string} text */
function unindented(text) {
  const lines = text
    .replace(/^[ \t]*\n/, '')
    .replace(/\n[ \t]*$/, '\n')
    .split('\n');
  const margin = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(Number.isFinite(margin) ? margin : 0)).join('\n');
}

/**
 * The files in an element, as `<script type="text/plain" data-path="…">`; undefined without any.
 * @param {Element} element
 * @returns {Start | undefined}
 */
export function filesWithin(element) {
  /** @type {Start['files']} */
  const files = Object.create(null);
  /** @type {string[]} */
  const named = [];
  for (const script of element.querySelectorAll('script[data-path]')) {
    const name = script.getAttribute('data-path') ?? '';
    const path = cleanPath(name);
    if (path) files[path] = unindented(script.textContent ?? '');
    else named.push(name);
  }
  const [open] = Object.keys(files);
  const title = element.getAttribute('title') ?? '';
  return open || named.length ? { title, trusted: true, open, files, left: { named } } : undefined;
}

/**
 * The project at an address: a playground link, an archive, or a single file. Throws an error with
 * the reason when it fails.
 * @param {string} address
 * @returns {Promise<Start>}
 */
export async function fromAddress(address) {
  const url = new URL(address, base());
  if (holdsProject(url.hash)) return (await transfer()).fromFragment(url.hash);
  const name = nameOf(cleanPath(decodeURIComponent(url.pathname))) || 'index.md';
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok)
    throw new Error(
      `${url.href} can’t be fetched${response ? `: the host says ${response.status}` : ''}.`,
    );
  const blob = await response.blob();
  // A file on the page's own host is trusted, unless the host has redirected elsewhere.
  const trusted = new URL(response.url).origin === location.origin;
  if (/\.zip$/i.test(name))
    return { ...(await (await transfer()).fromArchive(new File([blob], name))), trusted };
  if (blob.size > LARGEST) throw new Error(`${name} has more than ${LARGEST >> 20} MB.`);
  return {
    title: name,
    open: name,
    trusted,
    files: { [name]: isText(name) ? await blob.text() : new Uint8Array(await blob.arrayBuffer()) },
  };
}
