import { Entrance } from './sfu-client/entrance.js';
import { isPassing, SfuError } from './sfu-client/errors.js';
import { Media } from './sfu-client/media.js';
import { openMicrophone } from './sfu-client/microphone.js';
import { OwnMicrophone } from './sfu-client/own-microphone.js';
import { PathKeeper } from './sfu-client/path-keeper.js';
import { Recovery } from './sfu-client/recovery.js';
import { Reporter } from './sfu-client/reporter.js';
import { RoomRequests } from './sfu-client/room-requests.js';
import { emptyRoster, moderates, reduce } from './sfu-client/roster.js';
import { Signalling } from './sfu-client/signalling.js';

export { SfuError };

/** @typedef {import('./sfu-client.js').ConnectOptions} ConnectOptions */
/** @typedef {import('./sfu-client.js').StateDetail} StateDetail */

/** A close code that ends the session (RFC 6455 7.4.1). */
const NORMAL = 1000;

/** From this close code on the server had a reason, which the next attempt should not meet at once. */
const REFUSED = 4400;

/** Between two pings while waiting before the door: only `welcome` names another time. */
const WAITING_PING_SECONDS = 15;

/** How often the media may fail for good before the client gives up. */
const MOST_FAILURES = 3;

/**
 * Somebody's stay in a room, from `connect` to `leave`. Whatever breaks meanwhile is mended: a lost WebSocket by
 * resuming while the audio goes on, a lost path by an ICE restart, a lost session by joining again.
 * The events and their types are in `sfu-client.d.ts`.
 */
export class SfuClient extends RoomRequests {
  /** @type {ConnectOptions} */
  #options = { room: '' };
  /** @type {StateDetail} */
  #state = { state: 'idle', signalling: 'closed', media: 'connecting' };
  #roster = emptyRoster;
  /** @type {Signalling | null} */
  #link = null;
  /** @type {Media | null} */
  #media = null;
  #microphone = new OwnMicrophone(() => this.#onMicrophoneLost());
  #entrance = new Entrance({
    onStage: () => this.onStage,
    onStageRefused: async (error) => {
      this.#tell('error', error);
      await this.#dropMicrophone();
    },
  });
  #isIn = false;
  /** How many slots we want to hear; null for all. @type {number | null} */
  #slots = null;
  /** Before the door. @type {import('./sfu-client.js').WaitingDetail | null} */
  #waiting = null;
  /** Why nothing comes of coming in. @type {SfuError | null} */
  #refusal = null;
  #wasConnected = false;
  #failures = 0;
  #hasRedundancy = false;
  #recovery = new Recovery({
    isWanted: () => this.#isIn && !this.#link?.isOpen,
    attempt: () => this.#establish(),
    onFailed: (error) => this.#onFailedAttempt(error),
    onChange: () => this.#refreshState(),
  });
  #keeper = new PathKeeper({
    isConnected: () => this.#media?.state === 'connected',
    restart: () => this.#askForRestart(),
    onNetworkChange: () => {
      this.#recovery.wake();
      this.#link?.check();
    },
  });
  #reporter = new Reporter(
    {
      media: () => this.#media,
      roster: () => this.#roster,
      hasRedundancy: () => this.#hasRedundancy,
      ownLevel: () => this.#microphone.level,
    },
    (type, detail) => this.#tell(type, detail),
  );

  constructor() {
    super((message) => this.#ask(message));
  }

  get state() {
    return this.#state.state;
  }

  get roster() {
    return this.#roster;
  }

  get muted() {
    return this.#microphone.muted;
  }

  /** Whether this client is on the stage, and its microphone is open where there is audio. */
  get onStage() {
    return this.#microphone.isHeld || (this.#isIn && this.#isSilent && this.#roster.self?.onStage === true);
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
   * @returns {Promise<import('./sfu-client.js').Roster>} Once the server let us in; audio follows, see the event `state`. It may take long, see the event `waiting`.
   */
  async connect(options) {
    if (this.#isIn || ['connecting', 'waiting'].includes(this.#state.state)) throw new SfuError('already-connected', 'Leave the room first.');
    this.#options = options;
    this.#refusal = null;
    this.#roster = emptyRoster;
    this.#setState('connecting');
    try {
      if (options.onStage) await this.#openMicrophoneOrListen();
      if (this.#refusal) throw this.#refusal;
      await this.#comeIn();
    } catch (error) {
      this.#shutDown();
      this.#setState('idle');
      throw this.#refusal ?? error;
    }
    this.#isIn = true;
    this.#keeper.start();
    this.#reporter.start();
    this.#refreshState();
    return this.#roster;
  }

  /** @param {MediaStreamTrack} [track] Taken over, and stopped when the stage is left; the default microphone otherwise. */
  async takeStage(track) {
    if (this.onStage && track === undefined) return;
    await this.#goOnStage({ type: 'stage', on: true }, track);
  }

  /** @param {MediaStreamTrack} [track] As in {@link takeStage}. */
  async acceptInvitation(track) {
    await this.#goOnStage({ type: 'accept-invitation' }, track);
  }

  async leaveStage() {
    await this.#dropMicrophone();
    await this.#requestNowOrLater({ type: 'stage', on: false });
  }

  /** @param {boolean} muted Silence leaves the device at once; the room is told. */
  async setMuted(muted) {
    this.#microphone.muted = muted;
    try {
      await this.#requestNowOrLater({ type: 'mute', muted });
    } catch (error) {
      if (error instanceof SfuError && error.code === 'muted-by-moderator') this.#microphone.muted = true;
      throw error;
    }
  }

  /** @param {number} slots How many speakers to hear at once, those first who spoke last: for a thin line. 1 is the dominant one alone. */
  async listen(slots) {
    this.#slots = slots;
    await this.#requestNowOrLater({ type: 'listen', slots });
  }

  /** Leaves quietly; nothing is waited for. */
  leave() {
    if (this.#state.state === 'ended' || this.#state.state === 'idle') return;
    this.#refusal = new SfuError('left', 'You left the room.');
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
    await this.#askForRestart();
  }

  /** Call it from a tap or a key after the event `playbackblocked`. */
  resumePlayback() {
    this.#media?.resumePlayback();
  }

  // ---- coming in, and coming back

  /** Who waits before the door goes on waiting when the connection breaks: at the end of the queue, but there. */
  async #comeIn() {
    for (;;) {
      try {
        await this.#establish();
        return;
      } catch (error) {
        if (!this.#waiting || this.#refusal || !isPassing(error)) throw error;
      }
      await this.#recovery.pause();
      if (this.#refusal) throw this.#refusal;
    }
  }

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
    await this.#entrance.enter(link, this.#options);
    this.#recovery.reset();
  }

  async #openMicrophoneOrListen() {
    try {
      this.#microphone.hold(await openMicrophone());
    } catch (error) {
      this.#tell('error', error);
    }
  }

  /** @param {unknown} error */
  #onFailedAttempt(error) {
    this.#link?.close();
    if (isPassing(error)) return;
    const { code, message } = /** @type {SfuError} */ (error);
    this.#end({ reason: code, message });
  }

  /** The session is lost: joins another one. */
  #rejoin() {
    this.#entrance.resumeToken = null;
    this.#link?.send({ type: 'leave' });
    this.#link?.close(NORMAL);
    this.#recovery.run(true);
  }

  // ---- what the server says

  /** @param {any} message */
  #onMessage(message) {
    const roster = reduce(this.#roster, message);
    const before = this.#roster;
    this.#roster = roster;
    if (message.type === 'welcome') this.#onWelcome(message);
    else if (message.type === 'offer') this.#onOffer(message);
    else if (message.type === 'self') this.#onSelf(before);
    else if (message.type === 'media') this.#onServerMedia(message.state);
    else if (message.type === 'redundancy') this.#hasRedundancy = message.on;
    else if (message.type === 'error') this.#tell('error', SfuError.fromServer(message));
    else if (message.type === 'bye') this.#onBye(message);
    else if (message.type === 'waiting' || message.type === 'waiting.moved') this.#onWaiting(message);
    if (roster !== before) this.#tell('roster', roster);
    this.#pass(message);
  }

  /** What is nothing to remember. @param {any} message */
  #pass({ type, ...detail }) {
    const isAboutUs = detail.id === this.#roster.self?.id;
    if (type === 'message' || type === 'reactions') this.#tell(type, type === 'reactions' ? detail.counts : detail);
    else if (type === 'speakers') this.#tell('heard', this.#roster.heard);
    else if (type === 'invited' && isAboutUs) this.#tell('invited', { by: detail.by });
    else if (type === 'invitation.ended' && isAboutUs) this.#tell('invitationended', { end: detail.end });
  }

  /** @param {{ reason?: string, position: number, opensAt?: string }} news `waiting.moved` tells the place alone. */
  #onWaiting({ reason = this.#waiting?.reason ?? 'room-full', position, opensAt = this.#waiting?.opensAt }) {
    if (!this.#waiting) this.#link?.keepAlive(WAITING_PING_SECONDS);
    this.#waiting = { reason: /** @type {'room-full' | 'doors-closed'} */ (reason), position, opensAt };
    this.#setState('waiting');
    this.#tell('waiting', this.#waiting);
  }

  /** @param {any} welcome */
  #onWelcome(welcome) {
    this.#entrance.resumeToken = welcome.resumeToken;
    this.#waiting = null;
    this.#hasRedundancy = welcome.redundancy;
    this.#link?.keepAlive(welcome.pingSeconds);
    if (this.#isSilent) this.#endMedia();
    else if (!welcome.resumed) this.#startMedia(welcome.iceServers);
    else this.#onResumed(welcome);
    this.#followSelf();
    this.#tellSelf();
  }

  /** @param {{ media: string, iceServers: RTCIceServer[] }} welcome */
  #onResumed({ media, iceServers }) {
    this.#media?.renewIceServers(iceServers);
    this.#onServerMedia(media);
    this.#keeper.hurry();
  }

  /** The server may not have heard what we did while the connection was gone. */
  #tellSelf() {
    const self = this.#roster.self;
    if (self?.onStage && !this.onStage) this.#link?.send({ type: 'stage', on: false });
    if (this.#slots !== null) this.#link?.send({ type: 'listen', slots: this.#slots });
    if (self?.muted !== this.muted) this.#link?.send({ type: 'mute', muted: this.muted });
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
    this.#media.setMicrophone(this.#microphone.track);
  }

  #endMedia() {
    this.#microphone.release();
    this.#media?.close();
    this.#media = null;
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

  /** @param {import('./sfu-client.js').Roster} before */
  #onSelf(before) {
    this.#followSelf();
    if (moderates(this.#roster) && !moderates(before)) this.#link?.send({ type: 'list-hands' });
  }

  /** A moderator may take us off the stage, or mute us; then the microphone stays shut until its owner opens it. */
  #followSelf() {
    const self = this.#roster.self;
    if (self?.onStage === false && this.#microphone.isHeld) this.#dropMicrophone();
    if (self?.onStage && self.muteLocked) this.#microphone.muted = true;
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
    if (this.#recovery.isRunning || !this.#isIn) return;
    this.#failures += 1;
    if (this.#failures < MOST_FAILURES) this.#rejoin();
    else this.#end({ reason: 'media-failed', message: 'The audio connection cannot be set up.' });
  }

  /** @param {{ reason: string, message: string, reconnect: boolean }} bye */
  #onBye({ reason, message, reconnect }) {
    this.#entrance.resumeToken = null;
    // Before the door there is nothing to end; `connect` tells it.
    if (!this.#isIn) this.#refusal = new SfuError(reason, message);
    this.#link?.close();
    if (!this.#isIn) return;
    if (reconnect) this.#recovery.run(true);
    else this.#end({ reason, message });
  }

  /** @param {number} code */
  #onClose(code) {
    if (!this.#isIn) return;
    this.#recovery.run(code >= REFUSED);
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
    await this.#ask({ type: 'ice-restart' });
  }

  // ---- the microphone

  /**
   * @param {object} message Takes the stage.
   * @param {MediaStreamTrack} [track]
   */
  async #goOnStage(message, track) {
    this.#requireLink();
    if (this.#isSilent) {
      await this.#ask(message);
      return;
    }
    const opened = track ?? (await openMicrophone(this.#roster.settings?.profile));
    try {
      await this.#ask(message);
    } catch (error) {
      opened.stop();
      throw error;
    }
    this.#microphone.hold(opened);
    await this.#media?.setMicrophone(opened);
    this.#tell('roster', this.#roster);
  }

  async #dropMicrophone() {
    this.#microphone.release();
    this.#tell('roster', this.#roster);
    await this.#media?.setMicrophone(null);
  }

  #onMicrophoneLost() {
    this.#tell('error', new SfuError('microphone-lost', 'The microphone is gone.'));
    this.leaveStage().catch(() => {});
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
    this.#waiting = null;
    this.#slots = null;
    this.#entrance.resumeToken = null;
    this.#keeper.stop();
    this.#reporter.stop();
    this.#endMedia();
    this.#microphone.muted = false;
    this.#link?.close();
    this.#link = null;
    this.#recovery.wake();
  }

  /** @param {object} message */
  async #ask(message) {
    return this.#requireLink().request(message);
  }

  /** A room without audio. */
  get #isSilent() {
    return this.#roster.settings?.profile === 'silent';
  }

  #requireLink() {
    if (!this.#link?.isOpen) throw new SfuError('disconnected', 'There is no connection to the server just now.');
    return this.#link;
  }

  #refreshState() {
    if (!this.#isIn || this.#waiting) return;
    if (this.#recovery.isRunning || !this.#link?.isOpen) this.#setState('reconnecting');
    else if (this.#isSilent || this.#media?.state === 'connected') this.#setState('connected');
    else this.#setState(this.#wasConnected ? 'reconnecting' : 'connecting');
  }

  /** @param {StateDetail['state']} state */
  #setState(state) {
    const signalling = this.#link?.isOpen ? 'open' : ['reconnecting', 'connecting', 'waiting'].includes(state) ? 'connecting' : 'closed';
    const media = this.#isSilent ? 'none' : this.#media?.state ?? 'connecting';
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
