// German.
export { stemmer as stem } from '@orama/stemmers/german';
export { RELEASE as release } from '../../base/release.js';
