// French.
import { stemmer } from '@orama/stemmers/french';

export { RELEASE as release } from '../../base/release.js';

/**
 * Words come without accents, which the stemmer wants in utilisées and utilisèrent. It takes an é
 * at the end off as it does an e.
 * @type {import('../stems.js').Stem}
 */
export const stem = (word) => stemmer(word.replace(/erent$/, 'èrent').replace(/e(e?s?)$/, 'é$1'));
