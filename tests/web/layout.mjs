// Faults of a page's layout that need no reference: what lies outside of the window, overlaps, is
// cut off or covered.

/**
 * The positions of the parts, and faults. Runs in the page.
 * @param {{ parts: Record<string, string>, within?: string[][], over?: string,
 *   least?: Record<string, [of: string, width: number, height: number]> }} screen see states.mjs
 */
export function measure({ parts, within, least, over }) {
  const roots = [
    document,
    ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []),
  ];
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const boxOf = (element) =>
    (({ left, top, right, bottom }) => ({ left, top, right, bottom }))(
      element.getBoundingClientRect(),
    );
  const wrong = [];
  const found = Object.entries(parts).flatMap(([name, selector]) =>
    all(selector)
      .filter(seen)
      .slice(0, 1)
      .map((element) => ({ name, element, box: boxOf(element) })),
  );
  const [wide, high] = [innerWidth, innerHeight];
  const text = ({ left, top, right, bottom }) =>
    `${Math.round(left)},${Math.round(top)} to ${Math.round(right)},${Math.round(bottom)}`;
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > wide) wrong.push(`the page is ${scrollWidth} wide in a window of ${wide}`);

  /** Tells whether an ancestor can be scrolled to bring it into view. */
  const scrolls = (element) => {
    // Children of a shadow host are laid out in their slot.
    const above = (one) => one.assignedSlot ?? one.parentElement ?? one.getRootNode().host;
    for (let at = above(element); at; at = above(at)) {
      const { overflowX, overflowY } = getComputedStyle(at);
      if (
        /auto|scroll/.test(overflowX + overflowY) &&
        (at.scrollHeight > at.clientHeight + 1 || at.scrollWidth > at.clientWidth + 1)
      )
        return at;
    }
    return document.documentElement.scrollHeight > high + 1;
  };
  for (const { name, element, box } of found) {
    if (box.right - box.left < 1 || box.bottom - box.top < 1) wrong.push(`${name} has no size`);
    if (
      box.left < -1 ||
      box.right > wide + 1 ||
      ((box.top < -1 || box.bottom > high + 1) && !scrolls(element))
    )
      wrong.push(`${name} lies outside the window: ${text(box)}`);
  }
  const free = (a, b) =>
    (within ?? []).some(
      ([outer, ...inner]) =>
        (a === outer && inner.includes(b)) || (b === outer && inner.includes(a)),
    );
  for (const [at, a] of found.entries()) {
    for (const b of found.slice(at + 1)) {
      const [w, h] = [
        Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left),
        Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top),
      ];
      if (w > 1 && h > 1 && !free(a.name, b.name))
        wrong.push(`${a.name} and ${b.name} overlap by ${Math.round(w)} × ${Math.round(h)}`);
    }
  }
  for (const [name, [of, w, h]] of Object.entries(least ?? {})) {
    const [part, whole] = [
      found.find((one) => one.name === name),
      found.find((one) => one.name === of),
    ];
    if (!whole) continue;
    if (!part) {
      wrong.push(`${name} is not seen`);
      continue;
    }
    const share = (low, top) => (part.box[top] - part.box[low]) / (whole.box[top] - whole.box[low]);
    const [across, down] = [share('left', 'right'), share('top', 'bottom')];
    if (across < w || down < h)
      wrong.push(
        `${name} has ${Math.round(across * 100)} % of the width and ${Math.round(down * 100)} % of the height of ${of}`,
      );
  }

  const dialog = all('dialog[open]').pop();
  const controls = all('button, select, summary, input:not([type=radio]), [role=option]').filter(
    (element) => seen(element) && (!dialog || dialog.contains(element)),
  );
  for (const element of controls) {
    const box = boxOf(element);
    const label = `“${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`;
    if (scrolls(element)) continue;
    if (box.left < -1 || box.top < -1 || box.right > wide + 1 || box.bottom > high + 1)
      wrong.push(`${label} is cut off: ${text(box)}`);
    const ellipsis = getComputedStyle(element).textOverflow === 'ellipsis';
    if (
      element.matches('button') &&
      !ellipsis &&
      element.scrollWidth > element.clientWidth + 1 &&
      getComputedStyle(element).overflowX !== 'visible'
    )
      wrong.push(`the text of ${label} is cut off`);
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const top = element.getRootNode().elementFromPoint(x, y);
    if (
      top &&
      !element.contains(top) &&
      !top.contains(element) &&
      !(over && top.closest(over)) &&
      !element.closest('label')
    )
      wrong.push(`${label} is covered by ${top.tagName.toLowerCase()}.${top.className}`);
  }
  // Text that overflows its box covers another's.
  for (const element of all('*')) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.data.trim(),
    );
    if (
      !own ||
      !seen(element) ||
      element.closest('.unseen, .cm-editor, svg') ||
      element.scrollWidth <= element.clientWidth + 2 ||
      !element.clientWidth
    )
      continue;
    if (getComputedStyle(element).overflowX === 'visible')
      wrong.push(
        `“${element.textContent.trim().slice(0, 40)}” runs ${element.scrollWidth - element.clientWidth} out of its box`,
      );
  }
  return {
    wrong,
    parts: Object.fromEntries(
      found.map(({ name, box }) => [
        name,
        [box.left, box.top, box.right - box.left, box.bottom - box.top].map(Math.round),
      ]),
    ),
  };
}
