// For the build: scripts that the playground's frames run on use, which come by their port.

import { build } from 'esbuild';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WEB = join(dirname(fileURLToPath(import.meta.url)), '..');
/** A frame's document has another address than its page, and its port in place of the network. */
const IN_FRAME = {
  base_url: 'export const base = () => meridianFrame.base;',
  foreign:
    'export const fetchFile = (url, init) => meridianFrame.fetch(url, init), importFile = fetchFile;',
};
/** What writing takes from the frame's own script (writing_on_use.js), by modules. */
const FROM_FRAME = {
  dom_patch: 'held, patch, patchAttributes',
  page_own: 'ownOf',
  unclobbered: 'document, real',
};

/** Replaces modules that `filter` matches. @param {(name: string) => string} contentsOf */
const replaced = (filter, contentsOf) => ({
  name: 'replaced in frames',
  setup: ({ onLoad }) =>
    onLoad({ filter }, ({ path }) => ({ contents: contentsOf(basename(path, '.js')) })),
});

/**
 * Escapes a script for a page: a tag within it would end it or, behind `<!--`, hide its end.
 * @param {string} text
 */
export const inScript = (text) =>
  text.replaceAll('</script', '<\\/script').replaceAll('<script', '\\x3cscript');

/** @param {import('esbuild').BuildOptions} options */
async function scriptOf(options) {
  const { outputFiles } = await build({ ...options, format: 'iife' });
  return inScript(outputFiles[0].text.trim());
}

/**
 * The globe for the playground's frames: one script that requests files from the frame's port
 * instead of the network.
 * @param {import('esbuild').BuildOptions} bundle
 */
export const globeScript = (bundle) =>
  scriptOf({
    ...bundle,
    entryPoints: [join(WEB, 'globe/element.js')],
    plugins: [
      ...(bundle.plugins ?? []),
      replaced(/[/\\]web[/\\]base[/\\](base_url|foreign)\.js$/, (name) => IN_FRAME[name]),
    ],
    define: { 'import.meta.url': '"https://site.invalid/meridian/"', fetch: 'meridianFrame.fetch' },
  });

/**
 * Writing on the page, without what the frame has.
 * @param {import('esbuild').BuildOptions} bundle
 */
export const writingScript = (bundle) =>
  scriptOf({
    ...bundle,
    entryPoints: [join(WEB, 'playground/frame/writing.js')],
    plugins: [
      replaced(
        /[/\\]web[/\\](base[/\\](dom_patch|unclobbered)|playground[/\\]frame[/\\]page_own)\.js$/,
        (name) => `export const { ${FROM_FRAME[name]} } = meridianWriting;`,
      ),
    ],
  });
