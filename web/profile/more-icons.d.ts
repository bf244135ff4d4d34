// The signs of other links, made as icons.js is, a file of its own.

declare const icons: import('./card_dom.js').Icons;
export default icons;
export const release: string;
