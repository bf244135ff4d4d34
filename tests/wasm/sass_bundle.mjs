// Sheets with their files as sass.wasm takes them.

export const STYLES = ['nested', 'expanded', 'compact', 'compressed'];

/**
 * A bundle, as core/sass/bundle.h describes it.
 * @param {string | Uint8Array} text
 * @param {Record<string, string | Uint8Array>} [files]
 * @param {{ path?: string, style?: string, loadPaths?: string[] }} [options]
 */
export function pack(
  text,
  files = {},
  { path = 'main.scss', style = 'expanded', loadPaths = [] } = {},
) {
  const parts = [];
  const number = (n) => parts.push(new Uint8Array(new Uint32Array([n]).buffer));
  const add = (value) => {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    number(bytes.length);
    parts.push(bytes);
  };
  number(STYLES.indexOf(style));
  number(path.endsWith('.sass') ? 1 : 0);
  add(path);
  number(loadPaths.length);
  loadPaths.forEach(add);
  add(text);
  number(Object.keys(files).length);
  for (const [name, source] of Object.entries(files)) {
    add(name);
    add(source);
  }
  const bundle = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bundle.set(part, at);
    at += part.length;
  }
  return bundle;
}
