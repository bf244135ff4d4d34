// Why a card can't be shown, in the theme's other languages. Loaded with the first failure in a
// page that is not English. Reasons that are not listed, which tell authors of their mistakes, stay
// English.

import { languageOf } from '../base/language.js';

export { RELEASE as release } from '../base/release.js';

/** A file that was not read. `$1` is its host, `$2` its status. */
const REASONS = [
  /^(\S+) does not answer$/,
  /^(\S+) can’t be reached, .*\(CORS\)$/,
  /^(\S+) answered (\d+)$/,
  /^it contains no profile$/,
];

/**
 * By language: the sentence, in which `{}` stands for the reason, and the reasons.
 * @type {Record<string, string[]>}
 */
const LANGUAGES = {
  ar: [
    'تعذّر عرض الملف الشخصي: {}',
    '⁨$1⁩ لا يستجيب',
    'تعذّر الوصول إلى ⁨$1⁩، أو أنه يحوّل إلى مكان آخر، أو لا يسمح لمواقع أخرى بقراءته (CORS)',
    'أجاب ⁨$1⁩ بالرمز $2',
    'لا يحتوي على ملف شخصي',
  ],
  de: [
    'Das Profil kann nicht angezeigt werden: {}',
    '$1 antwortet nicht',
    '$1 ist nicht erreichbar, leitet weiter oder lässt andere Websites nicht lesen (CORS)',
    '$1 antwortete $2',
    'die Datei enthält kein Profil',
  ],
  es: [
    'No se puede mostrar el perfil: {}',
    '$1 no responde',
    'no se puede acceder a $1, redirige a otro lugar o no deja que otros sitios lo lean (CORS)',
    '$1 respondió $2',
    'no contiene ningún perfil',
  ],
  fr: [
    'Le profil ne peut pas être affiché : {}',
    '$1 ne répond pas',
    '$1 est injoignable, redirige ailleurs ou ne se laisse pas lire par d’autres sites (CORS)',
    '$1 a répondu $2',
    'le fichier ne contient pas de profil',
  ],
  it: [
    'Impossibile mostrare il profilo: {}',
    '$1 non risponde',
    '$1 non è raggiungibile, rimanda altrove o non si lascia leggere da altri siti (CORS)',
    '$1 ha risposto $2',
    'il file non contiene alcun profilo',
  ],
  ja: [
    'プロフィールを表示できません：{}',
    '$1 が応答しません',
    '$1 に接続できないか、別の場所に転送されるか、他のサイトからの読み取りが許可されていません（CORS）',
    '$1 の応答：$2',
    'プロフィールが含まれていません',
  ],
  pt: [
    'Não é possível mostrar o perfil: {}',
    '$1 não responde',
    'não é possível aceder a $1, redireciona para outro lugar ou não se deixa ler por outros sites (CORS)',
    '$1 respondeu $2',
    'o ficheiro não contém nenhum perfil',
  ],
  zh: [
    '无法显示个人资料：{}',
    '$1 没有响应',
    '无法连接 $1，或者它转到别处，或者它不允许其他网站读取（CORS）',
    '$1 返回 $2',
    '其中没有个人资料',
  ],
  'zh-hant': [
    '無法顯示個人檔案：{}',
    '$1 沒有回應',
    '無法連線到 $1，或者它轉往別處，或者它不允許其他網站讀取（CORS）',
    '$1 傳回 $2',
    '其中沒有個人檔案',
  ],
};

/**
 * The failure's sentence; undefined in other languages than these.
 * @param {string} tag of the language
 * @param {string} reason in English
 */
export function failureIn(tag, reason) {
  const language = languageOf(tag);
  if (!Object.hasOwn(LANGUAGES, language)) return undefined;
  const [sentence, ...reasons] = LANGUAGES[language];
  const at = REASONS.findIndex((pattern) => pattern.test(reason));
  return sentence.replace('{}', () => (at < 0 ? reason : reason.replace(REASONS[at], reasons[at])));
}
