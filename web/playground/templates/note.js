// A single page with examples of Markdown.

import { template } from './titles.js';

export const note = template('note', {
  open: 'index.md',
  files: {
    '_config.yml': 'title: Notes\n',
    'index.md': `---
title: A note
layout: single
---

Change this text: the page is at once what Jekyll makes of it.

- **Markdown** as kramdown reads it: "quotes" -- dashes, and notes[^1].
- Liquid: today is {{ site.time | date: "%-d %B %Y" }}.

Attributes stand below what they are for.
{: .notice--info}

## A table

| what       | since |
|------------|------:|
| Markdown   |  2004 |
| Liquid     |  2006 |
| Jekyll     |  2008 |

\`\`\`ruby
puts "Code has its classes."
\`\`\`

[^1]: Footnotes stand at the end.
`,
  },
});
