// What one can begin with.

/** @type {Record<string, import('./project.js').Start>} */
export const STARTS = {
  note: {
    title: 'A note',
    trusted: true,
    open: 'index.md',
    files: {
      '_config.yml': 'title: Notes\n',
      'index.md': `---
title: A note
layout: single
---

Type on the left; the page on the right is what Jekyll makes of it.

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
  },
  home: {
    title: 'A home page',
    trusted: true,
    open: '_pages/about.md',
    files: {
      '_config.yml': `title: Ada Lovelace
description: Notes on engines
include: [_pages]
author:
  name: Ada Lovelace
  bio: I write about what engines can do.
  location: London
  email: ada@example.org
collections:
  publications: {output: true, permalink: "/:collection/:path/"}
defaults:
  - scope: {path: "_pages"}
    values: {layout: single, author_profile: true}
  - scope: {path: "", type: publications}
    values: {layout: single, author_profile: true}
`,
      '_data/navigation.yml': `main:
  - {title: Publications, url: /publications/}
`,
      '_pages/about.md': `---
title: About
permalink: /
---

I am interested in what the engine could do, if it were built.

{% for paper in site.publications reversed %}
- [{{ paper.title }}]({{ paper.url | relative_url }}), {{ paper.date | date: "%Y" }}
{% endfor %}
`,
      '_pages/publications.md': `---
title: Publications
permalink: /publications/
layout: archive
---

{% for post in site.publications reversed %}
  {% include archive-single.html %}
{% endfor %}
`,
      '_publications/notes.md': `---
title: Notes by the Translator
date: 1843-08-01
venue: Taylor’s Scientific Memoirs
excerpt: What the engine can order, and what it can’t.
---

The engine has no pretensions whatever to *originate* anything.
`,
    },
  },
  blog: {
    title: 'A blog',
    trusted: true,
    open: '_posts/2026-02-03-second.md',
    files: {
      '_config.yml': 'title: A blog\ndescription: Two posts to begin with\npermalink: /:year/:title/\ndefaults:\n  - scope: {path: "", type: posts}\n    values: {layout: single}\n',
      'index.md': '---\ntitle: Posts\nlayout: archive\n---\n\n{% for post in site.posts %}\n  {% include archive-single.html %}\n{% endfor %}\n',
      '_posts/2026-01-02-first.md': '---\ntitle: The first post\ntags: [beginnings]\n---\n\nWhat comes first stands in the list of posts.\n\nThe rest is on the page.\n',
      '_posts/2026-02-03-second.md': '---\ntitle: The second post\ntags: [beginnings, more]\n---\n\nIt has a next and a previous one: [the first]({% post_url 2026-01-02-first %}).\n',
    },
  },
};
