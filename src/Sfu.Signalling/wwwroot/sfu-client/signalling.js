import { SfuError } from './errors.js';

/** What the server must speak. */
export const SUBPROTOCOL = 'sfu.v1';

const OPEN_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 10_000;
const PONG_TIMEOUT_MS = 5_000;

/** When there is reason to doubt the connection: a resume costs less than to go on waiting. */
const DOUBT_TIMEOUT_MS = 1_000;

/** The code of a connection that broke without a close frame (RFC 6455 7.4.1). */
const BROKEN = 1006;

/** Closed on purpose, while the session waits for a `resume`; 1000 would end the session. */
const CHANGING = 4000;

/**
 * @typedef {object} Handlers
 * @property {(message: any) => void} onMessage Every message but `ok` and `pong`, and before the request it answers resolves.
 * @property {(code: number) => void} onClose Once, and nothing after it.
 */

/** @typedef {{ resolve: (message: any) => void, reject: (error: SfuError) => void, timer: ReturnType<typeof setTimeout> }} Pending */

/** One WebSocket: JSON messages, requests with their answers, and pings that notice when nobody is there any more. */
export class Signalling {
  #socket;
  #handlers;
  #lastId = 0;
  #isClosed = false;
  #begunAt = performance.now();
  /** @type {Map<string, Pending>} */
  #pending = new Map();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #pinging;

  /**
   * @param {string} url
   * @param {Handlers} handlers
   * @param {typeof WebSocket} [Socket]
   */
  constructor(url, handlers, Socket = WebSocket) {
    this.#handlers = handlers;
    this.#socket = new Socket(url, SUBPROTOCOL);
    this.#socket.addEventListener('message', (event) => this.#onText(event.data));
    this.#socket.addEventListener('close', (event) => this.#onClosed(event.code));
  }

  /** @returns {Promise<void>} Rejects with `unreachable`. */
  opened() {
    return new Promise((resolve, reject) => {
      const fail = () => {
        clearTimeout(timer);
        this.close();
        reject(new SfuError('unreachable', 'The server cannot be reached.'));
      };
      const timer = setTimeout(fail, OPEN_TIMEOUT_MS);
      this.#socket.addEventListener('close', fail);
      this.#socket.addEventListener('open', () => {
        clearTimeout(timer);
        this.#socket.removeEventListener('close', fail);
        resolve();
      });
    });
  }

  get isOpen() {
    return !this.#isClosed && this.#socket.readyState === 1;
  }

  /** @param {object} message Dropped when the connection is not open. */
  send(message) {
    if (this.isOpen) this.#socket.send(JSON.stringify(message));
  }

  /**
   * @param {object} message
   * @param {number} [timeoutMs]
   * @returns {Promise<any>} What answered it; rejects with the server's error, `disconnected` or `no-answer`.
   */
  request(message, timeoutMs = REQUEST_TIMEOUT_MS) {
    return new Promise((resolve, reject) => {
      if (!this.isOpen) {
        reject(disconnected());
        return;
      }
      const id = String(++this.#lastId);
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new SfuError('no-answer', 'The server did not answer in time.'));
      }, timeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
      this.send({ ...message, id });
    });
  }

  /** @param {number} seconds Between two pings. */
  keepAlive(seconds) {
    clearInterval(this.#pinging);
    this.#pinging = setInterval(() => this.check(), seconds * 1000);
  }

  /** Finds out now whether somebody is there; the connection counts as closed when nobody answers. */
  async check(timeoutMs = PONG_TIMEOUT_MS) {
    try {
      await this.request({ type: 'ping', t: performance.now() }, timeoutMs);
    } catch (error) {
      if (error instanceof SfuError && error.code === 'no-answer') this.#onClosed(BROKEN);
    }
  }

  /**
   * The network may be another one, or back: what was sent before may never come, and a connection that has been opening for a
   * while may wait for longer and longer until it knocks again (TCP's own backoff).
   */
  doubt() {
    if (this.isOpen) this.check(DOUBT_TIMEOUT_MS);
    else if (this.#socket.readyState === 0 && performance.now() - this.#begunAt >= DOUBT_TIMEOUT_MS) this.#socket.close();
  }

  /**
   * Ends it without a word to `onClose`; what was sent before still goes out.
   * @param {number} [code] 1000 ends the session too.
   */
  close(code = CHANGING) {
    this.#isClosed = true;
    clearInterval(this.#pinging);
    this.#rejectAll();
    this.#socket.close(code);
  }

  /** @param {string} text */
  #onText(text) {
    if (this.#isClosed) return;
    const message = parse(text);
    if (message === undefined) return;
    const pending = this.#pending.get(message.re);
    const isAnswerOnly = message.type === 'ok' || message.type === 'pong' || (message.type === 'error' && pending);
    if (!isAnswerOnly) this.#handlers.onMessage(message);
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    // Before the door: the answer proper comes when it opens.
    if (message.type === 'waiting') return;
    this.#pending.delete(message.re);
    if (message.type === 'error') pending.reject(SfuError.fromServer(message));
    else pending.resolve(message);
  }

  /** @param {number} code */
  #onClosed(code) {
    if (this.#isClosed) return;
    this.close();
    this.#handlers.onClose(code);
  }

  #rejectAll() {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(disconnected());
    }
    this.#pending.clear();
  }
}

function disconnected() {
  return new SfuError('disconnected', 'There is no connection to the server just now.');
}

/**
 * @param {unknown} text
 * @returns {any} Undefined when it is no message of this protocol.
 */
function parse(text) {
  try {
    const message = JSON.parse(/** @type {string} */ (text));
    return typeof message?.type === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
