// Files of hosts that somebody else has named, each with a limit of size.

export const megabytes = (/** @type {number} */ bytes) =>
  `${Math.ceil(bytes / (1 << 20)).toLocaleString()} MB`;

/**
 * Nothing of the reader's goes with a question to a host that somebody else has named.
 * @type {RequestInit}
 */
const INIT = { credentials: 'omit', referrerPolicy: 'no-referrer' };

/**
 * An answer; undefined when there is none, for whatever reason.
 * @param {string} url
 * @param {AbortSignal} [signal]
 */
export const ask = (url, signal) => fetch(url, { ...INIT, signal }).catch(() => undefined);

/** Whether a host answers at all, when its answer may not be read. @param {string} url */
export const isThere = (url) =>
  fetch(url, { ...INIT, mode: 'no-cors' }).then(
    () => true,
    () => false,
  );

/**
 * An answer's bytes; undefined when they are too many: what a host says of its size is not taken
 * for granted.
 * @param {Response} response
 * @param {number} most
 * @param {(size: number) => boolean} [counted] of each piece; false: no more is wanted
 */
export async function readWithin(response, most, counted = () => true) {
  const reader = response.body?.getReader();
  const parts = [];
  let size = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (counted(part.value.length) && size <= most) continue;
    reader?.cancel().catch(() => {});
    return undefined;
  }
  if (parts.length === 1) return parts[0];
  return new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (parts)).arrayBuffer());
}

/**
 * The same, or an error that says so.
 * @param {Response} response
 * @param {string} name for the message
 * @param {number} most
 * @param {(size: number) => boolean} [counted] as above
 */
export async function bytesWithin(response, name, most, counted) {
  const bytes = await readWithin(response, most, counted);
  if (!bytes) throw new Error(`${name} has more than ${megabytes(most)}.`);
  return bytes;
}

/**
 * A file of another host; undefined when it is not there.
 * @param {string} from
 * @param {string} path for the message
 * @param {number} most bytes
 * @param {AbortSignal} [signal]
 * @param {(size: number) => boolean} [counted] as above
 */
export async function fetchFile(from, path, most, signal, counted) {
  const response = await ask(from, signal);
  if (!response)
    throw new Error(`${path} can’t be fetched: the connection to ${new URL(from).host} failed.`);
  if (response.status === 404) return undefined;
  if (!response.ok)
    throw new Error(`${path} can’t be fetched: ${new URL(from).host} answered ${response.status}.`);
  return bytesWithin(response, path, most, counted);
}
