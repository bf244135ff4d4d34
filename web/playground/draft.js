// A branch that somebody shares, as a page to read: `?repo=owner/name@branch`. Nothing can be
// changed until the reader wants a copy.

import { make } from '../base/elements.js';
import { button } from './ui/buttons.js';

/** @typedef {import('./playground.js').Playground} Playground */

/**
 * The branch that an address asks to read; '' for those that lead to a file to be edited.
 * @param {URLSearchParams} query
 */
export const draftIn = (query) =>
  query.has('open') ? '' : (/[^/]@([^@]+)$/.exec(query.get('repo') ?? '')?.[1] ?? '');

/** Shows whether the open project may be changed. @param {Playground} playground */
export function watchDraft(playground) {
  const { bar, editor, files, project, preview, sync, view } = playground;
  const edit = () => {
    project.draft = '';
    draw();
    // Its states were made to be read.
    editor.states.clear();
    editor.path = '';
    playground.open(playground.path, { focus: true });
  };
  const copy = () => button('Edit a copy', edit, { class: 'main for-copy' });
  const inBar = copy();
  bar.bar.lastElementChild?.before(inBar);
  const line = make('div', { class: 'held' });
  view.stage.before(line);
  // Between the other lines above the page and the page.
  Object.assign(line.style, { gridRow: '4', paddingBlock: '0.4rem' });
  function draw() {
    const { draft } = project;
    line.hidden = inBar.hidden = !draft;
    files.tools.hidden = view.write.hidden = !!draft;
    bar.publish.style.display = draft ? 'none' : '';
    line.replaceChildren(
      make(
        'p',
        {},
        make('span', {}, 'Draft ', make('b', {}, draft), ', read only. Not the public site.'),
      ),
    );
  }
  project.addEventListener('open', draw);
  project.addEventListener('locked', () =>
    playground.notify('This draft is to be read. Your changes go into a copy.', {
      label: 'Edit a copy',
      act: edit,
    }),
  );
  const hear = sync.wrote;
  sync.wrote = (wrote) => {
    if (!project.draft) return hear(wrote);
    if (wrote.begins && project.refuses()) preview.post({ write: { end: true } });
  };
  draw();
}
