// A home page with a list of publications.

import { template } from './titles.js';

export const home = template('home', {
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
});
