import { Backoff } from './sfu-client/backoff.js';
import { isPassing, SfuError } from './sfu-client/errors.js';
import { Media } from './sfu-client/media.js';
import { LevelMeter, openMicrophone } from './sfu-client/microphone.js';
import { PathKeeper } from './sfu-client/path-keeper.js';
import { Reporter } from './sfu-client/reporter.js';
import { emptyRoster, reduce } from './sfu-client/roster.js';
import { Signalling } from './sfu-client/signalling.js';

export { SfuError };

/** @typedef {import('./sfu-client.js').ConnectOptions} ConnectOptions */
/** @typedef {import('./sfu-client.js').StateDetail} StateDetail */

const VERSION = 1;

/** A close code that ends the session (RFC 6455 7.4.1). */
const NORMAL = 1000;

/** From this close code on the server had a reason, which the next attempt should not meet at once. */
const REFUSED = 4400;

/** How often the media may fail for good before the client gives up. */
const MOST_FAILURES = 3;

/**
 * Somebody's stay in a room, from `connect` to `leave`. Whatever breaks meanwhile is mended: a lost WebSocket by
 * resuming while the audio goes on, a lost path by an ICE restart, a lost session by joining again.
 * The events and their types are in `sfu-client.d.ts`.
 */
export class SfuClient extends EventTarget {
  /** @type {ConnectOptions} */
  #options = { room: '' };
  /** @type {StateDetail} */
  #state = { state: 'idle', signalling: 'closed', media: 'connecting' };
  #roster = emptyRoster;
  /** @type {Signalling | null} */
  #link = null;
  /** @type {Media | null} */
  #media = null;
  /** @type {string | null} */
  #resumeToken = null;
  /** @type {{ track: MediaStreamTrack, meter: LevelMeter, onEnded: () => void } | null} */
  #microphone = null;
  #muted = false;
  #isIn = false;
  #wasConnected = false;
  #failures = 0;
  #isRecovering = false;
  /** @type {() => void} */
  #wake = () => {};
  #backoff = new Backoff({ firstMs: 1_000, mostMs: 30_000 });
  #keeper = new PathKeeper({
    isConnected: () => this.#media?.state === 'connected',
    restart: () => this.#askForRestart(),
    onNetworkChange: () => {
      this.#wake();
      this.#link?.check();
    },
  });
  #reporter = new Reporter(
    {
      media: () => this.#media,
      roster: () => this.#roster,
      ownLevel: () => this.#microphone && (this.#muted ? 0 : this.#microphone.meter.read()),
    },
    (type, detail) => this.#tell(type, detail),
  );

  get state() {
    return this.#state.state;
  }

  get roster() {
    return this.#roster;
  }

  get muted() {
    return this.#muted;
  }

  /** Whether the microphone is open and this client is on the stage. */
  get onStage() {
    return this.#microphone !== null;
  }

  /** The audio of the slots, one stream each: to record, or to look at. */
  get streams() {
    return this.#media?.streams ?? [];
  }

  get peerConnection() {
    return this.#media?.peerConnection ?? null;
  }

  /**
   * @param {ConnectOptions} options
   * @returns {Promise<import('./sfu-client.js').Roster>} Once the server let us in; audio follows, see the event `state`.
   */
  async connect(options) {
    if (this.#isIn || this.#state.state === 'connecting') throw new SfuError('already-connected', 'Leave the room first.');
    this.#options = options;
    this.#setState('connecting');
    try {
      if (options.onStage) await this.#openMicrophoneOrListen();
      if (this.state !== 'connecting') throw new SfuError('disconnected', 'Left before the room was reached.');
      await this.#establish();
    } catch (error) {
      this.#shutDown();
      this.#setState('idle');
      throw error;
    }
    this.#isIn = true;
    this.#keeper.start();
    this.#reporter.start();
    this.#refreshState();
    return this.#roster;
  }

  /** @param {MediaStreamTrack} [track] Taken over, and stopped when the stage is left; the default microphone otherwise. */
  async takeStage(track) {
    if (this.#microphone && track === undefined) return;
    this.#requireLink();
    const opened = track ?? (await openMicrophone());
    try {
      await this.#requireLink().request({ type: 'stage', on: true });
    } catch (error) {
      opened.stop();
      throw error;
    }
    this.#holdMicrophone(opened);
    await this.#media?.setMicrophone(opened);
    this.#tell('roster', this.#roster);
  }

  async leaveStage() {
    await this.#dropMicrophone();
    await this.#requestNowOrLater({ type: 'stage', on: false });
  }

  /** @param {boolean} muted Silence leaves the device at once; the room is told. */
  async setMuted(muted) {
    this.#muted = muted;
    if (this.#microphone) this.#microphone.track.enabled = !muted;
    await this.#requestNowOrLater({ type: 'mute', muted });
  }

  /** Leaves quietly; nothing is waited for. */
  leave() {
    if (this.#state.state === 'ended' || this.#state.state === 'idle') return;
    this.#link?.send({ type: 'leave' });
    this.#link?.close(NORMAL);
    this.#end({ reason: 'left', message: 'You left the room.' });
  }

  /** Ends the room for everybody; for moderators. The event `ended` follows. */
  closeRoom() {
    this.#requireLink().send({ type: 'close-room' });
  }

  /** Finds a new path for the audio, which goes on over the old one meanwhile. */
  async restartIce() {
    await this.#requireLink().request({ type: 'ice-restart' });
  }

  /** Call it from a tap or a key after the event `playbackblocked`. */
  resumePlayback() {
    this.#media?.resumePlayback();
  }

  // ---- coming in, and coming back

  async #establish() {
    this.#setState(this.#isIn ? 'reconnecting' : 'connecting');
    const url = this.#options.url ?? defaultUrl();
    const link = new Signalling(url, {
      onMessage: (message) => this.#onMessage(message),
      onClose: (code) => this.#onClose(code),
    });
    this.#link?.close();
    this.#link = link;
    await link.opened();
    if (!(await this.#resume(link))) await this.#join(link);
    this.#backoff.reset();
  }

  /**
   * @param {Signalling} link
   * @returns {Promise<boolean>} False when there is no session to come back to.
   */
  async #resume(link) {
    if (this.#resumeToken === null) return false;
    try {
      await link.request({ type: 'resume', v: VERSION, resumeToken: this.#resumeToken });
      return true;
    } catch (error) {
      if (!(error instanceof SfuError) || error.code !== 'resume-unknown') throw error;
      this.#resumeToken = null;
      return false;
    }
  }

  /** @param {Signalling} link */
  async #join(link) {
    const { room, name, getToken } = this.#options;
    const token = getToken ? await getToken() : this.#options.token;
    const join = { type: 'join', v: VERSION, room, token, name };
    try {
      await link.request({ ...join, onStage: this.#microphone !== null });
    } catch (error) {
      if (!(error instanceof SfuError) || error.code !== 'role-forbids-stage') throw error;
      this.#tell('error', error);
      await this.#dropMicrophone();
      await link.request({ ...join, onStage: false });
    }
  }

  async #openMicrophoneOrListen() {
    try {
      this.#holdMicrophone(await openMicrophone());
    } catch (error) {
      this.#tell('error', error);
    }
  }

  /** @param {boolean} [pause] Before the first attempt: the server asked for it, or the last attempt failed. */
  async #recover(pause = false) {
    if (this.#isRecovering || !this.#isIn) return;
    this.#isRecovering = true;
    for (let wait = pause; this.#isIn && !this.#link?.isOpen; wait = true) {
      this.#refreshState();
      if (wait) await this.#sleep(this.#backoff.next());
      if (!this.#isIn) break;
      await this.#establish().catch((error) => this.#onFailedAttempt(error));
    }
    this.#isRecovering = false;
    this.#refreshState();
  }

  /** @param {unknown} error */
  #onFailedAttempt(error) {
    this.#link?.close();
    if (isPassing(error)) return;
    const { code, message } = /** @type {SfuError} */ (error);
    this.#end({ reason: code, message });
  }

  /** @param {number} milliseconds Or until the network is back. */
  async #sleep(milliseconds) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  /** The session is lost: joins another one. */
  #rejoin() {
    this.#resumeToken = null;
    this.#link?.send({ type: 'leave' });
    this.#link?.close(NORMAL);
    this.#recover(true);
  }

  // ---- what the server says

  /** @param {any} message */
  #onMessage(message) {
    const roster = reduce(this.#roster, message);
    const before = this.#roster;
    this.#roster = roster;
    if (message.type === 'welcome') this.#onWelcome(message);
    else if (message.type === 'offer') this.#onOffer(message);
    else if (message.type === 'self') this.#followSelf();
    else if (message.type === 'media') this.#onServerMedia(message.state);
    else if (message.type === 'error') this.#tell('error', SfuError.fromServer(message));
    else if (message.type === 'bye') this.#onBye(message);
    if (roster !== before) this.#tell('roster', roster);
  }

  /** @param {any} welcome */
  #onWelcome(welcome) {
    this.#resumeToken = welcome.resumeToken;
    this.#link?.keepAlive(welcome.pingSeconds);
    if (!welcome.resumed) this.#startMedia(welcome.iceServers);
    else this.#onResumed(welcome.media);
    this.#followSelf();
    this.#tellSelf();
  }

  /** @param {string} media */
  #onResumed(media) {
    this.#onServerMedia(media);
    this.#keeper.hurry();
  }

  /** The server may not have heard what we did while the connection was gone. */
  #tellSelf() {
    const self = this.#roster.self;
    if (self?.onStage && !this.#microphone) this.#link?.send({ type: 'stage', on: false });
    if (self?.muted !== this.#muted) this.#link?.send({ type: 'mute', muted: this.#muted });
  }

  /** @param {RTCIceServer[]} iceServers */
  #startMedia(iceServers) {
    this.#media?.close();
    this.#media = new Media({
      iceServers,
      audioSink: this.#options.audioSink,
      onChange: () => this.#onMediaChange(),
      onPathLost: () => this.#keeper.onLost(),
      onPlaybackBlocked: () => this.#tell('playbackblocked', null),
    });
    this.#media.setMicrophone(this.#microphone?.track ?? null);
  }

  /** @param {{ generation: number, sdp: string }} offer */
  async #onOffer(offer) {
    try {
      const sdp = await this.#media?.answer(offer);
      if (sdp !== undefined) await this.#link?.request({ type: 'answer', generation: offer.generation, sdp });
    } catch (error) {
      // Lost on the way, or overtaken: the server repeats its newest offer after a resume.
      const isHarmless = error instanceof SfuError && ['disconnected', 'answer-wrong-generation'].includes(error.code);
      if (isHarmless || this.#state.state === 'ended') return;
      this.#tell('error', new SfuError('media-setup', 'The audio could not be set up.', { cause: error }));
    }
  }

  /** The server may take us off the stage. */
  #followSelf() {
    if (this.#roster.self?.onStage === false && this.#microphone) this.#dropMicrophone();
  }

  /** @param {string} state */
  #onServerMedia(state) {
    if (state === 'failed') this.#onMediaFailed();
    else if (state === 'disconnected') this.#keeper.onLost();
  }

  #onMediaChange() {
    const state = this.#media?.state;
    if (state === 'connected') {
      this.#wasConnected = true;
      this.#failures = 0;
      this.#keeper.onConnected();
    } else if (state === 'failed') {
      this.#onMediaFailed();
    }
    this.#refreshState();
  }

  #onMediaFailed() {
    if (this.#isRecovering || !this.#isIn) return;
    this.#failures += 1;
    if (this.#failures < MOST_FAILURES) this.#rejoin();
    else this.#end({ reason: 'media-failed', message: 'The audio connection cannot be set up.' });
  }

  /** @param {{ reason: string, message: string, reconnect: boolean }} bye */
  #onBye({ reason, message, reconnect }) {
    this.#resumeToken = null;
    this.#link?.close();
    if (reconnect) this.#recover(true);
    else this.#end({ reason, message });
  }

  /** @param {number} code */
  #onClose(code) {
    if (!this.#isIn) return;
    this.#recover(code >= REFUSED);
  }

  /** @param {object} message What {@link #tellSelf} makes up for when it gets lost. */
  async #requestNowOrLater(message) {
    try {
      await this.#link?.request(message);
    } catch (error) {
      if (!(error instanceof SfuError) || error.code !== 'disconnected') throw error;
    }
  }

  async #askForRestart() {
    await this.#link?.request({ type: 'ice-restart' });
  }

  // ---- the microphone

  /** @param {MediaStreamTrack} track */
  #holdMicrophone(track) {
    this.#releaseMicrophone();
    const onEnded = () => {
      this.#tell('error', new SfuError('microphone-lost', 'The microphone is gone.'));
      this.leaveStage().catch(() => {});
    };
    track.enabled = !this.#muted;
    track.addEventListener('ended', onEnded);
    this.#microphone = { track, meter: new LevelMeter(track), onEnded };
  }

  async #dropMicrophone() {
    this.#releaseMicrophone();
    this.#tell('roster', this.#roster);
    await this.#media?.setMicrophone(null);
  }

  #releaseMicrophone() {
    if (!this.#microphone) return;
    const { track, meter, onEnded } = this.#microphone;
    this.#microphone = null;
    track.removeEventListener('ended', onEnded);
    track.stop();
    meter.close();
  }

  // ---- state and its end

  /** @param {{ reason: string, message: string }} why */
  #end(why) {
    if (this.#state.state === 'ended') return;
    this.#shutDown();
    this.#setState('ended');
    this.#tell('ended', why);
  }

  #shutDown() {
    this.#isIn = false;
    this.#wasConnected = false;
    this.#failures = 0;
    this.#muted = false;
    this.#resumeToken = null;
    this.#keeper.stop();
    this.#reporter.stop();
    this.#releaseMicrophone();
    this.#media?.close();
    this.#media = null;
    this.#link?.close();
    this.#link = null;
    this.#wake();
  }

  #requireLink() {
    if (!this.#link?.isOpen) throw new SfuError('disconnected', 'There is no connection to the server just now.');
    return this.#link;
  }

  #refreshState() {
    if (!this.#isIn) return;
    if (this.#isRecovering || !this.#link?.isOpen) this.#setState('reconnecting');
    else if (this.#media?.state === 'connected') this.#setState('connected');
    else this.#setState(this.#wasConnected ? 'reconnecting' : 'connecting');
  }

  /** @param {StateDetail['state']} state */
  #setState(state) {
    const signalling = this.#link?.isOpen ? 'open' : state === 'reconnecting' || state === 'connecting' ? 'connecting' : 'closed';
    const media = this.#media?.state ?? 'connecting';
    const before = this.#state;
    if (before.state === state && before.signalling === signalling && before.media === media) return;
    this.#state = { state, signalling, media };
    this.#tell('state', this.#state);
  }

  /**
   * @param {string} type
   * @param {unknown} detail
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function defaultUrl() {
  const url = new URL('/v1/ws', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
