/** Something that went wrong, with a code that a program can tell apart; see `sfu-client.d.ts` for the codes. */
export class SfuError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{ status?: number, field?: string, fatal?: boolean, cause?: unknown }} [more]
   */
  constructor(code, message, { status = 0, field, fatal = false, cause } = {}) {
    super(message, { cause });
    this.name = 'SfuError';
    this.code = code;
    this.status = status;
    this.field = field;
    this.fatal = fatal;
  }

  /**
   * @param {any} message The server's `error`.
   * @returns {SfuError}
   */
  static fromServer({ code, message, status, field, fatal }) {
    return new SfuError(code, message, { status, field, fatal });
  }
}

/** Statuses after which the same request may well succeed later. */
const PASSING = new Set([0, 408, 429, 503]);

/**
 * @param {unknown} error
 * @returns {boolean} True when another attempt makes sense: the network, or a server that is busy or stopping.
 */
export function isPassing(error) {
  return !(error instanceof SfuError) || (PASSING.has(error.status) && !error.code.startsWith('microphone'));
}
