// The tree of a page's Markdown. A node leads to its line.

import { make } from '../../base/elements.js';
import { button } from './buttons.js';

/** @typedef {import('../render/worker.js').TreeNode} TreeNode */

// Deeper nodes are collapsed at first.
const OPEN = 2;
// Nodes created at once; children of a collapsed node are created when it opens.
const MOST = 500;

export class Outline {
  list = make('ul', { class: 'data' });

  /** @param {(line: number) => void} goTo */
  constructor(goTo) {
    this.goTo = goTo;
  }

  /** @param {TreeNode | undefined} tree */
  draw(tree) {
    this.room = MOST;
    this.list.replaceChildren(
      ...(tree?.children
        ? this.items(tree, 0)
        : [make('li', { class: 'count' }, 'This page has no Markdown.')]),
    );
  }

  room = MOST;

  /** @param {TreeNode} node @param {number} depth @returns {HTMLElement[]} */
  items({ children = [] }, depth) {
    return children.map((node) => {
      this.room--;
      const { type, level, text, line, attributes = {} } = node;
      const name = line
        ? button(type + (level ?? ''), () => this.goTo(line), { class: 'key' })
        : make('span', { class: 'key' }, type + (level ?? ''));
      if (line) name.title = `Line ${line}`;
      const shown = Object.entries(attributes).map(([key, value]) =>
        make('span', { class: 'attribute' }, `${key}="${value}"`),
      );
      const head = [
        name,
        ...shown.flatMap((one) => [' ', one]),
        ...(text ? [' ', make('span', { class: 'value' }, `“${text}”`)] : []),
      ];
      if (!node.children) return make('li', {}, ...head);
      const inner = make('ul');
      const details = make('details', {}, make('summary', {}, ...head), inner);
      const fill = () => inner.firstChild || inner.append(...this.items(node, depth + 1));
      details.open = depth < OPEN && this.room > 0;
      if (details.open) fill();
      details.addEventListener('toggle', () => details.open && fill());
      return make('li', {}, details);
    });
  }
}
