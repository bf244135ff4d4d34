// The base URL of the page, whatever is named `baseURI` in it. Frames of the
// playground are told (build.mjs).

export const base = () => new Text().baseURI;
