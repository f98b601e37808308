/** Browser client of an Sfu server. No dependencies, no globals; works in every browser with WebRTC and ES modules. */

export type Role = 'audience' | 'speaker' | 'moderator';

/** Somebody on the stage. */
export interface Member {
  /** Of this stay in the room; a person who leaves and comes back has another one. */
  id: string;
  /** Who it is, as the token says. */
  identity: string;
  /** For people to read. Untrusted text: never put it into a page as HTML. */
  name: string;
  role: Role;
  /** Names this member in the RTP packets of the slots. */
  csrc: number;
  /** The server drops this member's audio. */
  muted: boolean;
}

export interface Self extends Member {
  onStage: boolean;
}

/** Immutable; each change makes another one. */
export interface Roster {
  room: string;
  revision: number;
  /** How many are heard at once. */
  slots: number;
  /** In the order in which they took it. */
  stage: readonly Member[];
  /** How many listen without being on the stage. */
  audience: number;
  /** Null before the server let us in. */
  self: Self | null;
}

export interface ConnectOptions {
  /** `wss://host/v1/ws`; the page's own host when left out. */
  url?: string;
  room: string;
  /** A signed token. One of `token` and `getToken` is needed. */
  token?: string;
  /** Asked each time the client joins, also when it has to join again; wins over `token`. */
  getToken?: () => string | Promise<string>;
  /** Display name, when the token has none. */
  name?: string;
  /** Opens the microphone and takes the stage at once. When that is refused an `error` tells it, and one listens. */
  onStage?: boolean;
  /** Where the audio elements are put (with `data-slot`); they play without a place too. */
  audioSink?: HTMLElement;
}

export interface StateDetail {
  /**
   * `connecting`: before the first audio. `connected`: audio flows. `reconnecting`: the signalling or the audio is
   * interrupted and being mended; `signalling` and `media` say which. `ended`: for good.
   */
  state: 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'ended';
  signalling: 'closed' | 'connecting' | 'open';
  media: 'connecting' | 'connected' | 'disconnected' | 'failed';
}

export interface SpeakersDetail {
  /** Who is heard now. `level`: 0..1, even steps in decibels; 0 between two words. */
  speakers: { member: Member; level: number }[];
  /** One's own microphone, 0..1; null without one. */
  own: number | null;
}

/** Over the last two seconds. */
export interface Quality {
  rating: 'good' | 'fair' | 'poor';
  /** 0..1, packets that did not arrive here. */
  loss: number;
  /** 0..1, of what one says oneself; null while one says nothing. */
  uplinkLoss: number | null;
  jitterMs: number;
  /** To the server and back; null while unknown. */
  rttMs: number | null;
  /** 0..1, of the sound that was played: made up because packets were missing. */
  concealed: number;
}

export interface EndedDetail {
  /** `left`, a reason of the server's `bye`, or the code of the error that ended it. */
  reason: string;
  message: string;
}

/**
 * `code` is one of the server's (see the protocol), or one of the client's own:
 * `unreachable`, `disconnected`, `no-answer`, `already-connected`, `media-setup`, `media-failed`,
 * `microphone-denied`, `microphone-missing`, `microphone-busy`, `microphone-insecure`, `microphone-failed`, `microphone-lost`.
 */
export class SfuError extends Error {
  readonly code: string;
  /** HTTP-like; 0 for the client's own. */
  readonly status: number;
  readonly field?: string;
  readonly fatal: boolean;
  constructor(code: string, message: string, more?: { status?: number; field?: string; fatal?: boolean; cause?: unknown });
}

export interface SfuClientEvents {
  state: CustomEvent<StateDetail>;
  roster: CustomEvent<Roster>;
  /** About ten times a second while somebody speaks or the microphone is open, once when that ends. */
  speakers: CustomEvent<SpeakersDetail>;
  /** Every two seconds while audio flows. */
  quality: CustomEvent<Quality>;
  /** What no call of ours is waiting for; calls reject instead. */
  error: CustomEvent<SfuError>;
  /** The browser wants a gesture before it plays: ask for a tap, then call `resumePlayback`. */
  playbackblocked: CustomEvent<null>;
  ended: CustomEvent<EndedDetail>;
}

export class SfuClient extends EventTarget {
  readonly state: StateDetail['state'];
  readonly roster: Roster;
  readonly muted: boolean;
  /** The microphone is open and we are on the stage. */
  readonly onStage: boolean;
  /** The audio of the slots, one stream each. */
  readonly streams: MediaStream[];
  /** Another one after each join. */
  readonly peerConnection: RTCPeerConnection | null;

  /** Resolves once the server let us in; rejects with an {@link SfuError}. */
  connect(options: ConnectOptions): Promise<Roster>;
  /** Opens the microphone when no track is given. A given track is taken over and stopped when the stage is left. */
  takeStage(track?: MediaStreamTrack): Promise<void>;
  /** Silent at once; the server is told now, or as soon as there is a connection again. */
  leaveStage(): Promise<void>;
  /** Silent at once, like {@link leaveStage}; works before the stage is taken as well. */
  setMuted(muted: boolean): Promise<void>;
  leave(): void;
  /** Ends the room for everybody; for moderators. The event `ended` follows. */
  closeRoom(): void;
  restartIce(): Promise<void>;
  resumePlayback(): void;

  addEventListener<K extends keyof SfuClientEvents>(
    type: K,
    listener: (this: SfuClient, event: SfuClientEvents[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof SfuClientEvents>(
    type: K,
    listener: (this: SfuClient, event: SfuClientEvents[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}
