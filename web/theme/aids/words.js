// Words of the reading aids in the theme's languages. `{}` is a heading, or the text of a picture.

import { languageOf } from '../../base/language.js';

/** @type {Record<string, [string, string, string, string, string]>} */
const LANGUAGES = {
  ar: ['نسخ الشيفرة', 'نسخ رابط {}', 'تم النسخ', 'تكبير {}', 'إغلاق'],
  de: ['Code kopieren', 'Link kopieren: {}', 'Kopiert', 'Vergrößern: {}', 'Schließen'],
  en: ['Copy the code', 'Copy the link: {}', 'Copied', 'Enlarge: {}', 'Close'],
  es: ['Copiar el código', 'Copiar el enlace: {}', 'Copiado', 'Ampliar: {}', 'Cerrar'],
  fr: ['Copier le code', 'Copier le lien : {}', 'Copié', 'Agrandir : {}', 'Fermer'],
  it: ['Copia il codice', 'Copia il link: {}', 'Copiato', 'Ingrandisci: {}', 'Chiudi'],
  ja: ['コードをコピー', 'リンクをコピー：{}', 'コピーしました', '拡大：{}', '閉じる'],
  pt: ['Copiar o código', 'Copiar o link: {}', 'Copiado', 'Ampliar: {}', 'Fechar'],
  zh: ['复制代码', '复制链接：{}', '已复制', '放大：{}', '关闭'],
  'zh-hant': ['複製程式碼', '複製連結：{}', '已複製', '放大：{}', '關閉'],
};

/** @typedef {ReturnType<typeof wordsOf>} Words */

/** @param {string} tag of a language */
export function wordsOf(tag) {
  const [copyCode, copyLink, copied, enlarge, close] = LANGUAGES[languageOf(tag)] ?? LANGUAGES.en;
  return { copyCode, copyLink, copied, enlarge, close };
}
