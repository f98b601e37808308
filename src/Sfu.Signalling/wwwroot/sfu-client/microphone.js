import { SfuError } from './errors.js';
import { loudness } from './speakers.js';

/** What a voice wants. */
const VOICE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };

/** An instrument sounds as noise, and as an echo, to what cleans a voice. */
const MUSIC = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 2 };

/** By name of the DOMException that getUserMedia rejects with. */
const REFUSALS = new Map([
  ['NotAllowedError', ['microphone-denied', 'The browser does not allow the microphone.']],
  ['NotFoundError', ['microphone-missing', 'No microphone was found.']],
  ['OverconstrainedError', ['microphone-missing', 'No microphone was found.']],
  ['NotReadableError', ['microphone-busy', 'The microphone cannot be opened; another program may hold it.']],
]);

/**
 * @param {string} [profile] Of the room, as its settings have it.
 * @returns {Promise<MediaStreamTrack>} Rejects with one of the `microphone-...` errors.
 */
export async function openMicrophone(profile) {
  // Absent outside a secure context.
  if (navigator.mediaDevices === undefined)
    throw new SfuError('microphone-insecure', 'Browsers open the microphone on https and on localhost only.');
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: profile === 'music' ? MUSIC : VOICE });
    return stream.getAudioTracks()[0];
  } catch (error) {
    const [code, message] = REFUSALS.get(/** @type {Error} */ (error).name)
      ?? ['microphone-failed', 'The microphone cannot be opened.'];
    throw new SfuError(code, message, { cause: error });
  }
}

/** How loud a local track is. */
export class LevelMeter {
  #context;
  #analyser;
  #source;
  #samples;

  /** @param {MediaStreamTrack} track */
  constructor(track) {
    this.#context = new AudioContext();
    this.#analyser = new AnalyserNode(this.#context, { fftSize: 2048 });
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
    this.#samples = new Float32Array(this.#analyser.fftSize);
  }

  /** @returns {number} 0..1, of the last 43 ms at 48 kHz. */
  read() {
    // Starts suspended when the page has had no gesture yet.
    if (this.#context.state === 'suspended') this.#context.resume().catch(() => {});
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const sum = this.#samples.reduce((total, sample) => total + sample * sample, 0);
    return loudness(Math.sqrt(sum / this.#samples.length));
  }

  close() {
    this.#source.disconnect();
    this.#context.close().catch(() => {});
  }
}
