// Two texts, a page of 3 KB and an article of 95 KB, as sites of Meridian, Jekyll and docsify.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND, DIST, PROJECT, makeSite } from '../tests/web/hosts.mjs';
import { prose } from './prose.mjs';

/**
 * Prose without pictures, formulas and embedded files, whose first and last paragraphs can be
 * found.
 */
const text = (name, size) =>
  `<p id="${name}-begin">The first paragraph.</p>\n\n${prose(size)
    .replace(/!\[[^\]]*\]\([^)]*\)(\{:[^}]*\})?/g, '')
    .replace(
      /<(img|script|link|meta|!doctype)\b[^>]*>|\\[()[\]]/gi,
      '',
    )}\n\n<p id="${name}-end">The last one.</p>\n`;
export const TEXTS = { home: text('home', 3000), article: text('article', 95000) };
const link = (url) => `<p><a id="to-article" href="${url}">The article</a></p>\n\n`;

/** Functions that make each site in a folder of its own, which goes with `t`. */
export function makers(t) {
  /** The sources of a site, and a folder for its output. */
  function sources() {
    const made = mkdtempSync(join(tmpdir(), 'meridian-load-'));
    t.after(() => rmSync(made, { recursive: true, force: true }));
    const site = makeSite(
      t,
      {
        '_config.yml': 'title: Bench\ndescription: Two texts\n',
        'index.md': `---\ntitle: Home\nlayout: single\n---\n${link('/article/')}${TEXTS.home}`,
        'article.md': `---\ntitle: Article\nlayout: single\npermalink: /article/\n---\n${TEXTS.article}`,
      },
      { shell: false },
    );
    return { ...site, made };
  }

  function meridian(...options) {
    const { folder, made } = sources();
    execFileSync(COMMAND, [
      'build',
      ...options,
      '--source',
      folder,
      '--destination',
      made,
      '--quiet',
    ]);
    return made;
  }

  /**
   * Sources beside which nothing was written but what `meridian init` adds to them.
   * @param {boolean} plain a folder of Markdown instead of a site of Jekyll
   * @param {string[]} options
   */
  function unprepared(plain, ...options) {
    const { folder } = plain
      ? makeSite(
          t,
          {
            'README.md': `# Home\n\n${link('article.md')}${TEXTS.home}`,
            'article.md': `# Article\n\n${TEXTS.article}`,
          },
          { shell: false },
        )
      : sources();
    execFileSync(COMMAND, ['init', ...options, '--source', folder, '--quiet']);
    return folder;
  }

  function jekyll() {
    const { folder, made, put } = sources();
    for (const part of ['_layouts', '_includes'])
      cpSync(join(PROJECT, 'core/theme', part), join(folder, part), { recursive: true });
    put('meridian/theme.css', readFileSync(join(DIST, 'meridian/theme.css')));
    execFileSync('jekyll', ['build', '-q', '-s', folder, '-d', made], {
      env: { ...process.env, TZ: 'UTC' },
    });
    return made;
  }

  function docsify(...plugins) {
    const scripts = ['docsify.min.js', ...plugins.map((plugin) => `plugins/${plugin}.min.js`)];
    const { folder, put } = makeSite(
      t,
      {
        'README.md': `# Home\n\n${link('#/article')}${TEXTS.home}`,
        'article.md': `# Article\n\n${TEXTS.article}`,
        'index.html': `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bench</title><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="stylesheet" href="docsify/themes/core.min.css"></head>
<body><div id="app"></div><script>window.$docsify = { name: 'Bench', repo: '' };</script>
${scripts.map((file) => `<script src="docsify/${file}"></script>`).join('\n')}</body></html>`,
      },
      { shell: false },
    );
    for (const file of ['themes/core.min.css', ...scripts])
      put(`docsify/${file}`, readFileSync(join(PROJECT, 'bench/node_modules/docsify/dist', file)));
    return folder;
  }

  return { meridian, unprepared, jekyll, docsify, sources: () => sources().folder };
}
