// The icons of frequent links: web/build/build.mjs makes them from core/theme/icons.txt. 0: it is
// in more-icons.js.

declare const icons: import('./card_dom.js').Icons;
export default icons;
