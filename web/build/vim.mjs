// Vim's keys for an editor that folds nothing.

import { readFileSync } from 'node:fs';

/** Without CodeMirror's folding, which playground.js does not have. */
const FOLDING = ['import { foldCode, ', '        foldCode(view);\n'];
export const vimWithin = {
  name: 'vim within',
  setup: ({ onLoad }) =>
    onLoad({ filter: /codemirror-vim[/\\]dist[/\\]index\.js$/ }, ({ path }) => {
      const parts = readFileSync(path, 'utf8').split(FOLDING[1]);
      if (parts.length !== 2 || !parts[0].includes(FOLDING[0]))
        throw new Error(`${path} does not fold as expected`);
      return { contents: parts.join('').replace(FOLDING[0], 'import { ') };
    }),
};
