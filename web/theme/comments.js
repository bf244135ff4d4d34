// Comments on demand: shows the page's button, which loads the provider when it is pressed. Also in
// written pages: nothing here depends on the shell.

import { make, own } from '../base/elements.js';
import { enhance } from '../base/patches.js';
import { foreign } from '../base/release.js';
import { load } from './third_party.js';

/**
 * The provider's settings in _config.yml, the page's data, and the element for the comments.
 * @typedef {{ settings: Record<string, any>, repository: string, page: string, lang: string, place:
 *   HTMLElement }} Task
 */

const { origin, pathname } = location;
const address = origin + pathname;

/** Checks a name that becomes part of a host name. @param {unknown} text */
const plain = (text) => String(text ?? '').replace(/[^\w-]/g, '');

const dark = () =>
  own('documentElement').dataset.theme ??
  (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

/** A boolean as giscus writes it. @param {unknown} value */
const one = (value) => (value === false || value === 0 || value === '0' ? 0 : 1);

/** @type {Record<string, (task: Task) => void>} */
const PROVIDERS = {
  giscus({ settings, repository, lang, place }) {
    place.className = 'giscus';
    load(place, 'https://giscus.app/client.js', {
      'data-repo': settings.repo ?? settings.repository ?? repository,
      'data-repo-id': settings.repo_id,
      'data-category': settings.category ?? settings.category_name,
      'data-category-id': settings.category_id,
      'data-mapping': settings.mapping ?? settings.discussion_term ?? 'pathname',
      'data-term': settings.term,
      'data-strict': settings.strict ?? 0,
      'data-reactions-enabled': one(settings.reactions_enabled),
      'data-emit-metadata': 0,
      'data-input-position': settings.input_position ?? 'top',
      'data-theme': settings.theme ?? dark(),
      'data-lang': settings.lang ?? lang,
      crossorigin: 'anonymous',
    });
  },
  utterances({ settings, repository, place }) {
    load(place, 'https://utteranc.es/client.js', {
      repo: settings.repo ?? repository,
      'issue-term': settings.issue_term ?? 'pathname',
      label: settings.label,
      theme: settings.theme ?? `github-${dark()}`,
      crossorigin: 'anonymous',
    });
  },
  disqus({ settings, page, place }) {
    const global = /** @type {any} */ (window);
    place.id = 'disqus_thread';
    const config = /** @this {any} */ function () {
      this.page.url = address;
      this.page.identifier = page;
    };
    if (global.DISQUS?.reset) return global.DISQUS.reset({ reload: true, config });
    global.disqus_config = config;
    load(own('head'), `https://${plain(settings.shortname)}.disqus.com/embed.js`, {
      'data-timestamp': Date.now(),
    });
  },
  discourse({ settings, place }) {
    place.id = 'discourse-comments';
    const server = `https://${String(settings.server).replace(/^https?:\/\/|\/+$/g, '')}/`;
    Object.assign(window, { DiscourseEmbed: { discourseUrl: server, discourseEmbedUrl: address } });
    load(own('head'), server + 'javascripts/embed.js');
  },
  facebook({ settings, lang, place }) {
    place.className = 'fb-comments';
    Object.assign(place.dataset, {
      href: address,
      numposts: settings.num_posts ?? 5,
      colorscheme: dark(),
      width: '100%',
    });
    const locale = /^\w\w[-_]\w\w$/.test(lang) ? lang.replace('-', '_') : 'en_US';
    load(
      own('head'),
      `https://connect.facebook.net/${locale}/sdk.js#xfbml=1&version=v19.0&appId=${plain(settings.appid)}`,
    );
  },
};

/** Where comments were loaded: a page that is patched has its button again. @type {Element?} */
let loaded = null;

/** @param {HTMLButtonElement} button */
function offer(button) {
  if (loaded) return button.replaceWith(loaded);
  const {
    provider = '',
    settings = 'null',
    repository = '',
    page = '',
    lang = '',
  } = button.dataset;
  const start = PROVIDERS[provider];
  if (!start) return;
  button.hidden = false;
  button.onclick = () => {
    const place = (loaded = make('div'));
    button.replaceWith(place);
    start({ settings: JSON.parse(settings) ?? {}, repository, page, lang, place });
  };
}

enhance(() => {
  if (foreign()) return;
  for (const button of own('body').querySelectorAll('.page__comments button[data-provider]'))
    offer(/** @type {HTMLButtonElement} */ (button));
});
