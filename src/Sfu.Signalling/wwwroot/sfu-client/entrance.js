import { SfuError } from './errors.js';

/** @typedef {import('./signalling.js').Signalling} Signalling */
/** @typedef {import('../sfu-client.js').ConnectOptions} ConnectOptions */

const VERSION = 1;

/**
 * @typedef {object} Visitor
 * @property {() => boolean} onStage Whether the stage is taken at once.
 * @property {(error: SfuError) => Promise<void>} onStageRefused One listens then.
 */

/** What is said on a new connection: back to the session that there was, or into the room anew. */
export class Entrance {
  #visitor;
  /** Of the session to come back to. @type {string | null} */
  resumeToken = null;

  /** @param {Visitor} visitor */
  constructor(visitor) {
    this.#visitor = visitor;
  }

  /**
   * @param {Signalling} link Open.
   * @param {ConnectOptions} options
   */
  async enter(link, options) {
    if (!(await this.#resume(link))) await this.#join(link, options);
  }

  /**
   * @param {Signalling} link
   * @returns {Promise<boolean>} False when there is no session to come back to.
   */
  async #resume(link) {
    if (this.resumeToken === null) return false;
    try {
      await link.request({ type: 'resume', v: VERSION, resumeToken: this.resumeToken });
      return true;
    } catch (error) {
      if (!(error instanceof SfuError) || error.code !== 'resume-unknown') throw error;
      this.resumeToken = null;
      return false;
    }
  }

  /**
   * @param {Signalling} link
   * @param {ConnectOptions} options
   */
  async #join(link, { room, name, inviteCode, token: given, getToken }) {
    const token = getToken ? await getToken() : given;
    const join = { type: 'join', v: VERSION, room, token, name, inviteCode };
    try {
      await link.request({ ...join, onStage: this.#visitor.onStage() });
    } catch (error) {
      if (!(error instanceof SfuError) || error.code !== 'role-forbids-stage') throw error;
      await this.#visitor.onStageRefused(error);
      await link.request({ ...join, onStage: false });
    }
  }
}
