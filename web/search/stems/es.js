// Spanish.
import { stemmer } from '@orama/stemmers/spanish';

export { RELEASE as release } from '../../base/release.js';

/**
 * Words come without accents, which the stemmer wants in canción.
 * @type {import('../stems.js').Stem}
 */
export const stem = (word) => stemmer(word.replace(/ion$/, 'ión'));
