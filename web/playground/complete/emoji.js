// Names of emoji, of the file by which the core knows them.

/** @type {Promise<string[]> | undefined} */
let known;

/** Runs of names: other words of the file stand alone. */
const NAMES = /(?:[a-z0-9_+-]+ ){100,}[a-z0-9_+-]+/g;

export const names = () =>
  (known ??= fetch(new URL('../meridian/emoji.txt', import.meta.url))
    .then(async (response) => (response.ok ? response.text() : ''))
    .then((text) => (text.match(NAMES) ?? []).flatMap((run) => run.split(' ')))
    .catch(() => []));
