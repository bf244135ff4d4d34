// What live regions announce, for the tests.

/**
 * Records what live regions announce, in shadow trees too: of an atomic region all its text. Runs
 * in the page.
 */
export function listen() {
  window.announced = [];
  const LIVE = '[aria-live]:not([aria-live=off]), [role=status], [role=alert]';
  const changed = (records) => {
    const regions = new Set(
      records.map(({ target }) =>
        (target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest(LIVE),
      ),
    );
    for (const region of regions) {
      const text = region?.textContent.replace(/\s+/g, ' ').trim();
      if (text && text !== window.announced.at(-1)) window.announced.push(text);
    }
  };
  const watch = (root) => {
    new MutationObserver(changed).observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    for (const element of root.querySelectorAll('*'))
      if (element.shadowRoot) watch(element.shadowRoot);
  };
  watch(document);
}
/** Waits until something like this was announced. */
export const announces = (page, pattern) =>
  page.waitForFunction(
    (source) => window.announced.some((text) => new RegExp(source).test(text)),
    pattern.source,
  );
