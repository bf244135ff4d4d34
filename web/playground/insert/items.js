// What can be inserted: names, the Markdown that they write, and where they stand.

/**
 * `write`: the text, in which bars are the ends of what is then selected; `block`: it stands in
 * lines of its own; `act`: the name of a form or a command instead.
 * @typedef {{ id: string, group: string, label: string, code: string, also?: string, write?: string
 *   | (() => string), block?: boolean, act?: string }} Item
 */

const today = () => new Date().toLocaleDateString('sv');

/** @type {Item[]} */
export const ITEMS = [
  {
    id: 'heading',
    group: 'Text',
    label: 'Heading',
    code: '##',
    act: 'heading',
    also: 'title section',
  },
  { id: 'list', group: 'Text', label: 'List', code: '-', act: 'list', also: 'bullets' },
  {
    id: 'numbered',
    group: 'Text',
    label: 'Numbered list',
    code: '1.',
    act: 'numbered',
    also: 'ordered',
  },
  {
    id: 'tasks',
    group: 'Text',
    label: 'Task list',
    code: '- [ ]',
    act: 'tasks',
    also: 'todo checkbox',
  },
  { id: 'quote', group: 'Text', label: 'Quote', code: '>', act: 'quote', also: 'blockquote' },
  {
    id: 'callout',
    group: 'Text',
    label: 'Callout',
    code: '{: .notice}',
    write: '|What to know.|\n{: .notice--info}',
    block: true,
    also: 'notice note warning box',
  },
  {
    id: 'divider',
    group: 'Text',
    label: 'Divider',
    code: '---',
    write: '---\n\n||',
    block: true,
    also: 'rule line',
  },
  {
    id: 'field',
    group: 'Page',
    label: 'Front matter field…',
    code: 'key:',
    act: 'field',
    also: 'property metadata',
  },
  {
    id: 'contents',
    group: 'Page',
    label: 'Table of contents',
    code: '{:toc}',
    write: '* Contents\n{:toc}\n\n||',
    block: true,
    also: 'toc outline',
  },
  {
    id: 'picture',
    group: 'Blocks',
    label: 'Picture…',
    code: '![]()',
    act: 'picture',
    also: 'image photo figure',
  },
  {
    id: 'table',
    group: 'Blocks',
    label: 'Table',
    code: '| |',
    act: 'table',
    also: 'grid columns rows',
  },
  {
    id: 'formula',
    group: 'Blocks',
    label: 'Formula',
    code: '$$',
    act: 'formula',
    also: 'equation math latex tex',
  },
  {
    id: 'diagram',
    group: 'Blocks',
    label: 'Diagram',
    code: '```mermaid',
    write: '```mermaid\nflowchart LR\n  |first --> second|\n```',
    block: true,
    also: 'chart graph mermaid flow',
  },
  {
    id: 'code',
    group: 'Blocks',
    label: 'Code',
    code: '```',
    write: '```js\n||\n```',
    block: true,
    also: 'program source',
  },
  {
    id: 'stop',
    group: 'Blocks',
    label: 'Globe stop…',
    code: '- city:',
    act: 'stop',
    also: 'place travel map',
  },
  {
    id: 'page',
    group: 'In the line',
    label: 'Link to a page…',
    code: '[]()',
    act: 'page',
    also: 'internal',
  },
  {
    id: 'cite',
    group: 'In the line',
    label: 'Citation…',
    code: '{% cite %}',
    act: 'cite',
    also: 'reference bibliography',
  },
  {
    id: 'footnote',
    group: 'In the line',
    label: 'Footnote',
    code: '[^1]',
    act: 'footnote',
    also: 'note remark',
  },
  {
    id: 'date',
    group: 'In the line',
    label: 'Date',
    code: today(),
    write: () => `${today()}||`,
    also: 'today',
  },
];
