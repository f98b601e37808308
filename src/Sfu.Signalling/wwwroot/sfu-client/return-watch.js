/** Between two looks at the clock. */
const TICK_MS = 1_000;

/** A timer that is late by so much was not kept by a busy page: the device slept, or the page was frozen. */
const SLEPT_MS = 2_000;

/**
 * Tells when the page is back from wherever it was: frozen, asleep with its device, or out of sight. Whatever it believes about
 * its connections is then as old as its absence, and timers would find that out one by one.
 */
export class ReturnWatch {
  #onReturn;
  #now;
  #lastTick = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;
  #onEvent = () => {
    if (document.visibilityState === 'visible') this.#tell();
  };

  /**
   * @param {() => void} onReturn May be called several times for one return.
   * @param {() => number} [now] In milliseconds. A clock that goes on while the device sleeps, as `performance.now` does not everywhere.
   */
  constructor(onReturn, now = Date.now) {
    this.#onReturn = onReturn;
    this.#now = now;
  }

  start() {
    this.stop();
    this.#lastTick = this.#now();
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    addEventListener('pageshow', this.#onEvent);
    document.addEventListener('visibilitychange', this.#onEvent);
    document.addEventListener('resume', this.#onEvent);
  }

  stop() {
    clearInterval(this.#ticking);
    removeEventListener('pageshow', this.#onEvent);
    document.removeEventListener('visibilitychange', this.#onEvent);
    document.removeEventListener('resume', this.#onEvent);
  }

  /** A clock that was set to another time tells as well, which costs a ping. */
  #tick() {
    const now = this.#now();
    if (Math.abs(now - this.#lastTick - TICK_MS) > SLEPT_MS) this.#tell();
    else this.#lastTick = now;
  }

  #tell() {
    this.#lastTick = this.#now();
    this.#onReturn();
  }
}
