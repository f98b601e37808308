import { acceptStereo, restoreOpusNack } from './sdp.js';

/** The m-line that the server receives on; all others are slots. */
const MICROPHONE_MID = '0';

/**
 * A path that comes (back) by itself within this time needs no ICE restart; in milliseconds, by state. Disconnected means that
 * nothing has come for some seconds already.
 */
const PATIENCE = new Map([['new', 12_000], ['checking', 12_000], ['disconnected', 1_000], ['failed', 0]]);

/**
 * @typedef {object} MediaOptions
 * @property {RTCIceServer[]} iceServers
 * @property {HTMLElement} [audioSink] Where the audio elements of the slots are put; they play outside a document too.
 * @property {() => void} onChange The state of the connection is another one.
 * @property {() => void} onPathLost Only an ICE restart helps.
 * @property {() => void} onPlaybackBlocked The browser wants a gesture before it plays.
 */

/** One RTCPeerConnection: the microphone goes out on mid 0, the slots come in on all others. */
export class Media {
  #pc;
  #options;
  /** @type {Promise<unknown>} */
  #answering = Promise.resolve();
  #newest = 0;
  /** @type {MediaStreamTrack | null} */
  #track = null;
  /** @type {Map<string, HTMLAudioElement>} By mid. */
  #players = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience;
  #isPathLost = false;

  /** @param {MediaOptions} options */
  constructor(options) {
    this.#options = options;
    this.#pc = new RTCPeerConnection({ iceServers: options.iceServers, bundlePolicy: 'max-bundle' });
    this.#pc.addEventListener('track', ({ track, transceiver }) => this.#play(track, transceiver.mid ?? ''));
    this.#pc.addEventListener('connectionstatechange', () => this.#options.onChange());
    this.#pc.addEventListener('iceconnectionstatechange', () => this.#watchPath());
  }

  get peerConnection() {
    return this.#pc;
  }

  /** @returns {MediaStream[]} One for each slot, in their order. */
  get streams() {
    return [...this.#players.values()].map((player) => /** @type {MediaStream} */ (player.srcObject));
  }

  /** @returns {'connecting' | 'connected' | 'disconnected' | 'failed'} Failed means that no ICE restart helps. */
  get state() {
    const { connectionState, iceConnectionState } = this.#pc;
    if (connectionState === 'connected') return 'connected';
    if (connectionState === 'failed') return iceConnectionState === 'failed' ? 'disconnected' : 'failed';
    return connectionState === 'disconnected' || this.#isPathLost ? 'disconnected' : 'connecting';
  }

  /**
   * @param {{ generation: number, sdp: string }} offer
   * @returns {Promise<string | undefined>} The answer, or undefined when a newer offer came meanwhile.
   */
  answer(offer) {
    this.#newest = offer.generation;
    const answer = this.#answering.then(() => this.#answer(offer));
    this.#answering = answer.catch(() => {});
    return answer;
  }

  /** @param {MediaStreamTrack | null} track Sent from now on, or as soon as there is a connection; never renegotiates. */
  async setMicrophone(track) {
    this.#track = track;
    await this.#microphone()?.sender.replaceTrack(track);
  }

  /** @returns {RTCRtpContributingSource[]} Of all slots. */
  sources() {
    return this.#pc.getReceivers().flatMap((receiver) => receiver.getContributingSources());
  }

  /** @param {RTCIceServer[]} iceServers Their credentials expire; the next ICE restart uses these. */
  renewIceServers(iceServers) {
    this.#pc.setConfiguration({ ...this.#pc.getConfiguration(), iceServers });
  }

  stats() {
    return this.#pc.getStats();
  }

  /** Plays, or says again that it may not. */
  resumePlayback() {
    for (const player of this.#players.values()) this.#start(player);
  }

  close() {
    clearTimeout(this.#patience);
    this.#pc.close();
    for (const player of this.#players.values()) {
      player.srcObject = null;
      player.remove();
    }
    this.#players.clear();
  }

  /** @param {{ generation: number, sdp: string }} offer */
  async #answer({ generation, sdp }) {
    if (generation !== this.#newest || this.#pc.signalingState === 'closed') return undefined;
    await this.#pc.setRemoteDescription({ type: 'offer', sdp });
    const microphone = this.#microphone();
    // Before the answer: the track may come at any time later, and then nobody needs to negotiate.
    if (microphone) microphone.direction = 'sendonly';
    const { sdp: plain = '' } = await this.#pc.createAnswer();
    await this.#setAnswer(acceptStereo(sdp, restoreOpusNack(sdp, plain)), plain);
    if (this.#track !== null && microphone?.sender.track !== this.#track) await this.setMicrophone(this.#track);
    this.#watchPath();
    return this.#pc.localDescription?.sdp;
  }

  /**
   * @param {string} patched
   * @param {string} plain For a browser that lets nobody change its answer.
   */
  async #setAnswer(patched, plain) {
    try {
      await this.#pc.setLocalDescription({ type: 'answer', sdp: patched });
    } catch (error) {
      if (patched === plain) throw error;
      await this.#pc.setLocalDescription({ type: 'answer', sdp: plain });
    }
  }

  #microphone() {
    return this.#pc.getTransceivers().find((transceiver) => transceiver.mid === MICROPHONE_MID);
  }

  /**
   * @param {MediaStreamTrack} track
   * @param {string} mid
   */
  #play(track, mid) {
    if (mid === MICROPHONE_MID || this.#players.has(mid)) return;
    const player = document.createElement('audio');
    player.dataset.slot = mid;
    player.srcObject = new MediaStream([track]);
    this.#players.set(mid, player);
    this.#options.audioSink?.append(player);
    this.#start(player);
  }

  /** @param {HTMLAudioElement} player */
  async #start(player) {
    try {
      await player.play();
    } catch (error) {
      // AbortError: closed while it started.
      if (/** @type {Error} */ (error).name === 'NotAllowedError') this.#options.onPlaybackBlocked();
    }
  }

  #watchPath() {
    clearTimeout(this.#patience);
    const patience = PATIENCE.get(this.#pc.iceConnectionState);
    if (patience === undefined) this.#isPathLost = false;
    else this.#patience = setTimeout(() => this.#losePath(), patience);
    this.#options.onChange();
  }

  #losePath() {
    this.#isPathLost = true;
    this.#options.onPathLost();
    this.#options.onChange();
  }
}
