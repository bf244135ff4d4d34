// Reads a part of a file, so that thousands of small ones can be a few: the gazetteer's packs.

/**
 * Whole files of hosts that send no ranges, by address; undefined where the host sends ranges. They
 * are kept: the next part costs no request.
 * @type {Map<string, Promise<Uint8Array | undefined>>}
 */
const files = new Map();

/**
 * The bytes of a file, or of a part of one, `…/0.bin#64-127`: the first byte and the last. A host
 * that knows no ranges, or garbles them (a part of a compressed file), is asked for the whole file
 * once. A part of another version has the wrong bytes, or none: its reader has to know.
 * @param {string} url
 * @param {(url: string, init?: RequestInit) => Promise<Response>} load rejects where there is none
 * @param {(response: Response) => Promise<Uint8Array>} read
 * @returns {Promise<Uint8Array>}
 */
export async function readPart(url, load, read) {
  const [file, range] = url.split('#');
  if (!range) return read(await load(url));
  const [first, last] = range.split('-').map(Number);
  /** @type {Uint8Array | undefined} */
  let part;
  const ask = async () => {
    try {
      // Chromium sends requests for one address one after the other, so that its cache can answer:
      // each part has an address of its own.
      const response = await load(`${file}?${range}`, { headers: { range: `bytes=${range}` } });
      const bytes = await read(response);
      if (response.status !== 206) return bytes;
      // WebKit hands over a part of a compressed file as it is.
      const isPlain = !response.headers.has('content-encoding');
      if (isPlain && bytes.length === last - first + 1) return void (part = bytes);
    } catch {
      // Without CORS for the header, or a part that can't be decompressed.
    }
    return read(await load(file));
  };
  // The first part of a file tells whether the host sends ranges.
  const known = files.get(file);
  let whole = known && (await known.catch(() => undefined));
  if (!whole) {
    const asked = ask();
    files.set(file, asked);
    whole = await asked;
  }
  return part ?? /** @type {Uint8Array} */ (whole).subarray(first, last + 1);
}
