// What addresses in the page are relative to, whatever is named `baseURI` in it. Frames of the
// playground are told (build.mjs).

export const base = () => new Text().baseURI;
