// The commands on a whole project as a dialog, where the toolbar has no room for them.

import { make } from '../../base/elements.js';
import { offered } from './commands.js';
import { button } from './buttons.js';
import * as shapes from './shapes.js';
import { Sheet } from './dialog.js';

/** Groups of commands, and their icons. */
const PARTS = /** @type {const} */ ([
  [/^projects$/, shapes.stack],
  [/^open-/, shapes.folder],
  [/^new-/, shapes.plus],
  [/^save$/, shapes.pen],
  [/^download/, shapes.download],
  [/^share$/, shapes.link],
  [/^make-site$/, shapes.globe],
  [/^dialect$/, shapes.file],
  [/^vim$/, shapes.keys],
]);

export class Menu {
  /** @param {import('./commands.js').Workbench} playground */
  constructor(playground) {
    this.playground = playground;
    this.sheet = new Sheet(playground.play, 'Menu', { low: true });
  }

  open() {
    const { playground, sheet } = this;
    const { title, saved } = playground.bar;
    const parts = PARTS.map(([pattern, shape]) => {
      const commands = offered(playground).filter(
        ({ id }) => pattern.test(id) && (id !== 'save' || playground.folder),
      );
      return make(
        'ul',
        {},
        ...commands.map((one) =>
          make(
            'li',
            {},
            button(
              one.label,
              () => {
                // The focus returns first: a command may move it.
                sheet.close();
                playground.run(one);
              },
              { shape, text: true },
            ),
          ),
        ),
      );
    });
    sheet.heading.replaceChildren(
      title.textContent || 'Menu',
      make('small', {}, saved.textContent ?? ''),
    );
    sheet.body.replaceChildren(...parts.filter((part) => part.firstChild));
    sheet.open();
  }
}
