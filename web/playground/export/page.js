// Exports a page as one file with its style sheets, pictures and icons inline, so that it opens
// anywhere.

import { real } from '../../base/unclobbered.js';
import { PAGE, readAtOnce } from '../../base/html_slices.js';
import { parse, trusted } from '../../base/trusted_html.js';
import { moduleOf, setsDiagrams, setsFormulas } from '../render/postprocess.js';
import { typeOf } from '../ui/preview.js';
import { pathOf } from '../frame/resources.js';

/**
 * Reads a file of the site or of the theme; null: there is none.
 * @typedef {(path: string) => Promise<Uint8Array | null>} Read
 */

// An invalid or unclosed `url()` is left as it is.
const URLS = /url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"'()\s]+))\s*\)/g;
// Maximal size of inlined content, in characters. Style sheets that import each other would be
// endless.
const LARGEST = 64 << 20;
// An untrusted page runs and loads nothing, wherever its file is opened: all that it shows is
// inline.
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline' data:; img-src data:; font-src data:; media-src data:; base-uri 'none'; form-action 'none'";

const LOADS = /** @type {const} */ ([
  ['img, source, video, audio, track, input[type=image]', 'src'],
  ['video', 'poster'],
  ['link[rel~=icon], link[rel=apple-touch-icon], image', 'href'],
]);

/** @param {Uint8Array | string} content @param {string} type @returns {Promise<string>} */
const dataUrl = (content, type) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsDataURL(new Blob([/** @type {BlobPart} */ (content)], { type }));
  });

const decode = (/** @type {Uint8Array} */ bytes) => new TextDecoder().decode(bytes);

/**
 * A document with all its content inline.
 * @param {string} html
 * @param {string} base its address
 * @param {Read} read
 * @param {boolean} trust whether its scripts may run
 */
export async function single(html, base, read, trust) {
  const page = trust
    ? parse(html)
    : readAtOnce(html, PAGE, (piece) => trusted.createHTML(piece)).page;
  let room = LARGEST;
  /** @param {string} data */
  const counted = (data) => {
    if ((room -= data.length) < 0)
      throw new Error(
        `The page has more than ${LARGEST >> 20} MB with everything that it shows: download the finished site.`,
      );
    return data;
  };

  /**
   * The data: URL of a file; undefined when it is not the site's or does not exist.
   * @param {string} address
   * @param {string} [at]
   * @param {string[]} [around] sheets that it is in: none is in itself
   * @returns {Promise<string | undefined>}
   */
  const fill = async (address, at = base, around = []) => {
    const path = /^(data:|#)/.test(address) ? undefined : pathOf(address, at);
    if (path === undefined || around.includes(path)) return undefined;
    const bytes = await read(path);
    if (!bytes) return undefined;
    const type = typeOf(path);
    return counted(
      await dataUrl(
        type === 'text/css'
          ? await inlineUrls(decode(bytes), `/${path}`, [...around, path])
          : bytes,
        type,
      ),
    );
  };
  /**
   * A style sheet with its files inline.
   * @param {string} text
   * @param {string} at its address
   * @param {string[]} [around]
   * @returns {Promise<string>}
   */
  const inlineUrls = async (text, at, around) => {
    const named = text.replace(/@import\s+(["'])(.*?)\1/g, '@import url("$2")');
    const filled = new Map();
    for (const [all, ...addresses] of named.matchAll(URLS))
      if (!filled.has(all)) filled.set(all, fill(addresses.find(Boolean) ?? '#', at, around));
    for (const [all, data] of filled) filled.set(all, await data);
    return named
      .replace(URLS, (all) => (filled.get(all) ? counted(`url("${filled.get(all)}")`) : all))
      .replaceAll('</style', '<\\/style');
  };
  /** @param {string} selector @param {(element: Element) => Promise<unknown>} act */
  const each = (selector, act) =>
    Promise.all([...page.querySelectorAll(selector)].map((element) => act(real(element))));

  if (setsDiagrams(html, trust)) {
    await (await moduleOf('diagrams')).setIn(page);
    page.querySelector('script[src*="/meridian/diagrams.js"]')?.remove();
  }
  if (setsFormulas(html, trust)) {
    await (await moduleOf('formulas')).setIn(page.querySelector('main') ?? page.body, trust);
    page.querySelector('script[src*="/meridian/math.js"]')?.remove();
  }
  // No policy restricts refreshes to another page or preconnections.
  const ahead = trust
    ? 'link[rel*=preload], link[rel=prefetch]'
    : 'meta[http-equiv], link:not([rel~=stylesheet], [rel~=icon])';
  for (const element of page.querySelectorAll(`base, ${ahead}`)) element.remove();
  await each('script', async (script) => {
    const path = script.hasAttribute('src')
      ? pathOf(script.getAttribute('src') ?? '', base)
      : undefined;
    // Imports of a module are not inlined.
    const bytes =
      path !== undefined && trust && script.getAttribute('type') !== 'module' && (await read(path));
    if (!trust || (path !== undefined && !bytes)) script.remove();
    if (!bytes) return;
    script.removeAttribute('src');
    script.append(decode(bytes).replaceAll('</script', '<\\/script'));
  });
  await each('style', async (style) =>
    style.replaceChildren(await inlineUrls(style.textContent ?? '', base)),
  );
  await each('[style*="url("]', async (element) =>
    element.setAttribute('style', await inlineUrls(element.getAttribute('style') ?? '', base)),
  );
  await each('link[rel~=stylesheet]', async (link) => {
    const path = pathOf(link.getAttribute('href') ?? '', base);
    const bytes = path !== undefined && (await read(path));
    if (!bytes) return;
    const style = page.createElement('style');
    if (link.hasAttribute('media')) style.setAttribute('media', link.getAttribute('media') ?? '');
    style.append(await inlineUrls(decode(bytes), `/${path}`));
    link.replaceWith(style);
  });
  for (const [selector, name] of LOADS) {
    await each(selector, async (element) => {
      const data = await fill(element.getAttribute(name) ?? '#');
      if (data) element.setAttribute(name, data);
    });
  }
  // One candidate of srcset suffices. Firefox connects to foreign hosts before it checks the
  // policy.
  await each('[srcset]', async (element) => {
    const [first = '#'] = (element.getAttribute('srcset') ?? '').trim().split(/[\s,]+/);
    const data = await fill(first);
    if (data && element.tagName === 'SOURCE') element.setAttribute('srcset', data);
    else if (!trust || data || element.getAttribute('src')?.startsWith('data:'))
      element.removeAttribute('srcset');
  });
  await signs(page, base, read);
  if (!trust) {
    const policy = page.createElement('meta');
    policy.setAttribute('http-equiv', 'Content-Security-Policy');
    policy.setAttribute('content', POLICY);
    page.head.prepend(policy);
  }
  return `${page.doctype ? '<!doctype html>\n' : ''}${page.documentElement.outerHTML}\n`;
}

/**
 * Inlines icons of SVG files, which a page may only use from its own host.
 * @param {Document} page
 * @param {string} base
 * @param {Read} read
 */
async function signs(page, base, read) {
  /** @type {Map<string, Document | undefined>} */
  const sprites = new Map();
  /** The ids of icons here, by their addresses. @type {Map<string, string>} */
  const drawn = new Map();
  const taken = page.createElementNS('http://www.w3.org/2000/svg', 'svg');
  taken.setAttribute('style', 'display:none');
  for (const use of page.querySelectorAll('use[href]:not([href^="#"])')) {
    const [address, id] = (use.getAttribute('href') ?? '').split('#');
    const path = pathOf(address, base);
    if (path === undefined) continue;
    if (!sprites.has(path)) {
      const bytes = await read(path);
      sprites.set(
        path,
        bytes
          ? real(
              new DOMParser().parseFromString(trusted.createHTML(decode(bytes)), 'image/svg+xml'),
            )
          : undefined,
      );
    }
    const sign = sprites.get(path)?.getElementById(id);
    if (!sign) continue;
    // Icons of several files have the same id.
    const own = drawn.get(`${path}#${id}`) ?? `sign-${drawn.size + 1}`;
    if (!drawn.has(`${path}#${id}`)) {
      drawn.set(`${path}#${id}`, own);
      const copy = /** @type {Element} */ (page.importNode(sign, true));
      copy.id = own;
      taken.append(copy);
    }
    use.setAttribute('href', `#${own}`);
  }
  if (taken.firstChild) page.body.prepend(taken);
}
