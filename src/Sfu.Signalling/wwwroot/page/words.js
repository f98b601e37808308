/**
 * What the page says, in words for people.
 * @module
 */

/** By code of an error or reason of an end; whatever is not here is told with the message that came along. */
const SENTENCES = new Map(Object.entries({
  'unreachable': 'The server cannot be reached. Check your connection and try again.',
  'disconnected': 'There is no connection to the server just now. Try again in a moment.',
  'no-answer': 'The server did not answer. Try again in a moment.',
  'no-tokens': 'This server gives access by tokens only. Paste yours.',
  'microphone-denied': 'Your browser does not allow the microphone. Allow it next to the address, then try again.',
  'microphone-missing': 'No microphone was found. Plug one in, then try again.',
  'microphone-busy': 'The microphone cannot be opened. Another program may be using it.',
  'microphone-insecure': 'Browsers open the microphone on https pages only. You can still listen.',
  'microphone-failed': 'The microphone cannot be opened.',
  'microphone-lost': 'The microphone is gone, so you left the stage.',
  'media-setup': 'The audio could not be set up. Leave and come in again.',
  'media-failed': 'The audio connection cannot be set up, so you left the room.',
  'fingerprint-mismatch': 'The audio connection was not the one that was agreed on, so it was ended.',
  'role-forbids-closing': 'Only a moderator can close the room.',
  'role-forbids-stage': 'You are here as a listener; the stage is for speakers.',
  'room-full': 'The room is full.',
  'unavailable': 'The server is busy or stopping. Try again in a moment.',
  'token-expired': 'Your access has expired. Get a new token.',
  'token-wrong-room': 'Your token opens another room.',
  'rate-limited': 'That was too much at once. Wait a moment.',
  'replaced': 'You came into this room from somewhere else, so this page left it.',
  'resumed-elsewhere': 'This visit goes on in another place, so this page left it.',
  'room-closed': 'The room was closed.',
  'timed-out': 'The server heard nothing from you for too long.',
  'server-stopping': 'The server stopped.',
  'no-moderator': 'No moderator was left, so the room was closed.',
  'removed': 'A moderator removed you from the room.',
  'banned': 'You may not come into this room any more.',
  'no-such-room': 'There is no such room any more.',
  'node-full': 'The server is full. Try again later.',
  'not-admitted': 'This room is private. Ask a moderator for an invite code.',
  'invite-invalid': 'This invite code is not valid, or it is used up.',
  'already-inside': 'You are in this room already, in another place.',
  'no-such-participant': 'This person has left.',
  'role-forbids': 'Only moderators may do that.',
  'hands-closed': 'You may not raise a hand in this room.',
  'already-on-stage': 'That is somebody on the stage already.',
  'no-invitation': 'The invitation stands no more.',
  'muted-by-moderator': 'A moderator muted you, and has to allow your microphone again.',
  'stage-full': 'The stage is full just now.',
  'too-many': 'That was too much at once. Wait a moment.',
}));

/**
 * @param {{ code?: string, reason?: string, message?: string }} problem
 * @returns {string}
 */
export function explain({ code, reason, message }) {
  const key = code ?? reason ?? '';
  if (key.startsWith('token-') && !SENTENCES.has(key)) return 'The server does not accept your token.';
  return SENTENCES.get(key) ?? (message || 'Something went wrong.');
}

const RATINGS = { good: 'Good connection', fair: 'Fair connection', poor: 'Poor connection' };

const TRANSPORTS = { udp: 'Direct, over UDP', tcp: 'Over TCP: UDP does not get through', relay: 'Through a relay' };

const PROTECTIONS = { none: 'No extra protection against loss', retransmission: 'Protected against loss: lost packets are sent again', redundancy: 'Protected against loss: packets repeat earlier sound' };

/**
 * @param {import('../sfu-client.js').Quality} quality
 * @returns {string[]} A headline and what is behind it.
 */
export function qualityWords({ rating, rttMs, loss, uplinkLoss, jitterMs, concealed, transport, protection }) {
  const lines = [RATINGS[rating]];
  if (rttMs !== null) lines.push(`${Math.round(rttMs)} ms there and back`);
  lines.push(`${percent(loss)} of packets lost`);
  if (uplinkLoss !== null) lines.push(`${percent(uplinkLoss)} of yours lost`);
  lines.push(`${Math.round(jitterMs)} ms jitter`, `${percent(concealed)} of the sound filled in`);
  if (transport !== null) lines.push(TRANSPORTS[transport]);
  if (protection !== null) lines.push(PROTECTIONS[protection]);
  return lines;
}

/**
 * @param {number} audience
 * @param {boolean} isListening
 * @param {boolean} [isSilent] There is nothing to listen to.
 */
export function hallWords(audience, isListening, isSilent = false) {
  const verb = isSilent ? 'here' : 'listening';
  if (audience === 0) return isSilent ? 'Nobody is in the audience yet' : 'Nobody is listening yet';
  if (!isListening) return audience === 1 ? `1 person is ${verb}` : `${count(audience)} people are ${verb}`;
  if (audience === 1) return isSilent ? 'You are alone in the audience' : 'You are the only listener';
  return `You and ${count(audience - 1)} ${audience === 2 ? 'other' : 'others'} are ${verb}`;
}

/**
 * @param {number} onStage
 * @param {number} audience
 * @param {boolean} [isSilent]
 */
export function roomWords(onStage, audience, isSilent = false) {
  return `${count(onStage)} on stage · ${count(audience)} ${isSilent ? 'in the audience' : 'listening'}`;
}

/**
 * @param {import('../sfu-client.js').StateDetail} state
 * @returns {string} Empty when all is well.
 */
export function stateWords({ state, signalling, media }) {
  if (state === 'waiting') return 'The room is full. You are let in again as soon as there is a place';
  if (state === 'connecting')
    return media === 'disconnected' ? 'The audio does not get through yet. Your network may block it; still trying.' : 'Setting up the audio';
  if (state !== 'reconnecting') return '';
  if (media !== 'connected' && media !== 'none') return 'The audio is interrupted. Looking for a new way';
  if (signalling === 'open') return '';
  return media === 'none' ? 'Connection lost. Reconnecting' : 'Connection lost. Reconnecting, the audio goes on meanwhile';
}

/**
 * @param {import('../sfu-client.js').WaitingDetail} waiting
 * @param {string} [locale] The browser's when left out.
 */
export function waitingWords({ reason, position, opensAt }, locale) {
  const place = position === 1 ? 'You are the first in the queue' : `You are number ${count(position)} in the queue`;
  if (reason === 'room-full') return { title: 'The room is full', words: 'You are let in as soon as somebody leaves.', place };
  const when = opensAt && new Date(opensAt).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' });
  return { title: 'The doors are closed', words: when ? `They open on ${when}.` : 'They open soon.', place };
}

/**
 * @param {'' | 'withdrawn' | 'expired'} end Empty while it stands.
 * @param {string} [by] The moderator's name, when it is known.
 */
export function invitationWords(end, by) {
  if (end === 'withdrawn') return 'The invitation to the stage was taken back.';
  if (end === 'expired') return 'The invitation to the stage has expired.';
  return `${by || 'A moderator'} would like you on the stage. You are heard as soon as you accept.`;
}

/** What a moderator has decided about a voice, whoever speaks. */
const HEARINGS = { pinned: 'always heard', excluded: 'not heard' };

/**
 * @param {import('../sfu-client.js').Member['hearing']} hearing
 * @returns {string} Empty for who is heard when speaking.
 */
export function hearingWords(hearing) {
  return hearing ? HEARINGS[hearing] : '';
}

/** @param {{ role: string, onStage: boolean, hearing?: import('../sfu-client.js').Member['hearing'] }} person */
export function personWords({ role, onStage, hearing }) {
  const where = onStage ? 'On the stage' : 'In the audience';
  return [where, role === 'moderator' ? 'moderator' : '', hearingWords(hearing)].filter(Boolean).join(' · ');
}

/**
 * @param {string[]} names Of those on the stage.
 * @returns {string} Empty for an empty stage.
 */
export function whoWords(names) {
  const [first, second, ...rest] = names;
  if (first === undefined) return '';
  if (second === undefined) return first;
  return rest.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${count(rest.length)} more`;
}

const PROFILES = { music: 'music', silent: 'silent' };

/**
 * What tells a room from others, a word each.
 * @param {{ tags: readonly string[], profile: string, visibility: string, opensAt?: string | null }} room
 * @param {number} [now] In milliseconds since 1970.
 * @returns {string[]}
 */
export function chipsOf({ tags, profile, visibility, opensAt }, now = Date.now()) {
  return [
    ...tags.map((tag) => tag.split('/')[1]?.trim() ?? '').filter(Boolean),
    ...(profile in PROFILES ? [PROFILES[/** @type {'music'} */ (profile)]] : []),
    ...(visibility === 'private' ? ['private'] : []),
    ...(opensAt && Date.parse(opensAt) > now ? ['doors closed'] : []),
  ];
}

/** @param {number} ratio */
function percent(ratio) {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** @param {number} number */
function count(number) {
  return number.toLocaleString('en');
}
