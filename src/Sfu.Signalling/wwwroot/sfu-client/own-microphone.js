import { LevelMeter } from './microphone.js';

/** The microphone that one holds while on the stage, and whether it is muted, on the stage or not. */
export class OwnMicrophone {
  /** @type {{ track: MediaStreamTrack, meter: LevelMeter } | null} */
  #held = null;
  #muted = false;
  #onLost;
  #onEnded = () => this.#onLost();

  /** @param {() => void} onLost It was unplugged, or taken away by the browser. */
  constructor(onLost) {
    this.#onLost = onLost;
  }

  get isHeld() {
    return this.#held !== null;
  }

  get track() {
    return this.#held?.track ?? null;
  }

  /** @returns {number | null} 0..1; null without a microphone. */
  get level() {
    return this.#held && (this.#muted ? 0 : this.#held.meter.read());
  }

  get muted() {
    return this.#muted;
  }

  /** Silence leaves the device at once. */
  set muted(muted) {
    this.#muted = muted;
    if (this.#held) this.#held.track.enabled = !muted;
  }

  /** @param {MediaStreamTrack} track Stopped at the release. */
  hold(track) {
    this.release();
    track.enabled = !this.#muted;
    track.addEventListener('ended', this.#onEnded);
    this.#held = { track, meter: new LevelMeter(track) };
  }

  release() {
    if (!this.#held) return;
    const { track, meter } = this.#held;
    this.#held = null;
    track.removeEventListener('ended', this.#onEnded);
    track.stop();
    meter.close();
  }
}
