import { Connection } from './sfu-client/connection.js';
import { SfuError } from './sfu-client/errors.js';
import { openMicrophone } from './sfu-client/microphone.js';
import { OwnMicrophone } from './sfu-client/own-microphone.js';
import { Reporter } from './sfu-client/reporter.js';
import { RoomAudio } from './sfu-client/room-audio.js';
import { RoomRequests } from './sfu-client/room-requests.js';
import { emptyRoster, moderates, reduce } from './sfu-client/roster.js';

export { SfuError };

/** @typedef {import('./sfu-client.js').ConnectOptions} ConnectOptions */
/** @typedef {import('./sfu-client.js').StateDetail} StateDetail */

/** Between two pings while waiting before the door: only `welcome` names another time. */
const WAITING_PING_SECONDS = 15;

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
  #microphone = new OwnMicrophone(() => this.#onMicrophoneLost());
  #connection = new Connection({
    onMessage: (message) => this.#onMessage(message),
    onAttempt: () => this.#setState(this.#connection.isIn ? 'reconnecting' : 'connecting'),
    onChange: () => this.#refreshState(),
    onRefused: ({ code, message }) => this.#end({ reason: code, message }),
    isWaiting: () => this.#waiting !== null && this.#refusal === null,
    onStage: () => this.onStage,
    onStageRefused: async (error) => {
      this.#tell('error', error);
      await this.#dropMicrophone();
    },
  });
  #audio = new RoomAudio({
    request: (message) => this.#connection.request(message),
    isThere: () => this.#connection.isIn && !this.#connection.isRecovering,
    doubt: () => this.#connection.doubt(),
    onChange: () => this.#refreshState(),
    onFailed: () => this.#connection.rejoin(),
    onGivenUp: () => this.#end({ reason: 'media-failed', message: 'The audio connection cannot be set up.' }),
    onPlaybackBlocked: () => this.#tell('playbackblocked', null),
    onError: (error) => this.#tell('error', error),
  });
  /** How many slots we want to hear; null for all. @type {number | null} */
  #slots = null;
  /** Before the door. @type {import('./sfu-client.js').WaitingDetail | null} */
  #waiting = null;
  /** Why nothing comes of coming in. @type {SfuError | null} */
  #refusal = null;
  #reporter = new Reporter(
    {
      media: () => this.#audio.media,
      roster: () => this.#roster,
      hasRedundancy: () => this.#audio.hasRedundancy,
      ownLevel: () => this.#microphone.level,
    },
    (type, detail) => this.#tell(type, detail),
  );

  constructor() {
    super((message) => this.#connection.request(message));
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
    return this.#microphone.isHeld || (this.#connection.isIn && this.#isSilent && this.#roster.self?.onStage === true);
  }

  /** The audio of the slots, one stream each: to record, or to look at. */
  get streams() {
    return this.#audio.media?.streams ?? [];
  }

  get peerConnection() {
    return this.#audio.media?.peerConnection ?? null;
  }

  /**
   * @param {ConnectOptions} options
   * @returns {Promise<import('./sfu-client.js').Roster>} Once the server let us in; audio follows, see the event `state`. It may take long, see the event `waiting`.
   */
  async connect(options) {
    if (this.#connection.isIn || ['connecting', 'waiting'].includes(this.#state.state)) throw new SfuError('already-connected', 'Leave the room first.');
    this.#options = options;
    this.#refusal = null;
    this.#roster = emptyRoster;
    this.#setState('connecting');
    try {
      if (options.onStage) await this.#openMicrophoneOrListen();
      if (this.#refusal) throw this.#refusal;
      await this.#connection.enter(options);
    } catch (error) {
      this.#shutDown();
      this.#setState('idle');
      throw this.#refusal ?? error;
    }
    this.#audio.watch();
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
    this.#connection.leave();
    this.#end({ reason: 'left', message: 'You left the room.' });
  }

  /** Ends the room for everybody; for moderators. The event `ended` follows. */
  closeRoom() {
    this.#requireConnection();
    this.#connection.send({ type: 'close-room' });
  }

  /** Finds a new path for the audio, which goes on over the old one meanwhile. */
  async restartIce() {
    await this.#audio.restartIce();
  }

  /** Call it from a tap or a key after the event `playbackblocked`. */
  resumePlayback() {
    this.#audio.media?.resumePlayback();
  }

  async #openMicrophoneOrListen() {
    try {
      this.#microphone.hold(await openMicrophone());
    } catch (error) {
      this.#tell('error', error);
    }
  }

  // ---- what the server says

  /** @param {any} message */
  #onMessage(message) {
    const roster = reduce(this.#roster, message);
    const before = this.#roster;
    this.#roster = roster;
    if (message.type === 'welcome') this.#onWelcome(message);
    else if (message.type === 'offer') this.#audio.answer(message);
    else if (message.type === 'self') this.#onSelf(before);
    else if (message.type === 'media') this.#audio.onServerState(message.state);
    else if (message.type === 'redundancy') this.#audio.hasRedundancy = message.on;
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
    if (!this.#waiting) this.#connection.keepAlive(WAITING_PING_SECONDS);
    this.#waiting = { reason: /** @type {'room-full' | 'doors-closed'} */ (reason), position, opensAt };
    this.#setState('waiting');
    this.#tell('waiting', this.#waiting);
  }

  /** @param {any} welcome */
  #onWelcome(welcome) {
    this.#waiting = null;
    this.#connection.onWelcome(welcome);
    this.#audio.hasRedundancy = welcome.redundancy;
    if (this.#isSilent) this.#endAudio();
    else if (welcome.resumed) this.#audio.resume(welcome);
    else this.#audio.start(welcome.iceServers, this.#options.audioSink, this.#microphone.track);
    this.#followSelf();
    this.#tellSelf();
  }

  /** The server may not have heard what we did while the connection was gone. */
  #tellSelf() {
    const self = this.#roster.self;
    if (self?.onStage && !this.onStage) this.#connection.send({ type: 'stage', on: false });
    if (this.#slots !== null) this.#connection.send({ type: 'listen', slots: this.#slots });
    if (self?.muted !== this.muted) this.#connection.send({ type: 'mute', muted: this.muted });
  }

  /** @param {import('./sfu-client.js').Roster} before */
  #onSelf(before) {
    this.#followSelf();
    if (moderates(this.#roster) && !moderates(before)) this.#connection.send({ type: 'list-hands' });
  }

  /** A moderator may take us off the stage, or mute us; then the microphone stays shut until its owner opens it. */
  #followSelf() {
    const self = this.#roster.self;
    if (self?.onStage === false && this.#microphone.isHeld) this.#dropMicrophone();
    if (self?.onStage && self.muteLocked) this.#microphone.muted = true;
  }

  /** @param {{ reason: string, message: string, reconnect: boolean }} bye */
  #onBye({ reason, message, reconnect }) {
    // Before the door there is nothing to end; `connect` tells it.
    if (!this.#connection.isIn) this.#refusal = new SfuError(reason, message);
    this.#connection.endSession();
    if (!this.#connection.isIn) return;
    // Who was away is the only one to come back now; else everybody comes at once.
    if (reconnect) this.#connection.recover(reason !== 'timed-out');
    else this.#end({ reason, message });
  }

  /** @param {object} message What {@link #tellSelf} makes up for when it gets lost. */
  async #requestNowOrLater(message) {
    try {
      await this.#connection.request(message);
    } catch (error) {
      if (!(error instanceof SfuError) || error.code !== 'disconnected') throw error;
    }
  }

  // ---- the microphone

  /**
   * @param {object} message Takes the stage.
   * @param {MediaStreamTrack} [track]
   */
  async #goOnStage(message, track) {
    this.#requireConnection();
    if (this.#isSilent) {
      await this.#connection.request(message);
      return;
    }
    const opened = track ?? (await openMicrophone(this.#roster.settings?.profile));
    try {
      await this.#connection.request(message);
    } catch (error) {
      opened.stop();
      throw error;
    }
    this.#microphone.hold(opened);
    await this.#audio.setMicrophone(opened);
    this.#tell('roster', this.#roster);
  }

  async #dropMicrophone() {
    this.#microphone.release();
    this.#tell('roster', this.#roster);
    await this.#audio.setMicrophone(null);
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
    this.#waiting = null;
    this.#slots = null;
    this.#connection.close();
    this.#reporter.stop();
    this.#audio.close();
    this.#microphone.release();
    this.#microphone.muted = false;
  }

  #endAudio() {
    this.#microphone.release();
    this.#audio.stop();
  }

  /** A room without audio. */
  get #isSilent() {
    return this.#roster.settings?.profile === 'silent';
  }

  /** For what is only worth the trouble when there is one. */
  #requireConnection() {
    if (!this.#connection.isOpen) throw new SfuError('disconnected', 'There is no connection to the server just now.');
  }

  #refreshState() {
    if (!this.#connection.isIn || this.#waiting) return;
    if (this.#connection.isRecovering || !this.#connection.isOpen) this.#setState('reconnecting');
    else if (this.#isSilent || this.#audio.state === 'connected') this.#setState('connected');
    else this.#setState(this.#audio.wasConnected ? 'reconnecting' : 'connecting');
  }

  /** @param {StateDetail['state']} state */
  #setState(state) {
    const signalling = this.#connection.isOpen ? 'open' : ['reconnecting', 'connecting', 'waiting'].includes(state) ? 'connecting' : 'closed';
    const media = this.#isSilent ? 'none' : this.#audio.state;
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
