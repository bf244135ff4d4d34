// A complete site of the academicpages kind: pages, publications, talks, teaching, posts, a CV,
// navigation, data.

import { template } from './titles.js';

const CONFIG = `title: Ines Calder
description: Hydrologist. I measure how rivers remember the rain.
url: https://calder.example.org
include: [_pages]
author:
  name: Ines Calder
  pronouns: she/her
  bio: I measure how rivers remember the rain.
  location: Northport
  employer: University of Northport
  email: ines@example.org
  github: example

# Headings of the list of publications, in this order.
publication_category:
  articles: {title: Articles}
  data: {title: Data}

collections:
  publications: {output: true, permalink: "/:collection/:path/"}
  talks: {output: true, permalink: "/:collection/:path/"}
  teaching: {output: true, permalink: "/:collection/:path/"}

permalink: /posts/:year/:month/:title/
defaults:
  - scope: {path: "_pages"}
    values: {layout: single, author_profile: true}
  - scope: {path: "", type: posts}
    values: {layout: single, author_profile: true, read_time: true, related: true}
  - scope: {path: "", type: publications}
    values: {layout: single, author_profile: true}
  - scope: {path: "", type: talks}
    values: {layout: talk, author_profile: true}
  - scope: {path: "", type: teaching}
    values: {layout: single, author_profile: true}
`;

/**
 * A page that lists a collection.
 * @param {string} title
 * @param {string} name
 * @param {string} include
 */
const list = (title, name, include) => `---
layout: archive
title: ${title}
permalink: /${name}/
---

{% for post in site.${name} reversed %}
  {% include ${include} %}
{% endfor %}
`;

export const site = template('site', {
  open: '_pages/about.md',
  files: {
    '_config.yml': CONFIG,
    '_data/navigation.yml': `# The links at the head of every page.
main:
  - {title: Publications, url: /publications/}
  - {title: Talks, url: /talks/}
  - {title: Teaching, url: /teaching/}
  - {title: Posts, url: /posts/}
  - {title: CV, url: /cv/}
`,
    '_data/stations.yml': `- {river: Upper Tarn, name: Millbridge, since: 2015, gauges: 3}
- {river: Upper Tarn, name: Ford of Allan, since: 2018, gauges: 1}
- {river: Esk, name: Northport Weir, since: 2021, gauges: 2}
`,
    '_pages/about.md': `---
title: About
permalink: /
---

I study small rivers: how long rain stays in a hillside before a gauge sees it, and what that says about floods.
At the [University of Northport](https://example.org) I lead a network of stations, teach the field course, and
look after the data, which are open.
{: .page__lead}

## Lately

{% for post in site.posts limit: 2 %}
- {{ post.date | date: "%-d %B %Y" }}: [{{ post.title }}]({{ post.url | relative_url }})
{% endfor %}

## Stations

| river | station | since | gauges |
|:------|:--------|------:|-------:|
{% for station in site.data.stations -%}
| {{ station.river }} | {{ station.name }} | {{ station.since }} | {{ station.gauges }} |
{% endfor %}
`,
    '_pages/publications.md': `---
layout: archive
title: Publications
permalink: /publications/
---

{% for category in site.publication_category %}
  {% assign papers = site.publications | where: "category", category[0] | reverse %}
  <h2>{{ category[1].title }}</h2>
  {% for post in papers %}
    {% include archive-single.html %}
  {% endfor %}
{% endfor %}
`,
    '_pages/talks.md': list('Talks', 'talks', 'archive-single-talk.html'),
    '_pages/teaching.md': list('Teaching', 'teaching', 'archive-single.html'),
    '_pages/posts.md': `---
layout: archive
title: Posts
permalink: /posts/
---

{% for post in site.posts %}
  {% include archive-single.html %}
{% endfor %}
`,
    '_pages/cv.md': `---
layout: archive
title: Curriculum vitae
permalink: /cv/
---

## Positions

- 2021–today: Lecturer in hydrology, University of Northport
- 2017–2021: Research fellow, Institute for Water, Lyon

## Education

- 2017: PhD in hydrology, University of Northport
- 2013: MSc in physics, University of Leeds

## Publications

<ul>{% for post in site.publications reversed %}
  {% include archive-single-cv.html %}
{% endfor %}</ul>

## Talks

<ul>{% for post in site.talks reversed %}
  {% include archive-single-talk-cv.html %}
{% endfor %}</ul>

## Teaching

<ul>{% for post in site.teaching reversed %}
  {% include archive-single-cv.html %}
{% endfor %}</ul>
`,
    '_publications/2019-memory.md': `---
title: The memory of hillslopes
category: articles
date: 2019-05-02
venue: Journal of Small Rivers
excerpt: Rain of last autumn is in the river of this spring.
citation: 'Calder, I. (2019). “The memory of hillslopes.” <i>Journal of Small Rivers</i> 12, 41–60.'
---

Tracers show that a third of the water at a gauge is older than three months. The share grows with the depth of
the soil, $s = 0.12\\,d + 0.08$, and hardly with the slope.
`,
    '_publications/2022-stations.md': `---
title: Forty stations on the Tarn, 2015–2021
category: data
date: 2022-01-17
venue: Open Water Data
excerpt: Levels and temperatures every ten minutes, with what went wrong and when.
---

The files are plain text. Gaps are marked and never filled.
`,
    '_publications/2024-floods.md': `---
title: Floods that nobody saw
category: articles
date: 2024-09-30
venue: Journal of Small Rivers
excerpt: Half of the floods in small catchments leave no record but mud.
---

With Paul Adeyemi. Marks on trees, read with a tape and a level, date floods as well as gauges do.
`,
    '_talks/2023-lyon.md': `---
title: What a gauge does not see
type: Invited talk
venue: Institute for Water
date: 2023-11-08
location: Lyon, France
---

On the floods between two readings, and how to find them afterwards.
`,
    '_talks/2025-kyoto.md': `---
title: Open data from small rivers
type: Conference talk
venue: Workshop on hydrological records
date: 2025-04-03
location: Kyoto, Japan
---

Seven years of publishing everything, and who used it.
`,
    '_teaching/2024-field-course.md': `---
title: Field course in hydrology
type: Course for undergraduates
venue: University of Northport
date: 2024-03-01
location: Northport
---

Ten days by the river: levelling, gauging, sampling, and a report that somebody else can use.
`,
    '_posts/2025-02-10-a-level-and-a-tape.md': `---
title: A level and a tape
tags: [methods]
---

The cheapest instrument of the field course is a carpenter’s level on a pole. With it three students measured the
flood of January to within four centimetres.

They had marks on eleven trees; the gauge had drowned. The rest is [in the paper]({{ '/publications/2024-floods/' | relative_url }}).
`,
    '_posts/2025-06-21-the-driest-spring.md': `---
title: The driest spring
tags: [data, methods]
---

Millbridge stood at nineteen centimetres on Saturday, the lowest reading since the station was built.

| month | rain (mm) | level (cm) |
|:------|----------:|-----------:|
| April |        21 |         34 |
| May   |        12 |         26 |
| June  |         4 |         19 |

What went before is in [another post]({% post_url 2025-02-10-a-level-and-a-tape %}).
`,
  },
});
