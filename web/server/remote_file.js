// A file on another host: what is asked of it, and what its answer means.

// With a part of the file, without it, or without the part that was asked for.
const ANSWERS = [200, 206, 304, 416];

/**
 * Those of a visitor's headers that are passed on.
 * @param {Headers} headers
 * @param {string[]} names
 */
export const passedOn = (headers, names) =>
  Object.fromEntries(
    names.filter((name) => headers.has(name)).map((name) => [name, headers.get(name) ?? '']),
  );

/**
 * The response; undefined when there is no such file. Throws for any other answer.
 * @param {Response} response
 * @param {string} host in the message
 */
export async function fileOf(response, host) {
  const { status, body } = response;
  if (ANSWERS.includes(status)) return response;
  await body?.cancel();
  if (status !== 404) throw new Error(`${host} answered ${status}`);
  return undefined;
}
