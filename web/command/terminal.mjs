// What the scripts of the command tell on a terminal.

const WRONG_USE = 2;

/** What no terminal gets: see cli/printable.cpp. @param {string} text */
export const printable = (text) =>
  text.replace(/[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu, '?');

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * Tells wrong use of a sub-command; the program ends with its exit status.
 * @param {string} command @param {string} message @returns {undefined}
 */
export function refuse(command, message) {
  console.error(`meridian: ${message}\n\`meridian ${command} --help\` lists what there is.`);
  process.exitCode = WRONG_USE;
}
