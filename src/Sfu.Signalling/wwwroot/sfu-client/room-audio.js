import { SfuError } from './errors.js';
import { Media } from './media.js';
import { PathKeeper } from './path-keeper.js';

/** How often the media may fail for good before the client gives up. */
const MOST_FAILURES = 3;

/**
 * @typedef {object} Room
 * @property {(message: object) => Promise<any>} request Asks the server.
 * @property {() => boolean} isThere In the room, and not about to come back to it.
 * @property {() => void} doubt The network may be another one, or back.
 * @property {() => void} onChange The state of the audio is another one.
 * @property {() => void} onFailed Only another session helps.
 * @property {() => void} onGivenUp Nothing helps.
 * @property {() => void} onPlaybackBlocked The browser wants a gesture before it plays.
 * @property {(error: SfuError) => void} onError
 */

/** The audio of a session: what the server offers, answered, and a path that is found again when it is lost. */
export class RoomAudio {
  #room;
  /** @type {Media | null} */
  #media = null;
  #wasConnected = false;
  #failures = 0;
  /** The slots come as RED, as the server says. */
  hasRedundancy = false;
  #keeper = new PathKeeper({
    isConnected: () => this.#media === null || this.#media.state === 'connected',
    restart: () => this.restartIce(),
    onDoubt: () => this.#room.doubt(),
  });

  /** @param {Room} room */
  constructor(room) {
    this.#room = room;
  }

  get media() {
    return this.#media;
  }

  get state() {
    return this.#media?.state ?? 'connecting';
  }

  /** Whether it has been heard since one came in. */
  get wasConnected() {
    return this.#wasConnected;
  }

  /** Looks after the path from now on. */
  watch() {
    this.#keeper.start();
  }

  /**
   * A session begins.
   * @param {RTCIceServer[]} iceServers
   * @param {HTMLElement} [audioSink]
   * @param {MediaStreamTrack | null} [microphone]
   */
  start(iceServers, audioSink, microphone = null) {
    this.#keeper.rest();
    this.#media?.close();
    this.#media = new Media({
      iceServers,
      audioSink,
      onChange: () => this.#onChange(),
      onPathLost: () => this.#keeper.onLost(),
      onPlaybackBlocked: () => this.#room.onPlaybackBlocked(),
    });
    this.#media.setMicrophone(microphone);
  }

  /**
   * The session goes on after a resume.
   * @param {{ media: string, iceServers: RTCIceServer[] }} welcome
   */
  resume({ media, iceServers }) {
    this.#media?.renewIceServers(iceServers);
    this.onServerState(media);
    this.#keeper.hurry();
  }

  /** There is no audio in this room. */
  stop() {
    this.#media?.close();
    this.#media = null;
  }

  close() {
    this.#keeper.stop();
    this.#wasConnected = false;
    this.#failures = 0;
    this.stop();
  }

  /** @param {MediaStreamTrack | null} track */
  async setMicrophone(track) {
    await this.#media?.setMicrophone(track);
  }

  async restartIce() {
    await this.#room.request({ type: 'ice-restart' });
  }

  /** @param {{ generation: number, sdp: string }} offer */
  async answer(offer) {
    const media = this.#media;
    try {
      const sdp = await media?.answer(offer);
      if (sdp !== undefined) await this.#room.request({ type: 'answer', generation: offer.generation, sdp });
    } catch (error) {
      // Lost on the way, or overtaken: the server repeats its newest offer after a resume.
      const isHarmless = error instanceof SfuError && ['disconnected', 'answer-wrong-generation'].includes(error.code);
      if (isHarmless || this.#media !== media) return;
      this.#room.onError(new SfuError('media-setup', 'The audio could not be set up.', { cause: error }));
    }
  }

  /** @param {string} state As the server sees it. */
  onServerState(state) {
    if (state === 'failed') this.#onFailed();
    else if (state === 'disconnected') this.#keeper.onLost();
  }

  #onChange() {
    if (this.state === 'connected') {
      this.#wasConnected = true;
      this.#failures = 0;
      this.#keeper.rest();
    } else if (this.state === 'failed') {
      this.#onFailed();
    }
    this.#room.onChange();
  }

  #onFailed() {
    if (!this.#room.isThere()) return;
    this.#failures += 1;
    if (this.#failures < MOST_FAILURES) this.#room.onFailed();
    else this.#room.onGivenUp();
  }
}
