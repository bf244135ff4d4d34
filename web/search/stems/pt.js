// Portuguese.
import { stemmer } from '@orama/stemmers/portuguese';

export { RELEASE as release } from '../../base/release.js';

/**
 * Words come without accents, which the stemmer wants in informação, informações, ciências,
 * responsável and possíveis.
 * @type {import('../stems.js').Stem}
 */
export const stem = (word) =>
  stemmer(
    word
      .replace(/c(ao|oes)$/, 'ç$1')
      .replace(/ao$/, 'ão')
      .replace(/oes$/, 'ões')
      .replace(/encia(s?)$/, 'ência$1')
      .replace(/a(vel|veis)$/, 'á$1')
      .replace(/i(vel|veis)$/, 'í$1'),
  );
