// A CV from a data file, as a page that prints on two sheets.

import { template } from './titles.js';

export const cv = template('cv', {
  open: '_data/cv.yml',
  files: {
    '_config.yml': `title: Ines Calder
author:
  name: Ines Calder
  bio: Hydrologist
  location: Northport
  email: ines@example.org
`,
    'index.md': `---
layout: cv-layout
title: Curriculum vitae
permalink: /
author_profile: true
---

{% assign cv = site.data.cv %}

{{ cv.summary }}

<section class="cv-section" markdown="1">

## Positions

{% for job in cv.positions %}
### {{ job.title }}
{: .cv-entry}

{{ job.place }}, {{ job.from }}–{{ job.to | default: "today" }}

{% for line in job.lines %}
- {{ line }}
{% endfor %}
{% endfor %}

</section>

<section class="cv-section" markdown="1">

## Education

{% for school in cv.education %}
{{ school.degree }}
: {{ school.place }}, {{ school.year }}

{% endfor %}

</section>

<section class="cv-section" markdown="1">

## Awards

| year | award |
|-----:|:------|
{% for award in cv.awards -%}
| {{ award.year }} | {{ award.title }} |
{% endfor %}

</section>

<section class="cv-section" markdown="1">

## Languages

{{ cv.languages | join: ", " }}

</section>
`,
    '_data/cv.yml': `summary: Hydrologist. I measure how rivers remember the rain.

positions:
  - title: Lecturer in hydrology
    place: University of Northport
    from: 2021
    lines:
      - Leads the gauging network of the upper Tarn, forty stations.
      - Teaches the field course each spring.
  - title: Research fellow
    place: Institute for Water, Lyon
    from: 2017
    to: 2021
    lines:
      - Rainfall and runoff in small catchments.

education:
  - {degree: PhD in hydrology, place: University of Northport, year: 2017}
  - {degree: MSc in physics, place: University of Leeds, year: 2013}

awards:
  - {year: 2024, title: Prize for open data of the Water Society}
  - {year: 2018, title: Best thesis of the faculty}

languages: [English, French, some Portuguese]
`,
  },
});
