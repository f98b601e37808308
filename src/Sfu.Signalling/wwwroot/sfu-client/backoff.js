/**
 * How long to wait before the next attempt: doubling, with half of it random, so that a thousand clients that lost
 * the same server do not come back in the same instant.
 */
export class Backoff {
  #first;
  #most;
  #random;
  #attempts = 0;

  /**
   * @param {object} [options]
   * @param {number} [options.firstMs] The longest first wait.
   * @param {number} [options.mostMs] The longest wait ever.
   * @param {() => number} [options.random] 0 (inclusive) to 1 (exclusive).
   */
  constructor({ firstMs = 500, mostMs = 15_000, random = Math.random } = {}) {
    this.#first = firstMs;
    this.#most = mostMs;
    this.#random = random;
  }

  /** How many waits were handed out since the last {@link reset}. */
  get attempts() {
    return this.#attempts;
  }

  /** @returns {number} Milliseconds. */
  next() {
    const whole = Math.min(this.#most, this.#first * 2 ** this.#attempts);
    this.#attempts += 1;
    return whole / 2 + this.#random() * (whole / 2);
  }

  reset() {
    this.#attempts = 0;
  }
}
