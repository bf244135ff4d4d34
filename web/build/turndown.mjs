// turndown for a page that requires Trusted Types.

import { readFileSync } from 'node:fs';

/** turndown without its own parser, whose test of the browser needs a Trusted Types policy. */
const PARSER = 'canParseHTMLNatively() ? root.DOMParser : createHTMLParser()';
export const turndownWithin = {
  name: 'turndown within',
  setup: ({ onLoad }) =>
    onLoad({ filter: /turndown\.browser\.es\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes(PARSER)) throw new Error(`${path} has no ${PARSER}`);
      return { contents: text.replace(PARSER, 'root.DOMParser') };
    }),
};
