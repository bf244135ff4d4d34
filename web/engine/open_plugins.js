// Loads plugins.js in the core's worker. A card's worker is without it.

/** @param {string} script its address @returns {Promise<import('./plugins.js').Plugins>} */
export const openPlugins = async (script) => new (await import(script)).Plugins();
