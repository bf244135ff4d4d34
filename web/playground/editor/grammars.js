// Grammars for syntax highlighting. Each function reads one token of a line and returns its style;
// constructs that span lines are kept in the state.

/**
 * The state at the start of a line. `part`: in front matter, in the text, in a fence; `liquid`: in
 * a tag; `inner`: in a construct that spans lines.
 * @typedef {{ part: 'start' | 'front' | 'text' | 'fence', fence: string, liquid: '' | '}}' | '%}',
 *   inner: string, depth: number }} State
 * @typedef {import('@codemirror/language').StringStream} Stream
 * @typedef {(stream: Stream, state: State) => string | null} Grammar
 */

/** @type {Grammar} */
export function liquid(stream, state) {
  if (stream.match(state.liquid)) {
    state.liquid = '';
    return 'processingInstruction';
  }
  if (stream.match(/^"[^"]*"?|^'[^']*'?/)) return 'string';
  if (stream.match(/^\d+(\.\d+)?/)) return 'number';
  if (
    stream.match(
      /^(assign|capture|case|comment|cycle|decrement|else|elsif|end\w+|for|highlight|if|in|include|include_relative|increment|link|post_url|raw|render|unless|when|with|limit|offset|reversed)\b/,
    )
  )
    return 'keyword';
  if (stream.match(/^\|\s*\w+/)) return 'variableName.function';
  if (stream.match(/^[\w.-]+/)) return 'variableName';
  stream.next();
  return null;
}

/** @type {Grammar} */
export function yaml(stream) {
  if (stream.match(/^#.*/)) return 'comment';
  if (stream.match(/^"(\\.|[^"\\])*"?|^'[^']*'?/)) return 'string';
  if (
    stream.sol()
      ? stream.match(/^[\s-]*[^\s:#[\]{},"'-][^:#]*(?=:(\s|$))/)
      : stream.match(/^[\w.-]+(?=:(\s|$))/)
  )
    return 'propertyName';
  if (stream.match(/^(true|false|yes|no|null|~)(?=\s*$)/)) return 'atom';
  if (stream.match(/^-?\d[\d.:_-]*(?=\s*$)/)) return 'number';
  if (stream.match(/^[[\]{},:>|&*!-]+/)) return 'punctuation';
  stream.match(/^[^\s#[\]{},:"']+/) || stream.next();
  return null;
}

/** @type {Grammar} */
export function markdown(stream, state) {
  if (state.part === 'fence') {
    if (stream.sol() && stream.string.trim().startsWith(state.fence)) state.part = 'text';
    stream.match(/^[^{]+/) || stream.next();
    return 'monospace';
  }
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

/**
 * A comment that ends at `end`, perhaps in a later line.
 * @param {Stream} stream
 * @param {State} state
 * @param {string} end
 */
function comment(stream, state, end) {
  while (!stream.eol()) {
    if (stream.match(end)) {
      state.inner = '';
      break;
    }
    stream.next();
  }
  return 'comment';
}

/** @type {Grammar} */
export function css(stream, state) {
  if (state.inner === '*/') return comment(stream, state, '*/');
  if (stream.match('/*')) {
    state.inner = '*/';
    return 'comment';
  }
  if (stream.match(/^\/\/.*/)) return 'comment';
  if (stream.match(/^"(\\.|[^"\\])*"?|^'(\\.|[^'\\])*'?/)) return 'string';
  if (stream.match(/^@[\w-]+|^!\s*important/)) return 'keyword';
  if (stream.match(/^#[\da-f]{3,8}\b(?=[^{]*(;|$))/i)) return 'atom';
  if (stream.match(/^--[\w-]+|^\$[\w-]+/)) return 'variableName';
  if (stream.match(/^[\w-]+(?=\s*:[^:{]*(;|$))/)) return 'propertyName';
  if (stream.match(/^-?[\d.]+(%|[a-z]+)?/i)) return 'number';
  if (stream.match(/^[\w-]+(?=\()/)) return 'variableName.function';
  if (stream.match(/^[.#:]*[a-z_][\w-]*(?=[^;]*\{|[^;:]*,\s*$)/i)) return 'tagName';
  if (stream.match(/^[{}:;,()[\]>+~]+/)) return 'punctuation';
  stream.match(/^[\w-]+/) || stream.next();
  return null;
}

/** @type {Grammar} */
export function html(stream, state) {
  if (state.inner === '-->') return comment(stream, state, '-->');
  if (state.inner === '<') {
    if (stream.match(/^\/?>/)) {
      state.inner = state.fence;
      return 'tagName';
    }
    if (stream.match(/^"[^"{]*"?|^'[^'{]*'?/)) return 'string';
    if (stream.match(/^[^\s=>"'/{]+/)) return 'propertyName';
    stream.next();
    return null;
  }
  // Style sheets and scripts end with their own tag only.
  const end = { style: '</style', script: '</script' }[state.inner.replace('*/', 'style')];
  if (end && (state.inner === '*/' || !stream.match(end, false))) {
    if (state.inner !== 'script') {
      const kind = css(stream, state);
      if (!state.inner) state.inner = 'style';
      return kind;
    }
    if (stream.match(/^\/\/.*/)) return 'comment';
    if (stream.match(/^"(\\.|[^"\\])*"?|^'(\\.|[^'\\])*'?|^`[^`]*`?/)) return 'string';
    if (
      stream.match(
        /^(async|await|const|else|export|for|function|if|import|let|new|return|var|while)\b/,
      )
    )
      return 'keyword';
    stream.match(/^[\w$]+/) || stream.next();
    return null;
  }
  if (stream.match('<!--')) {
    state.inner = '-->';
    return 'comment';
  }
  if (stream.match(/^<![^>]*>?/)) return 'meta';
  const tag = /** @type {RegExpMatchArray | null} */ (stream.match(/^<(\/?)([A-Za-z][\w:-]*)/));
  if (tag) {
    // The language of the element's content.
    state.fence = !tag[1] && /^(style|script)$/i.test(tag[2]) ? tag[2].toLowerCase() : '';
    state.inner = '<';
    return 'tagName';
  }
  if (stream.match(/^&(#?\w+);/)) return 'atom';
  stream.match(/^[^<&{]+/) || stream.next();
  return null;
}

/** @type {Grammar} */
export function bibtex(stream, state) {
  if (stream.match(/^%.*/)) return 'comment';
  if (!state.depth) {
    if (stream.match(/^@\w+/)) return 'keyword';
    if (stream.match(/^[{(]/)) {
      state.depth = 1;
      state.inner = 'key';
      return 'punctuation';
    }
    stream.next();
    return 'comment';
  }
  if (state.depth === 1) {
    if (stream.match(/^[})]/)) {
      state.depth = 0;
      return 'punctuation';
    }
    if (stream.match(/^[\w-]+(?=\s*=)/)) return 'propertyName';
    if (state.inner === 'key' && stream.match(/^[^\s,{}]+/)) {
      state.inner = '';
      return 'variableName';
    }
    if (stream.match(/^"[^"]*"?/)) return 'string';
    if (stream.match(/^\d+/)) return 'number';
  }
  if (stream.match('{')) state.depth++;
  else if (stream.match('}')) state.depth--;
  else if (state.depth > 1) stream.match(/^[^{}]+/);
  else {
    stream.next();
    return null;
  }
  return 'string';
}
