import { Entrance } from './entrance.js';
import { isPassing, SfuError } from './errors.js';
import { Recovery } from './recovery.js';
import { Signalling } from './signalling.js';

/** @typedef {import('../sfu-client.js').ConnectOptions} ConnectOptions */

/** A close code that ends the session (RFC 6455 7.4.1). */
const NORMAL = 1000;

/** From this close code on the server had a reason, which the next attempt should not meet at once. */
const REFUSED = 4400;

/**
 * @typedef {object} Guest
 * @property {(message: any) => void} onMessage
 * @property {() => void} onAttempt One more begins.
 * @property {() => void} onChange It recovers, or does so no more.
 * @property {(why: SfuError) => void} onRefused No further attempt helps.
 * @property {() => boolean} isWaiting Before the door: who waits there goes on waiting when the connection breaks.
 * @property {import('./entrance.js').Visitor['onStage']} onStage
 * @property {import('./entrance.js').Visitor['onStageRefused']} onStageRefused
 */

/**
 * The way to the server: a WebSocket, and another one when it breaks. It comes back to the session while there is one, and else
 * into the room anew.
 */
export class Connection {
  #guest;
  #entrance;
  /** @type {ConnectOptions} */
  #options = { room: '' };
  /** @type {Signalling | null} */
  #link = null;
  #isIn = false;
  #recovery = new Recovery({
    isWanted: () => this.#isIn && !this.isOpen,
    attempt: () => this.#establish(),
    onFailed: (error) => this.#onFailedAttempt(error),
    onChange: () => this.#guest.onChange(),
  });

  /** @param {Guest} guest */
  constructor(guest) {
    this.#guest = guest;
    this.#entrance = new Entrance(guest);
  }

  /** From when the server first let us in until it is closed, whatever breaks meanwhile. */
  get isIn() {
    return this.#isIn;
  }

  get isOpen() {
    return this.#link?.isOpen ?? false;
  }

  get isRecovering() {
    return this.#recovery.isRunning;
  }

  /** @param {ConnectOptions} options */
  async enter(options) {
    this.#options = options;
    await this.#establishOrWait();
    this.#isIn = true;
  }

  /** @param {object} message Lost when there is no connection. */
  send(message) {
    this.#link?.send(message);
  }

  /**
   * @param {object} message
   * @returns {Promise<any>} What answered it.
   */
  async request(message) {
    if (!this.#link?.isOpen) throw new SfuError('disconnected', 'There is no connection to the server just now.');
    return this.#link.request(message);
  }

  /** @param {{ resumeToken: string, pingSeconds: number }} welcome */
  onWelcome({ resumeToken, pingSeconds }) {
    this.#entrance.resumeToken = resumeToken;
    this.keepAlive(pingSeconds);
  }

  /** @param {number} seconds Between two pings. */
  keepAlive(seconds) {
    this.#link?.keepAlive(seconds);
  }

  /** The network may be another one, or back. */
  doubt() {
    this.#recovery.wake();
    this.#link?.doubt();
  }

  /** The session has ended, and nothing comes any more. */
  endSession() {
    this.#entrance.resumeToken = null;
    this.#link?.close();
  }

  /** Leaves the session for another one. */
  rejoin() {
    this.#entrance.resumeToken = null;
    this.send({ type: 'leave' });
    this.#link?.close(NORMAL);
    this.recover(true);
  }

  /** @param {boolean} pauses Before the first attempt. */
  recover(pauses) {
    this.#recovery.run(pauses);
  }

  /** Leaves quietly. */
  leave() {
    this.send({ type: 'leave' });
    this.#link?.close(NORMAL);
  }

  close() {
    this.#isIn = false;
    this.endSession();
    this.#link = null;
    this.#recovery.wake();
  }

  /** Whose connection breaks before the door is at the end of the queue again, but there. */
  async #establishOrWait() {
    for (;;) {
      try {
        await this.#establish();
        return;
      } catch (error) {
        if (!this.#guest.isWaiting() || !isPassing(error)) throw error;
        await this.#recovery.pause();
        if (!this.#guest.isWaiting()) throw error;
      }
    }
  }

  async #establish() {
    this.#guest.onAttempt();
    const link = new Signalling(this.#options.url ?? defaultUrl(), {
      onMessage: (message) => this.#guest.onMessage(message),
      onClose: (code) => this.#onClose(code),
    });
    this.#link?.close();
    this.#link = link;
    await link.opened();
    await this.#entrance.enter(link, this.#options);
    this.#recovery.reset();
  }

  /** @param {unknown} error */
  #onFailedAttempt(error) {
    this.#link?.close();
    if (!isPassing(error)) this.#guest.onRefused(/** @type {SfuError} */ (error));
  }

  /** @param {number} code */
  #onClose(code) {
    if (this.#isIn) this.recover(code >= REFUSED);
  }
}

function defaultUrl() {
  const url = new URL('/v1/ws', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
