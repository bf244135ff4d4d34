// The icons of other links, made like icons.js, in a separate file.

declare const icons: import('./card_dom.js').Icons;
export default icons;
export const release: string;
