// Tests pages in the playground one after the other: shows each, clicks through it, and leaves it.

/**
 * Runs within each document of a tab: the frames click through each page that they show, once all
 * its files are loaded, and report it. Links that lead elsewhere on purpose (https:) open another
 * tab; everything else is clicked.
 */
export function tryPages(stay) {
  const { parent, document, setTimeout, requestAnimationFrame } = window;
  // Named elements of the page shadow properties of its document.
  const all = document.querySelectorAll.bind(document);
  const state = () => Reflect.get(Document.prototype, 'readyState', document);
  if (parent === window) return;
  addEventListener('message', ({ ports: [port] }) => {
    if (!port) return;
    let base = '';
    const lacking = new Set();
    const { postMessage } = port;
    port.postMessage = (news) => {
      for (const path of news.need ?? []) lacking.add(path);
      // The page arrives in the next frame.
      if (news.again) base = '';
      postMessage.call(port, news);
    };
    const attempt = () => {
      if (!base || lacking.size) return;
      if (state() === 'loading') return void setTimeout(attempt, 5);
      const tried = base;
      base = '';
      parent.postMessage({ shows: tried }, '*');
      let clicked = 0;
      for (const link of all('body a, body area, body [onclick], body button, body summary')) {
        if (
          /^(https?:|mailto:|[\\/])/i.test(
            Element.prototype.getAttribute.call(link, 'href')?.trim() ?? '',
          )
        )
          continue;
        // Only HTML and SVG elements have click(), and a form may have a field of that name.
        EventTarget.prototype.dispatchEvent.call(
          link,
          new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }),
        );
        clicked++;
      }
      requestAnimationFrame(() =>
        setTimeout(() => parent.postMessage({ tried, clicked }, '*'), stay),
      );
    };
    port.addEventListener('message', ({ data: { page, files = [] } }) => {
      if (page) ({ base } = page);
      for (const [path] of files) lacking.delete(path);
      // The frame's own listener runs after this one, and its deferred work before the second task.
      if (page || files.length) setTimeout(() => setTimeout(attempt));
    });
  });
}

/**
 * Shows the page of a file, in a new frame if `anew`, until it was clicked through: the number of
 * clicks (0 when one of them loaded the frame's document again), or why it is unknown.
 */
export async function tryPage({ file, anew }) {
  const { playground } = document.querySelector('meridian-playground');
  const { preview } = playground;
  const url = await playground.renderer.addressOf(file);
  if (!url) return { why: 'it has no address' };
  return new Promise((resolve) => {
    const heard = [];
    // Without the messages about a missing page.
    let shown = false;
    const finish = (clicked) => {
      clearTimeout(timer);
      removeEventListener('message', hear);
      resolve(
        shown && clicked !== undefined
          ? { clicked }
          : { why: `of ${url} was heard: ${heard.join(', ') || 'nothing'}` },
      );
    };
    // Beside other work a frame of Firefox may take longer than ten seconds.
    const timer = setTimeout(finish, 30_000);
    const hear = ({ source, data }) => {
      if (source !== preview.frame.contentWindow) return;
      heard.push(`${JSON.stringify(data)} of ${playground.sync.source}`);
      if (data?.shows === url) shown = playground.sync.source === file;
      if (data?.tried === url) finish(data.clicked);
      // A document that is loaded again does not know the frame's mark.
      if ('ready' in Object(data) && data.ready === undefined) finish(shown ? 0 : undefined);
    };
    addEventListener('message', hear);
    if (anew) preview.begin();
    else playground.go(url);
  });
}
