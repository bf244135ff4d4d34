// Arabic.
import { stemmer } from '@orama/stemmers/arabic';

export { RELEASE as release } from '../../base/release.js';

/**
 * Words come with heh for teh marbuta, which the stemmer takes off behind an article, too.
 * @type {import('../stems.js').Stem}
 */
export const stem = (word) => stemmer(word.replace(/ه$/, 'ة'));
