// What runs in pages of the browser: functions that use nothing from outside of them. They read
// documents and elements through prototypes, which no named element of a page shadows.

/**
 * Makes a page still and complete, so that it looks the same each time.
 * @param {number} patience milliseconds for what may never come
 */
export async function settle(patience) {
  const property = (/** @type {string} */ name) =>
    Object.getOwnPropertyDescriptor(Document.prototype, name);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '*, ::before, ::after { animation: none !important; transition: none !important; caret-color: transparent !important; scroll-behavior: auto !important }',
  );
  const sheets = property('adoptedStyleSheets');
  sheets.set.call(document, [...sheets.get.call(document), sheet]);
  const images = [...property('images').get.call(document)];
  for (const image of images) image.loading = 'eager';
  const ready = (async () => {
    await property('fonts').get.call(document).ready;
    await Promise.all(images.map((image) => image.decode().catch(() => {})));
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  })();
  await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, patience))]);
}

/**
 * The element that a page shows at a place, as `main#content > p.lead`, without what lies above.
 * @param {number} x
 * @param {number} y pixels from the page's top
 */
export function placeOf(x, y) {
  const of = (/** @type {any} */ kind, /** @type {string} */ name, /** @type {Node} */ node) =>
    Object.getOwnPropertyDescriptor(kind.prototype, name).get.call(node);
  scrollTo(0, Math.max(0, y - innerHeight / 2));
  let element = Document.prototype.elementFromPoint.call(document, x, y - scrollY);
  const names = [];
  while (element && names.length < 3) {
    const name = of(Element, 'localName', element);
    if (name === 'html') break;
    const id = of(Element, 'id', element);
    const [first] = of(Element, 'classList', element);
    names.unshift(name + (id ? `#${id}` : first ? `.${first}` : ''));
    if (id) break;
    element = of(Node, 'parentElement', element);
  }
  return names.join(' > ');
}

/**
 * How two pictures differ.
 * @param {string[]} pictures PNG in base64: the old and the new one
 * @param {{ slight: number, near: number, draws: boolean }} how `slight`: the greatest difference
 *   of a colour's parts (0 to 255) that counts for nothing; `near`: rows without a difference
 *   between two that make these one; `draws`: gives also a picture of the old, the new and where
 * @returns {Promise<{ share: number, left: number, right: number, top: number, bottom: number,
 *   picture?: string } | null>} `share` of all pixels, from 0 to 1, and the first place; null: none
 */
export async function difference(pictures, { slight, near, draws }) {
  const [old, now] = await Promise.all(
    pictures.map(async (text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      return createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    }),
  );
  const width = Math.max(old.width, now.width);
  const height = Math.max(old.height, now.height);
  /** @param {ImageBitmap} picture */
  const pixelsOf = (picture) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(picture, 0, 0);
    return context.getImageData(0, 0, width, height);
  };
  const [before, after] = [pixelsOf(old).data, pixelsOf(now)];
  let count = 0;
  const first = { left: width, right: 0, top: -1, bottom: -1 };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      let most = 0;
      for (let part = 0; part < 4; part++)
        most = Math.max(most, Math.abs(before[at + part] - after.data[at + part]));
      const differs = most > slight;
      if (differs) {
        count++;
        if (first.top < 0) first.top = first.bottom = y;
        if (y - first.bottom <= near) {
          first.bottom = y;
          first.left = Math.min(first.left, x);
          first.right = Math.max(first.right, x);
        }
      }
      if (!draws) continue;
      // What is alike in light grey, the rest in red.
      const grey = 204 + (after.data[at] + after.data[at + 1] + after.data[at + 2]) / 15;
      after.data.set(differs ? [215, 0, 50, 255] : [grey, grey, grey, 255], at);
    }
  if (!count) return null;
  const found = { ...first, right: first.right + 1, bottom: first.bottom + 1 };
  const share = count / (width * height);
  if (!draws) return { ...found, share };
  const gap = 16;
  const sheet = new OffscreenCanvas(3 * width + 2 * gap, height);
  const context = sheet.getContext('2d');
  context.fillStyle = '#888';
  context.fillRect(0, 0, sheet.width, height);
  context.drawImage(old, 0, 0);
  context.drawImage(now, width + gap, 0);
  context.putImageData(after, 2 * (width + gap), 0);
  const bytes = new Uint8Array(await (await sheet.convertToBlob()).arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { ...found, share, picture: btoa(text) };
}
