// Parses the attribute `show` of a card.

/** @typedef {{ name: string, count: number }} Wish `count`: how many entries of a list */

const FEW = 3;
const MOST = 12;

/** Names, with a count behind a colon. @param {string} show @returns {Wish[]} */
export const wishes = (show) =>
  show
    .split(/[\s,]+/)
    .filter(Boolean)
    .slice(0, MOST)
    .map((word) => {
      const [, name, count] = /^(.*?)(?::(\d{1,2}))?$/.exec(word) ?? [];
      return { name: name.replace(/_/g, ' '), count: +(count ?? FEW) };
    });
