// Counts with their words.

/**
 * `1 file`, `2,000 files`.
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
export const plural = (count, one, many) => `${count.toLocaleString()} ${count === 1 ? one : many}`;
