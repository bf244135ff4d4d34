// The signs of links: web/build.mjs makes them, of core/theme/icons.txt, as a file of its own.

declare const icons: import('./draw.js').Icons;
export default icons;
