// The signs of the links that most people have: web/build/build.mjs makes them, of
// core/theme/icons.txt. 0: it is in more-icons.js.

declare const icons: import('./card_dom.js').Icons;
export default icons;
