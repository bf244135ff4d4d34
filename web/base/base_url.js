// The base URL of the page, even if an element of it is named `baseURI`. Frames of the playground
// get a constant (build.mjs).

export const base = () => new Text().baseURI;
