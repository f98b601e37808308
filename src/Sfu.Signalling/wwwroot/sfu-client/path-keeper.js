import { Backoff } from './backoff.js';
import { ReturnWatch } from './return-watch.js';

/** Changes of network come in bursts: an address goes, another one comes. */
const SETTLE_MS = 500;

/**
 * @typedef {object} Path
 * @property {() => boolean} isConnected Whether audio flows.
 * @property {() => Promise<void>} restart Asks for an ICE restart; rejects when it cannot be asked for now.
 * @property {() => void} onDoubt The signalling may be dead as well.
 */

/** Decides when ICE restarts: when the path is lost, when the network changes, and on a return without a path; again until audio flows. */
export class PathKeeper {
  #path;
  #backoff = new Backoff({ firstMs: 4_000, mostMs: 20_000 });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #next;
  #returns = new ReturnWatch(() => this.#onReturn());
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
    this.#returns.start();
    addEventListener('online', this.#onOnline);
    this.#network?.addEventListener?.('change', this.#onType);
  }

  stop() {
    this.rest();
    this.#returns.stop();
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

  /** Audio flows (again), or another session begins, whose first path a restart would only disturb. */
  rest() {
    clearTimeout(this.#next);
    this.#next = undefined;
    this.#backoff.reset();
  }

  #onNetworkChange() {
    this.#path.onDoubt();
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#restart(), SETTLE_MS);
  }

  /** The path may be as it was. Until the browser has looked, its state is that of before. */
  #onReturn() {
    this.#path.onDoubt();
    clearTimeout(this.#next);
    this.#next = setTimeout(() => {
      this.#next = undefined;
      if (!this.#path.isConnected()) this.#restart();
    }, SETTLE_MS);
  }

  #restart() {
    this.#path.restart().catch(() => {});
    this.#next = setTimeout(() => {
      this.#next = undefined;
      if (!this.#path.isConnected()) this.#restart();
    }, this.#backoff.next());
  }
}
