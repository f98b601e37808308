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
  /** A moderator muted: only a moderator can allow the microphone again. */
  muteLocked: boolean;
  /** By a moderator: always heard, or never. Absent: as voices go. */
  hearing?: 'pinned' | 'excluded';
  /** Opaque, as the token has it. */
  metadata?: string;
  attributes?: Readonly<Record<string, string>>;
}

export interface Self extends Omit<Member, 'metadata' | 'attributes' | 'hearing'> {
  onStage: boolean;
  handRaised: boolean;
  /** Asked to the stage: call {@link SfuClient.acceptInvitation} or {@link RoomRequests.declineInvitation}. */
  invited: boolean;
}

/** Somebody who asks for the stage. */
export interface Hand {
  /** Grows with each hand of the room. */
  number: number;
  /** Of the stay, as in {@link Member}. */
  id: string;
  identity: string;
  name: string;
  /** What they want to say; untrusted text, as names are. */
  note: string;
}

/** Somebody who listens. */
export interface Listener {
  id: string;
  identity: string;
  name: string;
  role: Role;
  metadata?: string;
}

export interface AudiencePage {
  listeners: Listener[];
  /** Of the next page; absent on the last one. */
  next?: string;
}

/** Who may raise a hand. */
export type HandPolicy = 'everyone' | 'followed' | 'nobody';

export interface RoomSettings {
  /** May be empty. */
  title: string;
  /** `topic` or `topic/subtopic`. */
  tags: readonly string[];
  /** Opaque. */
  metadata: string;
  visibility: 'public' | 'private';
  /** In a `silent` room there is no audio. */
  profile: 'voice' | 'music' | 'silent';
  hands: HandPolicy;
  maxStage: number;
  maxAudience: number;
  /** RFC 3339. */
  opensAt?: string;
}

/** What a moderator does with one person. */
export type Moderation =
  | 'lower-hand'
  | 'withdraw-invitation'
  | 'move-to-audience'
  | 'make-speaker'
  | 'make-moderator'
  /** And oneself a speaker. */
  | 'hand-over'
  /** So that the muted cannot undo it. */
  | 'mute'
  /** The microphone stays shut until its owner opens it. */
  | 'allow-microphone'
  /** Always has a slot, as a keynote or an interpreter. */
  | 'pin'
  /** Never has one, on the stage all the same. */
  | 'exclude'
  /** Ends both. */
  | 'hear-by-voice'
  | 'remove';

/** Who is heard. */
export interface Heard {
  /** By slot the id of whoever has it; null for nobody. */
  slots: readonly (string | null)[];
  /** Id of the one who leads the conversation, or did so last. */
  dominant: string | null;
}

/** Immutable; each change makes another one. */
export interface Roster {
  room: string;
  /** Grows with each event, and has gaps. */
  revision: number;
  /** How many are heard at once. */
  slots: number;
  /** Null before the server let us in. */
  settings: RoomSettings | null;
  /** In the order in which they took it. */
  stage: readonly Member[];
  /** How many listen without being on the stage. */
  audience: number;
  heard: Heard;
  /** In the order in which they rose; empty for all but moderators. */
  hands: readonly Hand[];
  /** Ids of those who were asked to the stage since we came; empty for all but moderators. */
  invited: readonly string[];
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
  /** Opens a private room. */
  inviteCode?: string;
  /** Opens the microphone and takes the stage at once. When that is refused an `error` tells it, and one listens. */
  onStage?: boolean;
  /** Where the audio elements are put (with `data-slot`); they play without a place too. */
  audioSink?: HTMLElement;
}

export interface StateDetail {
  /**
   * `connecting`: before the first audio. `waiting`: before the door, see {@link WaitingDetail}. `connected`: audio
   * flows, or one is in a silent room. `reconnecting`: the signalling or the audio is interrupted and being mended;
   * `signalling` and `media` say which. `ended`: for good.
   */
  state: 'idle' | 'connecting' | 'waiting' | 'connected' | 'reconnecting' | 'ended';
  signalling: 'closed' | 'connecting' | 'open';
  /** `none` in a silent room. */
  media: 'none' | 'connecting' | 'connected' | 'disconnected' | 'failed';
}

export interface WaitingDetail {
  reason: 'room-full' | 'doors-closed';
  /** From 1. */
  position: number;
  /** RFC 3339; with `doors-closed`. */
  opensAt?: string;
}

export interface MessageDetail {
  /** Id of the sender; empty for the backend. One's own messages to the room and to the stage come back too. */
  from: string;
  /** Untrusted text, as `topic` and `text` are. */
  name: string;
  /** `room`, `stage`, or our own id. */
  to: string;
  topic: string;
  text: string;
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
  /** How the audio comes: directly, over TCP because UDP does not get through, or by a TURN server; null while unknown. */
  transport: 'udp' | 'tcp' | 'relay' | null;
  /**
   * What fills holes now; null while nobody speaks. `redundancy`: packets carry earlier ones again (RED, RFC 2198, or in-band FEC).
   * `retransmission`: lost packets were asked for again, and nothing else.
   */
  protection: 'none' | 'retransmission' | 'redundancy' | null;
}

export interface EndedDetail {
  /** `left`, a reason of the server's `bye`, or the code of the error that ended it. */
  reason: string;
  message: string;
}

/**
 * `code` is one of the server's (see the protocol), or one of the client's own:
 * `left`, `unreachable`, `disconnected`, `no-answer`, `already-connected`, `media-setup`, `media-failed`,
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
  /** Who has which slot or who leads the conversation is another; {@link Roster.heard}. At most ten times a second. */
  heard: CustomEvent<Heard>;
  /** Before the door, and whenever one moves up; `connect` resolves when it opens. */
  waiting: CustomEvent<WaitingDetail>;
  /** We are asked to the stage, by a moderator's id (empty for the backend); {@link Self.invited} is true as long as it stands. */
  invited: CustomEvent<{ by: string }>;
  invitationended: CustomEvent<{ end: 'accepted' | 'declined' | 'withdrawn' | 'expired' }>;
  message: CustomEvent<MessageDetail>;
  /** How often each came since the last time; at most once a second. */
  reactions: CustomEvent<Readonly<Record<string, number>>>;
  /** Every two seconds while audio flows. */
  quality: CustomEvent<Quality>;
  /** What no call of ours is waiting for; calls reject instead. */
  error: CustomEvent<SfuError>;
  /** The browser wants a gesture before it plays: ask for a tap, then call `resumePlayback`. */
  playbackblocked: CustomEvent<null>;
  ended: CustomEvent<EndedDetail>;
}

/** What people in a room ask of it. Every call rejects with an {@link SfuError}: the server's, or `disconnected`. */
export interface RoomRequests {
  /** `note`: 0..200 characters. A hand that is up keeps its place and takes the new note. */
  raiseHand(note?: string): Promise<void>;
  lowerHand(): Promise<void>;
  declineInvitation(): Promise<void>;
  /** For moderators: asks up to 64 people who listen to the stage, with or without a hand. */
  invite(...ids: string[]): Promise<void>;
  /** For moderators. `ban`, with `remove`: tokens that were made until now let this identity in no more. */
  moderate(action: Moderation, id: string, more?: { ban?: boolean }): Promise<void>;
  /** `text`: 1..2,000 characters; `to`: `room` (the default), `stage` or somebody's id; `topic`: 0..64 characters. */
  sendMessage(text: string, more?: { to?: string; topic?: string }): Promise<void>;
  /** 1..16 characters; counted, and told in the event `reactions`. */
  react(reaction: string): Promise<void>;
  /** One page of those who listen, in the order of their names. `from`: `next` of the page before; `size`: 1..200. */
  listAudience(page?: { prefix?: string; from?: string; size?: number }): Promise<AudiencePage>;
  /** For moderators; what is left out stays. */
  updateRoom(changes: { title?: string; hands?: HandPolicy }): Promise<void>;
  /** For moderators: a code that opens a private room so many times. */
  addInviteCode(uses?: number): Promise<string>;
}

export interface SfuClient extends RoomRequests {}

export class SfuClient extends EventTarget {
  readonly state: StateDetail['state'];
  readonly roster: Roster;
  readonly muted: boolean;
  /** We are on the stage, and the microphone is open where there is audio. */
  readonly onStage: boolean;
  /** The audio of the slots, one stream each. */
  readonly streams: MediaStream[];
  /** Another one after each join. */
  readonly peerConnection: RTCPeerConnection | null;

  /** Resolves once the server let us in, which may take long (see the event `waiting`); rejects with an {@link SfuError}. */
  connect(options: ConnectOptions): Promise<Roster>;
  /** Opens the microphone when no track is given. A given track is taken over and stopped when the stage is left. */
  takeStage(track?: MediaStreamTrack): Promise<void>;
  /** As {@link takeStage}, for who was asked. The invitation stands until the server took it: also when there is no microphone. */
  acceptInvitation(track?: MediaStreamTrack): Promise<void>;
  /** Silent at once; the server is told now, or as soon as there is a connection again. */
  leaveStage(): Promise<void>;
  /** Silent at once, like {@link leaveStage}; works before the stage is taken as well. Rejects with `muted-by-moderator`. */
  setMuted(muted: boolean): Promise<void>;
  /** Hears fewer speakers from now on, those first who were dominant last: for a thin line. 1 is the dominant one alone, `roster.slots` is all. */
  listen(slots: number): Promise<void>;
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
