// What an author writes, in colours: Markdown with front matter and Liquid, YAML, HTML and CSS, read a line at a time. It is for the
// eye: what a document means the core says.

import { StreamLanguage } from '@codemirror/language';

/**
 * Where a line begins: in front matter, in the text, in a fence, in a tag of Liquid.
 * @typedef {{ part: 'start' | 'front' | 'text' | 'fence', fence: string, liquid: '' | '}}' | '%}', yaml: boolean }} State
 * @typedef {import('@codemirror/language').StringStream} Stream
 */

/** @param {Stream} stream @param {State} state */
function liquid(stream, state) {
  if (stream.match(state.liquid)) {
    state.liquid = '';
    return 'processingInstruction';
  }
  if (stream.match(/^"[^"]*"?|^'[^']*'?/)) return 'string';
  if (stream.match(/^\d+(\.\d+)?/)) return 'number';
  if (stream.match(/^(assign|capture|case|comment|cycle|decrement|else|elsif|end\w+|for|highlight|if|in|include|include_relative|increment|link|post_url|raw|render|unless|when|with|limit|offset|reversed)\b/)) return 'keyword';
  if (stream.match(/^\|\s*\w+/)) return 'variableName.function';
  if (stream.match(/^[\w.-]+/)) return 'variableName';
  stream.next();
  return null;
}

/** @param {Stream} stream @param {State} state */
function opensLiquid(stream, state) {
  const found = /** @type {RegExpMatchArray | null} */ (stream.match(/^\{([{%])-?/));
  if (!found) return false;
  state.liquid = found[1] === '{' ? '}}' : '%}';
  return true;
}

/** @param {Stream} stream */
function yaml(stream) {
  if (stream.match(/^#.*/)) return 'comment';
  if (stream.match(/^"(\\.|[^"\\])*"?|^'[^']*'?/)) return 'string';
  if (stream.sol() ? stream.match(/^[\s-]*[^\s:#[\]{},"'-][^:#]*(?=:(\s|$))/) : stream.match(/^[\w.-]+(?=:(\s|$))/)) return 'propertyName';
  if (stream.match(/^(true|false|yes|no|null|~)(?=\s*$)/)) return 'atom';
  if (stream.match(/^-?\d[\d.:_-]*(?=\s*$)/)) return 'number';
  if (stream.match(/^[[\]{},:>|&*!-]+/)) return 'punctuation';
  stream.match(/^[^\s#[\]{},:"']+/) || stream.next();
  return null;
}

/** @param {Stream} stream @param {State} state */
function markdown(stream, state) {
  if (stream.sol()) {
    const fence = /** @type {RegExpMatchArray | null} */ (stream.match(/^\s*(`{3,}|~{3,})[^`]*$/));
    if (fence) {
      state.part = 'fence';
      state.fence = fence[1];
      return 'monospace';
    }
    if (stream.match(/^#{1,6}(?=\s).*/)) return 'heading';
    if (stream.match(/^\s*(\*\s*){3,}$|^\s*(-\s*){3,}$|^\s*(_\s*){3,}$/)) return 'contentSeparator';
    if (stream.match(/^\s*([-*+]|\d+\.)(?=\s)/)) return 'list';
    if (stream.match(/^\s*>/)) return 'quote';
    if (stream.match(/^\s*\{:.*\}\s*$/)) return 'meta';
  }
  if (stream.match(/^`[^`]+`/)) return 'monospace';
  if (stream.match(/^\*\*[^*\s][^*]*\*\*|^__[^_\s][^_]*__/)) return 'strong';
  if (stream.match(/^\*[^*\s][^*]*\*/)) return 'emphasis';
  if (stream.match(/^!?\[[^\]]*\](\([^)]*\)|\[[^\]]*\])/)) return 'link';
  if (stream.match(/^https?:\/\/[^\s<>)]+/)) return 'url';
  if (stream.match(/^<\/?[A-Za-z][^>{]*>?|^<!--.*?(-->|$)/)) return 'tagName';
  if (stream.match(/^\{:[^}]*\}/)) return 'meta';
  if (stream.match(/^\\./)) return 'escape';
  stream.match(/^[\p{L}\p{N} ]+/u) || stream.next();
  return null;
}

/** @param {string} path of the file */
export function languageOf(path) {
  const data = /\.ya?ml$/i.test(path);
  return StreamLanguage.define({
    name: 'jekyll',
    startState: () => /** @type {State} */ ({ part: data ? 'front' : 'start', fence: '', liquid: '', yaml: data }),
    copyState: (state) => ({ ...state }),
    token(stream, state) {
      if (state.liquid) return liquid(stream, state);
      if (stream.sol() && !state.yaml && /^---\s*$/.test(stream.string) && state.part !== 'text' && state.part !== 'fence') {
        state.part = state.part === 'start' ? 'front' : 'text';
        stream.skipToEnd();
        return 'meta';
      }
      if (state.part === 'start') state.part = 'text';
      if (state.part === 'front') return yaml(stream);
      if (opensLiquid(stream, state)) return 'processingInstruction';
      if (state.part === 'fence') {
        if (stream.sol() && stream.string.trim().startsWith(state.fence)) state.part = 'text';
        stream.match(/^[^{]+/) || stream.next();
        return 'monospace';
      }
      return markdown(stream, state);
    },
    languageData: { commentTokens: { block: { open: '<!--', close: '-->' } } },
  });
}
