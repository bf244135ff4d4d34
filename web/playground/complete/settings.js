// The keys of _config.yml: a separate file, which is loaded when one is completed.

/**
 * Inserted by the build: path (`a.b`, `*` for any key, `[]` for an item of a list), types, default,
 * values, meaning.
 * @type {[path: string, types: string, usual: string, values: string, meaning: string][]}
 */
// @ts-ignore
export const settings = SETTINGS;
