// Foreign pages with profile cards, for the tests: a person's site on one host, the page on
// another.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTENT } from './demo.mjs';
import { COMMAND, DIST, filesBelow, host, makeSite, openPage } from './hosts.mjs';

/** The headers of GitHub Pages. */
export const OPEN = { 'access-control-allow-origin': '*' };
export const PERSON = {
  '_config.yml': `title: Ada
url: ""
author:
  name: Ada Lovelace
  pronouns: she/her
  avatar: ada.svg
  bio: Analyst, *and* metaphysician.
  employer: Analytical Society
  location: London
  email: ada@example.org
  github: ada
  links:
    - {label: Notes, url: /notes/, icon: fas fa-book}
collections: {publications: {output: true, permalink: "/publications/:path"}}
`,
  'index.md':
    '---\ntitle: Home\n---\n\nHello.\n\n# News\n\n- *Engine* [seen](/engine/) ![wheel](/images/wheel.svg)\n\n## Older\n\nLoom.\n\n# Awards\n\nNone.\n',
  '_publications/a.md':
    '---\ntitle: "Notes by the Translator"\ndate: 1843-08-01\nvenue: "*Scientific Memoirs*"\n---\nText.\n',
  '_publications/b.md': '---\ntitle: First\ndate: 1840-01-01\n---\nText.\n',
  '_data/travel.yml':
    '- {name: London, lat: 51.5, lon: -0.1, country: United Kingdom, date: 1840}\n- {name: Turin, lat: 45.07, lon: 7.69, country: Italy, date: 1842}\n',
  'images/ada.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><circle cx="48" cy="48" r="40" fill="#357"/></svg>',
  'images/wheel.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="10" cy="10" r="8"/></svg>',
};

/** A written site without its pages: the files that the card requests. */
export function written(t, sources) {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-person-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const root = typeof sources === 'string' ? sources : makeSite(t, sources, { shell: false }).root;
  execFileSync(COMMAND, ['build', '--source', root, '--destination', folder, '--quiet']);
  return folder;
}
/** The same as raw sources with their manifest. */
export function sources(t, files) {
  const site = makeSite(t, files, { shell: false });
  site.put('meridian.json', JSON.stringify({ files: filesBelow(site.root), complete: true }));
  return site.root;
}
export { CONTENT };

/**
 * A page with cards. `folder`: of the person's site; `body`: of the page, where `{site}` is that
 * site's address; `headers` of the page, `open` of the site; `shell`: who serves the script, by
 * default the person's site; `dist`: the folder it comes from, and `script`: its name.
 */
export async function hostPage(
  t,
  browser,
  folder,
  body,
  {
    headers = {},
    open = OPEN,
    answer,
    style = '',
    html = '<html lang="en">',
    options,
    init,
    dist = DIST,
    script = 'meridian/profile.js',
  } = {},
) {
  const person = await host(t, folder, {
    headers: open,
    answer: (request, response, path) => answer?.(request, response, path) || false,
  });
  const shell = await host(t, dist, { headers: OPEN });
  const text = (part) => part.replaceAll('{site}', person.url).replaceAll('{shell}', shell.url);
  const page = `<!DOCTYPE html>${html}<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lab</title><link rel="icon" href="data:,">${style}<body>${body}<script type="module" src="{shell}${script}"></script>`;
  const own = await host(t, folder, {
    answer: (request, response, path) => {
      if (path !== '/lab/') return false;
      const said = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, text(value)]),
      );
      response.writeHead(200, { 'content-type': 'text/html', ...said }).end(text(page));
      return true;
    },
  });
  const opened = await openPage(t, browser, options);
  await init?.(opened, { person, shell });
  await opened.page.goto(`${own.url}lab/`);
  return { ...opened, person, shell, own };
}
/** The events of a page's cards. */
export const watch = () => {
  window.said = [];
  for (const name of ['meridian-ready', 'meridian-error'])
    addEventListener(name, (event) =>
      window.said.push([name, event.detail.reason ?? event.detail.profile.name]),
    );
};
