// Italian.
export { stemmer as stem } from '@orama/stemmers/italian';
export { RELEASE as release } from '../../base/release.js';
