// Why something can't be shown.

/** A failure with the file that it is about, a message for the page, and perhaps a remedy. */
export class Failure extends Error {
  /** @param {string} file @param {string} message @param {string} [remedy] */
  constructor(file, message, remedy) {
    super(message);
    this.file = file;
    this.remedy = remedy;
  }
}
