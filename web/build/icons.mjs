// Builds the theme's icons from core/theme/icons.txt: the sprite that pages load, a file for each
// icon, and a style sheet that maps the classes of Font Awesome and Academicons.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NOTICE =
  '<!-- Marks from simple-icons (CC0 1.0; they remain their owners’ trademarks), outlines from heroicons (MIT, © Tailwind Labs, Inc.), the rest Meridian’s own. -->';
/** The shorter notice, for style sheets. */
export const MARKS = '/* Marks: simple-icons (CC0), their owners’ trademarks */';
const OUTLINE =
  'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"';
const FILLED = 'fill="currentColor" stroke="none"';

const read = (...path) => readFileSync(join(...path), 'utf8');

/** The content of an <svg>, without its title. @param {string} svg */
const inside = (svg) =>
  svg
    .replace(/^[^]*?<svg[^>]*>|<\/svg>\s*$/g, '')
    .replace(/<title>[^]*?<\/title>/g, '')
    .replace(/ stroke-line(cap|join)="round"/g, '')
    .replace(/>\s+</g, '><')
    .trim();

/** Own drawings: an element of icons.svg each. @param {string} theme */
function ownDrawings(theme) {
  const drawings = new Map();
  for (const [, tag, name, rest] of read(theme, 'icons.svg').matchAll(
    /^<(\w+) id="([\w-]+)"(.*)$/gm,
  ))
    drawings.set(name, `<${tag}${rest}`);
  return drawings;
}

/**
 * The rows of icons.txt with their drawings.
 * @param {string} theme the folder @param {string} packages node_modules
 */
export function readIcons(theme, packages) {
  const own = ownDrawings(theme);
  return read(theme, 'icons.txt')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [name, from, ...classes] = line.replace(/^\+/, '').split(' ');
      const [source, there = name] = from.split(':');
      const file =
        source === 'heroicons'
          ? join(packages, 'heroicons/24/outline', `${there}.svg`)
          : join(packages, 'simple-icons/icons', `${there}.svg`);
      if (source === 'own' ? !own.has(name) : !existsSync(file))
        throw new Error(`icons.txt: there is no drawing for ${name}`);
      return {
        name,
        classes,
        common: line.startsWith('+'),
        style: source === 'simple-icons' ? FILLED : OUTLINE,
        drawing: source === 'own' ? own.get(name) : inside(read(file)),
      };
    });
}

/** @typedef {ReturnType<typeof readIcons>} Icons */

/** The sprite: a group for each common icon. @param {Icons} icons */
export const sprite = (icons) =>
  `<svg xmlns="http://www.w3.org/2000/svg">${NOTICE}\n${icons
    .filter(({ common }) => common)
    .map(({ name, style, drawing }) => `<g id="${name}" ${style}>${drawing}</g>\n`)
    .join('')}</svg>\n`;

// The icons of frequent links, and the fallback: part of the card's script. Others load on demand.
const FREQUENT = new Set(['email', 'uri', 'link', 'googlescholar', 'orcid', 'github', 'linkedin']);
// Icons that are not links.
const LINES = new Set(['location', 'employer']);

/**
 * The common icons as modules, for pages whose Trusted Types allow no HTML: by name whether one is
 * filled, and its path. Those of `more` are 0 in `frequent`. No name but an icon's is found in it.
 * @param {Icons} icons
 */
export function paths(icons) {
  const drawn = icons
    .filter(({ name, common }) => common && !LINES.has(name))
    .map(({ name, style, drawing }) => {
      const path = /^<path d="([^"]+)"\s*\/>$/.exec(drawing)?.[1];
      if (!path) throw new Error(`icons.txt: ${name} is common, and no single path`);
      return { name, sign: [style === FILLED ? 1 : 0, path] };
    });
  const module = (signs) =>
    `export default {__proto__:null,${JSON.stringify(Object.fromEntries(signs)).slice(1)};`;
  return {
    frequent: module(drawn.map(({ name, sign }) => [name, FREQUENT.has(name) ? sign : 0])),
    more: module(
      drawn.filter(({ name }) => !FREQUENT.has(name)).map(({ name, sign }) => [name, sign]),
    ),
  };
}

/** An icon's own file: `icons/NAME.svg#i`, or the file as a mask. @param {Icons[number]} icon */
export const single = ({ style, drawing }) =>
  `<svg xmlns="http://www.w3.org/2000/svg" id="i" viewBox="0 0 24 24" ${style}>${drawing}</svg>\n`;

/** The classes as masks; unknown ones get the link icon. @param {Icons} icons */
export function sheet(icons) {
  const rules = icons
    .filter(({ classes }) => classes.length)
    .map(
      ({ name, classes }) =>
        `${classes.map((each) => `.${each}::before`).join()} { mask-image: url(icons/${name}.svg) }`,
    );
  return `@layer parts {
:where(i, span, em):where([class*="fa-"], [class*=" ai-"])::before { background: currentcolor; mask: url(icons/link.svg) center/contain no-repeat }
@media (forced-colors: active) { :where(i, span, em):where([class*="fa-"], [class*=" ai-"])::before { background: CanvasText; forced-color-adjust: none } }
.fa-lg { font-size: 1.33em } .fa-xs { font-size: .75em } .fa-sm { font-size: .875em } .fa-2x { font-size: 2em } .fa-3x { font-size: 3em } .fa-4x { font-size: 4em } .fa-5x { font-size: 5em }
${rules.join('\n')}
}
`;
}
