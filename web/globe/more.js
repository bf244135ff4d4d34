// Rarely used code, loaded on demand: files of stops, names without coordinates, the journey, saved
// pictures.

export { filterYears, play } from './journey.js';
export { fetchStops, readStops, settle } from './lists.js';
export { toBlob, toSVG } from './png.js';
export { wordsOf } from './words.js';
export { RELEASE as release } from '../base/release.js';
