/**
 * Who speaks now, from the contributing sources that RTP packets of the slots carry.
 * @module
 */

/** Below this a voice counts as silence, in dBov (RFC 6464 counts the same way, 0 is the loudest). */
const SILENCE = -50;

/** As loud as it gets for the eye. */
const LOUD = -12;

/** Between two words nobody stops being a speaker; a source that says nothing new for so long has stopped. */
const HANGOVER_MS = 350;

/** What is shown where a browser tells who, and not how loud. */
const UNKNOWN_LEVEL = 0.5;

/**
 * @typedef {object} Source As `RTCRtpReceiver.getContributingSources()` gives it.
 * @property {number} source The CSRC.
 * @property {number} timestamp On a clock of the browser's choice; only its changes are looked at.
 * @property {number} [audioLevel] 0..1, linear.
 */

/** @typedef {{ timestamp: number, spokeAt: number, level: number }} Heard */

export class SpeakerTracker {
  /** @type {Map<number, Heard>} */
  #heard = new Map();

  /**
   * @param {Iterable<Source>} sources Of all slots.
   * @param {number} now Milliseconds on a monotonic clock.
   * @returns {Map<number, number>} CSRC to level (0..1, as the eye wants it), of those who speak.
   */
  update(sources, now) {
    for (const source of sources) this.#note(source, now);
    const speaking = new Map();
    for (const [csrc, heard] of this.#heard) {
      if (now - heard.spokeAt <= HANGOVER_MS) speaking.set(csrc, heard.level);
    }
    return speaking;
  }

  /**
   * @param {Source} source
   * @param {number} now
   */
  #note({ source, timestamp, audioLevel }, now) {
    const known = this.#heard.get(source);
    // The same passenger may be listed by two slots just after a change of slots: the newer entry counts.
    if (known && timestamp <= known.timestamp) return;
    const level = audioLevel === undefined ? UNKNOWN_LEVEL : loudness(audioLevel);
    const spokeAt = level > 0 ? now : (known?.spokeAt ?? -Infinity);
    this.#heard.set(source, { timestamp, spokeAt, level });
  }
}

/**
 * @param {number} linear 0..1, a fraction of full scale.
 * @returns {number} 0..1, even steps for even steps in decibels.
 */
export function loudness(linear) {
  if (!(linear > 0)) return 0;
  const decibels = 20 * Math.log10(linear);
  return Math.min(1, Math.max(0, (decibels - SILENCE) / (LOUD - SILENCE)));
}
