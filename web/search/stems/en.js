// English: Porter's stemmer.
export { stemmer as stem } from 'stemmer';
export { RELEASE as release } from '../../base/release.js';
