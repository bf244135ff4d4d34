// Completes keys and values of _config.yml, with their meaning. For what is usually written: block
// mappings and lists, and flow ones on one line.

/**
 * @typedef {import('@codemirror/autocomplete').Completion} Completion
 * @typedef {import('@codemirror/autocomplete').CompletionContext} Context
 * @typedef {import('@codemirror/state').Text} Text
 * @typedef {(typeof import('./settings.js').settings)[number]} Setting
 */

const KEY = /^( *)((?:- +)*)("?[\w-]+"?) *:(?=\s|$)/;
// Lines that are read for the mapping in which one stands.
const MOST_LINES = 500;

/**
 * The keys that lead to a column of a line: `[]` for an item of a list. The line itself may begin
 * an item.
 * @param {Text} doc
 * @param {number} number of the line
 * @param {number} column
 * @param {string} dashes
 */
function parentOf(doc, number, column, dashes) {
  /** @type {string[]} */
  const path = [];
  let limit = column;
  const enter = (/** @type {string} */ key, /** @type {number} */ before) => {
    path.unshift(key);
    limit = before;
  };
  // A list may stand at the column of its key.
  if (dashes) enter('[]', column - dashes.length + 1);
  for (let at = number - 1; at > 0 && limit > 0 && number - at < MOST_LINES; at--) {
    const found = KEY.exec(doc.line(at).text);
    if (!found) continue;
    const [, indent, item, key] = found;
    const own = indent.length + item.length;
    if (own < limit) enter(key.replaceAll('"', ''), own);
    if (item && indent.length < limit && limit <= own + 1) enter('[]', indent.length + 1);
  }
  return path;
}

/**
 * What is written at a place: the path of a mapping of which a key is begun, or that of a value.
 * @param {Text} doc
 * @param {number} pos
 * @returns {{ keys?: string[], value?: string[], begun: string } | undefined}
 */
export function placeAt(doc, pos) {
  const { number, from, text } = doc.lineAt(pos);
  const before = text.slice(0, pos - from);
  if (/(^|\s)#/.test(before)) return undefined;
  const [, indent = '', dashes = '', rest = ''] = /^( *)((?:- +)*)(.*)$/.exec(before) ?? [];
  const path = parentOf(doc, number, indent.length + dashes.length, dashes);
  if (/^[\w-]*$/.test(rest)) return { keys: path, ...(dashes && { value: path }), begun: rest };
  const [, key, value] = /^"?([\w-]+)"? *: +(.*)$/.exec(rest) ?? [];
  if (!key) return undefined;
  const own = [...path, key];
  const begun = /[^\s,[{:]*$/.exec(value)?.[0] ?? '';
  const flow = value.slice(0, value.length - begun.length);
  if (!flow) return { value: own, begun };
  if (/^\[([^[\]{}]*,)? *$/.test(flow)) return { value: [...own, '[]'], begun };
  if (/^\{([^[\]{}]*,)? *$/.test(flow)) return { keys: own, begun };
  const inner = /^\{(?:[^[\]{}]*, *)? *([\w-]+) *: +$/.exec(flow)?.[1];
  return inner ? { value: [...own, inner], begun } : undefined;
}

const partsOf = (/** @type {string} */ path) => path.replaceAll('[]', '.[]').split('.');

/** @param {string[]} pattern @param {string[]} path */
const fits = (pattern, path) =>
  pattern.length === path.length &&
  pattern.every((part, at) => part === path[at] || (part === '*' && path[at] !== '[]'));

/** @param {Setting[]} settings @param {string[]} path @returns {Completion[]} */
function keysOf(settings, path) {
  return settings.flatMap(([whole, types, usual, , meaning]) => {
    const pattern = partsOf(whole);
    const name = pattern.pop() ?? '';
    if (/[*[]/.test(name) || !fits(pattern, path)) return [];
    const detail = types.replaceAll('/', ', ') + (usual && `: ${usual}`);
    return [{ label: name, type: 'property', detail, info: meaning, apply: `${name}: ` }];
  });
}

/** @param {Setting[]} settings @param {string[]} path @returns {Completion[]} */
function valuesOf(settings, path) {
  const found =
    settings.find(([whole]) => whole === path.join('.').replaceAll('.[]', '[]')) ??
    settings.find(([whole]) => fits(partsOf(whole), path));
  if (!found) return [];
  const [, types, usual, values, meaning] = found;
  const all = [
    ...(values ? values.split(',') : []),
    ...(types.split('/').includes('boolean') ? ['true', 'false'] : []),
  ];
  return all.map((label) => ({
    label,
    type: 'constant',
    info: meaning,
    ...(label === usual && { detail: 'default' }),
  }));
}

/**
 * @param {Pick<Context, 'state' | 'pos' | 'explicit'>} context
 * @returns {Promise<import('@codemirror/autocomplete').CompletionResult | null>}
 */
export async function completeConfig({ state, pos, explicit }) {
  const place = placeAt(state.doc, pos);
  if (!place || (!place.begun && !explicit && !place.value)) return null;
  const { settings } = await import('./settings.js');
  const set = new Set(state.doc.toString().match(/^[\w-]+(?= *:)/gm));
  const keys = place.keys ? keysOf(settings, place.keys) : [];
  const options = [
    ...keys.filter(({ label }) => place.keys?.length || !set.has(label)),
    ...(place.value ? valuesOf(settings, place.value) : []),
  ];
  return options.length ? { from: pos - place.begun.length, options, validFor: /^[\w-]*$/ } : null;
}
