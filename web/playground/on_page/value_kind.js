// The control of a value: by the YAML at hand and, in _config.yml, by the table of its keys.

import { make } from '../../base/elements.js';
import { BOOLEAN, NUMBER } from './scalar.js';

const COLOUR = /^#(?:[\da-f]{3}){1,2}$/i;

/**
 * What a key of _config.yml may have, by the table.
 * @param {import('./origin.js').Origin} origin
 */
async function rowOf({ file, key, scalar }) {
  if (!/^_config\.ya?ml$/.test(file) || /^\s/.test(scalar.head)) return undefined;
  const { settings } = await import('../complete/settings.js');
  return settings.find(([path]) => path === key);
}

/** @param {string[]} choices @param {string} value */
function select(choices, value) {
  const field = make('select', {}, ...choices.map((one) => make('option', { value: one }, one)));
  field.value = value;
  return field;
}

/**
 * The control; undefined: a text is what it is.
 * @param {import('./origin.js').Origin} origin
 */
export async function controlOf(origin) {
  const { value, quote } = origin.scalar;
  if (COLOUR.test(value)) {
    const field = make('input', { type: 'color' });
    field.value = value.length > 4 ? value : value.replace(/[^#]/g, '$&$&');
    return field;
  }
  const [, types = '', , values = ''] = (await rowOf(origin)) ?? [];
  // With an ellipsis at the end others are possible, too.
  const allowed = values.split(', ');
  if (allowed.includes(value) && !values.endsWith('…')) return select(allowed, value);
  if (quote || (types && !/boolean|number/.test(types))) return undefined;
  if (BOOLEAN.test(value)) return select(['true', 'false'], value);
  if (!NUMBER.test(value)) return undefined;
  const field = make('input', { type: 'number', step: 'any', required: '' });
  field.value = value;
  return field;
}
