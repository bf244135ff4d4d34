// Loaded on use, as few readers need it: lists of other kinds, names without coordinates, a journey
// that is played, pictures to keep. Loaded on use.

export { filterYears, play } from './journey.js';
export { fetchStops, readStops, settle } from './lists.js';
export { toBlob, toSVG } from './png.js';
export { RELEASE as release } from '../base/release.js';
