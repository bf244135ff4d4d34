// The pages whose first visits meet faults: together they load each kind of delivered file.

import { PERSON } from './profiles.mjs';

export const SENTENCE = 'Welcome, reader.';

export const SITE = {
  '_config.yml': 'title: Network\nlocale: de\ndefaults:\n  - values: {layout: single}\n',
  '_data/people.yml': '- name: Ada\n',
  '_data/travel.yml': '- Berlin\n- Nairobi\n',
  '_includes/part.html': '<p>The part.</p>\n',
  '_layouts/own.html': '---\nlayout: single\n---\n{{ content }}\n',
  'index.md': `---\ntitle: Home\nlayout: own\n---\n${SENTENCE}\n\n{% for p in site.data.people %}{{ p.name }}{% endfor %}\n
{% include part.html %}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script src="/assets/own.js"></script>\n`,
  'assets/own.js': 'document.body.dataset.ran = "yes";\n',
  'rich.md': `---\ntitle: Rich\npermalink: /rich/\nlang: en\n---\n${SENTENCE}\n
\`\`\`python\nprint("hello")\n\`\`\`\n\n\`\`\`lisp\n(let a 1)\n\`\`\`\n\nA formula: $$x^2$$. <i class="fas fa-envelope"></i>\n
[![Picture](/images/dot.svg)](/images/dot.svg)\n`,
  'images/dot.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="9"/></svg>\n',
  'globe.md': `---\ntitle: Globe\npermalink: /globe/\nlang: en\n---\n${SENTENCE}\n
{% include travel-globe.html stops=site.data.travel %}\n`,
};

export const DEEP = {
  ...SITE,
  'deep/er/page.md': `---\ntitle: Deep\npermalink: /deep/er/page/\nlayout: single\n---\n${SENTENCE}\n`,
};

/** A Jekyll site whose first page needs nothing but its source. */
export const ALONE = {
  '_config.yml': 'title: Alone\n',
  'index.md': `---\nlayout: single\ntitle: Alone\n---\n${SENTENCE}\n`,
};

export const FOLDER = {
  'README.md': `# A folder\n\n${SENTENCE} :tada:\n\n- [x] done\n\nSee [notes](notes/one.md).\n`,
  'notes/one.md': '# One\n\nText.\n',
};

const CARD = `<meridian-profile src="/" loading="eager" show="news publications:1 globe"><a href="/">Ada</a></meridian-profile>`;

/** A profile whose links need a rare icon, and a page with its card. */
export const CARDS = {
  ...PERSON,
  '_config.yml': PERSON['_config.yml'].replace(
    '    - {label: Notes',
    '    - {label: Bluesky, url: "https://bluesky.example/a", icon: fab fa-bluesky}\n$&',
  ),
  'lab.html': `<!doctype html><html lang="en"><title>Lab</title><link rel="icon" href="data:,"><body><h1>Lab</h1>
<script type="module" src="/meridian/profile.js"></script>${CARD}`,
};
