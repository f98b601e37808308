import { Backoff } from './backoff.js';

/**
 * @typedef {object} Trial
 * @property {() => boolean} isWanted Whether somebody still wants the connection, and does not have it.
 * @property {() => Promise<void>} attempt
 * @property {(error: unknown) => void} onFailed
 * @property {() => void} onChange It runs, or runs no more.
 */

/** Attempts after attempts, with growing pauses between them, until the connection stands. */
export class Recovery {
  #trial;
  #backoff = new Backoff({ firstMs: 1_000, mostMs: 30_000 });
  #isRunning = false;
  /** Woken while an attempt was under way: should it fail, the next one is made at once. */
  #isWoken = false;
  /** @type {() => void} */
  #wake = () => {};

  /** @param {Trial} trial */
  constructor(trial) {
    this.#trial = trial;
  }

  get isRunning() {
    return this.#isRunning;
  }

  /** @param {boolean} [pauses] Before the first attempt: the server asked for it, or the last attempt failed. */
  async run(pauses = false) {
    if (this.#isRunning || !this.#trial.isWanted()) return;
    this.#isRunning = true;
    this.#isWoken = false;
    for (let pause = pauses; this.#trial.isWanted(); pause = true) {
      this.#trial.onChange();
      if (pause) await this.pause();
      if (!this.#trial.isWanted()) break;
      await this.#trial.attempt().catch((error) => this.#trial.onFailed(error));
    }
    this.#isRunning = false;
    this.#trial.onChange();
  }

  /** Longer each time; {@link wake} ends it. */
  async pause() {
    if (this.#isWoken) {
      this.#isWoken = false;
      return;
    }
    await new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake(), this.#backoff.next());
      this.#wake = () => {
        this.#wake = () => {};
        clearTimeout(timer);
        this.#isWoken = false;
        resolve(undefined);
      };
    });
  }

  /** The network is back, or nobody waits any more: what failed before says nothing about the next attempt. */
  wake() {
    this.#isWoken = true;
    this.#backoff.reset();
    this.#wake();
  }

  /** An attempt succeeded. */
  reset() {
    this.#isWoken = false;
    this.#backoff.reset();
  }
}
