// Hands a site's plugins in JavaScript to the core's worker. Only for the reader's own origin, or
// for a worker without one: what a plugin does, the worker does.

/** The path of a plugin, as the core asks for it. */
export const PLUGIN = /^_plugins\/[^/]+\.js$/;

/**
 * @param {import('./engine.js').Engine} engine
 * @param {string} path
 * @param {string} url from which the worker imports it
 * @param {string} script address of plugins.js
 */
export async function supplyPlugin(engine, path, url, script) {
  const files = { ...engine.modules.plugins?.files, [path]: url };
  engine.modules.plugins = { script, files };
  await engine.send({ plugins: { script, files: { [path]: url } } });
}
