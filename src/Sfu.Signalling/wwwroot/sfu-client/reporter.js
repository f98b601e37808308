import { measure, rate, read } from './quality.js';
import { memberByCsrc } from './roster.js';
import { SpeakerTracker } from './speakers.js';

const SPEAKERS_EVERY_MS = 100;
const QUALITY_EVERY_MS = 2_000;

/** @typedef {import('../sfu-client.js').Roster} Roster */

/**
 * @typedef {object} Subject What is looked at; read anew each time.
 * @property {() => import('./media.js').Media | null} media
 * @property {() => Roster} roster
 * @property {() => boolean} hasRedundancy The server sends RED.
 * @property {() => number | null} ownLevel Null without a microphone.
 */

/** Looks at the media at regular times and tells who speaks and how well it gets through. */
export class Reporter {
  #subject;
  #tell;
  /** @type {ReturnType<typeof setInterval>[]} */
  #timers = [];
  #tracker = new SpeakerTracker();
  /** @type {import('./quality.js').Reading | null} */
  #lastReading = null;
  /** @type {unknown} */
  #lastMedia = null;
  #wasQuiet = true;

  /**
   * @param {Subject} subject
   * @param {(type: 'speakers' | 'quality', detail: any) => void} tell
   */
  constructor(subject, tell) {
    this.#subject = subject;
    this.#tell = tell;
  }

  start() {
    this.stop();
    this.#timers = [
      setInterval(() => this.#lookWhoSpeaks(), SPEAKERS_EVERY_MS),
      setInterval(() => this.#lookHowWell(), QUALITY_EVERY_MS),
    ];
  }

  stop() {
    this.#timers.forEach(clearInterval);
    this.#timers = [];
  }

  #lookWhoSpeaks() {
    const roster = this.#subject.roster();
    const speakers = [];
    for (const [csrc, level] of this.#tracker.update(this.#subject.media()?.sources() ?? [], performance.now())) {
      const member = memberByCsrc(roster, csrc);
      if (member && !member.muted) speakers.push({ member, level });
    }
    const own = this.#subject.ownLevel();
    const isQuiet = speakers.length === 0 && own === null;
    if (!isQuiet || !this.#wasQuiet) this.#tell('speakers', { speakers, own });
    this.#wasQuiet = isQuiet;
  }

  async #lookHowWell() {
    const media = this.#subject.media();
    if (media !== this.#lastMedia) this.#lastReading = null;
    this.#lastMedia = media;
    if (media?.state !== 'connected') return;
    const reading = read((await media.stats()).values(), this.#subject.hasRedundancy());
    const measured = measure(this.#lastReading, reading);
    this.#lastReading = reading;
    if (media === this.#subject.media()) this.#tell('quality', { ...measured, rating: rate(measured) });
  }
}
