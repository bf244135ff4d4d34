// The language of a globe: that of the page around it.

/** A language tag in lower case, Chinese with its script. @param {HTMLElement} element */
export function languageOf(element) {
  const tag =
    /** @type {HTMLElement | null} */ (element.closest('[lang]'))?.lang.toLowerCase() || 'en';
  return /^zh-(hant|tw|hk|mo)/.test(tag) ? 'zh-hant' : tag.split('-')[0];
}
