// The language that a page's or an element's language tag means.

/**
 * The language of a tag in lower case, without its region; `zh-hant` for traditional Chinese.
 * @param {string} tag
 */
export const languageOf = (tag) =>
  /^zh[-_](hant|tw|hk|mo)/i.test(tag) ? 'zh-hant' : tag.toLowerCase().split(/[-_]/)[0];
