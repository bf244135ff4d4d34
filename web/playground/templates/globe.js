// A globe with places, and a page about them.

import { template } from './titles.js';

export const globe = template('globe', {
  open: 'index.md',
  files: {
    '_config.yml': `title: Field notes
description: Where the instruments were unpacked
author:
  name: Field notes
`,
    'index.md': `---
layout: single
title: Journeys
classes: wide
---

{% assign stops = site.data.travel %}
{% assign countries = stops | map: "country" | uniq %}

**{{ stops | size }} stops** in **{{ countries | size }} countries**. Each is a few lines of \`_data/travel.yml\`; where a place lies is looked up by its name.

{% include travel-globe.html stops=stops %}

## By country

{% assign groups = stops | group_by: "country" | sort: "name" %}
| country | stops | where |
|:--------|------:|:------|
{% for group in groups -%}
| {{ group.name }} | {{ group.items | size }} | {{ group.items | map: "city" | join: ", " }} |
{% endfor %}
`,
    '_data/travel.yml': `# A date is a year, a month or a day; from and to make a stay of it.
# Where a place is too small to be known by its name, lat and lon say where it is.

- city: Lisbon
  country: Portugal
  date: 2023-03
  note: The harbour gauge, and the first week of rain.
- city: Reykjavik
  country: Iceland
  from: 2023-06-02
  to: 2023-06-30
  note: Light all night, so the readings went on.
- city: Nairobi
  country: Kenya
  date: 2023-09-14
- city: Field camp
  country: Kenya
  lat: -0.15
  lon: 37.31
  from: 2023-09-16
  to: 2023-10-20
  note: On the western slope, above the forest.
- city: Kyoto
  country: Japan
  date: 2024-04
  note: A workshop, and the cherry trees a week early.
- city: Lima
  country: Peru
  from: 2024-07
  to: 2024-08
- city: Wellington
  country: New Zealand
  date: 2025-02-11
`,
  },
});
