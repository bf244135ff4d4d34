// A field for a formula, with a picture of it that follows what is typed.

import { make } from '../../base/elements.js';
import { markup, reasonOf } from '../../base/tex.js';

// Milliseconds after a keystroke until a formula is set.
const PAUSE = 150;

/**
 * @param {import('../playground.js').Playground} playground
 * @param {string} tex
 */
export function formulaField(playground, tex) {
  const field = make('textarea', {
    'aria-label': 'Formula',
    rows: '3',
    spellcheck: 'false',
    autocapitalize: 'off',
  });
  field.value = tex;
  const shown = make('div', { class: 'shown', role: 'img', 'aria-label': 'The formula' });
  let timer = 0;
  const draw = async () => {
    try {
      const folder = new URL('../meridian/', import.meta.url);
      const katex = (await import(new URL('katex.js', folder).href)).default;
      const html = markup(katex, { tex: field.value, display: true });
      shown.replaceChildren(...playground.parse(html).body.childNodes);
    } catch (error) {
      shown.textContent = reasonOf(error);
    }
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(draw, PAUSE);
  });
  draw();
  return { field, shown };
}
