// `meridian check` after each change: what is new is told in the terminal, all of it to open pages.

import { spawn } from 'node:child_process';
import { printable } from './terminal.mjs';

const CHECK_TIMEOUT_MS = 300_000;

/**
 * @typedef {{ file: string, line?: number, column?: number, severity: string, message: string,
 *   remedy?: string }} Finding
 */

/** @param {Finding} finding */
const placeOf = ({ file, line, column }) => [file, line, column].filter(Boolean).join(':');
/** @param {Finding} finding */
const keyOf = (finding) => `${placeOf(finding)}: ${finding.message}`;

export class Checker {
  #told = new Set();
  #running = false;
  #wanted = false;

  /**
   * @param {() => string[]} command the program, and its words before `check`
   * @param {string} source
   * @param {(line: string) => void} say
   * @param {(findings: Finding[]) => void} found gets those of each check
   */
  constructor(command, source, say, found) {
    this.command = command;
    this.source = source;
    this.say = say;
    this.found = found;
  }

  /** Checks the sources; if that is going on, once more after it. */
  async check() {
    this.#wanted = true;
    if (this.#running) return;
    this.#running = true;
    while (this.#wanted) {
      this.#wanted = false;
      const findings = await this.#findings();
      if (!findings) continue;
      this.#tell(findings);
      this.found(findings);
    }
    this.#running = false;
  }

  /** @param {Finding[]} findings all of the site */
  #tell(findings) {
    const now = new Set(findings.map(keyOf));
    for (const finding of findings)
      if (!this.#told.has(keyOf(finding)))
        this.say(printable(keyOf(finding) + (finding.remedy ? `\n    ${finding.remedy}` : '')));
    if (this.#told.size && !now.size) this.say('All mistakes are mended.');
    this.#told = now;
  }

  /** @returns {Promise<Finding[] | undefined>} undefined where there is no answer */
  #findings() {
    const [program, ...words] = this.command();
    return new Promise((resolve) => {
      const child = spawn(program, [...words, 'check', '--json', '--source', this.source], {
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: CHECK_TIMEOUT_MS,
      });
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (piece) => (text += piece));
      child.on('error', () => resolve(undefined));
      child.on('close', () => {
        try {
          const findings = /** @type {Finding[]} */ (JSON.parse(text));
          resolve(findings.filter(({ severity }) => severity !== 'info'));
        } catch {
          resolve(undefined);
        }
      });
    });
  }
}
