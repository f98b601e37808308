import { Backoff } from './backoff.js';

/** Changes of network come in bursts: an address goes, another one comes. */
const SETTLE_MS = 500;

/**
 * @typedef {object} Path
 * @property {() => boolean} isConnected Whether audio flows.
 * @property {() => Promise<void>} restart Asks for an ICE restart; rejects when it cannot be asked for now.
 * @property {() => void} onNetworkChange The signalling may be dead as well.
 */

/** Decides when ICE restarts: when the path is lost, and when the network changes; again until audio flows. */
export class PathKeeper {
  #path;
  #backoff = new Backoff({ firstMs: 4_000, mostMs: 20_000 });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #next;
  #onOnline = () => this.#onNetworkChange();
  /** @type {any} Not in every browser, and its `type` only on phones. */
  #network = /** @type {any} */ (navigator).connection;
  #networkType = this.#network?.type;
  #onType = () => {
    // `change` also tells of mere estimates of the bandwidth.
    if (this.#network.type === this.#networkType) return;
    this.#networkType = this.#network.type;
    this.#onNetworkChange();
  };

  /** @param {Path} path */
  constructor(path) {
    this.#path = path;
  }

  start() {
    this.stop();
    addEventListener('online', this.#onOnline);
    this.#network?.addEventListener?.('change', this.#onType);
  }

  stop() {
    this.onConnected();
    removeEventListener('online', this.#onOnline);
    this.#network?.removeEventListener?.('change', this.#onType);
  }

  /** The path is lost for longer than it may be. */
  onLost() {
    // One restart at a time: while one is under way its own end decides.
    if (this.#next === undefined) this.#restart();
  }

  /** The signalling is back: what could not be asked for before can be now. */
  hurry() {
    if (this.#next === undefined || this.#path.isConnected()) return;
    clearTimeout(this.#next);
    this.#restart();
  }

  /** Audio flows (again). */
  onConnected() {
    clearTimeout(this.#next);
    this.#next = undefined;
    this.#backoff.reset();
  }

  #onNetworkChange() {
    this.#path.onNetworkChange();
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#restart(), SETTLE_MS);
  }

  #restart() {
    this.#path.restart().catch(() => {});
    this.#next = setTimeout(() => {
      this.#next = undefined;
      if (!this.#path.isConnected()) this.#restart();
    }, this.#backoff.next());
  }
}
